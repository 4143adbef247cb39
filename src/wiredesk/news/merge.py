"""Three-way merge: a newer version of the copy over our edits of the one before. Field by field, the body by paragraph.

What one side left alone is as the other side has it; what both changed is a conflict, and there ours stands until an
editor decides. What is merged can so always be shown, and what is not says so. Nothing is lost without being told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec import structs

from wiredesk.news import clean, editing
from wiredesk.news.align import opcodes
from wiredesk.news.diff import differences
from wiredesk.news.item import Value
from wiredesk.news.provenance import HTML, TEXTS
from wiredesk.news.threeway import Texts, three
from wiredesk.news.tokens import Words, key_of, parted

By = Literal["same", "theirs", "ours", "both", "merged"]
Why = Literal["", "changed", "cut here", "cut there", "added", "order", "too large"]

MAX_TOLD = 100_000  # letters of a conflict that are looked through for facts
PARTED = "\n\n"


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


def read(written: object) -> Field:
    """A field as item.as_plain() wrote it down."""
    return msgspec.convert(written, Field)


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
    found = three(base, theirs, ours)
    if isinstance(found, str):
        return "same", [_judged(base, theirs, ours, why=found)]
    return found.mover, [_judged(*place) for place in found.places]


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
    is_large = sum(map(len, (*base, *theirs))) > MAX_TOLD
    changed = () if is_large else differences(*(clean.text_of(PARTED.join(side)) for side in (base, theirs))).changes
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
