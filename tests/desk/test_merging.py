"""A correction reaches the page through our own edits, without a click; what does not merge is put to an editor."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.makers import PUBLIC, at, entry, feed, take
from wiredesk.desk import edit, merging, pages
from wiredesk.desk.merging import Stale
from wiredesk.desk.models import Alert, Conflict, Event, Feed, Story
from wiredesk.news.story import Kind, State

pytestmark = pytest.mark.django_db
PARAGRAPHS = (
    "The harbour bridge at Brennet reopened to traffic on Tuesday after eight months.",
    "The work cost nine million crowns, the port authority said in a short note.",
    "Traffic is limited to one lane until the sensors in the bearings have been read.",
    "Lorries above twelve tonnes still take the ferry from the point.",
)
BY = {"by": "ines"}


def html(*paragraphs: str) -> str:
    return "".join(f"<p>{one}</p>" for one in paragraphs)


def edited() -> tuple[Feed, Story]:
    """A story whose headline was rewritten here, and whose fourth paragraph was cut."""
    lantern = feed(licence=PUBLIC)
    take(lantern, entry(1, title="Bridge reopens", body=html(*PARAGRAPHS)))
    row = Story.objects.get()
    edit.change(row.pk, {"headline": "Our bridge is back", "body": "\n\n".join(PARAGRAPHS[:3])}, now=at(1), **BY)
    return lantern, row


def corrected(lantern: Feed, *, fourth: str = "Lorries above ten tonnes still take the ferry from the point.") -> Story:
    body = html(PARAGRAPHS[0], PARAGRAPHS[1].replace("nine", "eleven"), PARAGRAPHS[2], fourth)
    take(lantern, entry(1, title="Bridge reopens", body=body, updated=1), hours=2)
    return Story.objects.get()


def test_a_corrected_number_is_live_without_a_click_and_what_we_cut_is_a_conflict() -> None:
    lantern, _ = edited()
    row = corrected(lantern)
    page = pages.page_of(row.pk, now=at(3))

    assert row.headline == "Our bridge is back"
    assert "eleven million" in row.body and "tonnes" not in row.body and row.body.count("<p>") == 3
    assert page and page.labels == ("Corrected",) and "edited its headline and text" in page.disclosure
    conflict = Conflict.objects.get()
    (place,) = merging.as_field(conflict).conflicts
    part = merging.as_field(conflict).parts[place]
    assert (part.conflict, part.ours) == ("cut here", ()) and "ten tonnes" in part.theirs[0]
    assert "has to decide" in Alert.objects.get(kind="copy").text
    assert Event.objects.filter(kind=Kind.CORRECTION).count() == 1


def test_an_editor_settles_a_conflict_and_the_next_version_merges_over_it() -> None:
    lantern, _ = edited()
    row = corrected(lantern)
    conflict = Conflict.objects.get()
    (place,) = merging.as_field(conflict).conflicts
    merging.decide(conflict.pk, {place: "Lorries above ten tonnes take the ferry."}, now=at(3), **BY)
    assert "ten tonnes take the ferry" in Story.objects.get().body

    with pytest.raises(Stale, match="settled already"):
        merging.decide(conflict.pk, {place: ""}, now=at(4), **BY)
    body = html(PARAGRAPHS[0].replace("eight", "seven"), *(PARAGRAPHS[1].replace("nine", "eleven"), PARAGRAPHS[2]))
    take(lantern, entry(1, title="Bridge reopens", body=body, updated=4), hours=5)
    row.refresh_from_db()
    assert "seven months" in row.body and row.headline == "Our bridge is back"


def test_a_conflict_is_not_settled_over_a_text_that_was_changed_since() -> None:
    lantern, row = edited()
    corrected(lantern)
    edit.change(row.pk, {"body": "Something else."}, now=at(3), **BY)
    conflict = Conflict.objects.get()
    (place,) = merging.as_field(conflict).conflicts

    with pytest.raises(Stale, match="was changed since"):
        merging.decide(conflict.pk, {place: "x"}, now=at(4), **BY)
    merging.dismiss(conflict.pk, now=at(5), **BY)
    assert Conflict.objects.get().settled_by == "ines" and Story.objects.get().body == "<p>Something else.</p>"


def test_where_the_new_version_says_what_we_say_nothing_is_left_of_the_edit() -> None:
    lantern, _ = edited()
    take(lantern, entry(1, title="Our bridge is back", body=html(*PARAGRAPHS[:3]), updated=1), hours=2)
    page = pages.page_of(Story.objects.get().pk, now=at(3))

    assert not Conflict.objects.exists()
    assert page and "has not been edited" in page.disclosure


def test_a_frozen_story_is_told_of_newer_versions_and_changes_only_by_hold_and_kill() -> None:
    lantern, row = edited()
    edit.freeze(row.pk, now=at(1), **BY)
    corrected(lantern)
    row.refresh_from_db()
    assert "nine million" in row.body and not row.is_corrected and row.carriers.get().number == 1
    assert "which is frozen" in Alert.objects.get(kind="copy").text

    take(lantern, "<at:deleted-entry ref='urn:1' when='2026-11-25T10:00:00Z'/>", hours=3)
    assert Story.objects.get().state == State.KILLED


def test_a_thawed_story_takes_the_next_version_whole() -> None:
    lantern, row = edited()
    edit.freeze(row.pk, now=at(1), **BY)
    corrected(lantern)
    edit.freeze(row.pk, now=at(2), is_frozen=False, **BY)
    body = html(*PARAGRAPHS[:2], PARAGRAPHS[2].replace("one lane", "two lanes"), PARAGRAPHS[3])
    take(lantern, entry(1, title="Bridge reopens", body=body, updated=3), hours=4)

    assert "two lanes" in Story.objects.get().body and not Conflict.objects.exists()


def test_the_desk_shows_three_sides_and_takes_one_choice_each() -> None:
    lantern, _ = edited()
    row = corrected(lantern)
    client = Client()
    client.force_login(User.objects.create_superuser("ines"))
    conflict = Conflict.objects.get()
    (place,) = merging.as_field(conflict).conflicts
    address = f"/desk/conflict/{conflict.pk}/"

    assert address in client.get(f"/desk/story/{row.pk}/").content.decode()
    shown = client.get(address).content.decode()
    assert "twelve tonnes" in shown and "ten tonnes" in shown and "It was cut." in shown
    assert client.post(address, {f"side-{place}": "nobody"})["Location"] == address
    client.post(address, {f"side-{place}": "theirs"})
    assert (
        "ten tonnes still take" in Story.objects.get().body
        and "Settled by ines" in client.get(address).content.decode()
    )
    client.post(f"/desk/story/{row.pk}/freeze/", {"act": "freeze"})
    assert Story.objects.get().is_frozen
