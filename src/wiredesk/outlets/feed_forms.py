"""Pages as Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, each with its source, rights and licence.

What we send is clean.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from lxml import etree

from wiredesk.desk.tombstones import Withdrawn
from wiredesk.news.page import Page

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
DC = "http://purl.org/dc/elements/1.1/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
RSL = "application/rsl+xml"  # what machines may do, for copy that is reserved from mining
LICENCE = "http://backend.userland.com/creativeCommonsRssModule"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed to be written: `site` is our address without an end slash, `path` the page that shows the same stories."""

    title: str
    site: str
    path: str
    form: str
    pages: tuple[Page, ...]
    gone: tuple[Withdrawn, ...] = ()

    @property
    def self_url(self) -> str:
        """Where the feed itself is."""
        return f"{self.site}{self.path}feed.{self.form}"

    @property
    def updated(self) -> datetime | None:
        """The last change of anything in it."""
        moments = [changed(page) for page in self.pages] + [one.at for one in self.gone]
        return max(moments, default=None)


def changed(page: Page) -> datetime:
    """When a page last changed."""
    moment = page.updated or page.published
    assert moment  # noqa: S101  a shown page has a time
    return moment


def permanent_id(page: Page, site: str) -> str:
    """A story's id for ever: its short link, which no new headline changes."""
    return f"{site}/s/{page.code}"


def with_credit(page: Page) -> str:
    """What a feed's reader is shown, with the credit that belongs to it."""
    copy = f"{page.standfirst}{page.body}"
    if not (copy and page.is_credit_owed):
        return copy
    link = f' <a href="{escape(page.via)}" rel="{page.via_rel}">The original</a>' if page.via else ""
    owed = f"<p>{escape(page.credit_line)}{link}</p>"
    return owed + copy if page.is_credit_first else copy + owed


def _byline(page: Page) -> str:
    return page.byline or page.source.name


def atom(document: Document) -> bytes:
    """RFC 4287: each entry with atom:source, rights, and links to the original (via), and the licence (RFC 4946).

    What was withdrawn stands there as a tombstone (RFC 6721), which gives its id and nothing else.
    """
    names: dict[str | None, str] = {None: ATOM, "at": TOMBSTONES} if document.gone else {None: ATOM}
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=names)
    _atom(root, "title", document.title)
    _atom(root, "id", document.self_url)
    _atom(root, "link", rel="self", href=document.self_url, type="application/atom+xml")
    _atom(root, "link", rel="alternate", href=f"{document.site}{document.path}", type="text/html")
    _atom(root, "updated", _rfc3339(document.updated) if document.updated else "1990-01-01T00:00:00Z")
    _atom(_atom(root, "author"), "name", document.title)
    for page in document.pages:
        _atom_entry(root, page, document.site)
    for one in document.gone:
        told = {"ref": f"{document.site}/s/{one.code}", "when": _rfc3339(one.at)}
        etree.SubElement(root, f"{{{TOMBSTONES}}}deleted-entry", told)
    return _bytes(root)


def _atom_entry(root: etree._Element, page: Page, site: str) -> None:
    entry = _atom(root, "entry")
    if page.language:
        entry.set("{http://www.w3.org/XML/1998/namespace}lang", _clean(page.language))
    _atom(entry, "title", page.headline)
    _atom(entry, "id", permanent_id(page, site))
    _atom(entry, "link", rel="alternate", href=f"{site}{page.path}", type="text/html")
    if page.via:
        _atom(entry, "link", rel="via", href=page.via)
    if page.licence.url:
        _atom(entry, "link", rel="license", href=page.licence.url)
    if page.is_reserved:
        _atom(entry, "link", rel="license", type=RSL, href=f"{site}/story/{page.id}/licence.xml")
    if page.published:
        _atom(entry, "published", _rfc3339(page.published))
    _atom(entry, "updated", _rfc3339(changed(page)))
    _atom(_atom(entry, "author"), "name", _byline(page))
    for tag in page.tags:
        _atom(entry, "category", term=tag.name)
    _atom(entry, "rights", "\n".join((page.credit_line, *page.notices)))
    source = _atom(entry, "source")
    _atom(source, "title", f"{page.source.name}, {page.feed}" if page.feed else page.source.name)
    _atom(source, "id", f"{site}/source/{page.source.slug}/")
    _atom(source, "updated", _rfc3339(changed(page)))
    if page.source.url:
        _atom(source, "link", rel="alternate", href=page.source.url)
    if page.is_whole and with_credit(page):
        _atom(entry, "content", with_credit(page), type="html")
    elif page.snippet:
        _atom(entry, "summary", page.snippet)


