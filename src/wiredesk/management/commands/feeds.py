"""`wiredesk feeds`: the feeds we follow, and how each of them is."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from wiredesk.desk.models import Feed
from wiredesk.management import base
from wiredesk.management.records import feed_record


class Command(base.Command):
    help = "list the feeds with their health and last error"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--failing", action="store_true", help="only those that could not be read last time")
        base.add_json(parser)

    def run(self, *, failing: bool, as_json: bool, **_: Any) -> None:
        rows = Feed.objects.select_related("source__licence", "section").order_by("source__name", "id")
        if failing:
            rows = rows.exclude(error="")
        columns = ("id", "health", "source", "title", "url", "last_good", "error")
        empty = "No feed is failing." if failing else "No feeds yet. Follow one: wiredesk follow URL"
        self.show((feed_record(row) for row in rows), as_json=as_json, columns=columns, empty=empty)
