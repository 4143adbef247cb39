"""Everything the system does by itself, a few lines each. What is due is read from the tables; engine.py runs it.

A task may run twice, late, or be cut off in the middle: it finds the same rows due again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_network

from django.conf import settings

from wiredesk.desk import checks, coverage, edit, parcels, renewal, wordings
from wiredesk.desk.models import Body, Delivery, Feed, Parcel
from wiredesk.outlets.site import readers
from wiredesk.wires import sample
from wiredesk.wires.courier import Courier
from wiredesk.wires.extract import Extractor
from wiredesk.wires.fetch import Fetcher
from wiredesk.wires.guard import Guard
from wiredesk.wires.settle import Answer, Asked, settle

log = logging.getLogger("wiredesk.tasks")
DUE_AT_ONCE = 200
MAIL_PORTS = frozenset((25, 465, 587, 2525))
KEEP_BODIES = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something done again and again, every so many seconds."""

    name: str
    seconds: float
    run: Callable[[datetime], object]


def fetcher() -> Fetcher:
    """The one way out to the network, behind the guard."""
    allowed = tuple(ip_network(network) for network in settings.ALLOW_NETWORKS)
    return Fetcher(Guard(allow=allowed), contact_url=settings.CONTACT_URL)


def courier() -> Courier:
    """The way out to outlets, behind the same guard; mail servers have ports of their own."""
    allowed = tuple(ip_network(network) for network in settings.ALLOW_NETWORKS)
    return Courier(Guard(allow=allowed), Guard(allow=allowed, ports=MAIL_PORTS), contact_url=settings.CONTACT_URL)


def extractor() -> Extractor:
    """What reads the pages of items: a process of its own, begun with the first page."""
    return Extractor()


def due_feeds(now: datetime, busy: Collection[int]) -> list[Feed]:
    """Feeds to be asked now that nobody is asking already."""
    return list(Feed.objects.due(now).exclude(pk__in=busy).select_related("source__licence")[:DUE_AT_ONCE])


def report(asked: Asked) -> None:
    """One line in the log for a feed that brought something or failed."""
    if asked.error:
        log.warning("feed %s failed: %s", asked.feed.pk, asked.error)
    elif asked.events:
        log.info("feed %s: %s", asked.feed.pk, ", ".join(f"{count} {kind}" for kind, count in asked.events.items()))


def take_parcels(now: datetime) -> None:
    """Take what was brought to us and whoever brought it could not see taken."""
    for asked in settle([Answer(feed=parcel.feed, parcel=parcel) for parcel in parcels.claim(now)], now):
        report(asked)


def strike_clock(now: datetime) -> None:
    """End embargoes, and stories whose time is over, at their minute."""
    edit.strike(now)


def count_readers(now: datetime) -> None:
    """Move the readers counted in memory into the tables."""
    readers.flush(now)


def begin_samples(now: datetime) -> None:
    """Follow the sample wires; their script begins now, or goes on where it was."""
    sample.begin(settings.HOME / "sample", now)


def play_samples(now: datetime) -> None:
    """Let the sample wires send what their script has for this moment."""
    sample.play(settings.HOME / "sample", now)


def drop_old_bodies(now: datetime) -> None:
    """Forget raw bytes after a month, unless they could not be read or a version still hangs on them."""
    old = Delivery.objects.filter(received_at__lt=now - KEEP_BODIES, error="", versions=None)
    old.filter(pk__in=list(old.values_list("pk", flat=True)[:500])).delete()
    unused = Body.objects.exclude(pk__in=Delivery.objects.values("body")).exclude(pk__in=Parcel.objects.values("body"))
    unused.filter(pk__in=list(unused.values_list("pk", flat=True)[:500])).delete()


def renew_stories(now: datetime) -> None:
    """Clean stories again, from the copy as received, that an older version of the program cleaned."""
    renewal.renew()


def check_stories(now: datetime) -> None:
    """Look whose copy new stories are, and for names spelled two ways."""
    checks.run(now)


def sweep_marks(now: datetime) -> None:
    """Take old marks out of the index of wordings, a slice at a time."""
    wordings.sweep(now)


def forget_lines(now: datetime) -> None:
    """Drop paragraphs that a source printed once or twice and not again, and the words of days long gone."""
    wordings.forget(now)
    coverage.forget(now)


def at_stop(now: datetime) -> None:
    """What must not be lost when the program ends."""
    readers.flush(now)


EVERY = (
    Task(name="clock", seconds=1, run=strike_clock),
    Task(name="parcels", seconds=1, run=take_parcels),
    Task(name="checks", seconds=1, run=check_stories),
    Task(name="samples", seconds=1, run=play_samples),
    Task(name="readers", seconds=5, run=count_readers),
    Task(name="marks", seconds=60, run=sweep_marks),
    Task(name="lines", seconds=3600, run=forget_lines),
    Task(name="renewal", seconds=60, run=renew_stories),
    Task(name="old bodies", seconds=3600, run=drop_old_bodies),
)
