"""What changed between two texts, as far as it tells a refile, a correction and an update apart."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

KEPT = 0.6  # so much of a sentence's words must stand again for it to count as kept
MAX_REFILED = 2
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])\s+|\n+")  # full-width marks end sentences in Chinese and Japanese
_WORD = re.compile(r"[^\W_]+(?:[.,'’:][^\W_]+)*|[\"“”«»„]")


def significance(old: str, new: str) -> Literal["refile", "correction", "update"]:
    """Judge two plain texts by their sentences.

    New or lost sentences make an update; in kept ones a changed number, name or quotation mark makes a correction,
    up to two other words a refile.
    """
    before, after = _sentences(old), _sentences(new)
    lost = [words for words in before if words not in after]
    came = [words for words in after if words not in before]
    if len(lost) != len(came) or len(lost) > 50:
        return "update"
    changed: list[str] = []
    for words in lost:
        kept = max(came, key=lambda other: _share(words, other))
        if _share(words, kept) < KEPT:
            return "update"
        changed += _changed(words, kept)
    if any(_matters(word) for word in changed):
        return "correction"
    return "refile" if len(changed) <= 2 * MAX_REFILED else "update"


def _sentences(text: str) -> list[tuple[str, ...]]:
    split = (tuple(_WORD.findall(sentence)) for sentence in _SENTENCE_END.split(text))
    return [words for words in split if words]


def _share(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    common = sum((Counter(one) & Counter(other)).values())
    return common / max(len(one), len(other))


def _changed(one: tuple[str, ...], other: tuple[str, ...]) -> list[str]:
    """Words of either sentence that the other lacks. The first word's capital is the sentence's, not a name's."""
    before = (one[0].lower(), *one[1:])
    after = (other[0].lower(), *other[1:])
    return [*(Counter(before) - Counter(after)).elements(), *(Counter(after) - Counter(before)).elements()]


def _matters(word: str) -> bool:
    """A number, a name, or a quotation mark."""
    return word[0].isupper() or any(letter.isdigit() for letter in word) or not word[0].isalnum()
