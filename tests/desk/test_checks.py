"""Once a story stands: whose copy it is, and names spelled two ways. Copy is never changed by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.makers import PUBLIC, at, entry, feed, take
from wiredesk.desk import checks, edit, pages
from wiredesk.desk.models import Alert, Checked, KnownName, Source, Story
from wiredesk.news.story import State

pytestmark = pytest.mark.django_db
BODY = (
    "<p>PYONGYANG, March 3 (Reuters) - North Korean leader Kim Jong Un watched the drill on Tuesday, state media said, with "
    "officers of the navy beside him and three ships off the coast.</p>"
    "<p>It was the second drill this year that Kim Jung Un attended, a spokesman for the ministry said in a short note.</p>"
)
PLAIN = BODY.replace("(Reuters) ", "").replace("Jung", "Jong")


@pytest.fixture(autouse=True)
def no_archive() -> Iterator[None]:
    checks._archive = None
    yield
    checks._archive = None


def story(body: str = BODY, name: str = "courier", **fields: object) -> Story:
    take(feed(name, PUBLIC), entry(1, title="Kim watches drill", body=body, **fields))  # type: ignore[arg-type]
    checks.run(at(1))
    return Story.objects.get()


def test_the_agency_that_is_printed_stands_first_in_the_credit() -> None:
    row = story()
    page = pages.page_of(row.pk, now=at(1))

    assert row.origin == "Reuters" and row.checked == Checked.DONE
    assert page and page.credit_line == "Reuters via Courier"


def test_where_no_agency_is_printed_another_carriers_credit_counts() -> None:
    assert story(PLAIN).origin == ""
    take(feed("tide", PUBLIC), entry(1, title="Kim at sea", body=BODY.replace("Jung", "Jong")))
    assert Story.objects.get().checked == Checked.AGAIN
    checks.run(at(2))

    assert Story.objects.get().carriers.count() == 2 and Story.objects.get().origin == "Reuters"


def test_an_agency_is_not_named_twice_by_its_short_name_and_its_full_one() -> None:
    row = story(extra="<source><title>REUTERS</title><id>urn:r</id></source>")
    page = pages.page_of(row.pk, now=at(1))

    assert page and page.credit_line == "Reuters via Courier"


def test_a_name_spelled_two_ways_is_told_and_nothing_is_changed() -> None:
    row = story()
    told = Alert.objects.get(kind="names")

    assert "Kim Jong Un / Kim Jung Un. Suggested: Kim Jong Un" in told.text and told.story == row
    assert "Jung" in row.body and row.state == State.LIVE
    assert not Alert.objects.exclude(pk=told.pk).filter(kind="names").exists()


def test_a_source_set_so_has_its_story_held_once() -> None:
    take(feed("courier", PUBLIC), entry(1, title="Kim watches drill", body=BODY))
    Source.objects.update(holds_on_names=True)
    checks.run(at(1))
    row = Story.objects.get()
    assert row.state == State.HELD and row.events.last().by == "name check"  # type: ignore[union-attr]  # there is one

    edit.release(row.pk, by="ines", now=at(2))
    Story.objects.update(checked=Checked.AGAIN)
    checks.run(at(3))
    assert Story.objects.get().state == State.LIVE


def test_copy_is_held_against_the_names_of_stories_before_it() -> None:
    KnownName.objects.create(form="Kim Jong Un", count=40)
    take(feed("courier", PUBLIC), entry(1, title="Drill", body=BODY.replace("Jong", "Jung")))
    checks.run(at(1))

    assert "Suggested: Kim Jong Un" in Alert.objects.get(kind="names").text


def test_names_are_counted_once_a_story() -> None:
    story(PLAIN)
    Story.objects.update(checked=Checked.AGAIN)
    checks.run(at(2))

    assert dict(KnownName.objects.values_list("form", "count")) == {"Kim Jong Un": 1}


def test_an_edit_is_looked_at_too() -> None:
    row = story(PLAIN)
    edit.change(row.pk, {"headline": "Kim Jung Un watches drill"}, by="ines", now=at(2))
    checks.run(at(3))

    assert "the headline" in Alert.objects.get(kind="names").text


def test_a_story_that_intake_changed_meanwhile_is_looked_at_again() -> None:
    courier = feed("courier", PUBLIC)
    take(courier, entry(1, title="Kim watches drill", body=PLAIN))
    checks.run(at(1))
    take(courier, entry(1, title="Kim watches drill", body=BODY, updated=1), hours=2)

    assert Story.objects.get().checked == Checked.AGAIN
    assert checks.run(at(2)) == 1 and checks.run(at(2)) == 0
    assert Story.objects.get().origin == "Reuters"
