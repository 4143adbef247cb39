"""Words by which copy says what it is: labels before a headline, notes before a text (FORMATS sections 2.1 and 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from wiredesk.news.item import Status

# What a label says, strongest first; of several the strongest decides.
STRENGTH = ("kill", "hold", "advisory", "correction", "refile", "substitute", "update")
_WORDS: dict[str, str] = {
    "KILL": "kill",
    "KILL KILL KILL": "kill",
    "KILLED": "kill",
    "MANDATORY KILL": "kill",
    "WITHDRAWN": "kill",
    "STORY WITHDRAWN": "kill",
    "RETRACTION": "kill",
    "RETRACTED": "kill",
    "PULLBACK": "kill",
    "ELIMINATION": "kill",
    "HOLD": "hold",
    "WITHHOLD": "hold",
    "ADVISORY": "advisory",
    "EDS": "advisory",
    "EDITORS": "advisory",
    "CORRECTED": "correction",
    "CORRECTION": "correction",
    "CORRECTIVE": "correction",
    "CORRECTS": "correction",
    "BERICHTIGUNG": "correction",
    "KORREKTUR": "correction",
    "CORRECTIF": "correction",
    "CORRECCIÓN": "correction",
    "RECTIFICATION": "correction",
    "REFILE": "refile",
    "REFILED": "refile",
    "SUBS": "substitute",
    "SUB": "substitute",
    "SUBSTITUTE": "substitute",
    "UPDATE": "update",
    "UPDATED": "update",
    "WRITETHRU": "update",
    "ADDS": "update",
}
_STRICTNESS: tuple[Status, ...] = ("usable", "withheld", "canceled")
_LABEL = re.compile(
    rf"\s{{0,5}}({'|'.join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})(?:\s{{1,3}}\d{{1,3}})?"
    r"(?:\s{0,3}(?::|--?|–|—)(?=\s|[A-Z0-9])|\s{0,3}$)"  # noqa: RUF001  dashes as agencies type them
)
_NOTE = re.compile(
    r"\s{0,20}(?:<(?:p|div)\b[^<>]{0,200}>\s{0,20})?(?:<(?:i|em|b|strong)>)?\(?"
    r"(\((?:Corrects|Correcting|Corrected|Correction|Refiles|Refiling|Substitutes)\b[^()<>]{3,600}\))"
    r"(?:</(?:i|em|b|strong)>)?\s{0,20}(?:</(?:p|div)>|<br\s{0,3}/?>)?\s{0,20}",
    re.IGNORECASE,
)

# What a note to editors begins with: a label, of which only the rest is meant to be read, or a sentence that says it.
_NOTE_LABEL = re.compile(
    r"\s{0,20}\(?(CORRECTION|CORRECTED|CORRECTIVE|BERICHTIGUNG|KORREKTUR|RECTIFICATION|CORRECTIF|CORRECCIÓN|REFILED?"
    r"|UPDATED?|WRITETHRU|SUBS(?:TITUTE)?(?=\s{0,3}[:–—-]|\s{1,3}FOR\b))\b(?:\s{0,3}(?::|\.|--?|–|—)\s{0,20})?",  # noqa: RUF001  dashes
    re.IGNORECASE,
)
_NOTE_VERB = re.compile(
    r"\s{0,20}\(?(?:(CORRECTS|CORRECTING)|(REFILES|REFILING)|(SUBSTITUTES)|(UPDATES|UPDATING|ADDS))\b", re.IGNORECASE
)
_VERBS = ("correction", "refile", "substitute", "update")
_WITHDRAWS = re.compile(r"\s{0,20}\(?(?:KILL|WITHHOLD|HOLD)(?:\s{0,3}[:.!]|\s{0,3}$|,?\s{0,3}KILL\b)")


def may_have_labels(headline: str) -> bool:
    """A cheap first look: labels are in capitals."""
    return headline.lstrip()[:3].isupper()


def labels(headline: str) -> tuple[tuple[str, ...], str]:
    """The labels a headline begins with, strongest first, and the headline without them.

    "CORRECTED-UPDATE 1-Ferry sails" gives (("correction", "update"), "Ferry sails"); "Kill or cure: ..." has none.
    """
    found: set[str] = set()
    place = 0
    while label := _LABEL.match(headline, place):
        found.add(_WORDS[label[1]])
        place = label.end()
    return tuple(sorted(found, key=STRENGTH.index)), headline[place:].strip() if found else headline


def is_advisory(names: Iterable[str]) -> bool:
    """Whether a copy's own categories file it as a note to editors."""
    return any(name.strip().casefold() == "advisory" for name in names)


def status_of(found: tuple[str, ...]) -> Status:
    """What labels make of an item's status. An advisory is a word to editors: never published."""
    if "kill" in found:
        return "canceled"
    return "withheld" if "hold" in found or "advisory" in found else "usable"


def strictest(*statuses: Status) -> Status:
    """Of several words on one item's status the one that shows least; none at all means usable."""
    return max(statuses, key=_STRICTNESS.index, default="usable")


def of_note(note: str) -> tuple[str, str]:
    """What a note to editors announces by its first word, and the note without that word where it is only a label.

    "CORRECTION: the fine is 14" gives ("correction", "the fine is 14"), "Corrects name" itself; other notes "".
    """
    if verb := _NOTE_VERB.match(note):
        return next(kind for kind, found in zip(_VERBS, verb.groups(), strict=True) if found), note
    label = _NOTE_LABEL.match(note)
    if not label:
        return "", note
    return _WORDS[label[1].upper()], note[label.end() :].strip()


def withdraws(note: str) -> bool:
    """Whether a note to editors begins with KILL or HOLD as an order: in capitals, standing by itself."""
    return _WITHDRAWS.match(note) is not None


def lead_note(html: str) -> tuple[str, str]:
    """A leading "(Corrects ...)", "(Refiles ...)", "(Substitutes ...)" as plain text, and the HTML without it."""
    found = _NOTE.match(html) if "(" in html[:400] else None
    if not found:
        return "", html
    return unescape(found[1]).strip("() \n"), html[found.end() :]


def kind_of_note(note: str) -> str:
    """What such a note announces."""
    word = note[:4].lower()
    return {"corr": "correction", "refi": "refile", "subs": "substitute"}[word]
