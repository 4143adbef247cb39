"""What happened since event N: the log that outlets read on from, each with a cursor of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from wiredesk.desk.models import Event
from wiredesk.news.story import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of the log: `id` is the cursor, `at` aware UTC."""

    id: int
    story: int
    kind: Kind
    at: datetime


def latest() -> int:
    """The cursor of the newest event, 0 before the first."""
    return Event.objects.order_by("-id").values_list("id", flat=True).first() or 0


def since(cursor: int, limit: int = 1000) -> Iterator[Change]:
    """Events after `cursor`, oldest first."""
    for event in Event.objects.filter(id__gt=cursor).order_by("id")[:limit]:
        yield Change(id=event.pk, story=event.story_id, kind=Kind(event.kind), at=event.at)
