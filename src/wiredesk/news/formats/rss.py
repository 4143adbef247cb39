"""RSS 0.90 to 2.0, RSS 1.0 and 1.1 (rssboard.org/rss-specification, web.resource.org/rss/1.0/spec)."""

from __future__ import annotations

from lxml import etree

from wiredesk.news.formats.reading import common, media
from wiredesk.news.formats.reading.draft import Context, Draft, Handlers, date_setter, setter, walk
from wiredesk.news.formats.reading.feed import FEED_HANDLERS, feed_fields
from wiredesk.news.formats.reading.finish import MAX_ITEMS, Read, finish
from wiredesk.news.formats.reading.names import canonical
from wiredesk.news.formats.reading.text import inner_of, is_markup, plain_of, text_of
from wiredesk.news.item import Credit, Link, Person

_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def sniff(root: etree._Element) -> bool:
    """Whether a document is RSS: by its root's meaning, whatever its prefix."""
    name = canonical(root.tag)
    return name.lower() in ("rss", "rdf:rdf", "channel") or name.endswith("}rss") or name.endswith("}RDF")


def items(root: etree._Element, context: Context) -> Read:
    """Feed and items of a document. RSS 1.0 has its items beside the channel, the others in it."""
    channel = next((child for child in root if _is(child, "channel")), root)
    context.stand_on(_link_of(channel))
    feed = Draft()
    walk((child for child in channel if not _is(child, "item")), FEED, feed, context)
    if channel is not root:
        walk((one for one in root if not _is(one, "channel") and not _is(one, "item")), FEED, feed, context)
    rows = [row for row in root.iter("{*}item", "item") if _is(row, "item") or _is_odd_item(row, root, channel)]
    if len(rows) > MAX_ITEMS:
        context.note("too-many-items", f"only the first {MAX_ITEMS} of {len(rows)} items were read")
    drafts = [_item(row, context) for row in rows[:MAX_ITEMS]]
    return finish(feed_fields(feed, context), drafts, context, cut=len(rows) > MAX_ITEMS, format_=_format(root))


def _is_odd_item(row: etree._Element, root: etree._Element, channel: etree._Element) -> bool:
    """An item in a namespace nobody knows, where an item is expected."""
    return row.getparent() in (root, channel)


def _item(row: etree._Element, context: Context) -> Draft:
    draft = Draft()
    fields = draft.fields
    walk(row, ITEM, draft, context)
    identifier = fields.pop("_identifier", "")
    if "guid" not in fields:
        _other_guid(draft, row, identifier)
    if "url" not in fields:
        _other_address(draft, context, row)
    if context.has_lang:
        common.language(draft, row)
    if "podcast" in fields and "body" not in fields:
        draft.set("summary", fields["podcast"].get("itunes:summary"), "itunes:summary")
    if context.has_base and fields.get("body"):
        fields.setdefault("body_base", context.base_of(row))
    return draft


def _other_guid(draft: Draft, row: etree._Element, identifier: str) -> None:
    """Without <guid>: rdf:about of RSS 1.0, else dc:identifier."""
    draft.set("guid", row.get(_RDF_ABOUT, "").strip(), "@rdf:about")
    draft.set("guid", identifier, "dc:identifier")
    if "guid" in draft.fields:
        draft.fields["guid_kind"] = "opaque"


def _other_address(draft: Draft, context: Context, row: etree._Element) -> None:
    """Without <link>: a guid that is a permalink, else an atom:link alternate."""
    if draft.fields.get("guid_kind") == "permalink":
        draft.set("url", context.address(draft.fields["guid"], row), "guid")
    found = next((link.href for link in draft.lists.get("links", ()) if link.rel == "alternate"), "")
    draft.set("url", found, "atom:link")


def _guid(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """RSS 2.0 <guid>: a permalink unless it says no or is no address."""
    text = text_of(element)
    if not text or "guid" in draft.fields:
        return
    says_no = element.get("isPermaLink", element.get("ispermalink", "true")).strip().lower() == "false"
    draft.set("guid", text[:2000], path)
    is_address = not says_no and text.startswith(("http://", "https://", "/"))
    draft.fields["guid_kind"] = "permalink" if is_address else "opaque"


def _link(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """RSS <link>; some write an attribute as in Atom."""
    href = context.address(text_of(element) or element.get("href"), element)
    if href:
        draft.set("url", href, path)
        draft.add("links", Link(rel="alternate", href=href), path)


def _title(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """RSS <title>: plain text by the book, HTML in practice."""
    html = inner_of(element)
    if not html or "headline" in draft.fields:
        return
    if is_markup(html):
        draft.fields["headline_html"] = html
        html = plain_of(html)
    draft.set("headline", " ".join(html.split()), path)


def _description(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """RSS <description>: the summary if there is a full text too, else the text.

    Of which nobody says how full it is.
    """
    html = inner_of(element)
    if not html:
        return
    if draft.fields.get("body_kind") == "full":
        draft.set("summary", html, path)
    elif "body" not in draft.fields:
        draft.set("body", html, path)
        draft.fields["body_kind"] = "unknown"


def _source(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """RSS 2.0 <source url>: the feed an item was taken from."""
    name, url = text_of(element), context.address(element.get("url"), element)
    draft.add("credit", Credit(name=name, url=url) if name or url else None, path)


def _identifier(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """dc:identifier: the last resort for a guid."""
    draft.fields.setdefault("_identifier", text_of(element)[:2000])


def _atom_author(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """atom:author in an RSS item."""
    said = {canonical(child.tag): text_of(child) for child in element}
    name, email, uri = said.get("atom:name", ""), said.get("atom:email", ""), said.get("atom:uri", "")
    found = Person(name=name or (text_of(element) if not said else ""), email=email, uri=uri)
    draft.add("authors", found if found != Person() else None, "atom:author")


ITEM = Handlers(
    {
        **common.HANDLERS,
        "title": _title,
        "link": _link,
        "description": _description,
        "atom:summary": _description,
        "guid": _guid,
        "dc:identifier": _identifier,
        "pubDate": date_setter("published"),
        "pubdate": date_setter("published"),
        "date": date_setter("published"),
        "atom:published": date_setter("published"),
        "atom:updated": date_setter("updated"),
        "author": common.author,
        "managingEditor": common.author,
        "atom:author": _atom_author,
        "category": common.subject,
        "comments": common.comments_page,
        "enclosure": media.enclosure,
        "source": _source,
        "copyright": common.rights,
        "atom:rights": common.rights,
        "language": setter("language"),
        "dc:title": _title,
        "dc:description": _description,
        "fullitem": common.full_text,
        "body": common.full_text,
        "content:items": Draft.keep,
    }
)
FEED = Handlers(FEED_HANDLERS)


def _link_of(channel: etree._Element) -> str:
    """The channel's own address, which relative ones count from."""
    for child in channel:
        if _is(child, "link") and text_of(child):
            return text_of(child)
    return ""


def _is(element: etree._Element, name: str) -> bool:
    return canonical(element.tag) == name


def _format(root: etree._Element) -> str:
    if canonical(root.tag) == "rss":
        return f"rss{root.get('version', '').strip()[:8]}" if root.get("version") else "rss"
    return "rss0.9" if "netscape" in str(root.nsmap) else "rss1.0"
