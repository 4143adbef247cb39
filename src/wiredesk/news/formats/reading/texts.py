"""Headlines, descriptions and bodies of ninjs: told apart by key in version 1, by role and media type since 2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from wiredesk.news.formats.reading import json, nitf_body, repair, wire
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.formats.reading.text import is_markup, plain_of

Form = Literal["html", "plain", "xml"]
_FORMS: tuple[Form, ...] = ("html", "plain", "xml")  # of the same text the best first
MAX_TEXTS = 200  # headlines, descriptions or bodies of one object
_STEMS = {"headline": "headlines", "description": "descriptions", "body": "bodies"}
_MAIN = ("main", "headline", "")
_SUB = ("sub", "subhead", "subheadline", "subheading", "subtitle", "deck")
_SUMMARY = ("summary", "teaser", "lead", "abstract", "standfirst", "intro")
_PLAIN_ROLES = ("", "text", "main", "description", "short")
# Descriptions that are no summary: of a picture, of who made it, for editors.
_OTHER = frozenset("caption caption-extended creditline credit writer note alttext alt transcript shotlist".split())
_PARTIAL = ("incomplete", "partial")


@dataclass(frozen=True, slots=True)
class Text:
    """One text as sent: the role it has, how it is written, where it stood."""

    role: str
    form: Form
    value: str
    path: str


def is_text(key: str) -> bool:
    """Whether a key in lower case holds such texts (patterns ^headline_, ^description_, ^body_ of ninjs 1.x)."""
    return key.partition("_")[0] in _STEMS or key in _STEMS.values()


def headlines(draft: Draft, row: json.Row, context: Context) -> None:
    """headline, headline_* (1.x), headlines (since 2.0); else title, which is metadata but says what the item is."""
    found = list(_texts(row, "headline", context))
    main = _first(found, _MAIN) or next((one for one in found if one.role not in _SUB), None)
    sub = _first(found, _SUB)
    title = json.line(row, "title", context)
    if main:
        draft.set("headline", _as_line(main), main.path)
        draft.set("headline_html", main.value if main.form == "html" else "", main.path)
    draft.set("headline", title, "title")
    if sub:
        draft.set("subhead", _as_line(sub), sub.path)
    for one in found:
        if one not in (main, sub):
            json.keep(draft, f"{one.path} {one.role}".strip(), one.value)
    json.keep(draft, "title", title if title != draft.fields.get("headline") else "")


def descriptions(draft: Draft, row: json.Row, context: Context) -> None:
    """description_* (1.x), descriptions (since 2.0): the summary; those that are none are kept."""
    found = sorted(_texts(row, "description", context), key=lambda one: _FORMS.index(one.form))
    fits = [one for one in found if one.role not in _OTHER]
    summary = _first(fits, _SUMMARY) or _first(fits, _PLAIN_ROLES) or next(iter(fits), None)
    if summary:
        html = summary.value if summary.form == "html" else escape(summary.value, quote=False)
        draft.set("summary", html, summary.path)
    for one in found:
        if summary is None or one.role != summary.role:
            json.keep(draft, f"{one.path} {one.role}".strip(), one.value)


def bodies(draft: Draft, row: json.Row, context: Context) -> None:
    """body_html, body_xhtml, body_text and other body_* (1.x), bodies (since 2.0): the best form of the text."""
    found = sorted(_texts(row, "body", context), key=lambda one: (_FORMS.index(one.form), one.role not in _MAIN))
    if not found:
        return
    best = found[0]
    html = _of_xml(draft, best, context) if best.form == "xml" else _as_html(best)
    partial = json.text(row, "representationtype", context) in _PARTIAL
    json.keep(draft, "representationtype", row.get("representationtype"))
    wire.body(draft, html, context, best.path, kind="excerpt" if partial else "full")
    if len(found) > 1:
        others = ", ".join(one.role or one.form for one in found[1:10])
        draft.note("other-bodies", f"other forms of the text were left out: {others}")


def in_role(row: json.Row, roles: tuple[str, ...], context: Context) -> str:
    """The description of an object that has one of these roles, as sent."""
    found = _first(list(_texts(row, "description", context)), roles)
    return found.value if found else ""


def caption(row: json.Row, context: Context) -> str:
    """What an object says of its picture, sound or film: its caption, else the description that has no other role."""
    return in_role(row, ("caption",), context) or in_role(row, (*_PLAIN_ROLES, *_SUMMARY), context)


def _texts(row: json.Row, stem: str, context: Context) -> Iterator[Text]:
    for key, value in row.items():
        if key == _STEMS[stem]:
            found = json.rows(row, key, context)
            if len(found) > MAX_TEXTS:
                context.note("too-many-texts", f"only the first {MAX_TEXTS} of {key} were read", key)
            for one in found[:MAX_TEXTS]:
                said = json.lowered(one)
                text = json.text(said, "value", context)
                role, kind = json.line(said, "role", context).lower(), json.text(said, "contenttype", context).lower()
                if text:
                    yield Text(role, _form_by_type(kind, role, text), text, key)
        elif key == stem or key.startswith(f"{stem}_"):
            text = json.text_of(value, key, context)
            if text:
                role, form = _named(key.removeprefix(stem).strip("_"), text)
                yield Text(role, form, text, key)


def _form_by_type(kind: str, role: str, value: str) -> Form:
    """By media type (IANA); where none is said, by the role's name and by the look of the text."""
    if "html" in kind:
        return "html"
    if "xml" in kind or "nitf" in kind:
        return "xml"
    return "plain" if kind.startswith("text/plain") else _named(role, value)[1]


def _named(name: str, value: str) -> tuple[str, Form]:
    """Role and form in the name of a 1.x property: description_caption_xhtml, body_text."""
    role, _, last = name.rpartition("_")
    if last in ("html", "xhtml", "html5"):
        return role, "html"
    if "nitf" in name or last == "xml":
        return name, "xml"
    # Some senders put HTML into body_text; copy as plain text has no end tags.
    return role if last == "text" else name, "html" if "</" in value and is_markup(value) else "plain"


def _first(found: list[Text], roles: tuple[str, ...]) -> Text | None:
    """The first text of the first role that any has."""
    return next((one for role in roles for one in found if one.role == role), None)


def _as_line(text: Text) -> str:
    return plain_of(text.value) if text.form == "html" else " ".join(text.value.split())


def _as_html(text: Text) -> str:
    return text.value if text.form == "html" else json.paragraphs(text.value)


def _of_xml(draft: Draft, text: Text, context: Context) -> str:
    """The text of an XML document that is carried inside: NITF's body.content, else all its text."""
    tree = repair.strict(text.value.encode("utf-8", "replace"))
    if tree is None:
        return json.paragraphs(plain_of(text.value))
    content = next((one for one in tree.root.iter() if nitf_body.local(one) == "body.content"), None)
    if content is None:
        return json.paragraphs("\n\n".join(part.strip() for part in tree.root.itertext()))
    html, media, notes = nitf_body.html_of(content, context)
    for one in media:
        draft.add("media", one, text.path)
    for note in notes:
        wire.ednote(draft, note.text, context, text.path, role=note.role)
    return html
