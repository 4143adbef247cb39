"""Which item is which: keys, content hashes, and the order of an item's states. No date is ever a watermark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Literal

import msgspec
from msgspec.structs import replace

from wiredesk.news.item import Date, Item, Status, Value, as_json

Policy = Literal["guid", "link"]
MAX_REPLACED = 200
_WIRE_GUID = re.compile(r"\S{1,40} of \d{4}-\d\d-\d\d")  # what text wires are given for an identifier
_NO_SPACE = {code: None for code in range(128) if chr(code).isspace()}  # what split() parts at, as far as ASCII goes


class Stand(Value, frozen=True, kw_only=True):
    """Where an item stands: what its own feed last said, enough to judge the next state by. Dates are ISO 8601 or "".

    `replaced` are hashes of states that stood once and were replaced; they do not come back by themselves. `offered` is
    that of a state after a kill which was put to the desk.
    """

    hash: str = ""
    status: Status = "usable"
    version: str = ""
    updated: str = ""
    published: str = ""
    url: str = ""
    headline: str = ""
    replaced: tuple[str, ...] = ()
    offered: str = ""

    def followed_by(self, item: Item, hash_: str) -> Stand:
        """Where the item stands after this state of it; the one that stood is remembered as replaced."""
        past = tuple(old for old in (*self.replaced, self.hash) if old and old != hash_)
        return replace(stand(item, hash_), replaced=past[-MAX_REPLACED:])

    def offering(self, hash_: str) -> Stand:
        """The same, with a later state that an editor may choose to release."""
        return replace(self, offered=hash_)

    def ruled(self, status: Status) -> Stand:
        """Where the item stands after somebody else's word on it: an advisory, a document that names it."""
        return replace(self, status=status)

    def withdrawn(self, when: Date | None) -> Stand:
        """Where the item stands after its tombstone: a state from before `when` is older than that."""
        return replace(self, status="canceled", updated=max(self.updated, _iso(when)))

    def written(self) -> str:
        """For keeping: JSON of what is not empty."""
        return as_json(self)

    @classmethod
    def read(cls, kept: str) -> Stand:
        """What written() gave."""
        return _read_stand(kept)


_read_stand = msgspec.json.Decoder(Stand).decode


def stand(item: Item, hash_: str) -> Stand:
    """Where an item stands at first sight."""
    return Stand(
        hash=hash_,
        status=item.status,
        version=item.version,
        updated=_iso(item.updated),
        published=_iso(item.published),
        url=item.url,
        headline=item.headline,
    )


def keys(items: Iterable[Item], policy: Policy = "guid") -> list[str]:
    """One key an item, the same on every fetch. Equal keys: states of one item, or one guid used twice (is_reused)."""
    listed = list(items)
    links = Counter(item.url for item in listed if item.url)
    return [_key(item, policy, is_own_link=links[item.url] == 1) for item in listed]


def key_of_guid(guid: str) -> str:
    """The key of an item that has this guid, for tombstones."""
    return f"g:{_digest(guid)}"


def key_beside(key: str, item: Item) -> str:
    """The key of a story whose feed uses the guid of another one for it."""
    return f"{key}+{_digest(item.url)}"


def is_reused(known: Stand, item: Item) -> bool:
    """Whether the guid of `known` now stands for another story: another address, a headline without common ground."""
    if not (known.url and item.url and known.headline and item.headline) or known.url == item.url:
        return False
    before, now = _words(known.headline), _words(item.headline)
    return len(before & now) * 4 < min(len(before), len(now))


def content_hash(item: Item) -> str:
    """Equal for states that say the same: dates, order of keys, white space and transmission ids do not count."""
    parts = [
        item.headline_raw or item.headline,
        item.subhead,
        item.summary,
        item.body,
        item.byline,
        item.dateline,
        item.url,
    ]
    parts += [person.name for person in item.authors]
    parts += [subject.name or subject.code for subject in item.subjects]
    parts += [f"{media.href} {media.caption} {media.credit} {media.copyright}" for media in item.media]
    parts += [f"{right.holder} {right.notice} {right.terms} {right.licence}" for right in item.rights]
    parts += [f"{credit.name} {credit.url}" for credit in item.credit]
    parts += [note.text for note in item.ednotes]
    parts += [item.slugline, str(item.urgency or ""), _moment(item.embargo), _moment(item.expiry)]
    said = "\x01".join(parts)
    said = said.translate(_NO_SPACE) if said.isascii() else "".join(said.split())
    return blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()


