"""`wiredesk same FILE...`: which pieces of copy are one, and the passages that they share."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from itertools import chain, combinations
from typing import Any

from django.core.management.base import CommandError

from wiredesk.desk import lists
from wiredesk.management import base, copies
from wiredesk.management.copies import Piece
from wiredesk.news import agency, marks, match, wording
from wiredesk.news.errors import NewsError
from wiredesk.news.match import Likeness
from wiredesk.news.wording import SHORT, Wording

FEW = 40  # pieces of which every two are compared; of more only those that share marks
SHOWN = 8  # passages shown to a person
MOST_SHOWN = 300  # characters of each

EPILOG = """\
FILE is plain text, an HTML page (all that can be read on it), a feed, a wire file, or JSON lines
{"id","title","text"}, which are answered in JSON lines; - is standard input. Of up to 40 pieces every two are
compared; of more, those that share enough four-word runs.

The verdict is "same copy" from 60 % of one text in the other, a "question" for an editor from 37 %, else "not"; short
pieces (under 60 words) are judged by headline, lead and agency, and where that says nothing it is "cannot tell". In
JSON, "same" is true for the first two and "sure" for the first alone. Datelines, credits, boilerplate and quoted speech
do not count.
"""


class Command(base.Command):
    help = "say which pieces of copy are the same: text, HTML, wire files, JSON lines"
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.epilog = EPILOG
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="two files or more, or one that holds several pieces"
        )
        parser.add_argument("--passages", action="store_true", help="with JSON lines too, the passages that are shared")
        base.add_json(parser)

    def run(self, *, files: list[str], passages: bool, as_json: bool, **_: Any) -> None:
        pieces, unread = _read(files)
        for piece in unread:
            self.say(json.dumps({"id": piece.id, "error": piece.error}, ensure_ascii=False))
        has_lines = any(piece.is_line for piece in chain(pieces.values(), unread))
        if len(pieces) < 2 and not has_lines and not unread:
            raise CommandError("there is one piece of copy and nothing to compare it with", returncode=2)
        read = {called: _wording(piece) for called, piece in pieces.items()}
        for one, other in _pairs(read, every=len(read) <= FEW):
            found = match.compare(read[one], read[other], with_passages=passages or not has_lines)
            if as_json or has_lines:
                record = _record(_called(one, pieces), _called(other, pieces), read[one], found)
                self.say(json.dumps(record, ensure_ascii=False))
            else:
                self._print(one, other, read[one], found)
        if unread:
            raise CommandError(f"{len(unread)} could not be read")

    def _print(self, one: str, other: str, text: Wording, found: Likeness) -> None:
        self.say(f"{one}\n{other}\n  {found.verdict} ({found.why}): {_share(found)}")
        longest = sorted(found.passages, key=lambda passage: -passage.words)[:SHOWN]
        for passage in sorted(longest, key=lambda passage: passage.one):
            self.say(f"  {passage.words} words: “{_cut(text.text[slice(*passage.one)])}”")
        if len(found.passages) > SHOWN:
            self.say(f"  and {len(found.passages) - SHOWN} shorter passages")


def _read(files: list[str]) -> tuple[dict[str, Piece], list[Piece]]:
    """The pieces of all files by a name that each has alone, and what could not be read."""
    good: list[tuple[str, Piece]] = []
    unread: list[Piece] = []
    for file in files:
        try:
            for piece in copies.pieces(file):
                if piece.error:
                    unread.append(piece)
                else:
                    good.append((file, piece))
        except (NewsError, OSError) as error:
            reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
            unread.append(Piece(id=file, copy=agency.Copy(), error=reason))
    times = Counter(str(piece.id) for _, piece in good)
    named: dict[str, Piece] = {}
    for file, piece in good:
        called = str(piece.id) if times[str(piece.id)] == 1 else f"{file} {piece.id}"
        while called in named:
            called += "+"
        named[called] = piece
    return named, unread


def _called(name: str, pieces: dict[str, Piece]) -> Any:
    """What its file calls a piece; where two are called alike, with the file before it."""
    own = pieces[name].id
    return own if str(own) == name else name


def _wording(piece: Piece) -> Wording:
    whose = agency.whose(piece.copy, lists.known_agencies())
    origin = whose.origin if whose.role in ("origin", "syndicated") else ""
    return wording.of(piece.copy.text, headline=piece.copy.headline, agency=origin)


def _pairs(read: dict[str, Wording], *, every: bool) -> Iterator[tuple[str, str]]:
    """Which two are compared: all, or those that the index of marks would lead to."""
    if every:
        yield from combinations(read, 2)
        return
    for (one, other), shared in marks.pairs({called: text.marks for called, text in read.items()}).items():
        if shared >= marks.enough(min(read[one].count, read[other].count), short=SHORT):
            yield one, other


def _record(one: Any, other: Any, text: Wording, found: Likeness) -> dict[str, Any]:
    record: dict[str, Any] = {
        "a": one,
        "b": other,
        "containment": round(found.containment, 4),
        "same": found.verdict in ("same copy", "question"),
        "sure": found.is_merged,
        "verdict": found.verdict,
        "why": found.why,
        "a_in_b": round(found.one_in_other, 4),
        "b_in_a": round(found.other_in_one, 4),
        "shared_marks": found.shared_marks,
    }
    if found.passages:
        record["passages"] = [
            {"a": passage.one, "b": passage.other, "words": passage.words, "text": text.text[slice(*passage.one)]}
            for passage in found.passages
        ]
    return record


def _share(found: Likeness) -> str:
    return f"{found.one_in_other:.0%} of the first in the second, {found.other_in_one:.0%} of the second in the first"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN].rstrip()} …"
