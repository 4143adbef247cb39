"""Feeds that want to know who asks: what is sent where, over real sockets, and what is said when they say no."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.makers import NOW, PUBLIC, at
from tests.wires.doors import Door, feed_answer, sent_to
from wiredesk.desk import following, secrets, signins
from wiredesk.desk.following import Wish
from wiredesk.desk.models import Alert, Body, Delivery, Feed, Story
from wiredesk.news.signin import Credentials, checked
from wiredesk.wires import discover
from wiredesk.wires.fetch import Fetcher, FetchError, Request, Response
from wiredesk.wires.guard import Guard
from wiredesk.wires.poll import Poller
from wiredesk.wires.settle import Asked

LOOPBACK = ip_network("127.0.0.0/8")
CANARY = "Rotkehlchen-0815-geheim"
KINDS = [("basic", "ines"), ("bearer", ""), ("header", "X-Api-Key"), ("query", "key")]


@pytest.fixture
def home() -> Iterator[Door]:
    with Door() as server:
        yield server


@pytest.fixture
def elsewhere() -> Iterator[Door]:
    with Door() as server:
        yield server


def knowing(url: str, kind: str = "bearer", name: str = "", told: str = CANARY, **more: bool) -> Credentials:
    return checked(kind, name, told, url=url, **more)


def fetch(url: str, credentials: Credentials | None, guard: Guard | None = None) -> Response:
    async def run() -> Response:
        async with Fetcher(guard or Guard(allow=(LOOPBACK,)), contact_url="x", total=5) as fetcher:
            return await fetcher.fetch(Request(url=url, credentials=credentials))

    return asyncio.run(run())


def failure(url: str, credentials: Credentials | None, guard: Guard | None = None) -> FetchError:
    with pytest.raises(FetchError) as failed:
        fetch(url, credentials, guard)
    assert CANARY not in str(failed.value)
    return failed.value


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_a_secret_is_sent_as_the_server_wants_it(kind: str, name: str, home: Door) -> None:
    url = f"{home.url}/feed?lang=en"
    answer = fetch(url, knowing(url, kind, name))

    (asked,) = home.asked
    sent = {
        "basic": f"Basic {b64encode(f'ines:{CANARY}'.encode()).decode()}",
        "bearer": f"Bearer {CANARY}",
    }
    assert asked.headers.get("authorization") == sent.get(kind)
    assert asked.headers.get("x-api-key") == (CANARY if kind == "header" else None)
    assert asked.path == (f"/feed?lang=en&key={CANARY}" if kind == "query" else "/feed?lang=en")
    assert (answer.status, answer.url) == (200, url)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_s5_a_redirect_to_another_origin_gets_no_secret(
    kind: str, name: str, status: int, home: Door, elsewhere: Door
) -> None:
    echoed = f"key={CANARY}&" if kind == "query" else ""
    home.answer = sent_to(f"{elsewhere.url}/feed?{echoed}was=here", status)
    answer = fetch(home.url, knowing(home.url, kind, name))

    (asked,) = elsewhere.asked
    assert _carried(home.asked[0].path, home.asked[0].headers)
    assert not _carried(asked.path, asked.headers) and asked.path == "/feed?was=here"
    assert CANARY not in elsewhere.said() and answer.url == f"{elsewhere.url}/feed?was=here"


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_s5_a_secret_comes_along_on_its_own_origin_and_never_back_from_another(
    kind: str, name: str, home: Door, elsewhere: Door
) -> None:
    def answer(request: web.Request) -> web.StreamResponse:
        path = request.rel_url.path
        return {
            "/": sent_to(f"/near?key={CANARY}" if kind == "query" else "/near"),
            "/near": sent_to(elsewhere.url),
        }.get(path, lambda _: feed_answer())(request)

    home.answer, elsewhere.answer = answer, sent_to(f"{home.url}/last")
    fetch(home.url + "/", knowing(home.url, kind, name))

    carried = [_carried(one.path, one.headers) for one in home.asked]
    assert carried == [True, True, False]
    assert home.asked[1].path.count(CANARY) == (kind == "query")
    assert not _carried(elsewhere.asked[0].path, elsewhere.asked[0].headers)


def _carried(path: str, headers: dict[str, str]) -> bool:
    return "authorization" in headers or "x-api-key" in headers or CANARY in path


def test_s5_another_port_scheme_or_name_of_the_same_machine_is_another_origin(home: Door) -> None:
    known = knowing(home.url)
    for other in (f"https://127.0.0.1:{home.port}", f"http://localhost:{home.port}", "http://127.0.0.1:1"):
        assert "is not sent to this address" in str(failure(other, known))
    assert home.asked == []


def test_s5_a_redirect_that_hides_the_secret_in_its_path_is_not_followed(home: Door, elsewhere: Door) -> None:
    home.answer = sent_to(f"{elsewhere.url}/{CANARY}/feed")

    assert "secret in it" in str(failure(home.url, knowing(home.url)))
    assert elsewhere.asked == []


def test_s5_plain_http_to_another_machine_carries_no_secret_unless_the_operator_said_so(home: Door) -> None:
    async def lookup(_: str) -> list[str]:
        return ["127.0.0.1"]

    url = f"http://wire.example:{home.port}/feed"
    fetch(url, knowing(url), Guard(allow=(LOOPBACK,), lookup=lookup))
    assert len(home.asked) == 1, "a name of this machine is this machine"

    refused = failure(
        "http://192.0.2.7/feed", knowing("http://192.0.2.7/feed"), Guard(allow=(ip_network("192.0.2.0/24"),))
    )
    assert "plain http" in str(refused) and refused.outcome == "refused"
    said_so = failure(
        "http://127.0.0.1:1/feed", knowing("http://127.0.0.1:1/feed", over_http=True), Guard(allow=(LOOPBACK,))
    )
    assert said_so.outcome == "unreachable"


def test_what_the_server_says_back_of_the_key_is_not_kept(home: Door) -> None:
    home.answer = lambda request: web.Response(
        body=feed_answer().body.replace(
            b"<title>Wire", b"<link rel='self' href='/?key=%s'/><title>Wire" % CANARY.encode()
        )  # type: ignore[union-attr]
    )
    answer = fetch(home.url, knowing(home.url, "query", "key"))

    assert CANARY.encode() not in answer.body and b"key=removed" in answer.body


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "refused the sign-in."), (403, "refused the sign-in, or"), (404, "nothing at"), (500, "500")],
)
def test_a_refused_sign_in_is_said_so(status: int, words: str, home: Door, elsewhere: Door) -> None:
    home.answer = lambda _: web.Response(status=status)
    assert words in str(failure(home.url, knowing(home.url)))

    elsewhere.answer = sent_to(home.url)
    if status < 404:
        assert "sends us on to another one" in str(failure(elsewhere.url, knowing(elsewhere.url)))
        assert "sign-in" not in str(failure(home.url, None))


def followed(url: str, credentials: Credentials | None = None) -> Feed:
    feed = following.follow(Wish(url=url, source="Lantern", licence=PUBLIC), now=NOW)[0]
    if credentials:
        signins.keep(feed, credentials, now=NOW)
    return feed


def asked_once(feed: Feed, hours: float = 0) -> Asked:
    async def run() -> list[Asked]:
        async with (
            Fetcher(Guard(allow=(LOOPBACK,)), contact_url="x") as fetcher,
            Poller(fetcher, clock=lambda: at(hours)) as poller,
        ):
            return [asked async for asked in poller.round([feed])]

    return asyncio.run(run())[0]


@pytest.fixture
def own_key(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.SECRETS_KEY = tmp_path, ""


@pytest.mark.django_db(transaction=True)
def test_a_feed_that_signs_in_is_polled_with_its_secret(home: Door, own_key: None) -> None:
    home.answer = lambda request: feed_answer() if request.query.get("key") == CANARY else web.Response(status=401)
    url = f"{home.url}/feed"
    feed = followed(url)

    assert asked_once(feed).error == "The server asks for a login."
    signins.keep(feed, knowing(url, "query", "key"), now=NOW)
    assert asked_once(feed).outcome == "taken"
    assert Story.objects.get().headline == "Headline 1"
    assert list(Delivery.objects.values_list("url", flat=True)) == [url]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["lost", "nonsense"])
def test_without_its_key_a_feed_fails_in_words_and_nothing_is_asked(
    what: str, home: Door, own_key: None, settings: Any
) -> None:
    feed = followed(home.url, knowing(home.url))
    (settings.HOME / secrets.FILE).write_text("" if what == "lost" else "nonsense")
    asked = asked_once(feed)

    feed.refresh_from_db()
    assert (asked.outcome, feed.failures, home.asked) == ("failed", 1, [])
    assert ("cannot be opened" if what == "lost" else "is no key") in feed.error


@pytest.mark.django_db(transaction=True)
def test_f12_a_feed_that_signs_in_does_not_move_to_another_server_by_itself(
    home: Door, elsewhere: Door, own_key: None
) -> None:
    home.answer = sent_to(f"{elsewhere.url}/feed", 301)
    feed = followed(home.url, knowing(home.url))
    for hours in (0, 24, 80):
        feed.next_poll_at = at(hours)
        asked_once(feed, hours)

    feed.refresh_from_db()
    assert feed.url == home.url and CANARY not in elsewhere.said()
    assert "not taken there" in Alert.objects.get(kind="moved").text
    assert feed.moved_since == at(80) and timedelta(hours=80) > timedelta(days=3)


@pytest.mark.django_db(transaction=True)
def test_discovery_signs_in_at_the_page_and_where_feeds_usually_are(home: Door) -> None:
    def answer(request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {CANARY}":
            return web.Response(status=401)
        return (
            feed_answer()
            if request.rel_url.path == "/atom.xml"
            else web.Response(body=b"<html><p>Nothing", content_type="text/html")
        )

    home.answer = answer

    async def run() -> list[str]:
        async with Fetcher(Guard(allow=(LOOPBACK,)), contact_url="x") as fetcher:
            return [one.url for one in await discover.discover(fetcher, home.url + "/", knowing(home.url))]

    assert asyncio.run(run()) == [f"{home.url}/atom.xml"]


def test_a_page_that_gives_its_feeds_with_the_key_gives_them_without(home: Door) -> None:
    page = f"<link rel=alternate type='application/atom+xml' href='/atom?key={CANARY}&amp;lang=en'>"
    home.answer = lambda _: web.Response(text=f"<html><head>{page}", content_type="text/html")

    async def run() -> list[str]:
        async with Fetcher(Guard(allow=(LOOPBACK,)), contact_url="x") as fetcher:
            known = knowing(home.url, "query", "key")
            return [one.url for one in await discover.discover(fetcher, home.url + "/", known)]

    assert asyncio.run(run()) == [f"{home.url}/atom?lang=en"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_s17_what_is_kept_of_a_poll_has_no_secret_in_it(
    kind: str, name: str, home: Door, own_key: None, caplog: pytest.LogCaptureFixture
) -> None:
    def echo(request: web.Request) -> web.StreamResponse:
        said = f"<!-- {request.raw_path} {dict(request.headers)} -->"
        return web.Response(body=feed_answer().body + said.encode(), content_type="application/atom+xml")  # type: ignore[operator]

    home.answer = echo
    feed = followed(f"{home.url}/feed", knowing(f"{home.url}/feed", kind, name))
    with caplog.at_level("DEBUG"):
        assert asked_once(feed).outcome == "taken"

    raw = Body.objects.get().raw()
    packed = b64encode(f"{name}:{CANARY}".encode())
    assert b"/feed" in raw and CANARY.encode() not in raw and packed not in raw
    assert CANARY not in caplog.text
