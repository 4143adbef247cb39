"""Each field of a story knows where it came from, and the words prove what was done to it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from tests.news.makers import at, item, story
from wiredesk.news import provenance
from wiredesk.news.face import face
from wiredesk.news.item import Origin, Rights
from wiredesk.news.provenance import Edit, Field, Provenance, Received
from wiredesk.news.story import Name, Story

PATHS = {name: Origin(path=f"doc/{name}", hash="0") for name in ("headline", "summary", "body", "authors", "url")}


def received(**fields: Any) -> Received:
    given = {"summary": "<p>It was shut.</p>", "origin": PATHS, "version": "3", **fields}
    copy = item(**given)
    return Received(
        copy=copy,
        face=face(copy, base=""),
        number=2,
        at=at(1),
        delivery="d" * 64,
        source=Name(name="Lantern"),
        feed="Harbour Wire",
    )


def shown(came: Received, **changes: Any) -> Story:
    made = came.face
    given = {"headline": made.headline, "standfirst": made.standfirst, "body": made.body, "byline": made.byline}
    return story(**{**given, "dateline": made.dateline, "url": made.url, **changes})


def edit(field: str, base: str, ours: str, hours: float = 2) -> Edit:
    return Edit(field=field, base=base, ours=ours, by="ines", at=at(hours))


def traced(came: Received, *edits: Edit, **changes: Any) -> dict[str, Field]:
    return {field.name: field for field in provenance.of(shown(came, **changes), came, edits).fields}


def test_every_field_names_its_place_in_the_copy_and_is_proved_by_its_words() -> None:
    fields = traced(received())

    assert (fields["headline"].path, fields["headline"].fate) == ("doc/headline", "as received")
    assert fields["body"].received == fields["body"].shown == sha256(b"The bridge is open.").hexdigest()
    assert fields["standfirst"].path == "doc/summary" and "byline" not in fields
    assert (fields["url"].fate, fields["url"].received) == ("as received", "")


def test_an_edit_shows_in_the_words_with_who_made_it() -> None:
    came = received()
    fields = traced(came, edit("headline", came.face.headline, "Ours"), headline="Ours")

    assert fields["headline"].fate == "edited" and fields["headline"].received != fields["headline"].shown
    assert [(one.by, one.at) for one in fields["headline"].edits] == [("ines", at(2))]
    assert fields["body"].fate == "as received" and fields["body"].edits == ()


def test_an_edit_taken_back_is_as_received_again() -> None:
    came = received()
    edits = [edit("headline", "Bridge reopens", "Ours"), edit("headline", "Bridge reopens", "Bridge reopens", 3)]

    assert traced(came, *edits)["headline"].fate == "as received"
    assert provenance.in_force(edits) == ()
    assert provenance.in_force(edits[:1]) == ("headline",)
    assert provenance.in_force([edit("body", "a", "b"), edit("headline", "a", "b")]) == ("headline", "body")


def test_a_field_that_differs_without_an_edit_is_not_called_as_received() -> None:
    assert traced(received(), body="<p>Something else.</p>")["body"].fate == "other"


def test_a_field_that_this_version_lacks_was_kept_from_an_earlier_one() -> None:
    paths = {name: origin for name, origin in PATHS.items() if name != "summary"}

    assert traced(received(origin=paths))["standfirst"].fate == "kept"


def test_provenance_names_item_version_bytes_and_holder_and_holds_no_copy() -> None:
    picture, whole = Rights(scope="media", holder="A Photographer"), Rights(scope="item", holder="Lantern News")
    came = received(rights=(picture, whole))
    found = provenance.of(shown(came), came, [])

    assert (found.guid, found.version, found.number, found.at) == ("tag:a.example,2026:1", "3", 2, at(1))
    assert (found.delivery, found.holder, found.feed) == ("d" * 64, "Lantern News", "Harbour Wire")
    assert "bridge" not in repr(found).lower()


def test_readers_are_told_of_what_they_see_and_not_which_editor_it_was() -> None:
    came = received()
    whole: Provenance = provenance.of(shown(came, headline="Ours"), came, [edit("headline", "Bridge reopens", "Ours")])
    told = provenance.public(whole, {"headline", "url"})

    assert [field.name for field in told.fields] == ["headline", "url"]
    assert [(one.by, one.at) for one in told.fields[0].edits] == [("", at(2))]