def is_newer(item: Item, known: Stand) -> bool:
    """Whether a state says of itself that it is later than what stands: version, else updated, else published."""
    return _order(item, known) > 0


def is_older(item: Item, known: Stand) -> bool:
    """Whether a state says of itself that it is earlier than what stands; saying nothing, the later arrival counts."""
    return _order(item, known) < 0


def order_time(item: Item, first_seen: datetime) -> datetime:
    """The time an item is sorted by: its own, never later than its arrival (FORMATS 1.8)."""
    own = item.published or item.updated
    return min(own.utc, first_seen) if own and own.utc else first_seen


def newest(items: Iterable[Item], count: int, first_seen: datetime) -> frozenset[int]:
    """Positions of the newest items, for a feed seen for the first time; of equals those that stand first."""
    positions = sorted(enumerate(items), key=lambda pair: order_time(pair[1], first_seen), reverse=True)
    return frozenset(position for position, _ in positions[:count])


def earlier_key(item: Item) -> str:
    """The key under which an item may have begun the day before, or "": text wires go on past midnight."""
    day = order_day(item) if _is_by_slugline(item) else None
    return _slug_key(item, day - timedelta(days=1)) if day else ""


def order_day(item: Item) -> date | None:
    """The day an item was sent, in UTC."""
    own = item.published or item.updated
    return own.utc.date() if own and own.utc else None


def _tie(item: Item) -> str:
    """The key that all documents of one story share where each has an identifier of its own (FORMATS 3.9), or "".

    NITF ties them by du-key, text wires by their slugline. A note to editors is no state of anything.
    """
    if "advisory" in item.signals or "substitute" in item.signals:
        return ""
    tie = next((ref.id for ref in item.refs if ref.rel == "du-key"), "")
    if tie:
        return f"t:{_digest(f'{item.provider} {tie}')}"
    day = order_day(item) if _is_by_slugline(item) else None
    return _slug_key(item, day) if day else ""


def _is_by_slugline(item: Item) -> bool:
    """Whether an item is of a text wire, whose numbers name transmissions and not stories."""
    return bool(item.slugline) and _WIRE_GUID.fullmatch(item.guid) is not None


def _slug_key(item: Item, day: date) -> str:
    slug = item.slugline.strip().strip("/").casefold()
    return f"s:{_digest(f'{item.provider} {slug} {day}')}"


def _key(item: Item, policy: Policy, *, is_own_link: bool) -> str:
    if tie := _tie(item):
        return tie
    if item.guid and policy == "guid":
        return key_of_guid(item.guid)
    if item.url and is_own_link:
        return f"l:{_digest(item.url)}"
    published = item.published.raw if item.published else ""
    return f"h:{_digest(f'{item.headline_raw or item.headline} {published}')}"


def _order(item: Item, known: Stand) -> int:
    for mine, theirs in (
        (_as_number(item.version), _as_number(known.version)),
        (_iso(item.updated), known.updated),
        (_iso(item.published), known.published),
    ):
        if mine and theirs and mine != theirs:
            return 1 if mine > theirs else -1  # type: ignore[operator]  # each pair is of one type
    return 0


def _as_number(version: str) -> tuple[int, ...]:
    """Versions are compared only as whole numbers: "10" after "9". A tuple, so that 0 counts and no number does not."""
    return (int(version),) if re.fullmatch(r"[0-9]{1,18}", version) else ()


def _iso(date: Date | None) -> str:
    """RFC 3339 in UTC to the microsecond: sorts as text."""
    return date.utc.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if date and date.utc else ""


def _moment(date: Date | str | None) -> str:
    return date if isinstance(date, str) else _iso(date)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text[:1000].casefold()))


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
