"""Three-way merge: a newer version of the copy over our edits of the one before. Field by field, the body by paragraph.

What one side left alone is as the other side has it; what both changed is a conflict, and there ours stands until an
editor decides. What is merged can so always be shown, and what is not says so. Nothing is lost without being told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import structs

from wiredesk.news import clean, editing
from wiredesk.news.align import Pair, aligned, opcodes
from wiredesk.news.diff import differences
from wiredesk.news.item import Value
from wiredesk.news.provenance import HTML, TEXTS
from wiredesk.news.tokens import Words, key_of, parted

By = Literal["same", "theirs", "ours", "both", "merged"]
Why = Literal["", "changed", "cut here", "cut there", "added", "order", "too large"]
Texts = tuple[str, ...]
Group = tuple[tuple[int, ...], tuple[int, ...]]  # places in the base, and those they have become on one side
Block = tuple[int, ...]  # places in the base that are judged together

PARTED = "\n\n"
_FIRST: Block = ()  # the place before all paragraphs


class Part(Value, frozen=True, kw_only=True):
    """One place of a field: the paragraphs that stand there now, none where they were cut, and whose they are.

    `by`: the same in all three; theirs or ours, where only they or we changed it; both, where both made the same
    change; merged, their words in our typography. Where there is a conflict, `conflict` says of what kind, and
    `base`, `theirs` and `ours` are its three sides; elsewhere they are empty. `matters`: what they changed in it is a
    fact (news.facts.REASONS).
    """

    text: Texts
    by: By = "same"
    conflict: Why = ""
    base: Texts = ()
    theirs: Texts = ()
    ours: Texts = ()
    matters: tuple[str, ...] = ()


class Field(Value, frozen=True, kw_only=True):
    """One field merged: what it says now, and of its parts in order whose each is. `order` says who moved paragraphs.

    `text` is as the sides are: plain, or safe HTML where `is_html`.
    """

    name: str
    text: str
    parts: tuple[Part, ...]
    order: By = "same"
    is_html: bool = False

    @property
    def by(self) -> By:
        """Whose the field is: merged, where some of it is theirs and some of it ours."""
        found: list[By] = [by for by in {self.order, *(part.by for part in self.parts)} if by != "same"]
        return "merged" if len(found) > 1 else found[0] if found else "same"

    @property
    def conflicts(self) -> tuple[int, ...]:
        """Which parts an editor has to decide."""
        return tuple(place for place, part in enumerate(self.parts) if part.conflict)


class Merge(Value, frozen=True, kw_only=True):
    """A story's fields merged."""

    fields: tuple[Field, ...]

    @property
    def is_clean(self) -> bool:
        """Whether no editor is needed."""
        return not any(one.conflicts for one in self.fields)

    @property
    def texts(self) -> dict[str, str]:
        """What each field says now."""
        return {one.name: one.text for one in self.fields}


def merged(base: Mapping[str, str], theirs: Mapping[str, str], ours: Mapping[str, str], *, address: str = "") -> Merge:
    """Merge the fields that `ours` has of news.provenance.TEXTS; those of HTML are safe HTML, the others plain text.

    `base` is the version that was edited, `theirs` the newer one. Addresses in HTML count from `address`.
    """
    names = [name for name in TEXTS if name in ours]
    return Merge(
        fields=tuple(
            merged_html(name, base.get(name, ""), theirs.get(name, ""), ours[name], address=address)
            if name in HTML
            else _line(name, base.get(name, ""), theirs.get(name, ""), ours[name])
            for name in names
        )
    )


def merged_text(base: str, theirs: str, ours: str, *, name: str = "body") -> Field:
    """Merge plain texts whose paragraphs are parted by an empty line."""
    return _field(name, (base, theirs, ours), parted, PARTED.join)


def merged_html(name: str, base: str, theirs: str, ours: str, *, address: str = "") -> Field:
    """Merge safe HTML by its outermost blocks."""
    found = _field(name, (base, theirs, ours), editing.blocks, lambda some: editing.html_of(some, base=address))
    return structs.replace(found, is_html=True)


def decided(one: Field, choices: Mapping[int, str], *, address: str = "") -> Field:
    """A field after an editor said what stands in some of its conflicts: paragraphs parted by an empty line, or "".

    KeyError for a part that is no conflict.
    """
    parts = list(one.parts)
    for place, text in choices.items():
        if place not in one.conflicts:
            raise KeyError(place)
        said = tuple(parted(text))
        parts[place] = Part(text=said, by="theirs" if said == parts[place].theirs else "ours")
    texts = [text for part in parts for text in part.text]
    text = editing.html_of(texts, base=address) if one.is_html else PARTED.join(texts)
    return structs.replace(one, text=text, parts=tuple(parts))


def _line(name: str, base: str, theirs: str, ours: str) -> Field:
    """A field of one line, which has no parts."""
    part = _judged(*((text,) if text else () for text in (base, theirs, ours)))
    return Field(name=name, text="".join(part.text), parts=(part,))


