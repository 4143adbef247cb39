"""Deeds done at outlets: what is due is taken from the desk, carried out, and what came of it given back.

Two lanes for each outlet, so that a withdrawal waits for nothing; one after the other within a lane, in the order of
events; outlets side by side, so that a slow one delays no other. The records are touched by `write` alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from wiredesk.desk import delivering, looking
from wiredesk.desk.delivering import Errand, Lane
from wiredesk.failpoints import failpoint
from wiredesk.news.call import Courier, Undelivered
from wiredesk.news.outgoing import Deed, Outcome
from wiredesk.outlets.kind import Look
from wiredesk.outlets.kinds import KINDS

log = logging.getLogger("wiredesk.outlets")
T = TypeVar("T")
TOTAL = 30.0  # seconds for one deed, of one or more calls
SWEEP_EVERY = 10.0  # seconds


class Writer(Protocol):
    """Runs something on the thread that writes."""

    def __call__(self, work: Callable[[], T]) -> Awaitable[T]: ...


class Dispatcher:
    """Keeps copies at outlets in step with their stories."""

    def __init__(self, courier: Courier, *, write: Writer, clock: Callable[[], datetime], total: float = TOTAL) -> None:
        self._courier = courier
        self._write = write
        self._clock = clock
        self._total = total
        self._running: dict[Lane, asyncio.Task[None]] = {}
        self._swept = 0
        self._sweep_at = 0.0

    async def look(self) -> None:
        """One look at what is due: begin the lanes in which something is and that are not under way."""
        now = self._clock()
        await self._write(lambda: delivering.note(now))
        await self._sweep()
        for lane in await self._write(lambda: delivering.lanes(now)):
            if lane not in self._running:
                task = asyncio.create_task(self._work(lane))
                self._running[lane] = task
                task.add_done_callback(partial(self._end, lane))

    def _end(self, lane: Lane, _: asyncio.Task[None]) -> None:
        self._running.pop(lane, None)

    async def drain(self) -> None:
        """Look, and wait until nothing more can be done at this moment."""
        await self.look()
        while self._running:
            await asyncio.gather(*self._running.values())
            await self.look()

    async def stop(self) -> None:
        """Leave what is under way; it is found again when its claim is over."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() < self._sweep_at:
            return
        self._sweep_at = loop.time() + SWEEP_EVERY
        self._swept = await self._write(partial(looking.sweep, self._swept, self._clock()))

    async def _work(self, lane: Lane) -> None:
        """Everything that is due in one lane, until there is nothing more or the outlet wants a rest."""
        try:
            while errand := await self._write(lambda: delivering.take(lane, self._clock())):
                await self._do(errand)
        except Exception:  # the task runner: it records and goes on; what was claimed is due again
            log.exception("outlet %s: a delivery failed", lane.outlet)
            await asyncio.sleep(1)

    async def _do(self, errand: Errand) -> None:
        failpoint("outlet.before_send")
        outcome = await self._outcome(errand)
        failpoint("outlet.after_send")
        then = await self._write(lambda: delivering.settle(errand, outcome, self._clock()))
        log.info("outlet %s: story %s: %s %s", errand.outlet, errand.post.story, errand.post.deed, outcome.result)
        if errand.post.deed is Deed.RETRACT and then.state == "gone" and outcome.result == "done":
            await self.verify(
                replace(errand, post=replace(errand.post, remote_id=outcome.remote_id or errand.post.remote_id))
            )

    async def _outcome(self, errand: Errand) -> Outcome:
        kind = KINDS[errand.kind]
        deeds = {Deed.PUBLISH: kind.publish, Deed.UPDATE: kind.update, Deed.RETRACT: kind.retract}
        try:
            async with asyncio.timeout(self._total):
                return await deeds[errand.post.deed](self._courier, errand.place, errand.post)
        except TimeoutError:
            return Outcome(result="unsure", said="The outlet took too long to answer.")
        except Undelivered as error:
            return Outcome(result="unsure" if error.was_sent else "down", said=str(error))

    async def verify(self, errand: Errand) -> Look:
        """Look whether a copy is there, as a stranger would; what was found is kept with a receipt."""
        try:
            async with asyncio.timeout(self._total):
                look = await KINDS[errand.kind].verify(self._courier, errand.place, errand.post)
        except TimeoutError:
            look = Look(seen="unknown", said="The outlet took too long to answer.")
        except Undelivered as error:
            look = Look(seen="unknown", said=str(error))
        await self._write(partial(looking.see, errand, look.seen, look.status, look.said, self._clock()))
        return look
