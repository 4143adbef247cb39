"""The four commands that act on one story: publish, hold, release, kill."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError

from wiredesk.desk.edit import TermsUnmet
from wiredesk.desk.models import Carrier, Story
from wiredesk.management import base
from wiredesk.management.records import story_record


class Act(base.Command):
    """One act; `act` is the door in desk.edit."""

    act: Callable[..., Story]
    asks = False  # whether terms that are not met stop it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", type=int, metavar="STORY")
        if self.asks:
            parser.add_argument(
                "--anyway",
                action="store_true",
                help="though its source's terms are not met, if that source lets you ask",
            )
        add_reason(parser)

    def run(self, *, story: int, reason: str, as_json: bool, anyway: bool = False, **_: Any) -> None:
        more = {"anyway": anyway} if self.asks else {}
        try:
            row = type(self).act(story, by=base.editor(), now=base.now(), reason=reason, **more)
        except TermsUnmet as unmet:
            insist = " (--anyway publishes it all the same)" if unmet.is_askable else ""
            raise CommandError(f"its source's terms are not met: {unmet}{insist}") from None
        tell(self, row, as_json=as_json)


def add_reason(parser: ArgumentParser) -> None:
    """What every act can be given."""
    parser.add_argument("--reason", default="", metavar="R", help="kept with the act, and shown in the story's history")
    base.add_json(parser)


def add_carrier(parser: ArgumentParser, *, needed: bool) -> None:
    """Which of a story's items is meant."""
    parser.add_argument("--carrier", type=int, required=needed, metavar="N", help="its number in `wiredesk story ID`")


def carrier_of(story: int, carrier: int) -> int:
    """The carrier's number, if it is one of this story's."""
    if not Carrier.objects.filter(pk=carrier, story=story).exists():
        raise CommandError(f"story {story} is not carried by {carrier}; `wiredesk story {story}` shows what it is")
    return carrier


def tell(command: base.Command, row: Story, *, as_json: bool) -> None:
    """How a story stands after an act."""
    record = story_record(row, now=base.now())
    if as_json:
        command.say(json.dumps(record, ensure_ascii=False))
        return
    command.say(f"Story {row.pk} is {row.state}; readers find it {record['public']}: {row.headline}")
    for why in record["why"]:
        command.say(f"  {why}")
