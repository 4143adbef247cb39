"""Teasers: which copy wants the text of its page, when that is looked at, and how it is laid over the copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from msgspec import structs

from wiredesk.news import clean, paywall
from wiredesk.news.face import Face, standfirst_over
from wiredesk.news.item import Item, Origin, Value
from wiredesk.news.licence import Extent, Licence

SHORT = 250  # words; what a feed does not call the whole text, and is shorter, is a teaser
SAME = 0.8  # of the page's words in the feed's own copy, and the feed's is whole by itself
SHARED = 1 / 3  # of a teaser's words that its own page has
# After the first look: a story is corrected mostly in its first hours.
LOOKS = tuple(timedelta(minutes=minutes) for minutes in (0, 5, 30, 2 * 60, 12 * 60, 3 * 24 * 60))


class PageText(Value, frozen=True, kw_only=True):
    """What a page gave for an item and was taken: safe HTML, a byline, a date; `sources` say where on the page."""

    body: str
    byline: str = ""
    published: datetime | None = None
    sources: Mapping[str, str] = {}


def no_look(copy: Item, made: Face, licence: Licence) -> str:
    """Why the page of an item is not to be read, in words; "" where it is."""
    if licence.extent is not Extent.FULL:
        return "The terms do not allow the whole text."
    if copy.status != "usable":
        return "It is not to be used."
    if not clean.web_address(copy.url, ""):
        return "It names no page."
    return "" if is_teaser(copy, made) else "The feed has the whole text."


def is_teaser(copy: Item, made: Face) -> bool:
    """Whether an item's own text is only the beginning of it, or what it is about."""
    if copy.body_kind == "excerpt" or not made.text or paywall.is_cut(made.text):
        return True
    return copy.body_kind != "full" and clean.word_count(made.text) < SHORT


def next_look(since: datetime, looks: int) -> datetime | None:
    """When a page is read after so many looks at it, the first being due at `since`; None: no more."""
    return since + LOOKS[looks] if looks < len(LOOKS) else None


def is_other(made: Face, text: str) -> bool:
    """Whether a page's text hardly has a word of the teaser that leads to it: a consent page, another story."""
    words, there = (Counter(clean.words(one.casefold())) for one in (made.text, text))
    return bool(words) and (words & there).total() < SHARED * words.total()


def laid_over(made: Face, page: PageText) -> Face:
    """The face of an item with the text of its page; as it is where its own copy is as long."""
    body_text = clean.text_of(page.body)
    if clean.word_count(made.text) >= SAME * clean.word_count(body_text):
        return made
    standfirst = standfirst_over(made.standfirst, body_text)
    return replace(
        made,
        standfirst=standfirst,
        body=page.body,
        text=f"{clean.text_of(standfirst)}\n{body_text}".strip(),
        copy=body_text,
        byline=made.byline or page.byline,
        published=made.published or page.published,
    )


def traced(copy: Item, made: Face, whole: Face, page: PageText) -> Item:
    """The item with where its page gave a field: `made` is its own face, `whole` the one with the page."""
    given = {name for name in ("body", "byline", "published") if getattr(made, name) != getattr(whole, name)}
    paths = {name: f"from the page ({page.sources.get(name) or 'extractor'})" for name in sorted(given)}
    return structs.replace(
        copy, origin={**copy.origin, **{name: Origin(path=path, hash="") for name, path in paths.items()}}
    )
