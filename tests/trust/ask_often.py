"""Many workers that ask every feed again and again: `python -m tests.trust.ask_often WORKERS ROUNDS`."""

from __future__ import annotations

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "wiredesk.settings"

import django

django.setup()

import asyncio
import multiprocessing
from datetime import UTC, datetime

from wiredesk import tasks
from wiredesk.desk.models import Feed
from wiredesk.wires.poll import Poller


async def ask(rounds: int) -> None:
    async with tasks.fetcher() as fetcher, Poller(fetcher, clock=lambda: datetime.now(UTC)) as poller:
        for _ in range(rounds):
            feeds = await poller.write(lambda: list(Feed.objects.select_related("source__licence")))
            async for asked in poller.round(feeds, force=True):
                assert asked.outcome in ("taken", "same"), asked.error


def work(rounds: int) -> None:
    asyncio.run(ask(rounds))


if __name__ == "__main__":
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=work, args=(int(sys.argv[2]),)) for _ in range(int(sys.argv[1]))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sys.exit(any(worker.exitcode for worker in workers))
