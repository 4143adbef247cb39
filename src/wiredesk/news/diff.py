"""What changed between two texts, as people read it: by paragraph, in whole words, with what matters told apart.

Safe HTML or plain text in. What a change means for a story is judged in news.significance.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from html import unescape
from typing import Literal

from wiredesk.news import boring, clean
from wiredesk.news.align import Pair, aligned, common
from wiredesk.news.facts import Names, Passage
from wiredesk.news.item import Value
from wiredesk.news.significance import significance as significance
from wiredesk.news.tokens import key_of, newlined, paragraphs
from wiredesk.news.worddiff import Stretch, stretches

Kind = Literal["equal", "added", "deleted", "edited", "moved"]

MAX_TEXT = 600_000  # letters of both texts; of longer ones only what lies between the first and last change is read
MAX_LOOKED_INTO = 100_000  # letters of paragraphs that are compared by word; what changed beyond is shown whole
EACH = 100  # letters that a paragraph counts for, besides its own
AROUND = 2_000  # letters around the changes in a large text that are read with them
TOO_LARGE = "too large"  # the note of a change that was not looked into
_LINK = re.compile(r"<a( (?:[^\"<>]|\"[^\"]{0,4000}\"){0,400})>(.{0,2000}?)</a>", re.DOTALL)
_IMAGE = re.compile(r"<img( (?:[^\"<>]|\"[^\"]{0,4000}\"){0,400})>")
_SAID = re.compile(r" (href|src|alt)=\"([^\"]{0,4000})\"")


class Change(Value, frozen=True, kw_only=True, omit_defaults=False):
    """One change. `before` and `after` are whole words as written, "" where there are none.

    `paragraph` is its place, from 0, in the new text; what was deleted has that of the old one. `was` is its place in
    the old text, None where it was added. `matters` are words of news.facts.REASONS. `boring` is a change that is none
    of the copy itself; `note` says of what then: "white space", "typography" (quote style, dashes), "dateline",
    "boilerplate". "too large" is the note of what was too large to be compared by word. For links and images, `before`
    and `after` are addresses, and `note` the words or description they go with.
    """

    kind: Kind
    paragraph: int
    was: int | None
    before: str
    after: str
    matters: tuple[str, ...] = ()
    boring: bool = False
    note: str = ""
    of: Literal["text", "link", "image"] = "text"


class Run(Value, frozen=True, kw_only=True):
    """Words of one paragraph that stayed, went or came, with white space; joined they are the paragraph."""

    side: Literal["equal", "deleted", "inserted"]
    text: str
    matters: tuple[str, ...] = ()
    boring: bool = False


class Paragraph(Value, frozen=True, kw_only=True):
    """One paragraph for an inline difference, its runs in reading order. Places as in the texts, None where in none.

    Where a paragraph was split or several were joined, a run holds the line breaks that part them.
    """

    kind: Kind
    old: int | None
    new: int | None
    runs: tuple[Run, ...]
    boring: bool = False


class Difference(Value, frozen=True, kw_only=True):
    """All changes, and all paragraphs in the order of the new text, what was deleted where it stood.

    `is_coarse` says that something was too large to be compared by word, and is shown whole.
    """

    changes: tuple[Change, ...]
    paragraphs: tuple[Paragraph, ...]
    is_coarse: bool = False


def differences(old: str, new: str, *, boilerplate: Collection[str] = ()) -> Difference:
    """The readable difference of two plain texts. The work is bounded: large texts get a coarser answer.

    Paragraphs are parted by an empty line; where neither text has one, each line is a paragraph. `boilerplate` are
    further paragraphs without interest, such as those learned of a source.
    """
    if len(old) + len(new) > MAX_TEXT:
        return _of_large(newlined(old), newlined(new), boilerplate)
    (before, after), glue = paragraphs(old, new)
    return _Comparison(before, after, glue, frozenset(map(key_of, boilerplate))).difference()


def html_differences(old: str, new: str, *, boilerplate: Collection[str] = ()) -> Difference:
    """The same of safe HTML: of the paragraphs of its text, then of what it links to and which images it has."""
    found = differences(clean.text_of(old), clean.text_of(new), boilerplate=boilerplate)
    shown = (*_relinked("link", _links(old), _links(new)), *_relinked("image", _images(old), _images(new)))
    return Difference(changes=found.changes + shown, paragraphs=found.paragraphs, is_coarse=found.is_coarse)


class _Comparison:
    """The paragraphs of two texts while they are compared."""

    def __init__(self, old: Sequence[str], new: Sequence[str], glue: str, boilerplate: frozenset[str]) -> None:
        self._old, self._new = [Passage(text) for text in old], [Passage(text) for text in new]
        self._glue, self._boilerplate = glue, boilerplate
        self._names = Names("\n".join(old), "\n".join(new))
        self._left = MAX_LOOKED_INTO
        self._is_coarse = False
        self._changes: list[Change] = []

    def difference(self) -> Difference:
        pairs = aligned(self._old, self._new)
        if pairs is None:
            self._left = 0
            pairs = [Pair(tuple(range(len(self._old))), tuple(range(len(self._new))))]
        shown = tuple([self._shown(pair) for pair in pairs])
        return Difference(changes=tuple(self._changes), paragraphs=shown, is_coarse=self._is_coarse)

    def _shown(self, pair: Pair) -> Paragraph:
        old, new = self._joined(self._old, pair.old), self._joined(self._new, pair.new)
        was, place = (some[0] if some else None for some in (pair.old, pair.new))
        if old.text == new.text and not pair.is_moved:
            return Paragraph(kind="equal", old=was, new=place, runs=(Run(side="equal", text=new.text),))
        is_dull = all(self._is_boilerplate(one.text) for one in (old, new) if one.text)
        found = self._stretches(old, new, is_near_top=was is not None and was < boring.NEAR_TOP)
        if is_dull:
            found = [stretch._replace(matters=(), note=stretch.note or "boilerplate") for stretch in found]
        kind: Kind = "moved" if pair.is_moved else "deleted" if place is None else "added" if was is None else "edited"
        if kind == "moved":
            self._tell(kind, was, place, Stretch(old.text, new.text, (), "boilerplate" if is_dull else ""))
        for stretch in found:
            if not stretch.is_equal:
                edit: Kind = "edited" if stretch.before and stretch.after else "deleted" if stretch.before else "added"
                self._tell(edit, was, place, stretch)
        runs = tuple([run for stretch in found for run in _runs(stretch)])
        is_boring = is_dull or (kind == "edited" and all(run.boring or run.side == "equal" for run in runs))
        return Paragraph(kind=kind, old=was, new=place, runs=runs, boring=is_boring)

    def _joined(self, some: Sequence[Passage], places: tuple[int, ...]) -> Passage:
        if len(places) == 1:
            return some[places[0]]
        return Passage(self._glue.join([some[place].text for place in places]))

    def _stretches(self, old: Passage, new: Passage, *, is_near_top: bool) -> list[Stretch]:
        self._left -= len(old.text) + len(new.text) + EACH
        if old.text == new.text:  # moved as it is
            return [Stretch(old.text, new.text)]
        found = stretches(old, new, self._names, is_near_top=is_near_top) if self._left >= 0 else None
        if found is None:
            self._is_coarse = True
            return [Stretch(old.text, new.text, (), TOO_LARGE)]
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
                boring=_is_boring(stretch),
                note=stretch.note,
            )
        )


def _is_boring(stretch: Stretch) -> bool:
    return bool(stretch.note) and stretch.note != TOO_LARGE


def _runs(stretch: Stretch) -> Iterator[Run]:
    if stretch.is_equal:
        yield Run(side="equal", text=stretch.after)
        return
    is_boring = _is_boring(stretch)
    if stretch.before:
        yield Run(side="deleted", text=stretch.before, matters=stretch.matters, boring=is_boring)
    if stretch.after:
        yield Run(side="inserted", text=stretch.after, matters=stretch.matters, boring=is_boring)


def _of_large(old: str, new: str, boilerplate: Collection[str]) -> Difference:
    """Large texts: what they begin and end with alike is one paragraph each, and places count from there."""
    head, tail = (max(0, count - AROUND) for count in common(old, new))
    head = max(old.rfind(" ", 0, head), old.rfind("\n", 0, head)) + 1
    cuts = [place for mark in " \n" if (place := old.find(mark, len(old) - tail)) >= 0] if tail else []
    tail = len(old) - min(cuts, default=len(old))
    middles = old[head : len(old) - tail], new[head : len(new) - tail]
    if sum(map(len, middles)) > MAX_TEXT:
        whole = Stretch(*middles, (), TOO_LARGE)
        found = _Comparison([], [], "", frozenset())
        found._tell("edited", 0, 0, whole)
        block = Paragraph(kind="edited", old=0, new=0, runs=tuple(_runs(whole)))
        middle = Difference(changes=tuple(found._changes), paragraphs=(block,))
    else:
        middle = differences(*middles, boilerplate=boilerplate)
    ends = [(_equal(text),) if text else () for text in (old[:head], old[len(old) - tail :])]
    return Difference(changes=middle.changes, paragraphs=ends[0] + middle.paragraphs + ends[1], is_coarse=True)


def _equal(text: str) -> Paragraph:
    return Paragraph(kind="equal", old=0, new=0, runs=(Run(side="equal", text=text),))


def _links(safe: str) -> list[tuple[str, str]]:
    """Where a text leads to, each address with the words it goes with."""
    return [(_said(found[1]).get("href", ""), clean.text_of(found[2])) for found in _LINK.finditer(safe)]


def _images(safe: str) -> list[tuple[str, str]]:
    """The images of a text, each address with its description."""
    return [(said.get("src", ""), said.get("alt", "")) for found in _IMAGE.finditer(safe) if (said := _said(found[1]))]


def _said(attributes: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _SAID.findall(attributes)}


def _relinked(of: Literal["link", "image"], old: list[tuple[str, str]], new: list[tuple[str, str]]) -> Iterator[Change]:
    """What went, what came, and where the same words now go with another address."""
    gone, come = list((Counter(old) - Counter(new)).elements()), list((Counter(new) - Counter(old)).elements())
    for was, words in gone:
        at = next((place for place, (_, others) in enumerate(come) if words == others), None)
        is_ = come.pop(at)[0] if at is not None else ""
        yield Change(kind="edited" if is_ else "deleted", paragraph=0, was=0, before=was, after=is_, note=words, of=of)
    for is_, words in come:
        yield Change(kind="added", paragraph=0, was=None, before="", after=is_, note=words, of=of)
