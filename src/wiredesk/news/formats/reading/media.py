"""Pictures, sound and film (Media RSS, enclosures, itunes:image).

Each object has its own caption, credit and rights.
"""

from __future__ import annotations

from lxml import etree

from wiredesk.news.formats.reading.draft import Context, Draft, Handler
from wiredesk.news.formats.reading.names import canonical
from wiredesk.news.formats.reading.text import inner_of, text_of
from wiredesk.news.item import Link, Media

# media:* element -> the field of Media it fills.
_SAID = {
    "media:title": "title",
    "media:description": "caption",
    "media:text": "caption",
    "media:credit": "credit",
    "media:copyright": "copyright",
    "media:license": "licence",
}


def content(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """media:content: one object, with what its children say of it (Media RSS, primary elements)."""
    _object(draft, element, context, {})


def _object(draft: Draft, element: etree._Element, context: Context, of_group: dict[str, str]) -> None:
    """One object; what its group says holds where it says nothing itself."""
    named = element.attrib
    href = context.address(named.get("url"), element)
    said = of_group
    if len(element):
        said = {**of_group, **_said_in(element)}
        player = None if href else _child(element, "media:player")
        if player is not None:
            href = context.address(player.get("url"), element)
    if href:
        media = Media(
            href=href,
            rendition="content",
            type=named.get("type", "")[:100],
            medium=named.get("medium", "")[:100],
            width=named.get("width", "")[:100],
            height=named.get("height", "")[:100],
            length=named.get("fileSize", "")[:40],
            **said,
        )
        draft.add("media", media, "media:content")
    for child in element:
        if canonical(child.tag) == "media:thumbnail":
            thumbnail(draft, child, context, "media:thumbnail")


def group(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """media:group: renditions of one object."""
    said = _said_in(element)
    has_objects = False
    for child in element:
        name = canonical(child.tag)
        if name == "media:content":
            has_objects = True
            _object(draft, child, context, said)
        elif name == "media:thumbnail":
            thumbnail(draft, child, context, name)
        elif name == "media:keywords":
            keywords(draft, child, context, name)
        elif name not in _SAID:
            draft.keep(child)
    if not has_objects:
        draft.media_defaults.update(said)


def thumbnail(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """media:thumbnail: a small picture, its address an attribute or, wrongly but often, its text."""
    href = context.address(element.get("url") or text_of(element), element)
    if href:
        width, height = element.get("width", "")[:10], element.get("height", "")[:10]
        media = Media(href=href, rendition="thumbnail", medium="image", width=width, height=height)
        draft.add("media", media, "media:thumbnail")


def said(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """media:credit and its like beside the objects.

    True of those that say nothing else (Media RSS, optional elements).
    """
    draft.media_defaults.setdefault(_SAID[path], inner_of(element))


def keywords(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """media:keywords, itunes:keywords: words between commas."""
    for word in text_of(element).split(",")[:50]:
        draft.add("keywords", word.strip(), path)


def enclosure(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """RSS 2.0 <enclosure>: any number of them."""
    href = context.address(element.get("url") or element.get("href") or text_of(element), element)
    if href:
        kind, length = element.get("type", "")[:100], element.get("length", "")[:40]
        draft.add("links", Link(rel="enclosure", href=href, type=kind, length=length), "enclosure")
        draft.add("media", Media(href=href, rendition="enclosure", type=kind, length=length), "enclosure")


def image(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """itunes:image: the address an attribute or text."""
    href = context.address(element.get("href") or element.get("url") or text_of(element), element)
    if href:
        draft.add("media", Media(href=href, rendition="image", medium="image"), "itunes:image")


def settle(draft: Draft) -> None:
    """Give every object that says nothing itself what was said beside them."""
    defaults = draft.media_defaults
    objects = draft.lists.get("media", [])
    if not objects:
        for name, value in defaults.items():
            draft.note("media-without-object", f"{name}: {value[:200]}")
        return
    draft.lists["media"] = [_with(one, defaults) for one in objects]


def _with(media: Media, defaults: dict[str, str]) -> Media:
    own = {name: getattr(media, name) for name in media.__struct_fields__}
    return Media(**{name: value or defaults.get(name, "") for name, value in own.items()})


def _said_in(element: etree._Element) -> dict[str, str]:
    said: dict[str, str] = {}
    for child in element:
        field = _SAID.get(canonical(child.tag))
        if field:
            value = text_of(child) or child.get("href", "")
            said[field] = (
                f"{said[field]}, {value}" if field == "credit" and said.get(field) else said.get(field) or value
            )
    return {name: value for name, value in said.items() if value}


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if canonical(child.tag) == name), None)


HANDLERS: dict[str, Handler] = {
    "media:content": content,
    "media:group": group,
    "media:thumbnail": thumbnail,
    "media:keywords": keywords,
    "itunes:keywords": keywords,
    "itunes:image": image,
    **dict.fromkeys(_SAID, said),
}
