"""A place in a list of stories, as readers' addresses carry it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from wiredesk.desk.models import Story


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list: "-" and the last story seen to go on to older ones, "+" and the first to go back."""

    text: str = ""
    order: datetime | None = None
    story: int = 0

    @classmethod
    def at(cls, row: Story, way: str) -> str:
        return f"{way}{int(row.order_at.timestamp() * 1_000_000):x}.{row.pk:x}"

    @classmethod
    def read(cls, text: str) -> Cursor:
        way, (moment, _, story) = text[:1], text[1:40].partition(".")
        try:
            order = datetime.fromtimestamp(int(moment, 16) / 1_000_000, UTC)
            return cls(way, order, int(story, 16)) if way in ("-", "+") else cls()
        except (ValueError, OverflowError, OSError):
            return cls()

    @property
    def is_upward(self) -> bool:
        return self.text == "+"

    def cut(self, rows: QuerySet[Story]) -> QuerySet[Story]:
        """The rows beyond this place, nearest first."""
        if self.order is None:
            return rows.order_by("-order_at", "-id")
        if self.is_upward:
            beyond = Q(order_at__gt=self.order) | Q(order_at=self.order, id__gt=self.story)
            return rows.filter(beyond).order_by("order_at", "id")
        beyond = Q(order_at__lt=self.order) | Q(order_at=self.order, id__lt=self.story)
        return rows.filter(beyond).order_by("-order_at", "-id")
