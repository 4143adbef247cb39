"""A story that is about to be written: what its face shows, as columns."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, ClassVar

from wiredesk.desk import bulk
from wiredesk.news import clean
from wiredesk.news.face import Face
from wiredesk.news.item import as_json


def columns_of(made: Face) -> dict[str, Any]:
    """The columns of Story that a face fills."""
    return {
        "headline": made.headline[:500],
        "standfirst": made.standfirst,
        "body": made.body,
        "policy": clean.POLICY,
        "byline": made.byline[:300],
        "dateline": made.dateline[:200],
        "language": made.language[:35],
        "url": made.url[:2000],
        "credit": list(made.credit),
        "notices": list(made.notices),
        "terms": " ".join(made.terms),
        "published_at": made.published,
        "updated_at": made.updated,
        "embargo_at": made.embargo,
        "embargo_open": made.embargo_open,
        "expires_at": made.expiry,
    }


@dataclass(slots=True, eq=False, kw_only=True)
class NewStory:
    """A row of Story before it is one; its attributes are that table's columns. `id` is 0 until it is written."""

    COLUMNS: ClassVar[tuple[str, ...]]

    id: int = 0
    source_id: int
    feed_id: int
    section_id: int | None
    state: str
    slug: str
    headline: str
    standfirst: str
    body: str
    policy: int
    byline: str
    dateline: str
    language: str
    url: str
    credit: list[str]
    notices: list[str]
    terms: str
    is_corrected: bool = False
    first_seen_at: datetime
    order_at: datetime
    published_at: datetime | None
    updated_at: datetime | None
    went_out_at: datetime | None = None
    embargo_at: datetime | None
    embargo_open: bool
    expires_at: datetime | None
    clock_at: datetime | None = None

    def row(self) -> list[Any]:
        """The values of COLUMNS as the database keeps them."""
        values = list(_values(self))
        for place in _TIMES:
            if values[place]:
                values[place] = bulk.moment(values[place])
        for place in _LISTS:
            values[place] = as_json(values[place]) if values[place] else "[]"
        return values


NewStory.COLUMNS = tuple(column.name for column in fields(NewStory))
_values = attrgetter(*NewStory.COLUMNS)
_TIMES = tuple(place for place, name in enumerate(NewStory.COLUMNS) if name.endswith("_at"))
_LISTS = tuple(NewStory.COLUMNS.index(name) for name in ("credit", "notices"))
