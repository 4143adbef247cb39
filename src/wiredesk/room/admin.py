"""Configuration: sources with their terms, feeds, sections. Stories are edited at the desk, not here."""

from __future__ import annotations

from django.contrib import admin

from wiredesk.desk.models import Section, Source
from wiredesk.room.admin_feed import FeedAdmin
from wiredesk.room.admin_licence import LicenceAdmin
from wiredesk.room.admin_outlet import OutletAdmin

__all__ = ["FeedAdmin", "LicenceAdmin", "OutletAdmin"]

admin.site.site_header = admin.site.site_title = "Configuration"
admin.site.index_title = "Sources, terms and people"


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    list_display = ("name", "licence", "url")
    list_select_related = ("licence",)
    readonly_fields = ("profile",)  # set by `wiredesk follow --profile`: from here it would open any file
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    list_display = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
