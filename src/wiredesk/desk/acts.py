"""What may become of a story's state, in one place: by copy, by an editor, by the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

from wiredesk.desk import gate
from wiredesk.desk.models import Source, Story
from wiredesk.news import rights
from wiredesk.news.licence import Licence
from wiredesk.news.story import Kind, Standing, State
from wiredesk.news.terms import narrowed


class Row(Protocol):
    """What a story's row says of its state and its times, be it in the table or about to be written."""

    state: str
    first_seen_at: datetime
    embargo_at: datetime | None
    embargo_open: bool
    expires_at: datetime | None
    went_out_at: datetime | None
    language: str
    terms: str


def next_state(state: State, event: Kind) -> State:
    """A killed story stays killed whatever copy comes; a hold takes anything else off."""
    if event is Kind.KILL or state is State.KILLED:
        return State.KILLED
    return State.HELD if event is Kind.HOLD else state


def is_public(story: Row, licence: Licence, now: datetime) -> bool:
    """Whether some outlet may show the story at `now`."""
    return gate.is_open(_standing(story), _under(licence, story), now)


def is_over(story: Row, licence: Licence, now: datetime) -> bool:
    """Whether the story's time has come to its end, whatever remains of it."""
    end = rights.ends(_standing(story), _under(licence, story))
    return end is not None and now >= end


def clock_of(story: Row, licence: Licence, now: datetime) -> datetime | None:
    """The next moment at which time alone changes what may be shown of the story; None if there is none."""
    moments = (story.embargo_at, rights.ends(_standing(story), _under(licence, story)))
    return min((moment for moment in moments if moment and moment > now), default=None)


def went_out(source: Source, now: datetime) -> int:
    """How many stories of a source readers could first see on this day (UTC)."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Story.objects.filter(source=source, went_out_at__gte=midnight, went_out_at__lte=now).count()


def _under(licence: Licence, story: Row) -> Licence:
    """The source's terms without what the copy itself takes away."""
    return narrowed(licence, story.terms.split()) if story.terms else licence


def _standing(row: Row) -> Standing:
    return Standing(
        state=State(row.state),
        first_seen=row.first_seen_at,
        embargo=row.embargo_at,
        embargo_open=row.embargo_open,
        expiry=row.expires_at,
        went_out=row.went_out_at,
        language=row.language,
    )
