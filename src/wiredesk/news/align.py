"""Which paragraphs of two texts belong together: the same, edited, moved, split or joined. The work is bounded.

Longest common subsequences come from rapidfuzz (docs/decisions/0014): bit-parallel, so they cost words x words / 64.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from wiredesk.news.tokens import Words

ALIKE = 0.4  # so much of two paragraphs' words must be common, in order, for one to be an edit of the other
WHOLE = 0.8  # and of one paragraph and several for it to have been split or joined
STILL = 0.6  # and for a paragraph that was edited to be found again in another place
MIN_MOVED = 12  # letters: "* * *" does not move
MAX_TABLE = 16_000_000  # pairs of words, or of paragraphs, in one comparison
MAX_CELLS = 256  # pairs of paragraphs that are compared in one gap
MAX_PARTS = 8
MAX_COMPARED = 300_000  # letters of changed paragraphs that are looked into

Op = tuple[str, int, int, int, int]  # equal or replace; half-open ranges of old and new, one of which may be empty
Match = tuple[int, int]


class Pair(NamedTuple):
    """Paragraphs, by their places, that belong together; one side is empty where the other has no counterpart."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    is_moved: bool = False


def aligned(old: Sequence[Words], new: Sequence[Words]) -> list[Pair] | None:
    """Pairs in the order of the new text, what was deleted where it stood. None where there are too many."""
    head, tail = common([one.text for one in old], [one.text for one in new])
    middle = _Middle(old[head : len(old) - tail], new[head : len(new) - tail])
    pairs = middle.pairs()
    if pairs is None:
        return None
    shifted = (
        Pair(tuple(i + head for i in pair.old), tuple(j + head for j in pair.new), pair.is_moved) for pair in pairs
    )
    ends = (Pair((len(old) - left,), (len(new) - left,)) for left in range(tail, 0, -1))
    return [*(Pair((place,), (place,)) for place in range(head)), *shifted, *ends]


def opcodes(old: Sequence[str], new: Sequence[str]) -> list[Op] | None:
    """How one list of keys becomes the other; neighbouring changes are one. None where they are too long."""
    if len(old) * len(new) > MAX_TABLE:
        return None
    ops: list[Op] = []
    for op in Indel.opcodes(old, new):
        if op.tag == "equal":
            ops.append((op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end))
        elif ops and ops[-1][0] != "equal":
            _, first_old, _, first_new, _ = ops.pop()
            ops.append(("replace", first_old, op.src_end, first_new, op.dest_end))
        else:
            ops.append(("replace", op.src_start, op.src_end, op.dest_start, op.dest_end))
    return ops


