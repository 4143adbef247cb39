"""What is brought to us and nobody brings again: kept on the disk first, then taken, as often as that breaks off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import Count, F, Max, Sum

from wiredesk.desk import bulk
from wiredesk.desk.models import Body, Delivery, Feed, Parcel
from wiredesk.desk.models.feed import packed
from wiredesk.failpoints import failpoint

MAX_WAITING, MAX_WAITING_BYTES = 1_000, 200 * 2**20  # of one feed
MAX_TRIES = 5  # then the program has died of it, or could not write, too often
AT_ONCE, AT_ONCE_BYTES = 50, 20 * 2**20
_LEASE = timedelta(seconds=5)
_LEASE_A_MB = timedelta(seconds=10)


def keep(
    feed: Feed, raw: bytes, *, now: datetime, content_type: str = "", name: str = "", fault: str = ""
) -> tuple[Parcel, bool]:
    """Keep bytes so that neither a kill nor a power cut loses them; whether they are new.

    New ones are the caller's to take, for some seconds; then they are due for anybody. `fault` says why they cannot be
    read, where that is known already. OperationalError or OSError if they could not be kept.
    """
    digest = sha256(raw).hexdigest()
    with _to_the_disk(), transaction.atomic():
        bulk.insert(Body, ("sha256", "packed", "size"), [(digest, packed(raw), len(raw))])
        parcel, is_new = Parcel.objects.get_or_create(
            feed=feed,
            body_id=digest,
            defaults={
                "content_type": content_type[:200],
                "name": name[:400],
                "fault": fault[:200],
                "received_at": now,
                "due_at": now + _lease(len(raw)),
            },
        )
        failpoint("parcel.before_commit")
    failpoint("parcel.after_keep")
    return parcel, is_new


def is_full(feed: Feed) -> bool:
    """Whether so much of a feed waits already that no more is kept."""
    waiting = feed.parcels.aggregate(count=Count("pk"), size=Sum("body__size"))
    return waiting["count"] >= MAX_WAITING or (waiting["size"] or 0) >= MAX_WAITING_BYTES


def claim(now: datetime, feed: Feed | None = None) -> list[Parcel]:
    """Some parcels that are due, now ours alone to take, in the order in which they came. One Feed object each feed."""
    due = Parcel.objects.due(now).filter(feed=feed) if feed else Parcel.objects.due(now)
    claimed: list[Parcel] = []
    feeds = {feed.pk: feed} if feed else {}
    size = 0
    for parcel in due.select_related("feed__source__licence", "body").defer("body__packed")[:AT_ONCE]:
        size += parcel.body.size
        if claimed and size > AT_ONCE_BYTES:
            break
        ours = Parcel.objects.filter(pk=parcel.pk, due_at__lte=now)
        if ours.update(due_at=now + _lease(parcel.body.size), tries=F("tries") + 1):
            parcel.tries += 1
            parcel.feed = feeds.setdefault(parcel.feed_id, parcel.feed)
            claimed.append(parcel)
            failpoint("parcel.after_claim")
    return claimed


def is_there(parcel: Parcel) -> bool:
    """Whether nobody else has taken it meanwhile."""
    return Parcel.objects.filter(pk=parcel.pk).exists()


def done(parcel: Parcel) -> None:
    """It is taken, or refused: then the error queue has its bytes, once however often they came."""
    refused = Delivery.objects.filter(feed=parcel.feed_id, body=parcel.body_id).exclude(error="")
    if refused.count() > 1:
        refused.exclude(pk=refused.aggregate(last=Max("pk"))["last"]).delete()
    Parcel.objects.filter(pk=parcel.pk).delete()


def _lease(size: int) -> timedelta:
    return _LEASE + _LEASE_A_MB * (size / 2**20)


@contextmanager
def _to_the_disk() -> Iterator[None]:
    """Commits inside are on the disk before they return: elsewhere a power cut may cost what can be asked for again.

    Inside another's transaction nothing is changed, since SQLite cannot; other databases always wait for the disk.
    """
    if connection.in_atomic_block or connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")
