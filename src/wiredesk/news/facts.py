"""What in changed words is a fact: numbers, names and places, days, quotations, negations. By form, never by meaning.

A name is a word with a capital where the script has capitals and the place does not ask for one. German writes all
nouns so: there a changed noun counts as a name, since in doubt readers are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from rapidfuzz.distance import Indel

from wiredesk.news.tokens import Words, core, is_unspaced
from wiredesk.news.vocabulary import (
    ABBREVIATIONS,
    BEGINNERS,
    DAYS,
    DENYING_PARTS,
    LOCATIVES,
    NEGATIONS,
    NUMBERS,
)

_ENDS = re.compile(r"[.!?。！？…]['\")\]]{0,3}$")
_INITIALS = re.compile(r"(?:\w\.){1,5}")
_NUMERALS = frozenset("〇零二三四五六七八九十百千万萬億亿兆两兩")
# German and Dutch write numbers in one word: "zweiundzwanzig", "vijfentwintig", "dreihundert".
_NUMBER_PART = re.compile(
    "hundert|tausend|honderd|duizend|und(?:zwanzig|(?:vier|fünf|sech|sieb|acht|neun)zig|drei(?:ß|ss)ig)$"
    "|[eë]n(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)$"
)
_SINGLE = tuple("'‘’‚‛‹›′`´＇")
_MARKS = (
    *'"“”„‟«»″❝❞「」『』〝〞＂',
    *(f" {mark}" for mark in _SINGLE),
)  # with a space, since it is no apostrophe then
_BEFORE = frozenset("'\"([¿¡")  # where these stand by themselves, as quotation marks do in French
_LONG = 4  # letters of a word that a headline in title case writes with a capital
_TITLE = 0.8  # of its long words have one
RESPELLED = 0.7  # so much of its letters a word keeps that is only spelled otherwise
_SEEN = 40  # places of a word that are looked at
SEARCHED = 50_000  # letters of a text in which they are looked for


class Facts(NamedTuple):
    """The facts in some words, in order. Names in lower case, numbers by value where that is known.

    `perhaps` are words that begin a sentence with their capital and of which nothing tells whether they are names.
    """

    numbers: list[str]
    names: list[str]
    places: list[str]
    days: list[str]
    quoted: list[str]
    denials: list[str]
    perhaps: list[str]


REASONS = ("number", "name", "place", "day", "quotation", "negation")


class Names:
    """What the texts themselves tell of their names: which words they write with a capital in running copy."""

    def __init__(self, *texts: str) -> None:
        self._texts = [text[:SEARCHED] for text in texts]
        self._known: dict[str, bool] = {}

    def has(self, word: str) -> bool:
        """Whether a word stands with its capital after a word without one."""
        if word not in self._known:
            self._known[word] = any(_stands_in(text, word) for text in self._texts)
        return self._known[word]


class Passage(Words):
    """A paragraph as words, with what the place of a word says of it."""

    @cached_property
    def quotes(self) -> list[range]:
        """Which words stand in quotation marks. One left open goes to the end, as paragraphs of a speech do."""
        is_spoken = self.text.startswith(_SINGLE) or any(mark in self.text for mark in _MARKS)
        return _quotes(self.keys) if is_spoken else []

    @cached_property
    def is_title(self) -> bool:
        """Whether capitals say nothing here: a headline in title case, or all in capitals."""
        long = [word for word in self.raw if len(word) >= _LONG and word[0].isalpha()]
        capitals = sum(word[0].isupper() for word in long)
        return len(long) > 2 and capitals >= _TITLE * len(long)

    def ends(self, place: int) -> bool:
        """Whether a sentence ends with this word; "Mr." and "U.S." end none."""
        key = self.keys[place]
        if not _ENDS.search(key):
            return False
        return not (key.endswith(".") and (key[:-1].lower() in ABBREVIATIONS or _INITIALS.fullmatch(key)))

    def begins(self, place: int) -> bool:
        """Whether a sentence, or what somebody says, begins with this word."""
        keys = self.keys
        if place == 0 or keys[place][:1] in ("'", '"') or keys[place - 1] in _BEFORE:
            return True
        return keys[place - 1].endswith(":") or self.ends(place - 1)

    def is_name(self, place: int, names: Names) -> bool | None:
        """Whether a word is a name, by its capital; None where nothing tells."""
        word = core(self.keys[place])
        if word == word.lower() or not word[0].isalpha() or word in ("I", "I'm", "I've", "I'll", "I'd"):
            return False
        if self.is_title:
            return names.has(word)
        if not self.begins(place):
            return True
        if word.lower() in BEGINNERS:
            return False
        return True if names.has(word) or self._leads_a_name(place) else None

    def _leads_a_name(self, place: int) -> bool:
        """At the beginning of a sentence: a first name before a last one."""
        keys = self.keys
        following = keys[place + 1] if place + 1 < len(keys) else ""
        return following[:1].isupper() and not self.begins(place + 1) and core(keys[place]) == keys[place]


def facts(passage: Passage, places: Iterable[int], names: Names) -> Facts:
    """The facts in the words at some places of a passage."""
    found = Facts([], [], [], [], [], [], [])
    keys = passage.keys
    for place in places:
        word = core(keys[place])
        if not word:
            continue
        low = word.lower()
        if values := _values(low):
            found.numbers.extend(values)
        elif low in DAYS:
            found.days.append(low)
        elif (is_name := passage.is_name(place, names)) is None:
            found.perhaps.append(low)
        elif is_name:
            where = core(keys[place - 1]).lower() if place else ""
            (found.places if where in LOCATIVES else found.names).append(low)
        if _denies(low):
            found.denials.append(low)
        if any(place in some for some in passage.quotes):
            found.quoted.append(low)
    return found


def reasons(before: Facts, after: Facts) -> tuple[str, ...]:
    """Which kinds of fact differ between words and what they became."""
    if before == after:
        return ()
    before, after = _settled(before, after)
    if sorted(before.names + before.places) == sorted(after.names + after.places):
        before, after = before._replace(places=[]), after._replace(places=[], names=before.names)
    return tuple(name for name, old, new in zip(REASONS, before, after, strict=False) if old != new)


def differ(before: Facts, after: Facts) -> bool:
    """Whether any fact came or went, wherever in a sentence it stands: "Monday" may move without changing."""
    old, new = (one._replace(names=one.names + one.places, places=[]) for one in _settled(before, after))
    return any(sorted(some) != sorted(other) for some, other in zip(old, new, strict=True))


def _settled(before: Facts, after: Facts) -> tuple[Facts, Facts]:
    """What may be a name is one if another such word took its place; the same word spelled otherwise is none."""
    old, new = before.perhaps, after.perhaps
    if old and new and Indel.normalized_similarity(" ".join(old), " ".join(new)) < RESPELLED:
        before, after = before._replace(names=before.names + old), after._replace(names=after.names + new)
    return before._replace(perhaps=[]), after._replace(perhaps=[])


def denying_parts(text: str) -> int:
    """How often a text in a script without spaces, or in Korean, denies something."""
    if not text.isascii() and (is_unspaced(text) or any("가" <= letter <= "힣" for letter in text)):
        return sum(text.count(part) for part in DENYING_PARTS)
    return 0


def _denies(word: str) -> bool:
    return word in NEGATIONS or word.endswith("n't") or (word.startswith(("n'", "d'aucun")) and len(word) > 3)


def _values(word: str) -> list[str]:
    """What number a word is, if it is one."""
    if any(letter.isdigit() for letter in word):
        return [word]
    if word in NUMBERS:
        return [NUMBERS[word]]
    if "-" in word:
        return [NUMBERS[part] for part in word.split("-") if part in NUMBERS]
    if word in _NUMERALS or _NUMBER_PART.search(word):
        return [word]
    return []


def _quotes(keys: list[str]) -> list[range]:
    found = []
    opened = single = -1
    for place, key in enumerate(keys):
        if key.isalnum():
            continue
        for _ in range(key.count('"')):
            if opened < 0:
                opened = place
            else:
                found.append(range(opened, place + 1))
                opened = -1
        if "'" in key:
            if key[0] == "'" and single < 0:
                single = place
            if single >= 0 and key.rstrip('.,;:!?)"').endswith("'"):
                found.append(range(single, place + 1))
                single = -1
    if opened >= 0:
        found.append(range(opened, len(keys)))
    return found


def _stands_in(text: str, word: str) -> bool:
    """Whether a text has a word after one that begins in lower case, no sentence ending between them."""
    start = 0
    for _ in range(_SEEN):
        start = text.find(word, start + 1)
        if start < 0:
            return False
        end = start + len(word)
        if text[start - 1].isspace() and not text[end : end + 1].isalnum():
            before = text[max(0, start - _SEEN) : start].split()
            if before and before[-1][0].islower() and not _ENDS.search(before[-1]):
                return True
    return False
