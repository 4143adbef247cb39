"""What older wires say of a document: its status and signals, and notes that address editors (FORMATS 2.1 and 4)."""

from __future__ import annotations

import re

from wiredesk.news import signals
from wiredesk.news.formats.reading import wire
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.item import EdNote
from wiredesk.news.profile import Profile

_TO_EDITORS = re.compile(
    r"\W{0,5}(?:eds|editors?|editor['\u2019]s note|editors['\u2019] note|note to editors|to editors|attention editors|"
    r"an die redaktion(?:en)?|redaktion(?:en)?|achtung redaktion(?:en)?)\s{0,2}[:_\u2013\u2014-]",
    re.IGNORECASE,
)


def status(draft: Draft, word: str, context: Context, path: str) -> None:
    """The status that a document gives itself. NITF and NewsML 1.2 also know "embargoed": usable, from a time on."""
    word = word.strip()
    is_plain_embargo = word.lower() == "embargoed" and context.profile.status_of(word) is None
    wire.status(draft, "usable" if is_plain_embargo else word, context, path)


def signal(draft: Draft, kind: str, path: str) -> None:
    """One more thing that a document says of itself; a kill, a hold and an advisory withdraw it too."""
    draft.add("signals", kind, path)
    wire.narrow(draft, signals.status_of((kind,)), path)


def kind_of(word: str) -> str:
    """Which of our signals a word such as "Correction" or "WITHHOLD" names, or ""."""
    found, _ = signals.labels(word.strip().upper()[:40])
    return found[0] if found else ""


def note(text: str, role: str, profile: Profile) -> EdNote | None:
    """A note to editors, if it says anything."""
    text = " ".join(text.split())[:4000]
    return EdNote(text=text, role=role, public=profile.may_show(role)) if text else None


def corrects(text: str) -> bool:
    """Whether a note begins by saying that something is corrected."""
    return signals.of_note(text)[0] == "correction"


def is_to_editors(text: str) -> bool:
    """Whether a text begins by addressing editors ("Eds:", "EDITOR'S NOTE _"): never for readers."""
    return _TO_EDITORS.match(text) is not None


def without_address(text: str) -> str:
    """Such a text without the address."""
    found = _TO_EDITORS.match(text)
    return text[found.end() :].strip() if found else text
