"""Makes the package itself a Django application, so that its commands are found."""

from __future__ import annotations

from django.apps import AppConfig


class WiredeskConfig(AppConfig):
    name = "wiredesk"
    label = "wiredesk"
    verbose_name = "Wiredesk"
