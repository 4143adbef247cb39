"""Whether two spellings are one person's name or two people's: what sounds alike, what is a slip, what is kin.

Precision first. A difference at the end of a word is a gender, a plural or a case, one at its beginning another name;
two names that are each well known are two people. What is known of names stands in names.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import msgspec

from wiredesk.news.errors import NewsError
from wiredesk.news.item import Value

_STROKES = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_PARTS = re.compile(r"[^\W\d_]{1,60}")
_APOSTROPHES = re.compile("['’ʼ`ʻ‘]")  # noqa: RUF001  as they are typed in names
_SOUNDS = (
    ("tsch", "C"), ("sch", "S"), ("tch", "C"), ("ch", "C"), ("sh", "S"), ("ph", "f"), ("th", "t"), ("dh", "d"),
    ("kh", "k"), ("gh", "g"), ("rh", "r"), ("ck", "k"), ("dj", "j"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("ie", "i"), ("y", "i"), ("w", "v"), ("z", "s"), ("x", "ks"),
)  # fmt: skip
_SOFT_C = re.compile("c(?=[ei])")
_DOUBLE = re.compile(r"(.)\1")
_SILENT_H = re.compile(r"(?<=\w)h")
_KOREAN = (
    ("yeo", "yo"), ("eo", "o"), ("eu", "o"), ("oo", "o"), ("ou", "o"), ("u", "o"), ("ae", "e"), ("ai", "e"),
    ("ee", "i"), ("ch", "j"), ("k", "g"), ("t", "d"), ("p", "b"), ("r", "l"),
)  # fmt: skip
_HANGUL = re.compile(r"(?:[bcdghjklmnprstwy]{0,2}[aeiouwy]{1,3}(?:ng|[nklmptrhc])?){1,2}")
_FINALS = "iang|iong|uang|ang|eng|ong|ian|iao|ing|uai|uan|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui|un|ue|a|o|e|i|u"
_PINYIN = re.compile(rf"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:{_FINALS})){{1,3}}")
_MIN_SWAP, _MIN_SLIP = 4, 5  # letters: in a shorter word one letter is another name
_MIN_TWO_SLIPS = 9
_MAX_WORD = 40


class _Written(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    same: tuple[str, ...]
    given: str
    family: str
    titles: str
    words: str
    particles: str
    suffixes: str
    korean: str
    chinese: str
    vietnamese: str


@dataclass(frozen=True, kw_only=True)
class Lore:
    """What is known of names, ready to be asked; all folded."""

    written: _Written

    @cached_property
    def groups(self) -> Mapping[str, frozenset[int]]:
        """Which names a word can be a spelling of, by number."""
        found: dict[str, frozenset[int]] = {}
        for number, group in enumerate(self.written.same):
            for word in group.split():
                found[word] = found.get(word, frozenset()) | {number}
        return found

    @cached_property
    def given(self) -> frozenset[str]:
        """Given names, their spellings included."""
        return frozenset(self.written.given.split()) | frozenset(self.groups)

    @cached_property
    def family(self) -> frozenset[str]:
        """Surnames."""
        return frozenset(self.written.family.split())

    @cached_property
    def no_names(self) -> frozenset[str]:
        """Titles and words that are no part of a name."""
        return frozenset(map(fold, f"{self.written.titles} {self.written.words}".split()))

    @cached_property
    def titles(self) -> frozenset[str]:
        """Titles: what follows is a person."""
        return frozenset(map(fold, self.written.titles.split()))

    @cached_property
    def particles(self) -> frozenset[str]:
        """Small words within names."""
        return frozenset(self.written.particles.split())

    @cached_property
    def suffixes(self) -> frozenset[str]:
        """What stands behind a name: Jr, III, MP."""
        return frozenset(self.written.suffixes.split())

    @cached_property
    def _articles(self) -> frozenset[str]:
        return frozenset(("al", "el", "ul", "ad", "ar", "as", "ash", "at", "az"))

    @cached_property
    def korean(self) -> frozenset[str]:
        """Surnames that a Korean name begins with."""
        return frozenset(self.written.korean.split())

    @cached_property
    def chinese(self) -> frozenset[str]:
        """Surnames that a Chinese or Vietnamese name begins with."""
        return frozenset(f"{self.written.chinese} {self.written.vietnamese}".split())

    def are_spellings(self, a: str, b: str) -> bool:
        """Whether two words are listed as spellings of one name."""
        return not self.groups.get(a, frozenset()).isdisjoint(self.groups.get(b, frozenset()))

    def knows(self, word: str) -> bool:
        """Whether a word is a well-known name, given or family."""
        return word in self.given or word in self.family

    def parts(self, name: str) -> tuple[str, ...]:
        """A name's words for comparing: folded, without Arabic articles, "Jr" and the like.

        "Kim Jong-un" gives kim, jong, un; "Abdel Fattah al-Sisi" abdel, fattah, sisi.
        """
        words = _PARTS.findall(fold(name))[:8]
        return tuple(word for word in words if word not in self._articles and word not in self.suffixes)


class Difference(Value, frozen=True, kw_only=True):
    """What two spellings of one name differ in: the words, and why they are taken for one name."""

    one: str
    other: str
    why: str


def read(text: str) -> Lore:
    """What is known of names, from its TOML. Raises NewsError with what is wrong."""
    try:
        return Lore(written=msgspec.toml.decode(text, type=_Written))
    except (msgspec.MsgspecError, ValueError) as error:
        raise NewsError(f"the list of names cannot be read: {error}") from None


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Small letters without accents and apostrophes."""
    bare = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", word.casefold().translate(_STROKES)))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)) if not bare.isascii() else bare


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """How a folded word sounds, roughly and in any language: two of one sound are one name, more or less."""
    word = _SOFT_C.sub("s", word[:_MAX_WORD])
    for letters, said in _SOUNDS:
        word = word.replace(letters, said)
    word = _SILENT_H.sub("", word.replace("c", "k").replace("q", "k"))
    return _DOUBLE.sub(r"\1", _DOUBLE.sub(r"\1", word))


