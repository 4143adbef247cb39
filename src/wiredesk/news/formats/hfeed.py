"""h-feed and h-entry: a page that is its own feed (microformats.org/wiki/h-feed, h-entry; classic hAtom too).

It is over 300 lines since every property of the vocabulary has a small reader of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading import hentry, html
from wiredesk.news.formats.reading import microformats as mf
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.formats.reading.feed import feed_fields
from wiredesk.news.formats.reading.finish import MAX_ITEMS, Read, finish
from wiredesk.news.item import Link, Rights

MAX_PAGE = 5 * 2**20
MAX_LINKS = 200
_MARKS = ("h-entry", "h-feed", "hentry")
_QUOTED = ("h-entry", "h-cite")  # copy inside an entry is somebody else's, or an answer to it
_RELS = frozenset("alternate canonical first hub icon license next prev previous self".split())


def may_be(page: str) -> bool:
    """A cheap first look at a page's characters."""
    return any(mark in page for mark in _MARKS)


def sniff(page: html.Page, *, also_classic: bool = True) -> bool:
    """Whether a page holds a feed or an entry; `also_classic`: those by the names of older themes count too."""
    return any(
        mf.root_of(one) in ("h-feed", "h-entry") and (also_classic or not mf.is_classic(one))
        for one in page.root.iter("*")
        if one.get("class")
    )


def read(page: str) -> html.Page | None:
    """The elements of a page, None if there are none. Raises NewsError if it is too large."""
    if len(page) > MAX_PAGE:
        raise NewsError(f"HTML page larger than {MAX_PAGE // 2**20} MB")
    return html.read(page)


def items(page: html.Page, context: Context) -> Read:
    """The first h-feed that has entries, else all entries of the page as a feed that has the page's title."""
    root = page.root
    base = next((one.get("href") for one in root.iter("base") if one.get("href")), "")
    if base:
        context.stand_on(base)
    if page.is_cut:
        context.note("cut", f"only the first {html.MAX_ELEMENTS} elements of the page, no deeper than {html.MAX_DEPTH}")
    around = next((one for one in mf.inside(root, "h-feed", but_not_in=_QUOTED) if _entries(one)), None)
    entries = _entries(root if around is None else around)
    if around is not None and len(_entries(root)) > len(entries):
        context.note("other-feeds", "entries outside the first h-feed were not read")
    cut = len(entries) > MAX_ITEMS
    if cut:
        context.note("too-many-items", f"only the first {MAX_ITEMS} of {len(entries)} items were read")
    read_ = [mf.read(entry) for entry in entries[:MAX_ITEMS]]
    stones = [hentry.tombstone(one, context) for one in read_ if "deleted" in one.properties]
    drafts = [hentry.item(one, context) for one in read_ if "deleted" not in one.properties]
    feed = feed_fields(_feed(root, around, context), context)
    return finish(
        feed, drafts, context, format_="h-feed", cut=cut or page.is_cut, stones=(one for one in stones if one.guid)
    )


def _entries(element: etree._Element) -> list[etree._Element]:
    return list(mf.inside(element, "h-entry", but_not_in=_QUOTED))


def _feed(page: etree._Element, around: etree._Element | None, context: Context) -> Draft:
    """What the h-feed says of itself; for the rest, and without one, what the page does."""
    draft = Draft()
    if around is not None:
        found = mf.read(around)
        draft.set("title", mf.line_of(said.element) if (said := found.first("name")) else "", "h-feed/p-name")
        draft.set("subtitle", mf.line_of(said.element) if (said := found.first("summary")) else "", "h-feed/p-summary")
        draft.set("url", hentry.address(found.first("url"), context), "h-feed/u-url")
        draft.set("guid", hentry.identifier(found, context), "h-feed/u-uid")
        draft.set("image", hentry.address(found.first("photo"), context), "h-feed/u-photo")
        for author in found.properties.get("author", ()):
            draft.add("authors", hentry.person(author, context), "h-feed/p-author")
    title = next(page.iter("title"), None)
    draft.set("title", mf.line_of(title) if title is not None else "", "title")
    draft.set("language", hentry.language(page if around is None else around), "@lang")
    for link in _page_links(page, context):
        draft.add("links", link, "link")
        if link.rel == "license":
            draft.add("rights", Rights(scope="feed", licence=link.href), "link")
        elif link.rel == "canonical":
            draft.set("url", link.href, "link")
        elif link.rel == "icon":
            draft.set("icon", link.href, "link")
    draft.set("url", context.url, "page")
    return draft


def _page_links(page: etree._Element, context: Context) -> Iterator[Link]:
    """Links of the page that say something of all of it: its hub, its next page, its licence."""
    count = 0
    for one in page.iter("link", "a"):
        rels = one.get("rel", "")[:200].lower().split()
        for rel in rels:
            # <a rel=alternate> and its like stand at entries as well and say nothing of the page
            if rel in _RELS and (one.tag == "link" or rel in ("next", "prev", "previous", "license")):
                href = context.address(one.get("href"), one)
                if href and count < MAX_LINKS:
                    count += 1
                    yield Link(rel=rel, href=href, type=one.get("type", "").strip()[:100])
