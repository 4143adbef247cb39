"""`wiredesk split STORY [--carrier N]`: undo a join, or let one item stand for itself."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from wiredesk.desk import joining
from wiredesk.management import base
from wiredesk.management.acting import add_carrier, add_reason, carrier_of, tell


class Command(base.Command):
    help = "undo a join, or let one item of a story stand for itself"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", type=int, metavar="STORY")
        add_carrier(parser, needed=False)
        add_reason(parser)

    def run(self, *, story: int, carrier: int | None, reason: str, as_json: bool, **_: Any) -> None:
        if carrier is None:
            row = joining.unjoin(story, by=base.editor(), now=base.now(), reason=reason)
        else:
            row = joining.split(carrier_of(story, carrier), by=base.editor(), now=base.now(), reason=reason)
        tell(self, row, as_json=as_json)
