"""Two states of one paragraph as stretches of whole words: what stayed, what changed, and why that matters."""

from __future__ import annotations

from typing import NamedTuple

from wiredesk.news import boring
from wiredesk.news.align import Op, common, opcodes
from wiredesk.news.facts import Names, Passage, denying_parts, facts, reasons
from wiredesk.news.tokens import folded, squeezed

_AROUND = 3  # words around a change in which parts of words may deny it


class Stretch(NamedTuple):
    """Words at one place of both states, as written; the white space around them is with the one or the other.

    All stretches joined are the paragraph again, on either side. A stretch that stayed is equal to the letter. `note`
    says why a change is boring, "" if it is not.
    """

    before: str
    after: str
    matters: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_equal(self) -> bool:
        return self.before == self.after


def stretches(old: Passage, new: Passage, names: Names, *, is_near_top: bool = False) -> list[Stretch] | None:
    """The stretches of two states of a paragraph; None where they are too long to be compared by word."""
    if is_near_top and (lines := (boring.dateline(old.text), boring.dateline(new.text))) != ("", ""):
        rest = _compared(Passage(old.text[len(lines[0]) :]), Passage(new.text[len(lines[1]) :]), names)
        return rest and [_dateline(*lines), *rest]
    return _compared(old, new, names)


def _dateline(old: str, new: str) -> Stretch:
    is_same = folded(old).split() == folded(new).split()
    return Stretch(old, new, (), "" if old == new else "typography" if is_same else "dateline")


def _compared(old: Passage, new: Passage, names: Names) -> list[Stretch] | None:
    head, tail = common(old.raw, new.raw)
    ends = len(old.raw) - tail, len(new.raw) - tail
    ops = opcodes(old.keys[head : ends[0]], new.keys[head : ends[1]])
    if ops is None:
        return None
    middle = [(tag, i1 + head, i2 + head, j1 + head, j2 + head) for tag, i1, i2, j1, j2 in _tidy(ops)]
    around = ("equal", 0, head, 0, head), ("equal", ends[0], len(old.raw), ends[1], len(new.raw))
    writer = _Writer(old, new, names)
    for op in (around[0], *middle, around[1]):
        writer.add(op)
    return writer.written()


def _tidy(ops: list[Op]) -> list[Op]:
    """Without islands: words that stayed between two larger changes are read with them."""
    tidy: list[Op] = []
    for place, op in enumerate(ops):
        is_island = op[0] == "equal" and tidy and place + 1 < len(ops)
        if is_island and _size(op) < min(_size(tidy[-1]), _size(ops[place + 1])):
            op = ("replace", *op[1:])
        if tidy and op[0] != "equal" and tidy[-1][0] != "equal":
            _, i1, _, j1, _ = tidy.pop()
            op = ("replace", i1, op[2], j1, op[4])
        tidy.append(op)
    return tidy


def _size(op: Op) -> int:
    return max(op[2] - op[1], op[4] - op[3])


class _Writer:
    """Turns changes of words into stretches of text. White space that differs goes to the change beside it."""

    def __init__(self, old: Passage, new: Passage, names: Names) -> None:
        self._old, self._new, self._names = old, new, names
        self._found: list[Stretch] = []
        self._gaps = "", ""  # white space before what comes next, where it is not the same

    def add(self, op: Op) -> None:
        """What one change comes to."""
        tag, i1, i2, j1, j2 = op
        if tag != "equal":
            is_same = _is_same(self._old.keys[i1:i2], self._new.keys[j1:j2])
            self._change(op, "typography" if is_same else "")
            return
        old, new = self._old, self._new
        if old.raw[i1:i2] == new.raw[j1:j2] and old.gaps[i1 : i2 - 1] == new.gaps[j1 : j2 - 1]:
            self._stay(i1, i2, j1)
            return
        # Words that stayed may be written otherwise somewhere.
        first = i1
        for i in range(i1, i2):
            j = j1 + i - i1
            is_spaced = i + 1 == i2 or old.gaps[i] == new.gaps[j]
            if old.raw[i] != new.raw[j] or not is_spaced:
                self._stay(first, i, j1 + first - i1)
                note = "white space" if old.raw[i] == new.raw[j] else "typography"
                self._change(("replace", i, i + 1, j, j + 1), note)
                first = i + 1
        self._stay(first, i2, j1 + first - i1)

    def written(self) -> list[Stretch]:
        """All of it."""
        return self._found

    def _stay(self, first: int, last: int, place: int) -> None:
        """Words that are the same to the letter. White space behind them that is not goes to the next change."""
        if first == last:
            return
        text = self._old.part(first, last)
        gaps = self._old.gaps[last - 1], self._new.gaps[place + last - first - 1]
        self._gaps = ("", "") if gaps[0] == gaps[1] else gaps
        self._put(Stretch(text + gaps[0], text + gaps[0]) if gaps[0] == gaps[1] else Stretch(text, text))

    def _change(self, op: Op, note: str) -> None:
        _, i1, i2, j1, j2 = op
        before = self._gaps[0] + self._old.part(i1, i2) + (self._old.gaps[i2 - 1] if i1 < i2 else "")
        after = self._gaps[1] + self._new.part(j1, j2) + (self._new.gaps[j2 - 1] if j1 < j2 else "")
        self._gaps = "", ""
        self._put(Stretch(before, after, () if note else self._why(op), note))

    def _put(self, stretch: Stretch) -> None:
        if self._found and stretch.note and self._found[-1].note == stretch.note:
            last = self._found.pop()
            stretch = Stretch(last.before + stretch.before, last.after + stretch.after, (), stretch.note)
        self._found.append(stretch)

    def _why(self, op: Op) -> tuple[str, ...]:
        """Why a change matters."""
        _, i1, i2, j1, j2 = op
        before, after = (
            facts(self._old, range(i1, i2), self._names),
            facts(self._new, range(j1, j2), self._names),
        )
        found = reasons(before, after)
        if "negation" not in found and _denied(self._old, i1, i2) != _denied(self._new, j1, j2):
            found += ("negation",)
        return found


def _is_same(before: list[str], after: list[str]) -> bool:
    """Whether words differ in nothing but white space about their quotation marks."""
    return "".join(before) == "".join(after) and squeezed(" ".join(before)) == squeezed(" ".join(after))


def _denied(passage: Passage, first: int, last: int) -> int:
    return denying_parts("".join(passage.raw[max(0, first - _AROUND) : last + _AROUND]))
