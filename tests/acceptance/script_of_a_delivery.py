"""A story's life at an outlet, for the anomaly loop: `python -m tests.acceptance.script_of_a_delivery KIND URL`.

Run it again after it was cut off anywhere and it goes on. `$HOUR` is the hour at which it runs, so that what was claimed
by a run that died is free again.
"""

from __future__ import annotations

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "wiredesk.settings"

import django

django.setup()

import asyncio
import contextlib
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

from tests.makers import NOW, entry, feed, take
from wiredesk import tasks
from wiredesk.desk import edit, opening, store
from wiredesk.desk.models import Outlet, Story
from wiredesk.news.errors import NewsError
from wiredesk.outlets import kinds
from wiredesk.outlets.deliver import Dispatcher

T = TypeVar("T")
LATER = timedelta(hours=int(os.environ.get("HOUR", "1")))
SECRETS = {"webhook": "whsec_c2hoaCBub2JvZHkga25vd3M=", "wordpress": "abcd EFGH ijkl", "mastodon": "a-token-of-ours"}


def main(kind: str, url: str) -> None:
    store.ensure()
    if not Outlet.objects.exists():
        options = {"user": "ines"} if kind == "wordpress" else {}
        opening.open_outlet(kind, kinds.checked(kind, url, options, SECRETS[kind]), now=NOW)
    take(feed(), entry(1, title="Ferry sails at nine"))
    row = Story.objects.get()
    deliver(1)
    with contextlib.suppress(NewsError):
        edit.headline(row.pk, "Ferry sails at ten", by="ines", now=NOW)
    deliver(2)
    with contextlib.suppress(NewsError):  # killed already, before we were cut off
        edit.kill(row.pk, by="ines", now=NOW)
    deliver(3)


def deliver(minutes: int) -> None:
    asyncio.run(_deliver(minutes))


async def _deliver(minutes: int) -> None:
    def clock() -> object:
        return NOW + LATER + timedelta(minutes=minutes)

    with ThreadPoolExecutor(max_workers=1) as writer:

        async def write(work: Callable[[], T]) -> T:
            return await asyncio.get_running_loop().run_in_executor(writer, work)

        async with tasks.courier() as courier:
            await Dispatcher(courier, write=write, clock=clock).drain()  # type: ignore[arg-type]  # of times


if __name__ == "__main__":
    main(*sys.argv[1:])
