"""Microformats in a page: which elements are roots, what properties they have, and the values of those.

As microformats2 parsing says (microformats.org/wiki/microformats2-parsing), with two differences: only names that the
wiki knows are roots, since style sheets use others (`h-full`), and classic hAtom counts for entries and people alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from wiredesk.news.formats.reading.text import MAX_TEXT, markup_of

ROOTS = frozenset(
    "h-adr h-card h-cite h-entry h-event h-feed h-geo h-item h-listing h-product h-recipe h-resume h-review "
    "h-review-aggregate".split()
)
CLASSIC = {"hfeed": "h-feed", "hentry": "h-entry", "vcard": "h-card"}
MAX_CLASS = 2_000  # characters of a class attribute that are looked at
MAX_FOUND = 1_000  # values of one property
MAX_LINE = 2_000
_PROPERTY = re.compile(r"(p|u|dt|e)-([a-z0-9]{1,30}(?:-[a-z0-9]{1,30}){0,5})")
_CLASSIC_OF = {
    "h-entry": {
        "entry-title": "p-name",
        "entry-summary": "p-summary",
        "entry-content": "e-content",
        "published": "dt-published",
        "updated": "dt-updated",
        "author": "p-author",
        "category": "p-category",
    },
    "h-card": {"fn": "p-name", "url": "u-url", "photo": "u-photo", "email": "u-email"},
    "h-feed": {},
}
_CLASSIC_RELS = {"bookmark": "u-url", "tag": "p-category"}
_UNREAD = ("script", "style", "template")
_BREAKS = frozenset("address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 li ol p pre section td tr ul".split())
_ADDRESSES = {
    **dict.fromkeys(("a", "area", "link"), "href"),
    **dict.fromkeys(("img", "audio", "video", "source", "iframe", "embed"), "src"),
    "object": "data",
}
_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True, slots=True)
class Found:
    """One value of a property: the kind of property that says it (p, u, dt, e), where, and the root there if any."""

    kind: str
    element: etree._Element
    root: str = ""


@dataclass(slots=True)
class Microformat:
    """A root with its properties by name, each value in order."""

    type: str
    element: etree._Element
    properties: dict[str, list[Found]] = field(default_factory=dict)

    def first(self, name: str) -> Found | None:
        """The first value of a property."""
        return next(iter(self.properties.get(name, ())), None)


def root_of(element: etree._Element) -> str:
    """The root that an element is, or "". Of several the first counts."""
    return _root_among(_classes(element))


def is_classic(element: etree._Element) -> bool:
    """Whether a root is one only by the older names."""
    return ROOTS.isdisjoint(_classes(element))


def read(element: etree._Element) -> Microformat:
    """The properties of a root. Those of roots inside it are their own."""
    is_old, found = is_classic(element), Microformat(root_of(element), element)
    stack = list(element.iterchildren(reversed=True))
    while stack:
        child = stack.pop()
        classes = _classes(child)
        root = _root_among(classes) if classes else ""
        for kind, name in _named(child, classes, found.type if is_old else ""):
            values = found.properties.setdefault(name, [])
            if len(values) < MAX_FOUND:
                values.append(Found(kind, child, root))
        if not root:
            stack.extend(child.iterchildren(reversed=True))
    return found


def inside(element: etree._Element, name: str, *, but_not_in: tuple[str, ...]) -> Iterator[etree._Element]:
    """All roots of one name in an element, in order, but for those inside one of their own or of the others."""
    stack = [element]
    while stack:
        one = stack.pop()
        root = root_of(one)
        if root == name:
            yield one
        if root != name and (root not in but_not_in or one is element):
            stack.extend(one.iterchildren(reversed=True))


def name_of(found: Microformat) -> str:
    """What a root is called: its p-name, else its text or its only picture, if no other property is made of words."""
    said = found.first("name")
    if said:
        return line_of(said.element)
    has_words = any(one.kind in ("p", "e") or one.root for values in found.properties.values() for one in values)
    return "" if has_words or is_classic(found.element) else line_of(_only(found.element, ("img", "area", "abbr")))


def address_of(found: Microformat) -> str:
    """The address a root has, as written: its u-url, else that of the only link it consists of or holds."""
    said = found.first("url")
    if said:
        return address_of(read(said.element)) if said.root else href_of(said.element)
    has_addresses = any(one.kind == "u" or one.root for values in found.properties.values() for one in values)
    if has_addresses or is_classic(found.element):
        return ""
    links = [one for one in found.element.iterchildren("a", "area") if one.get("href") and not root_of(one)]
    only = links[0] if len(links) == 1 else _only(found.element, ("a", "area"))
    return str(only.get("href", "")) if only.tag in ("a", "area") else ""


def _only(element: etree._Element, tags: tuple[str, ...]) -> etree._Element:
    """The element itself, or the one of these that is all it holds, directly or in an only child."""
    inner = element
    for _ in range(2):
        if inner.tag in tags or len(inner) != 1:
            break
        inner = inner[0]
        if inner.tag in tags and not root_of(inner):
            return inner
    return element


def line_of(element: etree._Element) -> str:
    """The value of a p- property, on one line."""
    said = _by_class(element) or _said(element, ("alt",), ("img", "area"))
    return " ".join((said[: 2 * MAX_LINE] or text_of(element, 2 * MAX_LINE)).split())[:MAX_LINE]


def href_of(element: etree._Element) -> str:
    """The value of a u- property as written, relative or not."""
    attribute = _ADDRESSES.get(element.tag, "")
    said = element.get(attribute) if attribute else None
    if said is None and element.tag == "video":
        said = element.get("poster")
    return (said or _by_class(element) or _said(element, (), ()) or text_of(element, MAX_LINE)).strip()[:4_096]


def time_of(element: etree._Element) -> str:
    """The value of a dt- property: one string, put together where date and time stand apart (value-class-pattern)."""
    parts = _values(element)
    if parts:
        date = next((part for part in parts if not _TIME.fullmatch(part)), "")
        time = next((part for part in parts if _TIME.fullmatch(part)), "")
        zone = next((part for part in parts[1:] if part[:1] in "+-" or part == "Z"), "")
        return " ".join(filter(None, (date, time + (zone if time else "")))) if date != zone else time
    return _said(element, ("datetime",), ("time", "ins", "del")) or text_of(element, 200)


def html_of(element: etree._Element) -> str:
    """The value of an e- property: foreign HTML as it stands."""
    return markup_of(element)


def text_of(element: etree._Element, limit: int = MAX_TEXT) -> str:
    """The text a reader sees, what pictures say for themselves included; blocks are parted by a blank."""
    out: list[str] = []
    size = 0
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, node in walker:
        if size > limit:
            break
        said = ""
        if event == "start":
            if node.tag in _UNREAD:
                walker.skip_subtree()
            else:
                said = (node.get("alt", "") if node.tag == "img" else node.text or "")[:limit]
        elif node is not element:
            said = (" " if node.tag in _BREAKS else "") + (node.tail or "")[:limit]
        out.append(said)
        size += len(said)
    return "".join(out).strip()[:limit]


def _said(element: etree._Element, attributes: tuple[str, ...], tags: tuple[str, ...]) -> str:
    """What an element says by an attribute in place of its text: abbr, data and input do for every property."""
    if element.tag in tags:
        return next((element.get(name, "") for name in attributes if element.get(name)), "")
    attribute = {"abbr": "title", "data": "value", "input": "value"}.get(element.tag)
    return element.get(attribute, "") if attribute else ""


def _by_class(element: etree._Element) -> str:
    return "".join(_values(element))


def _values(element: etree._Element) -> list[str]:
    """What its descendants of the class `value` or `value-title` say (microformats.org/wiki/value-class-pattern)."""
    found: list[str] = []
    stack = list(element.iterchildren(reversed=True))
    while stack and len(found) < 20:
        child = stack.pop()
        classes = _classes(child)
        if "value-title" in classes:
            found.append(child.get("title", "").strip()[:MAX_LINE])
        elif "value" in classes:
            said = _said(child, ("alt", "datetime"), ("img", "area", "time", "ins", "del")) or text_of(child, MAX_LINE)
            found.append(said.strip()[:MAX_LINE])
        elif not _root_among(classes):
            stack.extend(child.iterchildren(reversed=True))
    return [one for one in found if one]


def _named(element: etree._Element, classes: list[str], classic: str) -> Iterator[tuple[str, str]]:
    """The properties an element is: kind and name. `classic` is the older root it stands in, if it is such."""
    names = classes
    if classic:
        table = _CLASSIC_OF[classic]
        names = [table[name] for name in classes if name in table]
        if classic == "h-entry" and element.tag == "a":
            names += [
                _CLASSIC_RELS[rel] for rel in element.get("rel", "")[:200].lower().split() if rel in _CLASSIC_RELS
            ]
    for name in dict.fromkeys(names):
        found = _PROPERTY.fullmatch(name)
        if found:
            yield found[1], found[2]


def _classes(element: etree._Element) -> list[str]:
    said = element.get("class")
    return said[:MAX_CLASS].split() if said else []


def _root_among(classes: list[str]) -> str:
    own = next((name for name in classes if name in ROOTS), "")
    return own or next((CLASSIC[name] for name in classes if name in CLASSIC), "")
