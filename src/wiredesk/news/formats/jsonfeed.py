"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1). Wrong types become empty, with a note; nothing is repaired."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from wiredesk.news.formats.reading import dates
from wiredesk.news.formats.reading.common import comments
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.formats.reading.finish import MAX_ITEMS, Read, finish
from wiredesk.news.item import Extra, Link, Media, Person, Ref, Rights, Subject

VERSION = "https://jsonfeed.org/version/"
_ITEM_KEYS = frozenset(
    "id url external_url title content_html content_text summary image banner_image date_published date_modified "
    "author authors tags language attachments".split()
)
_FEED_KEYS = frozenset(
    "version title home_page_url feed_url description user_comment next_url icon favicon author authors language "
    "expired hubs items".split()
)


def sniff(document: Any) -> bool:
    """Whether a JSON document says that it is a JSON Feed."""
    return isinstance(document, dict) and str(document.get("version", "")).startswith(VERSION)


def items(document: dict[str, Any], context: Context) -> Read:
    """Feed and items of a document."""
    context.stand_on(_text(document, "home_page_url", context))
    rows = document.get("items")
    if not isinstance(rows, list):
        context.note("wrong-type", "items is no list", "items")
        rows = []
    good = [row for row in rows if isinstance(row, dict)]
    if len(good) < len(rows):
        context.note("wrong-type", f"{len(rows) - len(good)} items are no objects and were dropped", "items")
    cut = len(good) > MAX_ITEMS
    if cut:
        context.note("too-many-items", f"only the first {MAX_ITEMS} of {len(good)} items were read")
    drafts = [_item(row, context) for row in good[:MAX_ITEMS]]
    format_ = "jsonfeed" + str(document["version"]).removeprefix(VERSION)[:4]
    return finish(_feed(document, context), drafts, context, format_=format_, cut=cut)


def _feed(document: dict[str, Any], context: Context) -> dict[str, Any]:
    hubs = (hub.get("url", "") for hub in _rows(document, "hubs", context))
    fields = {
        "title": _text(document, "title", context),
        "subtitle": _text(document, "description", context),
        "url": _address(document, "home_page_url", context),
        "self_url": _address(document, "feed_url", context),
        "next": _address(document, "next_url", context),
        "image": _address(document, "icon", context),
        "icon": _address(document, "favicon", context),
        "language": _text(document, "language", context),
        "authors": tuple(_people(document, context)),
        "hubs": tuple(hub for hub in hubs if isinstance(hub, str) and hub),
        "complete": document.get("expired") is True,
        "extra": tuple(_extra(document, _FEED_KEYS)),
    }
    return {name: value for name, value in fields.items() if value}


def _item(row: dict[str, Any], context: Context) -> Draft:
    draft = Draft()
    draft.set("guid", _text(row, "id", context)[:2000], "id")
    if "guid" in draft.fields:
        draft.fields["guid_kind"] = "opaque"
    for name, key in (("url", "url"), ("external_url", "external_url")):
        draft.set(name, _address(row, key, context), key)
    if "external_url" in draft.fields:
        draft.add("refs", Ref(rel="external", id=draft.fields["external_url"]), "external_url")
        draft.add("links", Link(rel="external", href=draft.fields["external_url"]), "external_url")
    if "url" in draft.fields:
        draft.add("links", Link(rel="alternate", href=draft.fields["url"]), "url")
    draft.set("headline", " ".join(_text(row, "title", context).split()), "title")
    draft.set("language", _text(row, "language", context)[:35], "language")
    draft.set("summary", escape(_text(row, "summary", context), quote=False), "summary")
    _body(draft, row, context)
    for name, key in (("published", "date_published"), ("updated", "date_modified")):
        draft.set(name, dates.read(_text(row, key, context), context.zone), key)
    for person in _people(row, context):
        draft.add("authors", person, "authors")
    for tag in _tags(row, context):
        draft.add("subjects", Subject(name=tag), "tags")
    _media(draft, row, context)
    _named_extra(draft, row)
    return draft


