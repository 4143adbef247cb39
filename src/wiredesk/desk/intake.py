"""A delivery in: ask the core what it is, keep what the core decides. Nothing here judges copy (news.decide does).

A delivery is taken in one short transaction with all that follows from it; one of many items in several. Only the last
of them marks the delivery as taken, so that one cut off in the middle is taken again from its start; what was kept
already is then known. Whoever calls take() inside a transaction has all of it in that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from wiredesk.desk import alerts, bulk, profiles
from wiredesk.desk.batch import Batch
from wiredesk.desk.followup import Happened
from wiredesk.desk.models import Body, Delivery, Feed
from wiredesk.desk.models.feed import packed
from wiredesk.failpoints import failpoint
from wiredesk.news import clean, decide, formats, identity, series
from wiredesk.news.errors import NewsError
from wiredesk.news.item import Delivery as Arrival
from wiredesk.news.item import Item, as_plain
from wiredesk.news.profile import Profile
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
    "numbers",
)
_MIN_TO_SHRINK = 4  # a feed of fewer items says nothing by halving
_Row = tuple[str, Item, int]  # key, item, place in the document


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a delivery: `outcome` is taken, same (nothing to read) or refused; `happened` has every item."""

    outcome: str
    happened: tuple[Happened, ...] = ()
    error: str = ""
    arrival: Arrival | None = None

    @property
    def events(self) -> Mapping[Kind, int]:
        """How many items did something, by what they did."""
        return Counter(one.event for one in self.happened if one.event is not Kind.NOTHING)


def take(
    feed: Feed,
    raw: bytes,
    *,
    now: datetime,
    content_type: str = "",
    url: str = "",
    name: str = "",
    is_cut: bool = False,
    profile: Profile | None = None,
) -> Taken:
    """Take what a feed sent. `url` is where it came from in the end, `name` the file's name in a folder feed.

    `is_cut` says that the bytes broke off, so that nothing in them may replace what is kept. `profile` stands in for
    the source's own.
    """
    arriving = _Arriving(
        feed,
        raw,
        now=now,
        content_type=content_type,
        url=url,
        name=name,
        is_cut=is_cut,
    )
    if arriving.digest == feed.body_sha256 and not is_cut and feed.format not in formats.MESSAGES:
        return Taken(outcome="same")
    try:
        arriving.profile = profile or profiles.of(feed.source)
        arrival = formats.parse(raw, content_type=content_type, url=url, profile=arriving.profile)
    except NewsError as error:
        return _refuse(arriving, error)
    failpoint("intake.after_parse")
    is_suspect = _is_suspect(feed, arrival, arriving.digest)
    happened = _take_items(arriving, arrival, is_damaged=arrival.lossy or is_cut or is_suspect, is_suspect=is_suspect)
    return Taken(outcome="taken", happened=tuple(happened), arrival=arrival)


def refuse(feed: Feed, raw: bytes, reason: str, *, now: datetime, content_type: str = "", name: str = "") -> Taken:
    """Put what is known to be unreadable into the error queue, with its bytes."""
    arriving = _Arriving(feed, raw, now=now, content_type=content_type, url="", name=name, is_cut=False)
    return _refuse(arriving, NewsError(reason))


@dataclass(slots=True)
class _Arriving:
    """The bytes that came, and what is known of them before they are read."""

    feed: Feed
    raw: bytes
    now: datetime
    content_type: str
    url: str
    name: str
    is_cut: bool
    profile: Profile = formats.DEFAULT
    digest: str = ""

    def __post_init__(self) -> None:
        self.digest = sha256(self.raw).hexdigest()

    def keep(self, arrival: Arrival | None = None, *, error: str = "", is_taken: bool = False) -> Delivery:
        """The delivery's row, with its bytes: once however often they come."""
        delivery = Delivery(
            pk=bulk.reserve(Delivery, 1)[0],
            feed_id=self.feed.pk,
            body_id=self.digest,
            received_at=self.now,
            name=self.name[:400],
            content_type=self.content_type[:200],
            url=self.url[:2000],
            error=error,
            is_taken=is_taken,
        )
        if arrival:
            delivery.format, delivery.encoding, delivery.parser = arrival.format, arrival.encoding, arrival.parser
            delivery.is_lossy = arrival.lossy
            delivery.notes = as_plain(arrival.notes[:100])
        bulk.insert(Body, ("sha256", "packed", "size"), [(self.digest, packed(self.raw), len(self.raw))])
        bulk.add(delivery)
        return delivery


def _refuse(arriving: _Arriving, error: NewsError) -> Taken:
    """Keep bytes that cannot be read, with the reason, for somebody to look at; what was kept before stays."""
    reason = str(error)[:500]
    with transaction.atomic(savepoint=False):
        arriving.keep(error=reason)
    return Taken(outcome="refused", error=reason)


