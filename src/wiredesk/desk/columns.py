"""Items as columns of a Version row and back. The names are the same on both sides; a test keeps them so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from wiredesk.desk.models import Delivery, Item, Version
from wiredesk.news.item import Item as Copy

_FIELDS = tuple(column.name for column in fields(Copy))
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


def version_of(
    copy: Copy, *, item: Item, number: int, delivery: Delivery, received_at: datetime, content_hash: str
) -> Version:
    """A row (not saved) that holds every field of an item as received."""
    columns = {name: kept(getattr(copy, name)) for name in _FIELDS}
    return Version(
        item=item, number=number, delivery=delivery, received_at=received_at, content_hash=content_hash, **columns
    )


def copy_of(version: Version) -> Copy:
    """The texts of a version as an item again: enough to compare them with what came later."""
    return Copy(**{name: getattr(version, name) for name in _TEXTS})


def kept(value: Any) -> Any:
    """A value of news.item as JSON holds it: dataclasses as objects without what is empty, times in RFC 3339 UTC."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple | list):
        return [kept(part) for part in value]
    if isinstance(value, Mapping):
        return {key: kept(part) for key, part in value.items()}
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    named = ((column.name, getattr(value, column.name)) for column in fields(value))
    return {name: kept(part) for name, part in named if part or part is False}
