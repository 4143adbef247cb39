"""NITF 3.x, in its namespace and without one (iptc.org/std/NITF). One document is one item.

Each transmission has a doc-id of its own. What ties it to others is in its refs: `du-key`, `management-doc`; so is what
it does to another document: `kill`, `hold`, `lift`, `substitute`, `correction`.
"""

from __future__ import annotations

from lxml import etree

from wiredesk.news import signals
from wiredesk.news.formats.reading import dates, usage, wire
from wiredesk.news.formats.reading import nitf as body
from wiredesk.news.formats.reading.draft import Context, Draft, Handler, language_of, walk
from wiredesk.news.formats.reading.finish import Read, finish
from wiredesk.news.formats.reading.nitf import NitfHandlers, inside, name_of, place_of, words
from wiredesk.news.formats.reading.text import attributes, plain_of
from wiredesk.news.item import Credit, Ref, Rights, Status, Subject

_COMMANDS: dict[Status, str] = {"usable": "lift", "withheld": "hold", "canceled": "kill"}


def sniff(root: etree._Element) -> bool:
    """Whether a document is NITF."""
    return name_of(root.tag) == "nitf:nitf"


def items(root: etree._Element, context: Context) -> Read:
    """The one item of a document."""
    draft = Draft()
    walk(root, DOCUMENT, draft, context)
    body.title(draft, draft.fields.pop("_title", ""), "nitf:title")
    for label in signals.labels(draft.fields.get("headline", ""))[0]:
        usage.signal(draft, label, "nitf:hl1")
    _named_document(draft, context)
    draft.set("slugline", next(iter(draft.lists.get("keywords", ())), ""), "nitf:keyword")
    draft.set("language", language_of(root) or root.get("baselang", "").strip()[:35], "@xml:lang")
    return finish({}, [draft], context, format_="nitf")


