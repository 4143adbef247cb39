"""What may become of a story's state, in one place: by copy, by an editor, by the clock."""

from __future__ import annotations

from datetime import datetime

from wiredesk.desk.models import Story
from wiredesk.desk.rows import bare_value
from wiredesk.news import rights
from wiredesk.news.licence import Licence
from wiredesk.news.story import Kind, State


def next_state(state: State, event: Kind) -> State:
    """A killed story stays killed whatever copy comes; a hold takes anything else off."""
    if event is Kind.KILL or state is State.KILLED:
        return State.KILLED
    return State.HELD if event is Kind.HOLD else state


def is_public(story: Story, licence: Licence, now: datetime) -> bool:
    """Whether some outlet may show the story at `now`."""
    value = bare_value(story, licence)
    return any(rights.leave(value, licence, outlet, now).public == "shown" for outlet in licence.outlets)


def clock_of(story: Story, licence: Licence, now: datetime) -> datetime | None:
    """The next moment at which time alone changes what may be shown of the story; None if there is none."""
    moments = (story.embargo_at, rights.ends(bare_value(story, licence), licence))
    return min((moment for moment in moments if moment and moment > now), default=None)
