"""Marks of wording: which of a text's grams are kept in the index, and which stories they lead to are worth reading.

A mark is a number below 2**63. The shell keeps (mark, story) pairs for WINDOW, counts shared marks story by story, and
reads the text of those that rank() names; whether it is the same copy is match.compare()'s to say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import combinations
from typing import TypeVar

WINDOW = timedelta(days=30)  # older marks leave the index
ENOUGH, ENOUGH_FOR_SHORT = 6, 2  # shared marks that make a story worth reading
MOST = 2_000  # marks an item: 8,000 words; of a longer text the lowest, the same ones in every copy of it
BEST = 10  # stories read at most
COMMON = 200  # stories; a mark that leads to more is a stock phrase and tells nothing

Key = TypeVar("Key", bound=Hashable)


def of(grams: Iterable[int]) -> tuple[int, ...]:
    """One gram in four (FracMinHash: chosen by its number, so that all texts keep the same ones), each once."""
    kept = {gram for gram in grams if not gram & 3}
    return tuple(kept) if len(kept) <= MOST else tuple(sorted(kept)[:MOST])


def pairs(kept: Mapping[Key, Iterable[int]]) -> Counter[tuple[Key, Key]]:
    """Of texts and their marks: which two share any that tell something, and how many. In the order given."""
    holders: dict[int, list[Key]] = defaultdict(list)
    for key, found in kept.items():
        for mark in found:
            holders[mark].append(key)
    return Counter(pair for some in holders.values() if len(some) <= COMMON for pair in combinations(some, 2))


def enough(count: int, *, short: int) -> int:
    """How many marks a text of so many words has to share with a story."""
    return ENOUGH if count >= short else ENOUGH_FOR_SHORT


def rank(shared: Iterable[tuple[Key, int]], *, at_least: int = ENOUGH) -> Sequence[Key]:
    """Of stories and how many marks each shares: those to read, the likest first. In doubt the order given."""
    found = sorted((pair for pair in shared if pair[1] >= at_least), key=lambda pair: -pair[1])
    return [key for key, _ in found[:BEST]]
