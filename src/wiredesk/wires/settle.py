"""What the network answered becomes records: copy goes to the desk, and the feed learns when it is asked again.

One thread runs this.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.db import OperationalError, transaction

from wiredesk.desk import alerts, bulk, intake, parcels, pulls, signins
from wiredesk.desk.intake import Taken
from wiredesk.desk.models import Drop, Feed, Parcel
from wiredesk.failpoints import failpoint
from wiredesk.news import clean, schedule
from wiredesk.news.schedule import Move
from wiredesk.news.story import Kind
from wiredesk.wires import drops, folder, mailbox, pull
from wiredesk.wires.fetch import FetchError, Response
from wiredesk.wires.folder import Seen
from wiredesk.wires.remote import UnknownKey

log = logging.getLogger("wiredesk.poll")
FOLDER_EVERY = timedelta(seconds=5)
PULL_EVERY = timedelta(minutes=1)
PUSH_EVERY = timedelta(days=1)  # parcels are taken when they come; this look is for what should not be
_OUR_FAULT = "Wiredesk itself failed on this; its log says how."
_POLL_FIELDS = (
    "url",
    "next_poll_at",
    "last_poll_at",
    "last_good_at",
    "failures",
    "error",
    "error_since",
    "etag",
    "last_modified",
    "moved_to",
    "moved_since",
)
_GROUP = 2**20  # bytes of bodies settled in one transaction: some hundred milliseconds of work
_jitter = Random()  # noqa: S311  spreads polls, guards no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What asking a feed gave: a response, a look at a server's files, an error, or a parcel that was brought.

    None of them for a folder or for all parcels of a feed, which are looked at when settled.
    """

    feed: Feed
    response: Response | None = None
    look: pull.Look | None = None
    error: FetchError | None = None
    parcel: Parcel | None = None

    @property
    def size(self) -> int:
        """Bytes to be read; unknown ones count as many."""
        if self.parcel:
            return self.parcel.body.size
        if self.feed.way != Feed.Way.HTTP:
            return _GROUP
        return len(self.response.body) if self.response else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What became of asking one feed: `outcome` is taken, same, refused or failed; `events` counts its items."""

    feed: Feed
    outcome: str
    events: Mapping[Kind, int] = field(default_factory=dict)
    error: str = ""


def settle(answers: Iterable[Answer], now: datetime) -> list[Asked]:
    """Settle answers in order, many of them in one transaction: each commit costs as much as ten items."""
    return [asked for group in _groups(answers) for asked in _together(group, now)]


def _groups(answers: Iterable[Answer]) -> Iterator[list[Answer]]:
    """Answers short enough together not to keep other writers waiting; a folder or a long body stands alone."""
    group: list[Answer] = []
    size = 0
    for answer in answers:
        if group and size + answer.size > _GROUP:
            yield group
            group, size = [], 0
        group.append(answer)
        size += answer.size
    if group:
        yield group


def _together(group: list[Answer], now: datetime) -> list[Asked]:
    """One group in one transaction. Where it fails each is settled again by itself, and the one at fault is said."""
    if len(group) == 1 and not (group[0].parcel and group[0].size < _GROUP):
        return [_alone(group[0], now)]
    try:
        with transaction.atomic():
            for feed in {id(answer.feed): answer.feed for answer in group if answer.parcel}.values():
                feed.refresh_from_db()  # others may be at the same feed: here, with the writer's lock, it stands still
            asked = [_settle(answer, now) for answer in group]
            bulk.change([answer.feed for answer in group], _POLL_FIELDS)
            failpoint("poll.before_commit")
        return asked
    except Exception:  # the task runner: whose fault it was is found and recorded below
        log.exception("answers could not be settled together")
    for answer in group:
        answer.feed.refresh_from_db()
    return [_alone(answer, now) for answer in group]


def _alone(answer: Answer, now: datetime) -> Asked:
    """One answer, in the transactions it makes itself. A fault of ours is said on the feed, and hurts no other."""
    try:
        asked = _settle(answer, now)
    except (OSError, OperationalError):
        raise  # not of this answer's making: a full disk, a lock that nobody gives up
    except Exception:  # the task runner: it records and goes on
        log.exception("feed %s could not be taken", answer.feed.pk)
        answer.feed.refresh_from_db()
        answer.feed.last_poll_at = now
        asked = _refuse(answer.parcel, _OUR_FAULT, now) if answer.parcel else _failed(answer.feed, _OUR_FAULT, now)
    with transaction.atomic():
        bulk.change([answer.feed], _POLL_FIELDS)
        failpoint("poll.before_commit")
    return asked


def _settle(answer: Answer, now: datetime) -> Asked:
    feed = answer.feed
    feed.last_poll_at = now
    if feed.way == Feed.Way.FOLDER:
        return _look_into(feed, now)
    if feed.way == Feed.Way.PUSH:
        return _open(answer.parcel, feed, now) if answer.parcel else _look_for_parcels(feed, now)
    if answer.look:
        return _pulled(feed, answer.look, now)
    if answer.error:
        return _not_had(feed, answer.error, now)
    assert answer.response  # noqa: S101  an HTTP answer is an error or a response
    if answer.response.not_modified:
        return _good(feed, Taken(outcome="same"), answer.response, now)
    return _take(feed, answer.response, now)


def _take(feed: Feed, response: Response, now: datetime) -> Asked:
    """A body came. Validators are kept only for one that was taken whole, so that a damaged one is asked for again."""
    if response.status == 410:
        return _failed(feed, "The server says that this feed is gone for good.", now, is_gone=True)
    taken = intake.take(
        feed, response.body, now=now, content_type=response.content_type, url=response.url, is_cut=response.cut
    )
    if taken.outcome == "refused":
        return _failed(feed, taken.error, now, outcome="refused")
    is_whole = feed.body_sha256 == response.sha256
    feed.etag = response.etag if is_whole else ""
    feed.last_modified = response.last_modified if is_whole else ""
    return _good(feed, taken, response, now)


def _good(feed: Feed, taken: Taken, response: Response, now: datetime) -> Asked:
    _move(feed, response, now)
    _well(feed, now)
    feed.next_poll_at = now + schedule.after_good(
        now=now, last_new=feed.last_new_at, max_age=response.max_age, hints=feed.hints, jitter=_jitter.random()
    )
    return Asked(feed=feed, outcome=taken.outcome, events=taken.events)


def _well(feed: Feed, now: datetime) -> None:
    feed.last_good_at, feed.failures, feed.error, feed.error_since = now, 0, "", None


def _failed(
    feed: Feed,
    error: str,
    now: datetime,
    *,
    outcome: str = "failed",
    is_gone: bool = False,
    retry_after: timedelta | None = None,
) -> Asked:
    """It could not be read: said on the feed, asked again more slowly, never dropped. What was there before stays."""
    feed.failures += 1
    error = clean.plain(error, 400)  # it may hold words of the other side: one line, no control characters
    feed.error, feed.error_since = error, feed.error_since or now
    feed.next_poll_at = now + schedule.after_failure(
        failures=feed.failures, retry_after=retry_after, is_gone=is_gone, jitter=_jitter.random()
    )
    return Asked(feed=feed, outcome=outcome, error=error)


def _move(feed: Feed, response: Response, now: datetime) -> None:
    """A permanent redirect that has stood for days is followed for good, unless we follow the new address already."""
    known = Move(to=feed.moved_to, since=feed.moved_since)
    move = schedule.adopt_redirect(feed.url, known, response.permanent_url, now)
    feed.moved_to, feed.moved_since = move.to[:2000], move.since
    if move.is_adopted and signins.leaves_home(feed, move.to):
        said = "The sign-in is not taken there: follow that address with a sign-in of its own."
        alerts.tell("moved", f"The feed {feed.url} says it has moved to {move.to}. {said}", at=now, feed=feed)
        feed.moved_since = now  # said again after as many days
    elif move.is_adopted and not Feed.objects.filter(url=move.to).exists():
        alerts.tell("moved", f"The feed {feed.url} has moved to {move.to} and is asked there now.", at=now, feed=feed)
        feed.url, feed.moved_to, feed.moved_since = move.to, "", None


def _look_into(feed: Feed, now: datetime) -> Asked:
    """A folder: each new or changed file is one delivery. One bad file is said on the feed and hurts no other."""
    seen = {drop.name: Seen(size=drop.size, mtime_ns=drop.mtime_ns) for drop in Drop.objects.filter(feed=feed)}
    try:
        brought = drops.take_files(feed, folder.scan(Path(feed.url), seen, now.timestamp()), now)
    except OSError as error:
        return _failed(feed, f"The folder cannot be read: {error.strerror}.", now)
    if brought.errors:
        asked = _failed(feed, brought.error, now, outcome="refused")
    else:
        if brought.count or not feed.error or not feed.last_good_at:
            _well(feed, now)
        asked = Asked(feed=feed, outcome="taken" if brought.count else "same", events=brought.events)
    feed.next_poll_at = now + FOLDER_EVERY
    return asked


def _pulled(feed: Feed, look: pull.Look, now: datetime) -> Asked:
    """What a look at a server brought. What it did not bring in one look is looked for again at once."""
    if isinstance(look, mailbox.Look):
        brought = drops.take_mails(feed, look, now)
    else:
        brought = drops.take_files(feed, look.drops, now)
    brought.errors += [look.error] if look.error else []
    if brought.errors:
        asked = _failed(feed, brought.error, now, outcome="refused")
    else:
        _well(feed, now)
        asked = Asked(feed=feed, outcome="taken" if brought.count else "same", events=brought.events)
    feed.next_poll_at = now if look.has_more else now + PULL_EVERY
    return asked


def _not_had(feed: Feed, error: FetchError, now: datetime) -> Asked:
    """Nothing came. Where the server may be another one than it was, it is not asked again."""
    if isinstance(error, UnknownKey):
        pulls.stop(feed, error.fingerprint, now=now)
    return _failed(feed, str(error), now, retry_after=error.retry_after)


def _look_for_parcels(feed: Feed, now: datetime) -> Asked:
    """A push feed that is asked: what was brought to it and is due is taken."""
    came = settle([Answer(feed=feed, parcel=parcel) for parcel in parcels.claim(now, feed)], now)
    events = sum((Counter(asked.events) for asked in came), Counter[Kind]())
    error = next((asked.error for asked in reversed(came) if asked.error), "")
    feed.next_poll_at = now + PUSH_EVERY
    return Asked(feed=feed, outcome=came[-1].outcome if came else "same", events=events, error=error)


def _open(parcel: Parcel, feed: Feed, now: datetime) -> Asked:
    """A parcel: taken or refused, and then gone."""
    if not parcels.is_there(parcel):
        return Asked(feed=feed, outcome="same")
    if parcel.fault or parcel.tries > parcels.MAX_TRIES:
        return _refuse(parcel, parcel.fault or f"It could not be taken {parcels.MAX_TRIES} times.", now)
    taken = intake.take(feed, parcel.body.raw(), now=now, content_type=parcel.content_type, name=parcel.name)
    return _opened(parcel, taken, now)


def _refuse(parcel: Parcel, reason: str, now: datetime) -> Asked:
    """A parcel that nobody can read goes to the error queue, so that those behind it are taken."""
    raw = parcel.body.raw()
    taken = intake.refuse(parcel.feed, raw, reason, now=now, content_type=parcel.content_type, name=parcel.name)
    return _opened(parcel, taken, now)


def _opened(parcel: Parcel, taken: Taken, now: datetime) -> Asked:
    feed = parcel.feed
    parcels.done(parcel)
    if taken.outcome == "refused":
        asked = _failed(feed, taken.error, now, outcome="refused")
    else:
        _well(feed, now)
        asked = Asked(feed=feed, outcome=taken.outcome, events=taken.events)
    feed.next_poll_at = now + PUSH_EVERY
    return asked
