"""The editors' room as a Django application: templates and admin, no tables."""

from __future__ import annotations

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "wiredesk.room"
    label = "room"
    verbose_name = "Room"
