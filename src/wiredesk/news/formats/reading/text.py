"""Characters and markup inside elements: plain text of either, and XHTML as HTML."""

from __future__ import annotations

import re
from html import escape, unescape

from lxml import etree

MAX_TEXT = 2 * 2**20
MAX_ATTRIBUTES = 1_000
XHTML = "{http://www.w3.org/1999/xhtml}"
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|&(?:#\w{1,8}|\w{2,31});")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_PARAGRAPH = re.compile(r"\n[ \t]{0,400}\n|\n(?=[ \t]{2})")
_WRAPPED = 120  # no line of wrapped text is longer; where one is, each line is a paragraph
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}


def attributes(element: etree._Element) -> dict[str, str]:
    """An element's attributes, no more than may be kept of one.

    lxml looks for each from the first one on, also where it is asked for all: 200,000 would take minutes.
    """
    return {str(key): element.get(key, "") for key in element.keys()[:MAX_ATTRIBUTES]}


def text_of(element: etree._Element) -> str:
    """All text in an element, without the white space around it."""
    text = "".join(element.itertext()) if len(element) else element.text
    if not text:
        return ""
    text = text.strip()
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT]


def local(element: etree._Element) -> str:
    """An element's name without namespace. In a document that was recovered it may still have a prefix."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def inner_of(element: etree._Element) -> str:
    """An element's content as HTML: escaped markup is text in XML, child elements are written out again."""
    return markup_of(element) if len(element) else text_of(element)


def markup_of(element: etree._Element) -> str:
    """The children of an element as HTML, their namespaces and prefixes left out.

    Without recursion, in one walk, and no further than a text may be long: foreign markup may be deep or have a million
    children.
    """
    out = [escape(element.text or "", quote=False)]
    size = len(out[0])
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if size > MAX_TEXT:
            break
        if node is element:
            continue
        name = local(node)
        if event == "start":
            pairs = attributes(node).items() if node.attrib else ()
            said = "".join(f' {key}="{escape(value)}"' for key, value in pairs if not key.startswith("{"))
            out.append(f"<{name}{said}>{escape(node.text or '', quote=False)}")
        else:
            out.append(f"{'' if name in _VOID else f'</{name}>'}{escape(node.tail or '', quote=False)}")
        size += len(out[-1])
    return "".join(out).strip()[:MAX_TEXT]


_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def is_markup(text: str) -> bool:
    """Whether a field that may be either is HTML: it has a tag, a comment or an entity."""
    if "<" not in text and "&" not in text:
        return False
    return _MARKUP.search(text) is not None or len(_without_comments(text)) < len(text)


def plain_of(html: str) -> str:
    """The text of a short piece of foreign HTML: for headlines and names, never for showing as HTML."""
    if "<" in html:
        html = _TAG.sub("", _without_comments(html))
    return " ".join((unescape(html) if "&" in html else html).split())


def _without_comments(html: str) -> str:
    """HTML without its comments; one that never ends stays. Each character is looked at once, however many begin."""
    pieces, place = [], 0
    while (begin := html.find("<!--", place)) >= 0 and (end := html.find("-->", begin + 4)) >= 0:
        pieces.append(html[place:begin])
        place = end + 3
    return "".join([*pieces, html[place:]])


def paragraphs(text: str) -> str:
    """Plain text as HTML. A paragraph ends at an empty line or before an indent, else where a long line does."""
    parts = _PARAGRAPH.split(text)
    if len(parts) == 1 and any(len(line) > _WRAPPED for line in text.splitlines()):
        parts = text.splitlines()
    said = (" ".join(part.split()) for part in parts)
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in said if part)


def without_c1(text: str) -> str:
    """C1 characters as the cp1252 characters their senders meant (FORMATS 1.3)."""
    return text.translate(_C1)
