"""Which items are one story, by address and by text."""

from __future__ import annotations

import pytest

from tests.news.makers import item
from wiredesk.news import match
from wiredesk.news.match import Candidate

LONG = "The swing bridge over the narrows will reopen on Monday eight months after a barge struck its pier and cut the old town off from the ferry port"


def candidate(headline: str, text: str, *by: str) -> Candidate:
    return Candidate(headline=headline, body=text, by=frozenset(by), is_same_source=False)


@pytest.mark.parametrize(
    "other",
    [
        "http://www.a.example/story/1/?utm_source=x&utm_medium=rss",
        "https://m.a.example/story/1#part",
        "https://a.example/story/1/amp",
        "https://a.example/story/1?fbclid=abc",
    ],
)
def test_one_page_has_one_canonical_address(other: str) -> None:
    assert match.canonical(other) == match.canonical("https://a.example/story/1")


def test_what_chooses_the_page_stays_in_its_address() -> None:
    assert match.canonical("https://a.example/?id=2&b=1") == match.canonical("https://a.example/?b=1&id=2")
    assert match.canonical("https://a.example/?id=2") != match.canonical("https://a.example/?id=3")


@pytest.mark.parametrize("url", ["", "https://a.example/", "ftp://a.example/x", "no address"])
def test_a_home_page_is_nobodys_own_address(url: str) -> None:
    assert match.canonical(url) == ""


def test_marks_are_made_of_guid_address_and_text() -> None:
    marks = match.marks(item(), LONG, source=3, is_own_link=True)

    assert [match.kind_of(mark) for mark in marks] == ["guid", "url", "text"]


def test_a_short_text_a_shared_address_and_no_guid_are_no_marks() -> None:
    assert match.marks(item(guid=""), "Watch live", source=3, is_own_link=False) == ()


def test_a_guid_is_only_its_sources() -> None:
    assert match.marks(item(url=""), "", source=1, is_own_link=True) != match.marks(
        item(url=""), "", source=2, is_own_link=True
    )


def test_the_same_text_is_one_story_whatever_its_headline() -> None:
    found = candidate("Another headline", "", "text")

    assert match.best(item(), LONG, [found]) is found


def test_the_same_address_needs_like_words() -> None:
    copy = item(headline="Bridge reopens")
    same, live = candidate("Bridge reopens at last", "", "url"), candidate("Storm tonight", "Gusts are expected", "url")

    assert match.best(copy, "", [live, same]) is same
    assert match.best(copy, "", [live]) is None
    assert match.best(item(headline=""), "", [live]) is None
