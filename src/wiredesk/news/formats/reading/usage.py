"""What a sender's words allow: status words, and which notes to editors readers may see (FORMATS 2.1 and 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wiredesk.news import signals
from wiredesk.news.formats.reading.draft import Draft
from wiredesk.news.item import EdNote, Status
from wiredesk.news.profile import Profile

# As NITF, NewsML 1.2 and NewsML-G2 write it; "embargoed" is usable with a time before which it is not.
_WORDS: Mapping[str, Status] = {
    "usable": "usable",
    "embargoed": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
}
_CORRECTS = re.compile(
    r"(?:correct(?:s|ed|ing|ion|ions|ive)|berichtig\w{1,6}|korrig\w{1,6}|korrektur|corrig\w{1,6}|rectifi\w{1,6})\b",
    re.IGNORECASE,
)
_TO_EDITORS = re.compile(
    r"\W{0,5}(?:eds|editors?|editor['\u2019]s note|editors['\u2019] note|note to editors|to editors|attention editors|"
    r"an die redaktion(?:en)?|redaktion(?:en)?|achtung redaktion(?:en)?)\s{0,2}[:_\u2013\u2014-]",
    re.IGNORECASE,
)


def status_of(word: str, profile: Profile) -> Status | None:
    """What a status word means by the agency's table, else by the standards'; None where neither knows it."""
    said = word.strip().lower()
    if not said:
        return "usable"
    table = {name.lower(): status for name, status in profile.status.items()}
    return table.get(said) or _WORDS.get(said)


def set_status(draft: Draft, word: str, profile: Profile, path: str) -> Status:
    """The status that a word gives an item; a word nobody knows withholds it, and is noted (FORMATS 4, rule 1)."""
    status = status_of(word, profile)
    if status is None:
        draft.note("unknown-status", f"the status {word.strip()[:40]!r} is not known: withheld")
        status = "withheld"
    draft.replace("status", signals.strictest(draft.fields.get("status", "usable"), status), path)
    return status


def signal(draft: Draft, kind: str, path: str) -> None:
    """One more thing that a document says of itself; a kill, a hold and an advisory withdraw it too."""
    draft.add("signals", kind, path)
    withdrawn = signals.status_of((kind,))
    if withdrawn != "usable":
        draft.replace("status", signals.strictest(draft.fields.get("status", "usable"), withdrawn), path)


def kind_of(word: str) -> str:
    """Which of our signals a word such as "Correction" or "WITHHOLD" names, or ""."""
    found, _ = signals.labels(word.strip().upper()[:40])
    return found[0] if found else ""


def is_public(role: str, profile: Profile) -> bool:
    """Whether readers may see notes of this role: only where the profile says so."""
    said, notes = role.lower(), profile.notes
    public = {name.lower() for name in (*notes.public, *notes.correction_text)}
    return said in public and said not in {name.lower() for name in notes.private}


def note(text: str, role: str, profile: Profile) -> EdNote | None:
    """A note to editors, if it says anything."""
    text = " ".join(text.split())[:4000]
    return EdNote(text=text, role=role, public=is_public(role, profile)) if text else None


def corrects(text: str) -> bool:
    """Whether a note begins by saying that something is corrected."""
    return _CORRECTS.match(text) is not None


def is_to_editors(text: str) -> bool:
    """Whether a text begins by addressing editors ("Eds:", "EDITOR'S NOTE _"): never for readers."""
    return _TO_EDITORS.match(text) is not None


def without_address(text: str) -> str:
    """Such a text without the address."""
    found = _TO_EDITORS.match(text)
    return text[found.end() :].strip() if found else text
