"""`wiredesk clean`: foreign HTML on standard input, safe HTML on standard output."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from wiredesk.management import base
from wiredesk.news import clean


class Command(base.Command):
    help = "make foreign HTML safe: standard input to standard output"
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--base", default="", metavar="URL", help="what relative addresses count from")
        parser.add_argument("--comment", action="store_true", help="as a reader's comment: links are marked as such")

    def run(self, *, base: str, comment: bool, **_: Any) -> None:
        foreign = sys.stdin.buffer.read().decode("utf-8", "replace")
        self.say(clean.safe_html(foreign, base=base, role="comment" if comment else "copy"))
