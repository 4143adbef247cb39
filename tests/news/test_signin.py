"""Which request carries a secret, how, and where it must not be left standing."""

from __future__ import annotations

from base64 import b64decode

import pytest

from wiredesk.news.errors import NewsError
from wiredesk.news.signin import Credentials, Kind, checked, origin_of

SECRET = "Zaunkönig & Söhne+9"
FEED = "https://wire.example/feed?lang=en"


def signin(kind: str, name: str = "", told: str = "t0psecret-token", url: str = FEED, **more: bool) -> Credentials:
    return checked(kind, name, told, url=url, **more)


def test_basic_is_a_name_and_password_in_utf_8() -> None:
    made = signin("basic", "küste", SECRET)
    kind, _, packed = made.headers()["Authorization"].partition(" ")

    assert (kind, b64decode(packed).decode()) == ("Basic", f"küste:{SECRET}")
    assert made.address(FEED) == FEED


def test_bearer_and_header_stand_in_the_head_of_a_request() -> None:
    assert signin("bearer").headers() == {"Authorization": "Bearer t0psecret-token"}
    assert signin("header", "X-Api-Key", "two words").headers() == {"X-Api-Key": "two words"}


def test_a_query_key_stands_in_the_address_that_is_asked_and_in_no_other() -> None:
    made = signin("query", "api key", SECRET)

    asked = made.address(FEED)
    assert asked == "https://wire.example/feed?lang=en&api%20key=Zaunk%C3%B6nig%20%26%20S%C3%B6hne%2B9"
    assert made.headers() == {}
    assert made.without(asked) == FEED
    assert made.without(f"{FEED}&api+key=Zaunk%C3%B6nig+%26+S%C3%B6hne%2B9&x=1") == f"{FEED}&x=1"
    assert signin("query", "key", url="https://wire.example/").address("https://wire.example/f") == (
        "https://wire.example/f?key=t0psecret-token"
    )


def test_an_address_that_a_server_made_of_the_secret_is_of_no_use() -> None:
    made = signin("query", "key")

    assert made.without("https://other.example/?was=t0psecret-token&a=1") == "https://other.example/?a=1"
    assert made.without("https://other.example/t0psecret-token/feed") == ""
    assert made.without("https://other.example/t0psecret%2Dtoken/feed") == ""
    assert signin("bearer").without("https://other.example/?t=t0psecret-token") == ""
    assert signin("bearer", told="news").without("https://other.example/news") == "https://other.example/news"


def test_what_a_server_says_back_is_overwritten() -> None:
    made = signin("query", "key", "a&b c/d-secret")

    body = b"<link href='/f?key=a%26b%20c%2Fd-secret'/><i>a&amp;b c/d-secret</i> a&b c/d-secret a%26b+c%2Fd-secret"
    assert made.hidden(body) == b"<link href='/f?key=removed'/><i>removed</i> removed removed"
    assert signin("basic", "ines", "long-enough").hidden(b"aW5lczpsb25nLWVub3VnaA==") == b"removed"


def test_a_short_secret_is_overwritten_only_where_it_is_the_key() -> None:
    body = b"<a href='/f?key=news&amp;x'>news</a> ?key=newspaper"

    assert signin("query", "key", "news").hidden(body) == b"<a href='/f?key=removed&amp;x'>news</a> ?key=newspaper"
    assert signin("query", "key", "1").without("https://wire.example/f?page=1&key=1") == "https://wire.example/f?page=1"
    assert signin("bearer", told="news").hidden(body) == body


def test_a_secret_is_in_no_text_that_a_value_gives_of_itself() -> None:
    assert "t0psecret" not in repr(signin("bearer")) + str(signin("query", "key"))


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Wire.example/x", "https://wire.example:443"),
        ("http://wire.example:8080/x", "http://wire.example:8080"),
        ("http://[::1]/", "http://[::1]:80"),
        ("imaps://mail.example", "imaps://mail.example:993"),
        ("https://wire.example:99999/", ""),
        ("/srv/wire", ""),
        ("odd://host/", ""),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    "url",
    [
        "http://wire.example/feed",
        "https://wire.example:8443/feed",
        "https://other.example/feed",
        "https://wire.example.evil.example/",
    ],
)
def test_a_secret_is_for_its_own_origin(url: str) -> None:
    assert signin("bearer").is_for("https://WIRE.example:443/other")
    assert not signin("bearer").is_for(url)


def test_a_secret_travels_packed_or_inside_the_machine_or_as_the_operator_said() -> None:
    plain = "http://wire.example/feed"

    assert signin("bearer").may_go(is_loopback=False)
    assert not signin("bearer", url=plain).may_go(is_loopback=False)
    assert signin("bearer", url=plain).may_go(is_loopback=True)
    assert signin("bearer", url=plain, over_http=True).may_go(is_loopback=False)


@pytest.mark.parametrize(
    ("kind", "name", "secret", "url"),
    [
        ("digest", "ines", "x", FEED),
        ("basic", "", "x", FEED),
        ("basic", "in:es", "x", FEED),
        ("basic", "in\nes", "x", FEED),
        ("basic", "x" * 300, "x", FEED),
        ("basic", "ines", "", FEED),
        ("basic", "ines", "x" * 3000, FEED),
        ("basic", "ines", "a\r\nHost: evil", FEED),
        ("bearer", "ines", "x", FEED),
        ("bearer", "", "two words", FEED),
        ("bearer", "", "ü", FEED),
        ("header", "", "x", FEED),
        ("header", "X Key", "x", FEED),
        ("header", "Host", "x", FEED),
        ("header", "Content-Length", "x", FEED),
        ("header", "X-Key", "ends in a blank ", FEED),
        ("query", "", "x", FEED),
        ("query", "lang", "x", FEED),
        ("bearer", "", "t0psecret", "https://wire.example/t0psecret/feed"),
        ("query", "key", "x", "/srv/wire"),
    ],
)
def test_a_sign_in_that_cannot_be_is_refused_and_not_repeated(kind: str, name: str, secret: str, url: str) -> None:
    with pytest.raises(NewsError) as refused:
        checked(kind, name, secret, url=url)

    assert secret not in str(refused.value) or len(secret) < 2
    assert "evil" not in str(refused.value)


def test_there_is_a_header_or_a_key_for_every_kind() -> None:
    assert all(signin(kind, "" if kind == "bearer" else "name").headers() or kind is Kind.QUERY for kind in Kind)
