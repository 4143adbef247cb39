"""`wiredesk hold STORY`."""

from __future__ import annotations

from wiredesk.desk import edit
from wiredesk.management.acting import Act


class Command(Act):
    help = "take a story off until it is released"
    act = staticmethod(edit.hold)
