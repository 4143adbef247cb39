"""The four commands that act on one story: publish, hold, release, kill."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError

from wiredesk.desk.edit import TermsUnmet
from wiredesk.desk.models import Story
from wiredesk.management import base
from wiredesk.management.records import story_record


class Act(base.Command):
    """One act; `act` is the door in desk.edit."""

    act: Callable[..., Story]
    asks = False  # whether terms that are not met stop it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", type=int, metavar="STORY")
        parser.add_argument(
            "--reason", default="", metavar="R", help="kept with the act, and shown in the story's history"
        )
        if self.asks:
            parser.add_argument(
                "--anyway",
                action="store_true",
                help="though its source's terms are not met, if that source lets you ask",
            )
        base.add_json(parser)

    def run(self, *, story: int, reason: str, as_json: bool, anyway: bool = False, **_: Any) -> None:
        more = {"anyway": anyway} if self.asks else {}
        try:
            row = type(self).act(story, by=base.editor(), now=base.now(), reason=reason, **more)
        except TermsUnmet as unmet:
            insist = " (--anyway publishes it all the same)" if unmet.is_askable else ""
            raise CommandError(f"its source's terms are not met: {unmet}{insist}") from None
        record = story_record(row, now=base.now())
        if as_json:
            self.say(json.dumps(record, ensure_ascii=False))
            return
        self.say(f"Story {row.pk} is {row.state}; readers find it {record['public']}: {row.headline}")
        for why in record["why"]:
            self.say(f"  {why}")
