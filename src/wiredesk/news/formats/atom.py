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
from wiredesk.news.item import Credit, Date, Person, Rights, Subject, Tombstone


def sniff(root: etree._Element) -> bool:
    """Whether a document is an Atom feed or entry."""
    return canonical(root.tag) in ("atom:feed", "atom:entry", "at:deleted-entry") or root.tag in ("feed", "entry")


def items(root: etree._Element, context: Context) -> Read:
    """Feed, entries and tombstones of a document; an entry document is a feed of one."""
    if canonical(root.tag) in ("atom:entry", "entry"):
        return finish({}, [_entry(root, context)], context, format_=_format(root))
    feed = Draft()
    entries: list[etree._Element] = []
    stones: list[Tombstone] = []
    context.link = _link_of(root, context)
    for child in [root] if canonical(root.tag) == "at:deleted-entry" else root:
        name = _name(child)
        if name == "atom:entry":
            entries.append(child)
        elif name == "at:deleted-entry":
            stones.append(_tombstone(child, context))
        else:
            FEED.get(name, Draft.keep_of)(feed, child, context)
    if len(entries) > MAX_ITEMS:
        context.note("too-many-items", f"only the first {MAX_ITEMS} of {len(entries)} items were read")
    common.language(feed, root, context)
    drafts = [_entry(entry, context) for entry in entries[:MAX_ITEMS]]
    return finish(
        feed_fields(feed, context), drafts, context, cut=len(entries) > MAX_ITEMS, format_=_format(root), stones=stones
    )


def _name(element: etree._Element) -> str:
    """The canonical name; elements of a feed without any namespace are taken for Atom's."""
    name = canonical(element.tag)
    return name if ":" in name or name.startswith("{") else f"atom:{name}"


def _entry(entry: etree._Element, context: Context) -> Draft:
    draft = Draft()
    if entry.tag == "entry":
        for child in entry:
            ENTRY[_name(child)](draft, child, context)
    else:
        walk(entry, ENTRY, draft, context)
    links = draft.lists.get("links", ())
    draft.set("url", _alternate(links), "atom:link")
    common.language(draft, entry, context)
    return draft


def _alternate(links: object) -> str:
    """The page of an entry: an alternate that is HTML, else the first alternate."""
    alternates = [link for link in links if link.rel == "alternate"]  # type: ignore[attr-defined]  # Draft lists are untyped
    pages = [link.href for link in alternates if link.type in ("", "text/html", "application/xhtml+xml")]
    return next(iter([*pages, *(link.href for link in alternates)]), "")


def _title(draft: Draft, element: etree._Element, context: Context) -> None:
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


def _summary(draft: Draft, element: etree._Element, context: Context) -> None:
    draft.set("summary", _html(element), "atom:summary")


def _content(draft: Draft, element: etree._Element, context: Context) -> None:
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


def _id(draft: Draft, element: etree._Element, context: Context) -> None:
    draft.set("guid", text_of(element)[:2000], "atom:id")
    draft.fields["guid_kind"] = "opaque"


def _person(element: etree._Element, context: Context, role: str = "") -> Person | None:
    said: dict[str, str] = {}
    for child in element:
        said.setdefault(_name(child).partition(":")[2], text_of(child)[:400])
    if not said:
        return common.person(text_of(element), role)
    uri = said.get("uri") or said.get("url") or said.get("homepage") or ""
    uri = context.address(uri, element) or uri if uri else ""
    found = Person(name=" ".join(said.get("name", "").split()), email=said.get("email", ""), uri=uri, role=role)
    return found if found.name or found.email or found.uri else None


def _author(draft: Draft, element: etree._Element, context: Context) -> None:
    draft.add("authors", _person(element, context), "atom:author")


def _contributor(draft: Draft, element: etree._Element, context: Context) -> None:
    draft.add("authors", _person(element, context, "contributor"), "atom:contributor")


def _category(draft: Draft, element: etree._Element, context: Context) -> None:
    """RFC 4287 4.2.2: term, scheme, label."""
    term, label = element.get("term", "").strip()[:400], element.get("label", "").strip()[:400]
    name = label or term or text_of(element)
    scheme = element.get("scheme", "").strip()[:400]
    draft.add("subjects", Subject(name=name, code=term, scheme=scheme) if name else None, "atom:category")


def _rights(draft: Draft, element: etree._Element, context: Context) -> None:
    text, is_html = construct(element)
    notice = plain_of(text) if is_html else text
    draft.add("rights", Rights(notice=notice) if notice else None, "atom:rights")


def _source(draft: Draft, element: etree._Element, context: Context) -> None:
    """atom:source: the feed an entry was copied from, with its rights (RFC 4287 4.2.11)."""
    said = {name: child for child in element if (name := _name(child))}
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
        if _name(child) == "atom:author" and (found := _person(child, context, "source")):
            draft.add("authors", found, "atom:source/atom:author")


def _is_page_link(element: etree._Element) -> bool:
    return _name(element) == "atom:link" and element.get("rel", "alternate") == "alternate"


def _text(said: dict[str, etree._Element], name: str) -> str:
    return text_of(said[name])[:2000] if name in said else ""


def _date(said: dict[str, etree._Element], context: Context) -> Date | None:
    return context.date(said["atom:updated"]) if "atom:updated" in said else None


def _tombstone(element: etree._Element, context: Context) -> Tombstone:
    """RFC 6721 section 3: ref and when, who and why."""
    from wiredesk.news.formats.reading import dates

    said = {name: child for child in element if (name := _name(child))}
    by = _person(said["at:by"], context) if "at:by" in said else None
    link = next((context.address(one.get("href"), one) for one in element if _name(one) == "atom:link"), "")
    return Tombstone(
        guid=element.get("ref", "").strip()[:2000],
        when=dates.read(element.get("when", ""), context.zone),
        by=(by.name or by.email) if by else "",
        reason=_text(said, "at:comment"),
        link=link,
    )


ENTRY = Handlers(
    {
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
)


def _feed_text(name: str, field: str) -> Handler:
    def handle(draft: Draft, element: etree._Element, context: Context) -> None:
        text, is_html = construct(element)
        draft.set(field, plain_of(text) if is_html else " ".join(text.split()), name)
        if is_html and field == "title":
            draft.fields.setdefault("title_html", text)

    return handle


FEED: dict[str, Handler] = {
    **FEED_HANDLERS,
    "atom:title": _feed_text("atom:title", "title"),
    "atom:subtitle": _feed_text("atom:subtitle", "subtitle"),
    "atom:tagline": _feed_text("atom:tagline", "subtitle"),
    "atom:info": _feed_text("atom:info", "subtitle"),
    "atom:rights": _rights,
    "atom:copyright": _rights,
    "atom:author": _author,
    "atom:contributor": _contributor,
    "atom:category": lambda draft, element, context: draft.add("categories", _feed_category(element), "atom:category"),
}


def _feed_category(element: etree._Element) -> Subject | None:
    one = Draft()
    _category(one, element, Context())
    return next(iter(one.lists.get("subjects", ())), None)


def _link_of(root: etree._Element, context: Context) -> str:
    """The feed's own page, which relative addresses count from where there is no xml:base."""
    for child in root:
        if _is_page_link(child) and child.get("href"):
            return str(child.get("href"))
    return ""


def _format(root: etree._Element) -> str:
    return "atom0.3" if "purl.org/atom/ns" in root.tag else "atom1.0"
