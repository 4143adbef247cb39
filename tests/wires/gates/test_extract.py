"""The copy of real pages against what people marked as their text (floors.toml, table extract)."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import pytest

from tests import corpora
from tests.news.gates.floors import floor
from wiredesk.news.webpage import Whole
from wiredesk.wires.webpages import Webpage, whole_text

PAGES = corpora.ROOT / "stories" / "extract-aeb"
present = pytest.mark.skipif(not PAGES.is_dir(), reason="corpora not present")
RUN = 4
HALVES = pytest.mark.parametrize("half", ["tuned on", "held out", "both"])


class Read(NamedTuple):
    truth: list[str]
    found: list[str]
    whole: Whole
    seconds: float


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@cache
def read() -> dict[str, Read]:
    """Every page, by its id."""
    truth = json.loads((PAGES / "ground-truth.json").read_text(encoding="utf-8"))
    found = {}
    for id_, said in sorted(truth.items()):
        body = gzip.decompress((PAGES / "html" / f"{id_}.html.gz").read_bytes())
        begun = time.process_time()
        whole = whole_text(Webpage(body=body, url=said["url"]))
        took = time.process_time() - begun
        found[id_] = Read(words(said["articleBody"]), words(whole.text), whole, took)
    return found


def pages(half: str) -> list[Read]:
    """Those of even ids were looked at while the rules were written, the others never."""
    kept = {"tuned on": (0,), "held out": (1,), "both": (0, 1)}[half]
    return [one for id_, one in read().items() if int(id_[-1], 16) % 2 in kept]


def shingles(said: Sequence[str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(said[at : at + RUN]) for at in range(max(1, len(said) - RUN + 1)) if said)


def hits(one: Read) -> tuple[float, float]:
    """Precision and recall of a page, None-free: the benchmark leaves out what has no denominator."""
    truth, found = shingles(one.truth), shingles(one.found)
    both = (truth & found).total()
    return (both / found.total() if found else -1), (both / truth.total() if truth else -1)


def f1(some: Sequence[Read]) -> float:
    precisions = [precision for precision, _ in map(hits, some) if precision >= 0]
    recalls = [recall for _, recall in map(hits, some) if recall >= 0]
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return 2 * precision * recall / (precision + recall)


@present
@pytest.mark.slow
@HALVES
def test_the_copy_of_real_pages_is_found(half: str) -> None:
    some = pages(half)

    assert len(some) > 80
    assert f1(some) >= floor("extract", "f1")
    assert sum(one.truth == one.found for one in some) / len(some) >= floor("extract", "exact")


@present
@pytest.mark.slow
def test_what_is_wholly_wrong_is_not_called_sure() -> None:
    wrong = [one for one in pages("both") if f1([one]) < 0.5] if pages("both") else []

    assert sum(one.whole.is_sure for one in wrong) <= floor("extract", "wrong_and_sure")


@present
@pytest.mark.slow
def test_the_desk_is_not_asked_about_every_page() -> None:
    some = pages("both")

    assert sum(not one.whole.is_sure for one in some) / len(some) <= floor("extract", "unsure")


@present
@pytest.mark.slow
def test_no_page_takes_longer_than_it_may() -> None:
    assert max(one.seconds for one in pages("both")) <= floor("extract", "seconds_a_page")
