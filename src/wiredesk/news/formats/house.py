"""Formats of one agency, in JSON or XML, read by the key map of its profile (FORMATS section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from wiredesk.news.formats.reading import json, keymap
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.formats.reading.finish import Read, finish
from wiredesk.news.formats.reading.text import local, text_of
from wiredesk.news.profile import Profile

MAX_DEPTH = 32  # of what stands in an item in XML
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def sniff(document: Any, profile: Profile) -> bool:
    """Whether a document names its items by the key that the profile gives for their guid."""
    is_item = _is_item(profile)
    return any(isinstance(row, dict) and is_item(row) for row in _documents(document, profile)[:20])


def items(document: Any, context: Context) -> Read:
    """All items of a document: an object, a list of them, or an object that holds the list."""
    return _read(document, _documents(document, context.profile), context, "json")


def sniff_xml(root: etree._Element, profile: Profile) -> bool:
    """The same of a document in XML: whether it has such an element."""
    return next(_elements(root, profile), None) is not None


def items_xml(root: etree._Element, context: Context) -> Read:
    """All elements that have a child of that name; what they hold is read as objects, lists and text are in JSON."""
    rows = [_as_object(element) for element in _elements(root, context.profile)]
    return _read({}, rows, context, "xml")


def _read(document: Any, found: list[Any], context: Context, kind: str) -> Read:
    profile = context.profile
    rows, cut = json.items_of(found, _is_item(profile), context)
    drafts = [_item(row, context) for row in rows]
    name = f"{kind}-{profile.code.lower()}" if profile.code else kind
    return finish(json.feed_of(document, context), drafts, context, format_=name, cut=cut)


def _elements(root: etree._Element, profile: Profile) -> Iterator[etree._Element]:
    """The outermost elements with a child that is called as the path to the guid begins."""
    first = _guid_key(profile).partition(".")[0]
    stack = [root] if first else []
    while stack:
        element = stack.pop()
        if any(local(child) == first for child in element):
            yield element
        else:
            stack.extend(element.iterchildren(reversed=True))


def _as_object(element: etree._Element, depth: int = 0) -> Any:
    """An element as JSON would have it: text, nothing where it says nil, else its children by name; several a list."""
    if element.get(_NIL) == "true":
        return None
    if not len(element) or depth >= MAX_DEPTH:
        return text_of(element)
    found: dict[str, Any] = {}
    for child in element:
        name, value = local(child), _as_object(child, depth + 1)
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found


def _documents(document: Any, profile: Profile) -> list[Any]:
    at = tuple(path for path, field in profile.keys.items() if field == "items") or ("items",)
    return json.documents(document, at, _guid_key(profile))


def _guid_key(profile: Profile) -> str:
    return next((path for path, field in profile.keys.items() if field == "guid"), "")


def _is_item(profile: Profile) -> Callable[[json.Row], bool]:
    """The question whether an object has the key that names it."""
    key = _guid_key(profile)

    def has_name(row: json.Row) -> bool:
        guid = json.find(row, key)
        return isinstance(guid, str | int) and not isinstance(guid, bool) and guid != ""

    return has_name


def _item(row: json.Row, context: Context) -> Draft:
    draft = Draft()
    claimed = keymap.read(draft, row, context)
    for key, value in row.items():
        if key not in claimed:
            json.keep(draft, key, value)
    return draft
