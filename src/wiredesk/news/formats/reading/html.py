"""Pages of HTML as bounded trees, whoever wrote them.

libxml2 spends quadratic time on a tag with many attributes where it builds the tree itself, so it does not: it tells of
tags and text, and what is too much is left out here.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from wiredesk.news.formats.reading.repair import FORBIDDEN
from wiredesk.news.formats.reading.text import MAX_ATTRIBUTES
from wiredesk.news.item import Value

MAX_ELEMENTS = 100_000
MAX_DEPTH = 200  # libxml2 gives up at 256
_CHARSET = re.compile(rb"<meta\b[^<>]{0,200}?\bcharset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,100}")  # HTML allows more in names than a tree of XML can hold


class Page(Value, frozen=True, kw_only=True):
    """A page's elements, and whether some were left out."""

    root: etree._Element
    is_cut: bool = False


def charset_in(body: bytes) -> str:
    """The charset a page names in its first kilobyte (HTML 4.2.5.4), as a Content-Type says it, or ""."""
    found = _CHARSET.search(body[:1024])
    return f"text/html; charset={found[1].decode('ascii')}" if found else ""


def read(text: str) -> Page | None:
    """The tree of a page; None where there is no element in it."""
    builder = _Builder()
    parser = etree.HTMLParser(target=builder, encoding="utf-8", huge_tree=False, no_network=True)
    etree.fromstring(text.encode("utf-8", "replace"), parser)
    return Page(root=builder.root, is_cut=builder.is_cut) if builder.root is not None else None


class _Builder:
    """What lxml calls for each tag and piece of text. Elements beyond the caps are left out, with all they hold."""

    def __init__(self) -> None:
        self.root: etree._Element | None = None
        self.is_cut = False
        self._open: list[str] = []
        self._count = 0
        self._outside = 0  # of how many open elements that were left out we are inside
        self._tree = etree.TreeBuilder()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._outside or self._count >= MAX_ELEMENTS or len(self._open) >= MAX_DEPTH:
            self._outside += 1
            self.is_cut = True
            return
        self._count += 1
        name = tag if _NAME.fullmatch(tag) else "span"
        self._open.append(name)
        said = islice(attributes.items(), MAX_ATTRIBUTES)
        self._tree.start(name, {key: FORBIDDEN.sub("", value) for key, value in said if _NAME.fullmatch(key)})

    def end(self, tag: str) -> None:
        if self._outside:
            self._outside -= 1
        else:
            self._tree.end(self._open.pop())

    def data(self, text: str) -> None:
        if self._open and not self._outside:
            self._tree.data(FORBIDDEN.sub("", text))

    def close(self) -> None:
        """The end, also of what the page, or libxml2 when it gave up, left open."""
        while self._open:
            self._tree.end(self._open.pop())
        if self._count:
            self.root = self._tree.close()
