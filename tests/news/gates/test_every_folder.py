"""Every folder of the corpora has a gate; here are those of folders that no other module reads as a whole."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests import corpora
from wiredesk.news import clean, formats, profile
from wiredesk.news.formats.reading import decode

HERE = Path(__file__).parent
GATES = {
    "dpa-digitalwires": ("test_newsmlg2_files", "test_ninjs_files"),
    "fastfeedparser-integration": ("test_own_cases",),
    "feedparser-6.0.14-encoding": ("test_every_folder",),
    "feedparser-main": ("test_feedparser_cases", "test_own_cases"),
    "feedvalidator": ("test_own_cases",),
    "gate-lists": ("test_feedparser_cases",),
    "gofeed": ("test_own_cases",),
    "guardian-newswires": ("test_ninjs_files",),
    "iptc-newsml-g2": ("test_newsmlg2_files",),
    "iptc-ninjs": ("test_ninjs_files", "test_wire_files"),
    "miniflux": ("test_own_cases",),
    "own-chains": ("test_newsmlg2_files", "test_ninjs_files", "test_wire_files", "test_every_folder"),
    "own-hostile": ("test_own_cases",),
    "own-loss": ("test_own_cases",),
    "own-perf": ("test_every_folder",),
    "python-newsmlg2": ("test_newsmlg2_files",),
    "reader": ("test_own_cases",),
    "real-feeds-kagi": ("test_real_feeds",),
}
ENCODINGS = corpora.files(corpora.FORMATS / "feedparser-6.0.14-encoding", ".xml")
EXPECTED = re.compile(r"feed\[u?'title'\] == u?'((?:\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|[^'\\]){0,40})'")
CHAINS = [
    path
    for path in corpora.files(corpora.FORMATS / "own-chains")
    if path.parent.parent.name == "own-chains" and path.name != "expect.json"
]


@corpora.present
def test_every_folder_of_the_corpora_has_a_gate_that_names_it() -> None:
    folders = {path.name for path in corpora.FORMATS.iterdir() if path.is_dir()}

    assert folders == set(GATES)
    for folder, modules in GATES.items():
        assert [name for name in modules if folder not in (HERE / f"{name}.py").read_text()] == []


@corpora.present
@pytest.mark.parametrize("path", ENCODINGS, ids=lambda path: path.stem)
def test_one_byte_of_each_encoding_is_the_character_that_its_case_says(path: Path) -> None:
    body = path.read_bytes()
    delivery = formats.parse(body)

    said = body.decode(delivery.encoding, "replace")
    wanted = EXPECTED.search(said)
    assert decode.codec(delivery.encoding)
    if wanted and " not bozo" in said and decode.declared_in(body):  # Python knows the codec
        assert delivery.feed.title == wanted[1].encode("ascii").decode("unicode_escape").strip()


@corpora.present
def test_each_of_a_hundred_full_items_is_whole() -> None:
    body = (corpora.FORMATS / "own-perf" / "full100.xml").read_bytes()

    delivery = formats.parse(body)
    assert (len(delivery.items), delivery.lossy, delivery.notes) == (100, False, ())
    for item in delivery.items:
        assert item.guid and item.headline and item.url and item.summary and item.authors and item.credit
        assert item.published and item.published.how == "zone"
        assert len(clean.text_of(clean.safe_html(item.body, base=item.url))) > 1_000
        assert item.media and all(one.credit and one.caption for one in item.media)


@corpora.present
@pytest.mark.parametrize("path", CHAINS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_file_of_every_chain_is_read_and_says_who_it_is(path: Path) -> None:
    ena = profile.read((corpora.FORMATS / "own-chains" / "ena.profile.json").read_text(), zone=ZoneInfo)

    delivery = formats.parse(path.read_bytes(), profile=ena)
    assert delivery.items or delivery.tombstones
    assert all(item.guid for item in delivery.items)
