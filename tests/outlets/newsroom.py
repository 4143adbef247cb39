"""A newsroom with outlets, for tests: outlets opened, stories come in, rounds of delivery at given times."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from ipaddress import ip_network
from typing import TypeVar

from django.db import connections

from tests.makers import at, entry, feed, take
from tests.outlets.places import Mastodon, Place, WordPress
from wiredesk.desk import opening
from wiredesk.desk.models import Copy, Outlet, Receipt, Story
from wiredesk.news.licence import Licence
from wiredesk.outlets import kinds
from wiredesk.outlets.deliver import Dispatcher
from wiredesk.wires.courier import Courier
from wiredesk.wires.guard import Guard

T = TypeVar("T")
OWN = (ip_network("127.0.0.0/8"),)
SECRET = "whsec_c2hoaCBub2JvZHkga25vd3M="
_OPTIONS = {"wordpress": {"user": WordPress.USER}}
_SECRETS = {"wordpress": WordPress.PASSWORD, "mastodon": Mastodon.TOKEN, "webhook": SECRET}


def outlet(place: Place, *, hours: float = -2, **options: str) -> Outlet:
    """An outlet at this place, opened at this hour."""
    checked = kinds.checked(place.kind, place.url, {**_OPTIONS.get(place.kind, {}), **options}, _SECRETS[place.kind])
    return opening.open_outlet(place.kind, checked, now=at(hours))


def story(number: int = 1, *, licence: Licence | None = None, **fields: object) -> Story:
    """One more story of the wire, live as soon as it came."""
    to = feed(licence=licence) if licence else feed()
    take(to, entry(number, **fields))  # type: ignore[arg-type]  # fields of an entry
    return Story.objects.order_by("-id")[0]


def courier(total: float = 1.0, *, clock: Callable[[], datetime] = lambda: at(0)) -> Courier:
    """A courier that may go to this machine."""
    anywhere = frozenset(range(1, 65536))
    guard = Guard(allow=OWN, ports=anywhere)
    return Courier(guard, guard, contact_url="https://desk.example", total=total, clock=clock)


def deliver(hours: float = 0, *, total: float = 1.0) -> None:
    """One round of all outlets at this time, until nothing more can be done then."""
    asyncio.run(_deliver(at(hours), total))


async def _deliver(now: datetime, total: float) -> None:
    with ThreadPoolExecutor(max_workers=1) as writer:

        async def write(work: Callable[[], T]) -> T:
            return await asyncio.get_running_loop().run_in_executor(writer, work)

        async with courier(total, clock=lambda: now) as carrying:
            dispatcher = Dispatcher(carrying, write=write, clock=lambda: now)
            await dispatcher.drain()
        await write(connections.close_all)


def receipts() -> list[tuple[str, str, int]]:
    """Deed, result and status of every receipt, in order."""
    return list(Receipt.objects.order_by("id").values_list("deed", "result", "status"))


def copies() -> list[tuple[str, bool]]:
    """State of every copy, and whether it is behind."""
    behind = set(Copy.objects.behind().values_list("pk", flat=True))
    return [(copy.state, copy.pk in behind) for copy in Copy.objects.order_by("id")]
