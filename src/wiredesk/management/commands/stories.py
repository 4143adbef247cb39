"""`wiredesk stories`: the stories, newest first."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from wiredesk.desk.models import Story
from wiredesk.desk.rows import WITH_CARRIERS
from wiredesk.management import base
from wiredesk.management.records import story_record
from wiredesk.news.story import State


class Command(base.Command):
    help = "list the stories, newest first"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--state", choices=[state.value for state in State], help="only those in this state")
        parser.add_argument("--source", metavar="NAME", help="only those of this source")
        parser.add_argument(
            "--limit", type=int, default=0, metavar="N", help="at most so many (default: 50; --json: all)"
        )
        base.add_json(parser)

    def run(self, *, state: str | None, source: str | None, limit: int, as_json: bool, **_: Any) -> None:
        rows = Story.objects.select_related("source__licence", "feed", "section").prefetch_related(WITH_CARRIERS)
        rows = rows.order_by("-order_at", "-id")
        if state:
            rows = rows.filter(state=state)
        if source:
            rows = rows.filter(source__name=source)
        most = limit or (None if as_json else 50)
        records = (story_record(row, now=base.now()) for row in _some(rows, most))
        columns = ("id", "state", "published", "source", "headline")
        self.show(records, as_json=as_json, columns=columns, empty="No stories yet. Follow a feed: wiredesk follow URL")


def _some(rows: Any, most: int | None) -> Iterator[Story]:
    yield from rows[:most] if most else rows.iterator(chunk_size=500)
