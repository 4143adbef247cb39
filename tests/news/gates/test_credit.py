"""Whose copy, on real headlines and articles that were read by people (floors.toml)."""

from __future__ import annotations

import csv
import json
import re
import time
import tomllib
from collections.abc import Iterator
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest

from tests import corpora
from tests.news.gates.floors import floor
from tests.news.lists import AGENCIES
from wiredesk.news import agency
from wiredesk.news.agency import Copy

STORIES = corpora.ROOT / "stories"
HEADLINES, ARTICLES = STORIES / "agency-headlines.csv", STORIES / "wire-real.json"
present = pytest.mark.skipif(not ARTICLES.is_file(), reason="corpora not present")
LABELS = tomllib.loads((Path(__file__).parent / "credit-wire-real.toml").read_text(encoding="utf-8"))
ORIGINS = {short: name for name, ids in LABELS["origin"].items() for short in ids}
HELPED = {short: name for name, ids in LABELS["contributor"].items() for short in ids}
HALVES = pytest.mark.parametrize("half", [0, 1], ids=["chosen on", "held out"])
# What a reader sees at once in a byline or in the folders of an address: written without a look at our own list.
PRINTED = re.compile(
    r"(?<![a-z])(?:a\.?p|associated press|cnn|afp|reuters|upi|npr|stacker|newsource|tribune news|bloomberg|talker|propublica"
    r"|sportradar|missouri independent|kansas reflector|washington post|new york times|kff|states newsroom|center square"
    r"|field level media|gray news|the conversation)(?![a-z])",
    re.IGNORECASE,
)


@cache
def articles() -> list[dict[str, Any]]:
    return list(json.loads(ARTICLES.read_text(encoding="utf-8"))["docs"])


def half_of(half: int) -> Iterator[dict[str, Any]]:
    return (doc for doc in articles() if int(doc["id"][-1], 16) % 2 == half)


def whose(doc: dict[str, Any]) -> agency.Whose:
    copy = Copy(headline=doc["title"], text=doc["text"], byline=", ".join(doc["authors"]), url=doc["url"])
    return agency.whose(copy, AGENCIES)


def origin(found: agency.Whose) -> str:
    return found.origin if found.role in ("origin", "syndicated") else ""


@present
@HALVES
def test_origins_of_articles_are_found_and_nothing_else_is(half: int) -> None:
    rows = [
        (ORIGINS.get(doc["id"][:12], ""), origin(whose(doc)))
        for doc in half_of(half)
        if doc["id"][:12] not in LABELS["either"]["articles"]
    ]

    right = sum(bool(label) and label == found for label, found in rows)
    assert right / sum(bool(found) for _, found in rows) >= floor("credit", "wire_real_precision")
    assert right / sum(bool(label) for label, _ in rows) >= floor("credit", "wire_real_recall")


@present
def test_an_agency_that_only_helped_is_no_origin() -> None:
    found = {doc["id"][:12]: whose(doc) for doc in articles() if doc["id"][:12] in HELPED}

    assert {short: (one.role, one.origin) for short, one in found.items()} == {
        short: ("contributor", name) for short, name in HELPED.items()
    }


@present
def test_no_article_takes_longer_than_it_may() -> None:
    for doc in articles():
        begun = time.process_time()
        whose(doc)
        assert time.process_time() - begun < floor("credit", "seconds_a_text")


def rows_of(half: int) -> Iterator[dict[str, str]]:
    with HEADLINES.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            if int(sha1(row["URL"].encode(), usedforsecurity=False).hexdigest(), 16) % 2 == half:
                yield row


@present
@HALVES
def test_wire_copy_of_newsrooms_is_known_by_byline_headline_and_address(half: int) -> None:
    struck = wires = found = wrong = printed = found_printed = 0
    for row in rows_of(half):
        answer = origin(agency.whose(Copy(headline=row["Headline"], byline=row["Byline"], url=row["URL"]), AGENCIES))
        folders = "/".join(row["URL"].split("/")[3:-1]).replace("-", " ")
        is_struck = bool(row["NOT WIRE"])
        is_printed = bool(PRINTED.search(f"{row['Byline']} | {row['Headline'][:6]} | {folders}"))
        struck += is_struck
        wrong += is_struck and bool(answer)
        wires += not is_struck
        found += not is_struck and bool(answer)
        printed += not is_struck and is_printed
        found_printed += not is_struck and is_printed and bool(answer)

    assert struck > 100
    assert found / (found + wrong) >= floor("credit", "headlines_precision")
    assert found_printed / printed >= floor("credit", "headlines_recall")
    assert found / wires >= floor("credit", "headlines_recall_of_all")
