"""An agency's own JSON keys, read as its profile says (news.profile.Written.keys and lists)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from wiredesk.news.formats.reading import json, wire
from wiredesk.news.formats.reading.dates import read as date_of
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.item import Credit, Link, Media, Person, Rights, Subject
from wiredesk.news.profile import Listed

_FIRST = ("guid", "status", "signals")  # what is read later asks for them
_HOLDER, _SELF = "^", "."
_SINGLE = ("dateline", "provider")
Setter = Callable[[Draft, Any, Context, str, str], None]


def read(draft: Draft, row: json.Row, context: Context) -> frozenset[str]:
    """Fill a draft from the keys that the profile names. Returns the first step of every path: what was claimed."""
    profile = context.profile
    parts: dict[str, dict[str, str]] = {"rights": {}, "credit": {}}
    for path, field in sorted(profile.keys.items(), key=lambda key: key[1] not in _FIRST):
        value = json.find(row, path)
        whole, _, part = field.partition(".")
        if part:
            every = value if isinstance(value, list) else [value]
            said = " ".join(" ".join(json.text_of(one, path, context) for one in every).split())
            parts[whole].update({part: said} if said and part not in parts[whole] else {})
        elif value is not None:
            _SETTERS.get(field, _line)(draft, value, context, path, field)
    for path, listed in ((listed.at, listed) for listed in profile.lists):
        for one, holder in _rows(row, path):
            _add(draft, listed, one, holder, context)
    for path, needed in profile.readers.items():
        _ask(draft, find_all(row, path), needed, path)
    draft.add("rights", Rights(scope="item", **parts["rights"]) if parts["rights"] else None, "rights")
    draft.add("credit", Credit(**parts["credit"], updated=None) if parts["credit"] else None, "credit")
    return frozenset(path.partition(".")[0] for path in (*profile.keys, *(listed.at for listed in profile.lists)))


def find_all(row: json.Row, path: str) -> list[Any]:
    """What stands at the end of a path, each if it is a list."""
    value = json.find(row, path)
    return value if isinstance(value, list) else [value]


def _ask(draft: Draft, said: list[Any], needed: str, path: str) -> None:
    """An item that lacks the word by which the agency marks what is for readers is for editors alone."""
    if needed not in said:
        draft.add("signals", "advisory", path)
        wire.narrow(draft, "withheld", path)


def _rows(row: json.Row, path: str) -> Iterator[tuple[json.Row, json.Row]]:
    """The rows of the list at the end of a path, each with the object that holds it; lists on the way are walked."""
    step, _, rest = path.partition(".")
    value = row.get(step)
    for one in value if isinstance(value, list) else [value]:
        if rest:
            if isinstance(one, dict):
                yield from _rows(one, rest)
        elif isinstance(one, dict):
            yield one, row
        elif isinstance(one, str) and one.strip():
            yield {_SELF: one}, row


def _add(draft: Draft, listed: Listed, one: json.Row, holder: json.Row, context: Context) -> None:
    if any(_at(one, holder, key) not in allowed for key, allowed in listed.only.items()):
        return
    values = {**listed.fixed}
    for key, field in listed.keys.items():
        value = _at(one, holder, key)
        if field == "public":
            values["private"] = "yes" if value is False else ""
        elif value is not None and not values.get(field):
            values[field] = json.text_of(value, f"{listed.at}.{key}", context)
    _ADDERS.get(listed.gives, _add_name)(draft, values, context, listed)


def _at(one: json.Row, holder: json.Row, key: str) -> Any:
    if key == _SELF:
        return one.get(_SELF)
    return json.find(holder, key[1:]) if key.startswith(_HOLDER) else json.find(one, key)


def _line(draft: Draft, value: Any, context: Context, path: str, field: str) -> None:
    draft.set(field, " ".join(json.text_of(value, path, context).split())[: wire.MAX_ID], path)
    if field == "guid" and "guid" in draft.fields:
        draft.fields["guid_kind"] = "opaque"


def _date(draft: Draft, value: Any, context: Context, path: str, field: str) -> None:
    draft.set(field, date_of(json.text_of(value, path, context), context.zone), path)


def _address(draft: Draft, value: Any, context: Context, path: str, field: str) -> None:
    draft.set(field, json.absolute(json.text_of(value, path, context), context), path)


def _html(draft: Draft, value: Any, context: Context, path: str, field: str) -> None:
    html = json.text_of(value, path, context)
    if field == "body":
        wire.body(draft, html, context, path)
    else:
        draft.set(field, html, path)


def _plain(draft: Draft, value: Any, context: Context, path: str, field: str) -> None:
    said = json.text_of(value, path, context)
    is_body = field == "body_text"
    html = json.paragraphs(said) if is_body else escape(said, quote=False)
    _html(draft, html, context, path, field.removesuffix("_text"))


def _words(draft: Draft, value: Any, context: Context, path: str, field: str) -> None:
    for one in value if isinstance(value, list) else [value]:
        draft.add(field, json.text_of(one, path, context)[:400], path)


def _signals(draft: Draft, value: Any, context: Context, path: str, _: str) -> None:
    for one in value if isinstance(value, list) else [value]:
        wire.signal(draft, json.text_of(one, path, context), path)


def _notes(draft: Draft, value: Any, context: Context, path: str, _: str) -> None:
    for one in value if isinstance(value, list) else [value]:
        wire.ednote(draft, json.text_of(one, path, context), context, path)


def _nothing(*_: Any) -> None:
    """`items` says where the items are, `ignored` that a key says nothing that other keys do not say."""


_SETTERS: dict[str, Setter] = {
    "status": lambda draft, value, context, path, _: wire.status(draft, value, context, path),
    "embargo": lambda draft, value, context, path, _: wire.embargo(draft, value, context, path),
    "urgency": lambda draft, value, context, path, _: wire.urgency(draft, value, context, path),
    "signals": _signals,
    "ednotes": _notes,
    "items": _nothing,
    "ignored": _nothing,
    **dict.fromkeys(("published", "updated", "expiry"), _date),
    **dict.fromkeys(("url", "external_url"), _address),
    **dict.fromkeys(("body", "summary"), _html),
    **dict.fromkeys(("body_text", "summary_text"), _plain),
    **dict.fromkeys(("keywords", "places", "persons", "orgs"), _words),
}


def _add_note(draft: Draft, values: dict[str, str], context: Context, listed: Listed) -> None:
    private = bool(values.get("private"))
    role = values.get("role", "")
    wire.ednote(draft, values.get("text", ""), context, listed.at, role=role, is_private=private)


def _add_ref(draft: Draft, values: dict[str, str], context: Context, listed: Listed) -> None:
    version = values.get("version", "")[:100]
    wire.relation(draft, values.get("id", ""), context, listed.at, rel=values.get("rel", ""), version=version)


def _add_media(draft: Draft, values: dict[str, str], context: Context, listed: Listed) -> None:
    href = json.absolute(values.pop("href", ""), context)
    draft.add("media", Media(href=href, **values) if href else None, listed.at)


def _add_link(draft: Draft, values: dict[str, str], context: Context, listed: Listed) -> None:
    href, rel = json.absolute(values.pop("href", ""), context), values.pop("rel", "related").lower()
    draft.add("links", Link(rel=rel, href=href, **values) if href else None, listed.at)


def _add_subject(draft: Draft, values: dict[str, str], context: Context, listed: Listed) -> None:
    prefix, _, code = values.get("code", "").partition(":")
    if prefix in context.profile.prefixes and not values.get("scheme"):
        values |= {"scheme": context.profile.prefixes[prefix], "code": code}
    has_sense = values.get("name") or values.get("code")
    draft.add("subjects", Subject(**values) if has_sense else None, listed.at)


def _add_author(draft: Draft, values: dict[str, str], _: Context, listed: Listed) -> None:
    draft.add("authors", Person(**values) if values.get("name") else None, listed.at)


def _add_credit(draft: Draft, values: dict[str, str], _: Context, listed: Listed) -> None:
    draft.add("credit", Credit(**values, updated=None) if values.get("name") or values.get("id") else None, listed.at)


def _add_name(draft: Draft, values: dict[str, str], _: Context, listed: Listed) -> None:
    """keywords, orgs, persons, places; dateline and provider, of which there is one."""
    if listed.gives in _SINGLE:
        draft.set(listed.gives, values.get("name", ""), listed.at)
        return
    draft.add(listed.gives, values.get("name", "")[:400], listed.at)


def _add_signal(draft: Draft, values: dict[str, str], _: Context, listed: Listed) -> None:
    wire.signal(draft, values.get("name", ""), listed.at)


_ADDERS: dict[str, Callable[[Draft, dict[str, str], Context, Listed], None]] = {
    "authors": _add_author,
    "credit": _add_credit,
    "ednotes": _add_note,
    "links": _add_link,
    "media": _add_media,
    "refs": _add_ref,
    "signals": _add_signal,
    "subjects": _add_subject,
}
