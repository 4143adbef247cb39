"""What happened since event N, and what an outlet may have of a story now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max

from wiredesk.desk import pages
from wiredesk.desk.models import Event, Outlet, Story
from wiredesk.news import links
from wiredesk.news.outgoing import Status
from wiredesk.news.page import Page
from wiredesk.news.story import Kind
from wiredesk.news.story import State as Stands
from wiredesk.news.surface import Surface

AT_ONCE = 500
SURFACES: Mapping[str, Surface] = {
    Outlet.Kind.WEBHOOK: Surface.OUTLETS,
    Outlet.Kind.WORDPRESS: Surface.OUTLETS,
    Outlet.Kind.MASTODON: Surface.OUTLETS,
    Outlet.Kind.EMAIL: Surface.EMAIL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One event: its id, whose it is, what happened."""

    event: int
    story: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A story as a kind of outlet may have it at this moment: its page, or None and why it is withdrawn.

    `uri` is its address for ever; `instead` that of the story in its place; `what` is the most telling thing that
    happened since the event asked for.
    """

    uri: str
    page: Page | None
    status: Status
    what: str
    instead: str = ""


def latest() -> int:
    """The id of the last event of all; 0 if there is none."""
    return Event.objects.aggregate(last=Max("id"))["last"] or 0


def since(event: int, limit: int = AT_ONCE) -> tuple[Change, ...]:
    """The events after this one, the oldest first."""
    rows = Event.objects.filter(pk__gt=event).order_by("pk").values_list("pk", "story_id", "kind")[:limit]
    return tuple(Change(event=pk, story=story, kind=kind) for pk, story, kind in rows)


def view(story: int, *, surface: Surface, now: datetime, after: int = 0) -> View:
    """What may be shown of a story on a surface at `now`, and what happened to it after an event."""
    page = pages.page_to_send(story, now=now, surface=surface)
    kinds = Event.objects.filter(story=story, pk__gt=after).order_by("pk").values_list("kind", flat=True)
    said = View(
        uri=f"{settings.SITE_URL}/s/{links.code(story)}", page=page, status="usable", what=_most_telling(list(kinds))
    )
    return said if page else _withdrawn(said, story, now)


def _withdrawn(said: View, story: int, now: datetime) -> View:
    is_held = Story.objects.filter(pk=story, state=Stands.HELD).exists()
    at_home = pages.page_of(story, now=now)
    instead = at_home.instead.url if at_home and at_home.instead else ""
    status: Status = "withheld" if is_held else "canceled"
    return View(
        uri=said.uri,
        page=None,
        status=status,
        what=said.what,
        instead=f"{settings.SITE_URL}{instead}" if instead else "",
    )


def _most_telling(kinds: Sequence[str]) -> str:
    """A correction is told even where something smaller came after it."""
    return Kind.CORRECTION.value if Kind.CORRECTION in kinds else kinds[-1] if kinds else ""
