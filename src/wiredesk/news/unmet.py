"""What of a source's terms a story does not meet, in words: asked before it goes out, filed with it when it does."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import IntEnum

from wiredesk.news import images
from wiredesk.news.licence import Editing, Extent, Licence, Link, Notify, Pixel
from wiredesk.news.story import Story


class Strictness(IntEnum):
    """What the desk does about unmet terms: it refuses, or it asks the editor."""

    BLOCK = 0
    ASK = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """One term that is not met. `is_mended`: what is shown is cut so that nothing goes against it all the same."""

    term: str
    text: str
    is_mended: bool = False


def at_intake(licence: Licence, *, today: int) -> tuple[Unmet, ...]:
    """What keeps a story from going out by itself; `today` counts those of its source that did so today (UTC)."""
    return tuple(_of_source(licence, today))


def at_publish(story: Story, licence: Licence, *, today: int | None) -> tuple[Unmet, ...]:
    """What an editor has to know before a story goes out under `licence`: what stops it first, then what is mended.

    `today` is None where the story was out before, and so counts for no day any more.
    """
    found = (*_of_source(licence, today), *_of_edits(licence, story.edited), *_of_copy(story, licence))
    return tuple(sorted(found, key=lambda unmet: unmet.is_mended))


def stopping(unmet: Collection[Unmet], strictness: Strictness, *, is_asked: bool = False) -> tuple[Unmet, ...]:
    """Those that keep a story in: all of a strict source's; else what is not mended, until an editor insists."""
    if strictness is Strictness.BLOCK:
        return tuple(unmet)
    return () if is_asked else tuple(one for one in unmet if not one.is_mended)


def _of_source(licence: Licence, today: int | None) -> Iterator[Unmet]:
    if licence.daily is not None and today is not None and today >= licence.daily:
        yield Unmet(term="daily", text=f"The terms allow {_stories(licence.daily)} a day; {today} went out today.")
    if licence.notify is Notify.BEFORE:
        yield Unmet(term="notify", text="The source has to be told before this is used.")


def _of_edits(licence: Licence, edited: Collection[str]) -> Iterator[Unmet]:
    if "headline" in edited and not licence.headline_may_change:
        yield Unmet(term="headline", text="The headline was changed, and the terms do not let it.")
    others = [name for name in edited if name != "headline"]
    if others and licence.editing is Editing.NONE:
        text = f"The {' and '.join(others)} was edited, and the terms let nothing be changed."
        yield Unmet(term="editing", text=text)


def _of_copy(story: Story, licence: Licence) -> Iterator[Unmet]:
    if licence.extent > Extent.HEADLINE and licence.pixel is Pixel.REQUIRED:
        text = "The source's counter is missing: only headline and link are shown."
        yield Unmet(term="pixel", text=text, is_mended=True)
    if licence.extent > Extent.HEADLINE:
        left_out = sum(images.left_out(copy, licence.images) for copy in (story.standfirst, story.body))
        if left_out:
            verb = "picture is" if left_out == 1 else "pictures are"
            text = f"{left_out} {verb} not covered by the terms and left out."
            yield Unmet(term="images", text=text, is_mended=True)
    if licence.link is Link.REQUIRED and not story.url:
        text = "A link to the original is asked for, and the copy names no address: the credit stands without one."
        yield Unmet(term="link", text=text, is_mended=True)


def _stories(count: int) -> str:
    return "one story" if count == 1 else f"{count or 'no'} stories"
