"""JSON formats of one agency, read by the key map of its profile (FORMATS section 5): dpa's digitalwires and others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wiredesk.news.formats.reading import json, keymap
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.formats.reading.finish import Read, finish
from wiredesk.news.profile import Profile


def sniff(document: Any, profile: Profile) -> bool:
    """Whether a document names its items by the key that the profile gives for their guid."""
    is_item = _is_item(profile)
    return any(isinstance(row, dict) and is_item(row) for row in _documents(document, profile)[:20])


def items(document: Any, context: Context) -> Read:
    """All items of a document: an object, a list of them, or an object that holds the list."""
    profile = context.profile
    rows, cut = json.items_of(_documents(document, profile), _is_item(profile), context)
    drafts = [_item(row, context) for row in rows]
    return finish(json.feed_of(document, context), drafts, context, format_=_name(profile), cut=cut)


def _name(profile: Profile) -> str:
    return f"json-{profile.code.lower()}" if profile.code else "json"


def _documents(document: Any, profile: Profile) -> list[Any]:
    at = next((path for path, field in profile.keys.items() if field == "items"), "items")
    return json.documents(document, at, _guid_key(profile))


def _guid_key(profile: Profile) -> str:
    return next((path for path, field in profile.keys.items() if field == "guid"), "")


def _is_item(profile: Profile) -> Callable[[json.Row], bool]:
    """The question whether an object has the key that names it."""
    key = _guid_key(profile)

    def has_name(row: json.Row) -> bool:
        guid = keymap.find(row, key)
        return isinstance(guid, str | int) and not isinstance(guid, bool) and guid != ""

    return has_name


def _item(row: json.Row, context: Context) -> Draft:
    draft = Draft()
    claimed = keymap.read(draft, row, context)
    for key, value in row.items():
        if key not in claimed:
            json.keep(draft, key, value)
    return draft
