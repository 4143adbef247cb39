"""IPTC's own ninjs documents, dpa's and PA's JSON, and the ninjs chains of our own (FORMATS section 6)."""

from __future__ import annotations

import json
import re
import time
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from tests import corpora
from wiredesk.news import clean, formats, profile
from wiredesk.news.errors import NewsError
from wiredesk.news.item import Item
from wiredesk.news.profile import Profile

ROOT = Path(__file__).resolve().parents[3]
IPTC = corpora.files(corpora.FORMATS / "iptc-ninjs", ".json")
DPA = corpora.FORMATS / "dpa-digitalwires" / "tests" / "data"
PA = corpora.files(corpora.FORMATS / "guardian-newswires", ".json")
CHAINS = corpora.FORMATS / "own-chains"
STEPS = [
    (chain, step)
    for chain in ("ninjs-2.0-ferry", "ninjs-3.1-court")
    if CHAINS.is_dir()
    for step in json.loads((CHAINS / chain / "expect.json").read_text())["steps"]
    if step["file"]
]
G2 = {"g": "http://iptc.org/std/nar/2006-10-01/", "x": "http://www.w3.org/1999/xhtml"}
RIGHTS = ("copyrightholder", "copyrightnotice", "usageterms", "rightsinfo")
MS_AN_ITEM = 10


def shipped(name: str) -> Profile:
    path = ROOT / "src" / "wiredesk" / "news" / "profiles" / f"{name}.toml"
    return profile.read(path.read_text(), zone=ZoneInfo)


def letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def plain(html: str) -> str:
    return letters(clean.text_of(clean.safe_html(html, base="https://feed.example/")))


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The objects of a document that name themselves."""
    try:
        document = json.loads(path.read_text())
    except ValueError:
        return []
    return [row for row in (document if isinstance(document, list) else [document]) if row.get("uri")]


MEANT = [path for path in IPTC if ("should_pass" in path.parts or "examples" in path.parts) and rows_of(path)]


@corpora.present
@pytest.mark.parametrize("path", MEANT, ids=lambda path: "-".join(path.parts[-3:]))
def test_a_document_of_iptc_is_read(path: Path) -> None:
    rows, items = rows_of(path), formats.parse(path.read_bytes()).items

    for row, item in zip(rows, items, strict=True):
        said = {key.lower(): value for key, value in row.items()}
        assert (item.guid, item.guid_kind, item.status) == (row["uri"], "opaque", "usable")
        assert item.version == str(said.get("version", ""))
        assert headline_of(said) in ("", item.headline)
        assert bool(item.body) == any(key == "bodies" or key.startswith("body_") for key in said)
        assert_body(said, item)
        assert bool(item.rights) == any(key in said for key in RIGHTS) or item.rights[0].credit


def headline_of(said: dict[str, Any]) -> str:
    main = [one["value"] for one in said.get("headlines", ()) if one.get("role") == "main"]
    return " ".join(str(said.get("headline") or (main or [""])[0]).split())


def assert_body(said: dict[str, Any], item: Item) -> None:
    """The body says what one of the forms of the text says."""
    forms = [one["value"] for one in said.get("bodies", ())]
    forms += [value for key, value in said.items() if key.startswith("body_")]
    texts = {plain(form) for form in forms if isinstance(form, str)}
    assert not item.body or plain(item.body) in texts


@corpora.present
@pytest.mark.parametrize("word", ["cancelled", "replaced", "commissioned"])
def test_a_status_outside_the_standard_is_never_usable(word: str) -> None:
    found = [path for path in IPTC if any(word in row.get("pubstatus", "") for row in rows_of(path))]

    assert found
    for path in found:
        statuses = {item.status for item in formats.parse(path.read_bytes()).items}
        assert statuses == ({"canceled"} if word == "cancelled" else {"withheld"})


@corpora.present
@pytest.mark.parametrize("path", [path for path in IPTC if "should_fail" in path.parts], ids=lambda path: path.stem)
def test_a_document_that_breaks_the_schema_is_read_or_refused(path: Path) -> None:
    try:
        delivery = formats.parse(path.read_bytes())
    except NewsError as error:
        assert str(error)
    else:
        assert len(delivery.items) == 1


def twin_texts(name: str, path: str) -> list[str]:
    root = etree.parse(DPA / "output" / f"{name}.xml").getroot()
    return ["".join(one.itertext()) if not isinstance(one, str) else one for one in root.xpath(path, namespaces=G2)]


def twin(name: str, path: str) -> str:
    return next(iter(twin_texts(name, path)), "").strip()


def twin_body(name: str) -> str:
    """The text of a twin without the teaser and the dateline, which its writer put in."""
    root = etree.parse(DPA / "output" / f"{name}.xml").getroot()
    for main in root.xpath("//x:section[starts-with(@class, 'main')]", namespaces=G2):
        for one in main.xpath(".//x:p[@class='teaser'] | .//x:span[@class='dateline']", namespaces=G2):
            for inner in one.iter():
                inner.text = None
                inner.tail = inner.tail if inner is one else None
        return "".join(main.itertext())
    return ""


DPA_NAMES = [path.stem for path in corpora.files(DPA / "input", ".json")]


@corpora.present
@pytest.mark.parametrize("name", DPA_NAMES)
def test_dpas_json_says_what_its_twin_says(name: str) -> None:
    delivery = formats.parse((DPA / "input" / f"{name}.json").read_bytes(), profile=shipped("dpa"))

    (item,) = delivery.items
    assert (item.guid, item.version) == (twin(name, "//g:newsItem/@guid"), twin(name, "//g:newsItem/@version"))
    assert item.status == (twin(name, "//g:pubStatus/@qcode").removeprefix("stat:") or "usable")
    assert item.headline == " ".join(twin(name, "//g:headline[@rank='1']").split())
    assert plain(item.summary) == letters(twin(name, "//g:description[@role='drol:teaser']"))
    # One item has its dateline in the text already, as its twin has.
    assert plain(item.body).removeprefix(letters(item.dateline)) == letters(twin_body(name))
    assert str(item.urgency) == twin(name, "//g:urgency")
    assert item.language == twin(name, "//g:language/@tag")
    assert [*item.keywords] == list(dict.fromkeys(twin_texts(name, "//g:keyword")))
    assert_dates(name, item)
    assert_rights(name, item)
    assert_notes(name, item)
    wanted = {code.removeprefix("medtop:") for code in twin_texts(name, "//g:subject/@qcode | //g:genre/@qcode")}
    assert wanted <= {subject.code for subject in item.subjects}
    assert all(subject.scheme.endswith("/mediatopic/") for subject in item.subjects if subject.code.isdigit())
    assert item.dateline == twin(name, "//g:dateline") or twin(name, "//g:located/g:name")


def assert_dates(name: str, item: Item) -> None:
    for moment, path in (
        (item.updated, "versionCreated"),
        (item.published, "contentCreated"),
        (item.embargo, "embargoed"),
    ):
        sent = twin(name, f"//g:{path}")
        assert (moment is None) == (sent == "")
        if moment and moment != "undefined" and len(sent) > 10:
            assert moment.utc == datetime.fromisoformat(sent)


def assert_rights(name: str, item: Item) -> None:
    """Where dpa sent no terms its converter wrote "None"."""
    said = [(right.notice, right.terms, right.credit) for right in item.rights] or [("", "", "")]
    terms = twin(name, "//g:usageTerms")
    wanted = (twin(name, "//g:copyrightNotice"), "" if terms == "None" else terms, twin(name, "//g:creditline"))
    assert [letters("|".join(one)) for one in said] == [letters("|".join(wanted))]


def assert_notes(name: str, item: Item) -> None:
    sent = twin_texts(name, "//g:edNote[not(@role='dpaednoterole:notepad')]")
    assert [letters(note.text) for note in item.ednotes] == [letters(note) for note in sent]
    private = {letters(note) for note in twin_texts(name, "//g:edNote[@pubconstraint]")}
    public = [letters(note.text) for note in item.ednotes if note.public]
    assert public == [letters(note) for note in twin_texts(name, "//g:edNote[@role='dpaednoterole:correctionshort']")]
    open_fields = letters(
        f"{item.headline} {item.summary} {item.body} {item.byline} {[one.caption for one in item.media]}"
    )
    assert not any(note in open_fields or note in public for note in private)
    signals = {signal.removeprefix("sig:") for signal in twin_texts(name, "//g:signal/@qcode")}
    assert set(item.signals) == signals & {"correction", "update"}


# Fields in which a twin differs, since its converter wrote something else than dpa had sent.
OTHERWISE = {
    "body": "the converter writes teaser and dateline into the text",
    "ednotes": "the notepad repeats other notes, and is left out of the JSON",
    "subjects": "in another order; places of interest are subjects in the twin alone",
    "places": "the JSON has where the item was written too",
    "persons": "the converter leaves them out",
    "media": "captions lose their lines, titles are left out, and pictures of a text are left out",
    "refs": "the converter leaves associations of text out",
    "links": "the converter leaves them out",
    "rights": "the converter writes None where there are no terms",
    "extra": "what has no field is another thing in each format",
    "origin": "other paths",
}
SAME = [field for field in Item.__struct_fields__ if field not in OTHERWISE]


@corpora.present
@pytest.mark.parametrize("name", DPA_NAMES)
def test_dpas_json_and_its_twin_are_one_item(name: str) -> None:
    ours, its = both(name)

    assert {field: getattr(ours, field) for field in SAME} == {field: getattr(its, field) for field in SAME}
    assert list(ours.ednotes) == [note for note in its.ednotes if not note.role.endswith(":notepad")]
    assert set(ours.subjects) >= {subject for subject in its.subjects if subject.type != "poi"}
    assert set(ours.places) >= set(its.places)
    assert {one.href for one in ours.media} >= {one.href for one in its.media}


@corpora.present
def test_each_field_in_which_a_twin_may_differ_does_so_in_some_pair() -> None:
    pairs = [both(name) for name in DPA_NAMES]

    same = [field for field in OTHERWISE if all(getattr(ours, field) == getattr(its, field) for ours, its in pairs)]
    assert same == []


def both(name: str) -> tuple[Item, Item]:
    """The item as dpa's JSON says it, and as its twin in NewsML-G2 does."""
    dpa = shipped("dpa")
    return (
        formats.parse((DPA / "input" / f"{name}.json").read_bytes(), profile=dpa).items[0],
        formats.parse((DPA / "output" / f"{name}.xml").read_bytes(), profile=dpa).items[0],
    )


