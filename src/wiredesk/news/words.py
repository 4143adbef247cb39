"""Texts cut into paragraphs and whole words, and what two spellings of one word have in common. No word is ever cut.

A word is what stands between white space. Scripts that put no space between words are cut into graphemes instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

# Thai, Lao, Burmese, Khmer, kana and ideographs, as in news.clean; half-width kana too.
_LETTER = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_RANGES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x30FF))
_STOP = "\u3001-\u3003\u3008-\u3020\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"  # full-width punctuation
# What belongs to the letter before it (UAX 29: Extend, SpacingMark), the vowels AM of Thai and Lao included.
_MARK = "\u0300-\u036f\u0e33\u0eb3\u200d\ufe00-\ufe0f\uff9e\uff9f\U000e0100-\U000e01ef" + "".join(
    chr(code) for first, last in _RANGES for code in range(first, last + 1) if unicodedata.category(chr(code))[0] == "M"
)
# After a virama (Khmer, Burmese) or a joiner the next letter is part of the same grapheme.
_GRAPHEME = rf"[{_LETTER}{_STOP}][{_MARK}]*(?:(?<=[\u1039\u17d2\u200d])[{_LETTER}][{_MARK}]*)*"
_PIECE = re.compile(rf"{_GRAPHEME}|[^{_LETTER}{_STOP}][^{_LETTER}{_STOP}{_MARK}]*[{_MARK}]*(?:[^{_LETTER}{_STOP}]+)?")
_UNSPACED = re.compile(f"[{_LETTER}]")

_SPACE = re.compile(r"(\s+)")
# White space that is part of a word: French writes it inside quotation marks and before ! ? ; : %, and in 1 000.
_LOOSE = re.compile("[«‹]\\s|\\s[»›!?;:%]|\\d[\u00a0\u202f\u2009]\\d")
_TIGHT_SPACE = re.compile(
    "((?<!\\s)(?<!\\s[«‹])(?<!\\A[«‹])(?!(?<=\\d)[\u00a0\u202f\u2009]\\d)\\s++(?![»›!?;:%]{1,5}[.,;:]?(?:\\s|$)))"
)
_EMPTY_LINE = re.compile("\n[^\\S\n]{0,200}\n")

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″❝❞〝〞「」『』＂", '"'),
        **dict.fromkeys("‘’‚‛‹›′ʼʻ`´＇", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        "…": "...",
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069", None),
    }
)
_EDGE = re.compile(r"^[^\w$€£¥%‰-]+|[^\w$€£¥%‰]+$")
_POSSESSIVE = re.compile(r"(?<=\w)'(?:s|S)$|(?<=s)'$")
_GROUPED = re.compile(r"(?<=\d)[,'\s](?=\d{3}(?!\d))")
MAX_CODES = 1_000_000  # different words that can be told apart: there are no more characters


class Words(NamedTuple):
    """A text's words as written, the white space after each, and their keys: equal where only typography differs."""

    raw: list[str]
    gaps: list[str]
    keys: list[str]


def paragraphs(*texts: str) -> tuple[list[list[str]], str]:
    """The paragraphs of texts that belong together, and what parts them: an empty line, or if none has one, a line."""
    texts = tuple(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text for text in texts)
    if any(_EMPTY_LINE.search(text.strip()) for text in texts):
        cut, glue = [_EMPTY_LINE.split(text) for text in texts], "\n\n"
    else:
        cut, glue = [text.split("\n") for text in texts], "\n"
    return [[kept for piece in pieces if (kept := piece.strip())] for pieces in cut], glue


def words_of(text: str) -> Words:
    """The words of one paragraph; joined with their gaps they are the paragraph again."""
    text = text.strip()
    if not text:
        return Words([], [], [])
    if _LOOSE.search(text):
        pieces = _TIGHT_SPACE.split(text)
        raw = pieces[::2]
        keys = _tight(raw)
    else:
        pieces = _SPACE.split(text)
        raw = pieces[::2]
        keys = folded(text).split()
        if len(keys) != len(raw):  # some word was nothing but an invisible character
            keys = [folded(word) for word in raw]
    found = Words(raw, [*pieces[1::2], ""], keys)
    return _cut_further(found) if _UNSPACED.search(text) else found


def _cut_further(found: Words) -> Words:
    """Where no space is put between words: each grapheme for itself, words of other scripts whole."""
    raw: list[str] = []
    gaps: list[str] = []
    for word, gap in zip(found.raw, found.gaps, strict=True):
        pieces = _PIECE.findall(word) if _UNSPACED.search(word) else [word]
        raw += pieces
        gaps += [""] * (len(pieces) - 1) + [gap]
    return Words(raw, gaps, [folded(word) for word in raw])


def folded(text: str) -> str:
    """A text with one style of quotation marks and dashes, and nothing invisible in it."""
    if text.isascii():
        return text.replace("--", "-") if "--" in text else text
    return unicodedata.normalize("NFC", text).translate(_FOLDED).replace("--", "-")


def key_of(paragraph: str) -> str:
    """What is equal for paragraphs that differ only in white space and typography."""
    if _LOOSE.search(paragraph):
        return " ".join(_tight(_TIGHT_SPACE.split(paragraph.strip())[::2]))
    return " ".join(folded(paragraph).split())


def _tight(raw: list[str]) -> list[str]:
    return ["".join(folded(word).split()) for word in raw]


def core(key: str) -> str:
    """A word's key without punctuation around it and without a possessive ending; numbers without grouping."""
    bare = _EDGE.sub("", key)
    if "'" in bare:
        bare = _POSSESSIVE.sub("", bare)
    return _GROUPED.sub("", bare) if bare[:1].isdigit() or bare[-1:].isdigit() else bare


def text_between(words: Words, first: int, last: int) -> str:
    """The text from word `first` up to word `last`, which is not in it; no white space at its end."""
    if first >= last:
        return ""
    pairs = zip(words.raw[first:last], words.gaps[first:last], strict=True)
    return "".join([word + gap for word, gap in pairs]).rstrip()


def encoded(*lists: Iterable[str]) -> list[str]:
    """Lists of keys, each as a string of one character a key: what libraries for strings compare fast."""
    codes: dict[str, str] = {}
    return [coded(keys, codes) for keys in lists]


def coded(keys: Iterable[str], codes: dict[str, str]) -> str:
    """One list by a table that is shared and grows."""
    return "".join([codes.get(key) or codes.setdefault(key, chr(min(len(codes), MAX_CODES) + 1)) for key in keys])


def is_unspaced(text: str) -> bool:
    """Whether a text has letters of a script that puts no space between words."""
    return bool(_UNSPACED.search(text))