def _atom(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", {key: _clean(value) for key, value in attributes.items()})
    element.text = _clean(text) or None
    return element


def rss(document: Document) -> bytes:
    """RSS 2.0 with atom:link, dc:creator, dc:rights, content:encoded and a licence."""
    names = {"atom": ATOM, "dc": DC, "content": CONTENT, "creativeCommons": LICENCE}
    root = etree.Element("rss", version="2.0", nsmap=names)
    channel = etree.SubElement(root, "channel")
    _rss(channel, "title", document.title)
    _rss(channel, "link", f"{document.site}{document.path}")
    _rss(channel, "description", document.title)
    etree.SubElement(channel, f"{{{ATOM}}}link", rel="self", href=document.self_url, type="application/rss+xml")
    if document.updated:
        _rss(channel, "lastBuildDate", format_datetime(document.updated))
    for page in document.pages:
        _rss_item(etree.SubElement(channel, "item"), page, document.site)
    return _bytes(root)


def _rss_item(item: etree._Element, page: Page, site: str) -> None:
    _rss(item, "title", page.headline)
    _rss(item, "link", f"{site}{page.path}")
    _rss(item, "guid", permanent_id(page, site)).set("isPermaLink", "true")
    if page.published:
        _rss(item, "pubDate", format_datetime(page.published))
    _rss(item, f"{{{DC}}}creator", _byline(page))
    for tag in page.tags:
        _rss(item, "category", tag.name)
    origin = page.source.url or f"{site}/source/{page.source.slug}/"
    _rss(item, "source", f"{page.source.name}, {page.feed}" if page.feed else page.source.name).set(
        "url", _clean(origin)
    )
    _rss(item, f"{{{DC}}}rights", "\n".join((page.credit_line, *page.notices)))
    if page.licence.url:
        _rss(item, f"{{{LICENCE}}}license", page.licence.url)
    if page.is_reserved:
        licence = f"{site}/story/{page.id}/licence.xml"
        etree.SubElement(item, f"{{{ATOM}}}link", rel="license", type=RSL, href=_clean(licence))
    if page.via:
        etree.SubElement(item, f"{{{ATOM}}}link", rel="via", href=_clean(page.via))
    if page.snippet:
        _rss(item, "description", page.snippet)
    if page.is_whole and with_credit(page):
        _rss(item, f"{{{CONTENT}}}encoded", with_credit(page))


def _rss(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, name)
    element.text = _clean(text)
    return element


def json_feed(document: Document) -> bytes:
    """JSON Feed 1.1; source, rights and licence stand in the extension _wiredesk."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": document.title,
        "home_page_url": f"{document.site}{document.path}",
        "feed_url": document.self_url,
        "items": [_json_item(page, document.site) for page in document.pages],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _json_item(page: Page, site: str) -> dict[str, Any]:
    item = {
        "id": permanent_id(page, site),
        "url": f"{site}{page.path}",
        "external_url": page.via,
        "title": page.headline,
        "summary": page.snippet,
        "content_html": with_credit(page) if page.is_whole else "",
        "content_text": "" if page.is_whole and with_credit(page) else page.snippet or page.headline,
        "date_published": _rfc3339(page.published) if page.published else "",
        "date_modified": _rfc3339(changed(page)),
        "authors": [{"name": _byline(page)}],
        "tags": [tag.name for tag in page.tags],
        "language": page.language,
        "_wiredesk": {
            "source": page.source.name,
            "source_url": page.source.url,
            "feed": page.feed,
            "rights": page.credit_line,
            "notices": list(page.notices),
            "licence": page.licence.name,
            "licence_url": page.licence.url,
            "disclosure": page.disclosure,
        },
    }
    return {key: value for key, value in item.items() if value}


def _bytes(root: etree._Element) -> bytes:
    document: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _rfc3339(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _clean(text: str) -> str:
    """Text that XML can hold."""
    return _FORBIDDEN.sub("", text)
