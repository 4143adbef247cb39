"""What NewsML-G2 says to the newsroom: may this be used, what kind of version is it, notes to editors (itemMeta)."""

from __future__ import annotations

from lxml import etree

from wiredesk.news import signals
from wiredesk.news.formats.reading import catalog, wire
from wiredesk.news.formats.reading.catalog import Concept
from wiredesk.news.formats.reading.g2 import Work, lines_of, meaning, name_of
from wiredesk.news.formats.reading.text import text_of
from wiredesk.news.item import EdNote, Status
from wiredesk.news.profile import STATUS


def pub_status(work: Work, element: etree._Element, path: str) -> None:
    """pubStatus: none or an empty one is usable, a word nobody knows is withheld until somebody has looked at it."""
    if not element.attrib and not text_of(element):
        return
    concept = work.catalog.concept(element)
    status = _status(work, concept)
    if status is None:
        said = concept.sent or text_of(element) or "in no known way"
        work.draft.note("unknown-status", f"withheld since its status is given as {said[:80]}")
        status = "withheld"
    wire.narrow(work.draft, status, path)


def _status(work: Work, concept: Concept) -> Status | None:
    """A status in our words. A usable of somebody else's vocabulary is not known to mean what IPTC's does."""
    profile = work.profile
    found = meaning({**STATUS, **profile.status}, concept, is_trusted=True)
    is_known = concept.may_be_of(catalog.STATUS, profile.schemes.get("status", ""))
    return found if is_known or found != "usable" else meaning(profile.status, concept, is_trusted=False)


def embargoed(work: Work, element: etree._Element, path: str) -> None:
    """embargoed: no use before this time; an empty one means that the time is not known yet (DateTimeOrNull)."""
    wire.embargo(work.draft, text_of(element), work.context, path)


def signal(work: Work, element: etree._Element, path: str) -> None:
    """signal: what kind of version this is, in our words; what we have no word for is kept as it is."""
    concept = work.catalog.concept(element)
    word = _signal(work, concept)
    if not word:
        work.draft.keep(element)
    add_signal(work, word, path)


def _signal(work: Work, concept: Concept) -> str:
    """A code of IPTC's signals, or of the agency's own, that is one of our words."""
    if not concept.may_be_of(catalog.SIGNAL, work.profile.schemes.get("signal", "")):
        return ""
    code = concept.code.lower()
    return code if code in signals.STRENGTH else _labelled(work, concept, "")


def add_signal(work: Work, word: str, path: str) -> None:
    """One more signal; those that withhold an item or kill it do so."""
    work.draft.add("signals", word, path)
    if word and signals.status_of((word,)) != "usable":
        wire.narrow(work.draft, signals.status_of((word,)), path)


def announced(work: Work, element: etree._Element, path: str) -> None:
    """itemClass and genre: some agencies say by them that a text is for editors only; the profile's labels name it."""
    add_signal(work, _labelled(work, work.catalog.concept(element), name_of(work, element)), path)


def item_class(work: Work, element: etree._Element, path: str) -> None:
    """itemClass: what the item is: text, picture, graphic, audio, video, composite."""
    work.nature = work.nature or work.catalog.concept(element).code.lower()
    announced(work, element, path)
    work.draft.keep(element)


def _labelled(work: Work, concept: Concept, name: str) -> str:
    """The event whose labels in the profile have a concept, by address, code or name."""
    said = {word.lower() for word in (*concept.words(is_trusted=True), name) if word}
    found = (event for event, labels in work.profile.labels.items() if said & {label.lower() for label in labels})
    return next((event for event in found if event in signals.STRENGTH), "")


def ed_note(work: Work, element: etree._Element, path: str) -> None:
    """edNote: for editors, unless the profile names its role as one for readers and no pubconstraint forbids it."""
    text = lines_of(element)
    if not text:
        return
    role = work.catalog.of(element, "role")
    notes = work.profile.notes
    is_correction = _is_named(work, role, notes.correction_text)
    is_public = (is_correction or _is_named(work, role, notes.public)) and not _is_named(work, role, notes.private)
    is_public = is_public and not _is_constrained(work, element) and not wire.has_block(text, work.profile.blocks)
    work.draft.add("ednotes", EdNote(text=text, role=role.kept, public=is_public), path)
    own = role.code.lower()
    work.is_correction = work.is_correction or (is_correction and (own == "correction" or own not in signals.STRENGTH))


def _is_named(work: Work, role: Concept, names: tuple[str, ...]) -> bool:
    """Whether a role is among those a profile names; by its bare code only in the vocabulary it names, if so."""
    scheme = work.profile.schemes.get("note", "")
    return bool(meaning(dict.fromkeys(names, True), role, is_trusted=not scheme or role.is_of(scheme)))


def _is_constrained(work: Work, element: etree._Element) -> bool:
    """@pubconstraint: whatever it says, but that a note is public, keeps the note from readers."""
    return any(one.code.lower() != "public" for one in work.catalog.all_of(element, "pubconstraint"))


def settle(work: Work) -> None:
    """A note with correction text makes an item a correction where no signal says what else it is."""
    is_usable = work.draft.fields.get("status", "usable") == "usable"
    if work.is_correction and is_usable and not work.draft.lists.get("signals"):
        work.draft.add("signals", "correction", "itemMeta/edNote")
