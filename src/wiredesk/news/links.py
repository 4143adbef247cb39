"""Addresses of our own that do not rot: a story's path and its short link. The number decides, not the words."""

from __future__ import annotations

import re
import unicodedata

# Crockford's alphabet: no letter that reads like another.
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_FOLD = str.maketrans("oil", "011")
# A fixed odd multiplier spreads neighbouring numbers over 40 bits, so that a code does not tell how many there are.
_BITS = 40
_SPREAD = 0x9E3779B97F | 1
_GATHER = pow(_SPREAD, -1, 1 << _BITS)
_MAX_SLUG = 60


def code(story: int) -> str:
    """The short link's code of a story number (1 to 2**40 - 1): eight letters, the same for ever."""
    spread = (story * _SPREAD) % (1 << _BITS)
    return "".join(_LETTERS[(spread >> shift) & 31] for shift in range(_BITS - 5, -1, -5))


def story_of(code_: str) -> int | None:
    """The story number behind a short link's code, or None. Capitals, and o, i, l for 0, 1, 1 are forgiven."""
    letters = code_.lower().translate(_FOLD)
    if len(letters) != _BITS // 5 or any(letter not in _LETTERS for letter in letters):
        return None
    spread = 0
    for letter in letters:
        spread = spread << 5 | _LETTERS.index(letter)
    return (spread * _GATHER) % (1 << _BITS) or None


def slug(text: str) -> str:
    """The readable part of an address: lower case letters and digits of any script, joined by hyphens, never empty."""
    folded = unicodedata.normalize("NFKC", text[:400]).lower()
    words = re.findall(r"[^\W_]{1,40}", folded.replace("'", "").replace("’", ""))
    out = ""
    for word in words:
        if out and len(out) + 1 + len(word) > _MAX_SLUG:
            break
        out = f"{out}-{word}" if out else word
    return out[:_MAX_SLUG] or "story"


def path(story: int, slug_: str) -> str:
    """A story's path on the site; only the number is looked at when it is asked for."""
    return f"/story/{story}/{slug_}/"
