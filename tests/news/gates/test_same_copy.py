"""Same copy on labelled articles (floors.toml). No number was chosen on a half: the halves say how steady they are."""

from __future__ import annotations

import time
from functools import cache

import pytest

from tests.news.gates import labelled
from tests.news.gates.floors import floor
from tests.news.gates.labelled import Judged, half_of, judge
from wiredesk.news import wording

present = pytest.mark.skipif(not labelled.REAL.is_file(), reason="corpora not present")
HALVES = pytest.mark.parametrize("half", [None, 0, 1], ids=["whole", "one half", "other half"])
# Variants by the thousand take half a minute while branches are counted.
SLOW_HALVES = pytest.mark.parametrize(
    "half", [pytest.param(None, marks=pytest.mark.slow), 0, 1], ids=["whole", "one half", "other half"]
)


@cache
def real(half: int | None) -> Judged:
    docs, copies, ignored = labelled.real()
    return judge((doc for doc in docs if half in (None, half_of(doc["event"]))), copies, ignored)


@cache
def synthetic(half: int | None) -> Judged:
    docs, copies, ignored = labelled.synthetic()
    return judge((doc for doc in docs if half in (None, half_of(doc["story"]))), copies, ignored)


@present
@HALVES
def test_the_same_copy_is_found_among_real_articles(half: int | None) -> None:
    found = real(half)

    assert found.f1 >= floor("match", "wire_real_f1")
    assert found.recall_at(0.99) >= floor("match", "wire_real_recall_at_99")


@present
@HALVES
def test_what_is_merged_without_asking_is_the_same_copy(half: int | None) -> None:
    found = real(half)

    assert found.precision(found.merged) >= floor("match", "wire_real_merged_precision")
    assert found.recall(found.merged) >= floor("match", "wire_real_merged_recall")


@present
@SLOW_HALVES
def test_variants_of_an_article_are_found_again(half: int | None) -> None:
    assert synthetic(half).f1 >= floor("match", "synthetic_f1")


@present
def test_no_article_takes_longer_than_is_allowed() -> None:
    longest = sorted(labelled.synthetic()[0], key=lambda doc: -len(doc["text"]))[:50]
    for doc in longest:
        begun = time.process_time()
        wording.of(doc["text"], headline=doc["title"])
        assert time.process_time() - begun < floor("match", "seconds_a_text")
