"""The sentences that Wiredesk says can be put in another language, and cannot be broken by it."""

from __future__ import annotations

import pytest

from tests.news.makers import NOON, licence, story
from wiredesk.news import credit
from wiredesk.news.errors import NewsError
from wiredesk.news.licence import Extent
from wiredesk.news.phrasebook import ENGLISH, date, phrasebook, said
from wiredesk.news.rights import leave
from wiredesk.news.story import Correction, Story
from wiredesk.news.surface import Surface

GERMAN = {
    "via": " über ",
    "and": " und ",
    "feed": "dem Feed „{feed}“",
    "edited": "Diese Meldung stammt aus {feed} von {source}; {site} hat {fields} bearbeitet.",
    "excerpt": "Gezeigt werden die ersten {words} Wörter.",
    "corrected": "Zuletzt berichtigt von {by} am {date}.",
    "field-headline": "die Überschrift",
    "field-body": "den Text",
    "date": "{day}. {month} {year}",
    "months": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}


def disclosed(row: Story) -> str:
    judged = leave(row, row.licence, Surface.PAGE, NOON)
    return credit.disclosure(row, judged, site="Hier", phrases=phrasebook(GERMAN))


def test_the_disclosure_is_said_in_the_words_of_the_phrasebook() -> None:
    row = story(
        edited=("headline", "body"),
        licence=licence(extent=Extent.EXCERPT, words=5),
        corrections=(Correction(at=NOON, text="x"),),
    )

    assert disclosed(row) == (
        "Diese Meldung stammt aus dem Feed „Lantern Wire“ von Lantern; Hier hat die Überschrift und den Text bearbeitet. "
        "Gezeigt werden die ersten 5 Wörter. Zuletzt berichtigt von Lantern am 2. März 2026."
    )
    assert credit.line(story(credit=("Coast Agency",)), phrasebook(GERMAN)) == "Coast Agency über Lantern"


def test_what_is_left_out_stays_english() -> None:
    assert "has not been edited by Hier" in disclosed(story())
    assert date(ENGLISH, NOON) == "2 March 2026"


def test_what_is_filled_in_is_never_read_as_a_place() -> None:
    assert said(ENGLISH, "feed", feed="{source} {site}") == "the feed “{source} {site}”"


@pytest.mark.parametrize(
    ("phrases", "why"),
    [
        ({"farewell": "x"}, "unknown phrase 'farewell'"),
        ({"via": 3}, "is a text of at most 400"),
        ({"via": "x" * 401}, "is a text of at most 400"),
        ({"feed": "{feed} {editor}"}, "may have the places feed"),
        ({"via": "{0}"}, "may have the places none"),
        ({"feed": "{feed!r}"}, "may have the places feed"),
        ({"months": "one two"}, "twelve words"),
    ],
)
def test_phrases_that_cannot_be_used_are_refused_with_the_reason(phrases: dict[str, object], why: str) -> None:
    with pytest.raises(NewsError, match=why):
        phrasebook(phrases)
