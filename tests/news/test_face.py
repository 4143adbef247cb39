"""What an item gives readers to see."""

from __future__ import annotations

import pytest

from tests.news.makers import at, date, item
from wiredesk.news.face import Face, face
from wiredesk.news.item import Credit, Date, Item, Person, Rights, Subject, as_plain


def made(**fields: object) -> Face:
    return face(item(**fields), base="https://feed.example/")


def test_links_count_from_the_items_own_base() -> None:
    assert 'href="https://a.example/x"' in made(body="<a href=x>a</a>").body
    assert 'href="https://b.example/x"' in made(body="<a href=x>a</a>", body_base="https://b.example/").body
    assert 'href="https://feed.example/x"' in made(body="<a href=x>a</a>", url="").body


def test_a_summary_that_only_begins_the_body_is_no_standfirst() -> None:
    assert made(summary="The bridge is …").standfirst == ""
    assert made(summary="Other words").standfirst == "Other words"
    assert made(summary="w " * 200).standfirst.endswith("…")


def test_text_holds_both_and_the_copy_is_the_body_alone() -> None:
    one = made(summary="Lead.")

    assert (one.text, one.copy) == ("Lead.\nThe bridge is open.", "The bridge is open.")
    assert made(summary="Lead.", body="").copy == "Lead."


def test_a_missing_headline_is_made_of_what_there_is() -> None:
    assert made(headline="").headline == "The bridge is open."
    assert made(headline="", body="w " * 30).headline.endswith("…")
    assert made(headline="", body="").headline == "a.example/1"
    assert made(headline="", body="", url="").headline == "Untitled"


def test_names_tags_and_notices_are_plain_distinct_and_few() -> None:
    one = made(
        authors=(
            Person(name="Ines"),
            Person(name="ines"),
            Person(name="x@a.example"),
            Person(name="T", role="contributor"),
        ),
        subjects=(Subject(name="Ferry"), Subject(code="c"), Subject(name="x" * 99), Subject(name="https://t.example")),
        credit=(Credit(name="Agency"), Credit(url="https://u.example")),
        rights=tuple(Rights(scope="item", notice=f"n{number}") for number in range(5)),
    )

    assert (one.byline, one.tags, one.credit, one.notices) == ("Ines", ("Ferry",), ("Agency",), ("n0", "n1", "n2"))
    assert made(byline="By the desk").byline == "By the desk"


def test_times_are_what_the_item_says() -> None:
    one = made(published=date(1), embargo=date(2), expiry=date(3))

    assert (one.published, one.updated, one.embargo, one.embargo_open, one.expiry) == (at(1), None, at(2), False, at(3))
    assert (made(embargo="undefined").embargo, made(embargo="undefined").embargo_open) == (None, True)


@pytest.mark.parametrize("raw", ["until told", "9999-12-31T00:00:00Z", "2026-13-40", "Easter 1970", "02.03."])
def test_an_embargo_that_cannot_be_read_stays_shut(raw: str) -> None:
    assert made(embargo=Date(raw=raw)).embargo_open


@pytest.mark.parametrize("raw", ["0001-01-01T00:00:00", "1970-01-01", "Mon, 01 Jan 0001 00:00:00 GMT"])
def test_an_embargo_of_no_date_is_none(raw: str) -> None:
    assert not made(embargo=Date(raw=raw)).embargo_open


def test_an_item_as_json_leaves_out_what_is_empty() -> None:
    plain = as_plain(Item(guid="1", published=date(), authors=(Person(name="A"),), podcast={"k": "v"}))

    assert plain["authors"] == [{"name": "A"}]
    assert plain["podcast"] == {"k": "v"}
    assert plain["published"]["how"] == "zone"
    assert "headline" not in plain


def test_a_dateline_that_the_copy_begins_with_is_not_said_twice() -> None:
    assert made(dateline="VELMARK (LNA) -", body="<p>Velmark (LNA) - Dockers walked out.</p>").dateline == ""
    assert made(dateline="VELMARK", body="<p>Dockers walked out.</p>").dateline == "VELMARK"


def test_a_code_without_a_name_is_no_topic() -> None:
    assert made(subjects=(Subject(code="i"), Subject(name="i"), Subject(name="Ports", code="20000"))).tags == ("Ports",)
