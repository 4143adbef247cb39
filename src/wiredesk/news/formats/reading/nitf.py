"""The parts of NITF 3.x that stand in body.head and docdata alike, and body.content, as fields of an item."""

from __future__ import annotations

import re

from lxml import etree

from wiredesk.news.formats.reading import nitf_body, usage, wire
from wiredesk.news.formats.reading.draft import Context, Draft, Handler, Handlers, walk
from wiredesk.news.formats.reading.names import canonical
from wiredesk.news.formats.reading.text import attributes, inner_of, is_markup, plain_of
from wiredesk.news.item import Credit, EdNote, Media, Ref, Rights
from wiredesk.news.profile import Profile

_BEFORE_SIGN = re.compile(r" (?=[,.;:])")


class NitfHandlers(Handlers):
    """Handlers for NITF, which is written without a namespace (3.4 and older) and in its own."""

    def name_of(self, tag: str) -> str:
        return name_of(tag)


def name_of(tag: str) -> str:
    """The canonical name of an element that may be NITF's without saying so."""
    return canonical(tag) if tag.startswith("{") else f"nitf:{tag}"


def words(element: etree._Element) -> str:
    """All text in an element on one line."""
    return " ".join("".join(element.itertext()).split())[:4000]


def inside(table: Handlers) -> Handler:
    """A handler for an element that only holds others."""

    def handle(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
        walk(element, table, draft, context)

    return handle


def line(field: str) -> Handler:
    """A handler that sets one field to a line of text."""

    def handle(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
        draft.set(field, spaced(element), path)

    return handle


def spaced(element: etree._Element) -> str:
    """A line whose parts are elements and need spaces between them, as in <byline>: person, byttl."""
    return _BEFORE_SIGN.sub("", " ".join(" ".join(element.itertext()).split())[:4000])


def place_of(element: etree._Element) -> str:
    """NITF <location>: its parts, narrow before wide, between commas; else its text."""
    beside = (element.text or "") + "".join(child.tail or "" for child in element)
    return words(element) if beside.strip() else ", ".join(filter(None, (words(child) for child in element)))


def rights(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """NITF doc.rights and body.head rights: who owns what for whom, where and how long."""
    said = {name: " ".join(value.split())[:400] for name, value in attributes(element).items()}
    terms = [said.get(name, "") for name in ("type", "geography", "startdate", "enddate", "limitations", "agent")]
    text = words(element)
    found = Rights(scope="item", holder=said.get("owner", ""), terms="; ".join(filter(None, [*terms, text])))
    draft.add("rights", found if found != Rights(scope="item") else None, path)


def series(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """NITF <series>: which part of a series this is."""
    name = element.get("series.name", "").strip()[:400]
    draft.add("refs", Ref(rel="series", id=name, version=element.get("series.part", "")[:20]) if name else None, path)


def _summary(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.set("summary", text_html(draft, element, context), path)


def _distributor(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    name = words(element)
    draft.add("credit", Credit(name=name) if name else None, path)


def _note(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """NITF <note> in body.head: for editors."""
    role = (element.get("noteclass") or element.get("type") or "note").strip().lower()[:40]
    draft.add("ednotes", usage.note(words(element), role, context.profile), path)


def content(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """NITF body.content: the text as HTML, its pictures and its notes to editors apart."""
    wire.body(draft, text_html(draft, element, context), context, path)


def text_html(draft: Draft, element: etree._Element, context: Context) -> str:
    """Enriched text as HTML; a text that was escaped whole is HTML already. What is no text goes to its own fields."""
    if not len(element):
        return inner_of(element)
    html, media, notes = nitf_body.html_of(element, context)
    add(draft, media, notes, context.profile)
    for one in element.iter():
        if name_of(one.tag) == "nitf:media" and not any(_leads_to(part, context) for part in one):
            draft.keep(one)  # a file that came beside the document: kept, since nothing leads to it
    return html


def add(draft: Draft, media: tuple[Media, ...], notes: tuple[EdNote, ...], profile: Profile) -> None:
    """What stood in a text and is none: media, notes to editors."""
    for one in media:
        draft.add("media", one, "nitf:media")
    for note in notes:
        draft.add("ednotes", usage.note(note.text, note.role or "note", profile), "nitf:note")


def _leads_to(part: etree._Element, context: Context) -> bool:
    return name_of(part.tag) == "nitf:media-reference" and bool(context.address(part.get("source"), part))


def title(draft: Draft, text: str, path: str) -> None:
    """A headline that may have been sent as escaped HTML."""
    draft.set("headline", plain_of(text) if is_markup(text) else text, path)


def _headline(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    title(draft, words(element), path)


def _dateline(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """NITF <dateline>: the line as written; the place in it is one of the item's places."""
    draft.set("dateline", spaced(element), path)
    for child in element:
        if name_of(child.tag) == "nitf:location":
            draft.add("places", place_of(child), path)


_HEDLINE = NitfHandlers({"nitf:hl1": _headline, "nitf:hl2": line("subhead")})
OF_HEAD: dict[str, Handler] = {
    "nitf:hedline": inside(_HEDLINE),
    "nitf:byline": line("byline"),
    "nitf:dateline": _dateline,
    "nitf:abstract": _summary,
    "nitf:distributor": _distributor,
    "nitf:note": _note,
    "nitf:rights": rights,
    "nitf:series": series,
}
BODY = NitfHandlers({"nitf:body.head": inside(NitfHandlers(OF_HEAD)), "nitf:body.content": content})
