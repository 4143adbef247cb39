"""Renditions and associations of ninjs: pictures, sound and film, each with its own caption, credit and rights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from wiredesk.news.formats.reading import dates, json, texts, wire
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.item import Link, Media, Rights

_MEDIA = {**dict.fromkeys(("picture", "graphic", "photo", "image"), "image"), "audio": "audio", "video": "video"}
_PAGES = ("canonical", "web", "html")
_SAID = frozenset("name href contenttype mimetype title width height sizeinbytes".split())
MAX_DEPTH = 4  # associations of associations: a story, its gallery, the pictures in it


def rights(row: json.Row, context: Context) -> dict[str, str]:
    """copyrightholder, copyrightnotice, usageterms, rightsinfo/linkedrights as the fields of Rights."""
    return {
        "holder": json.line(row, "copyrightholder", context),
        "notice": json.text(row, "copyrightnotice", context),
        "terms": json.text(row, "usageterms", context),
        "licence": json.text(_info(row, context), "linkedrights", context)[: wire.MAX_ID],
    }


def encoded_rights(row: json.Row, context: Context) -> str:
    """rightsinfo/encodedrights: an expression in a language of rights, such as ODRL, for people who know it."""
    return json.text(_info(row, context), "encodedrights", context)


def renditions(draft: Draft, row: json.Row, context: Context) -> None:
    """renditions: an object by name (1.x), a list of objects (since 2.0). A web page is the item's address."""
    whole = _object(row, context)
    for name, one in _named(row, "renditions", context):
        href = json.address(one, "href", context)
        kind = _type_of(one, context)
        if href and (kind.startswith(("text/html", "application/xhtml")) or (not kind and name in _PAGES)):
            draft.set("url", href, "renditions")
            draft.add("links", Link(rel="alternate", href=href, type=kind[:100]), "renditions")
        elif href:
            draft.add("media", _rendition(whole, one, name, href, context), "renditions")
        rest = {key: value for key, value in one.items() if key not in _SAID}
        json.keep(draft, f"renditions {name}".strip(), rest)


def associations(draft: Draft, row: json.Row, context: Context) -> None:
    """associations: news objects by name (1.x), a list of them (2.x), which say their `rel` (since 3.1)."""
    for name, one in _named(row, "associations", context):
        wire.relation(
            draft,
            json.text(one, "uri", context),
            context,
            "associations",
            rel=json.text(one, "rel", context),
            name=name,
            version=json.text(one, "version", context)[:100],
        )
    for associated in _associated(row, context, MAX_DEPTH):
        _add_media(draft, associated, context)


def _associated(row: json.Row, context: Context, depth: int) -> Iterator[json.Row]:
    for _, associated in _named(row, "associations", context) if depth else ():
        yield associated
        yield from _associated(associated, context, depth - 1)


def _add_media(draft: Draft, row: json.Row, context: Context) -> None:
    """The renditions of an associated object, unless it is held back itself."""
    if _is_held(draft, row, context):
        draft.note("withheld-media", "associated objects that are held back or embargoed were left out")
        return
    whole = _object(row, context)
    for name, one in _named(row, "renditions", context):
        href = json.address(one, "href", context)
        media = _rendition(whole, one, name, href, context)
        if href and not media.type.startswith(("text/html", "application/xhtml")):
            draft.add("media", media, "associations")
    said = rights(row, context)
    if said["terms"] or said["notice"]:
        draft.add("rights", Rights(scope="media", **said), "associations")


def _is_held(draft: Draft, row: json.Row, context: Context) -> bool:
    """Whether an associated object has a status that is not usable, or an embargo that outlasts the item's own.

    An item without one was sent to be shown when this version of it was made.
    """
    word = row.get("pubstatus")
    if word and (not isinstance(word, str) or context.profile.status_of(word) != "usable"):
        return True
    said = row.get("embargoeduntil", row.get("embargoed"))
    if said is None:
        return False
    ends = dates.read(said, context.zone) if isinstance(said, str) else None
    known = draft.fields.get("embargo") or draft.fields.get("updated")
    if ends is None or ends.utc is None or known is None or known == "undefined":
        return True
    return bool(known.utc is None or ends.utc > known.utc)


def _object(row: json.Row, context: Context) -> Media:
    """What an item says of all its renditions."""
    said = rights(row, context)
    byline = json.line(row, "byline", context) or json.line(row, "by", context)
    return Media(
        href="",
        caption=texts.caption(row, context) if json.text(row, "type", context) != "text" else "",
        credit=texts.in_role(row, ("creditline",), context) or byline,
        copyright=said["notice"] or said["holder"],
        licence=said["licence"],
        medium=_MEDIA.get(json.text(row, "type", context).lower(), ""),
    )


def _rendition(whole: Media, one: json.Row, name: str, href: str, context: Context) -> Media:
    kind = _type_of(one, context)
    stem = kind.partition("/")[0]
    return replace(
        whole,
        href=href,
        type=kind[:100],
        medium=stem if stem in ("image", "audio", "video") else whole.medium,
        width=json.text(one, "width", context),
        height=json.text(one, "height", context),
        length=json.text(one, "sizeinbytes", context),
        rendition=name,
        title=json.line(one, "title", context),
    )


def _type_of(one: json.Row, context: Context) -> str:
    return (json.text(one, "contenttype", context) or json.text(one, "mimetype", context)).lower()


def _info(row: json.Row, context: Context) -> json.Row:
    """rightsinfo, or the object itself: some senders leave the wrapper out, and rights must not be lost by that."""
    info = row.get("rightsinfo")
    if isinstance(info, dict):
        return json.lowered(info)
    if info is not None:
        context.note("wrong-type", "rightsinfo is no object", "rightsinfo")
    return row


def _named(row: json.Row, key: str, context: Context) -> list[tuple[str, dict[str, Any]]]:
    """The objects of a wrapper with their names: keys of an object in 1.x, `name` since 2.0."""
    value = row.get(key)
    if isinstance(value, dict):
        pairs = [(str(name), one) for name, one in value.items() if isinstance(one, dict)]
        if len(pairs) < len(value):
            context.note("wrong-type", f"{key} holds what is no object", key)
        return [(name[:100], json.lowered(one)) for name, one in pairs]
    found = [json.lowered(one) for one in json.rows(row, key, context)]
    return [(json.line(one, "name", context)[:100], one) for one in found]
