"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1). Wrong types become empty, with a note; nothing is repaired."""

from __future__ import annotations

from html import escape
from typing import Any

from wiredesk.news.formats.reading import json
from wiredesk.news.formats.reading.common import comments
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.formats.reading.finish import Read, finish
from wiredesk.news.item import Link, Media, Person, Ref, Rights, Subject
from wiredesk.news.profile import Profile

VERSION = "https://jsonfeed.org/version/"
_ITEM_KEYS = frozenset(
    "id url external_url title content_html content_text summary image banner_image date_published date_modified "
    "author authors tags language attachments".split()
)
_FEED_KEYS = frozenset(
    "version title home_page_url feed_url description user_comment next_url icon favicon author authors language "
    "expired hubs items".split()
)


def sniff(document: Any, _: Profile) -> bool:
    """Whether a JSON document says that it is a JSON Feed."""
    return isinstance(document, dict) and str(document.get("version", "")).startswith(VERSION)


def items(document: dict[str, Any], context: Context) -> Read:
    """Feed and items of a document."""
    context.stand_on(json.text(document, "home_page_url", context))
    rows = document.get("items")
    if not isinstance(rows, list):
        context.note("wrong-type", "items is no list", "items")
        rows = []
    good = [row for row in rows if isinstance(row, dict)]
    if len(good) < len(rows):
        context.note("wrong-type", f"{len(rows) - len(good)} items are no objects and were dropped", "items")
    good, cut = json.capped(good, context)
    drafts = [_item(row, context) for row in good]
    format_ = "jsonfeed" + str(document["version"]).removeprefix(VERSION)[:4]
    return finish(_feed(document, context), drafts, context, format_=format_, cut=cut)


def _feed(document: dict[str, Any], context: Context) -> dict[str, Any]:
    hubs = (hub.get("url", "") for hub in json.rows(document, "hubs", context))
    fields = {
        "title": json.text(document, "title", context),
        "subtitle": json.text(document, "description", context),
        "url": json.address(document, "home_page_url", context),
        "self_url": json.address(document, "feed_url", context),
        "next": json.address(document, "next_url", context),
        "image": json.address(document, "icon", context),
        "icon": json.address(document, "favicon", context),
        "language": json.text(document, "language", context),
        "authors": tuple(_people(document, context)),
        "hubs": tuple(hub for hub in hubs if isinstance(hub, str) and hub),
        "complete": document.get("expired") is True,
        "extra": tuple(json.unclaimed(document, _FEED_KEYS)),
    }
    return {name: value for name, value in fields.items() if value}


def _item(row: dict[str, Any], context: Context) -> Draft:
    draft = Draft()
    draft.set("guid", json.text(row, "id", context)[:2000], "id")
    if "guid" in draft.fields:
        draft.fields["guid_kind"] = "opaque"
    for name, key in (("url", "url"), ("external_url", "external_url")):
        draft.set(name, json.address(row, key, context), key)
    if "external_url" in draft.fields:
        draft.add("refs", Ref(rel="external", id=draft.fields["external_url"]), "external_url")
        draft.add("links", Link(rel="external", href=draft.fields["external_url"]), "external_url")
    if "url" in draft.fields:
        draft.add("links", Link(rel="alternate", href=draft.fields["url"]), "url")
    draft.set("headline", json.line(row, "title", context), "title")
    draft.set("language", json.text(row, "language", context)[:35], "language")
    draft.set("summary", escape(json.text(row, "summary", context), quote=False), "summary")
    _body(draft, row, context)
    for name, key in (("published", "date_published"), ("updated", "date_modified")):
        draft.set(name, json.date(row, key, context), key)
    for person in _people(row, context):
        draft.add("authors", person, "authors")
    for tag in json.strings(row, "tags", context):
        draft.add("subjects", Subject(name=tag), "tags")
    _media(draft, row, context)
    _named_extra(draft, row)
    return draft


def _body(draft: Draft, row: dict[str, Any], context: Context) -> None:
    html, text = json.text(row, "content_html", context), json.text(row, "content_text", context)
    draft.set("body", html or json.paragraphs(text), "content_html" if html else "content_text")
    if "body" in draft.fields:
        draft.fields["body_kind"] = "full"


def _media(draft: Draft, row: dict[str, Any], context: Context) -> None:
    for key in ("image", "banner_image"):
        href = json.address(row, key, context)
        draft.add("media", Media(href=href, rendition=key, medium="image") if href else None, key)
    for one in json.rows(row, "attachments", context):
        href = json.absolute(json.text(one, "url", context), context)
        if href:
            length = json.text(one, "size_in_bytes", context)
            media = Media(
                href=href,
                rendition="enclosure",
                type=json.text(one, "mime_type", context)[:100],
                length=length[:40],
                title=json.text(one, "title", context),
            )
            draft.add("media", media, "attachments")


def _named_extra(draft: Draft, row: dict[str, Any]) -> None:
    """Extensions (keys that begin with _) are kept; those that name rights are read."""
    for extra in json.unclaimed(row, _ITEM_KEYS):
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


def _people(row: dict[str, Any], context: Context) -> list[Person]:
    """1.1 has `authors`, 1.0 `author`."""
    people = json.rows(row, "authors", context)
    if not people and isinstance(row.get("author"), dict):
        people = [row["author"]]
    made = (Person(name=json.text(one, "name", context), uri=json.text(one, "url", context)) for one in people)
    return [person for person in made if person.name or person.uri]
