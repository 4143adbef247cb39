"""Templates of outlets: {{name}} stands for a piece of a story, and nothing else means anything.

No conditions, no loops, no way to reach what is not named here. IFTTT's eight ingredient names are known as well, so
that an applet's template can be moved as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from wiredesk.news import clean
from wiredesk.news.errors import NewsError
from wiredesk.news.page import Page

MAX_TEMPLATE = 20_000
_NAME = re.compile(r"\{\{[ \t]{0,8}([A-Za-z_]{1,40})[ \t]{0,8}\}\}")
_BRACES = re.compile(r"\{\{[^{}]{0,80}\}{0,2}")
_IMAGE = re.compile(r"""<img\b[^>]{0,4000}?\bsrc="([^"]{1,2000})\"""")
# IFTTT's names for what an RSS trigger gives.
ALIASES: Mapping[str, str] = {
    "EntryTitle": "headline",
    "EntryUrl": "url",
    "EntryContent": "content",
    "EntryAuthor": "author",
    "EntryPublished": "published",
    "EntryImageUrl": "image",
    "FeedTitle": "source",
    "FeedUrl": "source_url",
}
_HTML = frozenset(("content",))
NAMES = ("headline", "url", "content", "author", "published", "image", "source", "source_url", "summary", "dateline",
         "credit", "disclosure", "original", "labels")  # fmt: skip


class BadTemplate(NewsError):
    """The template cannot be used, and why."""


def check(template: str) -> str:
    """The template, if it can be used; else BadTemplate says what is wrong with it."""
    if len(template) > MAX_TEMPLATE:
        raise BadTemplate(f"A template has at most {MAX_TEMPLATE} characters.")
    for found in _BRACES.finditer(template):
        name = _NAME.match(template, found.start())
        if name is None or ALIASES.get(name[1], name[1]) not in NAMES:
            known = ", ".join((*NAMES, *ALIASES))
            raise BadTemplate(f"{found[0][:60]} means nothing in a template; there are: {known}.")
    return template


def ingredients(page: Page, url: str, *, content: str = "") -> dict[str, str]:
    """What a template may name of a shown page: `content` is safe HTML, the rest plain text. `url` is its address."""
    image = _IMAGE.search(f"{page.standfirst}{page.body}")
    return {
        "headline": page.headline,
        "url": url,
        "content": content or f"{page.standfirst}{page.body}",
        "author": page.byline or page.source.name,
        "published": f"{page.published:%Y-%m-%d %H:%M} UTC" if page.published else "",
        "image": unescape(image[1]) if image else "",
        "source": page.source.name,
        "source_url": page.source.url,
        "summary": page.snippet,
        "dateline": page.dateline,
        "credit": page.credit_line,
        "disclosure": page.disclosure,
        "original": page.via,
        "labels": ", ".join(page.labels),
    }


def as_html(template: str, given: Mapping[str, str]) -> str:
    """The template as HTML: plain text is escaped, and all of it cleaned, so that no template can undo the cleaning."""
    filled = _filled(template, {name: text if name in _HTML else escape(text) for name, text in given.items()})
    return clean.safe_html(filled, base=given.get("url", ""))


def as_text(template: str, given: Mapping[str, str]) -> str:
    """The template as plain text; HTML is read for its text."""
    return _filled(template, {name: clean.text_of(text) if name in _HTML else text for name, text in given.items()})


def _filled(template: str, given: Mapping[str, str]) -> str:
    """Each name replaced once: what stands in copy is not read as a template."""
    return _NAME.sub(lambda found: given.get(ALIASES.get(found[1], found[1]), ""), template)
