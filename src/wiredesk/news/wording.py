"""What a text says, made ready for comparing: its own words, without quotes and what houses print around copy."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from wiredesk.news import bare, grams, marks
from wiredesk.news.bare import Span
from wiredesk.news.grams import RUN, Word

MAX_TEXT = 200_000  # characters read, some 35,000 words: no news story is as long
MAX_HEADLINE = 1_000
SHORT = 60  # words; a shorter item is judged by its headline and lead
FEW = 30  # words beside what is quoted; with fewer the quotes are all there is to compare


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A text as match.compare() reads it. `grams` are in order, `known` is their set, `marks` what the index keeps.

    `count` is its words, quotes included; `spans` is where the counted words stand in `text`. `is_speech`: there was
    hardly anything beside quoted speech, so that it was counted.
    """

    headline: str
    text: str
    agency: str
    count: int
    spans: tuple[Span, ...]
    grams: tuple[int, ...]
    known: frozenset[int]
    marks: tuple[int, ...]
    is_speech: bool = False

    @property
    def is_short(self) -> bool:
        return self.count < SHORT

    def words(self) -> list[Word]:
        """The counted words and where they stand: the first four make the first gram."""
        found = [
            (word, begin + at, begin + to)
            for begin, end in self.spans
            for word, at, to in grams.words(self.text[begin:end])
        ]
        return found[: grams.MAX_WORDS]

    def lead(self, most: int) -> list[str]:
        """The first words of the text, quotes included."""
        first = self.spans[0][0] if self.spans else 0
        return grams.said(self.text[first : first + 20 * most])[:most]


def of(text: str, *, headline: str = "", agency: str = "", learned: Set[int] = frozenset()) -> Wording:
    """Read a plain text, one line a paragraph. `agency` is whose copy it is where that is known.

    `learned` are the keys (bare.paragraph_key) of what its source prints under every story.
    """
    text = text[:MAX_TEXT]
    copy = bare.copy_spans(text, learned=learned)
    own = tuple(bare.outside(copy, bare.speech_spans(text)))
    runs = grams.of(_joined(text, own))
    count = beside = len(runs) + RUN - 1
    if beside < SHORT:
        said = _joined(text, copy)
        count = grams.count(said)
        if beside < FEW:
            own, runs = tuple(copy), grams.of(said)
    return Wording(
        headline=headline[:MAX_HEADLINE],
        text=text,
        agency=agency,
        count=count,
        spans=own,
        grams=runs,
        known=frozenset(runs),
        marks=marks.of(runs),
        is_speech=beside < FEW < count,
    )


def _joined(text: str, spans: list[Span] | tuple[Span, ...]) -> str:
    return "\n".join([text[begin:end] for begin, end in spans])
