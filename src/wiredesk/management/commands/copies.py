"""`wiredesk copies`: where each story is, and where one still is that should not be."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.core.management.base import CommandError
from django.db import connections

from wiredesk import tasks
from wiredesk.desk import looking
from wiredesk.desk.delivering import Errand
from wiredesk.desk.models import Copy, Story
from wiredesk.management import base
from wiredesk.management.outlet_records import copy_record
from wiredesk.outlets.deliver import Dispatcher

T = TypeVar("T")
RECEIPTS = 20
AT_ONCE = 8


class Command(base.Command):
    help = "list the copies of stories at outlets, with receipts; look where one is still up that should not be"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", nargs="?", type=int, metavar="STORY", help="only those of this story")
        parser.add_argument("--behind", action="store_true", help="only those that are not as they should be yet")
        parser.add_argument(
            "--live",
            action="store_true",
            help="look at the outlets, and list what is still up that should not be; exit 1 if anything is",
        )
        parser.add_argument("--limit", type=int, default=200, metavar="N", help="the latest N (default: 200)")
        base.add_json(parser)

    def run(self, *, story: int | None, behind: bool, live: bool, limit: int, as_json: bool, **_: Any) -> None:
        if story is not None and not Story.objects.filter(pk=story).exists():
            raise CommandError(f"no story {story}; see: wiredesk stories")
        rows = Copy.objects.select_related("story", "outlet").order_by("-wanted", "-id")
        rows = rows.filter(story=story) if story is not None else rows
        rows = rows & Copy.objects.behind() if behind else rows
        empty = "No copies." if not behind else "No copy is behind."
        if live:
            chosen = looking.forbidden(base.now(), story=story, limit=limit)
            asyncio.run(_look_at(looking.looks(chosen, base.now())))
            rows, empty = rows.filter(pk__in=_still_up(chosen)), "Nothing is up that should not be."
        found = list(rows[: max(limit, 0)])
        columns = ("story", "headline", "kind", "address", "state", "behind", "seen", "url", "error")
        records = (copy_record(row, receipts=RECEIPTS) for row in found)
        self.show(records, as_json=as_json, columns=columns, empty=empty)
        if live and found:
            raise CommandError(f"{len(found)} copies are, or may be, still up")


def _still_up(chosen: list[int]) -> list[int]:
    """Copies that were seen there, or that cannot be looked at and that we have not been told are gone."""
    rows = Copy.objects.filter(pk__in=chosen)
    return [copy.pk for copy in rows if copy.seen == Copy.Seen.THERE or (copy.seen != Copy.Seen.GONE and _may_be(copy))]


def _may_be(copy: Copy) -> bool:
    return copy.state == Copy.State.THERE or copy.is_unsure


async def _look_at(errands: list[Errand]) -> None:
    """Ask the outlets, some at a time."""
    places = asyncio.Semaphore(AT_ONCE)

    with ThreadPoolExecutor(max_workers=1) as writer:

        async def write(work: Callable[[], T]) -> T:
            return await asyncio.get_running_loop().run_in_executor(writer, work)

        async with tasks.courier() as courier:
            dispatcher = Dispatcher(courier, write=write, clock=base.now)

            async def look(errand: Errand) -> None:
                async with places:
                    await dispatcher.verify(errand)

            await asyncio.gather(*(look(errand) for errand in errands))
        await write(connections.close_all)
