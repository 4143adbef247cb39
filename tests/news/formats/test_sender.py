"""Whose mail is taken: the From line, and what a named server says of it."""

from __future__ import annotations

import pytest

from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading import sender
from wiredesk.news.formats.reading.sender import Wanted

AGENCY = Wanted(senders=("wire@coast.example", "lantern.example"))
CHECKED = Wanted(senders=("wire@coast.example", "news.coast.example"), authserv_id="MX.Paper.example")


def taken(head: str, wanted: Wanted = AGENCY) -> bool:
    return sender.judge(head.encode(), wanted).is_taken


@pytest.mark.parametrize(
    "line",
    [
        "wire@coast.example",
        "WIRE@Coast.Example",
        "<wire@coast.example>",
        "Coast Agency <wire@coast.example>",
        '"Coast, the \\"Agency\\"" <wire@coast.example>',
        '"evil@else.example" <wire@coast.example>',
        "=?utf-8?q?Coast=40Agency?= <wire@coast.example>",
        "Coast\n Agency\n <wire@coast.example>",
        "anybody@lantern.example",
    ],
)
def test_a_listed_address_or_domain_is_taken(line: str) -> None:
    assert taken(f"From: {line}\n\n")


@pytest.mark.parametrize(
    "line",
    [
        "wire@coast.example.evil.example",
        "xwire@coast.example",
        "wire@sub.coast.example",
        "a@sub.lantern.example",
        "wire@coast.example <evil@else.example>",
        "wire@coast.example, evil@else.example",
        "evil@else.example, wire@coast.example",
        "<evil@else.example> <wire@coast.example>",
        "wire@coast.example@else.example",
        "<wire@coast.example>@else.example",
        "group: wire@coast.example;",
        "(wire@coast.example) evil@else.example",
        '"wire@coast.example',
        "wire",
        "",
    ],
)
def test_what_is_not_the_listed_address_and_nothing_else_is_left(line: str) -> None:
    assert not taken(f"From: {line}\n\n")


def test_two_from_lines_or_none_are_left() -> None:
    assert not taken("From: wire@coast.example\nFrom: wire@coast.example\n\n")
    assert not taken("Sender: wire@coast.example\n\n")


def test_why_a_message_was_left_is_said() -> None:
    assert sender.judge(b"From: a@else.example\n\n", AGENCY).why == "its sender is not listed"
    assert sender.judge(b"From: a\n\n", AGENCY).why.startswith("its From line")
    assert sender.judge(b"X: 1\n" * 2_000, AGENCY).why == "it is a mail with more than 1000 header fields"


@pytest.mark.parametrize(
    "results",
    [
        "mx.paper.example; dmarc=pass header.from=coast.example",
        "mx.paper.example 1; spf=fail; dkim=pass (2048-bit key) header.d=coast.example header.s=x",
        'mx.paper.example; dkim=fail header.d=other.example; dkim=pass header.d="coast.example"',
        "mx.paper.example; dkim=pass header.i=@coast.example",
        "MX.PAPER.EXAMPLE;\n dkim/1 = pass\n header.d=Coast.Example;",
    ],
)
def test_what_the_named_server_vouches_for_is_taken(results: str) -> None:
    assert taken(f"Authentication-Results: {results}\nFrom: wire@coast.example\n\n", CHECKED)


@pytest.mark.parametrize(
    "results",
    [
        "mx.evil.example; dmarc=pass header.from=coast.example",
        "mx.paper.example; none",
        "mx.paper.example; spf=pass smtp.mailfrom=coast.example",
        "mx.paper.example; dkim=pass header.d=evil.example",
        "mx.paper.example; dkim=pass header.d=example",
        "mx.paper.example; dkim=pass header.d=notcoast.example",
        "mx.paper.example; dkim=pass",
        "mx.paper.example; dkim=fail header.d=coast.example",
        "mx.paper.example; dkim=pass header.d=coast.example; dmarc=fail header.from=coast.example",
        "mx.paper.example; dmarc=pass header.from=evil.example",
        "mx.paper.example; (dkim=pass header.d=coast.example)",
        "x (mx.paper.example); dkim=pass header.d=coast.example",
        "mx.paper.example.evil.example; dkim=pass header.d=coast.example",
        "",
    ],
)
def test_what_it_does_not_vouch_for_is_left(results: str) -> None:
    assert not taken(f"Authentication-Results: {results}\nFrom: wire@coast.example\n\n", CHECKED)


def test_a_signature_of_the_domain_above_vouches_and_one_below_does_not() -> None:
    above = "Authentication-Results: mx.paper.example; dkim=pass header.d=coast.example\nFrom: a@news.coast.example\n\n"
    below = (
        "Authentication-Results: mx.paper.example; dkim=pass header.d=news.coast.example\nFrom: wire@coast.example\n\n"
    )

    assert [taken(above, CHECKED), taken(below, CHECKED)] == [True, False]


def test_results_that_came_with_the_message_do_not_count() -> None:
    own = "Authentication-Results: mx.paper.example; dkim=none\n"
    more = "Authentication-Results: mx.paper.example; dkim=pass header.d=coast.example\n"
    author = "From: wire@coast.example\n\n"

    assert taken(f"{own}{more}Received: x\n{author}", CHECKED)
    assert not taken(f"{own}Received: x\n{more}{author}", CHECKED)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        (" Wire@Coast.Example ", "wire@coast.example"),
        ("coast.example", "coast.example"),
        ("@coast.example", "coast.example"),
        ("wire@k\xfcste.example", "wire@xn--kste-0ra.example"),
    ],
)
def test_a_sender_is_listed_in_one_form(typed: str, means: str) -> None:
    assert sender.listed(typed) == means


@pytest.mark.parametrize(
    "typed", ["", "wire", "wire@", "@", "a b@c.example", "*.example", "\xfc" * 80 + ".example", "a@b@c.example"]
)
def test_what_is_no_sender_is_said(typed: str) -> None:
    with pytest.raises(NewsError, match="A sender is an address"):
        sender.listed(typed)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('"Coast \\"A\\"" <a@b.example>', 'Coast "A"'),
        ("=?utf-8?q?K=C3=BCste?= <a@b.example>", "K\xfcste"),
        ("a@b.example", ""),
        ("nonsense <", ""),
    ],
)
def test_the_name_before_an_address_is_read(line: str, name: str) -> None:
    assert sender.display_name(line) == name
