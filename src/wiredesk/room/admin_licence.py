"""The form of a licence in the administration: what is asked in groups, in plain words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin

from wiredesk.desk.models import Licence
from wiredesk.news.errors import NewsError
from wiredesk.news.licence import LISTS
from wiredesk.news.licence_file import licence_from


def _boxes(name: str, help_text: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=[(one, one) for one in LISTS[name]],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=help_text,
    )


class Codes(forms.CharField):
    """A short list of codes, written between commas."""

    def prepare_value(self, value: Any) -> Any:
        """As it is shown."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """A list, as it is kept."""
        return [code.strip() for code in str(value or "").split(",") if code.strip()]


class LicenceForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """The terms of a licence; lists as boxes to tick, none ticked means none."""

    outlets = _boxes("outlets", "Where it may go: none ticked, nowhere. Feeds, API and partners pass it on to others.")
    link_rel = _boxes("link_rel", "What the link to the original says of itself.")
    territories = Codes(required=False, help_text="Country codes between commas, as DE, AT; empty: everywhere.")
    languages = Codes(required=False, help_text="Language codes between commas, as de, pt-br; empty: all.")

    class Meta:
        model = Licence
        fields = "__all__"

    def clean_territories(self) -> list[str]:
        """Country codes only."""
        return self._codes("territories")

    def clean_languages(self) -> list[str]:
        """Language codes only."""
        return self._codes("languages")

    def _codes(self, name: str) -> list[str]:
        try:
            return list(getattr(licence_from({name: self.cleaned_data[name]}, "form"), name))
        except NewsError as error:
            raise forms.ValidationError(str(error)) from None


@admin.register(Licence)
class LicenceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    form = LicenceForm
    list_display = ("title", "name", "extent", "selection", "keep_days")
    fieldsets = (
        (None, {"fields": ("name", "title", "url")}),
        ("What readers see", {"fields": ("extent", "words", "images", "editing", "headline_may_change")}),
        ("When", {"fields": ("selection", "daily", "obeys_embargo", "keep_days", "afterwards")}),
        ("Where", {"fields": ("outlets", "republish", "territories", "languages", "commercial", "comments")}),
        ("Machines", {"fields": ("indexing", "mining")}),
        (
            "What we owe",
            {"fields": ("credit", "credit_position", "link", "link_rel", "pixel", "pixel_consent", "notify")},
        ),
    )
