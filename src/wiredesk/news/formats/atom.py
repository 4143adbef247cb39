"""Atom 1.0 (RFC 4287) and 0.3, feed and entry documents, tombstones (RFC 6721)."""

from __future__ import annotations

from html import escape, unescape

from lxml import etree

from wiredesk.news.formats.reading import common
from wiredesk.news.formats.reading.construct import construct
from wiredesk.news.formats.reading.draft import Context, Draft, Handler, Handlers, date_setter, walk
from wiredesk.news.formats.reading.feed import FEED_HANDLERS, feed_fields
from wiredesk.news.formats.reading.finish import MAX_ITEMS, Read, finish
from wiredesk.news.formats.reading.names import canonical
from wiredesk.news.formats.reading.text import is_markup, plain_of, text_of
from wiredesk.news.item import Credit, Date, Link, Person, Rights, Subject, Tombstone


def sniff(root: etree._Element) -> bool:
    """Whether a document is an Atom feed or entry."""
    return canonical(root.tag) in ("atom:feed", "atom:entry", "at:deleted-entry") or root.tag in ("feed", "entry")


def items(root: etree._Element, context: Context) -> Read:
    """Feed, entries and tombstones of a document; an entry document is a feed of one."""
    if _name(root.tag) == "atom:entry":
        return finish({}, [_entry(root, context)], context, format_=_format(root))
    feed = Draft()
    entries: list[etree._Element] = []
    stones: list[Tombstone] = []
    context.stand_on(_link_of(root))
    for child in [root] if canonical(root.tag) == "at:deleted-entry" else root:
        handler, name = FEED[child.tag]
        if name == "atom:entry":
            entries.append(child)
        elif name == "at:deleted-entry":
            stones.append(_tombstone(child, context))
        else:
            handler(feed, child, context, name)
    if len(entries) > MAX_ITEMS:
        context.note("too-many-items", f"only the first {MAX_ITEMS} of {len(entries)} items were read")
    if context.has_lang:
        common.language(feed, root)
    drafts = [_entry(entry, context) for entry in entries[:MAX_ITEMS]]
    return finish(
        feed_fields(feed, context), drafts, context, cut=len(entries) > MAX_ITEMS, format_=_format(root), stones=stones
    )


def _name(tag: str) -> str:
    """The canonical name; elements of a feed without any namespace are taken for Atom's."""
    name = canonical(tag)
    return name if ":" in name or name.startswith("{") else f"atom:{name}"


def _entry(entry: etree._Element, context: Context) -> Draft:
    draft = Draft()
    walk(entry, BARE_ENTRY if entry.tag == "entry" else ENTRY, draft, context)
    if "links" in draft.lists:
        draft.set("url", _alternate(draft.lists["links"]), "atom:link")
    if context.has_lang:
        common.language(draft, entry)
    return draft


def _alternate(links: list[Link]) -> str:
    """The page of an entry: an alternate that is HTML, else the first alternate."""
    alternates = [link for link in links if link.rel == "alternate"]
    pages = [link.href for link in alternates if link.type in ("", "text/html", "application/xhtml+xml")]
    return next(iter([*pages, *(link.href for link in alternates)]), "")


