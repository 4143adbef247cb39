"""Items as columns of a Version row and back. The names are the same on both sides; a test keeps them so."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from wiredesk.desk.models import Delivery, Item, Version
from wiredesk.news.item import Item as Copy
from wiredesk.news.item import as_plain

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
    columns = {name: as_plain(getattr(copy, name)) for name in _FIELDS}
    return Version(
        item=item, number=number, delivery=delivery, received_at=received_at, content_hash=content_hash, **columns
    )


def copy_of(version: Version) -> Copy:
    """The texts of a version as an item again: enough to compare them with what came later."""
    return Copy(**{name: getattr(version, name) for name in _TEXTS})
