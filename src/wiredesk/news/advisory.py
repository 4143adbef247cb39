"""Notes from an agency's desk to editors that speak of other items: hold this one, kill that one, the hold is lifted.

An advisory is never published. What it means is an event and the items it names, in the order in which names are to be
trusted: identifier, number, slugline, quoted headline (FORMATS section 4, rules 4 and 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

from wiredesk.news.item import Item
from wiredesk.news.profile import Profile
from wiredesk.news.story import Kind

REPLACES = ("replaces", "substitute")  # relations to what an item stands in for
REACH = timedelta(days=7)  # how far back, and how long ahead, an advisory finds the items that it names
MAX_TEXT = 20_000
_ORDERS = {"kill": Kind.KILL, "hold": Kind.HOLD, "lift": Kind.RELEASE}
_LIFTED = re.compile(r"\b(?:lifted|released|withdrawn hold)\b", re.IGNORECASE)
_KILL = re.compile(r"\bkill (?:is|concerns)\b|\bplease kill\b|\bmandatory kill\b", re.IGNORECASE)
_HOLD = re.compile(r"\b(?:please|do) (?:hold|withhold|not use)\b|\bdo not use until\b", re.IGNORECASE)
_WORD = re.compile(r"[^\s<>\"'“”‘’(),;]{2,200}")
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{12,300})[\"”“»]")
_NUMBER = re.compile(r"\b(?:[A-Z]{2,6}[- ]?|item |number |no\. ?)(\d{3,6})\b")
_LAST_DIGITS = re.compile(r"(\d{3,8})(?: of \d{4}-\d\d-\d\d)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a text calls other items by: words that may be identifiers or sluglines, numbers, quoted headlines."""

    words: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()
    headlines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What an advisory asks for: HOLD, KILL, RELEASE (a hold is lifted), or NOTHING that a program understands."""

    event: Kind
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An item that an advisory may mean: how it can be called, the story it belongs to, and the day it came."""

    item: int
    story: int
    guid: str
    slugline: str = ""
    headline: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The items meant, one for each story. `is_certain` is False where an editor has to say which of them it is."""

    items: tuple[Named, ...] = ()
    is_certain: bool = False


def of(item: Item, profile: Profile) -> Advice | None:
    """The advice that an item gives, or None if it is copy. For items that their feed sends for the first time."""
    if not ({"advisory", "kill", "hold"} & set(item.signals)):
        return None
    text, said = _text(item), names(_text(item), profile)
    ordered = order(item)
    named = ordered.names.words if ordered else frozenset()
    event = ordered.event if ordered else _event(item, text, profile)
    return Advice(event=event, names=Names(words=named or said.words, numbers=said.numbers, headlines=said.headlines))


def order(item: Item) -> Advice | None:
    """What a document does to the one that it names by identifier (NITF docdata@management-idref-status), or None."""
    orders = [(_ORDERS[ref.rel], ref.id) for ref in item.refs if ref.rel in _ORDERS]
    if not orders:
        return None
    event = orders[0][0]
    return Advice(event=event, names=Names(words=frozenset(id_.casefold() for kind, id_ in orders if kind is event)))


def names(text: str, profile: Profile) -> Names:
    """Everything in a text that may name another item."""
    numbers = [pattern.findall(text) for pattern in _patterns(profile)] or [_NUMBER.findall(text)]
    return Names(
        words=frozenset(word.strip(".:/").casefold() for word in _WORD.findall(text)),
        numbers=frozenset(int(number) for some in numbers for number in some),
        headlines=frozenset(_folded(quoted) for quoted in _QUOTED.findall(text)),
    )


def replaced(item: Item, profile: Profile) -> Names:
    """What an item says that it is a substitute for: by relation, or by a note that it labels as such."""
    related = frozenset(ref.id.casefold() for ref in item.refs if ref.rel in REPLACES)
    if "substitute" not in item.signals:
        return Names(words=related)
    notes = " ".join(note.text for note in item.ednotes if "substitut" in note.text.casefold())
    said = names(notes, profile)
    return Names(words=related | said.words, numbers=said.numbers)


def meant(names: Names, candidates: Iterable[Named], *, day: str = "") -> Meant:
    """Which of the candidates are named. A number counts anew every day: the item of `day` goes before others."""
    known = list(candidates)
    for hits, is_sure in (
        ([one for one in known if one.guid and one.guid.casefold() in names.words], True),
        (_of_day([one for one in known if number_of(one.guid) in names.numbers], day), True),
        ([one for one in known if one.slugline and one.slugline.strip("/").casefold() in names.words], True),
        ([one for one in known if _folded(one.headline) in names.headlines], False),
    ):
        if hits:
            stories = {one.story: one for one in hits}
            return Meant(items=tuple(stories.values()), is_certain=is_sure and len(stories) == 1)
    return Meant()


def number_of(guid: str) -> int | None:
    """The number that an agency calls an item by: the last digits of its identifier, the day of a text wire apart."""
    found = _LAST_DIGITS.search(guid)
    return int(found[1]) if found else None


def _event(item: Item, text: str, profile: Profile) -> Kind:
    """The safe side first, but a hold that is lifted is no hold."""
    lifted = profile.labels.get("lift", ())
    if "kill" in item.signals or _KILL.search(text):
        return Kind.KILL
    if _LIFTED.search(text) or any(word.casefold() in text.casefold() for word in lifted):
        return Kind.RELEASE
    return Kind.HOLD if "hold" in item.signals or _HOLD.search(text) else Kind.NOTHING


def _text(item: Item) -> str:
    """Everything an advisory says, as plain text."""
    notes = " ".join(note.text for note in item.ednotes)
    said = f"{item.headline_raw or item.headline} {item.slugline} {item.summary} {item.body} {notes}"[:MAX_TEXT]
    return " ".join(unescape(re.sub(r"<[^<>]{0,400}>", " ", said)).split())


def _of_day(hits: Sequence[Named], day: str) -> list[Named]:
    return [one for one in hits if one.day == day] or list(hits)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _patterns(profile: Profile) -> list[re.Pattern[str]]:
    """How the agency writes numbers ("ENA-nnnn"), each n a digit."""
    written = profile.item_names.get("number", ())
    some = (written,) if isinstance(written, str) else written
    return [_pattern(one) for one in some if "n" in one]


def _pattern(written: str) -> re.Pattern[str]:
    before, digits, after = re.fullmatch(r"(.*?)(n+)([^n]*)", written, re.DOTALL).groups()  # type: ignore[union-attr]  # it has an n
    return re.compile(rf"{re.escape(before)}(\d{{{len(digits)}}}){re.escape(after)}\b")
