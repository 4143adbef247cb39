"""`wiredesk extract FILE...`: the copy of web pages, one JSON line a file."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from wiredesk.management import base
from wiredesk.news import pagefacts
from wiredesk.news.errors import NewsError
from wiredesk.news.webpage import Whole
from wiredesk.wires.extract import Extractor
from wiredesk.wires.pagebytes import MAX_BYTES, Webpage, selector


class Command(base.Command):
    help = "read the copy of saved web pages, one JSON line a file"
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for standard input")
        parser.add_argument("--url", default="", metavar="U", help="the address it came from")
        parser.add_argument("--content-type", default="", metavar="T", help="the Content-Type it came with")
        parser.add_argument("--keep", default="", metavar="CSS", help="only this is copy: a CSS selector")
        parser.add_argument("--drop", default="", metavar="CSS", help="this is no copy: a CSS selector")

    def run(self, *, files: list[str], url: str, content_type: str, keep: str, drop: str, **_: Any) -> None:
        for css in filter(None, (keep, drop)):
            try:
                selector(css)
            except NewsError as error:
                raise CommandError(str(error), returncode=2) from None
        unread = 0
        with Extractor() as extractor:
            for file in files:
                try:
                    page = Webpage(body=_read(file), url=url, content_type=content_type, keep=keep, drop=drop)
                    record = {"file": file, **as_record(extractor.extract(page))}
                except (NewsError, OSError) as error:
                    unread += 1
                    reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
                    record = {"file": file, "error": reason}
                self.say(json.dumps(record, ensure_ascii=False))
        if unread:
            raise CommandError(f"{unread} of {len(files)} could not be read")


def as_record(whole: Whole) -> dict[str, Any]:
    """The copy of a page as scripts read it; a field that the page does not have is null."""
    facts = {name: getattr(whole.facts, name) for name in pagefacts.FIELDS}
    sources = {name: field.source for name, field in facts.items() if field.value}
    return {
        **{name: field.value or None for name, field in facts.items()},
        "text": whole.text,
        "html": whole.html,
        "words": whole.words,
        "sure": whole.is_sure,
        "why": list(whole.why),
        "provenance": {**sources, **({"text": "extractor"} if whole.text else {})},
    }


def _read(file: str) -> bytes:
    """The bytes of a file, as many as make a page too large; a page that was saved packed (.gz) is unpacked."""
    if file == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    if file.endswith(".gz"):
        try:
            with gzip.open(file) as packed:
                return packed.read(MAX_BYTES + 1)
        except (EOFError, zlib.error):
            raise NewsError("the packed file is broken") from None
    with Path(file).open("rb") as opened:
        return opened.read(MAX_BYTES + 1)
