"""The words of a text, made comparable, and the four-word runs (grams) that tell whether two texts are one copy.

A word loses case, accents and points (U.S. is us), so that a seven-bit wire and a web page agree. Scripts that put no
space between words give a word a letter: the next few letters from there on. A gram's number is the same on all
machines and in every version: marks made of it are kept in tables.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

Word = tuple[str, int, int]  # folded; begin and end in the text it stands in, in characters
RUN = 4  # words a gram
REACH = {"cjk": 5, "sea": 9}  # letters a word has in scripts without spaces; a gram has three more
MAX_WORDS = 60_000
KEPT = 65_536  # pieces between spaces whose words are remembered
LONG_PIECE = 40  # characters; a longer one is an address, or a sentence without spaces, and hardly comes again

# A word's number has 58 bits, a gram's is the sum of four, each times its weight: below 2**63, as SQLite's integers.
# All sums of some of these weights differ, so that no two orders of the same words give one number.
WEIGHTS = (3, 5, 6, 7)
_LANE = 8  # bytes

# Marks that stand on letters, and characters that are not seen: \w leaves them out, and a word must not end there.
_JOINED = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0900-\u0963\u0970-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3"
    "\u200c\u200d\u2060"
)
_SEA = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
_CJK = "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[\w{_JOINED}]{{1,200}}(?:\.\w(?!\w)\.?){{0,8}}")
_UNSPACED = re.compile(rf"[{_SEA}]+|[{_CJK}]+")
_STRETCH = re.compile(rf"[{_SEA}]+|[{_CJK}]+|[^{_SEA}{_CJK}]+")
_IS_SEA = re.compile(f"[{_SEA}]")
_PIECE = re.compile(r"\S+")
# Combining marks that another newsroom may leave out. Those of Indian scripts are vowels, and stay.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670\u0640\u00ad\u200c\u200d\u2060.]")
# Titles that one house style prints with every name and another with none.
_TITLES = frozenset("mr mrs ms miss mx dr".split())


def words(text: str) -> Iterator[Word]:
    """The words of a text with their places, in order. What of() sees, in the same order."""
    for piece in _PIECE.finditer(text):
        for word, begin, end in _words_of(piece[0]):
            yield word, piece.start() + begin, piece.start() + end


def of(text: str) -> tuple[int, ...]:
    """The number of each run of four words, in order; none where there are fewer. 0 <= number < 2**63."""
    lanes = b"".join(map(_pieces.__getitem__, text.split()))[: _LANE * MAX_WORDS]
    return _summed(lanes)


def of_words(said: Iterable[str]) -> tuple[int, ...]:
    """The same for words that are at hand, folded."""
    return _summed(b"".join(map(_lane, said)))


def said(text: str) -> list[str]:
    """The words alone, for the few of a headline."""
    return [word for word, _, _ in words(text)]


def count(text: str) -> int:
    """How many words a text has."""
    return sum(map(len, map(_pieces.__getitem__, text.split()))) // _LANE


def _summed(lanes: bytes) -> tuple[int, ...]:
    """Four neighbours added up, all at once: the words' numbers stand side by side in one large integer.

    A lane of 64 bits cannot overflow into the next. Ten times as fast as adding number by number.
    """
    number = len(lanes) // _LANE - RUN + 1
    if number < 1:
        return ()
    row = int.from_bytes(lanes, "little")
    added = sum((row >> 64 * place) * weight for place, weight in enumerate(WEIGHTS))
    found = array("Q", (added & ((1 << 64 * number) - 1)).to_bytes(number * _LANE, "little"))
    if sys.byteorder == "big":  # pragma: no cover - no such machine is at hand
        found.byteswap()
    return tuple(found)


class _Pieces(dict[str, bytes]):
    """The numbers of the words in a piece of text between two spaces. Most pieces were seen before."""

    def __missing__(self, piece: str) -> bytes:
        lanes = b"".join(_lane(word) for word, _, _ in _words_of(piece))
        if len(piece) <= LONG_PIECE:
            if len(self) >= KEPT:
                self.clear()
            self[piece] = lanes
        return lanes


_pieces = _Pieces()


@lru_cache(maxsize=KEPT // 4)
def _lane(word: str) -> bytes:
    """A word's number, 58 bits, little-endian in eight bytes."""
    number = int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=_LANE).digest(), "little")
    return (number >> 6).to_bytes(_LANE, "little")


def _words_of(piece: str) -> Iterator[Word]:
    for found in _WORD.finditer(piece):
        if found[0].isascii() or not _UNSPACED.search(found[0]):
            if (word := _folded(found[0])) and word not in _TITLES:
                yield word, *found.span()
        else:
            yield from _letters(found[0], found.start())


def _letters(run: str, place: int) -> Iterator[Word]:
    """A run that has letters of scripts without spaces: of those, one word a letter."""
    for stretch in _STRETCH.finditer(run):
        said, begin = stretch[0], place + stretch.start()
        if not _UNSPACED.match(said):
            yield _folded(said), begin, begin + len(said)
            continue
        reach = REACH["sea" if _IS_SEA.match(said) else "cjk"]
        for at in range(len(said)):
            yield said[at : at + reach], begin + at, begin + at + 1


def _folded(word: str) -> str:
    if word.isascii():
        return word.casefold().replace(".", "")
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", word)).casefold()
    return unicodedata.normalize("NFKC", plain)
