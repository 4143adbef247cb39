"""Dates as feeds write them, read without guessing (FORMATS 1.8).

No fuzzy parser: what has no known form has no time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from wiredesk.news.item import Date, How

MAX_RAW = 100
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
# Hours east of Greenwich. RFC 822 section 5.1, and what else is seen.
ZONES = {
    "ut": 0, "gmt": 0, "utc": 0, "z": 0, "wet": 0, "bst": 1, "cet": 1, "west": 1, "cest": 2, "eet": 2, "eest": 3,
    "msk": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9,
    "akdt": -8, "hst": -10, "ist": 5.5, "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13,
}  # fmt: skip
_UNIVERSAL = ("ut", "gmt", "utc", "z")
_GREENWICH = {"GMT": "Z", "UTC": "Z"}
_MONTHS = {name.capitalize(): f"{number:02}" for name, number in MONTHS.items()}

_ISO = re.compile(
    r"(\d{4})[-/.]?(\d{2})?[-/.]?(\d{2})?"
    r"(?:[T\s]\s{0,3}(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s{0,3}([A-Za-z]{1,5}|[+-]\d{2}:?\d{0,2})?)?",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?:[^\W\d_]{2,10}\.?,?\s{1,5})?(\d{1,2})[\s-]{1,5}([^\W\d_]{3,9})\.?,?[\s-]{1,5}(\d{4}|\d{2})"
    r"(?:,?\s{1,5}(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d{1,6})?)?)?\s{0,5}([A-Za-z]{1,5}|(?:GMT|UTC)?[+-]\d{1,2}:?\d{0,2})?(?:\s\(.{0,20}\))?",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"(?:[^\W\d_]{2,10}\.?,?\s{1,5})?([^\W\d_]{3,9})\.?\s{1,5}(\d{1,2}),?\s{1,5}(?:(\d{4})|(\d{1,2}):(\d{1,2}):(\d{1,2})\s{1,5}([A-Za-z]{3,5}\s)?\s{0,3}(\d{4}))",
    re.IGNORECASE,
)


def read(raw: str, zone: tzinfo = UTC) -> Date | None:
    """A date as sent, understood or not; None only where nothing was sent. `zone` stands in for one that is missing."""
    raw = raw.strip()[:MAX_RAW]
    if not raw:
        return None
    how: How = "zone"
    utc = _by_the_book(raw)
    if utc is None:
        utc, how = _understood(raw, zone)
    if utc is None or utc < EARLIEST or utc.year > 9998:
        return Date(raw=raw)
    return Date(raw=raw, utc=utc, how=how)


def _by_the_book(raw: str) -> datetime | None:
    """The two forms that nearly all dates have, in UTC: RFC 3339, and RFC 822 with four digits of year.

    Both with a zone in digits or Greenwich's. Whatever is not just so is left to the patterns below.
    """
    try:
        if raw[3:5] == ", " and raw[19:26:3] == ":: ":
            zone = _GREENWICH.get(raw[26:]) or raw[26:]
            raw = f"{raw[12:16]}-{_MONTHS[raw[8:11]]}-{raw[5:7]}T{raw[17:25]}{zone}"
        elif raw[10:11] != "T":
            return None
        found = datetime.fromisoformat(raw)
        return found.replace(microsecond=0).astimezone(UTC) if found.tzinfo else None
    except (KeyError, ValueError, OverflowError):
        return None


def _understood(raw: str, zone: tzinfo) -> tuple[datetime | None, How]:
    try:
        if raw[:4].isdigit():
            found = _ISO.fullmatch(raw)
            if found:
                year, month, day, hour, minute, second, named = found.groups()
                return _made(year, month or "1", day or "1", hour, minute, second, named, zone)
        found = _MAIL.fullmatch(raw)
        if found:
            day, month, year, hour, minute, second, named = found.groups()
            return _made(year, str(MONTHS[month[:3].lower()]), day, hour, minute, second, named, zone)
        found = _AMERICAN.fullmatch(raw)
        if found:
            month, day, year, hour, minute, second, named, late = found.groups()
            return _made(year or late, str(MONTHS[month[:3].lower()]), day, hour, minute, second, named, zone)
    except (KeyError, ValueError, OverflowError):
        pass
    return None, "absent"


def _made(
    year: str,
    month: str,
    day: str,
    hour: str | None,
    minute: str | None,
    second: str | None,
    named: str | None,
    zone: tzinfo,
) -> tuple[datetime, How]:
    """The moment in UTC. 24:00 is the next day's start, a leap second the next minute's.

    Two-digit years 00-68 are 20xx.
    """
    number = int(year)
    if len(year) == 2:
        number += 2000 if number <= 68 else 1900
    hours, seconds = int(hour or 0), int(second or 0)
    late = timedelta(days=hours == 24, seconds=seconds == 60)
    offset, how = _offset((named or "").strip(), zone)
    local = datetime(
        number,
        int(month),
        int(day),
        0 if hours == 24 else hours,
        int(minute or 0),
        seconds - (seconds == 60),
        tzinfo=offset,
    )
    return (local + late).astimezone(UTC), how


def _offset(named: str, zone: tzinfo) -> tuple[tzinfo, How]:
    lower = named.lower()
    if not lower:
        return zone, "assumed"
    if lower in ZONES:
        return timezone(timedelta(hours=ZONES[lower])), "zone" if lower in _UNIVERSAL else "named"
    found = re.fullmatch(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d{0,2})", lower)
    if not found:
        return zone, "assumed"
    east = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if east >= timedelta(hours=24):
        return zone, "assumed"
    return timezone(east if found[1] == "+" else -east), "zone"
