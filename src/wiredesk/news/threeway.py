"""Which paragraphs of three texts belong together: a base, and two texts that were made of it. Judged in news.merge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from wiredesk.news.align import Pair, aligned
from wiredesk.news.tokens import Words

Texts = tuple[str, ...]
Mover = Literal["same", "theirs", "ours", "both"]
Group = tuple[tuple[int, ...], tuple[int, ...]]  # places in the base, and those they have become on one side
Block = tuple[int, ...]  # places in the base that are judged together

MAX_PLACES = 50_000  # paragraphs of a text
_FIRST: Block = ()  # the place before all paragraphs


class Place(NamedTuple):
    """The paragraphs that three texts have at one place; none in the base where some were put in."""

    base: Texts
    theirs: Texts
    ours: Texts


class Three(NamedTuple):
    """All places in the order of the merged text. `mover` is who moved paragraphs, "both" if both did so alike."""

    mover: Mover
    places: tuple[Place, ...]


def three(base: Texts, theirs: Texts, ours: Texts) -> Three | Literal["order", "too large"]:
    """The places of three texts; or a word that says why there are none: both sides moved paragraphs, each otherwise;
    or there are too many.
    """
    if max(map(len, (base, theirs, ours))) > MAX_PLACES:
        return "too large"
    pairs = [aligned([*map(Words, base)], [*map(Words, side)]) for side in (theirs, ours)]
    if pairs[0] is None or pairs[1] is None:
        return "too large"
    groups = _groups(pairs[0]), _groups(pairs[1])
    blocks = _blocks(len(base), groups)
    them, us = _Side(theirs, groups[0], blocks), _Side(ours, groups[1], blocks)
    mover = _mover(them, us)
    if mover is None:
        return "order"
    places: list[Place] = []
    for block in _sequence(us if mover == "ours" else them, blocks):
        if block:
            places.append(Place(tuple([base[place] for place in block]), them.text(block), us.text(block)))
        added = Place((), them.addition(block), us.addition(block))
        places += [added] if any(added) else []
    return Three(mover, tuple(places))


def _groups(pairs: Iterable[Pair]) -> list[Group]:
    """Pairs, with what went and what came in one place taken as rewritten: who cut it should be asked."""
    groups: list[Group] = []
    lost: list[int] = []
    came: list[int] = []
    for pair in [*pairs, None]:
        if pair and not (pair.old and pair.new):
            lost += pair.old
            came += pair.new
            continue
        if lost and came:
            groups.append((tuple(lost), tuple(came)))
        else:
            groups += [((place,), ()) for place in lost]
            groups += [((), tuple(came))] if came else []
        lost, came = [], []
        if pair:
            groups.append((pair.old, pair.new))
    return groups


def _blocks(count: int, sides: Iterable[list[Group]]) -> list[Block]:
    """The places of the base, those together that one of the sides has split, joined or rewritten together."""
    first = list(range(count))  # of the block that a place is in
    for olds in (old for groups in sides for old, _ in groups if len(old) > 1):
        least = min(first[place] for place in olds)
        joined = {first[place] for place in olds}
        first = [least if one in joined else one for one in first]
    blocks: dict[int, list[int]] = {}
    for place, one in enumerate(first):
        blocks.setdefault(one, []).append(place)
    return [tuple(places) for places in blocks.values()]


class _Side:
    """Theirs or ours, by the blocks of the base."""

    def __init__(self, text: Texts, groups: list[Group], blocks: list[Block]) -> None:
        block_of = {place: block for block in blocks for place in block}
        self._text = text
        self._kept: dict[Block, list[int]] = {}
        self.added: dict[Block, list[int]] = {}
        last = _FIRST
        for old, new in groups:
            if not old:
                self.added.setdefault(last, []).extend(new)
            elif new:
                last = block_of[old[0]]
                self._kept.setdefault(last, []).extend(new)
        self.order = list(self._kept)  # the blocks that are still there, as they stand

    def text(self, block: Block) -> Texts:
        """What became of a block: nothing, where it was cut."""
        return tuple(self._text[place] for place in sorted(self._kept.get(block, ())))

    def addition(self, block: Block) -> Texts:
        """What was put in behind a block."""
        return tuple(self._text[place] for place in self.added.get(block, ()))


def _mover(them: _Side, us: _Side) -> Mover | None:
    """Who moved paragraphs; None where both did, each otherwise."""
    in_both = set(them.order) & set(us.order)
    theirs, ours = ([block for block in side.order if block in in_both] for side in (them, us))
    if theirs == ours:
        return "same" if theirs == sorted(theirs) else "both"
    if ours == sorted(ours):
        return "theirs"
    return "ours" if theirs == sorted(theirs) else None


def _sequence(side: _Side, blocks: list[Block]) -> Iterator[Block]:
    """_FIRST and all blocks as one side orders them; one that it has cut comes behind what stood before it."""
    cut: dict[Block, list[Block]] = {}
    kept, last = set(side.order), _FIRST
    for block in blocks:
        if block in kept:
            last = block
        else:
            cut.setdefault(last, []).append(block)
    for block in (_FIRST, *side.order):
        yield block
        yield from cut.get(block, ())
