"""What a NewsComponent of NewsML 1.2 holds: its lines, and its content as text, picture or note to editors."""

from __future__ import annotations

import re
from html import escape

from lxml import etree

from wiredesk.news.formats.reading import nitf, nitf_body, usage, wire
from wiredesk.news.formats.reading.draft import Context, Draft, Handlers, walk
from wiredesk.news.formats.reading.names import canonical
from wiredesk.news.formats.reading.nitf import words
from wiredesk.news.formats.reading.text import is_markup, local, markup_of, paragraphs, plain_of, text_of
from wiredesk.news.item import Media, Rights

# What a Role says of a component's text. A text without a role, or with another one, may be the body.
_ROLES = {
    "headline": "headline", "subheadline": "subhead", "abstract": "summary", "summary": "summary", "teaser": "summary",
    "contact": "note", "contacts": "note", "editorial note": "note", "ednote": "note", "comment": "note",
    "stylesheet": "other", "caption": "caption",
}  # fmt: skip
_BODY_ROLES = ("body", "main", "main text", "maintext", "text", "story", "article")
_SIZES = {"width": "width", "pixelwidth": "width", "height": "height", "pixelheight": "height"}


class NewsmlHandlers(Handlers):
    """Handlers for NewsML 1.2, which is mostly written without a namespace."""

    def name_of(self, tag: str) -> str:
        return name_of(tag)


def name_of(tag: str) -> str:
    """The canonical name of an element that may be NewsML's without saying so."""
    return canonical(tag) if tag.startswith("{") else f"newsml1:{tag}"


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name."""
    return next((one for one in element.iterchildren() if name_of(one.tag) == f"newsml1:{name}"), None)


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """All children of that name."""
    return [one for one in element.iterchildren() if name_of(one.tag) == f"newsml1:{name}"]


def named(element: etree._Element | None) -> str:
    """@FormalName, which is how NewsML writes a value of a vocabulary."""
    return element.get("FormalName", "").strip()[:400] if element is not None else ""


def said(element: etree._Element, name: str) -> str:
    """The text of a child on one line."""
    found = child(element, name)
    return words(found) if found is not None else ""


def component(draft: Draft, element: etree._Element, context: Context) -> bool:
    """One NewsComponent without those inside it: its lines, then its content by what its Role says.

    True where it is a picture, sound or film.
    """
    contents = children(element, "ContentItem")
    if any(_is_object(content) for content in contents):
        _objects(draft, element, contents, context)
        return True
    lines = child(element, "NewsLines")
    if lines is not None:
        walk(lines, LINES, draft, context)
    role = named(child(element, "Role")).lower()
    for content in sorted(contents, key=_preference):
        _text(draft, content, role, context)
    return False


def _is_object(content: etree._Element) -> bool:
    medium = named(child(content, "MediaType")).lower()
    return bool(content.get("Href")) or medium not in ("", "text", "complexdata")


def _preference(content: etree._Element) -> int:
    """Of one text in several formats, HTML is read before NITF, and that before plain text."""
    said = f"{named(child(content, 'MimeType'))} {named(child(content, 'Format'))}".lower()
    return 0 if "html" in said else 1 if "nitf" in said else 2


def _text(draft: Draft, content: etree._Element, role: str, context: Context) -> None:
    data = child(content, "DataContent")
    if data is None:
        draft.keep(content)
        return
    meaning = _ROLES.get(role, "body")
    if meaning == "body":
        _body(draft, data, role, context)
    elif meaning == "note":
        role = "contacts" if role.startswith("contact") else role
        draft.add("ednotes", usage.note(nitf.spaced(data), role, context.profile), "newsml1:ContentItem")
    elif meaning == "summary":
        draft.set("summary", html_of(data, context), "newsml1:ContentItem")
    elif meaning == "headline":
        draft.fields.setdefault("_headline", plain_of(html_of(data, context)))
    elif meaning == "subhead":
        draft.set("subhead", plain_of(html_of(data, context)), "newsml1:ContentItem")
    else:
        draft.keep(content)


def _body(draft: Draft, data: etree._Element, role: str, context: Context) -> None:
    """A text. One whose role says that it is the body is it; else the first is, and others are kept beside it."""
    inner = next(data.iterchildren(), None)
    is_body = role in _BODY_ROLES and draft.fields.get("_body_role") not in _BODY_ROLES
    before = draft.fields.get("_body_data")
    if before is not None:
        draft.note("more-text", "a further text of the item was kept apart")
        draft.keep(before if is_body else data)
        if not is_body:
            return
    if inner is not None and nitf.name_of(inner.tag) == "nitf:nitf":
        _nitf(draft, inner, context)
    else:
        _set_body(draft, html_of(data, context), context, "newsml1:DataContent")
    if draft.fields.get("body"):
        draft.fields["_body_role"], draft.fields["_body_data"] = role, data


def _set_body(draft: Draft, html: str, context: Context, path: str) -> None:
    """The text, instead of one that stood for it until now."""
    draft.fields.pop("body", None)
    wire.body(draft, html, context, path)


def _nitf(draft: Draft, root: etree._Element, context: Context) -> None:
    """The envelope counts first; NITF inside it fills what is empty (FORMATS 2.1)."""
    inner = nitf_body.read(root, context)
    _set_body(draft, inner.body, context, "nitf:body.content")
    for name in ("headline", "subhead", "byline", "dateline", "summary"):
        draft.fields.setdefault(f"_{name}", getattr(inner, name))
    nitf.add(draft, inner.media, inner.notes, context.profile)


def html_of(data: etree._Element, context: Context) -> str:
    """DataContent as HTML: of an XHTML document its body; plain text in paragraphs."""
    if not len(data):
        text = text_of(data)
        return text if is_markup(text) else paragraphs(text)
    for one in data:
        if local(one) == "html":
            body = next((part for part in one if local(part) == "body"), one)
            return markup_of(body)
    return nitf_body.html_of(data, context)[0]


def _objects(draft: Draft, element: etree._Element, contents: list[etree._Element], context: Context) -> None:
    """Pictures, sound and film: the renditions of one object, with what its component's lines say of it."""
    lines = child(element, "NewsLines")
    of_object: dict[str, str] = {}
    if lines is not None:
        of_object = {
            "caption": said(lines, "CaptionLine") or said(lines, "HeadLine"),
            "credit": said(lines, "CreditLine"),
            "copyright": said(lines, "CopyrightLine"),
        }
        draft.fields.setdefault("_caption", said(lines, "HeadLine"))
    for content in contents:
        href = context.address(content.get("Href"), content)
        draft.add("media", _media(href, content, element, of_object) if href else None, "newsml1:ContentItem")
        if not href:  # a file that came beside the document, or text that is no body
            draft.keep(content)


