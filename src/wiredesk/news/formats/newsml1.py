"""NewsML 1.2 (IPTC, functional specification 2003): NewsItems in an envelope, each with revisions of its own."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from wiredesk.news.formats.reading import dates, usage, wire
from wiredesk.news.formats.reading import newsml1 as parts
from wiredesk.news.formats.reading import newsml1_about as about
from wiredesk.news.formats.reading.draft import Context, Draft, Handler, language_of, walk
from wiredesk.news.formats.reading.finish import MAX_ITEMS, Read, finish
from wiredesk.news.formats.reading.newsml1 import NewsmlHandlers, child, children, name_of, named, said
from wiredesk.news.formats.reading.nitf import inside, title, words
from wiredesk.news.item import Ref

_REVISION = re.compile(r":\d{1,9}[NUA]?$")
_INSTRUCTIONS = {"rectify": "correction", "correct": "correction", "delete": "kill", "update": "update"}


def sniff(root: etree._Element) -> bool:
    """Whether a document is NewsML 1.x."""
    return name_of(root.tag) == "newsml1:NewsML"


def items(root: etree._Element, context: Context) -> Read:
    """The NewsItems of a document, under what its envelope says."""
    rows = children(root, "NewsItem")
    if len(rows) > MAX_ITEMS:
        context.note("too-many-items", f"only the first {MAX_ITEMS} of {len(rows)} items were read")
    drafts = [_item(row, context) for row in rows[:MAX_ITEMS]]
    return finish(_envelope(root, context), drafts, context, cut=len(rows) > MAX_ITEMS, format_="newsml1.2")


def _envelope(root: etree._Element, context: Context) -> dict[str, Any]:
    """NewsEnvelope: who sent this and when; its ids, services and priority are kept as they are."""
    feed = Draft()
    envelope = child(root, "NewsEnvelope")
    if envelope is not None:
        walk(envelope, ENVELOPE, feed, context)
    return {name: value for name, value in feed.finished().items() if name != "notes"}


def _sender(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.set("title", named(child(element, "Party")), path)
    draft.keep(element)


def _sent(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.set("updated", dates.read(words(element), context.zone), path)


def _item(row: etree._Element, context: Context) -> Draft:
    draft = Draft()
    walk(row, ITEM, draft, context)
    for element in row.iter():
        if name_of(element.tag) == "newsml1:NewsComponent" and not parts.component(draft, element, context):
            walk(element, COMPONENT, draft, context)  # what is said of a picture is not said of the item
    _settle(draft)
    draft.set("slugline", draft.fields.pop("_label", ""), "newsml1:NameLabel")
    if context.has_lang:
        draft.set("language", language_of(row), "@xml:lang")
    return draft


def _settle(draft: Draft) -> None:
    """What stands in for lines that the envelope does not have: NITF's own, a headline among the content, a caption."""
    for name in ("headline", "subhead", "byline", "dateline", "summary"):
        draft.set(name, draft.fields.pop(f"_{name}", ""), "nitf:body.head")
    title(draft, draft.fields.pop("_caption", ""), "newsml1:HeadLine")
    for known in ("_body_role", "_body_data"):
        draft.fields.pop(known, None)


