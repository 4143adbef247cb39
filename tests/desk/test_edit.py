"""Edits keep to the terms, are traced, and can be taken back; terms that are not met stop a story, and are filed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.makers import PUBLIC, at, atom, entry, feed, take
from wiredesk.desk import edit, intake, pages, provenance
from wiredesk.desk.edit import NotAllowed, TermsUnmet
from wiredesk.desk.models import Edit, Event, Feed, FiledTerms, Source, Story
from wiredesk.desk.rows import as_value
from wiredesk.news.licence_file import licence_from
from wiredesk.news.page import Page
from wiredesk.news.presets import PRESETS
from wiredesk.news.story import Kind, State
from wiredesk.news.unmet import Strictness

pytestmark = pytest.mark.django_db
BODY = "<p>The ferry left at nine. Nobody was hurt.</p><p>A second ferry sails at noon.</p>"
OPEN = {"extent": "full", "outlets": ["site"], "editing": "free", "headline_may_change": True, "images": "all"}
OPEN |= {"link": "free"}


def under(**terms: Any) -> Feed:
    return feed(licence=licence_from({**OPEN, **terms}, "partner"))


def came(to: Feed, **fields: Any) -> Story:
    take(to, entry(1, title="Ferry sails", body=BODY, **fields))
    return Story.objects.get()


def change(row: Story, **wanted: str) -> Story:
    return edit.change(row.pk, wanted, by="ines", now=at(1))


def page_of(row: Story) -> Page:
    page = pages.page_of(row.pk, now=at(2))
    assert page
    return page


def fates(row: Story) -> dict[str, str]:
    found = provenance.of(row, as_value(row, now=at(2)))
    assert found
    return {field.name: field.fate for field in found.fields}


def test_one_changed_word_changes_the_disclosure_and_the_proof() -> None:
    row = came(feed(licence=PUBLIC))
    assert "has not been edited" in page_of(row).disclosure and fates(row)["body"] == "as received"

    change(row, body="The ferry left at ten. Nobody was hurt.\n\nA second ferry sails at noon.")

    row.refresh_from_db()
    assert row.body.startswith("<p>The ferry left at ten.") and row.body.count("<p>") == 2
    assert "has edited its text" in page_of(row).disclosure and "not been edited" not in page_of(row).disclosure
    assert (fates(row)["body"], fates(row)["headline"]) == ("edited", "as received")


def test_an_edit_taken_back_leaves_the_copy_as_it_came_to_the_letter() -> None:
    row = came(feed(licence=PUBLIC))
    before = row.body
    change(row, headline="Ours", body="Ours.")
    row = change(
        row, headline="Ferry sails", body="The ferry left at nine. Nobody was hurt.\n\nA second ferry sails at noon."
    )

    assert (row.headline, row.body) == ("Ferry sails", before)
    assert "has not been edited" in page_of(row).disclosure
    assert [one.ours == one.base for one in Edit.objects.order_by("id")] == [False, False, True, True]


def test_saving_what_stands_there_is_no_edit() -> None:
    row = came(feed(licence=PUBLIC))
    change(
        row,
        headline="Ferry sails",
        body="The ferry left at nine. Nobody was hurt.\n\n\nA second ferry sails at noon.  ",
    )

    assert not Edit.objects.exists() and not Event.objects.filter(kind=Kind.EDIT).exists()


@pytest.mark.parametrize(
    ("terms", "wanted", "why"),
    [
        ({"headline_may_change": False}, {"headline": "Ours"}, "do not let its headlines be changed"),
        ({"editing": "none"}, {"body": "Ours."}, "let nothing of the copy be changed"),
        ({"editing": "style"}, {"body": "The ferry left."}, "do not let the copy be cut"),
        ({"editing": "free"}, {"headline": "   "}, "cannot be empty"),
    ],
)
def test_an_edit_that_the_terms_do_not_allow_changes_nothing(
    terms: dict[str, Any], wanted: dict[str, str], why: str
) -> None:
    row = came(under(**terms))

    with pytest.raises(NotAllowed, match=why):
        change(row, byline="Ines", **wanted) if terms.get("editing") == "free" else change(row, **wanted)

    row.refresh_from_db()
    assert row.headline == "Ferry sails" and row.byline == "" and not Edit.objects.exists()


def test_what_was_edited_here_stays_when_the_source_sends_more_and_the_desk_is_told() -> None:
    lantern = feed(licence=PUBLIC)
    row = came(lantern)
    change(row, body="Ours entirely.")
    take(lantern, entry(1, title="Ferry sails again", body="<p>The ferry left at eight.</p>", updated=1), hours=3)

    row.refresh_from_db()
    assert (row.body, row.headline) == ("<p>Ours entirely.</p>", "Ferry sails again")
    assert "changes what was edited here" in row.alerts.get().text
    assert fates(row)["headline"] == "as received" and fates(row)["body"] == "edited"


def test_terms_that_are_not_met_stop_a_story_until_the_editor_insists() -> None:
    row = came(under(notify="before"))

    with pytest.raises(TermsUnmet, match="has to be told before") as stopped:
        edit.publish(row.pk, by="ines", now=at(1))
    assert stopped.value.is_askable and Story.objects.get().state == State.WAITING

    edit.publish(row.pk, by="ines", now=at(1), anyway=True)
    filed = Event.objects.get(kind=Kind.PUBLISH).filed
    assert filed and filed.unmet == ["The source has to be told before this is used."]
    assert (filed.terms["notify"], filed.terms["outlets"]) == ("before", ["site"])


def test_a_source_set_to_block_lets_nobody_insist() -> None:
    row = came(under(notify="before"))
    Source.objects.update(strictness=Strictness.BLOCK)

    with pytest.raises(TermsUnmet) as stopped:
        edit.publish(row.pk, by="ines", now=at(1), anyway=True)
    assert not stopped.value.is_askable and Story.objects.get().state == State.WAITING


def test_what_is_cut_anyway_stops_nothing_and_is_filed() -> None:
    lantern = under(images="none")
    take(lantern, entry(1, body='<p>Ferry news.</p><img src="https://a.example/1.jpg">'))
    edit.publish(Story.objects.get().pk, by="ines", now=at(1))

    assert "<img" not in page_of(Story.objects.get()).body
    assert FiledTerms.objects.get().unmet == ["1 picture is not covered by the terms and left out."]


def test_a_days_volume_is_kept_by_the_wire_and_asked_of_the_editor() -> None:
    lantern = under(daily=2, selection="automatic")
    take(lantern, entry(1), entry(2))
    take(lantern, entry(1), entry(2), entry(3), entry(4), hours=0.001)

    waiting = Story.objects.filter(state=State.WAITING)
    assert (Story.objects.filter(state=State.LIVE).count(), waiting.count()) == (2, 2)
    with pytest.raises(TermsUnmet, match="allow 2 stories a day; 2 went out today"):
        edit.publish(waiting.first().pk, by="ines", now=at(0.002))  # type: ignore[union-attr]  # there are two
    edit.publish(waiting.first().pk, by="ines", now=at(25))  # type: ignore[union-attr]  # as above


def test_the_terms_of_the_day_are_filed_once_for_all_stories_under_them() -> None:
    lantern = feed(licence=PRESETS["cc-by"])
    take(lantern, entry(1), entry(2))

    assert FiledTerms.objects.count() == 1
    assert {one.filed_id for one in Event.objects.filter(kind=Kind.PUBLISH)} == {FiledTerms.objects.get().pk}
    assert FiledTerms.objects.get().terms["name"] == "cc-by"


def test_a_withheld_version_of_the_lead_does_not_become_what_is_shown() -> None:
    lantern = feed(licence=PUBLIC)
    row = came(lantern)
    withheld = atom([entry(1, title="HOLD: Ferry sails", body=BODY, updated=1)])
    intake.take(lantern, withheld, now=at(1), url=lantern.url)

    row.refresh_from_db()
    assert (row.state, row.carriers.get().number, fates(row)["headline"]) == (State.HELD, 1, "as received")


@pytest.mark.parametrize("selection", ["human", "automatic"])
def test_a_source_that_is_to_be_told_of_a_use_is_named_to_the_desk(selection: str) -> None:
    row = came(under(notify="after", selection=selection))
    if selection == "human":
        edit.publish(row.pk, by="ines", now=at(1))

    assert "Tell Lantern that it is used" in row.alerts.get().text
