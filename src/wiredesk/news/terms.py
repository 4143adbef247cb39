"""What an item's own rights statements take away from its source's licence. They only narrow, never widen.

Read are addresses of Creative Commons, RSL 1.0 (rslstandard.org), ODRL 2.2 (as in NewsML-G2 rightsInfo) and a closed
list of phrases; other words are shown as notices and not interpreted. A rights expression that cannot be understood
lets nothing be shown, and the desk is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from wiredesk.news.item import Extra, Item, Rights
from wiredesk.news.licence import Editing, Extent, Indexing, Licence, Link, Mining
from wiredesk.news.surface import Outlet

UNCLEAR = "unclear"
_ARCHIVE_DAYS = 1
_OWN_OUTLETS: tuple[Outlet, ...] = ("site", "email")  # those that pass nothing on
# What each word takes away: no field may be more than this.
LIMITS: Mapping[str, Mapping[str, Any]] = {
    UNCLEAR: {"extent": Extent.NOTHING},
    "nothing": {"extent": Extent.NOTHING},
    "by": {"link": Link.REQUIRED},
    "nc": {"commercial": False},
    "nd": {"editing": Editing.NONE, "headline_may_change": False},
    "no-mining": {"mining": Mining.RESERVED},
    "no-index": {"indexing": Indexing.NOINDEX},
    "no-passing": {"outlets": _OWN_OUTLETS, "republish": False},
    "no-archive": {"keep_days": _ARCHIVE_DAYS},
}
HIDING = (UNCLEAR, "nothing", "no-archive")  # words under which a story may be hidden on the site
_PHRASES: Mapping[str, str] = {
    "not for republication": "nothing",
    "not for publication": "nothing",
    "no republication": "nothing",
    "for internal use only": "nothing",
    "no archive": "no-archive",
    "no archives": "no-archive",
    "no archiving": "no-archive",
    "no commercial use": "nc",
    "for non-commercial use only": "nc",
    "no text and data mining": "no-mining",
    "no ai training": "no-mining",
}
_PHRASE = re.compile(rf"\b(?:{'|'.join(sorted(_PHRASES, key=len, reverse=True))})\b")
_CC = re.compile(r"creativecommons\.org/licen[sc]es/([a-z0-9+-]{1,30})", re.IGNORECASE)
_CC_WORDS = re.compile(r"\s*cc[ -](by(?:-[a-z]{2}){0,2})\b(?!-)", re.IGNORECASE)
_CC_LETTERS = frozenset(("by", "nc", "nd", "sa"))
_RSL = "{https://rslstandard.org/rsl}"
_ODRL = "{http://www.w3.org/ns/odrl/2/}"
_RSL_TYPE = "application/rsl+xml"
_RSL_AI = frozenset(("ai-all", "ai-train", "ai-input", "ai-index"))
_RSL_USES = _RSL_AI | {"all", "search"}
_RSL_USERS = frozenset(("commercial", "non-commercial", "education", "government", "personal"))
_ODRL_ACTIONS: Mapping[str, str] = {
    "display": "nothing",
    "derive": "nd",
    "distribute": "no-passing",
    "index": "no-index",
    "textAndDataMine": "no-mining",
}


def narrowed(licence: Licence, said: Iterable[str]) -> Licence:
    """A licence without what these words take away; a word that is not known takes everything."""
    for word in said:
        limits = LIMITS.get(word, LIMITS[UNCLEAR])
        licence = replace(licence, **{name: _lesser(getattr(licence, name), most) for name, most in limits.items()})
    return licence


def _lesser(ours: Any, theirs: Any) -> Any:
    """The narrower of two values of one field; None is no limit."""
    if isinstance(theirs, tuple):
        return tuple(one for one in ours if one in theirs)
    return theirs if ours is None else min(ours, theirs)


def least_told(licence: Licence, others: Iterable[Licence]) -> Licence:
    """A licence under which machines are told the least that it and those of the other carriers allow."""
    under = (licence, *others)
    return replace(licence, indexing=min(one.indexing for one in under), mining=min(one.mining for one in under))


def stated(item: Item) -> tuple[str, ...]:
    """The words of LIMITS that an item's rights statements come to, in a fixed order."""
    found: set[str] = set()
    for rights in item.rights:
        if rights.scope != "media":
            found.update(_of_statement(rights))
    if any(link.rel == "license" and link.type == _RSL_TYPE for link in item.links):
        found.add("no-mining")
    if item.extra:
        found.update(_rsl([extra for extra in item.extra if extra.qname.startswith(_RSL)]))
        found.update(_odrl([extra for extra in item.extra if extra.qname.startswith(_ODRL)]))
    return tuple(word for word in LIMITS if word in found)


