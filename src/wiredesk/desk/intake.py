"""A delivery in: ask the core what it is, keep what the core decides. Nothing here judges copy (news.decide does).

A delivery is taken in batches, each in one short transaction with all that follows from it. Only the last one marks the
delivery as taken, so that one cut off in the middle is taken again from its start; what was kept already is then known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from wiredesk.desk import alerts
from wiredesk.desk.batch import Batch
from wiredesk.desk.models import Body, Delivery, Feed
from wiredesk.failpoints import failpoint
from wiredesk.news import clean, decide, formats, identity
from wiredesk.news.errors import NewsError
from wiredesk.news.item import Delivery as Arrival
from wiredesk.news.item import Item
from wiredesk.news.story import Kind

BATCH = 50
_FINISHED = (
    "first_taken_at",
    "last_new_at",
    "shrunken_sha256",
    "body_sha256",
    "format",
    "item_count",
    "title",
    "hints",
)
_MIN_TO_SHRINK = 4  # a feed of fewer items says nothing by halving


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a delivery: `outcome` is taken, same (nothing to read) or refused; `events` counts items."""

    outcome: str
    events: Mapping[Kind, int] = field(default_factory=dict)
    error: str = ""
    arrival: Arrival | None = None


def take(
    feed: Feed,
    raw: bytes,
    *,
    now: datetime,
    content_type: str = "",
    url: str = "",
    name: str = "",
    is_cut: bool = False,
) -> Taken:
    """Take what a feed sent. `url` is where it came from in the end, `name` the file's name in a folder feed.

    `is_cut` says that the bytes broke off, so that nothing in them may replace what is kept.
    """
    digest = sha256(raw).hexdigest()
    if digest == feed.body_sha256 and not is_cut:
        return Taken(outcome="same")
    try:
        arrival = formats.parse(raw, content_type=content_type, url=url)
    except NewsError as error:
        return _refuse(feed, raw, error, now=now, content_type=content_type, url=url, name=name)
    failpoint("intake.after_parse")
    is_damaged = arrival.lossy or is_cut or _is_suspect(feed, arrival, digest)
    with transaction.atomic():
        delivery = _record(feed, raw, arrival, now=now, content_type=content_type, url=url, name=name)
        failpoint("intake.before_delivery_commit")
    events = _take_items(feed, delivery, arrival, is_damaged=is_damaged, now=now, base=url or feed.url)
    _finish(feed, delivery, arrival, digest, is_damaged=is_damaged, now=now, has_news=bool(events[Kind.NEW]))
    return Taken(outcome="taken", events=events, arrival=arrival)


def _refuse(
    feed: Feed, raw: bytes, error: NewsError, *, now: datetime, content_type: str, url: str, name: str
) -> Taken:
    """Keep bytes that cannot be read, with the reason, for somebody to look at; what was kept before stays."""
    reason = str(error)[:500]
    with transaction.atomic():
        _keep(feed, raw, now=now, content_type=content_type, url=url, name=name, error=reason)
    return Taken(outcome="refused", error=reason)


def _record(
    feed: Feed, raw: bytes, arrival: Arrival, *, now: datetime, content_type: str, url: str, name: str
) -> Delivery:
    about = {
        "format": arrival.format,
        "encoding": arrival.encoding,
        "parser": arrival.parser,
        "is_lossy": arrival.lossy,
        "notes": [asdict(note) for note in arrival.notes[:100]],
    }
    return _keep(feed, raw, now=now, content_type=content_type, url=url, name=name, **about)


def _keep(
    feed: Feed, raw: bytes, *, now: datetime, content_type: str, url: str, name: str, **about: object
) -> Delivery:
    """The delivery's row, with its bytes."""
    return Delivery.objects.create(
        feed=feed,
        body=Body.objects.keep(raw),
        received_at=now,
        name=name[:400],
        content_type=content_type[:200],
        url=url[:2000],
        **about,
    )


