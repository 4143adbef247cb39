"""Stories that stood in our feeds and were withdrawn, so that those who follow the feeds take them down too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Max, Q

from wiredesk.desk import gate
from wiredesk.desk.models import Story
from wiredesk.desk.pages import Shelf
from wiredesk.desk.rows import WITH_CARRIERS, as_value
from wiredesk.news import links
from wiredesk.news.story import Kind, State
from wiredesk.news.surface import Surface

MOST = 50
KEPT = timedelta(days=30)  # whoever has not asked for so long asks for the story's page


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A story that is no more: its short link's code, and when it was withdrawn (aware, UTC)."""

    code: str
    at: datetime


def of_shelf(shelf: Shelf, *, now: datetime, surface: Surface = Surface.FEEDS) -> tuple[Withdrawn, ...]:
    """What was killed of a shelf, the latest first. What never stood in our feeds is not told of at all."""
    rows = Story.objects.filter(state=State.KILLED, went_out_at__isnull=False)
    if shelf.kind in ("section", "source", "tag"):
        rows = rows.filter(**{"tags__slug" if shelf.kind == "tag" else f"{shelf.kind}__slug": shelf.key})
    dated = rows.annotate(killed_at=Max("events__at", filter=Q(events__kind=Kind.KILL))).filter(
        killed_at__gt=now - KEPT
    )
    latest = dated.select_related("source__licence", "feed", "section").prefetch_related("tags", WITH_CARRIERS)
    rows = latest.order_by("-killed_at", "-id")[:MOST]
    killed_at = {row.pk: getattr(row, "killed_at") for row in rows}  # noqa: B009  an annotation, which no type knows
    return tuple(Withdrawn(code=links.code(row.pk), at=killed_at[row.pk]) for row in rows if _was_shown(row, surface))


def _was_shown(row: Story, surface: Surface) -> bool:
    """Whether it stood there when it went out, by the terms of today."""
    if row.went_out_at is None:
        return False
    alive = replace(as_value(row, now=row.went_out_at, whole=False), state=State.LIVE)
    return gate.leave(alive, surface, row.went_out_at).public == "shown"
