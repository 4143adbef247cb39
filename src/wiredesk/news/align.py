"""Which paragraphs of two texts belong together: the same, edited, moved, split or joined. The work is bounded.

Longest common subsequences come from rapidfuzz (docs/decisions/0014): bit-parallel, so they cost words x words / 64.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from wiredesk.news.words import coded, encoded, words_of

ALIKE = 0.4  # so much of two paragraphs' words must be common, in order, for one to be an edit of the other
WHOLE = 0.8  # and of one paragraph and several for it to have been split or joined
STILL = 0.6  # and for a paragraph that was edited to be found again in another place
MIN_MOVED = 12  # letters: "* * *" does not move
MAX_TABLE = 20_000_000  # bits of one comparison
MAX_CELLS = 256  # pairs of paragraphs that are compared in one gap
MAX_PARTS = 8
MAX_COMPARED = 300_000  # letters of changed paragraphs that are looked into
MAX_PLACES = 100_000  # paragraphs; with more, what stands between the first and the last change is one block

Op = tuple[str, int, int, int, int]  # equal, replace, delete or insert; half-open ranges of old and new
Match = tuple[int, int]


class Pair(NamedTuple):
    """Paragraphs, by their places, that belong together; one side is empty where the other has no counterpart."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    is_moved: bool = False


