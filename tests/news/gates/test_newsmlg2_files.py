"""NewsML-G2 of others: what every news item must give, and what must never reach readers (FORMATS section 6)."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from tests import corpora
from wiredesk.news import formats, profile
from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading.repair import parser
from wiredesk.news.item import Date, Item
from wiredesk.news.profile import Profile

PROFILES = Path(profile.__file__).parent / "profiles"
DPA_FILES = corpora.files(corpora.FORMATS / "dpa-digitalwires" / "tests" / "data" / "output", ".xml")
FILES = [
    *corpora.files(corpora.FORMATS / "iptc-newsml-g2", ".xml"),
    *corpora.files(corpora.FORMATS / "python-newsmlg2", ".xml"),
    *DPA_FILES,
]
CHAINS = corpora.FORMATS / "own-chains"
STEPS = [
    (chain, step)
    for chain in ("newsml-g2-bridge", "newsml-g2-embargo")
    if (CHAINS / chain).is_dir()
    for step in json.loads((CHAINS / chain / "expect.json").read_text())["steps"]
    if step["file"]
]
N = "{http://iptc.org/std/nar/2006-10-01/}"
ITEMS = (f"{N}newsItem", f"{N}packageItem")


def dpa() -> Profile:
    return profile.read((PROFILES / "dpa.toml").read_text(), zone=ZoneInfo)


def ena() -> Profile:
    return profile.read((CHAINS / "ena.profile.json").read_text(), zone=ZoneInfo)


def read(path: Path, dialect: Profile | None = None) -> Iterator[tuple[etree._Element, Item]]:
    """Each news item of a file as it is written, and as it was read."""
    root = etree.fromstring(path.read_bytes(), parser())
    elements = [one for one in root.iter(*ITEMS)]
    if root.tag.rpartition("}")[2] in ("contentMeta", "groupSet"):
        return iter(())  # a fragment of a document
    items = formats.parse(path.read_bytes(), url="https://wire.example/", profile=dialect).items
    assert len(items) == len(elements)
    return zip(elements, items, strict=True)


def said(element: etree._Element, path: str) -> list[str]:
    found = element.findall("/".join(f"{N}{name}" for name in path.split("/")))
    return [" ".join("".join(one.itertext()).split()) for one in found]


@corpora.present
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_item_is_read_as_it_is_written(path: Path) -> None:
    for element, item in read(path):
        assert (item.guid, item.version) == (element.get("guid", ""), element.get("version", ""))
        status = element.find(f"{N}itemMeta/{N}pubStatus")
        assert item.status == ("usable" if status is None else status.get("qcode").partition(":")[2])
        titles = said(element, "contentMeta/headline") or said(element, "itemMeta/title")
        assert (item.headline_raw or item.headline) in titles if titles else True
        assert_rights(element, item)
        assert [note.text for note in item.ednotes if note.public] == []


def assert_rights(element: etree._Element, item: Item) -> None:
    kept = " ".join(f"{one.holder} {one.notice} {one.terms}" for one in item.rights)
    for part in (f"copyrightHolder/{N}name", "copyrightNotice", "usageTerms"):
        for one in element.findall(f"{N}rightsInfo/{N}{part}"):
            assert " ".join("".join(one.itertext()).split()) in kept


@corpora.present
def test_the_embargo_is_read() -> None:
    path = next(path for path in DPA_FILES if path.stem == "embargoed")
    (item,) = [item for _, item in read(path)]

    assert isinstance(item.embargo, Date) and item.embargo.utc
    assert item.embargo.utc.isoformat() == "2025-01-23T18:00:00+00:00"


@corpora.present
@pytest.mark.parametrize("dialect", [Profile(), dpa()], ids=["no profile", "dpa"])
def test_three_corrections_are_found(dialect: Profile) -> None:
    found = [path.stem for path in DPA_FILES for _, item in read(path, dialect) if "correction" in item.signals]

    assert len(found) == 3


@corpora.present
def test_what_dpa_writes_for_readers_is_public_and_nothing_else() -> None:
    public = {
        (path.stem, note.role)
        for path in DPA_FILES
        for _, item in read(path, dpa())
        for note in item.ednotes
        if note.public
    }

    assert {role for _, role in public} == {"dpaednoterole:correctionshort"}
    assert {name for name, _ in public} == {"dw-1", "tvo_pol", "with_dateline"}


@corpora.present
@pytest.mark.parametrize("path", DPA_FILES, ids=lambda path: path.stem)
def test_no_note_that_is_not_public_is_in_any_public_field(path: Path) -> None:
    for element, item in read(path, dpa()):
        plain = {name: value for name, value in formats.as_plain(item).items() if name not in ("ednotes", "origin")}
        shown = " ".join(json.dumps(plain, ensure_ascii=False).split())
        for note in element.iter(f"{N}edNote"):
            text = " ".join("".join(note.itertext()).split())
            if note.get("pubconstraint"):
                assert text not in shown
                assert not any(one.public and text == one.text for one in item.ednotes)


@corpora.present
@pytest.mark.parametrize(("chain", "step"), STEPS, ids=lambda value: value if isinstance(value, str) else value["file"])
def test_each_step_of_a_chain_says_what_its_story_needs(chain: str, step: dict[str, object]) -> None:
    delivery = formats.parse((CHAINS / chain / str(step["file"])).read_bytes(), profile=ena())

    expected = step["expect"]
    assert isinstance(expected, list)
    assert [(item.guid, item.version) for item in delivery.items] == [
        (one["id"], str(one["version"])) for one in expected
    ]
    for item, one in zip(delivery.items, expected, strict=True):
        assert item.status == {"hold": "withheld", "kill": "canceled"}.get(one["event"], "usable") or "revival" in str(
            step["file"]
        )
        if one["event"] in ("correction", "update") and one.get("lifts") != "embargo":
            assert one["event"] in item.signals
        assert one.get("note") in (None, *(note.text for note in item.ednotes if note.public))
        assert one.get("replaces") in (None, *(ref.id for ref in item.refs if ref.rel == "substitute"))
        if "embargo" in one:
            moment = formats.as_plain(item)["embargo"]
            assert one["embargo"] == (moment if isinstance(moment, str) else moment["utc"])


@corpora.present
def test_every_input_cut_or_bent_gives_a_delivery_or_one_clear_error() -> None:
    dice = Random(20260302)
    for path in [*FILES, *(CHAINS / chain / str(step["file"]) for chain, step in STEPS)]:
        whole = path.read_bytes()
        bent = [bytearray(whole) for _ in range(10)]
        for body in bent:
            body[dice.randrange(len(body))] = dice.randrange(256)
        for body in [*bent, *(whole[: dice.randrange(len(whole))] for _ in range(10))]:
            begun = time.process_time()
            try:
                formats.parse(bytes(body), profile=ena())
            except NewsError as error:
                assert str(error)
            assert time.process_time() - begun < 2


@corpora.present
def test_an_item_takes_less_than_ten_milliseconds() -> None:
    bodies = [path.read_bytes() for path in DPA_FILES]
    count = sum(len(formats.parse(body).items) for body in bodies)

    begun = time.process_time()
    for _ in range(5):
        for body in bodies:
            formats.parse(body)

    assert (time.process_time() - begun) / (5 * count) < 0.010


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_profile_that_ships_can_be_read(path: Path) -> None:
    found = profile.read(path.read_text(encoding="utf-8"), zone=ZoneInfo)

    assert found.code.lower() == path.stem
    assert not set(found.notes.private) & {*found.notes.public, *found.notes.correction_text}
