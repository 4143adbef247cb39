"""Stories about the same event, by their headlines and leads."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.news.copytexts import OTHER, STORY
from wiredesk.news import related

COPY = {
    "bridge": ("Harrow Bay bridge reopens", STORY),
    "reaction": ("Band plays as Harrow Bay bridge reopens", OTHER),
    "herring": ("Herring quota cut again", "Fishermen will be allowed to land a third less herring this spring."),
    "chess": ("Orme wins chess title", "Grandmaster Tilda Orme took the national title with a draw in the last round."),
    "rain": ("More rain on the way", "A front will bring heavy showers to the coast and the hills by Wednesday night."),
}
TERMS = {name: related.terms(*copy) for name, copy in COPY.items()}
FREQUENCIES = Counter(term for terms in TERMS.values() for term in terms)
VECTORS = {name: related.vector(terms, FREQUENCIES, stories=len(TERMS)) for name, terms in TERMS.items()}


def test_a_story_of_the_same_event_is_related_and_others_are_not() -> None:
    found = related.rank(VECTORS["bridge"], [pair for pair in VECTORS.items() if pair[0] != "bridge"])

    assert [one.key for one in found] == ["reaction"]
    assert related.THRESHOLD <= found[0].score < 1


def test_the_likest_comes_first_and_no_more_than_are_shown() -> None:
    found = related.rank(VECTORS["bridge"], [*VECTORS.items(), *(("again", VECTORS["bridge"]) for _ in range(20))])

    assert found[0].score == pytest.approx(1)
    assert len(found) == related.MOST


def test_a_word_of_the_headline_counts_twice() -> None:
    assert related.terms("Bridge", "A bridge.") == {"bridge": 3, "a": 1}


def test_only_the_lead_is_read_and_not_the_dateline() -> None:
    terms = related.terms("", f"HARROW BAY (Lantern) - {'bridge ' * 500}")

    assert terms == {"bridge": related.LEAD}


def test_nothing_is_related_to_nothing() -> None:
    nothing = related.vector({}, {}, stories=0)

    assert nothing == {}
    assert related.rank(nothing, VECTORS.items()) == []
    assert related.telling(nothing) == []


def test_stories_are_looked_up_by_their_rarest_words() -> None:
    telling = related.telling(VECTORS["bridge"])

    assert "the" not in telling
    assert set(telling) & set(VECTORS["reaction"])


def test_a_word_that_no_story_has_had_is_the_rarest() -> None:
    vector = related.vector({"bridge": 1, "orme": 1}, {"bridge": 5}, stories=5)

    assert vector["orme"] > vector["bridge"] > 0
