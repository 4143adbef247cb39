"""Two stories become one and two again; nothing is lost, no address dies, nothing withdrawn comes back by it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.makers import PUBLIC, at, entry, feed, take
from wiredesk.desk import edit, joining, provenance
from wiredesk.desk.edit import NotAllowed
from wiredesk.desk.models import Carrier, Event, Mark, Story
from wiredesk.desk.rows import as_value
from wiredesk.news import links
from wiredesk.news.story import Kind, State

pytestmark = pytest.mark.django_db
BY = {"by": "ines"}


def two() -> tuple[Story, Story]:
    """Two stories of two sources."""
    take(feed("lantern", PUBLIC), entry(1, title="Ferry sails"))
    take(feed("courier", PUBLIC), entry(2, title="Ferry leaves port"))
    first, second = Story.objects.order_by("id")
    return first, second


def fresh(*rows: Story) -> list[Story]:
    return [Story.objects.get(pk=row.pk) for row in rows]


def test_a_joined_story_stands_in_the_other_and_its_addresses_lead_there() -> None:
    one, other = two()
    joining.join(other.pk, one.pk, now=at(1), **BY)

    assert [carrier.role for carrier in one.carriers.order_by("id")] == ["lead", "also"]
    for address in (f"/story/{other.pk}/{other.slug}/", f"/s/{links.code(other.pk)}"):
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"]) == (301, links.path(one.pk, one.slug))
    front = Client().get("/").content.decode()
    assert "Ferry sails" in front and "Ferry leaves port" not in front
    assert "Courier" in Client().get(links.path(one.pk, one.slug)).content.decode()
    assert Event.objects.filter(kind=Kind.JOIN).count() == 2


def test_a_copy_that_comes_after_a_join_is_carried_by_the_story_that_stays() -> None:
    one, other = two()
    joining.join(other.pk, one.pk, now=at(1), **BY)
    take(feed("tide", PUBLIC), entry(2, title="Ferry leaves port"), hours=2)

    assert Story.objects.count() == 2 and one.carriers.count() == 3


def test_a_split_undoes_a_join() -> None:
    one, other = two()
    marks = set(Mark.objects.filter(story=other).values_list("key", flat=True))
    joining.join(other.pk, one.pk, now=at(1), **BY)
    joining.unjoin(other.pk, now=at(2), **BY)

    again = fresh(other)[0]
    assert (again.state, again.joined_to_id, again.unjoined) == (State.LIVE, None, "")
    assert [(carrier.role, carrier.home_id) for carrier in again.carriers.all()] == [("lead", None)]
    assert set(Mark.objects.filter(story=other).values_list("key", flat=True)) == marks
    assert Client().get(links.path(other.pk, other.slug)).status_code == 200


def test_a_chain_of_joins_leads_to_the_story_that_stays_and_comes_apart_again() -> None:
    one, other = two()
    take(feed("tide", PUBLIC), entry(3, title="Third ferry"))
    third = Story.objects.latest("id")
    joining.join(third.pk, other.pk, now=at(1), **BY)
    joining.join(other.pk, one.pk, now=at(2), **BY)
    assert Client().get(f"/s/{links.code(third.pk)}")["Location"] == links.path(one.pk, one.slug)

    joining.unjoin(third.pk, now=at(3), **BY)
    joining.unjoin(other.pk, now=at(4), **BY)
    assert [row.carriers.count() for row in (one, other, third)] == [1, 1, 1]
    assert {carrier.role for carrier in Carrier.objects.all()} == {"lead"}


@pytest.mark.parametrize("act", [edit.kill, edit.hold])
def test_a_withdrawn_story_comes_back_by_no_join_and_no_split(act: object) -> None:
    one, other = two()
    joining.join(other.pk, one.pk, now=at(1), **BY)
    act(one.pk, now=at(2), **BY)  # type: ignore[operator]  # one of two functions
    back = joining.unjoin(other.pk, now=at(3), **BY)

    assert back.state == fresh(one)[0].state != State.LIVE
    edit.release(other.pk, now=at(4), **BY)
    with pytest.raises(NotAllowed, match="decide that first"):
        joining.join(other.pk, one.pk, now=at(5), **BY)


@pytest.mark.parametrize(("pair", "why"), [((1, 1), "to itself"), ((1, 99), "no story 99"), ((99, 1), "no story 99")])
def test_what_cannot_be_joined_is_said(pair: tuple[int, int], why: str) -> None:
    ids = {1: two()[0].pk}

    with pytest.raises(NotAllowed, match=why):
        joining.join(ids.get(pair[0], pair[0]), ids.get(pair[1], pair[1]), now=at(1), **BY)


def test_nothing_is_done_with_a_joined_story_but_to_split_it() -> None:
    one, other = two()
    joining.join(other.pk, one.pk, now=at(1), **BY)

    for act in (edit.kill, edit.hold, edit.release, edit.publish):
        with pytest.raises(NotAllowed, match=f"is joined to story {one.pk}"):
            act(other.pk, now=at(2), **BY)
    with pytest.raises(NotAllowed, match="already"):
        joining.join(other.pk, one.pk, now=at(2), **BY)
    with pytest.raises(NotAllowed, match="not joined"):
        joining.unjoin(one.pk, now=at(2), **BY)


def test_an_item_that_is_no_copy_after_all_gets_a_story_that_waits() -> None:
    take(feed("lantern", PUBLIC), entry(1, title="Ferry sails"))
    take(feed("courier", PUBLIC), entry(1, title="Ferry leaves port"))
    story = Story.objects.get()
    alone = joining.split(story.carriers.get(role="also").pk, now=at(1), **BY)

    assert (alone.state, alone.headline, alone.source.name) == (State.WAITING, "Ferry leaves port", "Courier")
    assert [carrier.role for carrier in (story.carriers.get(), alone.carriers.get())] == ["lead", "lead"]
    with pytest.raises(NotAllowed, match="has no other item"):
        joining.split(story.carriers.get().pk, now=at(2), **BY)


def test_another_item_leads_under_its_own_terms_and_what_was_edited_stays() -> None:
    lantern, courier = feed("lantern", PUBLIC), feed("courier", PUBLIC)
    take(lantern, entry(1, title="Ferry sails"))
    take(courier, entry(1, title="Ferry leaves port"))
    story = Story.objects.get()
    also = story.carriers.get(role="also")
    with pytest.raises(NotAllowed, match="let another of its items lead first"):
        joining.split(story.carriers.get(role="lead").pk, now=at(1), **BY)
    joining.let_lead(also.pk, now=at(1), **BY)

    row = fresh(story)[0]
    assert (row.headline, row.source.name, row.feed) == ("Ferry leaves port", "Courier", courier)
    assert Event.objects.get(kind=Kind.LEAD).item_id == also.item_id
    found = provenance.of(row, as_value(row, now=at(2)))
    assert found and found.source.name == "Courier" and {one.fate for one in found.fields} == {"as received"}

    edit.change(row.pk, {"headline": "Ours"}, now=at(2), **BY)
    joining.let_lead(story.carriers.get(role="also").pk, now=at(3), **BY)
    assert (fresh(story)[0].headline, fresh(story)[0].source.name) == ("Ours", "Lantern")


def test_an_update_of_the_item_that_no_longer_leads_changes_nothing() -> None:
    lantern, courier = feed("lantern", PUBLIC), feed("courier", PUBLIC)
    take(lantern, entry(1, title="Ferry sails"))
    take(courier, entry(1, title="Ferry leaves port"))
    story = Story.objects.get()
    joining.let_lead(story.carriers.get(role="also").pk, now=at(1), **BY)
    take(lantern, entry(1, title="Ferry sails", body="<p>Another text of it.</p>", updated=1), hours=2)
    assert fresh(story)[0].headline == "Ferry leaves port" and "Another" not in fresh(story)[0].body

    take(courier, entry(1, title="Ferry leaves late", updated=2), hours=3)
    assert fresh(story)[0].headline == "Ferry leaves late"
