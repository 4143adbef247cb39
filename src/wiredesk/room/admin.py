"""Configuration: sources with their terms, feeds, sections. Stories are edited at the desk, not here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from wiredesk.desk.models import Feed, Section, Source
from wiredesk.room.admin_licence import LicenceAdmin

__all__ = ["LicenceAdmin"]

admin.site.site_header = admin.site.site_title = "Configuration"
admin.site.index_title = "Sources, terms and people"


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    list_display = ("name", "licence", "url")
    list_select_related = ("licence",)
    readonly_fields = ("profile",)  # set by `wiredesk follow --profile`: from here it would open any file
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    list_display = ("title", "source", "url", "error", "is_paused")
    list_select_related = ("source",)
    list_filter = ("way", "is_paused")
    search_fields = ("title", "url")
    fields = ("source", "title", "url", "section", "identity", "is_paused", "newest")

    def has_add_permission(self, request: Any) -> bool:
        """Feeds are added by `wiredesk follow`, which looks at them first."""
        return False

    def get_readonly_fields(self, request: Any, obj: Feed | None = None) -> tuple[str, ...]:
        """A folder is chosen on the machine itself: from here it would open every folder that the program may read."""
        return ("url",) if obj and obj.way == Feed.Way.FOLDER else ()


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    list_display = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
