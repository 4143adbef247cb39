"""NewsML-G2 (IPTC, namespace of the News Architecture): messages, news items, packages. FORMATS section 2."""

from __future__ import annotations

from lxml import etree
from msgspec.structs import replace

from wiredesk.news.formats.reading import g2content, g2links, g2meta, g2notes
from wiredesk.news.formats.reading.catalog import Catalog
from wiredesk.news.formats.reading.draft import Context, Draft, language_of
from wiredesk.news.formats.reading.finish import MAX_ITEMS, Read, finish
from wiredesk.news.formats.reading.g2 import MAX_NAME, Part, Work, distance, line_of, local, walk
from wiredesk.news.item import Person, Rights, Subject

_ITEMS = ("newsItem", "packageItem")
_OTHERS = ("conceptItem", "knowledgeItem", "planningItem", "catalogItem")
_SUBHEADS = ("subhead", "subheadline", "subheading", "subtitle", "sub", "deck", "dek")
_MAIN = ("", "main", "headline", "title", "primary", "hl1")


def sniff(root: etree._Element) -> bool:
    """Whether a document is a NewsML-G2 message or item, by namespace and name."""
    return local(root) in ("newsMessage", *_ITEMS, *_OTHERS)


def items(root: etree._Element, context: Context) -> Read:
    """The news items and packages of a message, or the one item a document is; other kinds of items are no copy."""
    feed = Draft()
    catalog = Catalog()
    found: list[etree._Element] = []
    if local(root) == "newsMessage":
        catalog = _message(feed, root, context, found)
    else:
        found.append(root)
    news = [element for element in found if local(element) in _ITEMS]
    for element in found:
        if local(element) in _OTHERS:
            context.note("other-item", f"a {local(element)} holds no copy")
    if len(news) > MAX_ITEMS:
        context.note("too-many-items", f"only the first {MAX_ITEMS} of {len(news)} items were read")
    drafts = [_item(element, context, catalog) for element in news[:MAX_ITEMS]]
    about = feed.finished()
    for note in about.pop("notes", ()):
        context.note(note.code, note.text, "header")
    return finish(about, drafts, context, format_="newsmlg2", cut=len(news) > MAX_ITEMS)


def _message(feed: Draft, root: etree._Element, context: Context, found: list[etree._Element]) -> Catalog:
    """newsMessage: a header, and items in itemSet. What the message says of itself goes to the feed."""
    header = next((child for child in root if local(child) == "header"), None)
    work = Work(feed, context, Catalog(header))
    for child in root:
        if local(child) == "itemSet":
            for item in child:
                if local(item) in (*_ITEMS, *_OTHERS):
                    found.append(item)
                else:
                    feed.keep(item)
        elif child is header:
            walk(work, child, "header/", HEADER)
        else:
            feed.keep(child)
    return work.catalog


def _item(element: etree._Element, context: Context, outer: Catalog) -> Draft:
    draft = Draft()
    language = _content_language(element) or (language_of(element) if context.has_lang else "")
    work = Work(draft, context, Catalog(element, outer), language)
    draft.set("guid", element.get("guid", "").strip()[:2000], "@guid")
    if "guid" in draft.fields:
        draft.fields["guid_kind"] = "opaque"
    draft.set("version", element.get("version", "").strip()[:100], "@version")
    draft.set("language", language, "contentMeta/language")
    walk(work, element, "", ITEM)
    _settle(work)
    return draft


def _content_language(item: etree._Element) -> str:
    """contentMeta/language: known before names are chosen by it."""
    for meta in item:
        if local(meta) == "contentMeta":
            return next((_tag(child) for child in meta if local(child) == "language" and _tag(child)), "")
    return ""


def _tag(element: etree._Element) -> str:
    return str(element.get("tag", "")).strip()[:35]


def _settle(work: Work) -> None:
    """What could be decided only when all of the item was read."""
    draft = work.draft
    _settle_headlines(work)
    draft.set("headline", work.said.get("title"), "itemMeta/title")
    g2notes.settle(work)
    draft.set("published", work.dates.get("contentCreated"), "contentMeta/contentCreated")
    draft.set("updated", work.dates.get("contentModified"), "contentMeta/contentModified")
    g2content.settle(work)
    draft.set("dateline", work.said.get("located"), "contentMeta/located")
    _settle_rights(work)
    g2links.settle_media(work)


