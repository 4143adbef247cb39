"""The corpora's wire files: NITF and IPTC 7901 chains of an invented agency, and NewsML 1.2 (FORMATS section 6)."""

from __future__ import annotations

import json
import statistics
import time
from html import unescape
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests import corpora
from wiredesk.news import formats, profile
from wiredesk.news.errors import NewsError
from wiredesk.news.item import Item

CHAINS = corpora.FORMATS / "own-chains"
ENA = CHAINS / "ena.profile.json"
PROFILE = profile.read(ENA.read_text(), zone=ZoneInfo) if ENA.exists() else profile.Profile()
NEWSML = corpora.files(corpora.FORMATS / "iptc-ninjs" / "examples" / "NewsML", ".xml")
PRIVATE = ("555-0", "NOTEBOOK", "not for publication", "ena dsk", "Note to editors")
COMMANDS = ("kill", "hold", "lift")


def steps(chain: str) -> list[dict[str, Any]]:
    """The steps of a chain that bring a file."""
    listed = CHAINS / chain / "expect.json"
    return [step for step in json.loads(listed.read_text())["steps"] if step["file"]] if listed.exists() else []


STEPS = [(chain, step) for chain in ("nitf-storm", "iptc7901-harbour") for step in steps(chain)]


def read(chain: str, name: str) -> Item:
    (item,) = formats.parse((CHAINS / chain / name).read_bytes(), profile=PROFILE).items
    return item


def public(item: Item) -> str:
    """All that readers may get to see of an item, on one line."""
    notes = " ".join(note.text for note in item.ednotes if note.public)
    said = f"{item.headline} {item.subhead} {item.byline} {item.dateline} {item.summary} {item.body} {notes}"
    return " ".join(unescape(said).split())


def own(step: dict[str, Any], item: Item) -> dict[str, Any]:
    """What a step expects of the item itself, not of another one that it names."""
    return next(one for one in step["expect"] if one["id"] == item.guid)


@corpora.present
@pytest.mark.parametrize(("chain", "step"), STEPS, ids=[f"{chain}-{step['file']}" for chain, step in STEPS])
def test_a_file_of_a_chain_says_what_its_step_needs(chain: str, step: dict[str, Any]) -> None:
    item = read(chain, step["file"])

    expected = own(step, item)
    event = expected["event"]
    if "version" in expected:
        assert item.version == str(expected["version"])
    if event in ("correction", "refile", "substitute", "advisory"):
        assert event in item.signals
    assert (item.status == "usable") == (event != "advisory")
    if event != "nothing":
        notes = [expected["note"]] if "note" in expected else []
        assert [note.text for note in item.ednotes if note.public] == notes
    for other in (one for one in step["expect"] if one.get("by") == item.guid):
        command = "lift" if other.get("lifts") else other["event"]
        number = other["id"].partition(" of ")[0]
        assert [ref.id for ref in item.refs if ref.rel in COMMANDS] == [number]
        assert [ref.rel for ref in item.refs if ref.rel in COMMANDS] == [command]
    if "replaces" in expected:
        assert expected["replaces"].partition(" of ")[0] in [ref.id for ref in item.refs if ref.rel == "substitute"]


@corpora.present
@pytest.mark.parametrize(("chain", "step"), STEPS, ids=[f"{chain}-{step['file']}" for chain, step in STEPS])
def test_nothing_private_of_a_file_is_in_a_public_field(chain: str, step: dict[str, Any]) -> None:
    item = read(chain, step["file"])

    said = public(item)
    assert [part for part in PRIVATE if part in said] == []
    expected = own(step, item)
    if item.status == "usable" and expected["event"] != "nothing":
        page = step["public"][expected["story"]]
        assert page.get("headline", item.headline) == item.headline
        assert [part for part in page.get("has", ()) if part not in said] == []
        assert [part for part in page.get("lacks", ()) if part in said] == []


@corpora.present
@pytest.mark.parametrize("path", NEWSML, ids=lambda path: path.stem)
def test_a_newsml_file_gives_one_whole_item(path: Path) -> None:
    delivery = formats.parse(path.read_bytes())

    (item,) = delivery.items
    text = path.read_text(encoding="utf-8")
    assert item.guid == text.partition("<PublicIdentifier>")[2].partition("</")[0].rpartition(":")[0]
    assert (delivery.format, item.version, item.status, delivery.lossy) == ("newsml1.2", "1", "usable", False)
    assert item.headline == unescape(text.partition("<HeadLine>")[2].partition("</")[0])
    assert item.body.startswith("<p>") and len(item.body) > 1000
    assert len(item.media) == len([one for one in text.split("<ContentItem")[1:] if "Href=" in one.partition(">")[0]])
    assert [right.notice for right in item.rights] == ["Copyright Business Wire 2013"]
    contacts = [note for note in item.ednotes if note.role == "contacts"]
    assert contacts and not any(note.public for note in contacts)


ALL = [CHAINS / chain / step["file"] for chain, step in STEPS] + NEWSML


@corpora.present
@pytest.mark.parametrize("count", [200, pytest.param(2000, marks=pytest.mark.slow)])
def test_a_damaged_file_gives_a_delivery_or_one_clear_error_and_nothing_private(count: int) -> None:
    dice = Random(20260326)
    for _ in range(count):
        body = bytearray(dice.choice(ALL).read_bytes())
        if dice.random() < 0.5:
            body = body[: dice.randrange(len(body))]
        else:
            body[dice.randrange(len(body))] = dice.randrange(256)
        try:
            delivery = formats.parse(bytes(body), profile=PROFILE)
        except NewsError as error:
            assert str(error)
        else:
            assert not any("555-0100" in public(item) for item in delivery.items)


@corpora.present
def test_an_item_takes_no_longer_than_ten_milliseconds() -> None:
    for path in ALL:
        body, times = path.read_bytes(), []
        for _ in range(5):
            begun = time.process_time()
            formats.as_json(formats.parse(body, profile=PROFILE))
            times.append(time.process_time() - begun)
        assert statistics.median(times) <= 0.010, path.name
