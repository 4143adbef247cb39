"""Where a text names people: runs of words with capitals, and the names that may stand in them.

Works in scripts that have capitals; in others nothing is found, and names.py says that it cannot tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from wiredesk.news.spelling import Lore, fold

MAX_TEXT = 120_000  # characters looked at
MAX_NAMES = 12_000  # different names looked at in one story
_TOKEN = re.compile(r"[^\W\d_]{1,40}(?:['’ʼ-][^\W\d_]{1,40}){0,3}")  # noqa: RUF001  apostrophes as typed
_POSSESSIVE = re.compile(r"['’][sS]$|['’]$")  # noqa: RUF001
_INNER_CAPITAL = re.compile(r"^[a-z]{1,3}['’-]([^\W\d_])")  # noqa: RUF001  al-Sisi, d'Estaing
_LONGEST = 4  # words of a name, particles apart
_LONGEST_RUN = 40
_ENDS = frozenset('.!?:;…\n"“„»')


@dataclass(slots=True, frozen=True)
class Word:
    """One word of a run: as it is written, folded, where it stands."""

    text: str
    folded: str
    start: int
    end: int


@dataclass(slots=True)
class Seen:
    """One name as it was met: how it is written, how often, and where (labels of texts)."""

    parts: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    has_title: bool = False

    @property
    def count(self) -> int:
        """How often it stands in all texts."""
        return self.forms.total()

    @property
    def form(self) -> str:
        """The way it is most often written."""
        return self.forms.most_common(1)[0][0]


class Sightings:
    """All names of a story's texts: full ones by their parts, and words that stand alone."""

    def __init__(self, lore: Lore) -> None:
        self.lore = lore
        self.names: dict[tuple[str, ...], Seen] = {}
        self.alone: dict[str, Seen] = {}
        self.has_capitals = False
        self._parts: dict[str, tuple[str, ...]] = {}  # by how they are written; a story says its names often

    def add(self, text: str, place: str) -> None:
        """Look at one text; `place` is what it is called in alerts."""
        for run, title in _runs(text[:MAX_TEXT], self.lore):
            self.has_capitals = True
            if len(run) == 1:
                self._see_alone(run[0], place)
            for window in _windows(run, self.lore):
                if len(self.names) < MAX_NAMES:
                    self._see(window, place, has_title=title and window[0] is run[0])

    def _see_alone(self, word: Word, place: str) -> None:
        seen = self.alone.setdefault(word.folded, Seen((word.folded,)))
        seen.forms[word.text] += 1
        seen.places[place] += 1

    def _see(self, window: Sequence[Word], place: str, *, has_title: bool) -> None:
        written = " ".join(word.text for word in window)
        parts = self._parts.get(written) or self._parts.setdefault(written, self.lore.parts(written))
        if len(parts) > 1:
            seen = self.names.setdefault(parts, Seen(parts))
            seen.forms[written] += 1
            seen.places[place] += 1
            seen.has_title = seen.has_title or has_title


def _runs(text: str, lore: Lore) -> Iterator[tuple[list[Word], bool]]:
    """Runs of capitals without titles and common words, each with whether a title stood before it."""
    run: list[Word] = []
    held: list[Word] = []  # particles that only count if another capital follows
    title = was_title = False
    end = 0
    for match in _TOKEN.finditer(text):
        word = _word(match)
        last = (held or run or [word])[-1]
        goes_on = bool(run) and _joins(text[end : match.start()], last) and len(run) < _LONGEST_RUN
        is_name = _is_capital(word.text) and (not _is_common(word, lore) or (goes_on and _may_follow(word, run, lore)))
        if run and not (goes_on and (is_name or word.folded in lore.particles)):
            yield run, was_title
            run, held = [], []
        if is_name:
            was_title = was_title if run else title
            run, held = [*run, *held, word], []
        elif run:
            held.append(word)
        title = word.folded in lore.titles
        end = match.end()
    if run:
        yield run, was_title


def _may_follow(word: Word, run: Sequence[Word], lore: Lore) -> bool:
    """Whether a common word is part of the name before it: Marine Le Pen, Kim Jong Un."""
    return word.folded in lore.particles or (len(word.text) < 4 and run[0].folded in lore.korean | lore.chinese)


def _word(match: re.Match[str]) -> Word:
    text = _POSSESSIVE.sub("", match[0])
    return Word(text, fold(text), match.start(), match.start() + len(text))


def _is_capital(text: str) -> bool:
    inner = _INNER_CAPITAL.match(text)
    return text[0].isupper() or bool(inner and inner[1].isupper())


def _joins(gap: str, before: Word) -> bool:
    """Whether two words belong to one run: a space between them, or a full stop behind an initial."""
    if gap in (" ", "\u00a0"):
        return True
    return gap in (". ", ".", ".\u00a0") and (len(before.text) == 1 or before.folded in ("jr", "st"))


def _is_common(word: Word, lore: Lore) -> bool:
    """Whether a word with a capital is a title or no name; surnames that are words too (May, Park) are names."""
    return word.folded in lore.no_names and not (
        word.folded in lore.family or (len(word.folded) > 3 and word.folded in lore.korean)
    )


def _windows(run: Sequence[Word], lore: Lore) -> Iterator[Sequence[Word]]:
    """The names that may stand in a run: two to four words next to each other, particles not counted."""
    places = [place for place, word in enumerate(run) if word.folded not in lore.particles or word.text[0].isupper()]
    for first in range(len(places)):
        for last in range(first + 1, min(first + _LONGEST, len(places))):
            yield run[places[first] : places[last] + 1]
