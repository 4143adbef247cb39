"""A fixed piece of a newsroom's life, for the anomaly loop: `python -m tests.acceptance.script_of_a_day`.

Run it again after it was cut off anywhere and it goes on; what it has done already is found done.
"""

from __future__ import annotations

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "wiredesk.settings"

import django

django.setup()

import asyncio
import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from tests.makers import atom, entry
from wiredesk import tasks
from wiredesk.desk import checks, edit, endpoints, following, merging, parcels, provenance, pulls, store, wholetext
from wiredesk.desk.following import Wish
from wiredesk.desk.models import Carrier, Feed, PageWatch, Story
from wiredesk.desk.models import Drop as DropRow
from wiredesk.desk.pulls import Setting
from wiredesk.news import clean
from wiredesk.news.errors import NewsError
from wiredesk.news.presets import PRESETS
from wiredesk.wires import mailbox, remote
from wiredesk.wires.folder import Drop
from wiredesk.wires.mailbox import Cursor, Mail
from wiredesk.wires.poll import Poller
from wiredesk.wires.settle import Answer, settle

NOW = datetime.now(UTC) + timedelta(minutes=1)
EMBARGO = "<prism:embargoDate>2099-06-01T00:00:00Z</prism:embargoDate>"
STONE = "<at:deleted-entry ref='urn:5' when='2099-01-01T00:00:00Z'/>"
FILES = {
    "lantern/1.atom": [entry(number) for number in range(1, 7)],
    "lantern/2.atom": [
        entry(1, body="<p>Quite other words. None of the old.</p>", updated=1),
        STONE,
        entry(8, extra=EMBARGO),
    ],
    "lantern/3.atom": [
        entry(30, guid="urn:note", title="ADVISORY: note", body="<p>Please hold urn:6 while we check it.</p>", hours=0)
    ],
    "courier/1.atom": [entry(1, guid="urn:c1"), entry(20, link="https://courier.example/20")],
    "courier/2.html": ["<!doctype html>"],
}
PUSHED = (atom([entry(40, guid="urn:p1")]), b"<!doctype html>", atom([entry(41, guid="urn:p2")]))


def main() -> None:
    store.ensure()
    for name, entries in FILES.items():
        path = Path(settings.HOME) / "wires" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(atom(entries) if name.endswith("atom") else entries[0].encode())
    for folder in ("lantern", "courier"):
        wish = Wish(
            url=str(Path(settings.HOME) / "wires" / folder),
            way=Feed.Way.FOLDER,
            source=folder,
            licence=PRESETS["public-domain"],
            newest=None,
        )
        following.follow(wish, now=NOW)
    push()
    pull()
    asyncio.run(poll())
    checks.run(NOW, limit=1)
    for act, headline in ((edit.hold, "Headline 2"), (edit.kill, "Headline 3")):
        row = Story.objects.filter(headline=headline).first()
        if row:
            attempt(act, row.pk)
    conflict()
    page()
    Story.objects.filter(headline="Headline 4").update(policy=clean.POLICY - 1)
    tasks.renew_stories(NOW)
    edit.strike(datetime(2100, 1, 1, tzinfo=UTC))


def conflict() -> None:
    """A story was edited here, its source sent another version, and an editor settles what does not merge."""
    row = Story.objects.filter(headline="Headline 20").first()
    came = provenance.received(row) if row else None
    if row is None or came is None:
        return
    if not row.edits.exists():
        row = edit.change(row.pk, {"body": "Ours."}, by="ines", now=NOW)
    if not row.conflicts.exists():
        merging.over_edits(row, replace(came.face, body="<p>Theirs.</p>"), number=1, now=NOW)
    for open_one in row.conflicts.filter(settled_at=None):
        merging.decide(open_one.pk, {0: "Both."}, by="ines", now=NOW)


def page() -> None:
    """The page of an item was read, and held no copy."""
    carrier = Carrier.objects.filter(story__headline="Headline 20").first()
    if carrier:
        watch = PageWatch.objects.get_or_create(item_id=carrier.item_id, defaults={"number": 1, "since": NOW})[0]
        look = wholetext.Due(watch=watch.pk, number=1, url="https://courier.example/20")
        wholetext.settle(look, wholetext.Got(error="No copy was found on the page."), NOW)


def push() -> None:
    """Copy is brought, and whoever should take it at once is not there: the engine does."""
    wish = Wish(url=endpoints.place("gazette"), way=Feed.Way.PUSH, licence=PRESETS["public-domain"], newest=None)
    feed = following.follow(wish, now=NOW)[0]
    for body in PUSHED:
        parcels.keep(feed, body, now=NOW, content_type="text/xml")
    tasks.take_parcels(NOW + timedelta(minutes=5))
    tasks.take_parcels(NOW + timedelta(minutes=10))  # what was claimed and broke off


def pull() -> None:
    """A mailbox and a remote folder have brought what was new in them, as their servers would say it again."""
    mail = following.follow(
        Wish(
            url="imap://127.0.0.1:1/INBOX",
            way=Feed.Way.MAILBOX,
            source="mail",
            licence=PRESETS["public-domain"],
            newest=None,
        ),
        now=NOW,
    )[0]
    read = pulls.keep(mail, Setting(senders=["coast.example"])).uid
    messages = [
        Mail(
            cursor=Cursor(validity=1, uid=uid),
            drop=Drop(name=f"message {uid}", size=9, mtime_ns=0, body=letter(uid)) if uid != 2 else None,
            left="its sender is not listed" if uid == 2 else "",
        )
        for uid in range(read + 1, 3)
    ]
    looks = [Answer(feed=mail, look=mailbox.Look(mails=messages, cursor=Cursor(validity=1, uid=2)))]
    there = following.follow(
        Wish(url="ftp://127.0.0.1:1/", way=Feed.Way.FTP, source="there", licence=PRESETS["public-domain"], newest=None),
        now=NOW,
    )[0]
    known = set(DropRow.objects.filter(feed=there).values_list("name", flat=True))
    files = {f"{number}.xml": atom([entry(number, guid=f"urn:f{number}")]) for number in (60,)}
    drops = [Drop(name=name, size=9, mtime_ns=1, body=body) for name, body in files.items() if name not in known]
    settle([*looks, Answer(feed=there, look=remote.Look(drops=drops))], NOW)


def letter(number: int) -> bytes:
    """A mail whose text is its own."""
    text = (
        f"The keeper of light {number} wrote {number * 7919} words about {number * 104729} boats that came that night."
    )
    return (
        f"From: wire@coast.example\nMessage-ID: <{number}@coast.example>\nSubject: Letter {number}\n\n{text}\n".encode()
    )


async def poll() -> None:
    async with tasks.fetcher() as fetcher, Poller(fetcher, clock=lambda: NOW) as poller:
        feeds = await poller.write(lambda: list(Feed.objects.select_related("source__licence").order_by("id")))
        async for _ in poller.round(feeds):
            pass


def attempt(act: object, number: int) -> None:
    with contextlib.suppress(NewsError):  # done already, before we were cut off
        act(number, by="ines", now=NOW)  # type: ignore[operator]  # one of two functions


if __name__ == "__main__":
    main()
