"""ninjs of all versions, and house JSON by a profile; the expected values stand beside the documents in tests/data."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from tests.data.house import expected as house
from tests.data.ninjs import expected
from wiredesk.news import formats, profile
from wiredesk.news.errors import NewsError
from wiredesk.news.item import Item
from wiredesk.news.profile import Listed, Notes, Profile

DATA = Path(__file__).resolve().parents[2] / "data"
URL = "https://lantern.example/feed"
LANTERN = Profile(
    relations={
        "association named replaces": "substitute",
        "https://lantern.example/rel/replaces": "substitute",
        "main": "main",
    },
    notes=Notes(correction_text=("correction",)),
)


def said(name: str, dialect: Profile | None = LANTERN) -> dict[str, Any]:
    return formats.as_json(formats.parse((DATA / name).read_bytes(), url=URL, profile=dialect))


def read(document: Any, dialect: Profile | None = None) -> Item:
    return formats.parse(json.dumps(document).encode(), profile=dialect).items[0]


def assert_holds(actual: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert {name: actual.get(name) for name in wanted} == wanted


def codes(delivery: dict[str, Any]) -> set[str]:
    notes = [note for item in delivery["items"] for note in item.get("notes", ())]
    return {note["code"] for note in (*notes, *delivery["notes"])}


def test_all_that_version_1_says_is_read() -> None:
    delivery = said("ninjs/one.json")

    item = delivery["items"][0]
    assert delivery["format"] == "ninjs"
    assert_holds(item, expected.ONE)
    assert {one["qname"]: one["text"] for one in item["extra"]} == expected.ONE_KEPT
    assert codes(delivery) == {"wrong-type", "dropped-address", "other-bodies", "withheld-media"}


def test_all_that_version_2_says_is_read() -> None:
    delivery = said("ninjs/two.json")

    first, *others = delivery["items"]
    assert delivery["feed"] == {"title": "Evening file"}
    assert_holds(first, expected.TWO)
    for item, wanted in zip(others, expected.TWO_OTHERS, strict=True):
        assert_holds(item, wanted)
    assert {"unknown-status", "wrong-type", "planning", "other-bodies"} <= codes(delivery)


def test_all_that_version_3_says_is_read() -> None:
    delivery = said("ninjs/three.json")

    for item, wanted in zip(delivery["items"], expected.THREE, strict=True):
        assert_holds(item, wanted)
    assert codes(delivery) == {"unknown-status", "unclear-status", "unreadable-embargo", "withheld-media"}


def test_each_field_tells_where_it_was_read() -> None:
    origin = formats.parse((DATA / "ninjs" / "one.json").read_bytes()).items[0].origin

    assert (origin["guid"].path, origin["updated"].path, origin["body"].path) == ("uri", "versioncreated", "body_xhtml")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("usable", "usable"),
        ("Usable ", "usable"),
        ("", "usable"),
        (None, "usable"),
        ("withheld", "withheld"),
        ("canceled", "canceled"),
        ("cancelled", "canceled"),
        ("replaced", "withheld"),
        (5, "withheld"),
        ("weg", "canceled"),
    ],
)
def test_a_status_is_usable_only_where_that_is_sure(word: object, status: str) -> None:
    item = read({"uri": "x", "headline": "h", "pubstatus": word}, Profile(status={"WEG": "canceled"}))

    assert item.status == status


@pytest.mark.parametrize(
    ("note", "signals"),
    [
        ("Corrects name in paragraph 2.", ("correction",)),
        ("(Correction: name)", ("correction",)),
        ("Berichtigung - Name", ("correction",)),
        ("Refiles to fix spelling", ("refile",)),
        ("Substitutes item 0421", ("substitute",)),
        ("SUBSTITUTE for item 0421", ("substitute",)),
        ("UPDATE: adds quotes", ("update",)),
        ("Substitute follows.", ()),
        ("Hold lifted.", ()),
        ("For editors: corrections desk", ()),
        ("Corrections desk: 555", ()),
    ],
)
def test_a_note_says_by_its_first_word_what_happened(note: str, signals: tuple[str, ...]) -> None:
    item = read({"uri": "x", "headline": "h", "ednote": note})

    assert (item.signals, item.status) == (signals, "usable")
    assert [one.public for one in item.ednotes] == [False]


def test_a_public_note_that_is_only_a_label_keeps_it() -> None:
    item = read({"uri": "x", "headline": "h", "ednote": "CORRECTION"}, LANTERN)

    assert [(note.text, note.public) for note in item.ednotes] == [("CORRECTION", True)]


def test_the_stricter_of_status_and_label_counts() -> None:
    killed = read({"uri": "x", "pubstatus": "canceled", "headline": "CORRECTED-Ferry sails"})
    held = read({"uri": "x", "pubstatus": "usable", "headline": "HOLD: Ferry sails", "ednote": "Corrects name."})

    assert (killed.status, killed.signals) == ("canceled", ("correction",))
    assert (held.status, held.signals) == ("withheld", ("hold", "correction"))


def test_a_picture_under_an_embargo_waits_where_the_item_has_no_date() -> None:
    picture = {
        "type": "picture",
        "embargoed": "2026-03-02T09:00:00Z",
        "renditions": {"a": {"href": "https://a.example/1"}},
    }
    document = {"uri": "x", "headline": "h", "associations": {"a": picture}}

    assert read(document).media == ()
    assert read({**document, "versioncreated": "some day"}).media == ()
    assert read({**document, "embargoed": ""}).media == ()
    assert len(read({**document, "versioncreated": "2026-03-02T09:00:00Z"}).media) == 1


def test_unknown_keys_are_kept_as_far_as_there_is_room() -> None:
    item = read({"uri": "x", "headline": "h", "big": "x" * 16_001, "small": "y"})

    assert [one.qname for one in item.extra] == ["small"]
    assert [note.code for note in item.notes] == ["too-much-extra"]


def test_a_genre_says_what_the_profile_labels_it_as() -> None:
    dialect = Profile(labels={"advisory": ("Note to desks",), "lift": ("Note to desks",), "update": ("lead",)})
    advisory = {"uri": "x", "headline": "h", "genres": [{"name": "note to DESKS"}]}
    lead = {"uri": "x", "headline": "h", "genre": [{"code": "lead"}], "pubstatus": "withheld"}
    about = {"uri": "x", "headline": "h", "subject": [{"name": "Advisory"}]}

    assert [(item.status, item.signals) for item in (read(advisory, dialect), read(lead, dialect))] == [
        ("withheld", ("advisory",)),
        ("withheld", ("update",)),
    ]
    assert (read(about).status, read(advisory).status) == ("usable", "usable")


def test_what_is_not_for_publication_leaves_the_text() -> None:
    dialect = Profile(blocks=("# NOTEBOOK", ""), notes=Notes(public=("service",)))
    item = read({"uri": "x", "body_html": "<p>Copy.</p><p># Notebook</p><p>Call 555.</p>"}, dialect)
    note = {"say": "See also\n# notebook\n555", "kind": "service"}
    keyed = Profile(
        keys={"id": "guid", "text": "body_text"},
        lists=(Listed(at="notes", gives="ednotes", keys={"say": "text", "kind": "role"}),),
        blocks=dialect.blocks,
        notes=dialect.notes,
    )
    house = read({"id": "x", "text": "Copy.\n\n# NOTEBOOK\n\nCall 555.", "notes": [note]}, keyed)

    assert (item.body, [(one.text, one.public) for one in item.ednotes]) == (
        "<p>Copy.</p>",
        [("# Notebook\nCall 555.", False)],
    )
    assert "555" not in house.body
    assert [one.public for one in house.ednotes] == [False, False]
    assert read({"uri": "x", "body_html": "<p>Copy.</p>"}, dialect).body == "<p>Copy.</p>"


def test_of_very_many_texts_the_first_are_read() -> None:
    rows = [{"role": f"r{number}", "value": "x"} for number in range(201)]
    delivery = formats.parse(json.dumps({"uri": "x", "headlines": rows}).encode())

    assert [note.code for note in delivery.notes] == ["too-many-texts"]


def test_lines_that_are_too_long_to_be_wrapped_are_paragraphs() -> None:
    long, short = "word " * 30, "word"

    assert read({"uri": "x", "body_text": f"{long}\r\n{short}"}).body == f"<p>{long.strip()}</p>\n<p>word</p>"
    assert read({"uri": "x", "body_text": "one\ntwo"}).body == "<p>one\ntwo</p>"


@pytest.mark.parametrize(
    "document", [{}, [], [5], {"uri": "x"}, {"uri": "", "headline": "h"}, {"uri": 5, "headline": "h"}, {"items": []}]
)
def test_what_is_no_ninjs_is_refused(document: object) -> None:
    with pytest.raises(NewsError, match="JSON, not a feed"):
        read(document)


def agency() -> Profile:
    return profile.read((DATA / "house" / "agency.toml").read_text(), zone=lambda _: UTC)


def test_house_json_is_read_by_its_agencys_profile() -> None:
    delivery = said("house/item.json", agency())

    first, second = delivery["items"]
    assert delivery["format"] == "json-lw"
    assert_holds(first, house.FIRST)
    assert_holds(second, house.SECOND)
    assert {"wrong-type", "dropped-address", "unreadable-embargo"} <= codes(delivery)


def test_house_json_without_a_profile_is_refused() -> None:
    with pytest.raises(NewsError, match="JSON, not a feed"):
        said("house/item.json", None)


def test_what_a_profile_claims_goes_before_what_ninjs_says_of_it() -> None:
    dialect = Profile(keys={"number": "guid", "body_text": "body", "headline": "ignored"})
    item = read(
        {"uri": "x/1", "number": "x", "headline": "h", "title": "Ferry", "body_text": "<p>It waited.</p>"}, dialect
    )

    assert (item.guid, item.headline, item.body) == ("x", "Ferry", "<p>It waited.</p>")


def test_a_profile_without_a_code_names_its_format_json() -> None:
    body = b'{"id": "x", "rows": [{"t": "A"}]}'

    assert formats.parse(body, profile=Profile(keys={"id": "guid"})).format == "json"
