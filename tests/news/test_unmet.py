"""Terms that a story does not meet are told in words, and stop it as its source is set."""

from __future__ import annotations

from typing import Any

import pytest

from tests.news.makers import licence, story
from wiredesk.news import unmet
from wiredesk.news.licence import Editing, Extent, Images, Licence, Link, Notify, Pixel
from wiredesk.news.unmet import Strictness, Unmet

BODY = '<p>One.</p><figure><img src="https://a.example/1.jpg"></figure><video src="https://a.example/2.mp4"></video>'


def told(terms: Licence, *, today: int | None = 0, **fields: Any) -> list[str]:
    return [one.text for one in unmet.at_publish(story(licence=terms, **fields), terms, today=today)]


def test_terms_that_are_met_say_nothing() -> None:
    assert told(licence(), edited=("headline", "body"), url="", body=BODY) == []


@pytest.mark.parametrize(
    ("terms", "fields", "text"),
    [
        ({"daily": 2}, {"today": 2}, "The terms allow 2 stories a day; 2 went out today."),
        ({"daily": 1}, {"today": 3}, "The terms allow one story a day; 3 went out today."),
        ({"daily": 0}, {"today": 0}, "The terms allow no stories a day; 0 went out today."),
        ({"notify": Notify.BEFORE}, {}, "The source has to be told before this is used."),
        (
            {"headline_may_change": False},
            {"edited": ("headline",)},
            "The headline was changed, and the terms do not let it.",
        ),
        (
            {"editing": Editing.NONE},
            {"edited": ("headline", "byline", "body")},
            "The byline and body was edited, and the terms let nothing be changed.",
        ),
        ({"pixel": Pixel.REQUIRED}, {}, "The source's counter is missing: only headline and link are shown."),
        ({"images": Images.NONE}, {"body": BODY}, "2 pictures are not covered by the terms and left out."),
        (
            {"images": Images.CREDITED},
            {"body": '<img src="https://a.example/1.jpg">'},
            "1 picture is not covered by the terms and left out.",
        ),
        (
            {"link": Link.REQUIRED},
            {"url": ""},
            "A link to the original is asked for, and the copy names no address: the credit stands without one.",
        ),
    ],
)
def test_each_unmet_term_is_told_in_words(terms: dict[str, Any], fields: dict[str, Any], text: str) -> None:
    assert told(licence(**terms), **fields) == [text]


def test_a_page_with_headline_and_link_needs_no_counter_and_no_pictures() -> None:
    assert told(licence(extent=Extent.HEADLINE, pixel=Pixel.REQUIRED, images=Images.NONE), body=BODY) == []


def test_a_story_that_was_out_before_counts_for_no_day() -> None:
    assert told(licence(daily=0), today=None) == []


def test_by_itself_a_story_goes_out_only_within_the_days_volume_and_untold() -> None:
    assert unmet.at_intake(licence(daily=2), today=1) == ()
    assert [one.term for one in unmet.at_intake(licence(daily=2, notify=Notify.BEFORE), today=2)] == ["daily", "notify"]


def test_an_editor_may_insist_unless_the_source_is_set_to_block() -> None:
    found = (Unmet(term="daily", text="x"), Unmet(term="images", text="y", is_mended=True))

    assert unmet.stopping(found, Strictness.ASK) == found[:1]
    assert unmet.stopping(found, Strictness.ASK, is_asked=True) == ()
    assert unmet.stopping(found, Strictness.BLOCK, is_asked=True) == found
    assert unmet.stopping(found[1:], Strictness.ASK) == ()
