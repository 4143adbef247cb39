"""The choice of fields: what the feed said first, then the page's JSON-LD, its OpenGraph, the extractor's guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from wiredesk.news import clean
from wiredesk.news.formats.reading import dates
from wiredesk.news.schema_org import Article
from wiredesk.news.webpage import Facts, Field, From, Own

FIELDS = ("headline", "byline", "published", "image")
# The names under which pages say it in their head, OpenGraph's own first (ogp.me), then what newsrooms use besides.
META: Mapping[str, tuple[str, ...]] = {
    "headline": ("og:title", "twitter:title", "parsely-title", "dc.title", "citation_title"),
    "byline": ("article:author", "author", "byl", "parsely-author", "sailthru.author", "dc.creator", "citation_author"),
    "published": (
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dc.date",
        "date",
        "pubdate",
        "datepublished",
    ),
    "image": ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"),
}
MAX_HEADLINE, MAX_BYLINE = 400, 200
_PARTED = re.compile(r"\s[|–—·:»-]\s")
MAX_SITE = 60  # characters
_BY = re.compile(r"by:?\s", re.IGNORECASE)


def chosen(own: Own, article: Article, url: str, feed: Mapping[str, str] | None = None) -> Facts:
    """The fields of a page at `url`, each from the first place that has it. `feed` has those that the feed gave."""
    places: list[tuple[From, Callable[[str], str]]] = [
        ("feed", lambda name: (feed or {}).get(name, "")),
        ("JSON-LD", lambda name: str(getattr(article, name))),
        ("OpenGraph", lambda name: next(filter(None, (own.meta.get(key, "") for key in META[name])), "")),
        ("extractor", lambda name: own.guesses.get(name, "")),
    ]
    found: dict[str, Field] = {}
    for name in FIELDS:
        said = ((_CLEANED[name](value(name), own, url), place) for place, value in places)
        found[name] = next((Field(value=value, source=place) for value, place in said if value), Field())
    date = dates.read(found["published"].value)
    if date and date.utc:
        moment = date.utc.strftime("%Y-%m-%dT%H:%M:%SZ")
        found["published"] = Field(value=moment, source=found["published"].source)
    return Facts(**found, date=date)


def without_site(title: str, site: str) -> str:
    """A title without the name of its site at the end: the part behind the last bar or dash, where it says that name.

    Where the page does not name its site, a bar is enough.
    """
    parted = next(iter([*_PARTED.finditer(title)][-1:]), None)
    if not parted or len(title) - parted.end() > MAX_SITE:
        return title
    last = title[parted.end() :].casefold()
    is_site = (site and (site.casefold() in last or last in site.casefold())) or (not site and "|" in parted[0])
    return title[: parted.start()].rstrip() if is_site else title


def _headline(said: str, own: Own, url: str) -> str:
    return without_site(clean.plain(clean.text_of(said) if "&" in said else said, MAX_HEADLINE), _site(own))


def _byline(said: str, own: Own, url: str) -> str:
    """Names only: pages also give addresses of profiles, and their own name."""
    line = _BY.sub("", clean.plain(said, MAX_BYLINE), count=1) if _BY.match(said) else clean.plain(said, MAX_BYLINE)
    if "://" in line or line.startswith(("www.", "@")):
        return ""
    return "" if line.casefold() == _site(own).casefold() else line


def _published(said: str, own: Own, url: str) -> str:
    date = dates.read(said)
    return date.raw if date and date.utc else ""


def _image(said: str, own: Own, url: str) -> str:
    return clean.web_address(said, url)


def _site(own: Own) -> str:
    return clean.plain(own.meta.get("og:site_name", ""), 60)


_CLEANED: Mapping[str, Callable[[str, Own, str], str]] = {
    "headline": _headline,
    "byline": _byline,
    "published": _published,
    "image": _image,
}
