"""Whether a site lets us read a page: its robots.txt, asked for once and remembered for a day (RFC 9309)."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from wiredesk.news import robots
from wiredesk.news.robots import Robots
from wiredesk.wires.fetch import Fetcher, FetchError, Request

AGENT = "Wiredesk"  # the product token of our User-Agent
FOR = timedelta(hours=24)  # section 2.4: no longer
FAILED_FOR = timedelta(minutes=30)
KEPT = 1_000  # sites
_UNSEEN = (429,)  # an answer that says nothing of the rules, though its number is below 500


class Rules:
    """The rules of the sites we read pages of. One for the process; safe among tasks of one event loop."""

    def __init__(self, fetcher: Fetcher, *, clock: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._known: OrderedDict[str, tuple[datetime, Robots]] = OrderedDict()
        self._asking: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def allow(self, url: str) -> bool:
        """Whether we may read an address. Where the rules cannot be had because the site is in trouble, we may not."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}".lower()
        async with self._asking[site]:
            until, known = self._known.get(site, (self._clock(), robots.NOTHING))
            if until <= self._clock():
                wait, known = await self._ask(site)
                self._keep(site, self._clock() + wait, known)
        return known.allows(url)

    async def _ask(self, site: str) -> tuple[timedelta, Robots]:
        try:
            answer = await self._fetcher.fetch(Request(url=f"{site}/robots.txt"))
        except FetchError as error:
            # Section 2.3.1.3: not there is no rule; 2.3.1.4: unreachable is no leave.
            if 400 <= error.status < 500 and error.status not in _UNSEEN:
                return FOR, robots.EVERYTHING
            return FAILED_FOR, robots.NOTHING
        if answer.status == 410:
            return FOR, robots.EVERYTHING
        return FOR, robots.read(answer.body[: robots.MAX_TEXT].decode("utf-8", "replace"), AGENT)

    def _keep(self, site: str, until: datetime, known: Robots) -> None:
        self._known[site] = until, known
        self._known.move_to_end(site)
        while len(self._known) > KEPT:
            gone, _ = self._known.popitem(last=False)
            if not self._asking[gone].locked():
                del self._asking[gone]
