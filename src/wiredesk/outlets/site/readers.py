"""Counting readers without knowing them.

One visit of one story a day, by a hash whose salt is thrown away every day.
"""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from datetime import date, datetime

from django.http import HttpRequest

from wiredesk.desk import hits
from wiredesk.news import popular

MAX_KNOWN = 500_000  # visits remembered a day; beyond that the day begins anew
_lock = threading.Lock()
_counted: Counter[tuple[int, datetime]] = Counter()
_known: set[bytes] = set()
_salt = secrets.token_bytes(32)
_day: date | None = None


def note(request: HttpRequest, story: int, now: datetime) -> None:
    """Count a reader of a story, unless it is a robot, a preview or somebody counted today already."""
    global _salt, _day
    agent = request.headers.get("User-Agent", "")
    purpose = " ".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    if not popular.is_reader(agent, method=request.method or "", purpose=purpose):
        return
    with _lock:
        if _day != now.date() or len(_known) > MAX_KNOWN:
            _known.clear()
            _salt, _day = secrets.token_bytes(32), now.date()
        key = popular.visit_key(str(request.META.get("REMOTE_ADDR", "")), agent, story, salt=_salt)
        if key not in _known:
            _known.add(key)
            _counted[story, popular.hour_of(now)] += 1


def flush(now: datetime) -> None:
    """Move what was counted into the tables; what cannot be written is kept for the next time."""
    with _lock:
        some = dict(_counted)
        _counted.clear()
    if not some:
        return
    try:
        hits.add(some)
    except BaseException:
        with _lock:
            _counted.update(some)
        raise