@corpora.present
def test_pas_json_is_read_with_and_without_its_profile() -> None:
    (path,) = PA
    row = json.loads(path.read_text())
    with_it = formats.parse(path.read_bytes(), profile=shipped("pa-guardian")).items[0]
    without = formats.parse(path.read_bytes()).items[0]

    assert (with_it.guid, without.guid) == (row["usn"], row["uri"])
    assert (with_it.headline, with_it.version, with_it.status) == (row["headline"], row["version"], "usable")
    assert (with_it.slugline, with_it.urgency) == (row["slug"], int(row["priority"]))
    assert with_it.body == without.body == row["body_text"].strip()
    assert [subject.code for subject in with_it.subjects] == [*row["subjects"]["code"], "15000000"]
    assert with_it.published and with_it.published.raw == row["firstVersion"]


@corpora.present
@pytest.mark.parametrize(
    ("chain", "step"), STEPS, ids=lambda value: value["file"] if isinstance(value, dict) else value
)
def test_a_step_of_a_chain_says_what_it_needs(chain: str, step: dict[str, Any]) -> None:
    ena = profile.read((CHAINS / "ena.profile.json").read_text(), zone=ZoneInfo)
    delivery = formats.parse((CHAINS / chain / step["file"]).read_bytes(), profile=ena)

    for item, wanted in zip(delivery.items, step["expect"], strict=True):
        event = wanted["event"]
        assert (item.guid, item.version) == (wanted["id"], wanted.get("version", ""))
        assert item.status == {"hold": "withheld", "kill": "canceled"}.get(event, "usable")
        if event in ("refile", "correction", "substitute"):
            assert event in item.signals
        if "note" in wanted:
            assert [note.text for note in item.ednotes if note.public] == [wanted["note"]]
        if "replaces" in wanted:
            assert [ref.id for ref in item.refs if ref.rel == "substitute"] == [wanted["replaces"]]
        if "expires" in wanted:
            assert item.expiry and item.expiry.utc == datetime.fromisoformat(wanted["expires"])


ALL = [*IPTC, *corpora.files(DPA / "input", ".json"), *PA, *corpora.files(CHAINS / "ninjs-2.0-ferry", ".json")]


@corpora.present
@pytest.mark.parametrize("count", [400, pytest.param(4000, marks=pytest.mark.slow)])
def test_a_damaged_document_gives_a_delivery_or_one_clear_error(count: int) -> None:
    dice, dialects = Random(20260326), (None, shipped("dpa"), shipped("pa-guardian"))
    for _ in range(count):
        body = bytearray(dice.choice(ALL).read_bytes())
        if dice.random() < 0.3:
            del body[dice.randrange(len(body)) :]
        else:
            body[dice.randrange(len(body))] = dice.randrange(256)
        try:
            formats.as_json(formats.parse(bytes(body), profile=dice.choice(dialects)))
        except NewsError as error:
            assert str(error)


@corpora.present
def test_an_item_costs_at_most_ten_milliseconds() -> None:
    bodies = [path.read_bytes() for path in [*MEANT, *corpora.files(DPA / "input", ".json")]]
    dpa, items = shipped("dpa"), 0
    begun = time.process_time()
    for body in bodies:
        items += len(formats.parse(body, profile=dpa).items)

    assert (time.process_time() - begun) * 1000 / items <= MS_AN_ITEM
