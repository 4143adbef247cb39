"""Bytes to a Delivery: caps, decode, repair, detect, then one file a format. Values in, values out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from lxml import etree
from msgspec.structs import replace

from wiredesk.news.errors import NewsError, NotAFeed
from wiredesk.news.formats import (
    anpa,
    atom,
    hfeed,
    house,
    iptc7901,
    jsonfeed,
    mail,
    newsml1,
    newsmlg2,
    ninjs,
    nitf,
    rss,
    sitemap,
)
from wiredesk.news.formats.reading import decode, finish, html, repair, text, urls
from wiredesk.news.formats.reading.draft import Context
from wiredesk.news.formats.reading.finish import Read
from wiredesk.news.item import Delivery, Item, Note, as_plain
from wiredesk.news.profile import Profile

PARSER = "3"  # raised whenever the same bytes may give other values
DEFAULT = Profile()
MESSAGES = frozenset(("iptc7901", "anpa"))  # one transmission a document: the same again is said to have come again
MAX_FEED = 10 * 2**20
MAX_WIRE = 50 * 2**20
MAX_DEPTH = 64
_XML_FORMATS: tuple[tuple[Callable[[etree._Element], bool], Callable[[etree._Element, Context], Read]], ...] = (
    (rss.sniff, rss.items),
    (atom.sniff, atom.items),
    (newsmlg2.sniff, newsmlg2.items),
    (nitf.sniff, nitf.items),
    (newsml1.sniff, newsml1.items),
    (sitemap.sniff, sitemap.items),
)
# Text formats: told by their bytes, decoded as the profile says, read as text; a profile names charsets by the name.
_TEXT_FORMATS: tuple[tuple[str, Callable[[bytes], bool], Callable[[str, Context], Read]], ...] = (
    ("anpa1312", anpa.sniff, anpa.items),
    ("iptc7901", iptc7901.sniff, iptc7901.items),
)
_JSON_FORMATS: tuple[tuple[Callable[[Any, Profile], bool], Callable[[Any, Context], Read]], ...] = (
    (jsonfeed.sniff, jsonfeed.items),
    (ninjs.sniff, ninjs.items),
    (house.sniff, house.items),
)
# Possessive: comments in a row could otherwise be parted in more ways than there is time to try.
_COMMENTS = r"[\ufeff\s]{0,200}+(?:<!--(?>.{0,2000}?-->)\s{0,200}+){0,20}+"
_HTML = re.compile(  # behind an XML declaration the root decides: feeds have been seen with the document type of HTML
    rf"{_COMMENTS}<(?:!doctype\s{{1,20}}html|html|head|body)\b|"
    rf"\s{{0,200}}<\?xml\b[^<>]{{0,200}}>{_COMMENTS}(?:<!doctype\b[^<>]{{0,400}}>{_COMMENTS})?<html\b",
    re.IGNORECASE | re.DOTALL,
)
_SURROGATE = re.compile(r"\\u[dD]")
_OFFER = re.compile(r"<link\b[^<>]{0,1000}>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_HREF = re.compile(r"href\s{0,5}=\s{0,5}[\"']?([^\"'\s<>]{1,2000})", re.IGNORECASE)


def parse(body: bytes, *, content_type: str = "", url: str = "", profile: Profile | None = None) -> Delivery:
    """Read what was delivered. Raises NewsError with a plain reason if there is nothing to be read.

    And nothing else.
    """
    profile = profile or DEFAULT
    if mail.sniff(body, content_type):
        return _read_mail(body, Context(url=url, profile=profile))
    return _parse(body, content_type, url, profile)


def _read_mail(body: bytes, context: Context) -> Delivery:
    """A mail: the documents in it are read as if they had come alone; a mail in a mail is not opened."""
    if len(body) > MAX_WIRE:
        raise NewsError(f"larger than {MAX_WIRE // 2**20} MB")
    read = mail.items(body, context, lambda part, type_: _parse(part, type_, "", context.profile))
    return _delivered(body, read, None, decode.UTF_8, context)


def _parse(body: bytes, content_type: str, url: str, profile: Profile) -> Delivery:
    if not body or body.isspace():
        raise NewsError("empty")
    context = Context(url=url, profile=profile, has_base=False, has_lang=False)
    for name, sniff, items in _TEXT_FORMATS:
        if sniff(body):
            return _read_wire(body, name, items, context)
    if len(body) > MAX_FEED:
        raise NewsError(f"larger than {MAX_FEED // 2**20} MB")
    if b" xml:" in body:
        context.has_base, context.has_lang = b"xml:base" in body, b"xml:lang" in body
    declared = decode.declared_in(body)
    named = declared or decode.charset_of(content_type)
    is_page = _HTML.match(body[:8192].decode("utf-8", "replace")) is not None
    tree = repair.strict(body) if not is_page and _looks_like_xml(body, named) else None
    if tree is None:
        return _climbed(body, content_type, profile, context)
    plain = decode.UTF_8
    if declared not in ("", "utf-8") and not body.isascii():
        plain = replace(plain, notes=(decode.overridden(declared, "utf-8"),))
    return _delivered(body, _read(tree, context, url), tree, plain, context)


def _read_wire(body: bytes, name: str, items: Callable[[str, Context], Read], context: Context) -> Delivery:
    """A text wire: undeclared text, in the charset of its agency."""
    if len(body) > MAX_WIRE:
        raise NewsError(f"larger than {MAX_WIRE // 2**20} MB")
    charset = context.profile.charset_of(name) or context.profile.charset_of("iptc7901")
    decoded = decode.wire(body, charset)
    return _delivered(body, items(decoded.text, context), None, decoded, context)


def _looks_like_xml(body: bytes, named: str) -> bool:
    """Whether the short way is open: markup, in no encoding that hides behind ASCII."""
    return body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and not (named and decode.STATEFUL.match(named))


def _climbed(body: bytes, content_type: str, profile: Profile, context: Context) -> Delivery:
    """The long way: decode, then JSON or every rung of the repair ladder."""
    content_type = content_type if decode.charset_of(content_type) else html.charset_in(body)
    decoded = decode.decode(body, content_type=content_type, charset=profile.charset_of("xml"))
    start = decoded.text.lstrip("\ufeff \t\r\n")[:1]
    if start and start in "{[":
        read = _read_json(decoded.text, context)
        return _delivered(body, read, None, decoded, context)
    if _HTML.match(decoded.text[:8192]):
        return _delivered(body, _read_page(decoded.text, context), None, decoded, context)
    if "<" not in decoded.text[:65536]:
        raise NewsError("not a feed")
    context.has_base, context.has_lang = "xml:base" in decoded.text, "xml:lang" in decoded.text
    tree = repair.climb(decoded.text)
    return _delivered(body, _read(tree, context, context.url, decoded.text), tree, decoded, context)


def _read(tree: repair.Repaired, context: Context, url: str, page: str = "") -> Read:
    """Give the tree to the format whose root it has."""
    for sniff, items in _XML_FORMATS:
        if sniff(tree.root):
            return items(tree.root, context)
    if house.sniff_xml(tree.root, context.profile):
        return house.items_xml(tree.root, context)
    name = text.local(tree.root).lower()
    page = page or etree.tostring(tree.root, encoding="unicode", method="html")
    if name == "html" or hfeed.may_be(page):
        return _read_page(page, context)
    raise NotAFeed(f"not a feed: the document is <{name[:40]}>")


def _read_page(page: str, context: Context) -> Read:
    """A page that is its own feed. One that names feeds is read as such only if it says so by names of today."""
    offers = _offers(page, context.url)
    tree = hfeed.read(page) if hfeed.may_be(page) else None
    if tree is None or not hfeed.sniff(tree, also_classic=not offers):
        said = f"; it names {', '.join(offers[:5])}" if offers else ""
        raise NotAFeed(f"HTML page, not a feed{said}", tuple(offers))
    if offers:
        context.note("feeds-named", f"the page names {', '.join(offers[:5])}")
    return hfeed.items(tree, context)


def _read_json(document: str, context: Context) -> Read:
    try:
        value = json.loads(document.lstrip("\ufeff"))
        if _SURROGATE.search(document):  # half a surrogate pair is no character
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise NewsError("not a feed: the JSON cannot be read") from None
    if _is_too_deep(value):
        raise NewsError(f"not a feed: JSON deeper than {MAX_DEPTH} levels")
    for sniff, items in _JSON_FORMATS:
        if sniff(value, context.profile):
            return items(value, context)
    raise NewsError("JSON, not a feed")


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True


def _offers(page: str, url: str) -> list[str]:
    """The feeds a page names; the address followed is not changed by itself."""
    offers = []
    for link in _OFFER.findall(page[:200_000]):
        href = _HREF.search(link)
        if href and _FEED_TYPE.search(link) and "alternate" in link.lower():
            offers.append(urls.absolute(href[1], url) or href[1])
    return offers


def _delivered(
    body: bytes, read: Read, tree: repair.Repaired | None, decoded: decode.Decoded, context: Context
) -> Delivery:
    items = read.items
    lossy = decoded.lossy or read.cut
    notes = list(decoded.notes)
    if tree is not None:
        lossy = lossy or tree.lossy
        notes += tree.notes
        items = finish.damaged(items, tree.truncated)
        if tree.has_c1:
            items = tuple(_without_c1(item) for item in items)
            notes.append(Note(code="c1", text="C1 characters were read as cp1252"))
    return Delivery(
        feed=read.feed,
        items=items,
        tombstones=read.tombstones,
        notes=(*notes, *context.notes),
        format=read.format,
        encoding=decoded.encoding,
        how=decoded.how,
        lossy=lossy,
        sha256=sha256(body).hexdigest(),
        parser=PARSER,
    )


_TEXT_FIELDS = ("headline", "headline_html", "headline_raw", "summary", "body", "byline")
_clean: Callable[[str], str] = text.without_c1


def _without_c1(item: Item) -> Item:
    return replace(item, **{name: _clean(value) for name in _TEXT_FIELDS if (value := getattr(item, name))})


def as_json(delivery: Delivery) -> dict[str, Any]:
    """A delivery as one JSON object: FORMATS' field names, dates as {raw, utc, how}, empty fields left out."""
    always = {"guid": "", "guid_kind": "made", "headline": "", "url": "", "status": "usable", "lossy": False}
    return {
        "format": delivery.format,
        "encoding": delivery.encoding,
        "how": delivery.how,
        "lossy": delivery.lossy,
        "sha256": delivery.sha256,
        "feed": as_plain(delivery.feed),
        "items": [{**always, **as_plain(item)} for item in delivery.items],
        "tombstones": as_plain(delivery.tombstones),
        "notes": as_plain(delivery.notes),
    }
