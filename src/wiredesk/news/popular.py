"""What readers read most: the windows they can choose, who counts as a reader.

And how one visit is told from another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of time up to now; `length` None is all time."""

    code: str
    title: str
    length: timedelta | None

    def since(self, now: datetime) -> datetime | None:
        """The first moment that counts."""
        return now - self.length if self.length else None


WINDOWS: Mapping[str, Window] = {
    window.code: window
    for window in (
        Window(code="day", title="Last 24 hours", length=timedelta(days=1)),
        Window(code="week", title="Last 7 days", length=timedelta(days=7)),
        Window(code="month", title="Last 30 days", length=timedelta(days=30)),
        Window(code="year", title="Last year", length=timedelta(days=365)),
        Window(code="all", title="All time", length=None),
    )
}
DEFAULT_WINDOW = WINDOWS["week"]

# Names that crawlers, link previews, monitors and libraries give themselves; a browser has none of them.
_BOT = re.compile(
    r"bot\b|bot[/_-]|crawl|spider|slurp|preview|fetch|monitor|scan|archive|curl|wget|python|java/|okhttp|go-http|libwww|axios|node|"
    r"httpx|aiohttp|headless|lighthouse|facebookexternalhit|embedly|quora|pinterest|whatsapp|telegram|feed|rss|reader|validator",
    re.IGNORECASE,
)


def is_reader(user_agent: str, *, method: str = "GET", purpose: str = "") -> bool:
    """Whether a request is a person reading: no robot, no preview, no prefetch (Sec-Purpose, Purpose, X-Moz)."""
    if method != "GET" or re.search(r"prefetch|prerender|preview", purpose[:100], re.IGNORECASE):
        return False
    return bool(user_agent) and "Mozilla/" in user_agent and not _BOT.search(user_agent[:500])


def visit_key(address: str, user_agent: str, story: int, *, salt: bytes) -> bytes:
    """One reader of one story for as long as the salt lives (a day); the address cannot be had back from it."""
    return blake2b(f"{address}\n{user_agent}\n{story}".encode("utf-8", "replace"), key=salt, digest_size=12).digest()


def hour_of(moment: datetime) -> datetime:
    """The hour a visit is counted in."""
    return moment.replace(minute=0, second=0, microsecond=0)
