"""IPTC ninjs 1.x, 2.x and 3.x (iptc.org/std/ninjs, schemas 1.0 to 3.1): news items as JSON objects.

Version 1 names its texts by key (body_html, description_text), 2 has lists of objects with a role, 3 writes the names
of 2 in camelCase. Names are compared in lower case: each is read by one rule, whatever version a document claims.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wiredesk.news.formats.reading import json, keymap, renditions, texts, wire
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.formats.reading.finish import Read, finish
from wiredesk.news.item import Credit, Person, Rights, Subject
from wiredesk.news.profile import Profile

# What a document must have beside its uri to be taken for ninjs: any property of the schemas that is not everybody's.
_SIGNS = frozenset(
    "pubstatus versioncreated firstcreated contentcreated embargoed embargoeduntil headline headlines bodies body_html "
    "body_xhtml body_text descriptions description_text description_html byline located slugline ednote "
    "copyrightholder copyrightnotice usageterms rightsinfo renditions associations representationtype profile "
    "standard $standard subject subjects person people place places organisation organisations event events object "
    "objects genre genres infosource infosources altids trustindicator trustindicators eventdetails plannedcoverage "
    "advice advices urgency language mimetype type title version by expires digitalsourcetype".split()
)
# property of version 1 and 2 -> what its objects are, as the type of a subject
_CONCEPTS = {
    "subject": "subject", "subjects": "subject", "genre": "genre", "genres": "genre", "event": "event",
    "events": "event", "object": "object", "objects": "object", "place": "place", "places": "place",
    "person": "person", "people": "person", "organisation": "organisation", "organisations": "organisation",
}  # fmt: skip
_NAMED = {"place": "places", "person": "persons", "organisation": "orgs"}  # kinds whose names have a list of their own
_WROTE = frozenset("author byline by creator writer reporter journalist photographer".split())
_CONCEPT_KEYS = frozenset("name scheme code uri literal".split())
_PLANNING = ("event", "planning")
_READ = frozenset(
    "uri version pubstatus versioncreated firstcreated contentcreated embargoed embargoeduntil expires urgency title "
    "slugline byline by located language copyrightholder copyrightnotice usageterms rightsinfo linkedrights "
    "encodedrights infosource infosources source authors keywords evolvedfrom signal ednote type representationtype "
    "renditions associations".split()
) | frozenset(_CONCEPTS)


def sniff(document: Any, _: Profile) -> bool:
    """Whether a document is a ninjs object, a list of them, or an object that holds such a list as `items`."""
    rows = [row for row in json.documents(document)[:20] if isinstance(row, dict)]
    return any(isinstance(row.get("uri"), str) and row["uri"] != "" and _is_item(row) for row in rows)


def _is_item(row: json.Row) -> bool:
    keys = (key.lower() for key in row)
    return any(key in _SIGNS or key.startswith(("headline_", "body_", "description_")) for key in keys)


def items(document: Any, context: Context) -> Read:
    """All items of a document. What stands in a list and says nothing that ninjs knows is no item."""
    rows, cut = json.items_of(json.documents(document), _is_item, context)
    drafts = [_item(row, context) for row in rows]
    return finish(json.feed_of(document, context), drafts, context, format_="ninjs", cut=cut)


def _item(row: json.Row, context: Context) -> Draft:
    """One item. What the agency's profile says of a key goes before what ninjs says of it."""
    draft = Draft()
    claimed = keymap.read(draft, row, context)
    for key, value in row.items():
        if key.lower() == "pubstatus" and key not in claimed:  # of several spellings in one object the strictest counts
            wire.status(draft, value, context, key)
    said = json.lowered({key: value for key, value in row.items() if key not in claimed})
    for section in _SECTIONS:
        section(draft, said, context)
    for key, value in said.items():
        if key not in _READ and not texts.is_text(key):
            json.keep(draft, key, value)
    return draft


def _identity(draft: Draft, row: json.Row, context: Context) -> None:
    """uri, version, type."""
    draft.set("guid", json.text(row, "uri", context)[: wire.MAX_ID], "uri")
    if "guid" in draft.fields:
        draft.fields["guid_kind"] = "opaque"
    draft.set("version", json.text(row, "version", context)[:100], "version")
    kind = json.text(row, "type", context)
    json.keep(draft, "type", kind)
    if kind in _PLANNING:
        draft.note("planning", f"this is a plan for editors ({kind}), not copy")


def _dates(draft: Draft, row: json.Row, context: Context) -> None:
    """versioncreated; firstcreated, else contentcreated; embargoed (2.x), embargoedUntil (3.x); expires (since 1.4)."""
    draft.set("updated", json.date(row, "versioncreated", context), "versioncreated")
    for key in ("firstcreated", "contentcreated"):
        draft.set("published", json.date(row, key, context), key)
    for key in ("embargoeduntil", "embargoed"):
        wire.embargo(draft, row.get(key), context, key)
    draft.set("expiry", json.date(row, "expires", context), "expires")