def _title(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.fields.setdefault("_title", words(element))


def _docdata(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """docdata: the document's own status, and what it says of the document that it names."""
    word = element.get("management-status", "")
    usage.status(draft, word, context, "nitf:docdata@management-status")
    walk(element, DOCDATA, draft, context)
    if word.strip().lower() == "embargoed":
        draft.set("embargo", "undefined", "nitf:docdata@management-status")  # no date.release: no time is known
    draft.fields.setdefault("_docdata", element)


def _named_document(draft: Draft, context: Context) -> None:
    """docdata@management-doc-idref and @management-idref-status: the document that is named, and what becomes of it.

    A usable document that cancels the one it names stands in its place; one that speaks to editors is an advisory.
    """
    docdata = draft.fields.pop("_docdata", None)
    other = docdata.get("management-doc-idref", "").strip()[:2000] if docdata is not None else ""
    if not other:
        return
    word, path = docdata.get("management-idref-status", ""), "nitf:docdata@management-idref-status"
    command = _COMMANDS[context.profile.status_of(word) or "withheld"] if word.strip() else ""
    if command in ("kill", "hold") and usage.is_to_editors(plain_of(draft.fields.get("body", "")[:2000])):
        usage.signal(draft, "advisory", path)
    if command == "kill" and draft.fields.get("status", "usable") == "usable":
        usage.signal(draft, "substitute", path)
    is_substitute = "substitute" in draft.lists.get("signals", ())
    rel = "substitute" if is_substitute else "management-doc"
    draft.add("refs", Ref(rel=rel, id=other), "nitf:docdata@management-doc-idref")
    draft.add("refs", Ref(rel=command, id=other) if command else None, path)


def _doc_id(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.set("guid", element.get("id-string", "").strip()[:2000], "nitf:doc-id@id-string")
    draft.set("provider", element.get("regsrc", "").strip()[:400], "nitf:doc-id@regsrc")
    if "guid" in draft.fields:
        draft.fields["guid_kind"] = "opaque"


def _correction(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """correction: what was wrong (@info), in which document (@id-string)."""
    usage.signal(draft, "correction", path)
    info = element.get("info", "") or words(element)
    wire.ednote(draft, " ".join(info.split())[:4000], context, "nitf:correction@info", role="correction")
    other = element.get("id-string", "").strip()[:2000]
    draft.add("refs", Ref(rel="correction", id=other) if other else None, "nitf:correction@id-string")


def _message(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """ed-msg: a word to editors (@info), and of what kind (@msg-type); without that its first word may say it."""
    kind = element.get("msg-type", "").strip()[:40]
    info = " ".join((element.get("info", "") or words(element)).split())[:4000]
    if signal := usage.kind_of(kind) or signals.of_note(usage.without_address(info))[0]:
        usage.signal(draft, signal, "nitf:ed-msg")
    wire.ednote(draft, info, context, "nitf:ed-msg@info", role=kind.lower() or "ed-msg")


def _urgency(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    wire.urgency(draft, element.get("ed-urg"), context, path)


def _issued(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """date.issue: when this document went out, and so the date of this state of the story."""
    date = dates.read(element.get("norm", "") or words(element), context.zone)
    draft.set("published", date, path)
    draft.set("updated", date, path)


def _released(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """date.release: not before; one that cannot be read still says that there is an embargo."""
    wire.embargo(draft, element.get("norm") or words(element) or None, context, path)


def _expired(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.set("expiry", dates.read(element.get("norm", "") or words(element), context.zone), path)


def _du_key(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """du-key: the key that the states of one story share, and which of them this is."""
    key, version = element.get("key", "").strip()[:400], element.get("version", "").strip()[:20]
    draft.set("version", version, "nitf:du-key@version")
    draft.set("slugline", key, "nitf:du-key@key")
    draft.add("refs", Ref(rel="du-key", id=key, version=version) if key else None, "nitf:du-key@key")


def _copyright(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    holder, year = element.get("holder", "").strip()[:400], element.get("year", "").strip()[:20]
    notice = f"© {year} {holder}" if holder and year else ""
    draft.add("rights", Rights(scope="item", holder=holder, notice=notice) if holder else None, path)


def _keyword(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.add("keywords", " ".join((element.get("key") or words(element)).split())[:400], path)


def _subject(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """tobject.subject: a code of IPTC's subjects, named as narrowly as it is."""
    said = {name.removeprefix("tobject.subject."): value.strip()[:400] for name, value in attributes(element).items()}
    code = said.get("refnum") or said.get("code", "")
    name = said.get("detail") or said.get("matter") or said.get("type", "")
    found = Subject(name=name, code=code, scheme="tobject.subject", type="subject")
    draft.add("subjects", found if name or code else None, path)


def _classifier(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """classifier: a code of the agency's own, in a system that @type names."""
    code, name = element.get("value", "").strip()[:400], words(element)
    scheme = element.get("type", "").strip()[:400]
    draft.add("subjects", Subject(name=name, code=code, scheme=scheme) if name or code else None, path)


def _place(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.add("places", place_of(element)[:400], path)


def _event_place(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """evloc: where it happened, in attributes."""
    parts = (element.get(name, "").strip()[:100] for name in ("city", "county-dist", "state-prov", "iso-cc"))
    draft.add("places", ", ".join(filter(None, parts)), path)


def _name(field: str) -> Handler:
    """A handler for a person or organisation that the text is about."""

    def handle(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
        draft.add(field, words(element)[:400], path)

    return handle


def _from_source(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """del-list/from-src: a station on the way here."""
    name = (element.get("src-name") or words(element)).strip()[:400]
    draft.add("credit", Credit(name=name) if name else None, path)


_OF_CONTENT: dict[str, Handler] = {
    "nitf:location": _place,
    "nitf:person": _name("persons"),
    "nitf:org": _name("orgs"),
    "nitf:classifier": _classifier,
}
DOCDATA = NitfHandlers(
    {
        "nitf:doc-id": _doc_id,
        "nitf:correction": _correction,
        "nitf:ed-msg": _message,
        "nitf:urgency": _urgency,
        "nitf:date.issue": _issued,
        "nitf:date.release": _released,
        "nitf:date.expire": _expired,
        "nitf:du-key": _du_key,
        "nitf:doc.copyright": _copyright,
        "nitf:doc.rights": body.rights,
        "nitf:series": body.series,
        "nitf:evloc": _event_place,
        "nitf:key-list": inside(NitfHandlers({"nitf:keyword": _keyword})),
        "nitf:identified-content": inside(NitfHandlers(_OF_CONTENT)),
        "nitf:del-list": inside(NitfHandlers({"nitf:from-src": _from_source})),
    }
)
HEAD = NitfHandlers(
    {
        "nitf:title": _title,
        "nitf:docdata": _docdata,
        "nitf:tobject": inside(NitfHandlers({"nitf:tobject.subject": _subject})),
    }
)
DOCUMENT = NitfHandlers({"nitf:head": inside(HEAD), "nitf:body": inside(body.BODY)})
