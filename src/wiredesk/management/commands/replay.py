"""`wiredesk replay DIR`: recorded deliveries through the whole intake, on a database that is thrown away."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import CommandError
from django.db import connections

from wiredesk.desk import edit, following, intake, pages, profiles, store
from wiredesk.desk.following import Wish
from wiredesk.desk.followup import Happened
from wiredesk.desk.models import Alert, Carrier, Feed, Story, Version
from wiredesk.management import base
from wiredesk.news import clean
from wiredesk.news.presets import PRESETS
from wiredesk.news.profile import Profile

_NOT_DELIVERIES = (".json.license", ".md", ".toml")
_EXPECTED = "expect.json"


class Command(base.Command):
    help = "run recorded deliveries through the whole intake on a throw-away database"
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", metavar="DIR", help="its files, in order of their names, are one feed's deliveries"
        )
        parser.add_argument(
            "--steps",
            metavar="FILE",
            help="JSON with `steps`, each a `file` (null: only time goes by) and `at`, its time",
        )
        parser.add_argument("--profile", default="", metavar="NAME_OR_FILE", help="the agency's dialect")

    def run(self, *, folder: str, steps: str | None, profile: str, **_: Any) -> None:
        place = Path(folder)
        if not place.is_dir():
            raise CommandError(f"{folder} is no folder")
        script = list(_script(place, steps))
        dialect = profiles.named(profile) if profile else Profile()
        with TemporaryDirectory() as home:
            connections["default"].settings_dict["NAME"] = f"{home}/replay.sqlite3"
            store.ensure()
            feed = _feed(script[0][1] if script else base.now(), dialect)
            told: set[int] = set()
            for name, at in script:
                self.say(json.dumps(_step(feed, place, name, at, dialect, told), ensure_ascii=False))
            connections.close_all()


def _script(place: Path, steps: str | None) -> Iterator[tuple[str | None, datetime]]:
    """What is delivered when: as the steps say, else every file of the folder a minute after the other."""
    if steps is None:
        files = sorted(path.name for path in place.iterdir() if path.is_file() and _is_delivery(path.name))
        begun = base.now() - timedelta(minutes=len(files))
        yield from ((name, begun + timedelta(minutes=number)) for number, name in enumerate(files))
        return
    try:
        listed = json.loads(Path(steps).read_bytes())["steps"]
        yield from ((one["file"], datetime.fromisoformat(one["at"]).astimezone(UTC)) for one in listed)
    except OSError as error:
        raise CommandError(f"{steps}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise CommandError(f"{steps}: not a JSON object whose `steps` have `file` and `at`") from None


def _is_delivery(name: str) -> bool:
    return name != _EXPECTED and not name.startswith(".") and not name.lower().endswith(_NOT_DELIVERIES)


def _feed(now: datetime, profile: Profile) -> Feed:
    """One feed of one source that may be shown in full at once, and takes all that it is sent."""
    wish = Wish(
        url="https://replay.example/feed",
        title="Replay",
        source=profile.source or "Replay",
        licence=PRESETS["public-domain"],
        newest=None,
    )
    return following.follow(wish, now=now)[0]


def _step(feed: Feed, place: Path, name: str | None, at: datetime, profile: Profile, told: set[int]) -> dict[str, Any]:
    """One delivery, or a moment of time; what it did, and what readers see after it."""
    edit.strike(at)
    record: dict[str, Any] = {"file": name, "at": base.moment(at), "items": []}
    if name:
        try:
            body = (place / name).read_bytes()
        except OSError as error:
            raise CommandError(f"{place / name}: {error.strerror}") from None
        feed.refresh_from_db()
        taken = intake.take(feed, body, now=at, name=name, url=feed.url, profile=profile)
        record["items"] = [_item(one) for one in taken.happened]
        if taken.error:
            record["error"] = taken.error
    record["public"] = {str(row.pk): _public(row, at) for row in Story.objects.order_by("id")}
    alerts = Alert.objects.exclude(pk__in=told).order_by("id")
    record["alerts"] = [alert.text for alert in alerts]
    told.update(alert.pk for alert in alerts)
    return record


def _item(one: Happened) -> dict[str, Any]:
    story = one.story.id if one.story else _story_of(one.id)
    said = {"id": one.id, "version": one.version or None, "event": one.event.value, "story": story}
    more = {"by": one.by, "replaces": one.replaces, "lifts": one.lifts}
    return {**said, **{key: value for key, value in more.items() if value}}


def _story_of(guid: str) -> int | None:
    item = Version.objects.filter(guid=guid).values_list("item_id", flat=True).first() if guid else None
    return Carrier.objects.filter(item_id=item).values_list("story_id", flat=True).first() if item else None


def _public(row: Story, now: datetime) -> dict[str, Any]:
    page = pages.page_of(row.pk, now=now)
    if page is None:
        return {"state": "hidden"}
    if page.public != "shown":
        instead = {"replaced_by": str(row.replaced_by_id)} if page.instead else {}
        return {"state": page.public, **instead}
    return {
        "state": "shown",
        "headline": page.headline,
        "text": clean.text_of(f"{page.standfirst}\n{page.body}"),
        "corrections": len(page.corrections),
    }
