"""The form of a feed in the administration, with how it signs in. A secret goes in and never comes out again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

from wiredesk.desk import endpoints, pulls, secrets
from wiredesk.desk.models import Feed, SignIn
from wiredesk.news.errors import NewsError
from wiredesk.news.signin import checked
from wiredesk.room.admin_pull import PullInline


class SignInForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """How a feed signs in. The field of the secret is always empty: what is typed there replaces what is kept."""

    secret = forms.CharField(
        required=False,
        strip=False,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = SignIn
        fields = ("kind", "name", "over_http")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        is_set = bool(self.instance.sealed)
        state = f"Set, for {self.instance.origin}. Type another to replace it." if is_set else "Not set."
        self.fields["secret"].help_text = state

    def clean(self) -> dict[str, Any]:
        """Seal what was typed, for the place that the feed is asked at now."""
        said = super().clean() or {}
        typed = said.pop("secret", "")
        if "kind" not in said or "name" not in said:
            return said
        if not typed and not self.instance.sealed:
            raise forms.ValidationError("Type the secret.")
        try:
            self._take(said, typed)
        except NewsError as error:
            raise forms.ValidationError(str(error)) from None
        return said

    def _take(self, said: dict[str, Any], typed: str) -> None:
        row = self.instance
        opened = typed or secrets.unseal(row.sealed)
        place = row.feed.url if typed else row.origin
        made = checked(said["kind"], said["name"], opened, url=place, over_http=said["over_http"])
        if typed:
            row.sealed, row.origin = secrets.seal(typed), made.origin
        said["name"], row.changed_at = made.name, datetime.now(UTC)


class SignInInline(admin.StackedInline):  # type: ignore[type-arg]  # generic for mypy only
    model = SignIn
    form = SignInForm
    fields = ("kind", "name", "secret", "over_http")
    verbose_name_plural = "signing in"
    max_num = 1


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    list_display = ("title", "source", "url", "error", "is_paused")
    list_select_related = ("source",)
    list_filter = ("way", "is_paused")
    search_fields = ("title", "url")
    fields = ("source", "title", "url", "section", "identity", "is_paused", "newest")
    actions = ("new_token",)

    def has_add_permission(self, request: Any) -> bool:
        """Feeds are added by `wiredesk follow`, which looks at them first."""
        return False

    def get_readonly_fields(self, request: Any, obj: Feed | None = None) -> tuple[str, ...]:
        """A folder is chosen on the machine itself: from here it would open every folder that the program may read."""
        return ("url",) if obj and obj.way != Feed.Way.HTTP else ()

    def get_inlines(self, request: Any, obj: Feed | None) -> list[type[InlineModelAdmin[Any, Any]]]:
        """Only a feed that we ask signs in."""
        if obj and obj.way in pulls.WAYS:
            return [SignInInline, PullInline]
        return [SignInInline] if obj and obj.way == Feed.Way.HTTP else []

    @admin.action(description="Give a push feed a new token", permissions=["change"])
    def new_token(self, request: HttpRequest, chosen: QuerySet[Feed]) -> TemplateResponse | None:
        """Shown in this one answer: a message would wait in a cookie or in the database."""
        feed = chosen.first()
        if feed is None or chosen.count() > 1:
            self.message_user(request, "One feed at a time: each token is shown once.", messages.ERROR)
            return None
        try:
            token = endpoints.renew(feed, now=datetime.now(UTC))
        except NewsError as error:
            self.message_user(request, str(error), messages.ERROR)
            return None
        self.log_change(request, feed, "Gave it a new push token.")
        context = {
            **self.admin_site.each_context(request),
            "title": f"A new token for {feed}",
            "address": f"{settings.SITE_URL}{endpoints.path(feed)}",
            "token": token,
        }
        return TemplateResponse(request, "room/token.html", context, headers={"Cache-Control": "no-store"})
