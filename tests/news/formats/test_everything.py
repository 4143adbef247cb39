"""One document of each format with all that it can say; the expected values stand beside it in tests/data."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from wiredesk.news import formats

DATA = Path(__file__).resolve().parents[2] / "data"
URL = "https://lantern.example/feed"


def said(name: str) -> tuple[dict[str, Any], Any]:
    body = next((DATA / name).glob("everything.[xj][ms]*")).read_bytes()
    return formats.as_json(formats.parse(body, url=URL)), import_module(f"tests.data.{name}.everything")


def assert_holds(actual: dict[str, Any], expected: dict[str, Any]) -> None:
    assert {name: actual.get(name) for name in expected} == expected


def test_all_that_an_rss_feed_says_is_read() -> None:
    delivery, expected = said("rss")

    first, second, third = delivery["items"]
    assert delivery["format"] == "rss2.0"
    assert_holds(delivery["feed"], expected.FEED)
    assert [one["name"] for one in delivery["feed"]["categories"]] == expected.CATEGORIES
    assert_holds(first, expected.FIRST)
    assert_holds(second, expected.SECOND)
    assert_holds(third, expected.THIRD)


def test_each_media_object_keeps_its_own_credit() -> None:
    delivery, expected = said("rss")

    rows = [(one["href"], one["rendition"], one.get("credit", "")) for one in delivery["items"][0]["media"]]
    assert [row[:2] for row in rows] == [row[:2] for row in expected.MEDIA]
    assert rows[2][2] == "Ada, Bo"
    assert {row[2] for row in rows} == {"Ada, Bo", "Cy"}


def test_what_is_said_of_media_that_are_not_there_is_noted() -> None:
    delivery, _ = said("rss")

    assert delivery["items"][1]["notes"] == [{"code": "media-without-object", "text": "credit: Lost"}]


def test_each_field_tells_where_it_was_read() -> None:
    item = formats.parse((DATA / "rss" / "everything.xml").read_bytes(), url=URL).items[0]

    assert item.origin["body"].path == "content:encoded"
    assert item.origin["headline"].path == "title"
    assert len(item.origin["headline"].hash) == 8
    assert len(item.origin) == len(list(item.origin)) == 20


def test_an_address_of_another_scheme_is_dropped_with_a_note() -> None:
    delivery, _ = said("rss")

    assert {"code": "dropped-address", "text": "not a web address: javascript:x"} in delivery["notes"]


def test_all_that_an_atom_feed_says_is_read() -> None:
    delivery, expected = said("atom")

    assert delivery["format"] == "atom1.0"
    assert_holds(delivery["feed"], expected.FEED)
    assert_holds(delivery["items"][0], expected.FIRST)
    assert [item.get("body") for item in delivery["items"]] == expected.BODIES
    assert delivery["tombstones"] == expected.STONES
    assert delivery["items"][1]["headline"] == "Less < more &amp; <b>"
    assert delivery["items"][1]["url"] == "https://x.example/2.json"
    assert delivery["items"][4]["external_url"] == "https://x.example/5.html"
    assert delivery["items"][4]["headline"] == "One"


def test_all_that_a_json_feed_says_is_read() -> None:
    delivery, expected = said("jsonfeed")

    first, second, third = delivery["items"]
    assert delivery["format"] == "jsonfeed1.1"
    assert_holds(delivery["feed"], expected.FEED)
    assert_holds(first, expected.FIRST)
    assert_holds(second, expected.SECOND)
    assert third["guid"] == ""
    codes = {(note["code"], note.get("where", "")) for note in delivery["notes"]}
    assert {
        ("wrong-type", "items"),
        ("wrong-type", "tags"),
        ("wrong-type", "attachments"),
        ("wrong-type", "title"),
    } <= codes


def test_all_that_a_newsml_g2_message_says_is_read() -> None:
    delivery, expected = said("newsmlg2")

    first, package, empty = delivery["items"]
    assert delivery["format"] == "newsmlg2"
    assert_holds(delivery["feed"], expected.FEED)
    assert [(local(one), one.get("text", "")) for one in delivery["feed"]["extra"]] == expected.HEADER
    assert_holds(first, expected.FIRST)
    assert [local(one) for one in first["extra"]] == expected.EXTRA
    assert_holds(package, expected.PACKAGE)
    assert (empty["guid"], empty["guid_kind"], empty["status"]) == ("", "made", "usable")
    assert delivery["notes"] == [{"code": "other-item", "text": "a conceptItem holds no copy"}]
    assert first["origin"]["headline"]["path"] == "contentMeta/headline"


def local(extra: dict[str, Any]) -> str:
    return str(extra["qname"]).rpartition("}")[2]


@pytest.mark.parametrize("name", ["rss", "atom", "jsonfeed", "newsmlg2"])
def test_a_delivery_is_json_and_the_same_every_time(name: str) -> None:
    assert json.dumps(said(name)[0]) == json.dumps(said(name)[0])
