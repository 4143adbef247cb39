"""`wiredesk lead STORY --carrier N`: which of its items readers see."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from wiredesk.desk import joining
from wiredesk.management import base
from wiredesk.management.acting import add_carrier, add_reason, carrier_of, tell


class Command(base.Command):
    help = "let another item of a story be the one that readers see"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", type=int, metavar="STORY")
        add_carrier(parser, needed=True)
        add_reason(parser)

    def run(self, *, story: int, carrier: int, reason: str, as_json: bool, **_: Any) -> None:
        row = joining.let_lead(carrier_of(story, carrier), by=base.editor(), now=base.now(), reason=reason)
        tell(self, row, as_json=as_json)