def _body(draft: Draft, row: dict[str, Any], context: Context) -> None:
    html, text = _text(row, "content_html", context), _text(row, "content_text", context)
    paragraphs = (f"<p>{escape(part.strip(), quote=False)}</p>" for part in text.split("\n\n") if part.strip())
    draft.set("body", html or "\n".join(paragraphs), "content_html" if html else "content_text")
    if "body" in draft.fields:
        draft.fields["body_kind"] = "full"


def _media(draft: Draft, row: dict[str, Any], context: Context) -> None:
    for key in ("image", "banner_image"):
        href = _address(row, key, context)
        draft.add("media", Media(href=href, rendition=key, medium="image") if href else None, key)
    for one in _rows(row, "attachments", context):
        href = context_address(_text(one, "url", context), context)
        if href:
            length = _text(one, "size_in_bytes", context)
            media = Media(
                href=href,
                rendition="enclosure",
                type=_text(one, "mime_type", context)[:100],
                length=length[:40],
                title=_text(one, "title", context),
            )
            draft.add("media", media, "attachments")


def _named_extra(draft: Draft, row: dict[str, Any]) -> None:
    """Extensions (keys that begin with _) are kept; those that name rights are read."""
    for extra in _extra(row, _ITEM_KEYS):
        draft.lists.setdefault("extra", []).append(extra)
        value = row[extra.qname]
        if extra.qname.startswith("_") and isinstance(value, dict):
            notice, licence = (
                value.get("rights") or value.get("copyright"),
                value.get("license") or value.get("licence"),
            )
            if isinstance(notice, str) or isinstance(licence, str):
                said = Rights(
                    scope="item",
                    notice=notice if isinstance(notice, str) else "",
                    licence=licence if isinstance(licence, str) else "",
                )
                draft.add("rights", said, extra.qname)
            if isinstance(value.get("comments"), str):
                comments(draft, url=value["comments"])


def _extra(row: dict[str, Any], known: frozenset[str]) -> list[Extra]:
    found, size = [], 0
    for key, value in row.items():
        if key not in known:
            text = json.dumps(value, ensure_ascii=False)
            size += len(text)
            if size > 16_000:
                break
            found.append(Extra(qname=key, text=text))
    return found


def _text(row: dict[str, Any], key: str, context: Context) -> str:
    """A string. Numbers become one, since ids often are; anything else is empty."""
    value = row.get(key)
    if isinstance(value, str):
        return value.replace("\0", "").strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)[:100]
    if value is not None:
        context.note("wrong-type", f"{key} is no text", key)
    return ""


def _address(row: dict[str, Any], key: str, context: Context) -> str:
    return context_address(_text(row, key, context), context)


def context_address(href: str, context: Context) -> str:
    """An address made absolute; JSON has no element to count from."""
    from wiredesk.news.formats.reading import urls

    if not href:
        return ""
    found = urls.absolute(href, context.url)
    if not found:
        context.note("dropped-address", f"not a web address: {href[:80]}")
    return found


def _rows(row: dict[str, Any], key: str, context: Context) -> list[dict[str, Any]]:
    value = row.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        context.note("wrong-type", f"{key} is no list", key)
        return []
    return [one for one in value if isinstance(one, dict)]


def _people(row: dict[str, Any], context: Context) -> list[Person]:
    """1.1 has `authors`, 1.0 `author`."""
    people = _rows(row, "authors", context)
    if not people and isinstance(row.get("author"), dict):
        people = [row["author"]]
    made = (Person(name=_text(one, "name", context), uri=_text(one, "url", context)) for one in people)
    return [person for person in made if person.name or person.uri]


def _tags(row: dict[str, Any], context: Context) -> list[str]:
    tags = row.get("tags")
    if isinstance(tags, str):
        context.note("wrong-type", "tags is no list", "tags")
        return [tags]
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
