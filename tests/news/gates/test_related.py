"""Stories of one event on labelled articles (floors.toml). The halves say how steady the figures are."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from tests.news.gates import labelled
from tests.news.gates.floors import floor
from tests.news.gates.labelled import half_of
from wiredesk.news import related

present = pytest.mark.skipif(not labelled.REAL.is_file(), reason="corpora not present")


def pairs(half: int | None) -> tuple[float, float]:
    """Precision and recall of what would be shown as related, over all pairs of articles of one event."""
    docs = [doc for doc in labelled.real()[0] if half in (None, half_of(doc["event"]))]
    terms = [related.terms(doc["title"], doc["text"]) for doc in docs]
    frequencies = Counter(term for some in terms for term in some)
    vectors = [related.vector(some, frequencies, stories=len(docs)) for some in terms]
    events = [doc["event"] for doc in docs]
    judged = [
        (related.alike(vectors[one], vectors[other]) >= related.THRESHOLD, events[one] == events[other])
        for one, other in combinations(range(len(docs)), 2)
    ]
    right = sum(shown and is_one for shown, is_one in judged)
    return right / sum(shown for shown, _ in judged), right / sum(is_one for _, is_one in judged)


@present
@pytest.mark.parametrize("half", [None, 0, 1], ids=["whole", "one half", "other half"])
def test_what_is_shown_as_related_is_of_the_same_event(half: int | None) -> None:
    precision, recall = pairs(half)

    assert precision >= floor("related", "precision")
    assert recall >= floor("related", "recall")
