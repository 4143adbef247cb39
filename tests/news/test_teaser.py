"""Which copy wants its page's text, when, and how that is laid over it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.news.makers import NOON, item
from tests.news.pagemakers import COPY, FIRST
from wiredesk.news import provenance, teaser
from wiredesk.news.face import Face, face
from wiredesk.news.item import Item
from wiredesk.news.presets import PRESETS
from wiredesk.news.teaser import LOOKS, PageText

FULL, HEADLINE = PRESETS["cc-by"], PRESETS["headline-and-link"]
BODY = "".join(f"<p>{text}</p>" for text in COPY)
LONG = f"<p>{' '.join(['word'] * 300)}.</p>"


def made(copy: Item) -> Face:
    return face(copy, base="https://a.example/")


def short(**fields: Any) -> Item:
    return item(
        **{"body": f"<p>{FIRST}</p>", "body_kind": "unknown", "summary": "", "byline": "", "authors": (), **fields}
    )


@pytest.mark.parametrize(
    ("fields", "is_one"),
    [
        ({}, True),
        ({"body_kind": "excerpt", "body": LONG}, True),
        ({"body_kind": "full"}, False),
        ({"body_kind": "full", "body": "<p>It sailed and…</p>"}, True),
        ({"body_kind": "full", "body": ""}, True),
        ({"body": LONG}, False),
    ],
    ids=["short", "excerpt", "full", "full but cut", "nothing", "long"],
)
def test_teasers_are_told_by_what_the_feed_says_and_how_long_it_is(fields: dict[str, Any], is_one: bool) -> None:
    copy = short(**fields)

    assert teaser.is_teaser(copy, made(copy)) is is_one
    assert (teaser.no_look(copy, made(copy), FULL) == "") is is_one


@pytest.mark.parametrize(
    ("fields", "licence", "reason"),
    [
        ({}, HEADLINE, "terms"),
        ({"status": "canceled"}, FULL, "not to be used"),
        ({"url": ""}, FULL, "no page"),
        ({"url": "ftp://a.example/1"}, FULL, "no page"),
    ],
)
def test_pages_that_are_not_to_be_read(fields: dict[str, Any], licence: Any, reason: str) -> None:
    copy = short(**fields)

    assert reason in teaser.no_look(copy, made(copy), licence)


def test_a_page_is_looked_at_again_less_and_less_often() -> None:
    moments = [teaser.next_look(NOON, looks) for looks in range(len(LOOKS) + 1)]

    assert [moment and moment - NOON for moment in moments] == [
        timedelta(0), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12), timedelta(days=3), None,
    ]  # fmt: skip


def test_the_text_of_the_page_takes_the_place_of_the_teaser() -> None:
    copy = short()
    page = PageText(body=BODY, byline="Ines Calder", published=NOON, sources={"byline": "JSON-LD"})

    whole = teaser.laid_over(replace(made(copy), published=None), page)
    traced = teaser.traced(copy, replace(made(copy), published=None), whole, page)

    assert (whole.body, whole.copy, whole.byline, whole.published) == (BODY, "\n".join(COPY), "Ines Calder", NOON)
    assert whole.headline == made(copy).headline
    assert traced.origin["body"].path == "from the page (extractor)"
    assert traced.origin["byline"].path == "from the page (JSON-LD)"
    assert provenance.words_hash(whole.body) == provenance.words_hash(BODY)


def test_what_the_feed_gives_goes_before_the_page() -> None:
    copy = short(byline="Omar Said")

    assert teaser.laid_over(made(copy), PageText(body=BODY, byline="Ines Calder")).byline == "Omar Said"
    assert "byline" not in teaser.traced(copy, made(copy), made(copy), PageText(body=BODY)).origin


def test_a_teaser_that_only_begins_the_text_is_not_said_twice() -> None:
    copy = short(body="", summary=f"<p>{FIRST[:40]}…</p>", body_kind="excerpt")

    assert teaser.laid_over(made(copy), PageText(body=BODY)).standfirst == ""
    other = short(body="", summary="<p>What happened to the ferry.</p>", body_kind="excerpt")
    assert teaser.laid_over(made(other), PageText(body=BODY)).standfirst == "<p>What happened to the ferry.</p>"


def test_a_feed_that_has_the_whole_text_by_now_needs_no_page() -> None:
    copy = short(body=BODY)

    assert teaser.laid_over(made(copy), PageText(body=BODY)) == made(copy)


@pytest.mark.parametrize(("text", "is_other"), [("\n".join(COPY), False), ("We use cookies. Accept all?", True)])
def test_a_page_without_the_words_of_its_teaser_is_another_one(text: str, is_other: bool) -> None:
    assert teaser.is_other(made(short()), text) is is_other
    assert not teaser.is_other(made(short(body="")), "")
