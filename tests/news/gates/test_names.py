"""Names in two spellings, on pairs made by hand and on real articles (floors.toml)."""

from __future__ import annotations

import json
import time
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests import corpora
from tests.news.gates.floors import floor
from tests.news.lists import LORE
from wiredesk.news import names
from wiredesk.news.names import Text

STORIES = corpora.ROOT / "stories"
PAIRS, ARTICLES = STORIES / "name-pairs.json", STORIES / "wire-real.json"
present = pytest.mark.skipif(not ARTICLES.is_file(), reason="corpora not present")
RIGHT = tomllib.loads((Path(__file__).parent / "names-wire-real.toml").read_text(encoding="utf-8"))


def articles() -> list[dict[str, Any]]:
    return list(json.loads(ARTICLES.read_text(encoding="utf-8"))["docs"])


def is_told(one: str, other: str) -> bool:
    """Whether a story with both names, one in its headline, makes an alert."""
    story = Text(headline=f"{one} speaks to reporters", body=f"It was late when {other} came into the hall.")
    return bool(names.look([story], LORE).alerts)


@present
def test_pairs_made_by_hand_are_told_apart() -> None:
    pairs = json.loads(PAIRS.read_text(encoding="utf-8"))

    found = [is_told(*pair) for pair in pairs["same_person_drift"]]
    false = [is_told(*pair) for pair in pairs["different_people"]]

    assert sum(found) / len(found) >= floor("names", "pairs_found")
    assert sum(false) / len(false) <= floor("names", "pairs_false")


@present
def test_alerts_within_an_article_are_right() -> None:
    told = [
        set(alert.spellings)
        for doc in articles()
        for alert in names.look([Text(headline=doc["title"], body=doc["text"])], LORE).alerts
    ]

    assert len(told) >= 3
    assert sum(one in map(set, RIGHT["alone"]) for one in told) / len(told) >= floor("names", "alerts_right")


@present
def test_alerts_between_articles_of_one_event_are_right() -> None:
    events: dict[str, list[Text]] = defaultdict(list)
    for doc in articles():
        events[doc["event"]].append(Text(headline=doc["title"], body=doc["text"], label=doc["dom"]))

    told = [set(alert.spellings) for texts in events.values() for alert in names.look(texts, LORE).alerts]

    assert len(told) >= 10
    assert sum(one in map(set, RIGHT["carriers"]) for one in told) / len(told) >= floor("names", "alerts_right")


@present
def test_no_article_takes_longer_than_it_may() -> None:
    for doc in articles():
        begun = time.process_time()
        names.look([Text(headline=doc["title"], body=doc["text"])], LORE)
        assert time.process_time() - begun < floor("names", "seconds_a_text")
