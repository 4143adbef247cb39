"""Which item is which, and which of its states stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.news.makers import NOON, at, date, item
from wiredesk.news import identity
from wiredesk.news.identity import Stand
from wiredesk.news.item import Credit, Date, EdNote, Item, Media, Person, Ref, Rights, Subject


def stand(**fields: object) -> Stand:
    one = item(**fields)
    return identity.stand(one, identity.content_hash(one))


def test_a_guid_is_the_key_whatever_else_changes() -> None:
    assert identity.keys([item()]) == identity.keys([item(url="https://a.example/other", headline="Another")])
    assert identity.keys([item()]) == [identity.key_of_guid("tag:a.example,2026:1")]


def test_without_a_guid_the_address_is_the_key_if_no_other_item_has_it() -> None:
    one, two = item(guid="", headline="One"), item(guid="", headline="Two")

    assert identity.keys([one])[0].startswith("l:")
    assert [key[:2] for key in identity.keys([one, two])] == ["h:", "h:"]
    assert len(set(identity.keys([one, two]))) == 2


def test_without_guid_and_address_headline_and_date_are_the_key() -> None:
    bare = item(guid="", url="", published=date())

    assert identity.keys([bare]) == identity.keys([bare])
    assert identity.keys([bare]) != identity.keys([item(guid="", url="", published=date(1))])


def test_a_feed_whose_guids_churn_is_followed_by_address() -> None:
    assert identity.keys([item(guid="1")], "link") == identity.keys([item(guid="2")], "link")


def test_dates_white_space_and_order_of_arrival_are_no_change() -> None:
    plain = identity.content_hash(item(body="<p>a b</p>"))

    assert identity.content_hash(item(body="<p>a   b</p>\n", published=date(), updated=date(5), version="3")) == plain


@pytest.mark.parametrize(
    "change",
    [
        {"headline": "Another"},
        {"body": "other"},
        {"authors": (Person(name="A"),)},
        {"subjects": (Subject(code="c"),)},
        {"media": (Media(href="https://a.example/p.jpg"),)},
        {"rights": (Rights(scope="item", notice="n"),)},
        {"credit": (Credit(name="c"),)},
        {"ednotes": (EdNote(text="e"),)},
        {"embargo": date()},
        {"embargo": "undefined"},
        {"urgency": 2},
    ],
)
def test_what_the_copy_says_is_a_change(change: dict[str, object]) -> None:
    assert identity.content_hash(item(**change)) != identity.content_hash(item())


def test_versions_are_compared_as_numbers_then_dates_in_their_order() -> None:
    assert identity.is_newer(item(version="10"), stand(version="9"))
    assert identity.is_older(item(version="9", updated=date(5)), stand(version="10", updated=date()))
    assert identity.is_newer(item(version="b", updated=date(2)), stand(version="a", updated=date(1)))
    assert identity.is_older(item(published=date(1)), stand(published=date(2)))


def test_a_state_that_says_nothing_of_its_time_is_neither_older_nor_newer() -> None:
    assert not identity.is_older(item(), stand(updated=date()))
    assert not identity.is_newer(item(), stand())


def test_a_replaced_state_is_remembered_and_one_that_stands_again_is_not() -> None:
    first = Stand(hash="a")
    second = first.followed_by(item(), "b")
    third = second.followed_by(item(), "a")

    assert (second.hash, second.replaced) == ("b", ("a",))
    assert (third.hash, third.replaced) == ("a", ("b",))


def test_a_stand_survives_being_kept() -> None:
    whole = stand(updated=date(), version="2").followed_by(item(status="withheld"), "x")

    assert Stand.read(whole.written()) == whole
    assert Stand.read("{}") == Stand()


def test_a_tombstone_makes_older_states_older_than_itself() -> None:
    buried = stand(updated=date(1)).withdrawn(date(3))

    assert buried.status == "canceled"
    assert identity.is_older(item(updated=date(2)), buried)
    assert stand(updated=date(1)).withdrawn(None).updated == stand(updated=date(1)).updated


def test_a_guid_used_for_another_story_is_seen() -> None:
    known = stand(headline="Bridge reopens on Monday", url="https://a.example/1")

    assert identity.is_reused(known, item(headline="Choir wins prize", url="https://a.example/2"))
    assert not identity.is_reused(known, item(headline="Bridge reopens at last", url="https://a.example/2"))
    assert not identity.is_reused(known, item(headline="Choir wins prize", url="https://a.example/1"))
    assert not identity.is_reused(known, item(headline="", url="https://a.example/2"))
    assert identity.key_beside("g:1", item()) != identity.key_beside("g:1", item(url="https://a.example/2"))


def test_an_item_is_sorted_by_its_own_time_but_never_after_its_arrival() -> None:
    assert identity.order_time(item(published=date(-2)), NOON) == at(-2)
    assert identity.order_time(item(updated=date(-1)), NOON) == at(-1)
    assert identity.order_time(item(published=date(30)), NOON) == NOON
    assert identity.order_time(item(published=Date(raw="soon")), NOON) == NOON


def test_first_sight_takes_the_newest_and_of_equals_those_that_stand_first() -> None:
    rows = [item(published=date(-hours)) for hours in (5, 1, 3)] + [item(), item()]

    assert identity.newest(rows, 3, NOON) == {3, 4, 1}


def wire(number: int, slugline: str = "Harbour-strike/", day: int = 2, **fields: Any) -> Item:
    sent = Date(raw="", utc=datetime(2026, 3, day, 23, tzinfo=UTC), how="zone")
    guid = f"lna{number:04} of 2026-03-{day:02}"
    return item(guid=guid, slugline=slugline, published=sent, provider="LNA", **fields)


def test_documents_of_one_story_are_states_of_one_item_where_each_has_its_own_identifier() -> None:
    first, second, other = wire(412), wire(415, "harbour-strike"), wire(416, "Choir")
    nitf = [item(guid=f"doc-{number}", refs=(Ref(rel="du-key", id="storm"),), provider="LNA") for number in (1, 2)]

    keys = identity.keys([first, second, other, *nitf])

    assert keys[0] == keys[1] != keys[2]
    assert keys[3] == keys[4] != identity.keys([item(guid="doc-1")])[0]


def test_a_note_or_a_substitute_is_no_state_of_the_story_whose_slugline_it_has() -> None:
    keys = identity.keys([wire(412), wire(423, signals=("advisory",)), wire(428, signals=("substitute",))])

    assert len(set(keys)) == 3


def test_a_wire_story_may_go_on_past_midnight_and_a_feed_has_no_such_day() -> None:
    assert identity.earlier_key(wire(3, day=3)) == identity.keys([wire(412)])[0]
    assert identity.earlier_key(item(slugline="Harbour-strike")) == ""
    undated = item(guid="lna0412 of 2026-03-02", slugline="Harbour-strike")
    assert (identity.earlier_key(undated), identity.keys([undated])[0][:2]) == ("", "g:")
