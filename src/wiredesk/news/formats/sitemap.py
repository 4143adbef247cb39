"""Sitemaps with news (sitemaps.org/protocol.html, Google's news extension): a feed of last resort.

They have headlines and addresses, no copy. A sitemap without news is refused in words, an index says where to look.
"""

from __future__ import annotations

from lxml import etree

from wiredesk.news.errors import NotAFeed
from wiredesk.news.formats.reading import dates, media
from wiredesk.news.formats.reading.draft import Context, Draft, Handlers, walk
from wiredesk.news.formats.reading.finish import MAX_ITEMS, Read, finish
from wiredesk.news.formats.reading.names import canonical
from wiredesk.news.formats.reading.text import text_of
from wiredesk.news.item import Credit, Link, Media, Subject

MAX_OFFERS = 5
_NAMES = ("sm:urlset", "sm:sitemapindex", "urlset", "sitemapindex")


def sniff(root: etree._Element) -> bool:
    """Whether a document is a sitemap or an index of them, with its namespace or, as some write it, without."""
    return canonical(root.tag) in _NAMES


def items(root: etree._Element, context: Context) -> Read:
    """The addresses that are news. Raises NotAFeed, in words, for an index and for a sitemap that has no news."""
    if _name(root.tag) == "sm:sitemapindex":
        raise _points_to_others(root, context)
    rows = [row for row in root if _name(row.tag) == "sm:url"]
    news = [row for row in rows if any(_name(child.tag) == "news:news" for child in row)]
    if not news:
        raise NotAFeed(f"a sitemap without news: it names {len(rows)} pages, but no headline or date of any")
    if len(news) > MAX_ITEMS:
        context.note("too-many-items", f"only the first {MAX_ITEMS} of {len(news)} items were read")
    if len(news) < len(rows):
        context.note("other-pages", f"{len(rows) - len(news)} pages are no news and were left out")
    drafts = [_item(row, context) for row in news[:MAX_ITEMS]]
    return finish(_feed(drafts), drafts, context, format_="sitemap", cut=len(news) > MAX_ITEMS)


def _points_to_others(root: etree._Element, context: Context) -> NotAFeed:
    """What is said of an index: it holds no items, but names sitemaps that may."""
    places = [text_of(place) for row in root for place in row if _name(place.tag) == "sm:loc"]
    offers = tuple(filter(None, (context.address(place, root) for place in places[:100])))
    likely = sorted(offers, key=lambda offer: "news" not in offer.lower())[:MAX_OFFERS]
    said = f": {', '.join(likely)}" if likely else ""
    return NotAFeed(f"a sitemap index: it holds no items but points to {len(places)} other sitemaps{said}", offers)


def _name(tag: str) -> str:
    """The canonical name; elements of a sitemap without any namespace are taken for the protocol's."""
    name = canonical(tag)
    return name if ":" in name or name.startswith("{") else f"sm:{name}"


def _feed(drafts: list[Draft]) -> dict[str, str]:
    """A sitemap says nothing of itself; where all its items are of one publication, that is whose it is."""
    names = {draft.lists["credit"][0].name for draft in drafts if "credit" in draft.lists}
    return {"title": names.pop()} if len(names) == 1 else {}


def _item(row: etree._Element, context: Context) -> Draft:
    draft = Draft()
    walk(row, URL, draft, context)
    href = draft.fields.get("url", "")
    if href:
        draft.set("guid", href, "loc")
        draft.fields["guid_kind"] = "permalink"
        draft.add("links", Link(rel="alternate", href=href), "loc")
    return draft


def _loc(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.set("url", context.address(text_of(element), element), "loc")


def _lastmod(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """<lastmod>: when the page changed, which need not be the copy, but is all there is."""
    draft.set("updated", dates.read(text_of(element), context.zone), "lastmod")


def _news(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    walk(element, NEWS, draft, context)


def _publication(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """news:publication: whose copy it is, and its language (ISO 639, with a script for Chinese)."""
    said = {_name(child.tag): text_of(child)[:400] for child in element}
    name = " ".join(said.get("news:name", "").split())
    draft.add("credit", Credit(name=name) if name else None, "news:publication/news:name")
    draft.set("language", said.get("news:language", "")[:35], "news:publication/news:language")


def _title(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.set("headline", " ".join(text_of(element).split()), path)


def _date(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.set("published", dates.read(text_of(element), context.zone), path)


def _keywords(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    media.keywords(draft, element, context, path)


def _genres(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """news:genres, no longer asked for but still written: PressRelease, Satire, Blog, OpEd, Opinion, UserGenerated."""
    for word in text_of(element).split(",")[:20]:
        draft.add("subjects", Subject(name=word.strip(), type="genre") if word.strip() else None, path)


def _image(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """image:image: a picture's address; caption, title and licence as older maps have them."""
    said = {_name(child.tag): text_of(child)[:2000] for child in element}
    href = context.address(said.get("image:loc"), element)
    if href:
        found = Media(
            href=href,
            medium="image",
            rendition="image",
            caption=said.get("image:caption", ""),
            title=said.get("image:title", ""),
            licence=said.get("image:license", ""),
        )
        draft.add("media", found, "image:image")


class SitemapHandlers(Handlers):
    """Handlers for elements that may stand without a namespace."""

    def name_of(self, tag: str) -> str:
        return _name(tag)


def _nothing(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """How often a page changes and how it ranks among its site's others says nothing of copy."""


URL = SitemapHandlers(
    {
        "sm:loc": _loc,
        "sm:lastmod": _lastmod,
        "sm:changefreq": _nothing,
        "sm:priority": _nothing,
        "news:news": _news,
        "image:image": _image,
    }
)
NEWS = SitemapHandlers(
    {
        "news:publication": _publication,
        "news:title": _title,
        "news:publication_date": _date,
        "news:keywords": _keywords,
        "news:genres": _genres,
    }
)
