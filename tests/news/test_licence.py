"""Terms as data: what a file or a row says, what it does not say, and what the presets promise."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from wiredesk.news.errors import NewsError
from wiredesk.news.licence import (
    CHOICES,
    CODES,
    FIELDS,
    FLAGS,
    LISTS,
    NUMBERS,
    TEXTS,
    Editing,
    Extent,
    Images,
    Indexing,
    Licence,
    Link,
    Mining,
    Pixel,
    Selection,
    known,
)
from wiredesk.news.licence_file import licence_from, terms_of
from wiredesk.news.presets import PRESETS


def kept(**changes: Any) -> dict[str, Any]:
    """A licence as its row keeps it."""
    widest = PRESETS["public-domain"]
    return {**{name: getattr(widest, name) for name in FIELDS}, **changes}


def test_every_field_of_a_licence_is_a_choice_a_list_codes_a_number_a_flag_or_a_text() -> None:
    kinds = [*CHOICES, *LISTS, *CODES, *NUMBERS, *FLAGS, *TEXTS, "name"]

    assert sorted(kinds) == sorted(FIELDS)


def test_a_file_that_says_nothing_grants_nothing() -> None:
    terms = licence_from({}, "partner")

    assert terms == Licence(name="partner", title="partner")
    assert (terms.extent, terms.selection, terms.outlets) == (Extent.NOTHING, Selection.HUMAN, ())
    assert (terms.editing, terms.images, terms.indexing) == (Editing.NONE, Images.NONE, Indexing.NOINDEX)
    assert (terms.mining, terms.link, terms.obeys_embargo) == (Mining.RESERVED, Link.REQUIRED, True)
    assert not (terms.republish or terms.commercial or terms.comments or terms.headline_may_change)


def test_a_licence_file_is_read_by_name_and_its_texts_are_trimmed() -> None:
    terms = licence_from({"extent": "excerpt", "words": 60, "keep_days": 30, "url": " https://t.example "}, "partner")

    assert (terms.extent, terms.words, terms.keep_days, terms.url) == (Extent.EXCERPT, 60, 30, "https://t.example")
    assert licence_from({"name": "other", "title": "  "}, "partner").title == "partner"


def test_lists_of_a_licence_file_come_in_a_fixed_order_and_codes_in_one_case() -> None:
    said = {"outlets": ["feeds", "site"], "territories": ["at", "DE", "AT"], "languages": ["pt-BR"]}
    terms = licence_from({**said, "indexing": "news-noindex", "selection": "automatic", "obeys_embargo": False}, "x")

    assert (terms.outlets, terms.territories, terms.languages) == (("site", "feeds"), ("AT", "DE"), ("pt-br",))
    assert (terms.indexing, terms.selection, terms.obeys_embargo) == (
        Indexing.NEWS_NOINDEX,
        Selection.AUTOMATIC,
        False,
    )


@pytest.mark.parametrize(
    "terms",
    [
        {"extent": "some"},
        {"selection": "robot"},
        {"indexing": 3},
        {"words": -1},
        {"words": True},
        {"words": "9"},
        {"keep_days": 10**9},
        {"daily": 1.5},
        {"obeys_embargo": "yes"},
        {"commercial": 1},
        {"outlets": "site"},
        {"outlets": ["everywhere"]},
        {"link_rel": ["me"]},
        {"territories": "DE"},
        {"territories": ["Germany"]},
        {"languages": ["german language"]},
        {"languages": ["de"] * 301},
        {"credit": 5},
        {"colour": "red"},
    ],
)
def test_a_licence_file_with_a_mistake_is_refused_with_the_key_that_is_wrong(terms: dict[str, object]) -> None:
    with pytest.raises(NewsError, match=next(iter(terms))):
        licence_from(terms, "partner")


def test_a_row_gives_the_licence_that_it_keeps() -> None:
    assert known(kept(outlets=list(PRESETS["public-domain"].outlets), territories=[])) == PRESETS["public-domain"]


@pytest.mark.parametrize("name", CHOICES)
def test_what_a_row_does_not_know_is_the_most_restrictive(name: str) -> None:
    assert [getattr(known(kept(**{name: value})), name) for value in (99, None, "all")] == [0, 0, 0]


def test_a_limit_that_cannot_be_read_is_met_by_nothing() -> None:
    terms = known(kept(territories="DE", languages=None, outlets=["site", "moon"]))

    assert (terms.territories, terms.languages, terms.outlets) == (("",), ("",), ("site",))


def test_each_choice_begins_with_its_most_restrictive_value_and_a_grant_defaults_to_it() -> None:
    duties = {"pixel", "notify"}  # not named, not owed
    defaults = {field.name: field.default for field in fields(Licence)}

    assert all(min(choice) == 0 for choice in CHOICES.values())
    assert {name for name in CHOICES if defaults[name] != 0} == duties


@pytest.mark.parametrize(
    ("name", "editing", "commercial", "selection"),
    [
        ("cc0", Editing.FREE, True, Selection.AUTOMATIC),
        ("cc-by", Editing.FREE, True, Selection.AUTOMATIC),
        ("cc-by-sa", Editing.FREE, True, Selection.AUTOMATIC),
        ("cc-by-nd", Editing.NONE, True, Selection.HUMAN),
        ("cc-by-nc", Editing.FREE, False, Selection.HUMAN),
        ("cc-by-nc-sa", Editing.FREE, False, Selection.HUMAN),
        ("cc-by-nc-nd", Editing.NONE, False, Selection.HUMAN),
    ],
)
def test_creative_commons_takes_away_what_its_letters_say(
    name: str, editing: Editing, commercial: bool, selection: Selection
) -> None:
    terms = PRESETS[name]

    assert (terms.editing, terms.commercial, terms.selection) == (editing, commercial, selection)
    assert terms.extent is Extent.FULL and "creativecommons.org" in terms.url


def test_copy_that_is_given_away_one_by_one_waits_for_an_editor_and_is_passed_on_to_nobody() -> None:
    given = [PRESETS[name] for name in ("propublica-like", "the-conversation-like", "kff-like")]

    assert {terms.selection for terms in given} == {Selection.HUMAN}
    assert {terms.indexing for terms in given} == {Indexing.ORIGINAL}
    assert {terms.images for terms in given} == {Images.NONE}
    assert not any("feeds" in terms.outlets or terms.republish for terms in given)
    assert [terms.pixel for terms in given] == [Pixel.REQUIRED, Pixel.REQUIRED, Pixel.NONE]


@pytest.mark.parametrize("name", PRESETS)
def test_terms_written_down_are_read_again_as_the_same_licence(name: str) -> None:
    assert licence_from(terms_of(PRESETS[name]), name) == PRESETS[name]
