"""`wiredesk publish STORY`."""

from __future__ import annotations

from wiredesk.desk import edit
from wiredesk.management.acting import Act


class Command(Act):
    help = "let a waiting story out, as far as its source's terms allow"
    act = staticmethod(edit.publish)
    asks = True
