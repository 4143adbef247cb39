"""`wiredesk feeds`: the feeds we follow, and how each of them is."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from wiredesk.desk import endpoints
from wiredesk.desk.models import Feed
from wiredesk.management import base
from wiredesk.management.records import feed_record


class Command(base.Command):
    help = "list the feeds with their health and last error"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--failing", action="store_true", help="only those that could not be read last time")
        parser.add_argument(
            "--renew-token", type=int, metavar="FEED", help="give a push feed a new token, in place of the one it has"
        )
        base.add_json(parser)

    def run(self, *, failing: bool, renew_token: int | None, as_json: bool, **_: Any) -> None:
        if renew_token is not None:
            self._renew(renew_token, as_json=as_json)
            return
        rows = Feed.objects.select_related("source__licence", "section", "sign_in").order_by("source__name", "id")
        if failing:
            rows = rows.exclude(error="")
        columns = ("id", "health", "source", "title", "url", "last_good", "error")
        empty = "No feed is failing." if failing else "No feeds yet. Follow one: wiredesk follow URL"
        self.show((feed_record(row) for row in rows), as_json=as_json, columns=columns, empty=empty)

    def _renew(self, number: int, *, as_json: bool) -> None:
        feed = Feed.objects.filter(pk=number).first()
        if feed is None:
            raise CommandError(f"no feed {number}; see: wiredesk feeds")
        token = endpoints.renew(feed, now=base.now())
        if as_json:
            self.say(
                json.dumps({"id": feed.pk, "address": f"{settings.SITE_URL}{endpoints.path(feed)}", "token": token})
            )
            return
        self.say(f"Whoever posts to {settings.SITE_URL}{endpoints.path(feed)} now needs the header")
        self.say(f"    Authorization: Bearer {token}")
        self.say("It is not shown again; the token before it opens nothing any more.")
