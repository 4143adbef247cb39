"""What is to become of a story's copy at an outlet, and what an outlet's answer means for it.

The shell asks what is due, sends what is said here, and keeps what came of it; it does not think again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Literal

from wiredesk.news.page import Page
from wiredesk.news.story import Kind

State = Literal["none", "there", "gone", "told"]
Status = Literal["usable", "withheld", "canceled"]
Result = Literal["done", "told", "missing", "cannot", "refused", "barred", "busy", "down", "unsure"]

FIRST_REST, MAX_REST = timedelta(seconds=5), timedelta(minutes=15)
MAX_PRESSING = timedelta(minutes=1)  # nobody waits longer than this to try a withdrawal again, unless asked to
FIRST_WAIT, MAX_WAIT = timedelta(minutes=1), timedelta(hours=6)
MAX_ASKED = timedelta(days=1)  # the longest that an outlet may ask us to stay away
JITTER = 0.2
TELL_AFTER = 3  # attempts
# Events that let a story out: only they bring it to an outlet that has no copy of it yet.
OPENING = frozenset((Kind.PUBLISH, Kind.RELEASE, Kind.LIFT, Kind.SPLIT, Kind.SUBSTITUTE))
# Events that take something away: they overtake all others.
WITHDRAWING = frozenset((Kind.KILL, Kind.HOLD, Kind.EXPIRE, Kind.JOIN))
# Events after which no outlet shows anything else than before.
SILENT = frozenset((Kind.NEW, Kind.SIGHTING, Kind.ADVISORY, Kind.NOTHING))


class Deed(StrEnum):
    """What can be done about a copy."""

    PUBLISH = "publish"
    UPDATE = "update"
    RETRACT = "retract"
    VERIFY = "verify"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An outlet as its kind is told of it; `secret` is plain text and goes nowhere but to `address`."""

    address: str
    options: Mapping[str, Any] = field(default_factory=dict)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """What we know of a copy: its state, the print of the page as it stands there, and whether a try was cut off.

    none: never sent; there; gone: taken down; told: what was sent cannot be taken back, and its readers were told.
    `is_unsure`: something was sent and nobody knows whether it arrived.
    """

    state: State = "none"
    is_unsure: bool = False
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What is said to an outlet about one story. `at` is aware, UTC.

    `key` is of this message, the same however often it has to be sent; `copy_key` of the copy, from its publication to
    its end. `event` is the id of the last event that it takes account of, `what` the kind of that event. `uri` is the
    story's id for ever. Only `page` holds copy; it is None where nothing may be shown. `instead` is the address of the
    story that stands in for one that was withdrawn.
    """

    deed: Deed
    key: str
    copy_key: str
    event: int
    what: str
    uri: str
    story: int
    site_url: str
    site_name: str
    status: Status
    at: datetime
    page: Page | None = None
    remote_id: str = ""
    remote_url: str = ""
    is_unsure: bool = False
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a deed. `said` is a sentence for the desk; `sent` the SHA-256 of the bytes that went out.

    done; told: its readers were told, it cannot be taken back; missing: the outlet has no such copy; cannot: this kind
    of outlet knows no such deed; refused: the outlet does not take this one; barred: it does not take us; busy: it asks
    us to wait; down: nothing was sent; unsure: something was, and no answer came that says what became of it.
    """

    result: Result
    status: int = 0
    remote_id: str = ""
    remote_url: str = ""
    said: str = ""
    sent: str = ""
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """What follows from an outcome. `is_settled`: the copy stands at the event now.

    `rest` is how long the outlet is left alone, and `is_asked` whether it asked for that; `wait` how long this copy is.
    """

    state: State
    is_unsure: bool = False
    is_settled: bool = False
    rest: timedelta | None = None
    is_asked: bool = False
    wait: timedelta | None = None
    is_told: bool = False


