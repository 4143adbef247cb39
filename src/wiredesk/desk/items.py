"""Items while a batch is under way: looked up by key, made, changed, and written with their new versions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import JSONField
from msgspec.structs import astuple

from wiredesk.desk import bulk
from wiredesk.desk.models import Delivery, Feed, Item, Version
from wiredesk.news.identity import Stand
from wiredesk.news.item import Item as Copy
from wiredesk.news.item import as_json

_KNOWN = "SELECT id, key, number, is_baseline, state FROM desk_item WHERE feed_id = %s AND key IN (KEYS)"
_CHANGE = "UPDATE desk_item SET number = %s, state = %s WHERE id = %s"
_COLUMNS = ("id", "feed_id", "key", "first_seen_at", "is_baseline", "number", "state")
# A version is its own head and then the fields of an Item, one by one: a test keeps the names the same on both sides.
_HEAD = ("item_id", "number", "delivery_id", "received_at", "content_hash")
_FIELDS = Copy.__struct_fields__
_NOTHING_SENT = Copy()
# Places of the columns that hold JSON, with what they hold where nothing was sent.
_JSON = {
    place: None if value is None else as_json(value)
    for place, (name, value) in enumerate(zip(_FIELDS, astuple(_NOTHING_SENT), strict=True))
    if isinstance(Version._meta.get_field(name), JSONField)
}
_TEXTS = (
    "headline",
    "headline_raw",
    "subhead",
    "summary",
    "body",
    "body_base",
    "byline",
    "dateline",
    "language",
    "url",
)


@dataclass(slots=True, eq=False)
class Row:
    """An item's row in hand. `id` is 0 until it is written; `number` is that of its latest version."""

    key: str
    stand: Stand
    is_baseline: bool = False
    number: int = 0
    id: int = 0


class Items:
    """The items of one feed that one batch touches. Nothing is saved before write()."""

    def __init__(self, feed: Feed, keys: Collection[str], *, now: datetime) -> None:
        self.feed = feed
        self.now = now
        self._known = {row.key: row for row in self._look_up(keys)}
        self._others: dict[int, Row] = {}
        self._new: list[Row] = []
        self._changed: dict[int, Row] = {}
        self._versions: list[tuple[Row, int, Copy, str]] = []

    def _look_up(self, keys: Collection[str]) -> list[Row]:
        return [
            Row(key=key, stand=Stand.read(state), is_baseline=bool(is_baseline), number=number, id=id_)
            for id_, key, number, is_baseline, state in bulk.pick(_KNOWN, self.feed.pk, keys=keys)
        ]

    def known(self, key: str) -> Row | None:
        """The row of a key that was looked up, or that this batch has made."""
        return self._known.get(key)

    def look_up(self, key: str) -> Row | None:
        """One more row by its key."""
        if key not in self._known:
            self._known.update((row.key, row) for row in self._look_up([key]))
        return self._known.get(key)

    def by_id(self, id_: int) -> Row:
        """The row of an item of any feed, by its id."""
        for row in (*self._known.values(), *self._others.values()):
            if row.id == id_:
                return row
        item = Item.objects.get(pk=id_)
        row = Row(key=item.key, stand=Stand.read(item.state), number=item.number, id=id_)
        self._others[id_] = row
        return row

    def add(self, key: str, stand: Stand, *, is_baseline: bool = False) -> Row:
        """An item seen for the first time."""
        row = self._known[key] = Row(key=key, stand=stand, is_baseline=is_baseline)
        self._new.append(row)
        return row

    def stand(self, row: Row, stand: Stand) -> None:
        """Where a known item stands from now on."""
        row.stand = stand
        self._changed[id(row)] = row

    def version(self, row: Row, copy: Copy, hash_: str) -> None:
        """One more version of an item: every field as received."""
        row.number += 1
        self._changed[id(row)] = row
        self._versions.append((row, row.number, copy, hash_))

    def last_texts(self, row: Row) -> Copy:
        """The texts of an item's latest version, as an item again: enough to compare what came later with them."""
        last = Version.objects.filter(item_id=row.id).order_by("-number").only(*_TEXTS).first()
        return Copy(**{name: getattr(last, name) for name in _TEXTS}) if last else _NOTHING_SENT

    def write(self, delivery: Delivery) -> None:
        """Save all items, and their new versions as what this delivery brought."""
        for row, id_ in zip(self._new, bulk.reserve(Item, len(self._new)), strict=True):
            row.id = id_
        made = set(map(id, self._new))
        moment, feed = bulk.moment(self.now), self.feed.pk
        bulk.insert(
            Item,
            _COLUMNS,
            ((row.id, feed, row.key, moment, row.is_baseline, row.number, row.stand.written()) for row in self._new),
        )
        bulk.run(
            _CHANGE,
            [(row.number, row.stand.written(), row.id) for key, row in self._changed.items() if key not in made],
        )
        versions = (
            (row.id, number, delivery.pk, moment, hash_, *_columns(copy)) for row, number, copy, hash_ in self._versions
        )
        bulk.insert(Version, (*_HEAD, *_FIELDS), versions)


def _columns(copy: Copy) -> list[Any]:
    """Every field of an item as its column holds it."""
    values = list(astuple(copy))
    for place, empty in _JSON.items():
        value = values[place]
        values[place] = as_json(value) if value else empty
    return values
