"""What a document says about itself: feed-level elements that RSS and Atom share or RSS has alone."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from wiredesk.news.formats.reading import common
from wiredesk.news.formats.reading.draft import Context, Draft, Handler, date_setter, setter
from wiredesk.news.formats.reading.names import canonical
from wiredesk.news.formats.reading.text import attributes, inner_of, is_markup, plain_of, text_of
from wiredesk.news.item import Rights, Subject


def _title(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    html = inner_of(element)
    if is_markup(html):
        draft.fields.setdefault("title_html", html)
    draft.set("title", plain_of(html) if is_markup(html) else " ".join(html.split()), "title")


def _description(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    html = inner_of(element)
    draft.set("subtitle", plain_of(html) if is_markup(html) else html, "description")


def _link(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.set("url", context.address(text_of(element) or element.get("href"), element), "link")


def _image(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """RSS <image><url>, itunes:image href."""
    url = next((text_of(child) for child in element if canonical(child.tag) == "url"), "")
    draft.set("image", context.address(url or element.get("href") or text_of(element), element), "image")


def _address(field: str) -> Handler:
    def handle(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
        draft.set(field, context.address(text_of(element), element), field)

    return handle


def _number(field: str) -> Handler:
    def handle(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
        text = text_of(element)
        if re.fullmatch(r"\d{1,7}", text):
            draft.set(field, int(text), field)

    return handle


def _skip_hours(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    for child in element:
        hour = text_of(child)
        if hour.isdecimal() and int(hour) <= 24:
            draft.lists.setdefault("skip_hours", []).append(int(hour) % 24)


def _skip_days(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    for child in element:
        draft.add("skip_days", text_of(child)[:20], "skipDays")


def _cloud(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.fields.setdefault("cloud", {key: value[:400] for key, value in list(attributes(element).items())[:10]})


def _category(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.add("categories", common.category(element), path)


def _itunes_category(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    for found in common.itunes_categories(element):
        draft.add("categories", found, path)


def _keywords(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """itunes:keywords: words between commas."""
    for word in text_of(element).split(",")[:50]:
        draft.add("categories", Subject(name=word.strip()) if word.strip() else None, "itunes:keywords")


def _flag(field: str) -> Handler:
    def handle(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
        draft.fields[field] = True

    return handle


def _generator(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.set("generator", text_of(element) or element.get("uri", ""), "generator")


def feed_fields(draft: Draft, context: Context) -> dict[str, Any]:
    """The fields of FeedInfo: what the links mean is set, rights are the feed's."""
    links = draft.lists.get("links", [])
    first: dict[str, str] = {}
    for link in links:
        first.setdefault(link.rel, link.href)
    pages = [link.href for link in links if link.rel == "alternate" and link.type in ("", "text/html")]
    draft.set("url", next(iter(pages), first.get("alternate", "")), "atom:link")
    draft.set("self_url", first.get("self", ""), "atom:link")
    draft.set("next", first.get("next", ""), "atom:link")
    draft.set("prev", first.get("prev-archive") or first.get("previous") or first.get("prev", ""), "atom:link")
    hubs = [link.href for link in links if link.rel == "hub"]
    fields = draft.finished()
    if hubs:
        fields["hubs"] = tuple(hubs)
    fields["rights"] = tuple(_of_feed(one) for one in fields.get("rights", ()))
    known = ("guid", "language", "published", "updated")
    names = FIELDS.union(known)
    return {name: value for name, value in fields.items() if name in names}


def _of_feed(rights: Rights) -> Rights:
    return Rights(scope="feed", holder=rights.holder, notice=rights.notice, licence=rights.licence)


FIELDS = frozenset(
    "title title_html subtitle url self_url links hubs next prev complete archive rights image icon logo authors "
    "generator ttl update_period update_frequency update_base skip_hours skip_days cloud categories extra".split()
)
FEED_HANDLERS: dict[str, Handler] = {
    "title": _title,
    "dc:title": _title,
    "link": _link,
    "atom:link": common.link,
    "description": _description,
    "dc:description": _description,
    "tagline": _description,
    "language": setter("language"),
    "dc:language": setter("language"),
    "copyright": common.rights,
    "dc:rights": common.rights,
    "atom:rights": common.rights,
    "dcterms:rights": common.rights,
    "cc:license": common.licence,
    "creativeCommons:license": common.licence,
    "image": _image,
    "itunes:image": _image,
    "atom:icon": _address("icon"),
    "atom:logo": _address("logo"),
    "managingEditor": common.author,
    "author": common.author,
    "dc:creator": common.author,
    "dc:author": common.author,
    "itunes:author": common.author,
    "dc:contributor": common.contributor,
    "generator": _generator,
    "atom:generator": _generator,
    "ttl": _number("ttl"),
    "sy:updatePeriod": setter("update_period"),
    "sy:updateFrequency": setter("update_frequency"),
    "sy:updateBase": setter("update_base"),
    "skipHours": _skip_hours,
    "skipDays": _skip_days,
    "cloud": _cloud,
    "category": _category,
    "dc:subject": _category,
    "itunes:category": _itunes_category,
    "itunes:keywords": _keywords,
    "fh:complete": _flag("complete"),
    "fh:archive": _flag("archive"),
    "pubDate": date_setter("published"),
    "dc:date": date_setter("published"),
    "dcterms:issued": date_setter("published"),
    "dcterms:created": date_setter("published"),
    "lastBuildDate": date_setter("updated"),
    "dcterms:modified": date_setter("updated"),
    "atom:updated": date_setter("updated"),
    "atom:modified": date_setter("updated"),
    "atom:id": setter("guid"),
}
