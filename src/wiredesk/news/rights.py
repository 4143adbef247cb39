"""The one function that says how much of a story may be shown. What is not clearly allowed is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from wiredesk.news.licence import Extent, Images, Indexing, Licence, Pixel, Remains
from wiredesk.news.story import Standing, State
from wiredesk.news.surface import OUTLET_OF, OWN_ADDRESS, REMAINING, Surface

Public = Literal["shown", "notice", "gone", "hidden"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Whose site this is: its country (ISO 3166, "" unknown), and whether it earns money with what it shows."""

    territory: str = ""
    commercial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """How much of a story may be shown here and now, and in words why not more. `words` cuts an excerpt."""

    public: Public
    extent: Extent = Extent.NOTHING
    words: int = 0
    images: Images = Images.NONE
    why: tuple[str, ...] = ()


UNKNOWN = Here()


def leave(story: Standing, licence: Licence, surface: Surface, now: datetime, *, here: Here = UNKNOWN) -> Leave:
    """Judge one story for one surface at one moment (`now` aware). What is not clearly allowed is hidden."""
    off = (
        _off_by_state(story, surface)
        or _off_by_licence(licence, surface, here)
        or _off_by_language(story, licence)
        or _off_by_clock(story, licence, surface, now)
    )
    return off or _shown(licence)


def _shown(licence: Licence) -> Leave:
    """As much as the licence allows of a story that may be shown."""
    extent = licence.extent
    if extent is not Extent.HEADLINE and licence.pixel is Pixel.REQUIRED:
        why = ("The source's terms ask for a counting pixel, which this site does not place.",)
        return Leave(public="shown", extent=Extent.HEADLINE, why=why)
    if extent is Extent.EXCERPT and licence.words <= 0:
        return Leave(public="shown", extent=Extent.HEADLINE, why=("The licence allows an excerpt of no words.",))
    shorter = () if extent is Extent.FULL else (_SHORTER[extent],)
    words = licence.words if extent is Extent.EXCERPT else 0
    images = licence.images if extent > Extent.HEADLINE else Images.NONE
    return Leave(public="shown", extent=extent, words=words, images=images, why=shorter)


_SHORTER: Mapping[Extent, str] = {
    Extent.HEADLINE: "The source's terms allow its headline and a link.",
    Extent.EXCERPT: "The source's terms allow an excerpt.",
}


def _hidden(why: str) -> Leave:
    return Leave(public="hidden", why=(why,))


def _off_by_state(story: Standing, surface: Surface) -> Leave | None:
    """A killed story leaves a notice of its end only where it had been public; a held one a notice without the copy.

    Both stand at the story's own address: no other surface knows anything of it.
    """
    is_known = story.went_out is not None and surface in OWN_ADDRESS
    match story.state:
        case State.LIVE:
            return None
        case State.KILLED:
            return Leave(public="gone" if is_known else "hidden", why=("The story was withdrawn.",))
        case State.HELD:
            return Leave(public="notice" if is_known else "hidden", why=("The story is being checked.",))
        case State.JOINED:
            return _hidden("It is the same copy as another story, and stands there.")
        case _:
            return _hidden("An editor has not chosen it yet.")


def _off_by_licence(licence: Licence, surface: Surface, here: Here) -> Leave | None:
    """What no story of this source may do on this surface of this site."""
    if licence.extent is Extent.NOTHING:
        return _hidden("The source's terms allow nothing to be shown.")
    if OUTLET_OF[surface] not in licence.outlets:
        return _hidden(f"The source's terms do not allow it on: {OUTLET_OF[surface]}.")
    if licence.territories and here.territory not in licence.territories:
        return _hidden(f"The source's terms allow it only in: {', '.join(licence.territories)}.")
    if here.commercial and not licence.commercial:
        return _hidden("The source's terms do not allow it on a site that earns money.")
    return _off_by_surface(licence, surface)


def _off_by_surface(licence: Licence, surface: Surface) -> Leave | None:
    """What this surface in particular asks."""
    if surface is Surface.SITEMAP and licence.indexing in (Indexing.NOINDEX, Indexing.ORIGINAL):
        return _hidden("The source's terms do not let search engines list our page of it.")
    if surface is Surface.IMAGE and _shown(licence).images is Images.NONE:
        return _hidden("The source's terms allow no pictures.")
    return None


def _off_by_language(story: Standing, licence: Licence) -> Leave | None:
    """A story that does not say its language is in none of those that are allowed."""
    if not licence.languages or is_in(story.language, licence.languages):
        return None
    return _hidden(f"The source's terms allow it only in: {', '.join(licence.languages)}.")


def is_in(language: str, languages: tuple[str, ...]) -> bool:
    """Whether a language is one of these, or a kind of one: "de-at" is a kind of "de"."""
    tag = language.lower().replace("_", "-")
    return any(tag == one or tag.startswith(f"{one}-") for one in languages if one)


def _off_by_clock(story: Standing, licence: Licence, surface: Surface, now: datetime) -> Leave | None:
    if licence.obeys_embargo and story.embargo_open:
        return _hidden("Embargoed until the source lifts it.")
    if licence.obeys_embargo and story.embargo and now < story.embargo:
        return _hidden(f"Embargoed until {story.embargo:%Y-%m-%d %H:%M} UTC.")
    end = ends(story, licence)
    if end is None or now < end:
        return None
    why = (f"It could be shown until {end:%Y-%m-%d %H:%M} UTC.",)
    if licence.afterwards is Remains.HEADLINE and story.went_out is not None and surface in REMAINING:
        return Leave(public="shown", extent=Extent.HEADLINE, why=why)
    return Leave(public="gone" if surface in OWN_ADDRESS else "hidden", why=why)


def ends(story: Standing, licence: Licence) -> datetime | None:
    """When the story may no longer be shown: the source's expiry, or so many days after it came, whichever is first."""
    kept_until = story.first_seen + timedelta(days=licence.keep_days) if licence.keep_days is not None else None
    return min((end for end in (story.expiry, kept_until) if end), default=None)


def seen_after(licence: Licence, surface: Surface, now: datetime, *, here: Here = UNKNOWN) -> datetime | None:
    """After which moment a story must have come to be shown at `now` under these terms; None where none may be."""
    if _off_by_licence(licence, surface, here):
        return None
    return now - timedelta(days=licence.keep_days) if licence.keep_days is not None else _EVER


_EVER = datetime(1, 1, 1, tzinfo=UTC)