def _field(
    name: str,
    written: tuple[str, str, str],
    cut: Callable[[str], list[str]],
    join: Callable[[Sequence[str]], str],
) -> Field:
    """A field of its parts; where they come to what one side has, it is that side's text to the letter."""
    base, theirs, ours = (tuple(cut(text)) for text in written)
    order, parts = _merged(base, theirs, ours)
    texts = tuple(text for part in parts for text in part.text)
    whole = {base: written[0], theirs: written[1], ours: written[2]}
    return Field(name=name, text=whole[texts] if texts in whole else join(texts), parts=tuple(parts), order=order)


def _merged(base: Texts, theirs: Texts, ours: Texts) -> tuple[By, list[Part]]:
    """Who ordered a text, and its parts."""
    pairs = [aligned([*map(Words, base)], [*map(Words, side)]) for side in (theirs, ours)]
    if pairs[0] is None or pairs[1] is None:
        return "same", [_judged(base, theirs, ours, why="too large")]
    sides = _groups(pairs[0]), _groups(pairs[1])
    blocks = _blocks(len(base), sides)
    them, us = _Side(theirs, sides[0], blocks), _Side(ours, sides[1], blocks)
    order = _order(them, us)
    if order is None:
        return "same", [_judged(base, theirs, ours, why="order")]
    parts = _added(_FIRST, them, us)
    for block in _sequence(us if order == "ours" else them, blocks):
        parts.append(_judged(tuple(base[place] for place in block), them.text(block), us.text(block)))
        parts += _added(block, them, us)
    return order, parts


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


def _order(them: _Side, us: _Side) -> By | None:
    """Who moved paragraphs; None where both did, each otherwise."""
    theirs = [block for block in them.order if block in set(us.order)]
    ours = [block for block in us.order if block in set(them.order)]
    if theirs == ours:
        return "same" if theirs == sorted(theirs) else "both"
    if ours == sorted(ours):
        return "theirs"
    return "ours" if theirs == sorted(theirs) else None


def _sequence(side: _Side, blocks: list[Block]) -> Iterator[Block]:
    """All blocks as one side orders them; one that it has cut comes behind what stood before it."""
    cut: dict[Block, list[Block]] = {}
    kept, last = set(side.order), _FIRST
    for block in blocks:
        if block in kept:
            last = block
        else:
            cut.setdefault(last, []).append(block)
    for block in (_FIRST, *side.order):
        yield from (block,) if block else ()
        yield from cut.get(block, ())


def _added(block: Block, them: _Side, us: _Side) -> list[Part]:
    """What was put in behind a block."""
    theirs, ours = them.addition(block), us.addition(block)
    return [_judged((), theirs, ours)] if theirs or ours else []


def _judged(base: Texts, theirs: Texts, ours: Texts, *, why: Why = "") -> Part:
    """One part by its three sides."""
    if theirs == base:
        return Part(text=ours, by="same" if ours == base else "ours")
    if theirs == ours:
        return Part(text=ours, by="both")
    if ours == base:
        return Part(text=theirs, by="theirs")
    if base and len(theirs) == len(ours) == len(base) and (restyled := _restyled(base, theirs, ours)):
        return restyled
    changed = differences(*(clean.text_of(PARTED.join(side)) for side in (base, theirs))).changes
    return Part(
        text=ours,
        by="ours",
        conflict=why or _why(base, theirs, ours),
        base=base,
        theirs=theirs,
        ours=ours,
        matters=tuple(dict.fromkeys(reason for change in changed for reason in change.matters)),
    )


def _why(base: Texts, theirs: Texts, ours: Texts) -> Why:
    if not base:
        return "added"
    return "cut here" if not ours else "cut there" if not theirs else "changed"


def _restyled(base: Texts, theirs: Texts, ours: Texts) -> Part | None:
    """Typography and white space are no reason to ask: what the other side wrote stands, in our style where it can."""
    keys = [[key_of(text) for text in side] for side in (base, theirs, ours)]
    if keys[1] in (keys[0], keys[2]):
        return Part(text=ours, by="both" if keys[1] == keys[2] else "ours")
    if keys[2] != keys[0]:
        return None
    texts = tuple(_in_style(*map(Words, sides)) for sides in zip(base, theirs, ours, strict=True))
    return Part(text=texts, by="theirs" if texts == theirs else "merged")


def _in_style(base: Words, theirs: Words, ours: Words) -> str:
    """Their words, those that they left alone as ours writes them."""
    raw = list(theirs.raw)
    ops = opcodes(base.keys, theirs.keys) if base.keys == ours.keys else None
    for _, i1, i2, j1, _ in (op for op in ops or () if op[0] == "equal"):
        for i, j in zip(range(i1, i2), range(j1, j1 + i2 - i1), strict=True):
            raw[j] = ours.raw[i] if raw[j] == base.raw[i] else raw[j]
    return "".join(word + gap for word, gap in zip(raw, theirs.gaps, strict=True))
