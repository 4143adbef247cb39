"""The four commands that act on one story: publish, hold, release, kill."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from wiredesk.desk.models import Story
from wiredesk.management import base
from wiredesk.management.records import story_record


class Act(base.Command):
    """One act; `act` is the door in desk.edit."""

    act: Callable[..., Story]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", type=int, metavar="STORY")
        parser.add_argument(
            "--reason", default="", metavar="R", help="kept with the act, and shown in the story's history"
        )
        base.add_json(parser)

    def run(self, *, story: int, reason: str, as_json: bool, **_: Any) -> None:
        row = type(self).act(story, by=base.editor(), now=base.now(), reason=reason)
        record = story_record(row, now=base.now())
        if as_json:
            self.say(json.dumps(record, ensure_ascii=False))
            return
        self.say(f"Story {row.pk} is {row.state}; readers find it {record['public']}: {row.headline}")
        for why in record["why"]:
            self.say(f"  {why}")
