"""Asking feeds: fetch many at once, hand what came to the desk one after the other, and set when each is asked again.

Fetching runs on the event loop; everything that touches the database runs in one thread, so that there is one writer.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import TypeVar

from django.db import connections

from wiredesk.desk import signins
from wiredesk.desk.models import Feed
from wiredesk.desk.secrets import SecretsError
from wiredesk.failpoints import failpoint
from wiredesk.news.signin import Credentials
from wiredesk.wires import pull
from wiredesk.wires.fetch import Fetcher, FetchError, Request
from wiredesk.wires.pull import Puller
from wiredesk.wires.settle import Answer, Asked, settle

T = TypeVar("T")
SignIns = Mapping[int, Credentials | SecretsError]
AT_ONCE = 50
_SETTLED_TOGETHER = 100
_GATHERED_FOR = 0.02  # seconds that an answer waits for others, to be settled in one transaction with them


class Poller:
    """Asks feeds through one fetcher and writes through one thread. Use as an async context manager."""

    def __init__(self, fetcher: Fetcher, *, clock: Callable[[], datetime]) -> None:
        self.fetcher = fetcher
        self.clock = clock
        self._puller = Puller(fetcher.guard)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")

    async def __aenter__(self) -> Poller:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.write(connections.close_all)
        self._writer.shutdown()

    async def write(self, work: Callable[[], T]) -> T:
        """Run something on the writer's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, work)

    async def round(self, feeds: Iterable[Feed], *, force: bool = False) -> AsyncIterator[Asked]:
        """Ask these feeds once, AT_ONCE at a time; each comes back when what it sent is on the desk.

        `force` asks without validators.
        """
        listed = list(feeds)
        waiting = iter(listed)
        sign_ins = await self.write(partial(signins.opened, listed))
        answers: asyncio.Queue[Answer | None] = asyncio.Queue(maxsize=2 * _SETTLED_TOGETHER)
        workers = [asyncio.create_task(self._ask(waiting, sign_ins, answers, force=force)) for _ in range(AT_ONCE)]
        try:
            working = len(workers)
            while working:
                some = [await answers.get()]
                await asyncio.sleep(_GATHERED_FOR)
                while not answers.empty() and len(some) < _SETTLED_TOGETHER:
                    some.append(answers.get_nowait())
                working -= some.count(None)
                came = [answer for answer in some if answer]
                for asked in await self.write(partial(settle, came, self.clock())) if came else ():
                    yield asked
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _ask(
        self, waiting: Iterable[Feed], sign_ins: SignIns, answers: asyncio.Queue[Answer | None], *, force: bool
    ) -> None:
        for feed in waiting:
            await answers.put(await self._answer(feed, sign_ins.get(feed.pk), force=force))
        await answers.put(None)

    async def _answer(self, feed: Feed, sign_in: Credentials | SecretsError | None, *, force: bool) -> Answer:
        if pull.is_pulled(feed):
            return await self._pulled(feed, sign_in)
        if feed.way != Feed.Way.HTTP:
            return Answer(feed=feed)
        if isinstance(sign_in, SecretsError):
            return Answer(feed=feed, error=FetchError(str(sign_in), "secret"))
        request = Request(
            url=feed.url,
            etag="" if force else feed.etag,
            last_modified="" if force else feed.last_modified,
            credentials=sign_in,
        )
        try:
            response = await self.fetcher.fetch(request)
        except FetchError as error:
            return Answer(feed=feed, error=error)
        failpoint("poll.after_fetch")
        return Answer(feed=feed, response=response)

    async def _pulled(self, feed: Feed, sign_in: Credentials | SecretsError | None) -> Answer:
        """A look at a server's files. What of them is known is read at the last moment, on the writer's thread."""
        ask = await self.write(partial(pull.prepared, feed, sign_in, self.clock()))
        if isinstance(ask, FetchError):
            return Answer(feed=feed, error=ask)
        try:
            look = await self._puller.look(ask)
        except FetchError as error:
            return Answer(feed=feed, error=error)
        failpoint("poll.after_fetch")
        return Answer(feed=feed, look=look)
