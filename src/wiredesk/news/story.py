"""A story as the core sees it: the same copy over all feeds, with our edits, before anything is held back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wiredesk.news.licence import Licence


class State(StrEnum):
    """Where the desk has a story. Embargo and expiry are no states: the clock decides them (see rights.leave)."""

    WAITING = "waiting"  # an editor has to choose it
    LIVE = "live"
    HELD = "held"
    KILLED = "killed"
    JOINED = "joined"  # the same copy stands in another story, to which its address leads


class Kind(StrEnum):
    """What can happen to a story. The first ten come from copy, the others from the desk, the clock and the rules."""

    NEW = "new"
    SIGHTING = "sighting"
    UPDATE = "update"
    REFILE = "refile"
    CORRECTION = "correction"
    HOLD = "hold"
    KILL = "kill"
    SUBSTITUTE = "substitute"  # a new story in place of one that was killed
    ADVISORY = "advisory"  # a note to editors: no story
    NOTHING = "nothing"
    RELEASE = "release"
    PUBLISH = "publish"
    LIFT = "lift"  # its embargo ended
    EXPIRE = "expire"
    EDIT = "edit"
    JOIN = "join"  # two stories turned out to be one
    SPLIT = "split"  # an item, or a story that was joined, stands for itself again
    LEAD = "lead"  # another of its items is shown now


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name with its place on the site: a section, source or tag. `url` is its own address elsewhere, if any."""

    name: str
    slug: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction a reader is told of: when (aware, UTC), what (plain text), and by whom."""

    at: datetime
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What of a story rights judge by. Times are aware UTC.

    `went_out` is when readers could first see it (None: never); `embargo_open` an embargo without a time, which only a
    later version ends.
    """

    state: State
    first_seen: datetime
    embargo: datetime | None = None
    embargo_open: bool = False
    expiry: datetime | None = None
    went_out: datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Standing):
    """Everything about a story that rights and page judge by. HTML is safe, times are aware UTC.

    `order` is the time it is sorted by; `edited` are the fields that do not stand as they came.
    """

    id: int
    headline: str
    slug: str
    order: datetime
    licence: Licence
    source: Name
    feed: str
    standfirst: str = ""
    body: str = ""
    byline: str = ""
    dateline: str = ""
    url: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    credit: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    section: Name | None = None
    tags: tuple[Name, ...] = ()
    carriers: tuple[Name, ...] = ()
    corrections: tuple[Correction, ...] = ()
    corrected: bool = False
    edited: tuple[str, ...] = ()