def deed_for(page: Page | None, copy: Whereabouts, *, is_chosen: bool = True) -> Deed:
    """What has to be done so that an outlet shows `page`, and nothing where that may not be shown.

    `is_chosen`: whether the outlet wants stories like this one. What it has already it keeps up to date.
    """
    is_up = copy.state == "there" or copy.is_unsure
    if page is None or page.public != "shown":
        return Deed.RETRACT if is_up else Deed.NOTHING
    if copy.state != "there":
        return Deed.PUBLISH if is_chosen or copy.is_unsure else Deed.NOTHING
    is_same = not copy.is_unsure and copy.fingerprint == fingerprint(page)
    return Deed.NOTHING if is_same else Deed.UPDATE


def fingerprint(page: Page) -> str:
    """A hash of all that outlets show of a page: what leaves it as it is needs no message."""
    told = (
        page.headline, page.standfirst, page.body, page.snippet, page.byline, page.dateline, page.labels, page.language,
        page.section, page.tags, page.via, page.credit_line, page.disclosure, page.notices, page.licence, page.path,
        page.is_whole, page.is_reserved, page.published, page.corrections,
    )  # fmt: skip
    return sha256(repr(told).encode("utf-8", "replace")).hexdigest()[:32]


def key_of(*parts: object) -> str:
    """A key of its parts: the same for the same, and telling nothing."""
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:40]


def brings(kind: str) -> bool:
    """Whether an event of this kind lets a story out to outlets that have no copy of it."""
    return kind in OPENING


def after(post: Post, outcome: Outcome, copy: Whereabouts, *, tries: int, failures: int, jitter: float) -> After:
    """What follows from an outcome. `tries` counts those of this copy, this one too, `failures` those of the outlet.

    `jitter` is 0 to 1: it spreads what would otherwise all come back at one moment.
    """
    is_pressing = post.deed is Deed.RETRACT
    match outcome.result:
        case "done" | "told" | "missing" | "cannot":
            return _settled(post, outcome, copy)
        case "refused":
            longest = MAX_PRESSING if is_pressing else MAX_WAIT
            wait = _spread(min(FIRST_WAIT * float(4 ** min(tries - 1, 10)), longest), jitter)
            return After(state=copy.state, is_unsure=copy.is_unsure, wait=wait, is_told=tries == TELL_AFTER)
        case "busy":
            asked = min(outcome.retry_after, MAX_ASKED) if outcome.retry_after else None
            rest = max(asked or _rest(failures), FIRST_REST)
            return After(state=copy.state, is_unsure=copy.is_unsure, rest=rest, is_asked=bool(asked))
        case "barred":
            rest = MAX_REST if failures > 1 else FIRST_REST
            return After(state=copy.state, is_unsure=copy.is_unsure, rest=_spread(rest, jitter), is_told=failures == 1)
    is_unsure = copy.is_unsure or outcome.result == "unsure"
    return After(
        state=copy.state,
        is_unsure=is_unsure,
        rest=_spread(_rest(failures), jitter),
        wait=_spread(min(_rest(tries), MAX_PRESSING), jitter) if is_pressing else None,
        is_told=is_pressing and tries == TELL_AFTER,
    )


def _settled(post: Post, outcome: Outcome, copy: Whereabouts) -> After:
    """Done, or as much as can be done. What is missing after a try that was cut off has to be put there anew."""
    if outcome.result == "cannot":
        return After(state=copy.state, is_settled=True)
    if post.deed is Deed.RETRACT:
        return After(state="told" if outcome.result == "told" else "gone", is_settled=True)
    if outcome.result == "missing":
        return After(state="gone", is_settled=not copy.is_unsure)
    return After(state="there", is_settled=True)


def _rest(failures: int) -> timedelta:
    return min(FIRST_REST * float(2 ** min(max(failures - 1, 0), 20)), MAX_REST)


def _spread(wait: timedelta, jitter: float) -> timedelta:
    return wait * (1 - JITTER + 2 * JITTER * jitter)
