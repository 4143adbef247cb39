"""Which items are one story: the same address or the same text. Marks are what the shell looks candidates up by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit

from wiredesk.news import clean
from wiredesk.news.item import Item

MIN_WORDS = 25  # a shorter text alone ("Watch live", a weather line) is no proof of one story
ALIKE = 0.6
# Parameters that say where a reader came from, never what is on the page.
_TRACKING = re.compile(
    r"(utm_|at_|mc_|pk_|mtm_|wt_|ns_|hsa_).{0,80}|fbclid|gclid|dclid|msclkid|igshid|ref|ref_src|source|cmp|cmpid|ito|smid"
    r"|rss|ocid|xtor|guccounter",
    re.IGNORECASE,
)


_PLAIN = re.compile(r"https?://(?:www\.)?(?:m\.)?(?:amp\.)?([a-z0-9.-]{1,250})(/[^?#]{0,1700})")  # most addresses
_NO_LETTER = {code: None for code in range(128) if not re.fullmatch(r"\w", chr(code))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story that shares a mark with an item. `standfirst` and `body` are safe HTML, `by` the kinds of mark shared."""

    headline: str
    standfirst: str = ""
    body: str = ""
    by: frozenset[str]
    is_same_source: bool
    is_killed: bool = False


def marks(item: Item, text: str, *, source: int, is_own_link: bool) -> tuple[str, ...]:
    """What an item can be found again by. `text` is its plain text; `source` qualifies the guid, unique nowhere else.

    `is_own_link` is False where other items of its delivery have the same address.
    """
    found = []
    if item.guid:
        found.append(_mark("guid", f"{source} {item.guid}"))
    if is_own_link and (address := canonical(item.url)):
        found.append(_mark("url", address))
    if text.count(" ") + text.count("\n") >= MIN_WORDS - 1:  # plain text has one of them between two words
        found.append(_mark("text", _letters(text)))
    return tuple(found)


def kind_of(mark: str) -> str:
    """What a mark is made of: url, text or guid."""
    return mark.partition(":")[0]


def best(item: Item, text: str, candidates: Iterable[Candidate]) -> Candidate | None:
    """The story this item is a copy of, or None. Equal text decides; an address or a guid only with like words.

    A page such as /live holds another story every day, and guids are used again.
    """
    for candidate in candidates:
        if "text" in candidate.by or _is_alike(f"{item.headline} {text}", _said(candidate)):
            return candidate
    return None


def _said(candidate: Candidate) -> str:
    return f"{candidate.headline} {clean.text_of(candidate.standfirst)} {clean.text_of(candidate.body)}"


def canonical(url: str) -> str:
    """An address for comparing, never for showing: no scheme, www, fragment, tracking; "" for a home page."""
    if plain := _PLAIN.fullmatch(url):
        path = plain[2].rstrip("/").removesuffix("/amp")
        return f"{plain[1]}{path}?" if path else ""
    parts = urlsplit(url[:2000])
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = parts.hostname.removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    asked = parse_qsl(parts.query)[:50] if parts.query else ()
    query = urlencode(sorted(pair for pair in asked if not _TRACKING.fullmatch(pair[0]))) if asked else ""
    path = parts.path.rstrip("/").removesuffix("/amp")
    return f"{host}{path}?{query}" if path or query else ""


def _is_alike(one: str, other: str) -> bool:
    """Whether the words of the shorter copy stand in the longer one."""
    few, many = sorted((set(_words(one)), set(_words(other))), key=len)
    return bool(few) and len(few & many) >= ALIKE * len(few)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _letters(text: str) -> str:
    """The letters and digits of a text alone: how it was spaced and quoted says nothing of what it is a copy of."""
    text = text.casefold()
    return text.translate(_NO_LETTER) if text.isascii() else "".join(re.findall(r"\w+", text))


def _mark(kind: str, value: str) -> str:
    return f"{kind}:{blake2b(value.encode('utf-8', 'replace'), digest_size=12).hexdigest()}"
