"""Marks of wording: which of a text's grams are kept in the index, and which stories they lead to are worth reading.

A mark is a number below 2**63. The shell keeps (mark, story) rows for WINDOW, fetches those that an item's marks lead
to, reads the texts of the stories that rank() names, and adds the rows that to_keep() leaves. Whether it is the same
copy is match.compare()'s to say.
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
COMMON = 20  # stories; a mark that leads to as many tells nothing

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
    return Counter(pair for some in holders.values() if len(some) < COMMON for pair in combinations(some, 2))


def enough(count: int, *, short: int) -> int:
    """How many marks a text of so many words has to share with a story."""
    return ENOUGH if count >= short else ENOUGH_FOR_SHORT


def rank(rows: Sequence[tuple[int, Key]], *, at_least: int = ENOUGH) -> list[Key]:
    """Of what an item's marks lead to, as (mark, story): the stories to read, the likest first."""
    full = _full(rows)
    shared = Counter([story for mark, story in rows if mark not in full])
    return [story for story, times in shared.most_common(BEST) if times >= at_least]


def to_keep(mine: Iterable[int], rows: Sequence[tuple[int, Hashable]]) -> tuple[int, ...]:
    """Which of an item's marks the index takes for its story, given what they lead to already.

    A mark of COMMON stories is a stock phrase ("did not immediately respond to") and takes no more: a look-up reads so
    many rows a mark at most, however large the index grows.
    """
    full = _full(rows)
    return tuple(mark for mark in mine if mark not in full)


def _full(rows: Sequence[tuple[int, Hashable]]) -> set[int]:
    return {mark for mark, stories in Counter([mark for mark, _ in rows]).items() if stories >= COMMON}
