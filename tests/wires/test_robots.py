"""robots.txt over real sockets: asked for once, remembered, and forgotten in time."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from tests.wires.origin import Origin, Reply
from wiredesk.wires import robots
from wiredesk.wires.fetch import Fetcher
from wiredesk.wires.guard import Guard
from wiredesk.wires.robots import Rules

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CLOSED = Reply(body=b"User-agent: *\nDisallow: /closed\n")


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def allowed(steps: Iterable[tuple[timedelta, str]]) -> list[bool]:
    """What the rules say, step by step: each after a wait, about an address."""

    async def run() -> list[bool]:
        clock, guard = Clock(), Guard(allow=(ipaddress.ip_network("127.0.0.0/8"),))
        async with Fetcher(guard, contact_url="https://desk.example/", total=3) as fetcher:
            rules = Rules(fetcher, clock=clock)
            answers = []
            for wait, url in steps:
                clock.now += wait
                answers.append(await rules.allow(url))
            return answers

    return asyncio.run(run())


def test_rules_are_asked_for_once_a_day(origin: Origin) -> None:
    origin.serve("/robots.txt", CLOSED)
    pages = [(timedelta(), origin.url + path) for path in ("/open", "/closed/1", "/open")]

    assert allowed([*pages, (timedelta(hours=23), origin.url + "/closed")]) == [True, False, True, False]
    assert len(origin.asked) == 1
    assert allowed([(timedelta(), origin.url + "/open"), (timedelta(hours=25), origin.url + "/open")]) == [True, True]
    assert len(origin.asked) == 3


def test_a_site_in_trouble_is_asked_again_sooner(origin: Origin) -> None:
    answers = iter([Reply(503), CLOSED])
    origin.serve("/robots.txt", lambda _: next(answers))
    page = origin.url + "/open"

    assert allowed([(timedelta(), page), (timedelta(minutes=10), page), (timedelta(minutes=31), page)]) == [
        False,
        False,
        True,
    ]
    assert len(origin.asked) == 2


def test_a_site_that_cannot_be_reached_gives_no_leave() -> None:
    assert allowed([(timedelta(), "http://127.0.0.1:8443/page")]) == [False]


def test_redirects_to_the_rules_are_followed(origin: Origin) -> None:
    origin.serve("/robots.txt", Reply(301, headers={"Location": "/rules.txt"}))
    origin.serve("/rules.txt", CLOSED)

    assert allowed([(timedelta(), origin.url + "/closed")]) == [False]


def test_only_so_many_sites_are_remembered(origin: Origin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "KEPT", 1)
    origin.serve("/robots.txt", CLOSED)
    other = origin.url.replace("127.0.0.1", "127.0.0.2")  # nobody listens there

    allowed([(timedelta(), origin.url), (timedelta(), other), (timedelta(), origin.url)])

    assert len(origin.asked) == 2
