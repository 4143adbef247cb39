"""When a feed is asked again, and when a redirect is believed. Pure: outcomes and times in, a wait out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

SOONEST = timedelta(minutes=10)
LATEST = timedelta(hours=12)
LATEST_FAILING = timedelta(hours=24)
GONE = timedelta(days=7)
MAX_HINT = timedelta(days=1)
JITTER = 0.1  # of a wait, either way
ADOPT_AFTER = timedelta(days=3)
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A permanent redirect under observation: where to, since when, and whether it has stood long enough."""

    to: str = ""
    since: datetime | None = None
    is_adopted: bool = False


def after_good(
    *, now: datetime, last_new: datetime | None, max_age: timedelta | None, hints: Mapping[str, Any], jitter: float
) -> timedelta:
    """The wait after a feed was read: a third of the time since it last had news, no sooner than it asks for itself.

    `hints` are ttl (minutes), update_period and update_frequency, skip_hours and skip_days (GMT); `jitter` is 0 to 1.
    """
    quiet = now - last_new if last_new else SOONEST * 3
    wait = min(max(quiet / 3, SOONEST), LATEST)
    wait = max(wait, min(_asked_for(hints, max_age), MAX_HINT))
    return _past_skipped(now, _spread(wait, jitter), hints)


def after_failure(*, failures: int, retry_after: timedelta | None, is_gone: bool, jitter: float) -> timedelta:
    """The wait after the n-th failure in a row: twice as long each time up to a day, never for good.

    A server that names a time is given it, up to a day; a feed that is gone is still asked once a week.
    """
    if is_gone:
        return _spread(GONE, jitter)
    wait = min(SOONEST * 2 ** min(failures - 1, 10), LATEST_FAILING)
    return _spread(max(wait, min(retry_after or timedelta(), MAX_HINT)), jitter)


def adopt_redirect(url: str, known: Move, permanent_url: str, now: datetime) -> Move:
    """Watch a permanent redirect: it is believed once it has pointed to the same place for three days (TRUST F12)."""
    if not permanent_url or permanent_url == url:
        return Move()
    if permanent_url != known.to or known.since is None:
        return Move(to=permanent_url, since=now)
    return Move(to=known.to, since=known.since, is_adopted=now - known.since >= ADOPT_AFTER)


def _asked_for(hints: Mapping[str, Any], max_age: timedelta | None) -> timedelta:
    """The longest of what the feed and its server ask for."""
    ttl = timedelta(minutes=min(int(hints.get("ttl") or 0), 100_000))
    period = _PERIODS.get(str(hints.get("update_period") or "").strip().lower(), timedelta())
    frequency = str(hints.get("update_frequency") or "1").strip()
    often = int(frequency) if frequency.isdecimal() and 0 < int(frequency) < 10_000 else 1
    return max(ttl, period / often, max_age or timedelta())


def _spread(wait: timedelta, jitter: float) -> timedelta:
    return wait * (1 - JITTER + 2 * JITTER * jitter)


def _past_skipped(now: datetime, wait: timedelta, hints: Mapping[str, Any]) -> timedelta:
    """Move a poll out of the hours and days in which the feed asks not to be read (RSS 2.0 skipHours, skipDays)."""
    hours = set(hints.get("skip_hours") or ())
    days = {str(day).strip().lower() for day in hints.get("skip_days") or ()}
    if len(hours) >= 24 or days.issuperset(_DAYS):
        return wait
    at = now + wait
    while at.hour in hours or _DAYS[at.weekday()] in days:
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at - now
