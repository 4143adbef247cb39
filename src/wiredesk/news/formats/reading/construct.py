"""Text and content constructs of Atom: what they hold, and whether that is HTML (RFC 4287 3.1, 4.1.3.

Atom 0.3 mode).
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NoBase64

from lxml import etree

from wiredesk.news.formats.reading.text import markup_of, text_of

_HTML_TYPES = ("html", "text/html", "application/xhtml+xml", "xhtml")


def construct(element: etree._Element) -> tuple[str, bool]:
    """What a text or content construct holds, and whether that is HTML (RFC 4287 3.1, 4.1.3; Atom 0.3 mode)."""
    kind = (element.get("type") or "text").strip().lower()
    mode = (element.get("mode") or "").strip().lower()
    if mode == "base64" or (kind not in ("text", "html", "xhtml") and _is_binary(kind, mode, element)):
        return _unpacked(element, kind)
    if kind == "xhtml" or (len(element) and mode != "escaped"):
        return _xhtml(element), True
    text = text_of(element)
    if kind in _HTML_TYPES or (mode == "escaped" and kind != "text/plain" and kind != "text") or kind.endswith("/html"):
        return text, True
    return text, False


def _is_binary(kind: str, mode: str, element: etree._Element) -> bool:
    """RFC 4287 4.1.3.3: a media type that is neither text nor XML is base64."""
    is_text = kind.startswith("text/") or kind.endswith(("+xml", "/xml"))
    return "/" in kind and not is_text and not mode and not len(element)


def _unpacked(element: etree._Element, kind: str) -> tuple[str, bool]:
    try:
        text = b64decode("".join(text_of(element).split()), validate=True).decode("utf-8")
    except (NoBase64, ValueError):
        return text_of(element), False
    return text, kind in _HTML_TYPES or "html" in kind


def _xhtml(element: etree._Element) -> str:
    """XHTML content; the div that the standard asks for is not part of it (RFC 4287 3.1.1.3)."""
    children = list(element)
    if len(children) == 1 and not (element.text or "").strip() and not (children[0].tail or "").strip():
        only = children[0]
        if only.tag.rpartition("}")[2] == "div":
            return markup_of(only)
    return markup_of(element)
