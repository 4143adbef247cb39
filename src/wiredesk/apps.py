"""Makes the package itself a Django application, so that its commands are found."""

from __future__ import annotations

from django.apps import AppConfig


class WiredeskConfig(AppConfig):
    name = "wiredesk"
    label = "wiredesk"
    verbose_name = "Wiredesk"

    def ready(self) -> None:
        from wiredesk import checks  # noqa: F401  registers the system checks, which need the apps to be loaded
