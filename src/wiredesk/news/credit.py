"""Whose copy it is, in words: the credit line and the disclosure, computed from what is known and never typed."""

from __future__ import annotations

from wiredesk.news.licence import Extent
from wiredesk.news.phrasebook import ENGLISH, Phrasebook, date, said
from wiredesk.news.rights import Leave
from wiredesk.news.story import Story


def chain(story: Story) -> tuple[str, ...]:
    """Who the copy came through, first the origin, last the source we took it from; a name stands once."""
    names: list[str] = []
    for name in (*story.credit, story.source.name):
        if name and name.casefold() not in (known.casefold() for known in names):
            names.append(name)
    return tuple(names)


def line(story: Story, phrases: Phrasebook = ENGLISH) -> str:
    """The credit the licence asks for, else the chain: "Lantern News Agency via Brennet Courier"."""
    return story.licence.credit or phrases["via"].join(chain(story))


def disclosure(story: Story, leave: Leave, *, site: str, phrases: Phrasebook = ENGLISH) -> str:
    """What was done to the copy between its origin and this page, in plain sentences."""
    sentences = (_edited(story, site, phrases), _shortened(story, leave, phrases), _corrected(story, phrases))
    return " ".join(sentence for sentence in sentences if sentence)


def _edited(story: Story, site: str, phrases: Phrasebook) -> str:
    feed = said(phrases, "feed", feed=story.feed) if story.feed else phrases["some-feed"]
    key = "edited" if story.edited else "unedited"
    if story.edited == ("headline",):
        key = "headline-edited"
    fields = _listed([phrases[f"field-{name}"] for name in story.edited], phrases)
    return said(phrases, key, feed=feed, source=story.source.name, site=site, fields=fields)


def _shortened(story: Story, leave: Leave, phrases: Phrasebook) -> str:
    if leave.extent is Extent.EXCERPT:
        return said(phrases, "excerpt", words=leave.words, source=story.source.name)
    if leave.extent is Extent.HEADLINE:
        return said(phrases, "headline-only", source=story.source.name)
    return ""


def _corrected(story: Story, phrases: Phrasebook) -> str:
    if not story.corrections:
        return ""
    last = story.corrections[-1]
    return said(phrases, "corrected", by=last.by or story.source.name, date=date(phrases, last.at))


def _listed(words: list[str], phrases: Phrasebook) -> str:
    return phrases["and"].join(filter(None, (", ".join(words[:-1]), *words[-1:])))
