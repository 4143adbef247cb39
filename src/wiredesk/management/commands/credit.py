"""`wiredesk credit FILE...`: whose copy it is, by what is printed on it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

import msgspec
from django.core.management.base import CommandError

from wiredesk.desk import lists
from wiredesk.management import base, copies
from wiredesk.management.copies import Piece
from wiredesk.news import agency
from wiredesk.news.errors import NewsError


class Command(base.Command):
    help = "say whose copy it is, by what is printed on it: text, HTML, wire files, JSON lines"
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for standard input")
        parser.add_argument("--url", default="", metavar="U", help="the address the copy came from")
        base.add_json(parser)

    def run(self, *, files: list[str], url: str, as_json: bool, **_: Any) -> None:
        wrong = 0
        for file in files:
            try:
                for piece in copies.pieces(file):
                    wrong += bool(piece.error)
                    self._tell(piece, url, as_json=as_json or piece.is_line)
            except (NewsError, OSError) as error:
                wrong += 1
                reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
                self.say(json.dumps({"id": file, "error": reason}, ensure_ascii=False))
        if wrong:
            raise CommandError(f"{wrong} could not be read")

    def _tell(self, piece: Piece, url: str, *, as_json: bool) -> None:
        if piece.error:
            self.say(json.dumps({"id": piece.id, "error": piece.error}, ensure_ascii=False))
            return
        copy = piece.copy
        if url and not copy.url:
            copy = agency.Copy(
                headline=copy.headline, text=copy.text, byline=copy.byline, dateline=copy.dateline, url=url
            )
        whose = agency.whose(copy, lists.known_agencies())
        if as_json:
            record = {"id": piece.id, **msgspec.to_builtins(whose)}
            record["origin"], record["role"] = whose.origin or None, whose.role or None
            self.say(json.dumps(record, ensure_ascii=False))
            return
        self.say(f"{piece.id}: {whose.role or 'cannot tell'} {whose.origin}".rstrip() + f": {whose.why}")
        for one in whose.findings:
            self.say(f"  {one.role:12}{one.agency or '-':20}{one.place:11}{one.rule}: {one.span}")
