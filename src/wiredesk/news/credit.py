"""Whose copy it is, in words: the credit line and the disclosure, computed from what is known and never typed."""

from __future__ import annotations

from wiredesk.news.licence import Extent
from wiredesk.news.rights import Leave
from wiredesk.news.story import Story


def chain(story: Story) -> tuple[str, ...]:
    """Who the copy came through, first the origin, last the source we took it from; a name stands once."""
    names: list[str] = []
    for name in (*story.credit, story.source.name):
        if name and name.casefold() not in (known.casefold() for known in names):
            names.append(name)
    return tuple(names)


def line(story: Story) -> str:
    """The credit the licence asks for, else the chain: "Lantern News Agency via Brennet Courier"."""
    return story.licence.credit or " via ".join(chain(story))


def disclosure(story: Story, leave: Leave, *, site: str) -> str:
    """What was done to the copy between its origin and this page, in plain English sentences."""
    return " ".join(
        sentence for sentence in (_edited(story, site), _shortened(story, leave), _corrected(story)) if sentence
    )


def _edited(story: Story, site: str) -> str:
    feed = f"the feed “{story.feed}”" if story.feed else "a syndicated feed"
    origin = f"{feed} of {story.source.name}"
    if not story.edited:
        return f"This story comes from {origin} and has not been edited by {site}."
    if story.edited == ("headline",):
        return f"Except for the headline, this story has not been edited by {site}; it comes from {origin}."
    return f"This story comes from {origin}; {site} has edited its {_listed(story.edited)}."


def _shortened(story: Story, leave: Leave) -> str:
    if leave.extent is Extent.EXCERPT:
        return f"Only its first {leave.words} words are shown, as the terms of {story.source.name} ask."
    if leave.extent is Extent.HEADLINE:
        return f"Its headline is shown with a link to the original, as the terms of {story.source.name} allow."
    return ""


def _corrected(story: Story) -> str:
    if not story.corrections:
        return ""
    last = story.corrections[-1]
    by = last.by or story.source.name
    return f"It was last corrected by {by} on {last.at.day} {last.at:%B %Y}."


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
