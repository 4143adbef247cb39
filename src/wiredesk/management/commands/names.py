"""`wiredesk names FILE...`: names that are spelled two ways."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import CommandError

from wiredesk.desk import lists
from wiredesk.management import base, copies
from wiredesk.management.copies import Piece
from wiredesk.news import names
from wiredesk.news.errors import NewsError
from wiredesk.news.names import Archive, Found, House, Text


class Command(base.Command):
    help = "say which names are spelled two ways; several files are carriers of one story"
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for standard input")
        parser.add_argument("--apart", action="store_true", help="every file by itself")
        parser.add_argument("--together", action="store_true", help="all lines of a JSON-lines file are one story")
        parser.add_argument("--archive", metavar="FILE", help="names printed before: a line each, name, tab, count")
        parser.add_argument("--house", metavar="FILE", help="spellings that pass or are two people, as TOML")
        base.add_json(parser)

    def run(
        self,
        *,
        files: list[str],
        apart: bool,
        together: bool,
        archive: str | None,
        house: str | None,
        as_json: bool,
        **_: Any,
    ) -> None:
        try:
            known = _archive(archive) if archive else None
            rules = names.read_house(Path(house).read_text(encoding="utf-8")) if house else None
            found = [list(copies.pieces(file)) for file in files]
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        except UnicodeDecodeError:
            raise CommandError("no text in UTF-8") from None
        for story in _stories(found, apart=apart, together=together):
            self._tell(story, known, rules, as_json=as_json or story[0].is_line)
        wrong = sum(bool(piece.error) for piece in chain.from_iterable(found))
        if wrong:
            raise CommandError(f"{wrong} could not be read")

    def _tell(self, story: list[Piece], archive: Archive | None, house: House | None, *, as_json: bool) -> None:
        if story[0].error:
            self.say(json.dumps({"id": story[0].id, "error": story[0].error}, ensure_ascii=False))
            return
        told = len(story) > 1
        texts = [
            Text(headline=one.copy.headline, body=one.copy.text, label=str(one.id) if told else "") for one in story
        ]
        found = names.look(texts, lists.known_names(), archive=archive, house=house)
        called = [one.id for one in story] if told else story[0].id
        if as_json:
            self.say(json.dumps({"id": called, **msgspec.to_builtins(found)}, ensure_ascii=False))
            return
        self._print(", ".join(map(str, called)) if isinstance(called, list) else str(called), found)

    def _print(self, called: str, found: Found) -> None:
        self.say(f"{called}: {found.untold or f'{len(found.alerts)} alert' + 's' * (len(found.alerts) != 1)}")
        for alert in found.alerts:
            self.say(f"  {' / '.join(alert.spellings)}: {alert.suggest}? {alert.why}")


def _stories(found: list[list[Piece]], *, apart: bool, together: bool) -> list[list[Piece]]:
    """Which pieces are one story: several files are its carriers, lines of a file are stories of their own."""
    pieces = list(chain.from_iterable(found))
    has_lines = any(piece.is_line for piece in pieces)
    if together or (len(found) > 1 and not apart and not has_lines):
        good = [piece for piece in pieces if not piece.error]
        return [*([good] if good else []), *([piece] for piece in pieces if piece.error)]
    return [[piece] for piece in pieces]


def _archive(file: str) -> Archive:
    counts: dict[str, int] = {}
    with Path(file).open(encoding="utf-8", newline="") as opened:
        for number, row in enumerate(csv.reader(opened, delimiter="\t"), 1):
            if not row:
                continue
            if len(row) > 1 and not row[1].strip().isdecimal():
                raise NewsError(f"{file}: line {number} has no count behind its tab")
            counts[row[0]] = counts.get(row[0], 0) + (int(row[1]) if len(row) > 1 else 1)
    return Archive(counts=counts, lore=lists.known_names())