def _take_items(
    feed: Feed, delivery: Delivery, arrival: Arrival, *, is_damaged: bool, now: datetime, base: str
) -> Counter[Kind]:
    """Withdrawals first, then the whole items in the order that lets an older state never stand over a newer one."""
    keys = identity.keys(arrival.items, "link" if feed.identity == Feed.Identity.LINK else "guid")
    fresh = _fresh(feed, arrival.items, now)
    whole = (row for row in zip(keys, arrival.items, range(len(keys)), strict=True) if decide.is_whole(row[1]))
    in_order = sorted(whole, key=lambda row: identity.order_time(row[1], now))
    batch = Batch(feed=feed, delivery=delivery, links=Counter(item.url for item in arrival.items), now=now, base=base)
    events: Counter[Kind] = Counter()
    if arrival.tombstones:
        with transaction.atomic():
            events += batch.bury(arrival.tombstones)
            failpoint("intake.before_tombstones_commit")
    for some in _batches(in_order):
        with transaction.atomic():
            events += batch.take(
                [(key, item) for key, item, _ in some],
                baseline=frozenset(place for place, row in enumerate(some) if row[2] not in fresh),
                is_damaged=is_damaged,
            )
            failpoint("intake.before_items_commit")
        failpoint("intake.after_items_commit")
    return events


def _batches(rows: list[tuple[str, Item, int]]) -> Iterator[list[tuple[str, Item, int]]]:
    """Rows in runs of at most BATCH in which no key stands twice: a second state is judged once the first is kept."""
    run: list[tuple[str, Item, int]] = []
    for row in rows:
        if len(run) == BATCH or any(row[0] == key for key, _, _ in run):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _fresh(feed: Feed, items: tuple[Item, ...], now: datetime) -> frozenset[int]:
    """Which places of a delivery are taken: all of them, but at first sight of a feed only its newest."""
    if feed.first_taken_at is None and feed.newest is not None:
        return identity.newest(items, feed.newest, now)
    return frozenset(range(len(items)))


def _is_suspect(feed: Feed, arrival: Arrival, digest: str) -> bool:
    """A feed that halves or changes its format is not believed the first time; the same bytes again are."""
    if feed.shrunken_sha256 == digest:
        return False
    shrank = feed.item_count >= _MIN_TO_SHRINK and len(arrival.items) * 2 <= feed.item_count
    return feed.way == Feed.Way.HTTP and (shrank or feed.format not in ("", arrival.format))


def _finish(
    feed: Feed, delivery: Delivery, arrival: Arrival, digest: str, *, is_damaged: bool, now: datetime, has_news: bool
) -> None:
    """The delivery is taken. A damaged one leaves the feed's marks as they were: the next fetch brings it whole."""
    is_suspect = is_damaged and not arrival.lossy and _is_suspect(feed, arrival, digest)
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(is_taken=True)
        feed.first_taken_at = feed.first_taken_at or now
        feed.last_new_at = now if has_news else feed.last_new_at
        feed.shrunken_sha256 = digest if is_suspect else ""
        if not is_damaged:
            feed.body_sha256, feed.format, feed.item_count = digest, arrival.format, len(arrival.items)
        feed.title = feed.title or clean.plain(arrival.feed.title, 300)
        feed.hints = _hints(arrival)
        feed.save(update_fields=_FINISHED)
        if is_suspect:
            text = "The feed came back with half of its items or fewer, or in another format; nothing was overwritten."
            alerts.tell("shrunken", text, at=now, feed=feed)
        if feed.way == Feed.Way.FOLDER and not all(decide.is_whole(item) for item in arrival.items):
            text = f"The file {delivery.name} breaks off in an item, which was not taken; nobody sends it again."
            alerts.tell("broken-off", text, at=now, feed=feed)
        failpoint("intake.before_finish_commit")


def _hints(arrival: Arrival) -> dict[str, object]:
    """What a feed says about when to ask again."""
    about = arrival.feed
    return {
        "ttl": about.ttl,
        "update_period": about.update_period,
        "update_frequency": about.update_frequency,
        "skip_hours": list(about.skip_hours),
        "skip_days": list(about.skip_days),
    }
