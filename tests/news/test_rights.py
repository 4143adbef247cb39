"""What may be shown: every state, licence, outlet and moment."""

from __future__ import annotations

import pytest

from tests.news.makers import NOON, at, licence, story
from wiredesk.news.licence import Extent, Licence, Selection
from wiredesk.news.presets import PRESETS
from wiredesk.news.rights import ends, leave, seen_after
from wiredesk.news.story import State
from wiredesk.news.surface import Surface


@pytest.mark.parametrize(
    ("state", "was_public", "public"),
    [
        (State.LIVE, True, "shown"),
        (State.HELD, True, "notice"),
        (State.HELD, False, "hidden"),
        (State.KILLED, True, "gone"),
        (State.KILLED, False, "hidden"),
        (State.WAITING, False, "hidden"),
    ],
)
def test_a_state_decides_what_readers_get(state: State, was_public: bool, public: str) -> None:
    row = story(state=state, went_out=NOON if was_public else None)

    assert leave(row, row.licence, Surface.PAGE, NOON).public == public


def test_a_licence_that_allows_nothing_hides_the_story() -> None:
    assert leave(story(), PRESETS["all-rights-reserved"], "site", NOON).public == "hidden"


def test_an_outlet_that_the_licence_does_not_name_gets_nothing() -> None:
    judged = leave(story(), licence(outlets=("site",)), Surface.FEEDS, NOON)

    assert (judged.public, judged.why) == ("hidden", ("The source's terms do not allow it on: feeds.",))


def test_an_embargo_hides_until_its_minute_and_not_longer() -> None:
    row = story(embargo=at(1))

    assert [leave(row, row.licence, Surface.PAGE, at(hours)).public for hours in (0, 0.99, 1)] == [
        "hidden",
        "hidden",
        "shown",
    ]


def test_an_embargo_without_a_time_is_opened_by_no_clock() -> None:
    assert leave(story(embargo_open=True), licence(), Surface.PAGE, at(10_000)).public == "hidden"


def test_a_licence_may_be_free_of_embargoes() -> None:
    row = story(embargo=at(1), embargo_open=True)

    assert leave(row, licence(obeys_embargo=False), Surface.PAGE, NOON).public == "shown"


def test_an_expired_story_is_gone() -> None:
    assert leave(story(expiry=at(1)), licence(), Surface.PAGE, at(1)).public == "gone"


def test_a_story_goes_when_the_days_of_its_licence_are_over() -> None:
    row, terms = story(expiry=at(1000)), licence(keep_days=2)

    assert ends(row, terms) == at(48)
    assert leave(row, terms, Surface.PAGE, at(48)).public == "gone"


def test_the_extent_is_the_licences_with_words_only_for_an_excerpt() -> None:
    judged = leave(story(), licence(extent=Extent.EXCERPT, words=9), Surface.PAGE, NOON)

    assert (judged.extent, judged.words, len(judged.why)) == (Extent.EXCERPT, 9, 1)
    assert leave(story(), licence(words=9), Surface.PAGE, NOON).words == 0


def test_an_excerpt_of_no_words_is_a_headline() -> None:
    assert leave(story(), licence(extent=Extent.EXCERPT), Surface.PAGE, NOON).extent is Extent.HEADLINE


def test_the_presets_that_publish_by_themselves_are_these() -> None:
    automatic = {name for name, terms in PRESETS.items() if terms.selection is Selection.AUTOMATIC}

    assert automatic == {
        "headline-and-link",
        "cc-by",
        "cc-by-sa",
        "cc0",
        "public-domain",
        "planet",
    }


@pytest.mark.parametrize(
    ("terms", "shown"),
    [
        (licence(keep_days=None), {-10_000, -25, -23}),
        (licence(keep_days=1), {-23}),
        (licence(outlets=()), set()),
        (licence(extent=Extent.NOTHING), set()),
    ],
)
def test_the_oldest_that_terms_show_is_the_oldest_that_is_judged_shown(terms: Licence, shown: set[int]) -> None:
    since = seen_after(terms, Surface.LIST, NOON)
    rows = {hours: story(first_seen=at(hours), licence=terms) for hours in (-10_000, -25, -23)}

    assert {hours for hours, row in rows.items() if leave(row, terms, Surface.LIST, NOON).public == "shown"} == shown
    assert {hours for hours, row in rows.items() if since and row.first_seen > since} == shown
