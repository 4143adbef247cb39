"""The form of an outlet in the administration. A secret goes in and never comes out again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from wiredesk.desk import opening, secrets
from wiredesk.desk.models import Outlet
from wiredesk.news.errors import NewsError
from wiredesk.outlets import kinds
from wiredesk.outlets.kind import COMMON

_OF_KINDS = "; ".join(f"{name}: {', '.join(kind.OPTIONS)}" for name, kind in kinds.KINDS.items() if kind.OPTIONS)


class OutletForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """An outlet. The field of the secret is always empty: what is typed there replaces what is kept."""

    told = forms.CharField(
        label="Options",
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"One a line: name = value; in a value \\n is a new line. {_OF_KINDS}; for all: {', '.join(COMMON)}.",
    )
    secret = forms.CharField(
        required=False,
        strip=False,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = Outlet
        fields = ("kind", "address", "is_paused")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["told"].initial = _lines(self.instance.options)
        state = "Set. Type another to replace it." if self.instance.sealed else "Not set."
        self.fields["secret"].help_text = state

    def clean(self) -> dict[str, Any]:
        """Check it as its kind asks, and seal what was typed."""
        said = super().clean() or {}
        typed = said.pop("secret", "")
        if "address" not in said or "told" not in said:
            return said
        row = self.instance
        try:
            if row.sealed and not typed and said["address"].rstrip("/") != row.address:
                raise forms.ValidationError(f"The secret was given for {row.address}: type it again for this address.")
            opened = typed or (secrets.unseal(row.sealed) if row.sealed else "")
            place = kinds.checked(said.get("kind") or row.kind, said["address"], _read(said["told"]), opened)
            if typed:
                row.sealed = secrets.seal(typed)
        except NewsError as error:
            raise forms.ValidationError(str(error)) from None
        said["address"], row.options = place.address, dict(place.options)
        self.place = place
        return said


def _read(text: str) -> dict[str, str]:
    """Options as they are written in the form."""
    pairs = (line.partition("=") for line in text.splitlines() if line.strip())
    return {name.strip(): value.strip().replace("\\n", "\n") for name, _, value in pairs}


def _lines(options: dict[str, Any]) -> str:
    told = {name: ", ".join(value) if isinstance(value, list) else str(value) for name, value in options.items()}
    return "\n".join(f"{name} = {value}".replace("\n", "\\n") for name, value in told.items())


@admin.register(Outlet)
class OutletAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    list_display = ("kind", "address", "is_paused", "error")
    form = OutletForm
    fields = ("kind", "address", "told", "secret", "is_paused")

    def get_readonly_fields(self, request: HttpRequest, obj: Outlet | None = None) -> tuple[str, ...]:
        """What stands at an outlet stands there as its kind put it."""
        return ("kind",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Outlet | None = None) -> bool:
        """With an outlet its receipts would go, and what stands there could not be taken down any more: pause it."""
        return False

    def save_model(self, request: HttpRequest, obj: Outlet, form: Any, change: bool) -> None:
        """A new outlet gets what happens from now on."""
        if not change:
            opened = opening.open_outlet(obj.kind, form.place, now=datetime.now(UTC))
            obj.pk, obj.cursor, obj.created_at = opened.pk, opened.cursor, opened.created_at
            return
        obj.rests_until, obj.asked_us = None, False  # what was wrong may be right now
        obj.save(update_fields=["address", "options", "sealed", "is_paused", "rests_until", "asked_us"])
