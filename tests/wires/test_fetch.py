"""Requests over real sockets: validators, packing, redirects, caps, deadlines, and where no request may go."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import json
import time
import zlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import brotli
import pytest
from backports import zstd

from tests import corpora
from tests.wires.origin import Origin, Reply
from wiredesk.wires import discover
from wiredesk.wires.fetch import Fetcher, FetchError, Request, Response
from wiredesk.wires.guard import Guard, Refused, is_public, own_addresses, target_of

LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
FEED = b"<rss version='2.0'><channel><title>T</title></channel></rss>"


def fetch(url: str, *, guard: Guard | None = None, total: float = 5, **fields: Any) -> Response:
    async def run() -> Response:
        async with Fetcher(
            guard or Guard(allow=(LOOPBACK,)), contact_url="https://desk.example/about", total=total
        ) as fetcher:
            return await fetcher.fetch(Request(url=url, **fields))

    return asyncio.run(run())


def failure(url: str, **fields: Any) -> FetchError:
    with pytest.raises(FetchError) as failed:
        fetch(url, **fields)
    return failed.value


def test_a_body_comes_with_what_is_known_of_it(origin: Origin) -> None:
    url = origin.serve(
        "/f",
        Reply(
            body=FEED,
            headers={
                "ETag": '"a"',
                "Last-Modified": "x",
                "Content-Type": "text/xml",
                "Cache-Control": "public, max-age=60",
            },
        ),
    )

    answer = fetch(url)

    assert (answer.status, answer.body, answer.etag, answer.last_modified) == (200, FEED, '"a"', "x")
    assert (answer.content_type, answer.max_age, answer.cut) == ("text/xml", timedelta(seconds=60), False)
    assert origin.asked[0][1]["user-agent"].endswith("(+https://desk.example/about)")
    assert "cookie" not in origin.asked[0][1]


def test_validators_are_sent_and_304_is_nothing_new(origin: Origin) -> None:
    url = origin.serve("/f", lambda headers: Reply(304 if headers.get("if-none-match") == '"a"' else 200))

    assert fetch(url, etag='"a"', last_modified="Mon, 02 Mar 2026 00:00:00 GMT").not_modified
    assert origin.asked[0][1]["if-modified-since"].startswith("Mon")


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(FEED, mtime=0)),
        ("deflate", zlib.compress(FEED)),
        ("deflate", zlib.compress(FEED)[2:-4]),
        ("br", brotli.compress(FEED)),
        ("zstd", zstd.compress(FEED)),
        ("identity", FEED),
    ],
    ids=["gzip", "deflate", "deflate-bare", "br", "zstd", "identity"],
)
def test_packed_bodies_are_unpacked(origin: Origin, encoding: str, packed: bytes) -> None:
    assert fetch(origin.serve("/f", Reply(body=packed, headers={"Content-Encoding": encoding}))).body == FEED


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_a_packed_body_that_breaks_off_is_cut(origin: Origin, encoding: str) -> None:
    packs = {"gzip": gzip.compress, "br": brotli.compress, "zstd": zstd.compress}
    packed = packs[encoding](bytes(range(256)) * 40)

    assert fetch(origin.serve("/f", Reply(body=packed[:-20], headers={"Content-Encoding": encoding}))).cut
    assert fetch(origin.serve("/g", Reply(body=b"\xffnot packed at all", headers={"Content-Encoding": encoding}))).cut


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)]
)
def test_s7_a_bomb_is_given_up_early(origin: Origin, encoding: str, pack: Any) -> None:
    bomb = pack(bytes(60 * 2**20))

    assert (
        failure(origin.serve("/bomb", Reply(body=bomb, headers={"Content-Encoding": encoding}))).outcome == "too-large"
    )


def test_s7_a_large_body_is_refused_packed_or_not(origin: Origin) -> None:
    assert "larger than 10 MB" in str(failure(origin.serve("/big", Reply(body=bytes(11 * 2**20)))))


@corpora.present
@pytest.mark.parametrize("name", ["bomb-gzip.gz", "bomb-gzip-double.gz"])
def test_s7_the_bombs_of_the_corpora_end_small(origin: Origin, name: str) -> None:
    url = origin.serve(
        "/b", Reply(body=(corpora.TRUST / "hostile-feeds" / name).read_bytes(), headers={"Content-Encoding": "gzip"})
    )
    try:
        assert len(fetch(url).body) < 10 * 2**20
    except FetchError as error:
        assert error.outcome == "too-large"


def test_f9_a_server_that_drips_meets_the_deadline(origin: Origin) -> None:
    assert failure(origin.serve("/slow", Reply(body=FEED, drip=0.2)), total=0.6).outcome == "timeout"


@pytest.mark.parametrize("cut", [0, 1, 30])
def test_f10_a_body_cut_short_says_so(origin: Origin, cut: int) -> None:
    answer = fetch(origin.serve("/f", Reply(body=FEED, cut=cut)))

    assert (answer.cut, FEED.startswith(answer.body)) == (True, True)


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_f8_refusals_are_told_in_words_with_the_time_to_wait(origin: Origin, status: int) -> None:
    error = failure(origin.serve("/f", Reply(status, headers={"Retry-After": "120"})))

    assert (error.status, error.retry_after) == (status, timedelta(seconds=120))
    assert str(error).endswith(".")


@pytest.mark.parametrize(
    ("value", "wait"), [("Mon, 02 Mar 2020 00:00:00 GMT", timedelta()), ("soon", None), ("999999", timedelta(days=1))]
)
def test_f8_a_strange_retry_after_harms_nothing(origin: Origin, value: str, wait: timedelta | None) -> None:
    assert failure(origin.serve("/f", Reply(503, headers={"Retry-After": value}))).retry_after == wait


def test_410_is_an_answer(origin: Origin) -> None:
    assert fetch(origin.serve("/f", Reply(410))).status == 410


def test_f12_redirects_are_followed_and_permanent_ones_told(origin: Origin) -> None:
    origin.serve("/new", Reply(body=FEED))
    moved = fetch(origin.serve("/old", Reply(301, headers={"Location": "/new"})))
    lent = fetch(origin.serve("/lent", Reply(302, headers={"Location": "/new"})))

    assert (moved.url, moved.permanent_url) == (origin.url + "/new", origin.url + "/new")
    assert (lent.url, lent.permanent_url) == (origin.url + "/new", "")


def test_f12_a_loop_of_redirects_ends(origin: Origin) -> None:
    assert failure(origin.serve("/loop", Reply(302, headers={"Location": "/loop"}))).outcome == "redirects"
    assert len(origin.asked) == 6


@pytest.mark.parametrize("there", ["http://127.0.0.2:1/", "http://[::1]/", "file:///etc/passwd", "http://localhost:1/"])
def test_s5_a_redirect_is_judged_again(origin: Origin, there: str) -> None:
    guard = Guard(allow=(ipaddress.ip_network("127.0.0.1/32"),), lookup=answers("127.0.0.3"))

    assert failure(origin.serve("/f", Reply(302, headers={"Location": there})), guard=guard).outcome == "refused"


def test_s5_without_an_open_network_nothing_of_our_own_is_reached(origin: Origin) -> None:
    url = origin.serve("/f", Reply(body=FEED))

    for address in (
        url,
        url.replace("127.0.0.1", "localhost"),
        url.replace("127.0.0.1", "0x7f.1"),
        url.replace("127.0.0.1", "2130706433"),
    ):
        assert failure(address, guard=Guard()).outcome == "refused"
    assert origin.asked == []


def answers(*addresses: str) -> Any:
    """A name service that gives these answers, one a question, the last one for ever."""
    left = list(addresses)

    async def lookup(host: str) -> Sequence[str]:
        return [left.pop(0) if len(left) > 1 else left[0]]

    return lookup


def test_s5_a_name_that_changes_its_mind_is_asked_once(origin: Origin) -> None:
    url = origin.serve("/f", Reply(body=FEED)).replace("127.0.0.1", "rebind.example")
    guard = Guard(allow=(ipaddress.ip_network("127.0.0.1/32"),), lookup=answers("127.0.0.1", "127.0.0.9"))

    assert fetch(url, guard=guard).body == FEED


def test_s5_one_bad_answer_refuses_the_whole_name() -> None:
    async def lookup(host: str) -> Sequence[str]:
        return ["93.184.216.34", "10.0.0.1"]

    assert failure("http://mixed.example/", guard=Guard(lookup=lookup)).outcome == "refused"


def test_s5_our_own_public_address_is_refused() -> None:
    own = frozenset((ipaddress.ip_address("93.184.216.34"),))

    assert failure("http://93.184.216.34/", guard=Guard(own=lambda: own)).outcome == "refused"
    assert ipaddress.ip_address("127.0.0.1") in own_addresses()


def test_a_closed_port_and_an_unknown_host_look_alike() -> None:
    async def lookup(host: str) -> Sequence[str]:
        return []

    assert str(failure("http://127.0.0.1:1/")) == "The server cannot be reached."
    assert failure("http://nowhere.example/", guard=Guard(lookup=lookup)).outcome == "refused"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://a.example/",
        "http://u:p@a.example/",
        "http://a.example:99999/",
        "http://a b/",
        "http:///x",
        "http://a..b/",
        "http://[::1",
        "http://ex\u200bample..x/",
        "x" * 5000,
    ],
)
def test_a_malformed_address_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        target_of(url)


def test_ports_that_feeds_are_not_on_are_not_asked() -> None:
    assert "Port 22" in str(failure("http://93.184.216.34:22/", guard=Guard(own=frozenset)))


CASES = (
    json.loads((corpora.TRUST / "ssrf.json").read_text())
    if (corpora.TRUST / "ssrf.json").exists()
    else {"cases": [], "zone": {}}
)


@corpora.present
@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["id"])
def test_s5_the_table_of_addresses(case: dict[str, str]) -> None:
    """Every case that needs no redirecting server: the address itself, or what its name is answered with."""
    if "redir" in case["url"] or "/loop" in case["url"]:
        pytest.skip("needs the redirecting server of the laboratory; redirects have rows of their own above")
    try:
        target = target_of(case["url"])
        zone = CASES["zone"].get(target.host, {})
        found = [target.literal] if target.literal else [ipaddress.ip_address(one) for one in addresses_of(zone)]
        allowed = bool(found) and all(is_public(one) for one in found if one) and target.port in (80, 443, 8080, 8443)
    except Refused:
        allowed = False
    if case["must"] == "block" and target_is_own(case):
        pytest.skip("the address is refused as our own, which the laboratory's machine has")
    assert allowed == (case["must"] == "allow")


def addresses_of(zone: Any) -> list[str]:
    if isinstance(zone, dict):
        zone = [one for value in zone.values() for one in (value if isinstance(value, list) else [value])]
    flat = [one for value in zone for one in (value if isinstance(value, list) else [value])]
    return [one for one in flat if isinstance(one, str) and (":" in one or one.replace(".", "").isdigit())]


def target_is_own(case: dict[str, str]) -> bool:
    return "own" in case["why"].lower() or "interface" in case["why"].lower()


PAGE = b"""<html><head><base href="/b/"><link rel="alternate" type="application/atom+xml" title="News" href="feed">
<link rel=alternate type="text/css" href=x></head><body><a href="/rss.xml">Our RSS</a><a href="mailto:x">m</a></body></html>"""


def found(url: str) -> list[tuple[str, str]]:
    async def run() -> list[tuple[str, str]]:
        async with Fetcher(Guard(allow=(LOOPBACK,)), contact_url="x") as fetcher:
            return [(one.url, one.title) for one in await discover.discover(fetcher, url)]

    return asyncio.run(run())


def test_a_feed_is_itself_and_a_page_names_its_feeds(origin: Origin) -> None:
    assert found(origin.serve("/f", Reply(body=FEED))) == [(origin.url + "/f", "T")]
    assert found(origin.serve("/", Reply(body=PAGE))) == [
        (origin.url + "/b/feed", "News"),
        (origin.url + "/rss.xml", "Our RSS"),
    ]


def test_a_page_that_names_none_is_asked_where_feeds_usually_are(origin: Origin) -> None:
    url = origin.serve("/", Reply(body=b"<html><p>Nothing"))
    with pytest.raises(FetchError, match="No feed was found"):
        found(url)
    origin.serve("/atom.xml", Reply(body=FEED))
    assert found(url) == [(origin.url + "/atom.xml", "T")]
    assert discover.named_in(b"\x1f\x8b", "") == [] == discover.named_in(b"", "")
    with pytest.raises(FetchError):
        found(origin.serve("/gone", Reply(410)))


H_FEED = b"<html>%s<title>Notes</title><body><a href=/rss.xml>RSS</a><p class=h-entry>Ferry sails</p></html>"


def test_a_page_that_is_a_feed_itself_comes_after_those_it_names(origin: Origin) -> None:
    link = b"<link rel=alternate type=application/rss+xml href=/feed>"

    assert found(origin.serve("/notes", Reply(body=H_FEED % b""))) == [(origin.url + "/notes", "Notes")]
    assert found(origin.serve("/both", Reply(body=H_FEED % link))) == [
        (origin.url + "/feed", ""),
        (origin.url + "/both", "Notes"),
    ]


def test_a_page_where_a_feed_usually_is_is_no_feed_for_another(origin: Origin) -> None:
    url = origin.serve("/", Reply(body=b"<html><p>Nothing"))
    origin.serve("/feed", Reply(body=H_FEED % b""))

    with pytest.raises(FetchError, match="No feed was found"):
        found(url)


def test_a_sitemap_index_says_that_it_points_to_others(origin: Origin) -> None:
    index = b"<sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>"

    with pytest.raises(FetchError, match=r"a sitemap index: it holds no items but points to 1 other sitemaps"):
        found(origin.serve("/sitemap.xml", Reply(body=index)))


def test_a_page_with_a_tag_of_many_attributes_is_looked_through_in_time() -> None:
    page = b"<html><p %s><a href=/rss.xml>RSS</a>" % b" ".join(b"a%d=1" % n for n in range(200_000))
    before = time.process_time()

    assert [one.url for one in discover.named_in(page, "https://l.example/")] == ["https://l.example/rss.xml"]
    assert time.process_time() - before < 5