def _media(href: str, content: etree._Element, element: etree._Element, of_object: dict[str, str]) -> Media:
    sizes, use = {"length": ""}, ""
    traits = child(content, "Characteristics")
    if traits is not None:
        sizes["length"] = said(traits, "SizeInBytes")[:20]
        for one in children(traits, "Property"):
            name, value = named(one).lower(), one.get("Value", "").strip()[:100]
            if name in _SIZES:
                sizes[_SIZES[name]] = value[:10]
            elif name == "imageuse":
                use = value
    kind = named(child(content, "MimeType"))[:100]
    medium = named(child(content, "MediaType")).lower() or kind.partition("/")[0]
    medium = "image" if medium in ("photo", "graphic", "picture") else medium
    rendition = (use or named(child(element, "Role"))).lower()
    return Media(href=href, type=kind, medium=medium, rendition=rendition, **of_object, **sizes)


def _headline(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    nitf.title(draft, words(element), path)


def _notice(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    notice = words(element)
    draft.add("rights", Rights(scope="item", notice=notice) if notice else None, path)


def _terms(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    terms = words(element)
    draft.add("rights", Rights(scope="item", terms=terms) if terms else None, path)


def _credit_line(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    credit = words(element)
    draft.add("rights", Rights(scope="item", credit=credit) if credit else None, path)


def _keyword_line(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    for word in re.split(r"[,;]", words(element))[:50]:
        draft.add("keywords", word.strip(), path)


def _other_line(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """NewsLine: a line of a type that NewsLineType names."""
    kind = named(child(element, "NewsLineType")).lower().replace(" ", "")
    text = said(element, "NewsLineText")
    if kind in ("abstract", "summary", "summaryline"):
        draft.set("summary", escape(text, quote=False), path)
    elif kind in ("advisoryline", "advisory", "editorialnote", "ednote"):
        is_correction = usage.corrects(text)
        if is_correction:
            usage.signal(draft, "correction", path)
        wire.ednote(draft, text, context, path, role="correction" if is_correction else "advisory")
    else:
        draft.keep(element)


LINES = NewsmlHandlers(
    {
        "newsml1:HeadLine": _headline,
        "newsml1:SubHeadLine": nitf.line("subhead"),
        "newsml1:ByLine": nitf.line("byline"),
        "newsml1:DateLine": nitf.line("dateline"),
        "newsml1:SlugLine": nitf.line("slugline"),
        "newsml1:CopyrightLine": _notice,
        "newsml1:RightsLine": _terms,
        "newsml1:CreditLine": _credit_line,
        "newsml1:KeywordLine": _keyword_line,
        "newsml1:NewsLine": _other_line,
    }
)
