"""An h-entry as an item: what each of its properties says (microformats.org/wiki/h-entry)."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from lxml import etree

from wiredesk.news.formats.reading import dates, urls
from wiredesk.news.formats.reading import microformats as mf
from wiredesk.news.formats.reading.draft import MAX_EXTRA, Context, Draft
from wiredesk.news.formats.reading.microformats import Found, Microformat
from wiredesk.news.item import Comments, Credit, Date, Extra, Link, Media, Person, Ref, Rights, Subject, Tombstone

_REFERS = ("in-reply-to", "repost-of", "like-of", "bookmark-of", "translation-of")  # what ties it to other copy
_MEDIA = {"photo": "image", "featured": "image", "video": "video", "audio": "audio"}


def item(found: Microformat, context: Context) -> Draft:
    """All that an entry says; properties that have no field are kept as they are."""
    draft = Draft()
    _identify(draft, found, context)
    _words(draft, found, context)
    draft.set("published", _date(found.first("published"), context), "dt-published")
    draft.set("updated", _date(found.first("updated"), context), "dt-updated")
    draft.set("language", language(found.element), "@lang")
    for name, values in found.properties.items():
        if add := _ADDERS.get(name):
            for value in values:
                add(draft, value, context, name)
        elif name not in _SET:
            _keep(draft, values, name)
    return draft


def _identify(draft: Draft, found: Microformat, context: Context) -> None:
    """u-uid, else u-url, else the place on the page that the entry has a name for."""
    written = mf.address_of(found)
    href = _absolute(written, context)
    draft.set("url", href, "u-url")
    if href:
        draft.add("links", Link(rel="alternate", href=href), "u-url")
    draft.set("guid", identifier(found, context), "u-uid")
    draft.set("guid", href, "u-url")
    name = found.element.get("id", "").strip()
    draft.set("guid", f"{context.url}#{name}"[: mf.MAX_LINE] if name and context.url else "", "@id")
    if "guid" in draft.fields:
        draft.fields["guid_kind"] = "permalink" if href and draft.fields["guid"] == href else "opaque"


def identifier(found: Microformat, context: Context) -> str:
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


def tombstone(found: Microformat, context: Context) -> Tombstone:
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


def address(found: Found | None, context: Context) -> str:
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


def person(found: Found, context: Context) -> Person | None:
    """p-author: an h-card, else a name, which may be a link to its page."""
    if not found.root:
        name, href = mf.line_of(found.element), found.element.get("href", "")
        uri = _absolute(href, context) if href and not href.startswith("mailto:") else ""
        return Person(name=name[:400], uri=uri) if name or uri else None
    card = mf.read(found.element)
    mail = card.first("email")
    email = mf.href_of(mail.element).removeprefix("mailto:").partition("?")[0][:320] if mail else ""
    name = mf.name_of(card)[:400]
    said = Person(name=name if name != email else "", email=email, uri=_absolute(mf.address_of(card), context))
    return said if said != Person() else None


def _author(draft: Draft, found: Found, context: Context, name: str) -> None:
    draft.add("authors", person(found, context), "p-author")


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
    said, url = _name(found), address(found, context) if found.root or found.element.get("href") else ""
    draft.add("credit", Credit(name=said[:400], url=url) if said or url else None, "p-publication")


def _licence(draft: Draft, found: Found, context: Context, name: str) -> None:
    href = address(found, context)
    draft.add("rights", Rights(scope="item", licence=href) if href else None, "u-license")


def _medium(draft: Draft, found: Found, context: Context, name: str) -> None:
    """A picture, sound or film, with what it says for those who cannot see it."""
    href = address(found, context)
    if href:
        alt = " ".join(found.element.get("alt", "").split())[: mf.MAX_LINE]
        kind = found.element.get("type", "").strip()[:100]
        media = Media(href=href, rendition=name, medium=_MEDIA[name], alt=alt, type=kind)
        draft.add("media", media, f"u-{name}")


def _refers(draft: Draft, found: Found, context: Context, name: str) -> None:
    """What an entry answers, repeats, points at."""
    href = address(found, context)
    draft.add("refs", Ref(rel=name, id=href) if href else None, f"u-{name}")
    if name == "bookmark-of":
        draft.set("external_url", href, "u-bookmark-of")


def _syndicated(draft: Draft, found: Found, context: Context, name: str) -> None:
    """u-syndication: a copy of the entry elsewhere, made by its author."""
    href = address(found, context)
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


def language(element: etree._Element) -> str:
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
