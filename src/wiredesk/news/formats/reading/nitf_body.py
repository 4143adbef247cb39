"""The body of an NITF document (3.x), standing alone or inside NewsML-G2, NewsML 1.2 and ninjs."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from lxml import etree

from wiredesk.news.formats.reading.draft import Context
from wiredesk.news.formats.reading.names import canonical
from wiredesk.news.formats.reading.text import MAX_TEXT, text_of
from wiredesk.news.item import EdNote, Media

# NITF element -> HTML element. What is not here is a mark on a word (person, org, location ...): its text stays.
_HTML = {
    "p": "p", "hl1": "h2", "hl2": "h2", "bq": "blockquote", "block": "div", "em": "em", "strong": "strong", "q": "q",
    "a": "a", "br": "br", "hr": "hr", "ul": "ul", "ol": "ol", "li": "li", "dl": "dl", "dt": "dt", "dd": "dd",
    "pre": "pre", "sub": "sub", "sup": "sup", "object.title": "cite", "table": "table", "caption": "caption",
    "thead": "thead", "tbody": "tbody", "tfoot": "tfoot", "tr": "tr", "th": "th", "td": "td", "credit": "p",
    "abstract": "div", "datasource": "p", "fn": "p", "tagline": "p",
    # XHTML, which some write inside NITF.
    "b": "b", "i": "i", "u": "u", "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "blockquote": "blockquote",
    "div": "div", "img": "img",
}  # fmt: skip
_EMPTY = ("br", "hr", "img")
_KEPT = ("href", "src", "alt", "colspan", "rowspan", "dir")
_APART = ("media", "note")  # what leaves the text for a field of its own
_MEDIA = {"image": "image", "photo": "image", "video": "video", "audio": "audio", "text": ""}


class Nitf(NamedTuple):
    """What NITF says of its text: plain headings, HTML, media, notes that are no copy."""

    headline: str = ""
    subhead: str = ""
    byline: str = ""
    dateline: str = ""
    summary: str = ""
    body: str = ""
    media: tuple[Media, ...] = ()
    notes: tuple[EdNote, ...] = ()


def local(element: etree._Element) -> str:
    """An element's NITF name: with NITF's namespace or, as many write it, none, the envelope's, XHTML's; else ""."""
    tag: str = element.tag
    if not tag.startswith("{"):
        return tag
    space, _, name = canonical(tag).partition(":")
    return name if space in ("nitf", "nar", "xhtml") else ""


def read(root: etree._Element, context: Context) -> Nitf:
    """The body of a document whose root is <nitf>, or the <body> alone."""
    said = {local(element): element for element in reversed(list(root.iter())) if local(element) in _PARTS}
    headline = _plain(_in_head(said.get("hl1"))) or _plain(_in_head(said.get("title")))
    content = said.get("body.content")
    if content is None:
        return Nitf(headline=headline)
    body, media, notes = html_of(content, context)
    return Nitf(
        headline=headline,
        subhead=_plain(_in_head(said.get("hl2"))),
        byline=_plain(_in_head(said.get("byline"))),
        dateline=_plain(_in_head(said.get("dateline"))),
        summary=html_of(abstract, context)[0] if (abstract := _in_head(said.get("abstract"))) is not None else "",
        body=body,
        media=media,
        notes=notes,
    )


_PARTS = ("title", "hl1", "hl2", "byline", "dateline", "abstract", "body.content")


def _in_head(element: etree._Element | None) -> etree._Element | None:
    """An element of body.head; the same name inside the text is part of the text."""
    if element is None or any(local(outer) == "body.content" for outer in element.iterancestors()):
        return None
    return element


def _plain(element: etree._Element | None) -> str:
    return " ".join(text_of(element).split()) if element is not None else ""


def html_of(content: etree._Element, context: Context) -> tuple[str, tuple[Media, ...], tuple[EdNote, ...]]:
    """body.content or abstract as HTML, without its media and notes, which are given beside it. No recursion."""
    out = [escape(content.text or "", quote=False)]
    media: list[Media] = []
    notes: list[EdNote] = []
    size = len(out[0])
    walker = etree.iterwalk(content, events=("start", "end"))
    for event, node in walker:
        if node is content:
            continue
        if size > MAX_TEXT:
            break
        name, piece = local(node), ""
        if event == "end":
            html = "" if name in _APART else _HTML.get(name, "")
            piece = (f"</{html}>" if html and html not in _EMPTY else "") + escape(node.tail or "", quote=False)
        elif name in _APART:
            walker.skip_subtree()
            media += _media(node, context) if name == "media" else ()
            notes += _note(node) if name == "note" else ()
        else:
            piece = _start(node, _HTML.get(name, ""))
        out.append(piece)
        size += len(piece)
    return "".join(out).strip()[:MAX_TEXT], tuple(media), tuple(notes)


def _start(node: etree._Element, html: str) -> str:
    said = "".join(f' {name}="{escape(node.get(name))}"' for name in _KEPT if node.get(name)) if html else ""
    return (f"<{html}{said}>" if html else "") + escape(node.text or "", quote=False)


def _media(element: etree._Element, context: Context) -> list[Media]:
    """<media media-type>: its references, with the caption and the producer that stand beside them."""
    caption = " ".join(_plain(child) for child in element if local(child) == "media-caption").strip()
    producer = ", ".join(_plain(child) for child in element if local(child) == "media-producer")
    found = []
    for child in element:
        href = context.address(child.get("source"), child) if local(child) == "media-reference" else ""
        if href:
            found.append(
                Media(
                    href=href,
                    type=child.get("mime-type", "")[:100],
                    medium=_MEDIA.get(element.get("media-type", "").strip().lower(), ""),
                    width=child.get("width", "")[:10],
                    height=child.get("height", "")[:10],
                    caption=caption,
                    alt=child.get("alternate-text", "")[:2000],
                    credit=producer,
                )
            )
    return found


def _note(element: etree._Element) -> list[EdNote]:
    """<note noteclass>: for editors unless the agency says otherwise."""
    text = "\n".join(filter(None, (_plain(child) for child in element))) or _plain(element)
    return [EdNote(text=text, role=element.get("noteclass", "").strip()[:100])] if text else []