def _take_items(arriving: _Arriving, arrival: Arrival, *, is_damaged: bool, is_suspect: bool) -> list[Happened]:
    """Withdrawals first, then the whole items in the order that lets an older state never stand over a newer one."""
    feed, now = arriving.feed, arriving.now
    fresh = _fresh(feed, arrival.items, now)
    runs = _runs(feed, arrival.items, now)
    happened: list[Happened] = []
    batch: Batch | None = None
    for run in runs:
        is_last = run is runs[-1]
        with transaction.atomic(savepoint=False):
            if batch is None:
                batch = _begun(arriving, arrival, is_taken=is_last)
                happened += batch.bury(arrival.tombstones)
            happened += batch.take(
                [(key, item) for key, item, _ in run],
                baseline=frozenset(place for place, row in enumerate(run) if row[2] not in fresh),
                is_damaged=is_damaged,
            )
            if is_last:
                _finish(
                    arriving,
                    arrival,
                    is_damaged=is_damaged,
                    is_suspect=is_suspect,
                    has_news=any(one.event is Kind.NEW for one in happened),
                )
                if len(runs) > 1:
                    Delivery.objects.filter(pk=batch.delivery.pk).update(is_taken=True)
            failpoint("intake.before_commit")
        failpoint("intake.after_commit")
    return happened


def _begun(arriving: _Arriving, arrival: Arrival, *, is_taken: bool) -> Batch:
    return Batch(
        feed=arriving.feed,
        delivery=arriving.keep(arrival, is_taken=is_taken),
        links=Counter(item.url for item in arrival.items),
        now=arriving.now,
        base=arriving.url or arriving.feed.url,
        profile=arriving.profile,
    )


def _runs(feed: Feed, items: tuple[Item, ...], now: datetime) -> list[list[_Row]]:
    """Whole items in order of time, in runs of at most BATCH in which no key stands twice.

    A second state of an item is judged once the first is kept. There is one run at least.
    """
    keys = identity.keys(items, "link" if feed.identity == Feed.Identity.LINK else "guid")
    whole = (row for row in zip(keys, items, range(len(keys)), strict=True) if decide.is_whole(row[1]))
    rows = sorted(whole, key=lambda row: identity.order_time(row[1], now))
    runs: list[list[_Row]] = [[]]
    seen: set[str] = set()
    for row in rows:
        if len(runs[-1]) == BATCH or row[0] in seen or identity.earlier_key(row[1]) in seen:
            runs.append([])
            seen.clear()
        runs[-1].append(row)
        seen.add(row[0])
    return runs


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


def _finish(arriving: _Arriving, arrival: Arrival, *, is_damaged: bool, is_suspect: bool, has_news: bool) -> None:
    """The delivery is taken. A damaged one leaves the feed's marks as they were: the next fetch brings it whole."""
    feed, now = arriving.feed, arriving.now
    is_alone_suspect = is_suspect and not arrival.lossy
    if not arriving.is_cut:  # what broke off may not even have had the newest items: first sight is still to come
        feed.first_taken_at = feed.first_taken_at or now
    feed.last_new_at = now if has_news else feed.last_new_at
    feed.shrunken_sha256 = arriving.digest if is_alone_suspect else ""
    if not is_damaged:
        feed.body_sha256, feed.format, feed.item_count = arriving.digest, arrival.format, len(arrival.items)
    feed.title = feed.title or clean.plain(arrival.feed.title, 300)
    feed.hints = _hints(arrival)
    _count_numbers(arriving, arrival)
    bulk.change([feed], _FINISHED)
    if is_alone_suspect:
        text = "The feed came back with half of its items or fewer, or in another format; nothing was overwritten."
        alerts.tell("shrunken", text, at=now, feed=feed)
    if feed.way != Feed.Way.HTTP and not all(decide.is_whole(item) for item in arrival.items):
        what = f"The file {arriving.name}" if arriving.name else "What was pushed"
        text = f"{what} breaks off in an item, which was not taken; nobody sends it again."
        alerts.tell("broken-off", text, at=now, feed=feed)


def _count_numbers(arriving: _Arriving, arrival: Arrival) -> None:
    """Tell the desk which numbers of a numbered wire have not come."""
    last = {name: (day, number) for name, (day, number) in arriving.feed.numbers.items()}
    now, gaps = series.follow(last, arrival.items)
    arriving.feed.numbers = {name: [day, number] for name, (day, number) in now.items()}
    numbering = arriving.profile.numbering.get(arrival.format)
    if not numbering or numbering.gap == "alert":
        for gap in gaps:
            alerts.tell("gap", f"{arriving.feed}: {gap}", at=arriving.now, feed=arriving.feed)


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
