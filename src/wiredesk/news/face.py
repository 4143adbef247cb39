"""The face of a story: what one item gives readers to see, cleaned and capped, before rights cut it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wiredesk.news import clean, links, terms
from wiredesk.news.item import Date, Item

MAX_HEADLINE = 400
MAX_TAGS = 12
MAX_TAG = 60
MAX_NOTICES = 3
STANDFIRST_WORDS = 80
# A date such as 0001-01-01 or 1970 is how databases write "none"; it is not one that cannot be read.
_NO_DATE = re.compile(r"(?:0\d{3}|19[0-8]\d)-\d\d.{0,80}|.{0,20}\s(?:0\d{3}|19[0-8]\d)\s\d\d:\d\d.{0,20}")
_BARE_WORDS = 12  # of the text that stand in for a headline that was not sent
MAX_BARE = 100  # characters of it, since not every script has spaces


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """`standfirst` and `body` are safe HTML by clean.POLICY, `text` is both as plain text, `copy` without what another
    publisher would put in front; times are aware UTC. `terms` are words of news.terms.
    """

    headline: str
    slug: str
    standfirst: str = ""
    body: str = ""
    text: str = ""
    copy: str = ""
    byline: str = ""
    dateline: str = ""
    language: str = ""
    url: str = ""
    credit: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    embargo: datetime | None = None
    embargo_open: bool = False
    expiry: datetime | None = None


def face(item: Item, *, base: str) -> Face:
    """The face of an item; relative links in its HTML count from `base` where the item has no address itself."""
    base = item.body_base or item.url or base
    body = clean.safe_html(item.body, base=base)
    body_text = clean.text_of(body)
    standfirst = standfirst_over(clean.safe_html(item.summary, base=base), body_text)
    text = f"{clean.text_of(standfirst)}\n{body_text}".strip()
    headline = clean.plain(item.headline, MAX_HEADLINE) or _bare_headline(text, item.url)
    return Face(
        headline=headline,
        slug=links.slug(headline),
        standfirst=standfirst,
        body=body,
        text=text,
        copy=body_text or text,
        byline=clean.plain(item.byline or _names(item), 200),
        dateline=_dateline(item, body_text),
        language=clean.plain(item.language, 35),
        url=item.url,
        credit=_distinct((clean.plain(credit.name, 120) for credit in item.credit), 5),
        notices=_distinct((clean.plain(right.notice or right.terms, 300) for right in item.rights), MAX_NOTICES),
        terms=terms.stated(item) if item.rights or item.extra or item.links else (),
        tags=_tags(item),
        published=_utc(item.published),
        updated=_utc(item.updated),
        embargo=None if isinstance(item.embargo, str) else _utc(item.embargo),
        embargo_open=_is_open(item.embargo),
        expiry=_utc(item.expiry),
    )


def _is_open(embargo: Date | Literal["undefined"] | None) -> bool:
    """Whether nobody can say when an embargo ends: it was sent without a time, or with one that cannot be read."""
    if embargo is None or embargo == "undefined":
        return embargo is not None
    return embargo.utc is None and not _NO_DATE.fullmatch(embargo.raw)


def _dateline(item: Item, body_text: str) -> str:
    """The dateline, unless the copy begins with it itself, as that of text wires does."""
    said = clean.plain(item.dateline, 120)
    return "" if said and body_text.casefold().startswith(said.rstrip(" -–—").casefold()) else said


def standfirst_over(summary: str, body_text: str) -> str:
    """The summary, unless it only says the beginning of the body; never longer than a standfirst is."""
    said = clean.text_of(summary)
    if not said or body_text.startswith(said.rstrip(" .…")):
        return ""
    return clean.excerpt(summary, STANDFIRST_WORDS)


def _bare_headline(text: str, url: str) -> str:
    words = text.split()
    if words:
        return clean.plain(" ".join(words[:_BARE_WORDS]), MAX_BARE) + ("…" if len(words) > _BARE_WORDS else "")
    return clean.plain(url.partition("://")[2], MAX_HEADLINE) or "Untitled"


def _names(item: Item) -> str:
    """The authors by name; those who only contributed, and addresses standing for names, are left out."""
    writers = (person.name for person in item.authors if person.role in ("", "author", "creator"))
    return ", ".join(_distinct((name for name in writers if "@" not in name), 5))


def _tags(item: Item) -> tuple[str, ...]:
    """The topics that the copy names; a code without a name says nothing to readers."""
    names = (clean.plain(subject.name, MAX_TAG + 1) for subject in item.subjects)
    return _distinct((name for name in names if 1 < len(name) <= MAX_TAG and "://" not in name), MAX_TAGS)


def _distinct(names: Iterable[str], most: int) -> tuple[str, ...]:
    """The first few names that are not empty and differ in more than case."""
    found: dict[str, str] = {}
    for name in names:
        if name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:most]


def _utc(date: Date | None) -> datetime | None:
    return date.utc if date else None
