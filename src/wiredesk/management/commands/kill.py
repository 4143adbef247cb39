"""`wiredesk kill STORY`."""

from __future__ import annotations

from wiredesk.desk import edit
from wiredesk.management.acting import Act


class Command(Act):
    help = "withdraw a story for good, everywhere"
    act = staticmethod(edit.kill)
