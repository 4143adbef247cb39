"""`wiredesk diff OLD NEW`: what changed between two texts, in whole words."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

import msgspec

from wiredesk.management import base, sides
from wiredesk.news import diff


class Command(base.Command):
    help = "what changed between two texts, in whole words"
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old", metavar="OLD", help="a file of plain text or HTML, or - for standard input")
        parser.add_argument("new", metavar="NEW", help="the same, newer")
        base.add_json(parser)

    def run(self, *, old: str, new: str, as_json: bool, **_: Any) -> None:
        texts = [sides.read(file) for file in (old, new)]
        found = diff.html_differences(*sides.safe(texts)) if sides.is_html(texts) else diff.differences(*texts)
        if as_json:
            rows = [json.dumps(msgspec.to_builtins(change), ensure_ascii=False) for change in found.changes]
            self.say("[" + ",\n ".join(rows) + "]")
        else:
            base.print_styled(sides.lines(found) if found.changes else [[("no difference", "")]])
        if found.is_coarse:
            print("wiredesk diff: too large to compare all of it by word; some is shown whole", file=sys.stderr)
