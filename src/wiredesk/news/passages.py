"""Which passages two texts have in common, and how much of each they make up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from wiredesk.news.bare import Span
from wiredesk.news.grams import RUN
from wiredesk.news.wording import Wording

MOST = 200  # passages told of
PLACES = 4  # places of one gram in a text that are tried
# Five words and more in a row. Four alone ("on Monday in the") two writers have in common by chance.
_RUNS = re.compile(b"\x01{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that stand in both texts in the same order: where in one, where in the other (characters), how many."""

    one: Span
    other: Span
    words: int


def containment(grams: Sequence[int], known: Set[int]) -> float:
    """How much of a text stands in another: its words in shared passages over all its words, 0 to 1."""
    if not grams:
        return 0.0
    covered = end = 0
    for run in _RUNS.finditer(bytes(map(known.__contains__, grams))):
        begin, end_before, end = run.start(), end, run.end() + RUN - 1
        covered += end - max(begin, end_before)
    return covered / (len(grams) + RUN - 1)


def shared(one: Wording, other: Wording) -> tuple[Passage, ...]:
    """The passages that two texts share, as they follow in the first."""
    here, there = one.words(), other.words()
    found = []
    for begin, at, length in _common(one.grams, other.grams):
        last = length + RUN - 2
        found.append(
            Passage(
                one=(here[begin][1], here[begin + last][2]),
                other=(there[at][1], there[at + last][2]),
                words=last + 1,
            )
        )
        if len(found) == MOST:
            break
    return tuple(found)


def marked(text: str, spans: Sequence[Span]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is in one of these passages; in order, nothing left out."""
    pieces: list[tuple[str, bool]] = []
    place = 0
    for begin, end in sorted(spans):
        begin = max(begin, place)
        if end > begin:
            pieces += [(text[place:begin], False), (text[begin:end], True)]
            place = end
    pieces.append((text[place:], False))
    return [piece for piece in pieces if piece[0]]


def _common(here: Sequence[int], there: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Runs of two grams and more that are the same: place in one, place in the other, how many."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, gram in enumerate(there):
        if len(places[gram]) < PLACES:
            places[gram].append(place)
    begin = 0
    while begin < len(here):
        length, at = max(((_same(here, begin, there, at), at) for at in places.get(here[begin], ())), default=(0, 0))
        if length > 1:
            yield begin, at, length
        # The next passage may share its first words with the last ones of this, but not a whole gram.
        begin += max(length, 1)


def _same(here: Sequence[int], begin: int, there: Sequence[int], at: int) -> int:
    length, most = 0, min(len(here) - begin, len(there) - at)
    while length < most and here[begin + length] == there[at + length]:
        length += 1
    return length
