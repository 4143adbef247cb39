"""The corpora of our own: nothing lost that a feed says, nothing hurt by a hostile one (FORMATS section 6)."""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path
from random import Random

import pytest

from tests import corpora
from wiredesk.news import clean, formats
from wiredesk.news.errors import NewsError, NotAFeed
from wiredesk.news.item import Delivery, Item

LOSS = corpora.files(corpora.FORMATS / "own-loss", ".xml")
HOSTILE_LIST = corpora.FORMATS / "own-hostile" / "expect.json"
HOSTILE = json.loads(HOSTILE_LIST.read_text()) if HOSTILE_LIST.exists() else {}
FEEDS = corpora.files(corpora.TRUST / "hostile-feeds", ".xml", ".json", ".gz")
SECRET = Path("/etc/hostname")


def special(kept: str, item: Item) -> bool | None:
    """The claims of the loss cases that are no plain strings; None if `kept` is one."""
    name, _, value = kept.partition("=")
    match name:
        case "SUMMARY":
            return (item.summary or item.body) == value
        case "TITLE":
            return item.headline == value
        case "LINK":
            return item.url == value
        case "CONTENT0":
            return clean.text_of(clean.safe_html(item.body, base=item.url)) == value
        case "BIND":
            return len({media.credit for media in item.media}) == len(item.media) >= 2
        case "GUIDNOTLINK":
            return not item.url
    return None


@corpora.present
@pytest.mark.parametrize("path", LOSS, ids=lambda path: path.stem)
def test_nothing_a_feed_says_is_lost(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expect.json").read_text())

    delivery = formats.parse(path.read_bytes(), url="https://feed.example/")

    item = delivery.items[0] if delivery.items else Item()
    shown = clean.safe_html(item.body, base=item.body_base or item.url)
    said = json.dumps(formats.as_json(delivery), ensure_ascii=False) + shown
    for kept in expected["must_keep"]:
        claim = special(kept, item)
        assert (kept in said) if claim is None else claim, f"{expected['case']}: {kept}"


@corpora.present
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_document_gives_what_its_manifest_says(name: str) -> None:
    expected = HOSTILE[name]
    body = (corpora.FORMATS / "own-hostile" / name).read_bytes()
    memory, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()

    try:
        delivery = formats.parse(body)
    except NewsError as error:
        assert expected["refused"] in str(error)
        if "offers" in expected:
            assert isinstance(error, NotAFeed)
            assert any(offer.endswith(expected["offers"]) for offer in error.offers)
        return

    assert time.process_time() - begun <= expected.get("max_seconds", 3)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024
    assert grown <= expected.get("max_extra_mb", 250)
    assert_as_expected(delivery, expected)


def assert_as_expected(delivery: Delivery, expected: dict[str, object]) -> None:
    titles = [item.headline for item in delivery.items]
    notes = " | ".join(note.text for note in delivery.notes)
    assert "refused" not in expected
    assert len(titles) == expected.get("items", len(titles))
    assert titles == expected.get("titles", titles)
    assert [item.guid for item in delivery.items] == expected.get("ids", [item.guid for item in delivery.items])
    assert delivery.encoding == expected.get("encoding", delivery.encoding)
    assert delivery.lossy == expected.get("lossy", delivery.lossy)
    assert str(expected.get("note", "")) in notes
    for part in expected.get("title_contains", ()):  # type: ignore[attr-defined]  # JSON is untyped
        assert any(part in title for title in titles)
    if "no_file_content" in expected:
        assert SECRET.read_text().strip() not in json.dumps(formats.as_json(delivery))


@corpora.present
@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_a_hostile_feed_is_read_or_refused_quickly(path: Path) -> None:
    begun = time.process_time()

    try:
        delivery = formats.parse(path.read_bytes())
    except NewsError as error:
        assert str(error)
    else:
        said = json.dumps(formats.as_json(delivery), ensure_ascii=False).encode("utf-8")
        assert SECRET.read_text().strip().encode() not in said

    assert time.process_time() - begun < 2


@corpora.present
def test_s3_no_link_of_another_scheme_becomes_an_address() -> None:
    delivery = formats.parse((corpora.TRUST / "hostile-feeds" / "link-schemes.xml").read_bytes())

    for item in delivery.items:
        addresses = [
            item.url,
            item.external_url,
            *(link.href for link in item.links),
            *(one.href for one in item.media),
        ]
        addresses += [person.uri for person in item.authors] + [credit.url for credit in item.credit]
        assert [one for one in addresses if one and not one.startswith(("http://", "https://"))] == []


def damaged(dice: Random) -> bytes:
    """A file of the corpora, cut off or with one byte changed."""
    folders = ("real-feeds-kagi", "iptc-newsml-g2", "python-newsmlg2", "dpa-digitalwires/tests/data/output")
    names = [path for folder in folders for path in corpora.files(corpora.FORMATS / folder, ".xml")] + LOSS
    body = bytearray(dice.choice(names).read_bytes()[:60_000])
    if dice.random() < 0.5:
        return bytes(body[: dice.randrange(len(body))])
    body[dice.randrange(len(body))] = dice.randrange(256)
    return bytes(body)


@corpora.present
@pytest.mark.parametrize("count", [200, pytest.param(2000, marks=pytest.mark.slow)])
def test_a_damaged_document_gives_a_delivery_or_one_clear_error(count: int) -> None:
    dice = Random(20260326)
    for _ in range(count):
        body = damaged(dice)
        begun = time.process_time()
        try:
            formats.parse(body)
        except NewsError as error:
            assert str(error)
        assert time.process_time() - begun < 2


OTHERS = [
    path
    for folder in ("gofeed", "feedvalidator", "miniflux", "reader", "fastfeedparser-integration", "feedparser-main")
    for path in corpora.files(corpora.FORMATS / folder, ".xml", ".rss", ".atom", ".json")
]


@corpora.present
def test_no_document_of_others_crashes_hangs_or_loses_its_items() -> None:
    empty = []
    for path in OTHERS:
        body = path.read_bytes()
        begun = time.process_time()
        try:
            delivery = formats.parse(body)
        except NewsError as error:
            assert str(error)
        else:
            has_items = b"<item>" in body and b"<feed" not in body or b"<entry>" in body
            if has_items and not delivery.items and not delivery.lossy:
                empty.append(path.name)
        assert time.process_time() - begun < 2, path
    assert empty == []
