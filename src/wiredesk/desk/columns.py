"""Items as rows of Version and back. The names are the same on both sides; a test keeps them so."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db.models import JSONField

from wiredesk.desk import bulk
from wiredesk.desk.models import Delivery, Item, Version
from wiredesk.news.item import Item as Copy
from wiredesk.news.item import as_plain

_HEAD = ("item_id", "number", "delivery_id", "received_at", "content_hash")
_NAMES = tuple(column.name for column in fields(Copy))
_PLACE = {name: len(_HEAD) + place for place, name in enumerate(_NAMES)}
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
    return json.dumps(as_plain(value)) if name in _JSON and value is not None else value


_EMPTY = tuple(_kept(name, getattr(Copy(), name)) for name in _NAMES)


def keep(kept: list[tuple[Item, int, Copy, str]], *, delivery: Delivery, received_at: datetime) -> None:
    """Add versions: of which (saved) item, our number, every field as received, content hash."""
    moment = bulk.moment(received_at)
    rows = []
    for item, number, copy, hash_ in kept:
        row: list[Any] = [item.pk, number, delivery.pk, moment, hash_, *_EMPTY]
        for name, value in vars(copy).items():
            row[_PLACE[name]] = _kept(name, value)
        rows.append(row)
    bulk.insert(Version, (*_HEAD, *_NAMES), rows)


def copy_of(version: Version) -> Copy:
    """The texts of a version as an item again: enough to compare them with what came later."""
    return Copy(**{name: getattr(version, name) for name in _TEXTS})
