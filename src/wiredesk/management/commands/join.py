"""`wiredesk join STORY INTO`: one story of two."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from wiredesk.desk import joining
from wiredesk.management import base
from wiredesk.management.acting import add_reason, tell


class Command(base.Command):
    help = "make one story of two: the first one's addresses lead to the other"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", type=int, metavar="STORY")
        parser.add_argument("into", type=int, metavar="INTO", help="the story that stays")
        add_reason(parser)

    def run(self, *, story: int, into: int, reason: str, as_json: bool, **_: Any) -> None:
        row = joining.join(story, into, by=base.editor(), now=base.now(), reason=reason)
        tell(self, row, as_json=as_json)
