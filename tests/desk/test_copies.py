"""The same copy through other feeds, retitled, cut, with what houses print around it: one story, and no way back in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.makers import PUBLIC, at, entry, feed, take
from tests.news.copytexts import OTHER, STORY, without
from wiredesk.desk import checks, edit, joining, wordings
from wiredesk.desk.models import Alert, Event, Feed, SourceLine, Story, WordMark
from wiredesk.news import bare, marks
from wiredesk.news.licence import Licence
from wiredesk.news.presets import PRESETS
from wiredesk.news.story import Kind, State

pytestmark = pytest.mark.django_db
BY = {"by": "ines"}


def html(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.split("\n") if line)


def came(
    name: str, text: str = STORY, *, number: int = 1, title: str = "", licence: Licence = PUBLIC, hours: float = 0
) -> Feed:
    to = feed(name, licence)
    take(to, entry(number, title=title or f"As {name} has it", body=html(text)), hours=hours)
    return to


def half(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(lines[: (len(lines) + 1) // 2])


def test_a_copy_that_was_retitled_cut_and_signed_is_a_sighting() -> None:
    came("lantern")
    came("courier", f"{half(STORY)}\nThis story was published from a syndicated feed.", number=2)
    (story,) = Story.objects.all()

    also = story.carriers.get(role="also")
    assert (also.how, story.headline) == ("words", "As lantern has it") and also.alike and also.alike > 60
    assert [event.kind for event in story.events.order_by("id")] == [Kind.NEW, Kind.PUBLISH, Kind.SIGHTING]
    assert not Alert.objects.exists()


def test_two_copies_in_one_delivery_are_one_story() -> None:
    lantern = feed("lantern", PUBLIC)
    take(lantern, entry(1, title="One", body=html(STORY)), entry(2, title="Two", body=html(STORY)))

    assert Story.objects.count() == 1


def test_another_story_is_another_story() -> None:
    came("lantern")
    came("courier", OTHER, number=2)

    assert Story.objects.count() == 2 and not Alert.objects.exists()


def test_a_text_that_was_half_rewritten_is_put_to_the_desk_as_a_question() -> None:
    came("lantern")
    came("courier", f"{half(STORY)}\n{OTHER}", number=2)
    one, other = Story.objects.order_by("id")

    asked = Alert.objects.get(kind="same-copy")
    assert (asked.story, asked.other) == (other, one) and "is it the same copy as" in asked.text.lower()
    assert {one.state, other.state} == {State.LIVE}


@pytest.mark.parametrize("act", [edit.kill, edit.hold])
def test_what_was_withdrawn_comes_back_by_no_copy_and_no_half_copy(act: object) -> None:
    came("lantern")
    act(Story.objects.get().pk, now=at(1), **BY)  # type: ignore[operator]  # one of two functions
    came("courier", half(STORY), number=2, hours=2)
    assert Story.objects.count() == 1 and Story.objects.get().state != State.LIVE

    came("tide", f"{half(STORY)}\n{OTHER}", number=3, hours=3)
    half_copy = Story.objects.latest("id")
    assert half_copy.state == State.HELD and Alert.objects.filter(story=half_copy, kind="same-copy").exists()


def test_a_killed_story_that_its_own_feed_sends_under_another_guid_is_held() -> None:
    lantern = came("lantern")
    edit.kill(Story.objects.get().pk, now=at(1), **BY)
    take(lantern, entry(7, title="Again", body=html(without(STORY, 1))), hours=2)

    assert {row.state for row in Story.objects.all()} <= {State.KILLED, State.HELD}


def test_an_agencys_own_copy_leads_when_it_comes_after_a_publishers() -> None:
    came("courier", half(STORY), title="At last")
    came("Reuters", STORY, number=2, title="The agency's headline")
    story = Story.objects.get()

    assert (story.headline, story.source.name) == ("The agency's headline", "Reuters")
    event = Event.objects.get(kind=Kind.LEAD)
    assert event.number == 1 and "precedence" in event.text


def test_an_agency_whose_terms_want_an_editor_only_offers_its_copy() -> None:
    came("courier", title="At last")
    came("Reuters", number=2, title="The agency's headline", licence=PRESETS["agency-contract"])
    story = Story.objects.get()

    assert story.headline == "At last" and "has sent its own copy" in Alert.objects.get(kind="lead").text
    joining.let_lead(story.carriers.get(role="also").pk, now=at(1), **BY)
    assert Story.objects.get().source.name == "Reuters"


def test_a_copy_of_a_joined_story_is_carried_by_the_one_that_stays() -> None:
    came("lantern")
    came("courier", OTHER, number=2)
    one, other = Story.objects.order_by("id")
    joining.join(other.pk, one.pk, now=at(1), **BY)
    came("tide", half(OTHER), number=3, hours=2)

    assert Story.objects.count() == 2 and one.carriers.count() == 3


def test_an_update_is_found_by_its_new_words_too() -> None:
    lantern = came("lantern")
    take(lantern, entry(1, title="As lantern has it", body=html(f"{STORY}\n{OTHER}"), updated=1), hours=2)
    came("courier", OTHER, number=2, hours=3)

    assert Story.objects.count() == 1 and Story.objects.get().carriers.count() == 2


def test_what_a_source_prints_under_every_story_is_learned_and_tells_nothing() -> None:
    house = (
        "Our readers pay for this page with their own money and decide in our yearly meeting what we write about next."
    )
    lantern = feed("lantern", PUBLIC, newest=None)
    texts = [f"Story {n}: {' '.join(f'w{n}x{k}' for k in range(80))}.\n{house}" for n in range(6)]
    take(lantern, *(entry(n, title=f"Story {n}", body=html(text)) for n, text in enumerate(texts)))
    checks.run(at(1))

    assert SourceLine.objects.get(count__gte=bare.LEARNED_AT).count == 6
    assert wordings.learned_of(lantern.source_id) == {bare.paragraph_key(house)}
    wordings.forget(at(24 * 40))
    assert SourceLine.objects.count() == 1


def test_old_marks_leave_the_index_slice_by_slice() -> None:
    came("lantern")
    held = WordMark.objects.count()
    assert held > 10
    for minute in range(1024):
        wordings.sweep(at(1) + timedelta(minutes=minute))
    assert WordMark.objects.count() == held

    later = at(1) + marks.WINDOW
    for minute in range(1024):
        wordings.sweep(later + timedelta(minutes=minute))
    assert WordMark.objects.count() == 0
