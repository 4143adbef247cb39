"""What an item says of its own rights only ever narrows what its source's licence allows."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from tests.news.makers import item, licence
from wiredesk.news.face import face
from wiredesk.news.item import Extra, Link, Rights
from wiredesk.news.licence import FIELDS, Extent, Indexing, Licence, Mining
from wiredesk.news.presets import PRESETS
from wiredesk.news.terms import LIMITS, UNCLEAR, least_told, narrowed, stated

CC = "https://creativecommons.org/licenses/"
RSL = "{https://rslstandard.org/rsl}"
ODRL = "{http://www.w3.org/ns/odrl/2/}"


def of(**statement: Any) -> tuple[str, ...]:
    """What one statement comes to."""
    return stated(item(rights=(Rights(**{"scope": "item", **statement}),)))


def extra(*said: tuple[str, dict[str, str], str]) -> tuple[str, ...]:
    """What elements that no format claims come to."""
    return stated(item(extra=tuple(Extra(qname=name, attributes=about, text=text) for name, about, text in said)))


def rsl(name: str, kind: str, text: str = "") -> tuple[str, dict[str, str], str]:
    return f"{RSL}{name}", {"type": kind}, text


def odrl(name: str, action: str = "") -> tuple[str, dict[str, str], str]:
    return f"{ODRL}{name}", {"name": action} if action else {}, ""


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"{CC}by/4.0/", ("by",)),
        (f"{CC}by-sa/3.0/deed.de", ("by",)),
        (f"{CC}by-nd/4.0/", ("by", "nd")),
        (f"{CC}BY-NC/2.0/", ("by", "nc")),
        (f"{CC}by-nc-sa/4.0/", ("by", "nc")),
        (f"{CC}by-nc-nd/4.0/", ("by", "nc", "nd")),
        ("http://creativecommons.org/licences/by/4.0", ("by",)),
        ("CC BY-NC-ND 4.0", ("by", "nc", "nd")),
        ("cc-by", ("by",)),
        ("https://creativecommons.org/publicdomain/zero/1.0/", ()),
        (f"{CC}sampling+/1.0/", (UNCLEAR,)),
        (f"{CC}nc/1.0/", (UNCLEAR,)),
        (f"{CC}by-xx/1.0/", (UNCLEAR,)),
        ("http://www.w3.org/ns/odrl/2/", (UNCLEAR,)),
        ("https://a.example/terms", ()),
        ("", ()),
    ],
)
def test_a_licence_address_takes_away_what_it_says(address: str, words: tuple[str, ...]) -> None:
    assert of(licence=address) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("NOT FOR\nREPUBLICATION", ("nothing",)),
        ("Photo use: NO ARCHIVE, no commercial use.", ("nc", "no-archive")),
        ("All rights reserved. (c) 2026 A Paper", ()),
        ("Republication is not forbidden", ()),
        ("no archivesque", ()),
    ],
)
def test_only_a_closed_list_of_phrases_is_interpreted(text: str, words: tuple[str, ...]) -> None:
    assert of(notice=text) == of(terms=text) == of(scope="feed", notice=text) == words


def test_what_is_said_of_a_picture_is_not_said_of_the_copy() -> None:
    assert of(scope="media", licence=f"{CC}by-nc/4.0/") == ()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([rsl("license", ""), rsl("permits", "usage", "all")], ()),
        ([rsl("permits", "usage", "search ai-all"), rsl("payment", "free")], ()),
        ([rsl("permits", "usage", "all"), rsl("payment", "free"), rsl("payment", "purchase")], ("no-mining",)),
        ([rsl("permits", "usage", "search")], ("no-mining",)),
        ([rsl("permits", "usage", "ai-train")], ("no-mining", "no-index")),
        ([rsl("permits", "user", "non-commercial, education")], ("nc", "no-mining")),
        ([rsl("permits", "user", "commercial personal")], ("no-mining",)),
        ([rsl("permits", "usage", "print")], (UNCLEAR, "no-mining")),
        ([rsl("permits", "geo", "US")], (UNCLEAR, "no-mining")),
        ([rsl("permits", "usage")], (UNCLEAR, "no-mining")),
        ([rsl("prohibits", "usage", "ai-train search")], ("no-mining", "no-index")),
        ([rsl("prohibits", "usage", "all")], ("nothing", "no-mining")),
        ([rsl("prohibits", "user", "commercial")], ("nc", "no-mining")),
        ([rsl("prohibits", "user", "education")], (UNCLEAR, "no-mining")),
        ([rsl("prohibits", "geo", "US")], (UNCLEAR, "no-mining")),
        ([("{urn:x}permits", {"type": "usage"}, "print")], ()),
    ],
)
def test_rsl_is_read_and_what_it_does_not_permit_machines_is_reserved(
    said: list[tuple[str, dict[str, str], str]], words: tuple[str, ...]
) -> None:
    assert set(extra(*said)) == set(words)


def test_a_link_to_rsl_terms_reserves_mining() -> None:
    links = (Link(rel="license", href="https://a.example/rsl.xml", type="application/rsl+xml"),)

    assert stated(item(links=links)) == ("no-mining",)
    assert face(item(links=links), base="https://a.example/").terms == ("no-mining",)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([odrl("permission"), odrl("action", "odrl:display")], ()),
        ([odrl("prohibition"), odrl("action", "http://www.w3.org/ns/odrl/2/derive")], ("nd",)),
        ([odrl("prohibition"), odrl("action", "odrl:textAndDataMine"), odrl("action", "index")], ("no-mining", "no-index")),
        ([odrl("prohibition"), odrl("action", "distribute"), odrl("permission"), odrl("action", "print")], ("no-passing",)),
        ([odrl("prohibition"), odrl("action", "display")], ("nothing",)),
        ([odrl("prohibition"), odrl("action", "present")], (UNCLEAR,)),
        ([odrl("prohibition"), odrl("constraint")], (UNCLEAR,)),
        ([odrl("prohibition")], (UNCLEAR,)),
        ([odrl("prohibition"), odrl("permission")], (UNCLEAR,)),
        ([odrl("permission"), odrl("action", "display"), odrl("constraint")], (UNCLEAR,)),
    ],
)  # fmt: skip
def test_odrl_takes_away_what_it_prohibits_and_nothing_is_shown_where_it_is_not_clear(
    said: list[tuple[str, dict[str, str], str]], words: tuple[str, ...]
) -> None:
    assert extra(*said) == words


def is_no_wider(narrow: Licence, wide: Licence, name: str) -> bool:
    """Whether one field grants no more than the same of another licence."""
    ours, theirs = getattr(narrow, name), getattr(wide, name)
    if isinstance(ours, tuple):
        return set(ours) <= set(theirs)
    if ours is None or isinstance(ours, str):
        return bool(ours == theirs)
    return theirs is None or ours <= theirs


@pytest.mark.parametrize("preset", PRESETS)
def test_no_statement_and_no_two_make_any_licence_wider(preset: str) -> None:
    terms = PRESETS[preset]

    for said in (*((word,) for word in LIMITS), *combinations(LIMITS, 2)):
        narrow = narrowed(terms, said)
        assert all(is_no_wider(narrow, terms, name) for name in FIELDS), said
        assert narrowed(narrow, said) == narrow


def test_what_is_narrowed_is_narrowed_as_far_as_it_says() -> None:
    terms = narrowed(licence(keep_days=30), ("nc", "no-archive", "no-index", "no-mining", "no-passing"))

    assert (terms.commercial, terms.keep_days, terms.indexing) == (False, 1, Indexing.NOINDEX)
    assert (terms.mining, terms.outlets, terms.republish) == (Mining.RESERVED, ("site", "email"), False)
    assert narrowed(licence(), ("no-archive",)).keep_days == 1
    assert narrowed(licence(), ()) == licence()


def test_a_word_that_is_not_known_takes_everything() -> None:
    assert narrowed(licence(), ("moon",)).extent is Extent.NOTHING


def test_machines_are_told_the_least_that_any_carrier_allows() -> None:
    others = [licence(mining=Mining.RESERVED), licence(indexing=Indexing.NOINDEX, extent=Extent.NOTHING)]
    told = least_told(licence(), others)

    assert (told.mining, told.indexing, told.extent) == (Mining.RESERVED, Indexing.NOINDEX, Extent.FULL)
    assert least_told(licence(), []) == licence()
