"""`wiredesk follow URL_OR_FOLDER`: find the feed there, and follow it; `--push NAME`: let a source send us copy."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser, BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from wiredesk import tasks
from wiredesk.desk import endpoints, following, profiles, pulls, signins
from wiredesk.desk.following import Wish
from wiredesk.desk.models import Feed
from wiredesk.management import base, pulling, secret
from wiredesk.management.licences import licence_named
from wiredesk.management.pulling import NO_SIGN_IN
from wiredesk.management.records import feed_record
from wiredesk.news.signin import Credentials, Kind, checked
from wiredesk.wires import discover
from wiredesk.wires.discover import Candidate
from wiredesk.wires.fetch import FetchError
from wiredesk.wires.poll import Poller
from wiredesk.wires.settle import Asked


class Command(base.Command):
    help = "follow a feed: its address, the address of a page that has one, a folder, or copy pushed to us"

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("place", metavar="URL_OR_FOLDER", nargs="?")
        where.add_argument(
            "--push", metavar="NAME", help="copy that the source posts to /push/NAME; shows its token once"
        )
        parser.add_argument("--source", default="", metavar="NAME", help="whose copy it is (default: the feed's title)")
        parser.add_argument("--licence", default="", metavar="PRESET_OR_FILE", help="what the source lets us do")
        parser.add_argument("--section", default="", metavar="NAME", help="the part of the site its stories go to")
        parser.add_argument("--profile", default="", metavar="NAME_OR_FILE", help="the agency's dialect")
        parser.add_argument(
            "--whole-text",
            action=BooleanOptionalAction,
            help="where the terms allow the whole text and the feed has a teaser, read the item's page",
        )
        sign_in = parser.add_argument_group("signing in", "The secret is asked for, or read from standard input.")
        sign_in.add_argument(
            "--auth", choices=[*Kind, NO_SIGN_IN], help="how the feed's server wants to be told who asks"
        )
        sign_in.add_argument("--name", default="", help="the user (basic), the header, or the key of the query")
        sign_in.add_argument(
            "--secret-env", default="", metavar="VARIABLE", help="read the secret from the environment"
        )
        sign_in.add_argument(
            "--over-http",
            "--in-the-open",
            action="store_true",
            dest="over_http",
            help="send it over plain http, ftp or imap, where others can read it",
        )
        pulling.add_arguments(parser)
        base.add_newest(parser)
        base.add_json(parser)

    def run(self, *, place: str | None, push: str | None, as_json: bool, **options: Any) -> None:
        terms, profile = licence_named(options["licence"]), _profile(options["profile"])
        about = {
            "source": options["source"],
            "section": options["section"],
            "licence": terms,
            "profile": profile,
            "whole_text": options["whole_text"],
        }
        if push:
            if options["auth"]:
                raise CommandError("--auth is for feeds that we ask; whoever pushes signs in here with the token")
            wish = Wish(url=endpoints.place(push), way=Feed.Way.PUSH, title=push, newest=None, **about)
            self._open(wish, as_json=as_json)
            return
        address = _address(place or "")
        pulled = pulling.place(address, options)
        if pulled:
            address = pulled.url
            options["name"] = options["name"] or pulled.user
        credentials = _credentials(address, options)
        setting = pulling.setting(pulled, options) if pulled else None
        found = Candidate(url=address, title=pulling.title(pulled)) if pulled else _found(address, credentials)
        way = pulling.way(pulled) if pulled else Feed.Way.HTTP if "://" in found.url else Feed.Way.FOLDER
        wish = Wish(url=found.url, way=way, title=found.title, newest=options["newest"], **about)
        feed, is_new = following.follow(wish, now=base.now())
        if setting:
            pulls.keep(feed, setting)
        if credentials:
            signins.keep(feed, credentials, now=base.now())
        elif options["auth"] == NO_SIGN_IN:
            signins.remove(feed)
        asked = asyncio.run(_first_round(feed))
        self._say(feed, asked, is_new=is_new, as_json=as_json)

    def _open(self, wish: Wish, *, as_json: bool) -> None:
        """A push feed: no look at it, and a token that is shown this once."""
        feed, is_new = following.follow(wish, now=base.now())
        token = endpoints.renew(feed, now=base.now()) if is_new else ""
        if as_json:
            record = feed_record(feed) | ({"token": token} if token else {})
            self.show([record], as_json=True, columns=(), empty="")
            return
        self._say_terms(feed, is_new=is_new)
        self.say(f"Copy is posted to {settings.SITE_URL}{endpoints.path(feed)}, with the header")
        self.say(f"    Authorization: Bearer {token or '(the token you were shown)'}")
        again = f"wiredesk feeds --renew-token {feed.pk}"
        self.say(f"The token is not shown again. Another one: {again}" if token else f"A new token: {again}")

    def _say(self, feed: Feed, asked: Asked, *, is_new: bool, as_json: bool) -> None:
        feed.refresh_from_db()
        if as_json:
            self.show([feed_record(feed)], as_json=True, columns=(), empty="")
            return
        self._say_terms(feed, is_new=is_new)
        if asked.error:
            self.say(f"It could not be read yet: {asked.error} It will be asked again.")
        else:
            self.say(f"Stories: {sum(count for kind, count in asked.events.items() if kind == 'new')} new.")

    def _say_terms(self, feed: Feed, *, is_new: bool) -> None:
        self.say(f"{'Following' if is_new else 'Already following'} feed {feed.pk}: {feed} ({feed.url})")
        self.say(f"Source: {feed.source.name}. Terms: {feed.source.licence.title or feed.source.licence.name}.")


def _profile(name: str) -> str:
    """A profile's name, or where its file is; NewsError where there is none such or it cannot be read."""
    if not name:
        return ""
    profiles.named(name)
    return name if name in profiles.shipped() else str(Path(name).resolve())


