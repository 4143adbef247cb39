"""`wiredesk release STORY`."""

from __future__ import annotations

from wiredesk.desk import edit
from wiredesk.management.acting import Act


class Command(Act):
    help = "end the hold (or the kill) of a story"
    act = staticmethod(edit.release)
    asks = True
