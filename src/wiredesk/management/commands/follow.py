"""`wiredesk follow URL_OR_FOLDER`: find the feed there, and follow it."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from wiredesk import tasks
from wiredesk.desk import following, profiles
from wiredesk.desk.following import Wish
from wiredesk.desk.models import Feed
from wiredesk.management import base
from wiredesk.management.licences import licence_named
from wiredesk.management.records import feed_record
from wiredesk.wires import discover
from wiredesk.wires.discover import Candidate
from wiredesk.wires.fetch import FetchError
from wiredesk.wires.poll import Poller
from wiredesk.wires.settle import Asked


class Command(base.Command):
    help = "follow a feed: its address, the address of a page that has one, or a folder"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("place", metavar="URL_OR_FOLDER")
        parser.add_argument("--source", default="", metavar="NAME", help="whose copy it is (default: the feed's title)")
        parser.add_argument("--licence", default="", metavar="PRESET_OR_FILE", help="what the source lets us do")
        parser.add_argument("--section", default="", metavar="NAME", help="the part of the site its stories go to")
        parser.add_argument("--profile", default="", metavar="NAME_OR_FILE", help="the agency's dialect")
        base.add_newest(parser)
        base.add_json(parser)

    def run(self, *, place: str, source: str, licence: str, section: str, as_json: bool, **options: Any) -> None:
        terms = licence_named(licence)
        found = _found(place)
        wish = Wish(
            url=found.url,
            way=Feed.Way.FOLDER if Path(found.url).is_dir() else Feed.Way.HTTP,
            title=found.title,
            source=source,
            section=section,
            licence=terms,
            newest=options["newest"],
            profile=_profile(options["profile"]),
        )
        feed, is_new = following.follow(wish, now=base.now())
        asked = asyncio.run(_first_round(feed))
        feed.refresh_from_db()
        if as_json:
            self.show([feed_record(feed)], as_json=True, columns=(), empty="")
            return
        self.say(f"{'Following' if is_new else 'Already following'} feed {feed.pk}: {feed} ({feed.url})")
        self.say(f"Source: {feed.source.name}. Terms: {feed.source.licence.title or feed.source.licence.name}.")
        if asked.error:
            self.say(f"It could not be read yet: {asked.error} It will be asked again.")
        else:
            self.say(f"Stories: {sum(count for kind, count in asked.events.items() if kind == 'new')} new.")


def _profile(name: str) -> str:
    """A profile's name, or where its file is; NewsError where there is none such or it cannot be read."""
    if not name:
        return ""
    profiles.named(name)
    return name if name in profiles.shipped() else str(Path(name).resolve())


def _found(place: str) -> Candidate:
    """The feed at an address or folder. Where a page names several the first is taken, as a browser would."""
    folder = Path(place).expanduser()
    if "://" not in place and folder.exists():
        if not folder.is_dir():
            raise CommandError(f"{place} is a file; name the folder that the files come into")
        return Candidate(url=str(folder.resolve()), title=folder.resolve().name)
    address = place if "://" in place else f"https://{place}"
    try:
        candidates = asyncio.run(_discovered(address))
    except FetchError as error:
        raise CommandError(f"{address}: {error}") from None
    if not candidates:
        raise CommandError(f"{address}: no feed there, and the page names none")
    return candidates[0]


async def _discovered(address: str) -> list[Candidate]:
    async with tasks.fetcher() as fetcher:
        return list(await discover.discover(fetcher, address))


async def _first_round(feed: Feed) -> Asked:
    async with tasks.fetcher() as fetcher, Poller(fetcher, clock=base.now) as poller:
        return [asked async for asked in poller.round([feed])][0]
