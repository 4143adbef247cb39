"""`wiredesk export FILE`: the feeds we follow, as OPML."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from wiredesk.desk.models import Feed
from wiredesk.management import base
from wiredesk.news import opml


class Command(base.Command):
    help = "write the feeds we follow to an OPML file"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="where to; - for standard output")

    def run(self, *, file: str, **_: Any) -> None:
        rows = (
            Feed.objects.filter(way=Feed.Way.HTTP).select_related("source", "section").order_by("section__name", "id")
        )
        outlines = [
            opml.Outline(
                title=row.title or row.source.name,
                xml_url=row.url,
                html_url=row.source.url,
                folders=(row.section.name,) if row.section else (),
            )
            for row in rows
        ]
        document = opml.write(outlines, title="Feeds")
        if file == "-":
            sys.stdout.buffer.write(document)
            return
        try:
            Path(file).write_bytes(document)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        self.say(f"{len(outlines)} feeds written to {file}.")
