"""Items as rows of Version and back. The names are the same on both sides; a test keeps them so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import JSONField
from msgspec.structs import astuple

from wiredesk.desk import bulk
from wiredesk.desk.models import Delivery, Item, Version
from wiredesk.news.item import Item as Copy
from wiredesk.news.item import as_json

_HEAD = ("item_id", "number", "delivery_id", "received_at", "content_hash")
_NAMES = Copy.__struct_fields__
_JSON = frozenset(name for name in _NAMES if isinstance(Version._meta.get_field(name), JSONField))
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


def _kept(name: str, value: Any) -> Any:
    """A field as its column holds it."""
    return as_json(value) if name in _JSON and value is not None else value


_DEFAULTS = astuple(Copy())
_EMPTY = tuple(_kept(name, value) for name, value in zip(_NAMES, _DEFAULTS, strict=True))
_JSON_PLACES = tuple(place for place, name in enumerate(_NAMES) if name in _JSON)


def keep(kept: list[tuple[Item, int, Copy, str]], *, delivery: Delivery, received_at: datetime) -> None:
    """Add versions: of which (saved) item, our number, every field as received, content hash."""
    moment = bulk.moment(received_at)
    rows = []
    for item, number, copy, hash_ in kept:
        values = list(astuple(copy))
        for place in _JSON_PLACES:
            value = values[place]
            values[place] = as_json(value) if value else _EMPTY[place]
        rows.append((item.pk, number, delivery.pk, moment, hash_, *values))
    bulk.insert(Version, (*_HEAD, *_NAMES), rows)


def copy_of(version: Version) -> Copy:
    """The texts of a version as an item again: enough to compare them with what came later."""
    return Copy(**{name: getattr(version, name) for name in _TEXTS})
