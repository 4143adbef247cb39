"""The outlets as a Django application: templates and static files, no tables."""

from __future__ import annotations

from django.apps import AppConfig


class OutletsConfig(AppConfig):
    name = "wiredesk.outlets"
    label = "outlets"
    verbose_name = "Outlets"
