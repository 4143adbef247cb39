"""Whole text from items' own pages: robots.txt first, then the fetch behind the guard, then a process that reads it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from wiredesk.desk import wholetext
from wiredesk.desk.wholetext import Due, Got
from wiredesk.news.errors import NewsError
from wiredesk.wires.extract import Extractor
from wiredesk.wires.fetch import Fetcher, FetchError, Request
from wiredesk.wires.pagebytes import MAX_BYTES, Webpage
from wiredesk.wires.robots import Rules

_PAGES = ("text/html", "application/xhtml+xml", "")


class Writer(Protocol):
    """Runs work on the one thread that writes (wires.poll)."""

    def __call__(self, work: Callable[[], Any], /) -> Awaitable[Any]: ...


class PageReader:
    """Reads the pages that are due, a few at once; each is settled at the desk as soon as it is read."""

    def __init__(self, fetcher: Fetcher, extractor: Extractor, *, write: Writer, clock: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._extractor = extractor
        self._write = write
        self._clock = clock
        self._rules = Rules(fetcher, clock=clock)

    async def round(self) -> int:
        """Read what is due now; how many pages that were."""
        due: list[Due] = await self._write(lambda: wholetext.due(self._clock()))
        await asyncio.gather(*map(self._one, due))
        return len(due)

    async def _one(self, look: Due) -> None:
        try:
            got = await self._got(look)
        except (NewsError, FetchError) as error:
            got = Got(error=str(error))
        await self._write(partial(_settled, look, got, self._clock))

    async def _got(self, look: Due) -> Got:
        if not await self._rules.allow(look.url):
            return Got(error="The site's robots.txt does not let us read it, or cannot be had.")
        answer = await self._fetcher.fetch(Request(url=look.url, max_bytes=MAX_BYTES))
        if answer.status == 410:
            return Got(error="The page is gone for good: was it withdrawn?", is_gone=True)
        if answer.url != look.url and not await self._rules.allow(answer.url):
            return Got(error="It leads to a page that robots.txt does not let us read.")
        if answer.content_type.partition(";")[0].strip().lower() not in _PAGES:
            return Got(error=f"Its address gives no web page ({answer.content_type[:60]}).")
        if answer.cut:
            return Got(error="The page broke off on its way.")
        page = Webpage(
            body=answer.body,
            url=answer.url,
            content_type=answer.content_type,
            keep=look.keep,
            drop=look.drop,
            feed=look.feed,
        )
        whole = await asyncio.to_thread(self._extractor.extract, page)
        return Got(whole=whole, url=answer.url, sha256=answer.sha256)


def _settled(look: Due, got: Got, clock: Callable[[], datetime]) -> None:
    wholetext.settle(look, got, clock())