def _identifier(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """NewsIdentifier: an item is known by provider, date and number; RevisionId tells which state of it this is."""
    provider, date, number = (said(element, name) for name in ("ProviderId", "DateId", "NewsItemId"))
    public = said(element, "PublicIdentifier")
    composed = f"urn:newsml:{provider}:{date}:{number}" if provider and date and number else ""
    draft.set("guid", (composed or _REVISION.sub("", public))[:2000], path)
    draft.set("provider", provider, "newsml1:ProviderId")
    if "guid" in draft.fields:
        draft.fields["guid_kind"] = "opaque"
    revision = child(element, "RevisionId")
    if revision is not None:
        _revision(draft, revision)


def _revision(draft: Draft, element: etree._Element) -> None:
    """RevisionId: @Update says whether this is whole (N) or only changes (U, A); @PreviousRevision what it follows."""
    draft.set("version", words(element)[:20], "newsml1:RevisionId")
    before = element.get("PreviousRevision", "").strip()[:20]
    if before not in ("", "0") and draft.fields.get("guid"):
        ref = Ref(rel="previous", id=draft.fields["guid"], version=before)
        draft.add("refs", ref, "newsml1:RevisionId@PreviousRevision")
    if element.get("Update", "N").strip().upper() in ("U", "A"):
        usage.signal(draft, "update", "newsml1:RevisionId@Update")


def _label(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.fields.setdefault("_label", words(element))


def _date(field: str) -> Handler:
    def handle(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
        draft.set(field, dates.read(words(element), context.zone), path)

    return handle


def _management(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """NewsManagement. What will change is read after the status that it changes."""
    walk(element, MANAGEMENT, draft, context)
    for change in children(element, "StatusWillChange"):
        _will_change(draft, change, context)
    if named(child(element, "Status")).lower() == "embargoed":
        draft.set("embargo", "undefined", "newsml1:Status")  # no time is known: it ends by a later revision


def _status(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    usage.status(draft, named(element), context, "newsml1:Status@FormalName")


def _will_change(draft: Draft, element: etree._Element, context: Context) -> None:
    """StatusWillChange: becoming usable is the end of an embargo, ceasing to be so an expiry.

    An embargo whose end cannot be read has none that we know of.
    """
    path, when = "newsml1:StatusWillChange", said(element, "DateAndTime")
    if context.profile.status_of(named(child(element, "FutureStatus"))) == "usable":
        wire.embargo(draft, when, context, path)
    else:
        draft.set("expiry", dates.read(when, context.zone), path)


def _instruction(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """Instruction: Rectify, Delete or Update what was sent before; its words are for editors."""
    word = named(element)
    kind = _INSTRUCTIONS.get(word.lower()) or usage.kind_of(word)
    if kind:
        usage.signal(draft, kind, "newsml1:Instruction@FormalName")
    text = " ".join(words(one) for one in children(element, "Comment")) or (element.text or "")
    wire.ednote(draft, " ".join(text.split())[:4000], context, path, role=kind or word.lower() or "instruction")
    draft.keep(element)


def _comment(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """Comment: a word to editors; one whose type the profile names as correction text may be public."""
    role = named(element).lower() or "comment"
    wire.ednote(draft, words(element), context, path, role=role)


def _urgency(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    wire.urgency(draft, named(element), context, path)


def _type(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """NewsItemType: advisory only where the profile says that items of this type are."""
    kind = named(element)
    if kind.lower() in (word.lower() for word in context.profile.labels.get("advisory", ())):
        usage.signal(draft, "advisory", path)
    draft.keep(element)


def _relation(rel: str) -> Handler:
    """DerivedFrom, AssociatedWith: what the profile says of the relation, else its name."""

    def handle(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
        other = (element.get("NewsItem") or element.get("Href") or words(element)).strip()[:2000]
        name = named(element) or path.partition(":")[2]
        wire.relation(draft, other, context, path, rel=rel, name=name)

    return handle


def _update(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """Update: only what changes in an earlier revision, so this is no whole text; it is kept for the desk."""
    usage.signal(draft, "update", path)
    draft.note("partial-update", "only changes to an earlier revision were sent")
    draft.keep(element)


def _skip(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """What is read elsewhere, or says only how the document is made."""


MANAGEMENT = NewsmlHandlers(
    {
        "newsml1:NewsItemType": _type,
        "newsml1:FirstCreated": _date("published"),
        "newsml1:ThisRevisionCreated": _date("updated"),
        "newsml1:Status": _status,
        "newsml1:StatusWillChange": _skip,
        "newsml1:Urgency": _urgency,
        "newsml1:Instruction": _instruction,
        "newsml1:DerivedFrom": _relation("derived-from"),
        "newsml1:AssociatedWith": _relation("associated-with"),
    }
)
_IDENTIFICATION = NewsmlHandlers({"newsml1:NewsIdentifier": _identifier, "newsml1:NameLabel": _label})
ITEM = NewsmlHandlers(
    {
        "newsml1:Identification": inside(_IDENTIFICATION),
        "newsml1:NewsManagement": _management,
        "newsml1:Comment": _comment,
        "newsml1:Update": _update,
        "newsml1:NewsComponent": _skip,
        "newsml1:Catalog": _skip,
    }
)
_ABOUT = dict.fromkeys(
    ("NewsComponent", "NewsLines", "ContentItem", "Role", "BasisForChoice", "Catalog"),
    _skip,
)
COMPONENT = NewsmlHandlers(
    {
        **{f"newsml1:{name}": handler for name, handler in _ABOUT.items()},
        **about.HANDLERS,
        "newsml1:Comment": _comment,
    }
)
ENVELOPE = NewsmlHandlers({"newsml1:SentFrom": _sender, "newsml1:DateAndTime": _sent})
