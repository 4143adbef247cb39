"""A page: a story cut to what may be shown. It is all that outlets get: a template cannot leak what it is not given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from unicodedata import bidirectional

from wiredesk.news import clean, credit, images, links, provenance
from wiredesk.news.licence import Extent, Indexing, Link, Mining, Position
from wiredesk.news.phrasebook import ENGLISH, Phrasebook
from wiredesk.news.provenance import Provenance
from wiredesk.news.rights import Leave, Public
from wiredesk.news.story import Correction, Name, Story

Direction = Literal["ltr", "rtl"]
SNIPPET_WORDS = 32
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "ku", "pa-arab", "ps", "sd", "ug", "ur", "yi"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What readers may see of one story. `standfirst` and `body` are safe HTML, the rest plain text; times aware UTC.

    `instead` is the story that stands in for one that is gone, by headline ("" where that may not be seen) and path.
    `public` is shown, notice (known to exist, copy withheld: 200) or gone (410); only a shown page holds any copy.
    `is_whole` is False where the terms allow less than everything; `via` is where the rest can be read, `via_rel` what
    a link there says of itself. `canonical` is the address that search engines are to list, where it is not our own.
    `robots` is what they are told besides, `is_news` False keeps it out of news indexes, `is_reserved` from mining.
    `has_card` says whether the page's head may tell of it (OpenGraph, JSON-LD). `provenance` speaks of the fields that
    are shown, and holds no copy.
    """

    id: int
    code: str
    path: str
    public: Public
    headline: str = ""
    standfirst: str = ""
    body: str = ""
    snippet: str = ""
    is_whole: bool = False
    byline: str = ""
    dateline: str = ""
    labels: tuple[str, ...] = ()
    language: str = ""
    direction: Direction = "ltr"
    published: datetime | None = None
    updated: datetime | None = None
    section: Name | None = None
    tags: tuple[Name, ...] = ()
    source: Name = Name(name="")
    feed: str = ""
    via: str = ""
    via_rel: str = "noopener"
    canonical: str = ""
    robots: tuple[str, ...] = ()
    is_news: bool = True
    is_reserved: bool = False
    has_card: bool = True
    credit_line: str = ""
    is_credit_owed: bool = False
    is_credit_first: bool = False
    disclosure: str = ""
    notices: tuple[str, ...] = ()
    licence: Name = Name(name="")
    carriers: tuple[Name, ...] = ()
    corrections: tuple[Correction, ...] = ()
    instead: Name | None = None
    why: tuple[str, ...] = ()
    provenance: Provenance | None = None


def compose(
    story: Story,
    leave: Leave,
    *,
    site: str,
    brief: bool = False,
    substitute: Page | None = None,
    has_card: bool = True,
    traced: Provenance | None = None,
    phrases: Phrasebook = ENGLISH,
) -> Page | None:
    """Cut a story to its leave; None where nothing may tell that it exists. `brief` leaves out the body, for lists.

    `substitute` is the page of the story that stands in for this one, if there is one; `traced` where each of its
    fields comes from; `phrases` are the words of its sentences.
    """
    if leave.public == "hidden":
        return None
    if leave.public != "shown":
        path, instead = links.path(story.id, "withheld"), _instead(leave, substitute)
        return Page(id=story.id, code=links.code(story.id), path=path, public=leave.public, instead=instead)
    standfirst, body = _cut(story, leave)
    more = {
        "standfirst": standfirst,
        "body": "" if brief else body,
        "snippet": clean.text_of(clean.excerpt(standfirst or body, SNIPPET_WORDS)),
        "disclosure": credit.disclosure(story, leave, site=site, phrases=phrases),
        "credit_line": credit.line(story, phrases),
        "has_card": has_card,
    }
    page = _page(story, leave, more | _duties(story))
    return replace(page, provenance=provenance.public(traced, _told(page))) if traced else page


def _told(page: Page) -> frozenset[str]:
    """The fields of which a page shows anything."""
    others = {"url": page.via, "credit": page.credit_line}
    return frozenset(name for name in provenance.READ_FROM if others.get(name) or getattr(page, name, None))


def _page(story: Story, leave: Leave, more: Mapping[str, Any]) -> Page:
    return Page(
        id=story.id,
        code=links.code(story.id),
        path=links.path(story.id, story.slug),
        public="shown",
        headline=story.headline,
        is_whole=leave.extent is Extent.FULL,
        byline=story.byline if leave.extent > Extent.HEADLINE else "",
        dateline=story.dateline if leave.extent > Extent.HEADLINE else "",
        labels=_labels(story),
        language=story.language,
        direction=_direction(story.language, story.headline),
        published=story.published or story.order,
        updated=_updated(story),
        section=story.section,
        tags=story.tags,
        source=story.source,
        feed=story.feed,
        via=story.url,
        notices=story.notices,
        licence=Name(name=story.licence.title or story.licence.name, url=story.licence.url),
        carriers=story.carriers,
        corrections=story.corrections,
        why=leave.why,
        **more,
    )


def _duties(story: Story) -> dict[str, Any]:
    """What the terms ask of a page: credit and link; and what machines are told."""
    terms = story.licence
    is_elsewhere = terms.indexing is Indexing.ORIGINAL and bool(story.url)
    is_listed = is_elsewhere or terms.indexing in (Indexing.OWN, Indexing.NEWS_NOINDEX)
    is_reserved = terms.mining is Mining.RESERVED
    return {
        "via_rel": " ".join(("noopener", *terms.link_rel)),
        "canonical": story.url if is_elsewhere else "",
        "robots": (() if is_listed else ("noindex",)) + (("noai", "noimageai") if is_reserved else ()),
        "is_news": terms.indexing is not Indexing.NEWS_NOINDEX,
        "is_reserved": is_reserved,
        "is_credit_owed": bool(terms.credit) or terms.link is Link.REQUIRED,
        "is_credit_first": terms.credit_position is Position.TOP,
    }


def _instead(leave: Leave, substitute: Page | None) -> Name | None:
    """Where readers of a withdrawn story are led: to what they may know of, by headline only where they may see it."""
    if leave.public != "gone" or substitute is None:
        return None
    return Name(name=substitute.headline, url=substitute.path)


def _cut(story: Story, leave: Leave) -> tuple[str, str]:
    """Standfirst and body as far as the leave goes. An excerpt's words are counted over both together."""
    if leave.extent < Extent.EXCERPT:
        return "", ""
    standfirst, body = (images.allowed(copy, leave.images) for copy in (story.standfirst, story.body))
    if leave.extent is Extent.FULL:
        return standfirst, body
    standfirst = clean.excerpt(standfirst, leave.words)
    left = leave.words - clean.word_count(clean.text_of(standfirst))
    return standfirst, clean.excerpt(body, left) if left > 0 else ""


def _labels(story: Story) -> tuple[str, ...]:
    if story.corrected:
        return ("Corrected",)
    return ("Updated",) if _updated(story) else ()


def _updated(story: Story) -> datetime | None:
    """An update is told only where it is later than the story itself."""
    if story.updated and story.updated > (story.published or story.order):
        return story.updated
    return None


def _direction(language: str, headline: str) -> Direction:
    """As the language is written, or most of the headline is: feeds often name no language, or their software's."""
    tag = language.lower()
    if tag in _RIGHT_TO_LEFT or tag.split("-")[0] in _RIGHT_TO_LEFT:
        return "rtl"
    if headline.isascii():
        return "ltr"
    ways = Counter(bidirectional(letter) for letter in headline)
    return "rtl" if ways["R"] + ways["AL"] > ways["L"] else "ltr"
