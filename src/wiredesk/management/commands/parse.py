"""`wiredesk parse FILE...`: what a delivery holds, one JSON line a file."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from wiredesk.desk import profiles
from wiredesk.management import base
from wiredesk.news import formats
from wiredesk.news.errors import NewsError

MAX_BYTES = 50 * 2**20


class Command(base.Command):
    help = "read feed files and print what they hold, one JSON line a file"
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for standard input")
        parser.add_argument("--url", default="", metavar="U", help="the address it came from")
        parser.add_argument("--content-type", default="", metavar="T", help="the Content-Type it came with")
        parser.add_argument("--profile", default="", metavar="P", help="the agency's profile: a shipped one or a file")

    def run(self, *, files: list[str], url: str, content_type: str, profile: str, **_: Any) -> None:
        dialect = profiles.named(profile) if profile else None
        unread = 0
        for file in files:
            try:
                delivery = formats.parse(_read(file), content_type=content_type, url=url, profile=dialect)
                record = {"file": file, **formats.as_json(delivery)}
            except (NewsError, OSError) as error:
                unread += 1
                record = {
                    "file": file,
                    "error": error.strerror or str(error) if isinstance(error, OSError) else str(error),
                }
            self.say(json.dumps(record, ensure_ascii=False))
        if unread:
            raise CommandError(f"{unread} of {len(files)} could not be read")


def _read(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    path = Path(file)
    if path.stat().st_size > MAX_BYTES:
        raise NewsError(f"larger than {MAX_BYTES // 2**20} MB")
    return path.read_bytes()
