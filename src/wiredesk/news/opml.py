"""OPML: lists of feeds, in and out (opml.org/spec2.opml).

A list from a stranger is read like a feed: guarded, never trusted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from wiredesk.news import clean
from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading import decode, repair, urls
from wiredesk.news.formats.reading.text import MAX_ATTRIBUTES

MAX_OUTLINES = 200_000
MAX_FOLDERS = 10  # of a path of folders that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list; `folders` is where it stood, outermost first; `error` says why it cannot be followed."""

    title: str = ""
    xml_url: str = ""
    html_url: str = ""
    folders: tuple[str, ...] = ()
    error: str = ""


def read(body: bytes) -> tuple[Outline, ...]:
    """The feeds of a list, in order, each address once. Raises NewsError if it is none."""
    if not body.strip():
        raise NewsError("empty")
    tree = repair.strict(body) or repair.climb(decode.decode(body).text)
    if etree.QName(tree.root).localname.lower() != "opml":
        raise NewsError(f"not OPML: the document is <{etree.QName(tree.root).localname[:40]}>")
    found: dict[str, Outline] = {}
    folders: list[str] = []
    for event, node in etree.iterwalk(tree.root, events=("start", "end"), tag="outline"):
        address = _attribute(node, "xmlUrl")
        if event == "end":
            if not address and folders:
                folders.pop()
        elif not address:
            folders.append(_title(node))
        elif len(found) < MAX_OUTLINES:
            outline = _outline(node, address, tuple(name for name in folders if name)[:MAX_FOLDERS])
            found.setdefault(outline.xml_url or address, outline)
    return tuple(found.values())


def write(outlines: Iterable[Outline], *, title: str) -> bytes:
    """An OPML 2.0 document; a feed stands in the first of its folders."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = clean.plain(title)
    body = etree.SubElement(root, "body")
    groups: dict[str, etree._Element] = {}
    for outline in outlines:
        parent = body
        if outline.folders:
            name = clean.plain(outline.folders[0])
            if name not in groups:
                groups[name] = etree.SubElement(body, "outline", text=name, title=name)
            parent = groups[name]
        text = clean.plain(outline.title) or outline.xml_url
        said = {"type": "rss", "text": text, "title": text, "xmlUrl": outline.xml_url}
        if outline.html_url:
            said["htmlUrl"] = outline.html_url
        etree.SubElement(parent, "outline", said)
    document: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return document


def _outline(node: etree._Element, address: str, folders: tuple[str, ...]) -> Outline:
    url = urls.absolute(address)
    return Outline(
        title=_title(node),
        xml_url=url,
        html_url=urls.absolute(_attribute(node, "htmlUrl")),
        folders=folders,
        error="" if url else f"not a web address: {clean.plain(address, 100)}",
    )


def _title(node: etree._Element) -> str:
    return clean.plain(_attribute(node, "title") or _attribute(node, "text"), 200)


def _attribute(node: etree._Element, name: str) -> str:
    """An attribute, whatever case its name is written in."""
    exact = node.get(name)
    if exact is not None:
        return str(exact).strip()
    key = next((key for key in node.keys()[:MAX_ATTRIBUTES] if str(key).lower() == name.lower()), "")
    return node.get(key, "").strip() if key else ""
