"""h-feed and h-entry: a page that is its own feed (microformats.org/wiki/h-feed, h-entry; classic hAtom too).

It is over 300 lines since every property of the vocabulary has a small reader of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from lxml import etree

from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading import dates, html, urls
from wiredesk.news.formats.reading import microformats as mf
from wiredesk.news.formats.reading.draft import MAX_EXTRA, Context, Draft
from wiredesk.news.formats.reading.feed import feed_fields
from wiredesk.news.formats.reading.finish import MAX_ITEMS, Read, finish
from wiredesk.news.formats.reading.microformats import Found, Microformat
from wiredesk.news.item import Comments, Credit, Date, Extra, Link, Media, Person, Ref, Rights, Subject, Tombstone

MAX_PAGE = 5 * 2**20
MAX_LINKS = 200
_MARKS = ("h-entry", "h-feed", "hentry")
_QUOTED = ("h-entry", "h-cite")  # copy inside an entry is somebody else's, or an answer to it
_RELS = frozenset("alternate canonical first hub icon license next prev previous self".split())
# What one entry has to do with other copy, by the property that says so.
_REFERS = {
    "in-reply-to": "in-reply-to",
    "repost-of": "repost-of",
    "like-of": "like-of",
    "bookmark-of": "bookmark-of",
    "translation-of": "translation-of",
}
_MEDIA = {"photo": "image", "featured": "image", "video": "video", "audio": "audio"}


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
    stones = [_tombstone(one, context) for one in read_ if "deleted" in one.properties]
    drafts = [_item(one, context) for one in read_ if "deleted" not in one.properties]
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
        draft.set("url", _address(found.first("url"), context), "h-feed/u-url")
        draft.set("guid", _identifier(found, context), "h-feed/u-uid")
        draft.set("image", _address(found.first("photo"), context), "h-feed/u-photo")
        for author in found.properties.get("author", ()):
            draft.add("authors", _person(author, context), "h-feed/p-author")
    title = next(page.iter("title"), None)
    draft.set("title", mf.line_of(title) if title is not None else "", "title")
    draft.set("language", _language(page if around is None else around), "@lang")
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


def _item(found: Microformat, context: Context) -> Draft:
    draft = Draft()
    _identify(draft, found, context)
    _words(draft, found, context)
    draft.set("published", _date(found.first("published"), context), "dt-published")
    draft.set("updated", _date(found.first("updated"), context), "dt-updated")
    draft.set("language", _language(found.element), "@lang")
    for name, values in found.properties.items():
        if add := _ADDERS.get(name):
            for value in values:
                add(draft, value, context, name)
        elif name not in _SET:
            _keep(draft, values, name)
    return draft


def _identify(draft: Draft, found: Microformat, context: Context) -> None:
    """u-uid, else u-url, else the place on the page that the entry has a name for."""
    address = mf.address_of(found)
    href = _absolute(address, context)
    draft.set("url", href, "u-url")
    if href:
        draft.add("links", Link(rel="alternate", href=href), "u-url")
    draft.set("guid", _identifier(found, context), "u-uid")
    draft.set("guid", href, "u-url")
    name = found.element.get("id", "").strip()
    draft.set("guid", f"{context.url}#{name}"[: mf.MAX_LINE] if name and context.url else "", "@id")
    if "guid" in draft.fields:
        draft.fields["guid_kind"] = "permalink" if href and draft.fields["guid"] == href else "opaque"


def _identifier(found: Microformat, context: Context) -> str:
    """A u-uid: an address made absolute, anything else as it is (tag:, urn:)."""
    said = found.first("uid")
    if said is None:
        return ""
    written = mf.href_of(said.element)
    return (urls.absolute(written, context.url) or written)[: mf.MAX_LINE]


def _words(draft: Draft, found: Microformat, context: Context) -> None:
    """Headline, summary and text. A name that is the text itself, as short notes have it, is no headline."""
    content, summary = found.first("content"), found.first("summary")
    if content:
        body = _html(content)
        draft.set("body", body, f"{content.kind}-content")
        draft.fields.update({"body_kind": "full", "body_base": context.url} if body else {})
    draft.set("summary", _html(summary) if summary else "", "p-summary")
    name = mf.name_of(found)
    is_text = content is not None and name == mf.line_of(content.element)
    draft.set("headline", "" if is_text else name, "p-name")


def _html(found: Found) -> str:
    if found.kind == "e":
        return mf.html_of(found.element)
    return escape(mf.text_of(found.element), quote=False)


def _tombstone(found: Microformat, context: Context) -> Tombstone:
    """An entry that its author says is deleted."""
    draft = Draft()
    _identify(draft, found, context)
    deleted = found.properties["deleted"][0]
    when = dates.read(mf.time_of(deleted.element), context.zone)
    return Tombstone(
        guid=draft.fields.get("guid", ""),
        when=when if when and when.utc else None,
        link=draft.fields.get("url", ""),
    )


def _date(found: Found | None, context: Context) -> Date | None:
    return dates.read(mf.time_of(found.element), context.zone) if found else None


def _address(found: Found | None, context: Context) -> str:
    """An address; of a root that stands there its own."""
    if found is None:
        return ""
    return _absolute(mf.address_of(mf.read(found.element)) if found.root else mf.href_of(found.element), context)


def _absolute(href: str, context: Context) -> str:
    if not href:
        return ""
    found = urls.absolute(href, context.url)
    if not found:
        context.note("dropped-address", f"not a web address: {href[:80]}")
    return found


def _name(found: Found) -> str:
    return mf.name_of(mf.read(found.element)) if found.root else mf.line_of(found.element)


def _person(found: Found, context: Context) -> Person | None:
    """p-author: an h-card, else a name, which may be a link to its page."""
    if not found.root:
        name, href = mf.line_of(found.element), found.element.get("href", "")
        uri = _absolute(href, context) if href and not href.startswith("mailto:") else ""
        return Person(name=name[:400], uri=uri) if name or uri else None
    card = mf.read(found.element)
    mail = card.first("email")
    email = mf.href_of(mail.element).removeprefix("mailto:").partition("?")[0][:320] if mail else ""
    name = mf.name_of(card)[:400]
    person = Person(name=name if name != email else "", email=email, uri=_absolute(mf.address_of(card), context))
    return person if person != Person() else None


def _author(draft: Draft, found: Found, context: Context, name: str) -> None:
    draft.add("authors", _person(found, context), "p-author")


def _category(draft: Draft, found: Found, context: Context, name: str) -> None:
    """A tag by name or by the page about it; a person who is tagged is one."""
    said = _name(found)
    if found.root == "h-card":
        draft.add("persons", said[:400], "p-category")
    elif said:
        draft.add("subjects", Subject(name=said[:400]), "p-category")


def _place(draft: Draft, found: Found, context: Context, name: str) -> None:
    said = _name(found) or " ".join(mf.text_of(found.element, 400).split())
    draft.add("places", said[:400], "p-location")


def _publication(draft: Draft, found: Found, context: Context, name: str) -> None:
    said, url = _name(found), _address(found, context) if found.root or found.element.get("href") else ""
    draft.add("credit", Credit(name=said[:400], url=url) if said or url else None, "p-publication")


def _licence(draft: Draft, found: Found, context: Context, name: str) -> None:
    href = _address(found, context)
    draft.add("rights", Rights(scope="item", licence=href) if href else None, "u-license")


def _medium(draft: Draft, found: Found, context: Context, name: str) -> None:
    """A picture, sound or film, with what it says for those who cannot see it."""
    href = _address(found, context)
    if href:
        alt = " ".join(found.element.get("alt", "").split())[: mf.MAX_LINE]
        kind = found.element.get("type", "").strip()[:100]
        media = Media(href=href, rendition=name, medium=_MEDIA[name], alt=alt, type=kind)
        draft.add("media", media, f"u-{name}")


def _refers(draft: Draft, found: Found, context: Context, name: str) -> None:
    """What an entry answers, repeats, points at."""
    href = _address(found, context)
    draft.add("refs", Ref(rel=_REFERS[name], id=href) if href else None, f"u-{name}")
    if name == "bookmark-of":
        draft.set("external_url", href, "u-bookmark-of")


def _syndicated(draft: Draft, found: Found, context: Context, name: str) -> None:
    """u-syndication: a copy of the entry elsewhere, made by its author."""
    href = _address(found, context)
    draft.add("links", Link(rel="syndication", href=href) if href else None, "u-syndication")


def _comment(draft: Draft, found: Found, context: Context, name: str) -> None:
    """p-comment, u-comment: how many the page shows; what they say is not part of the copy."""
    known = draft.fields.get("comments") or Comments(count=0)
    draft.replace("comments", Comments(count=(known.count or 0) + 1), "p-comment")


def _keep(draft: Draft, values: list[Found], name: str) -> None:
    """A property that has no field, as long as there is room."""
    for one in values:
        text = mf.href_of(one.element) if one.kind == "u" else mf.line_of(one.element)
        if draft.kept + len(text) > MAX_EXTRA:
            draft.note("too-much-extra", "unknown properties were dropped")
            return
        draft.kept += len(text)
        draft.lists.setdefault("extra", []).append(Extra(qname=f"{one.kind}-{name}", text=text))


def _language(element: etree._Element) -> str:
    """The nearest lang, from the element outwards (HTML 3.2.6.2)."""
    chain = (one.get("lang") for one in (element, *element.iterancestors()))
    return next((said.strip()[:35] for said in chain if said), "")


_SET = frozenset("name url uid content summary published updated deleted".split())
_ADDERS: dict[str, Callable[[Draft, Found, Context, str], None]] = {
    "author": _author,
    "category": _category,
    "location": _place,
    "publication": _publication,
    "license": _licence,
    "comment": _comment,
    "syndication": _syndicated,
    **dict.fromkeys(_MEDIA, _medium),
    **dict.fromkeys(_REFERS, _refers),
}