def _of_statement(rights: Rights) -> Iterator[str]:
    if rights.licence:
        yield from _of_address(rights.licence)
    words = f"{rights.notice} {rights.terms}".strip()
    if words:
        yield from (_PHRASES[found] for found in _PHRASE.findall(" ".join(words.lower().split())))


def _of_address(address: str) -> Iterator[str]:
    """Creative Commons by its letters. Another address is not a rights expression, unless it is one of ODRL's."""
    found = _CC.search(address) or _CC_WORDS.match(address)
    if found:
        letters = set(found[1].lower().split("-"))
        yield from letters - {"sa"} if "by" in letters and letters <= _CC_LETTERS else (UNCLEAR,)
    elif "w3.org/ns/odrl" in address:
        yield UNCLEAR


def _rsl(said: list[Extra]) -> Iterator[str]:
    """RSL speaks of machines: what it does not permit them is reserved; what is bound to a payment is not permitted."""
    if not said:
        return
    is_free = True
    permitted: set[str] = set()
    for extra in said:
        name, kind = extra.qname.removeprefix(_RSL), extra.attributes.get("type", "")
        values = frozenset(re.split(r"[\s,]+", extra.text.strip().lower()))
        if name == "payment":
            is_free = is_free and kind in ("free", "attribution")
        elif name == "permits":
            permitted |= values
            yield from _rsl_permits(kind, values)
        elif name == "prohibits":
            yield from _rsl_prohibits(kind, values)
    if not (is_free and permitted & {"all", "ai-all"}):
        yield "no-mining"


def _rsl_permits(kind: str, values: frozenset[str]) -> Iterator[str]:
    """What is not among the permitted is not permitted."""
    if kind == "usage" and values <= _RSL_USES:
        if not values & {"all", "search"}:
            yield "no-index"
    elif kind == "user" and values <= _RSL_USERS:
        if "commercial" not in values:
            yield "nc"
    else:
        yield UNCLEAR


def _rsl_prohibits(kind: str, values: frozenset[str]) -> Iterator[str]:
    if kind == "usage" and values <= _RSL_USES:
        yield from ("nothing",) if "all" in values else ()
        yield from ("no-index",) if "search" in values else ()
        yield from ("no-mining",) if values & _RSL_AI else ()
    elif kind == "user" and values == {"commercial"}:
        yield "nc"
    else:
        yield UNCLEAR


def _odrl(said: list[Extra]) -> Iterator[str]:
    """A permission takes nothing away; a prohibition takes the actions that follow it; anything bound is not clear."""
    is_prohibited, is_open = False, False  # in a prohibition; one whose action has not come yet
    for extra in said:
        name = extra.qname.removeprefix(_ODRL)
        if name in ("prohibition", "permission"):
            yield from (UNCLEAR,) if is_open else ()
            is_prohibited = is_open = name == "prohibition"
        if is_prohibited and name != "prohibition":
            is_open = False
            yield _ODRL_ACTIONS.get(_action(extra), UNCLEAR) if name == "action" else UNCLEAR
        elif name in ("duty", "constraint", "obligation"):
            yield UNCLEAR
    if is_open:
        yield UNCLEAR


def _action(extra: Extra) -> str:
    """The last part of an action's name, which may be an address or have a prefix."""
    return re.split(r"[/:#]", extra.attributes.get("name") or extra.text)[-1]