def _labels(draft: Draft, row: json.Row, context: Context) -> None:
    """urgency, slugline, language, keywords, byline (1.x) or by, located."""
    wire.urgency(draft, row.get("urgency"), context, "urgency")
    draft.set("slugline", json.line(row, "slugline", context)[:400], "slugline")
    draft.set("language", json.text(row, "language", context)[:35], "language")
    for key in ("byline", "by"):
        draft.set("byline", json.line(row, key, context), key)
    located = json.line(row, "located", context)
    draft.set("dateline", located, "located")
    draft.add("places", located[:400], "located")
    for word in json.strings(row, "keywords", context):
        draft.add("keywords", word.strip(), "keywords")


def _notes(draft: Draft, row: json.Row, context: Context) -> None:
    """ednote (one text; some send a list), signal as Superdesk adds it."""
    note = row.get("ednote")
    for one in note if isinstance(note, list) else [note]:
        wire.ednote(draft, json.text_of(one, "ednote", context), context, "ednote")
    for one in json.rows(row, "signal", context):
        wire.signal(draft, json.text(one, "code", context) or json.text(one, "name", context), "signal")
    evolved = json.text(row, "evolvedfrom", context)
    wire.relation(draft, evolved, context, "evolvedfrom", rel="evolvedfrom")


def _rights(draft: Draft, row: json.Row, context: Context) -> None:
    """copyrightholder, copyrightnotice, usageterms; rightsinfo (since 1.4), also where its parts stand outside it."""
    said = renditions.rights(row, context)
    draft.set("provider", said["holder"], "copyrightholder")
    credit = texts.in_role(row, ("creditline",), context)
    for notice in (
        Rights(scope="item", credit=credit, **said),
        Rights(scope="item", terms=renditions.encoded_rights(row, context)),
    ):
        draft.add("rights", notice if notice != Rights(scope="item") else None, "rights")


def _concepts(draft: Draft, row: json.Row, context: Context) -> None:
    """subject(s), genre(s), event(s), object(s); place(s), person / people, organisation(s).

    Whom a `rel` calls the author is an author. Properties without a field (contactinfo, relevance) are kept.
    """
    for key, kind in _CONCEPTS.items():
        for one in json.rows(row, key, context):
            concept = json.lowered(one)
            found = _concept(concept, kind, context)
            if kind == "person" and _wrote(concept, context):
                uri = json.absolute(json.text(concept, "uri", context), context) if concept.get("uri") else ""
                draft.add("authors", Person(name=found.name, uri=uri, role="author"), key)
            elif kind in _NAMED:
                draft.add(_NAMED[kind], found.name, key)
                draft.add("subjects", found if found.code else None, key)
            else:
                draft.add("subjects", found if found.name or found.code else None, key)
            if kind == "genre":
                wire.announced(draft, (found.name, found.code, found.scheme + found.code), context, key)
            rest = {name: value for name, value in one.items() if name.lower() not in _CONCEPT_KEYS}
            json.keep(draft, f"{key} {found.name or found.code}".strip(), rest)


def _concept(row: json.Row, kind: str, context: Context) -> Subject:
    """scheme and code (1.x); uri and literal (since 2.0): the uri ends with the code."""
    scheme, code = json.text(row, "scheme", context), json.text(row, "code", context)
    uri, literal = json.text(row, "uri", context), json.text(row, "literal", context)
    if uri and not code:
        scheme, code = _split(uri, literal)
    return Subject(name=json.line(row, "name", context), code=code or literal, scheme=scheme[:400], type=kind)


def _split(uri: str, literal: str) -> tuple[str, str]:
    """A concept's uri as scheme and code."""
    if literal and uri.endswith(literal):
        return uri.removesuffix(literal), literal
    code = uri.rstrip("/#").replace("#", "/").rpartition("/")[2] or uri
    return uri[: uri.rindex(code)], code


def _wrote(row: json.Row, context: Context) -> bool:
    rel = json.text(row, "rel", context) if row.get("rel") else ""
    return rel.replace(":", "/").rpartition("/")[2].casefold() in _WROTE


def _sources(draft: Draft, row: json.Row, context: Context) -> None:
    """infosource (since 1.2), infosources, infoSources; `source` and `authors` as Superdesk adds them."""
    for key in ("infosource", "infosources"):
        for one in json.rows(row, key, context):
            said = json.lowered(one)
            uri = json.text(said, "uri", context)
            code = _concept(said, "", context).code
            name = json.line(said, "name", context)
            url = json.absolute(uri, context) if uri.startswith(("http://", "https://")) else ""
            draft.add("credit", Credit(name=name, url=url, id=uri or code) if name or uri or code else None, key)
    if isinstance(row.get("source"), str):
        draft.add("credit", Credit(name=row["source"].strip()[:400]) if row["source"].strip() else None, "source")
    for one in json.rows(row, "authors", context) if isinstance(row.get("authors"), list) else ():
        name = json.line(one, "name", context)
        draft.add("authors", Person(name=name, role=json.text(one, "role", context)) if name else None, "authors")


_SECTIONS: tuple[Callable[[Draft, json.Row, Context], None], ...] = (
    _identity,
    _dates,
    _labels,
    _notes,
    texts.headlines,
    texts.descriptions,
    texts.bodies,
    _rights,
    _concepts,
    _sources,
    renditions.renditions,
    renditions.associations,
)