def difference(one: Sequence[str], other: Sequence[str], lore: Lore) -> Difference | None:
    """What two names (as Lore.parts gives them) differ in, if they are one person's; None if equal or two people's."""
    if len(one) != len(other) or len(one) < 2 or _plain("".join(one)) == _plain("".join(other)):
        return None
    apart = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    whys = [_alike(one, other, place, lore) for place in apart]
    if not all(whys) and (len(apart) > 1 or not _is_slip_in(one, other, apart[0], lore)):
        return None
    first = apart[0]
    return Difference(one=one[first], other=other[first], why=whys[0] or "differ by a slip of the pen")


@lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    """Müller, Muller and Mueller are one: how an umlaut is typed is no spelling."""
    return word.replace("ue", "u").replace("oe", "o").replace("ae", "a")


def _alike(one: Sequence[str], other: Sequence[str], place: int, lore: Lore) -> str:
    """Why two words at one place are spellings of one name, or ""."""
    a, b = one[place], other[place]
    if min(len(a), len(b)) < 2 or max(len(a), len(b)) > _MAX_WORD:
        return ""
    if lore.are_spellings(a, b):
        return "are spellings of one name"
    is_given = place < len(one) - 1
    if is_given and a in lore.given and b in lore.given:
        return ""
    return "sound the same" if _is_one_sound(one, other, place, lore) else ""


def _is_slip_in(one: Sequence[str], other: Sequence[str], place: int, lore: Lore) -> bool:
    a, b = one[place], other[place]
    if _is_syllabic(one, lore) or _is_syllabic(other, lore):
        return False
    return is_slip(a, b) and not (lore.knows(a) and lore.knows(b))


def _is_one_sound(one: Sequence[str], other: Sequence[str], place: int, lore: Lore) -> bool:
    a, b = one[place], other[place]
    if _is_korean(one, lore) and _is_korean(other, lore):
        return place > 0 and _korean_sound(a) == _korean_sound(b)
    if _is_chinese(one, lore) and _is_chinese(other, lore):
        return place > 0 and min(len(a), len(b)) > 5 and a.replace("ng", "n") == b.replace("ng", "n")
    is_last = place == len(one) - 1
    return sounds_alike(a, b, is_surname=is_last)


def sounds_alike(a: str, b: str, *, is_surname: bool) -> bool:
    """Whether two folded words are said the same; a mute e ends a surname for nothing, a given name as a gender."""
    if sorted((a[:1], b[:1])) == ["g", "q"]:
        a, b = f"k{a[1:]}", f"k{b[1:]}"
    heard = sound(a), sound(b)
    if is_surname and min(len(a), len(b)) > 3:
        heard = heard[0].removesuffix("e"), heard[1].removesuffix("e")
    return heard[0] == heard[1]


def is_slip(a: str, b: str) -> bool:
    """Whether one letter (of long words two) was mistyped within; what ends or begins differently is another word."""
    if a[0] != b[0]:
        return False
    if _is_swap(a, b):
        return len(a) >= _MIN_SWAP
    if min(len(a), len(b)) < _MIN_SLIP or _ends_differently(a, b):
        return False
    steps = distance(a, b)
    return steps == 1 or (steps == 2 and min(len(a), len(b)) >= _MIN_TWO_SLIPS and a[-2:] == b[-2:])


def _is_swap(a: str, b: str) -> bool:
    """Two neighbouring letters changed places."""
    apart = [place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    return (
        len(a) == len(b)
        and len(apart) == 2
        and a[apart[0]] == b[apart[1]]
        and a[apart[1]] == b[apart[0]]
        and (apart[1] - apart[0] == 1)
    )


def _ends_differently(a: str, b: str) -> bool:
    """Whether two words differ at their end only: Daniel and Daniela, Rica and Rican, Ivanov and Ivanova."""
    return a[-1] != b[-1] or a.startswith(b) or b.startswith(a)


def distance(a: str, b: str) -> int:
    """Letters to change, add, drop or swap with a neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, y in enumerate(b, 1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                steps = min(steps, last[j - 2] + 1)
            row.append(steps)
    return row[-1]


def _is_syllabic(name: Sequence[str], lore: Lore) -> bool:
    return _is_korean(name, lore) or _is_chinese(name, lore)


def _is_korean(name: Sequence[str], lore: Lore) -> bool:
    """Kim Jong Un, Yoon Suk-yeol: a Korean surname, then syllables."""
    return 2 < len(name) < 5 and name[0] in lore.korean and all(_HANGUL.fullmatch(word) for word in name[1:])


def _is_chinese(name: Sequence[str], lore: Lore) -> bool:
    """Xi Jinping, Nguyen Phu Trong: a surname of those countries, then syllables; Korean names were asked before."""
    return name[0] in lore.chinese and (
        all(_PINYIN.fullmatch(word) for word in name[1:]) or name[0] in lore.written.vietnamese.split()
    )


@lru_cache(maxsize=10_000)
def _korean_sound(word: str) -> str:
    for letters, said in _KOREAN:
        word = word.replace(letters, said)
    return word
