"""What changed between two texts, as people read it: by paragraph, in whole words, with what matters told apart.

Plain text in. What a change means for a story is judged in news.significance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from wiredesk.news import boring
from wiredesk.news.align import Pair, aligned
from wiredesk.news.facts import Names
from wiredesk.news.item import Value
from wiredesk.news.significance import significance as significance
from wiredesk.news.stretches import Stretch, stretches
from wiredesk.news.words import key_of, paragraphs

Kind = Literal["equal", "added", "deleted", "edited", "moved"]

MAX_LOOKED_INTO = 300_000  # letters of paragraphs that are compared by word; what changed beyond is shown whole


class Change(Value, frozen=True, kw_only=True, omit_defaults=False):
    """One change. `before` and `after` are whole words as written, "" where there are none.

    `paragraph` is its place, from 0, in the new text; what was deleted has that of the old one. `was` is its place in
    the old text, None where it was added. `matters` are words of news.facts.REASONS. `boring` is a change that is none
    of the copy itself; `note` says of what then: "white space", "typography" (quote style, dashes), "dateline",
    "boilerplate".
    """

    kind: Kind
    paragraph: int
    was: int | None
    before: str
    after: str
    matters: tuple[str, ...] = ()
    boring: bool = False
    note: str = ""


class Run(Value, frozen=True, kw_only=True):
    """Words of one paragraph that stayed, went or came, with the white space after them."""

    side: Literal["equal", "deleted", "inserted"]
    text: str
    matters: tuple[str, ...] = ()
    boring: bool = False


class Paragraph(Value, frozen=True, kw_only=True):
    """One paragraph for an inline difference, its runs in reading order. Places as in the texts, None where in none."""

    kind: Kind
    old: int | None
    new: int | None
    runs: tuple[Run, ...]
    boring: bool = False


class Difference(Value, frozen=True, kw_only=True):
    """All changes, and all paragraphs in the order of the new text, what was deleted where it stood.

    `is_coarse` says that some paragraphs were too long to be compared by word.
    """

    changes: tuple[Change, ...]
    paragraphs: tuple[Paragraph, ...]
    is_coarse: bool = False


def differences(old: str, new: str, *, boilerplate: Collection[str] = ()) -> Difference:
    """The readable difference of two plain texts. The work is bounded: long texts get a coarser answer.

    Paragraphs are parted by an empty line; where neither text has one, each line is a paragraph. `boilerplate` are
    further paragraphs without interest, such as those learned of a source.
    """
    (before, after), glue = paragraphs(old, new)
    keys = [[key_of(text) for text in some] for some in (before, after)] if before != after else [before, after]
    return _Comparison(before, after, glue, frozenset(map(key_of, boilerplate))).of(aligned(*keys))


class _Comparison:
    """The paragraphs of two texts while they are compared."""

    def __init__(self, old: Sequence[str], new: Sequence[str], glue: str, boilerplate: frozenset[str]) -> None:
        self._old, self._new, self._glue, self._boilerplate = old, new, glue, boilerplate
        self._names = Names("\n".join(old), "\n".join(new))
        self._left = MAX_LOOKED_INTO
        self._is_coarse = False
        self._changes: list[Change] = []

    def of(self, pairs: list[Pair]) -> Difference:
        """The difference, once it is known which paragraphs belong together."""
        shown = tuple(self._shown(pair) for pair in pairs)
        return Difference(changes=tuple(self._changes), paragraphs=shown, is_coarse=self._is_coarse)

    def _shown(self, pair: Pair) -> Paragraph:
        old = self._glue.join([self._old[i] for i in pair.old])
        new = self._glue.join([self._new[j] for j in pair.new])
        was, place = (some[0] if some else None for some in (pair.old, pair.new))
        if old == new and not pair.is_moved:
            return Paragraph(kind="equal", old=was, new=place, runs=(Run(side="equal", text=new),))
        is_dull = all(self._is_boilerplate(text) for text in (old, new) if text)
        found = self._stretches(old, new, is_near_top=was is not None and was < boring.NEAR_TOP)
        if is_dull:
            found = [stretch._replace(matters=(), note=stretch.note or "boilerplate") for stretch in found]
        kind: Kind = "moved" if pair.is_moved else "deleted" if place is None else "added" if was is None else "edited"
        if kind == "moved":
            self._tell(kind, was, place, Stretch(False, old, new, (), "boilerplate" if is_dull else ""))
        for stretch in found:
            if stretch.note or not stretch.is_equal:
                edit: Kind = "edited" if stretch.before and stretch.after else "deleted" if stretch.before else "added"
                self._tell(edit, was, place, stretch)
        runs = tuple(run for stretch in found for run in _runs(stretch))
        is_boring = is_dull or (kind == "edited" and all(run.boring or run.side == "equal" for run in runs))
        return Paragraph(kind=kind, old=was, new=place, runs=runs, boring=is_boring)

    def _stretches(self, old: str, new: str, *, is_near_top: bool) -> list[Stretch]:
        found = stretches(old, new, self._names, most=self._left, is_near_top=is_near_top)
        if found is None:
            self._is_coarse = True
            return [Stretch(False, old, new)]
        self._left -= sum(len(one.before) + len(one.after) for one in found if not one.is_equal or len(found) > 1)
        return found

    def _is_boilerplate(self, text: str) -> bool:
        return boring.is_boilerplate(text) or (bool(self._boilerplate) and key_of(text) in self._boilerplate)

    def _tell(self, kind: Kind, was: int | None, place: int | None, stretch: Stretch) -> None:
        self._changes.append(
            Change(
                kind=kind,
                paragraph=(place if place is not None else was) or 0,
                was=was,
                before=stretch.before.strip(),
                after=stretch.after.strip(),
                matters=stretch.matters,
                boring=bool(stretch.note),
                note=stretch.note,
            )
        )


def _runs(stretch: Stretch) -> Iterator[Run]:
    is_boring = bool(stretch.note)
    if stretch.is_equal:
        # White space at the end of a paragraph is none: the other state has it where something follows.
        text = stretch.after if stretch.after[-1:].isspace() else stretch.before
        yield Run(side="equal", text=text if text.split() == stretch.after.split() else stretch.after, boring=is_boring)
        return
    if stretch.before:
        yield Run(side="deleted", text=stretch.before, matters=stretch.matters, boring=is_boring)
    if stretch.after:
        yield Run(side="inserted", text=stretch.after, matters=stretch.matters, boring=is_boring)
