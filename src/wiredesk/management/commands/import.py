"""`wiredesk import FILE`: follow every feed of an OPML file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from wiredesk.desk import following
from wiredesk.desk.following import Wish
from wiredesk.management import base, progress
from wiredesk.management.licences import licence_named
from wiredesk.news import opml

MAX_BYTES = 50 * 2**20


class Command(base.Command):
    help = "follow all feeds of an OPML file; its folders become sections"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="an OPML file, or - for standard input")
        parser.add_argument("--licence", default="", metavar="PRESET_OR_FILE", help="the terms of all sources in it")
        base.add_newest(parser)

    def run(self, *, file: str, licence: str, newest: int | None, **_: Any) -> None:
        outlines = opml.read(_read(file))
        terms = licence_named(licence)
        new = known = 0
        refused: list[str] = []
        moment = base.now()
        with progress.bar("Following", len(outlines)) as advance:
            for outline in outlines:
                advance()
                if outline.error:
                    refused.append(f"{outline.title or outline.xml_url}: {outline.error}")
                    continue
                wish = Wish(
                    url=outline.xml_url,
                    title=outline.title,
                    source_url=outline.html_url,
                    section=outline.folders[0] if outline.folders else "",
                    licence=terms,
                    newest=newest,
                )
                is_new = following.follow(wish, now=moment)[1]
                new, known = new + is_new, known + (not is_new)
        self.say(f"{new} feeds are new, {known} were followed already, {len(refused)} cannot be followed.")
        for line in refused:
            self.stderr.write(f"  {line}")
        if new:
            self.say("They are asked by `wiredesk run`, or now: wiredesk poll")


def _read(file: str) -> bytes:
    try:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1) if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from None
    if len(raw) > MAX_BYTES:
        raise CommandError(f"{file}: larger than {MAX_BYTES // 2**20} MB")
    return raw
