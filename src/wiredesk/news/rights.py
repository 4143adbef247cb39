"""The one function that says how much of a story may be shown. What is not clearly allowed is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from wiredesk.news.licence import Extent, Licence
from wiredesk.news.story import Standing, State
from wiredesk.news.surface import Outlet

Public = Literal["shown", "notice", "gone", "hidden"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """How much of a story may be shown here and now, and in words why not more. `words` cuts an excerpt."""

    public: Public
    extent: Extent = Extent.NOTHING
    words: int = 0
    why: tuple[str, ...] = ()


def leave(story: Standing, licence: Licence, outlet: Outlet, now: datetime) -> Leave:
    """Judge one story for one outlet at one moment (`now` aware). What is not clearly allowed is hidden."""
    off = _off_by_state(story) or _off_by_licence(licence, outlet) or _off_by_clock(story, licence, now)
    if off:
        return off
    extent = licence.extent
    if extent is Extent.EXCERPT and licence.words <= 0:
        return Leave(public="shown", extent=Extent.HEADLINE, why=("The licence allows an excerpt of no words.",))
    why = () if extent is Extent.FULL else (_SHORTER[extent],)
    return Leave(public="shown", extent=extent, words=licence.words if extent is Extent.EXCERPT else 0, why=why)


_SHORTER: Mapping[Extent, str] = {
    Extent.HEADLINE: "The source's terms allow its headline and a link.",
    Extent.EXCERPT: "The source's terms allow an excerpt.",
}


def _off_by_state(story: Standing) -> Leave | None:
    """A killed story leaves a notice of its end only where it had been public; a held one a notice without the copy."""
    was_public = story.went_out is not None
    match story.state:
        case State.LIVE:
            return None
        case State.KILLED:
            return Leave(public="gone" if was_public else "hidden", why=("The story was withdrawn.",))
        case State.HELD:
            return Leave(public="notice" if was_public else "hidden", why=("The story is being checked.",))
        case _:
            return Leave(public="hidden", why=("An editor has not chosen it yet.",))


def _off_by_licence(licence: Licence, outlet: Outlet) -> Leave | None:
    if licence.extent is Extent.NOTHING:
        return Leave(public="hidden", why=("The source's terms allow nothing to be shown.",))
    if outlet not in licence.outlets:
        return Leave(public="hidden", why=(f"The source's terms do not allow it on: {outlet}.",))
    return None


def _off_by_clock(story: Standing, licence: Licence, now: datetime) -> Leave | None:
    if licence.obeys_embargo and story.embargo_open:
        return Leave(public="hidden", why=("Embargoed until the source lifts it.",))
    if licence.obeys_embargo and story.embargo and now < story.embargo:
        return Leave(public="hidden", why=(f"Embargoed until {story.embargo:%Y-%m-%d %H:%M} UTC.",))
    end = ends(story, licence)
    if end and now >= end:
        return Leave(public="gone", why=(f"It could be shown until {end:%Y-%m-%d %H:%M} UTC.",))
    return None


def ends(story: Standing, licence: Licence) -> datetime | None:
    """When the story may no longer be shown: the source's expiry, or so many days after it came, whichever is first."""
    kept_until = story.first_seen + timedelta(days=licence.keep_days) if licence.keep_days is not None else None
    return min((end for end in (story.expiry, kept_until) if end), default=None)


def seen_after(licence: Licence, outlet: Outlet, now: datetime) -> datetime | None:
    """After which moment a story must have come to be shown at `now` under these terms; None where none may be."""
    if _off_by_licence(licence, outlet):
        return None
    return now - timedelta(days=licence.keep_days) if licence.keep_days is not None else _EVER


_EVER = datetime(1, 1, 1, tzinfo=UTC)