def _address(place: str) -> str:
    """A folder that is there, in full; else a web address, with its scheme."""
    folder = Path(place).expanduser()
    if "://" in place or not folder.exists():
        return place if "://" in place else f"https://{place}"
    if not folder.is_dir():
        raise CommandError(f"{place} is a file; name the folder that the files come into")
    return str(folder.resolve())


def _credentials(address: str, options: dict[str, Any]) -> Credentials | None:
    """The sign-in that was asked for. For a feed that we follow already the one it has is used where none is given."""
    kind = options["auth"]
    if kind in (None, NO_SIGN_IN):
        feed = Feed.objects.filter(url=address).first()
        known = signins.opened([feed]).get(feed.pk) if feed and kind is None else None
        return known if isinstance(known, Credentials) else None
    said = secret.told(f"Secret for {address}", options["secret_env"])
    return checked(kind, options["name"], said, url=address, over_http=options["over_http"])


def _found(address: str, credentials: Credentials | None) -> Candidate:
    """The feed at an address or folder. Where a page names several the first is taken, as a browser would."""
    if "://" not in address:
        return Candidate(url=address, title=Path(address).name)
    try:
        candidates = asyncio.run(_discovered(address, credentials))
    except FetchError as error:
        raise CommandError(f"{address}: {error}") from None
    if not candidates:
        raise CommandError(f"{address}: no feed there, and the page names none")
    if credentials and not credentials.is_for(candidates[0].url):
        raise CommandError(f"{address}: its feed is at {candidates[0].url}, another server; follow that address itself")
    return candidates[0]


async def _discovered(address: str, credentials: Credentials | None) -> list[Candidate]:
    async with tasks.fetcher() as fetcher:
        return list(await discover.discover(fetcher, address, credentials))


async def _first_round(feed: Feed) -> Asked:
    async with tasks.fetcher() as fetcher, Poller(fetcher, clock=base.now) as poller:
        return [asked async for asked in poller.round([feed])][0]