def common(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How much of two sequences is equal at the beginning and, of the rest, at the end."""
    most = min(len(old), len(new))
    head = _equal(old[:most], new[:most])
    rest = most - head
    return head, _equal(old[len(old) - rest :][::-1], new[len(new) - rest :][::-1])


def _equal(one: Sequence[str], other: Sequence[str]) -> int:
    """How much of two sequences of one length is equal at the beginning; found by halves: slices do the work."""
    low, high = 0, len(one)
    while low < high:
        half = (low + high + 1) // 2
        if one[low:half] == other[low:half]:
            low = half
        else:
            high = half - 1
    return low


def likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """How much of the longer of two lists of keys stands in the other, in order: 0 to 1."""
    short, long = sorted((len(old), len(new)))
    if short < ALIKE * long:
        return 0.0
    if short * long > MAX_TABLE:  # then in any order
        return (Counter(old) & Counter(new)).total() / long
    return LCSseq.normalized_similarity(old, new)


def _likeness(old: Words, new: Words) -> float:
    """The same of two paragraphs. Where they begin and end alike, letters tell as much as words, and sooner."""
    alike = sum(common(old.text, new.text)) / max(len(old.text), len(new.text))
    return alike if alike >= STILL else likeness(old.keys, new.keys)


class _Middle:
    """What stands between the first and the last paragraph that differ."""

    def __init__(self, old: Sequence[Words], new: Sequence[Words]) -> None:
        self._old, self._new = old, new
        self._alike: dict[Match, float] = {}

    def pairs(self) -> list[Pair] | None:
        """All pairs, in the order of the new text; None where there are too many paragraphs."""
        if len(self._old) * len(self._new) > MAX_TABLE:
            return None
        texts = [one.text for one in self._old], [one.text for one in self._new]
        matches = _matches(*texts)
        moved = _moved(*texts, matches)
        gaps = list(_gaps(matches, len(self._old), len(self._new), moved))
        paired = [Pair((i,), (j,)) for i, j in matches] + [Pair((i,), (j,), True) for i, j in moved]
        size = sum(len(texts[0][i]) for gap, _ in gaps for i in gap) + sum(
            len(texts[1][j]) for _, gap in gaps for j in gap
        )
        if size > MAX_COMPARED:
            paired += chain.from_iterable(_by_place(*gap) for gap in gaps)
        else:
            paired += chain.from_iterable(self._paired(*gap) for gap in gaps if all(gap))
            paired += self._moved_and_edited(paired)
        return _in_order(paired, len(self._old), len(self._new))

    def _likeness(self, i: int, j: int) -> float:
        if (i, j) not in self._alike:
            self._alike[i, j] = _likeness(self._old[i], self._new[j])
        return self._alike[i, j]

    def _paired(self, gap_old: list[int], gap_new: list[int]) -> list[Pair]:
        """Which paragraphs of one gap are edits of each other."""
        in_place = list(zip(gap_old, gap_new, strict=False))
        if len(gap_old) == len(gap_new) and all(self._likeness(i, j) >= STILL for i, j in in_place):
            return [Pair((i,), (j,)) for i, j in in_place]  # as most edits are, and no need to look further
        if group := self._group(gap_old, gap_new):
            return [group]
        if len(gap_old) * len(gap_new) > MAX_CELLS:
            return self._walked(gap_old, gap_new)
        return self._best(gap_old, gap_new)

    def _group(self, gap_old: list[int], gap_new: list[int]) -> Pair | None:
        """One paragraph that was split, or several that were joined."""
        parts = len(gap_old) + len(gap_new) - 1
        is_one_run = parts == gap_old[-1] - gap_old[0] + gap_new[-1] - gap_new[0] + 1  # nothing moved into it or out
        if min(len(gap_old), len(gap_new)) != 1 or not 2 <= parts <= MAX_PARTS or not is_one_run:
            return None
        whole_old = [key for i in gap_old for key in self._old[i].keys]
        whole_new = [key for j in gap_new for key in self._new[j].keys]
        alone = max(self._likeness(i, j) for i, j in product(gap_old, gap_new))
        is_group = likeness(whole_old, whole_new) >= max(WHOLE, alone)
        return Pair(tuple(gap_old), tuple(gap_new)) if is_group else None

    def _best(self, gap_old: list[int], gap_new: list[int]) -> list[Pair]:
        """The pairs, in order, that are most alike in all."""
        rows, columns = len(gap_old), len(gap_new)
        best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
        for row, column in product(range(rows), range(columns)):
            found = self._likeness(gap_old[row], gap_new[column])
            diagonal = best[row][column] + found if found >= ALIKE else -1.0
            best[row + 1][column + 1] = max(diagonal, best[row][column + 1], best[row + 1][column])
        pairs: list[Pair] = []
        while rows and columns:
            if best[rows][columns] == best[rows - 1][columns]:
                rows -= 1
            elif best[rows][columns] == best[rows][columns - 1]:
                columns -= 1
            else:
                rows, columns = rows - 1, columns - 1
                pairs.append(Pair((gap_old[rows],), (gap_new[columns],)))
        return pairs

    def _walked(self, gap_old: list[int], gap_new: list[int]) -> list[Pair]:
        """The same in one walk, for many paragraphs: each looks for its like a few places ahead."""
        pairs = []
        first = 0
        for i in gap_old:
            ahead = range(first, min(first + MAX_PARTS, len(gap_new)))
            found = next((place for place in ahead if self._likeness(i, gap_new[place]) >= ALIKE), None)
            if found is not None:
                pairs.append(Pair((i,), (gap_new[found],)))
                first = found + 1
        return pairs

    def _moved_and_edited(self, paired: list[Pair]) -> list[Pair]:
        """What has no partner in its own place, and one that is much like it in another."""
        had, got = {i for pair in paired for i in pair.old}, {j for pair in paired for j in pair.new}
        lost = [i for i, one in enumerate(self._old) if i not in had and len(one.text) >= MIN_MOVED]
        came = [j for j, one in enumerate(self._new) if j not in got and len(one.text) >= MIN_MOVED]
        if len(lost) * len(came) > MAX_CELLS:
            return []
        pairs: dict[int, int] = {}
        for alike, i, j in sorted(((self._likeness(i, j), i, j) for i, j in product(lost, came)), reverse=True):
            if alike >= STILL and i not in pairs and j not in pairs.values():
                pairs[i] = j
        return [Pair((i,), (j,), True) for i, j in pairs.items()]


def _matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Equal paragraphs in an order that both texts have."""
    blocks = LCSseq.opcodes(old, new).as_matching_blocks()
    return [(block.a + step, block.b + step) for block in blocks for step in range(block.size)]


def _moved(old: Sequence[str], new: Sequence[str], matches: list[Match]) -> list[Match]:
    """Equal paragraphs that stand in another place."""
    kept_old, kept_new = {i for i, _ in matches}, {j for _, j in matches}
    places: dict[str, list[int]] = {}
    for j in range(len(new) - 1, -1, -1):
        if j not in kept_new and len(new[j]) >= MIN_MOVED:
            places.setdefault(new[j], []).append(j)
    return [(i, places[key].pop()) for i, key in enumerate(old) if i not in kept_old and places.get(key)]


def _gaps(
    matches: list[Match], len_old: int, len_new: int, moved: list[Match]
) -> Iterator[tuple[list[int], list[int]]]:
    """What stands between two matches and has not moved."""
    gone, come = {i for i, _ in moved}, {j for _, j in moved}
    i = j = 0
    for next_old, next_new in [*matches, (len_old, len_new)]:
        gap_old = [place for place in range(i, next_old) if place not in gone]
        gap_new = [place for place in range(j, next_new) if place not in come]
        if gap_old or gap_new:
            yield gap_old, gap_new
        i, j = next_old + 1, next_new + 1


def _by_place(gap_old: list[int], gap_new: list[int]) -> list[Pair]:
    """As many paragraphs as there were: the first belongs to the first. Else nothing is known."""
    if len(gap_old) == len(gap_new):
        return [Pair((i,), (j,)) for i, j in zip(gap_old, gap_new, strict=True)]
    return []


def _in_order(paired: list[Pair], len_old: int, len_new: int) -> list[Pair]:
    """All pairs in the new text's order; what has no partner added, what was deleted after what stood before it."""
    by_old = {i: pair for pair in paired for i in pair.old}
    taken = {j for pair in paired for j in pair.new}
    placed = [((pair.new[0], 0, 0), pair) for pair in paired]
    placed += [((j, 0, 0), Pair((), (j,))) for j in range(len_new) if j not in taken]
    last = -1
    for i in range(len_old):
        pair = by_old.get(i)
        if pair is None:
            placed.append(((last, 1, i), Pair((i,), ())))
        elif not pair.is_moved:
            last = pair.new[-1]
    return [pair for _, pair in sorted(placed)]