def _settle_headlines(work: Work) -> None:
    """The headline is the first in rank, of the item's language, without a role of its own; a subhead has that role."""
    mains = [one for one in work.headlines if one.role in _MAIN]
    subs = [one for one in work.headlines if one.role in _SUBHEADS]
    others = [one for one in work.headlines if one not in mains and one not in subs]
    for field, candidates in (("headline", mains or others), ("subhead", subs)):
        best = min(candidates, key=lambda one: (distance(work.language.lower(), one.element), one.rank), default=None)
        if best is not None:
            work.draft.set(field, best.text, "contentMeta/headline")
            work.headlines.remove(best)
    for one in work.headlines:
        work.draft.keep(one.element)


def _settle_rights(work: Work) -> None:
    """The credit line is part of what has to be said when the copy is used."""
    rights, credit = work.draft.lists.get("rights"), work.said.get("creditline", "")
    if credit and rights:
        rights[0] = replace(rights[0], credit=credit)
    elif credit:
        work.draft.add("rights", Rights(scope="item", credit=credit), "contentMeta/creditline")


def _inside(work: Work, element: etree._Element, path: str) -> None:
    walk(work, element, f"{path}/", ITEM)


def _ignore(work: Work, element: etree._Element, path: str) -> None:
    """Read already: catalogs, the content's language."""


def _text(field: str) -> Part:
    def handle(work: Work, element: etree._Element, path: str) -> None:
        work.draft.set(field, line_of(element), path)

    return handle


def _said(name: str) -> Part:
    def handle(work: Work, element: etree._Element, path: str) -> None:
        work.said.setdefault(name, line_of(element))

    return handle


def _date(field: str) -> Part:
    def handle(work: Work, element: etree._Element, path: str) -> None:
        work.draft.set(field, work.context.date(element), path)

    return handle


def _content_date(work: Work, element: etree._Element, path: str) -> None:
    """contentCreated, contentModified: dates of the content, where the item has none of its own."""
    work.dates.setdefault(local(element), work.context.date(element))


def _sender(work: Work, element: etree._Element, path: str) -> None:
    """header/sender: who transmitted the message."""
    name = line_of(element)[:MAX_NAME]
    work.draft.add("authors", Person(name=name, role="sender") if name else None, path)


def _channel(work: Work, element: etree._Element, path: str) -> None:
    """header/channel: the channel of the exchange the message was sent on."""
    name = line_of(element)[:MAX_NAME]
    work.draft.add("categories", Subject(name=name, type="channel") if name else None, path)


# What each element of an item does, by its path in the item.
ITEM: dict[str, Part] = {
    "catalog": _ignore,
    "catalogRef": _ignore,
    "hopHistory": g2links.hop_history,
    "rightsInfo": g2meta.rights_info,
    "itemMeta": _inside,
    "itemMeta/itemClass": g2notes.item_class,
    "itemMeta/provider": g2meta.provider,
    "itemMeta/versionCreated": _date("updated"),
    "itemMeta/firstCreated": _date("published"),
    "itemMeta/embargoed": g2notes.embargoed,
    "itemMeta/expires": _date("expiry"),
    "itemMeta/pubStatus": g2notes.pub_status,
    "itemMeta/title": _said("title"),
    "itemMeta/edNote": g2notes.ed_note,
    "itemMeta/signal": g2notes.signal,
    "itemMeta/link": g2links.link,
    "itemMeta/altId": g2links.alt_id,
    "contentMeta": _inside,
    "contentMeta/icon": g2links.remote,
    "contentMeta/urgency": g2meta.urgency,
    "contentMeta/contentCreated": _content_date,
    "contentMeta/contentModified": _content_date,
    "contentMeta/located": g2meta.located,
    "contentMeta/infoSource": g2links.info_source,
    "contentMeta/creator": g2meta.creator,
    "contentMeta/contributor": g2meta.contributor,
    "contentMeta/altId": g2links.alt_id,
    "contentMeta/genre": g2meta.genre,
    "contentMeta/language": _ignore,
    "contentMeta/keyword": g2meta.keyword,
    "contentMeta/subject": g2meta.subject,
    "contentMeta/slugline": _text("slugline"),
    "contentMeta/headline": g2meta.headline,
    "contentMeta/dateline": _text("dateline"),
    "contentMeta/by": _text("byline"),
    "contentMeta/creditline": _said("creditline"),
    "contentMeta/description": g2meta.description,
    "contentSet": _inside,
    "contentSet/inlineXML": g2content.inline_xml,
    "contentSet/inlineData": g2content.inline_data,
    "contentSet/remoteContent": g2links.remote,
    "groupSet": g2links.group_set,
    "itemRef": g2links.item_ref,
}
# What each element of a message's header does to the feed.
HEADER: dict[str, Part] = {
    "header/catalog": _ignore,
    "header/catalogRef": _ignore,
    "header/sent": _date("updated"),
    "header/transmitId": _text("guid"),
    "header/sender": _sender,
    "header/channel": _channel,
}
