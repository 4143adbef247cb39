"""Which stories are about the same event: like words in headline and lead (TF-IDF, cosine), within three days.

Not the same copy: that is match.compare(). Members of one event stay stories of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import log, sqrt
from typing import Generic, TypeVar

from wiredesk.news import bare, grams

WINDOW = timedelta(hours=72)  # between two stories
LEAD = 120  # words
MAX_HEADLINE = 1_000  # characters
HEADLINE = 2  # what a headline's word counts for
THRESHOLD = 0.14  # precision .97 at recall .74 of pairs: what is shown as related should be (decision 0012)
MOST = 10

Key = TypeVar("Key", bound=Hashable)
Terms = Mapping[str, int]  # how often, headlines counted twice
Vector = Mapping[str, float]  # of length 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Related(Generic[Key]):
    """A story about the same event, and how alike the two are, 0 to 1."""

    key: Key
    score: float


def terms(headline: str, text: str) -> Terms:
    """The words of a headline, twice, and of the first words of a plain text below its dateline."""
    spans = bare.copy_spans(text[: 20 * LEAD])
    lead = [word for begin, end in spans for word in grams.said(text[begin:end])][:LEAD]
    counted = Counter(lead)
    for word in grams.said(headline[:MAX_HEADLINE]):
        counted[word] += HEADLINE
    return counted


def vector(terms: Terms, frequencies: Mapping[str, int], *, stories: int) -> Vector:
    """Weights of terms. `frequencies`: in how many of so many stories of the window a term stands."""
    weights = {term: (1 + log(count)) * _rarity(frequencies.get(term, 0), stories) for term, count in terms.items()}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def alike(one: Vector, other: Vector) -> float:
    """The cosine of two vectors, 0 to 1."""
    few, many = sorted((one, other), key=len)
    return sum(weight * many[term] for term, weight in few.items() if term in many)


def rank(one: Vector, candidates: Iterable[tuple[Key, Vector]], *, at_least: float = THRESHOLD) -> list[Related[Key]]:
    """The candidates about the same event, the likest first. They are stories within WINDOW of this one."""
    found = [Related(key=key, score=score) for key, vector in candidates if (score := alike(one, vector)) >= at_least]
    return sorted(found, key=lambda related: -related.score)[:MOST]


def telling(vector: Vector, *, most: int = 12) -> list[str]:
    """The terms by which candidates are looked up: a story that has none of them is not about the same event."""
    return sorted(vector, key=lambda term: -vector[term])[:most]


def _rarity(stories_with: int, stories: int) -> float:
    return log((1 + stories) / (1 + stories_with)) + 1e-9
