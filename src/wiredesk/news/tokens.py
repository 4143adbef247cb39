"""Texts cut into paragraphs and whole words as written, and what two spellings of one word have in common.

A word is what stands between white space. Scripts that put no space between words are cut into graphemes instead. No
word and no grapheme is ever cut. For comparing what is shown to people; news.words is for finding the same copy.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

# Thai, Lao, Burmese, Khmer, kana and ideographs, as in news.clean; half-width kana too.
_LETTER = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
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
_EMPTY_LINE = re.compile("\n[^\\S\n]{0,200}\n")

_INVISIBLE = "\u00ad\u200b\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_STYLES = {
    **dict.fromkeys("“”„‟«»″❝❞〝〞「」『』＂", '"'),
    **dict.fromkeys("‘’‚‛‹›′ʼʻ`´＇", "'"),
    **dict.fromkeys(("--", *"‐‑‒–—―−﹣－"), "-"),
    **dict.fromkeys(_INVISIBLE, ""),
    "…": "...",
}
_STYLED = re.compile("|".join(map(re.escape, _STYLES)))
_LOOSE = re.compile("(?<=[\"']) | (?=[\"'!?;:%])")
_EDGE = re.compile(r"^[^\w$€£¥%‰-]+|[^\w$€£¥%‰]+$")
_POSSESSIVE = re.compile(r"(?<=\w)'(?:s|S)$|(?<=s)'$")
_GROUPED = re.compile(r"(?<=\d)[,'](?=\d{3}(?!\d))")


class Words:
    """One paragraph, without white space around it, as whole words; what else is known of it is worked out when asked.

    `raw` are its words as written, `gaps` the white space after each, "" after the last.
    """

    def __init__(self, text: str) -> None:
        self.text = text.strip()

    @cached_property
    def _cut(self) -> tuple[list[str], list[str]]:
        raw = self.text.split()
        if " ".join(raw) == self.text:
            gaps = [" "] * len(raw)
            gaps[-1:] = [""][: len(raw)]
        else:
            gaps = [*_SPACE.split(self.text)[1::2], ""]
        return _cut_further(raw, gaps) if _UNSPACED.search(self.text) else (raw, gaps)

    @cached_property
    def raw(self) -> list[str]:
        return self._cut[0]

    @cached_property
    def gaps(self) -> list[str]:
        return self._cut[1]

    @cached_property
    def keys(self) -> list[str]:
        """The words in one typography: equal where only quote style, dashes and what nobody sees differ."""
        return folded(" ".join(self.raw)).split(" ") if self.text else []

    def part(self, first: int, last: int) -> str:
        """The text from word `first` up to word `last`, which is not in it, without white space at its end."""
        inner = [word + gap for word, gap in zip(self.raw[first:last], self.gaps[first : last - 1], strict=False)]
        return "".join([*inner, self.raw[last - 1]]) if first < last else ""


def paragraphs(*texts: str) -> tuple[list[list[str]], str]:
    """The paragraphs of texts that belong together, and what parts them: an empty line, or if none has one, a line."""
    texts = tuple(map(newlined, texts))
    if any(_EMPTY_LINE.search(text.strip()) for text in texts):
        return [parted(text) for text in texts], "\n\n"
    return [[kept for line in text.split("\n") if (kept := line.strip())] for text in texts], "\n"


def parted(text: str) -> list[str]:
    """The paragraphs of a text that are parted by an empty line."""
    return [kept for piece in _EMPTY_LINE.split(newlined(text)) if (kept := piece.strip())]


def newlined(text: str) -> str:
    """A text whose lines end as they do on this side of the wire."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _cut_further(raw: list[str], gaps: list[str]) -> tuple[list[str], list[str]]:
    """Where no space is put between words: each grapheme for itself, words of other scripts whole."""
    words: list[str] = []
    after: list[str] = []
    for word, gap in zip(raw, gaps, strict=True):
        pieces = _PIECE.findall(word) if _UNSPACED.search(word) else [word]
        words += pieces
        after += [""] * (len(pieces) - 1) + [gap]
    return words, after


def folded(text: str) -> str:
    """A text with one style of quotation marks and dashes, and nothing invisible in it."""
    if text.isascii() and "--" not in text and "`" not in text:
        return text
    return _STYLED.sub(lambda found: _STYLES[found[0]], unicodedata.normalize("NFC", text))


def key_of(paragraph: str) -> str:
    """What is equal for paragraphs that differ only in white space and typography (Words.key)."""
    return squeezed(" ".join(folded(paragraph).split()))


def squeezed(key: str) -> str:
    """Keys without the space that some put between quotation marks, or before ! and ?, and what they go with."""
    return _LOOSE.sub("", key)


def core(key: str) -> str:
    """A word's key without punctuation around it and without a possessive ending; numbers without grouping."""
    if key.isalnum():
        return key
    bare = _EDGE.sub("", key)
    if "'" in bare:
        bare = _POSSESSIVE.sub("", bare)
    return _GROUPED.sub("", bare) if bare[:1].isdigit() or bare[-1:].isdigit() else bare


def is_unspaced(text: str) -> bool:
    """Whether a text has letters of a script that puts no space between words."""
    return bool(_UNSPACED.search(text))