def _title(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    text, is_html = construct(element)
    if not text or "headline" in draft.fields:
        return
    if is_html:
        draft.fields["headline_html"] = text
        text = plain_of(text)
    elif is_markup(text):
        draft.fields["headline_html"] = escape(text, quote=False)
    draft.set("headline", " ".join(text.split()), "atom:title")


def _html(element: etree._Element) -> str:
    """A construct as HTML. Plain text with entities in it was escaped once too often by its sender."""
    text, is_html = construct(element)
    if not is_html and element.get("type", "text") == "text":
        text = unescape(text)
    return text if is_html else escape(text, quote=False)


def _summary(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.set("summary", _html(element), "atom:summary")


def _content(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """atom:content; one that is elsewhere (@src) is a link."""
    src = context.address(element.get("src"), element)
    if src:
        draft.set("external_url", src, "atom:content@src")
    if "body" in draft.fields:
        return
    draft.set("body", _html(element), "atom:content")
    if "body" in draft.fields:
        draft.fields["body_kind"] = "full"
        draft.fields["body_base"] = context.base_of(element) if context.has_base else ""


def _id(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.set("guid", text_of(element)[:2000], "atom:id")
    draft.fields["guid_kind"] = "opaque"


def _person(element: etree._Element, context: Context, role: str = "") -> Person | None:
    said: dict[str, str] = {}
    for child in element:
        said.setdefault(_name(child.tag), text_of(child)[:400])
    if not said:
        return common.person(text_of(element), role)
    uri = said.get("atom:uri") or said.get("atom:url") or said.get("atom:homepage") or ""
    uri = context.address(uri, element) or uri if uri else ""
    name, email = said.get("atom:name", ""), said.get("atom:email", "")
    return Person(name=" ".join(name.split()), email=email, uri=uri, role=role) if name or email or uri else None


def _author(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.add("authors", _person(element, context), path)


def _contributor(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.add("authors", _person(element, context, "contributor"), path)


def _category(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.add("subjects", _subject(element), path)


def _feed_category(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.add("categories", _subject(element), path)


def _subject(element: etree._Element) -> Subject | None:
    """RFC 4287 4.2.2: term, scheme, label."""
    said = element.attrib
    term, label = said.get("term", "").strip()[:400], said.get("label", "").strip()[:400]
    name = label or term or text_of(element)
    return Subject(name=name, code=term, scheme=said.get("scheme", "").strip()[:400]) if name else None


def _rights(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    text, is_html = construct(element)
    notice = plain_of(text) if is_html else text
    draft.add("rights", Rights(scope="item", notice=notice) if notice else None, "atom:rights")


def _source(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """atom:source: the feed an entry was copied from, with its rights (RFC 4287 4.2.11)."""
    said = {name: child for child in element if (name := _name(child.tag))}
    url = next((context.address(one.get("href"), one) for one in element if _is_page_link(one)), "")
    draft.add(
        "credit",
        Credit(
            name=_text(said, "atom:title"),
            url=url,
            id=_text(said, "atom:id"),
            rights=_text(said, "atom:rights"),
            updated=_date(said, context),
        ),
        "atom:source",
    )
    if "atom:rights" in said:
        draft.add("rights", Rights(scope="credit", notice=_text(said, "atom:rights")), "atom:source/atom:rights")
    for child in element:
        if _name(child.tag) == "atom:author" and (found := _person(child, context, "source")):
            draft.add("authors", found, "atom:source/atom:author")


def _is_page_link(element: etree._Element) -> bool:
    return _name(element.tag) == "atom:link" and element.get("rel", "alternate") == "alternate"


def _text(said: dict[str, etree._Element], name: str) -> str:
    return text_of(said[name])[:2000] if name in said else ""


def _date(said: dict[str, etree._Element], context: Context) -> Date | None:
    return context.date(said["atom:updated"]) if "atom:updated" in said else None


def _tombstone(element: etree._Element, context: Context) -> Tombstone:
    """RFC 6721 section 3: ref and when, who and why."""
    from wiredesk.news.formats.reading import dates

    said = {name: child for child in element if (name := _name(child.tag))}
    by = _person(said["at:by"], context) if "at:by" in said else None
    link = next((context.address(one.get("href"), one) for one in element if _name(one.tag) == "atom:link"), "")
    return Tombstone(
        guid=element.get("ref", "").strip()[:2000],
        when=dates.read(element.get("when", ""), context.zone),
        by=(by.name or by.email) if by else "",
        reason=_text(said, "at:comment"),
        link=link,
    )


class BareHandlers(Handlers):
    """Handlers for elements that may stand without a namespace and are taken for Atom's then."""

    def name_of(self, tag: str) -> str:
        return _name(tag)


_OF_ENTRY: dict[str, Handler] = {
    **common.HANDLERS,
    "atom:title": _title,
    "atom:id": _id,
    "atom:published": date_setter("published"),
    "atom:issued": date_setter("published"),
    "atom:created": date_setter("published"),
    "atom:updated": date_setter("updated"),
    "atom:modified": date_setter("updated"),
    "atom:author": _author,
    "atom:contributor": _contributor,
    "atom:category": _category,
    "atom:summary": _summary,
    "atom:content": _content,
    "atom:rights": _rights,
    "atom:copyright": _rights,
    "atom:source": _source,
}
ENTRY, BARE_ENTRY = Handlers(_OF_ENTRY), BareHandlers(_OF_ENTRY)


def _feed_text(field: str) -> Handler:
    def handle(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
        text, is_html = construct(element)
        draft.set(field, plain_of(text) if is_html else " ".join(text.split()), path)
        if is_html and field == "title":
            draft.fields.setdefault("title_html", text)

    return handle


FEED = BareHandlers(
    {
        **FEED_HANDLERS,
        "atom:title": _feed_text("title"),
        "atom:subtitle": _feed_text("subtitle"),
        "atom:tagline": _feed_text("subtitle"),
        "atom:info": _feed_text("subtitle"),
        "atom:rights": _rights,
        "atom:copyright": _rights,
        "atom:author": _author,
        "atom:contributor": _contributor,
        "atom:category": _feed_category,
    }
)


def _link_of(root: etree._Element) -> str:
    """The feed's own page, which relative addresses count from where there is no xml:base."""
    for child in root:
        if _is_page_link(child) and child.get("href"):
            return str(child.get("href"))
    return ""


def _format(root: etree._Element) -> str:
    return "atom0.3" if "purl.org/atom/ns" in root.tag else "atom1.0"