def aligned(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Pairs in the order of the new text, what was deleted where it stood. Given are the keys of paragraphs."""
    head, tail = common(old, new)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    pairs = [Pair((place,), (place,)) for place in range(head)]
    pairs += [
        Pair(tuple(i + head for i in pair.old), tuple(j + head for j in pair.new), pair.is_moved)
        for pair in _middle(middle_old, middle_new)
    ]
    pairs += [Pair((len(old) - left,), (len(new) - left,)) for left in range(tail, 0, -1)]
    return pairs


def opcodes(old: str, new: str) -> list[Op] | None:
    """How one encoded list becomes the other; neighbouring changes are one. None where they are too long."""
    head, tail = common(old, new)
    if (len(old) - head - tail) * (len(new) - head - tail) > MAX_TABLE:
        return None
    ops: list[Op] = []
    for tag, i1, i2, j1, j2 in Indel.opcodes(old, new):
        if ops and tag != "equal" and ops[-1][0] != "equal":
            _, first_old, _, first_new, _ = ops.pop()
            ops.append(("replace", first_old, i2, first_new, j2))
        else:
            ops.append((tag, i1, i2, j1, j2))
    return ops


def common(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How much of two sequences is equal at the beginning and, of the rest, at the end."""
    most = min(len(old), len(new))
    head = _equal(old[:most], new[:most])
    rest = most - head
    return head, _equal(old[len(old) - rest :][::-1], new[len(new) - rest :][::-1])


def _equal(one: Sequence[str], other: Sequence[str]) -> int:
    """How much of two sequences of one length is equal at the beginning; found by halves, so that slices do the work."""
    low, high = 0, len(one)
    while low < high:
        half = (low + high + 1) // 2
        if one[low:half] == other[low:half]:
            low = half
        else:
            high = half - 1
    return low


def likeness(old: str, new: str) -> float:
    """How much of the longer of two encoded lists stands in the other, in order: 0 to 1."""
    short, long = sorted((len(old), len(new)))
    if short < ALIKE * long:
        return 0.0
    return LCSseq.normalized_similarity(old, new) if short * long <= MAX_TABLE else 0.0


def _middle(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    if not old or not new or max(len(old), len(new)) > MAX_PLACES:
        whole = Pair(tuple(range(len(old))), tuple(range(len(new))))
        is_block = len(old) > MAX_PLACES or len(new) > MAX_PLACES
        return [whole] if is_block else [Pair((i,), ()) for i in whole.old] + [Pair((), (j,)) for j in whole.new]
    matches = _matches(old, new)
    moved = _moved(old, new, matches)
    gaps = list(_gaps(matches, len(old), len(new), moved))
    paired = [Pair((i,), (j,)) for i, j in matches] + [Pair((i,), (j,), True) for i, j in moved]
    size = sum(len(old[i]) for gap, _ in gaps for i in gap) + sum(len(new[j]) for _, gap in gaps for j in gap)
    paragraphs = _Encoded(old, new) if size <= MAX_COMPARED else None
    for gap_old, gap_new in gaps:
        paired += paragraphs.paired(gap_old, gap_new) if paragraphs else _by_place(gap_old, gap_new)
    if paragraphs:
        paired += paragraphs.moved_and_edited(paired)
    return _in_order(paired, len(old), len(new))


def _matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Equal paragraphs in an order that both texts have."""
    if len(old) * len(new) <= MAX_TABLE:
        blocks = LCSseq.opcodes(*encoded(old, new)).as_matching_blocks()
        return [(block.a + step, block.b + step) for block in blocks for step in range(block.size)]
    counts_old, counts_new = Counter(old), Counter(new)
    places = {key: j for j, key in enumerate(new) if counts_new[key] == 1}
    single = [(i, places[key]) for i, key in enumerate(old) if counts_old[key] == 1 and key in places]
    return _rising(single)


def _rising(matches: list[Match]) -> list[Match]:
    """The longest choice of matches in which both places rise; the first place does already."""
    tails: list[int] = []  # the lowest last place of a choice of each length
    ends: list[int] = []  # which match that is
    before: list[int] = []
    for number, (_, j) in enumerate(matches):
        length = bisect_left(tails, j)
        before.append(ends[length - 1] if length else -1)
        tails[length:length + 1], ends[length:length + 1] = [j], [number]
    chosen = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chosen.append(matches[number])
        number = before[number]
    return chosen[::-1]


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


class _Encoded:
    """The paragraphs of both texts as encoded words, each made when it is first asked for."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._texts = (old, new)
        self._codes: dict[str, str] = {}
        self._made: tuple[dict[int, str], dict[int, str]] = ({}, {})

    def _of(self, side: int, place: int) -> str:
        made = self._made[side]
        if place not in made:
            made[place] = coded(words_of(self._texts[side][place]).keys, self._codes)
        return made[place]

    def _alike(self, i: int, j: int) -> float:
        return likeness(self._of(0, i), self._of(1, j))

    def paired(self, gap_old: list[int], gap_new: list[int]) -> list[Pair]:
        """Which paragraphs of one gap are edits of each other."""
        if not gap_old or not gap_new:
            return []
        if group := self._group(gap_old, gap_new):
            return [group]
        if len(gap_old) * len(gap_new) > MAX_CELLS:
            return self._walked(gap_old, gap_new)
        return self._best(gap_old, gap_new)

    def _group(self, gap_old: list[int], gap_new: list[int]) -> Pair | None:
        """One paragraph that was split, or several that were joined."""
        parts = len(gap_old) + len(gap_new) - 1
        if min(len(gap_old), len(gap_new)) != 1 or not 2 <= parts <= MAX_PARTS:
            return None
        whole_old = "".join(self._of(0, i) for i in gap_old)
        whole_new = "".join(self._of(1, j) for j in gap_new)
        alone = max(self._alike(i, j) for i, j in product(gap_old, gap_new))
        is_group = likeness(whole_old, whole_new) >= max(WHOLE, alone)
        return Pair(tuple(gap_old), tuple(gap_new)) if is_group else None

    def _best(self, gap_old: list[int], gap_new: list[int]) -> list[Pair]:
        """The pairs, in order, that are most alike in all."""
        rows, columns = len(gap_old), len(gap_new)
        best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
        alike: dict[Match, float] = {}
        for row, column in product(range(rows), range(columns)):
            found = self._alike(gap_old[row], gap_new[column])
            alike[row, column] = found if found >= ALIKE else -1.0
            best[row + 1][column + 1] = max(
                best[row][column] + alike[row, column], best[row][column + 1], best[row + 1][column]
            )
        pairs: list[Pair] = []
        while rows and columns:
            if best[rows][columns] == best[rows - 1][columns]:
                rows -= 1
            elif best[rows][columns] == best[rows][columns - 1]:
                columns -= 1
            else:
                rows, columns = rows - 1, columns - 1
                pairs.append(Pair((gap_old[rows],), (gap_new[columns],)))
        return pairs[::-1]

    def _walked(self, gap_old: list[int], gap_new: list[int]) -> list[Pair]:
        """The same in one walk, for many paragraphs: each looks for its like a few places ahead."""
        pairs = []
        first = 0
        for i in gap_old:
            ahead = range(first, min(first + MAX_PARTS, len(gap_new)))
            found = next((place for place in ahead if self._alike(i, gap_new[place]) >= ALIKE), None)
            if found is not None:
                pairs.append(Pair((i,), (gap_new[found],)))
                first = found + 1
        return pairs

    def moved_and_edited(self, paired: list[Pair]) -> list[Pair]:
        """What has no partner in its own place, and one that is much like it in another."""
        had, got = {i for pair in paired for i in pair.old}, {j for pair in paired for j in pair.new}
        old, new = self._texts
        lost = [i for i in range(len(old)) if i not in had and len(old[i]) >= MIN_MOVED]
        came = [j for j in range(len(new)) if j not in got and len(new[j]) >= MIN_MOVED]
        if len(lost) * len(came) > MAX_CELLS:
            return []
        found = sorted(((self._alike(i, j), i, j) for i, j in product(lost, came)), reverse=True)
        pairs: dict[int, Pair] = {}
        for alike, i, j in found:
            if alike >= STILL and i not in pairs and all(j not in pair.new for pair in pairs.values()):
                pairs[i] = Pair((i,), (j,), True)
        return list(pairs.values())
