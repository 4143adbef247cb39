"""Typed reading of decoded JSON: wrong types become empty, with a note; nothing is repaired (FORMATS 1.3)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from wiredesk.news.formats.reading import dates, urls
from wiredesk.news.formats.reading.draft import MAX_EXTRA, Context, Draft
from wiredesk.news.formats.reading.finish import MAX_ITEMS
from wiredesk.news.formats.reading.text import MAX_TEXT
from wiredesk.news.item import Date, Extra

Row = Mapping[str, Any]
WRAPPED = 100  # characters of a line at which senders wrap text, if they do


def text(row: Row, key: str, context: Context) -> str:
    """A string. Numbers become one, since ids often are; anything else is empty."""
    return text_of(row.get(key), key, context)


def text_of(value: Any, key: str, context: Context) -> str:
    """The same of a value that stands under a key."""
    if isinstance(value, str):
        return value.replace("\0", "").strip()[:MAX_TEXT]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)[:100]
    if value is not None:
        context.note("wrong-type", f"{key} is no text", key)
    return ""


def line(row: Row, key: str, context: Context) -> str:
    """A string without line breaks."""
    return " ".join(text(row, key, context).split())


def address(row: Row, key: str, context: Context) -> str:
    """An absolute web address."""
    return absolute(text(row, key, context), context)


def absolute(href: str, context: Context) -> str:
    """An address made absolute; JSON has no element to count from."""
    if not href:
        return ""
    found = urls.absolute(href, context.url)
    if not found:
        context.note("dropped-address", f"not a web address: {href[:80]}")
    return found


def date(row: Row, key: str, context: Context) -> Date | None:
    """A date, understood or not."""
    return dates.read(text(row, key, context), context.zone)


def rows(row: Row, key: str, context: Context) -> list[dict[str, Any]]:
    """The objects of a list; what else stands in it is dropped."""
    value = row.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        context.note("wrong-type", f"{key} is no list", key)
        return []
    return [one for one in value if isinstance(one, dict)]


def strings(row: Row, key: str, context: Context) -> list[str]:
    """The strings of a list; one string alone counts as a list of one."""
    value = row.get(key)
    if isinstance(value, str):
        context.note("wrong-type", f"{key} is no list", key)
        return [value]
    if value is not None and not isinstance(value, list):
        context.note("wrong-type", f"{key} is no list", key)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def lowered(row: Row) -> dict[str, Any]:
    """The same with keys in lower case; of two that differ in case alone the first counts."""
    found: dict[str, Any] = {}
    for key, value in row.items():
        found.setdefault(key.lower(), value)
    return found


def capped(found: list[dict[str, Any]], context: Context) -> tuple[list[dict[str, Any]], bool]:
    """As many items as are read of one document, and whether there were more."""
    is_cut = len(found) > MAX_ITEMS
    if is_cut:
        context.note("too-many-items", f"only the first {MAX_ITEMS} of {len(found)} items were read")
    return found[:MAX_ITEMS], is_cut


def paragraphs(plain: str) -> str:
    """Plain text as HTML: a paragraph where a line is empty, or at every line if lines are too long to be wrapped."""
    plain = plain.replace("\r\n", "\n")
    parts = plain.split("\n\n")
    if len(parts) == 1 and any(len(line) > WRAPPED for line in plain.split("\n")):
        parts = plain.split("\n")
    stripped = (part.strip() for part in parts)
    return "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in stripped if part)


def written(value: Any) -> str:
    """Any value as text, to be kept."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def unclaimed(row: Row, known: Iterable[str]) -> list[Extra]:
    """The keys that nobody claims, as long as there is room."""
    found, size = [], 0
    for key, value in row.items():
        if key not in known:
            said = json.dumps(value, ensure_ascii=False)
            size += len(said)
            if size > MAX_EXTRA:
                break
            found.append(Extra(qname=key, text=said))
    return found


def keep(draft: Draft, key: str, value: Any) -> None:
    """One value that has no field, as long as there is room. Empty ones say nothing."""
    if value in (None, "", [], {}):
        return
    said = written(value)
    if draft.kept + len(said) > MAX_EXTRA:
        draft.note("too-much-extra", "unknown keys were dropped")
        return
    draft.kept += len(said)
    draft.lists.setdefault("extra", []).append(Extra(qname=key[:200], text=said))


def documents(document: Any, at: tuple[str, ...] = ("items",), guid: str = "uri") -> list[Any]:
    """What may be items: the document itself, what stands in a list, or what an object holds at one of some paths."""
    if isinstance(document, dict) and find(document, guid) is None:
        held = next((one for path in at if (one := find(document, path)) is not None), None)
        if isinstance(held, list | dict):
            return held if isinstance(held, list) else [held]
    return document if isinstance(document, list) else [document]


def find(row: Row, path: str) -> Any:
    """What stands at the end of a path, or None."""
    value: Any = row
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def items_of(found: list[Any], is_item: Callable[[Row], bool], context: Context) -> tuple[list[dict[str, Any]], bool]:
    """Those that are items, as many as are read of one document, and whether there were more."""
    rows = [row for row in found if isinstance(row, dict) and is_item(row)]
    if len(rows) < len(found):
        context.note("wrong-type", f"{len(found) - len(rows)} of a list are no news items and were dropped", "items")
    return capped(rows, context)


def feed_of(document: Any, context: Context) -> dict[str, Any]:
    """What holds for all items: the name of a document that holds them."""
    is_around = isinstance(document, dict) and isinstance(document.get("items"), list) and "uri" not in document
    title = line(document, "title", context) if is_around else ""
    return {"title": title} if title else {}
