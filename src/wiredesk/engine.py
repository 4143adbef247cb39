"""Who runs the tasks. Inline: one thread beside the web server, one event loop, one writer."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from wiredesk import tasks
from wiredesk.desk.models import Feed
from wiredesk.outlets.deliver import Dispatcher
from wiredesk.wires.courier import Courier
from wiredesk.wires.pages import PageReader
from wiredesk.wires.poll import Poller

log = logging.getLogger("wiredesk.engine")
TICK = 0.5  # seconds between two looks at what is due
STOP_WITHIN = 9.0  # seconds


class Inline:
    """Runs what the system does by itself, in this process. What is due is read from the tables at every tick."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._clock = clock
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._ready = threading.Event()

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()
        self._ready.wait()

    def stop(self) -> bool:
        """End within ten seconds: fetches are dropped (they are due again), a write is finished. False if it hangs."""
        if self._loop and self._stopping and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(STOP_WITHIN)
        return not self._thread.is_alive()

    def _run(self) -> None:
        asyncio.run(self._main())

    async def _main(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        self._ready.set()
        fetcher, courier = tasks.fetcher(), tasks.courier()
        async with fetcher, courier, Poller(fetcher, clock=self._clock) as poller:
            outgoing = asyncio.create_task(self._deliver(poller, courier))
            running = [
                asyncio.create_task(self._poll(poller)),
                outgoing,
                asyncio.create_task(self._read(poller)),
                *(self._every(poller, task) for task in tasks.EVERY),
            ]
            await self._stopping.wait()
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            await poller.write(lambda: tasks.at_stop(self._clock()))

    async def _poll(self, poller: Poller) -> None:
        """Ask what is due, again and again. A round that waits for slow feeds does not keep the others from theirs."""
        busy: set[int] = set()
        rounds: set[asyncio.Task[None]] = set()
        try:
            while True:
                due = await poller.write(lambda: tasks.due_feeds(self._clock(), busy))
                if due:
                    busy.update(feed.pk for feed in due)
                    begun = asyncio.create_task(_round(poller, due, busy))
                    rounds.add(begun)
                    begun.add_done_callback(rounds.discard)
                await asyncio.sleep(TICK)
        finally:
            for begun in rounds:
                begun.cancel()
            await asyncio.gather(*rounds, return_exceptions=True)

    async def _deliver(self, poller: Poller, courier: Courier) -> None:
        """Keep the copies at outlets in step, again and again."""
        dispatcher = Dispatcher(courier, write=poller.write, clock=self._clock)
        try:
            while True:
                await _guarded("outlets", dispatcher.look())
                await asyncio.sleep(TICK)
        finally:
            await dispatcher.stop()

    async def _read(self, poller: Poller) -> None:
        """Read the pages that are due, again and again."""
        with tasks.extractor() as extractor:
            reader = PageReader(poller.fetcher, extractor, write=poller.write, clock=self._clock)
            while True:
                await _guarded("whole text", reader.round())
                await asyncio.sleep(2 * TICK)

    def _every(self, poller: Poller, task: tasks.Task) -> asyncio.Task[None]:
        async def repeat() -> None:
            while True:
                await _guarded(task.name, poller.write(lambda: task.run(self._clock())))
                await asyncio.sleep(task.seconds)

        return asyncio.create_task(repeat())


async def _round(poller: Poller, feeds: list[Feed], busy: set[int]) -> None:
    """One round; a feed is free again as soon as its own answer is on the desk."""
    try:
        async for asked in poller.round(feeds):
            busy.discard(asked.feed.pk)
            tasks.report(asked)
    except Exception:  # the task runner: it records and goes on; the feeds are still due
        log.exception("a round of polling failed")
        await asyncio.sleep(5)
    finally:
        busy.difference_update(feed.pk for feed in feeds)


async def _guarded(name: str, work: Awaitable[object]) -> None:
    try:
        await work
    except Exception:  # the task runner: it records and goes on; what was due is due again
        log.exception("task %s failed", name)
        await asyncio.sleep(5)
