"""Lead words and labels of text wires, by the agency's profile (FORMATS 4, rule 3), and names of items in a text.

A label counts before a colon or a dash, or on a line that holds nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wiredesk.news.profile import Profile
from wiredesk.news.signals import STRENGTH

# "n" stands for a number, "nTH" for 1ST, 2ND ...; what a profile writes is added to these.
_WORDS: dict[str, tuple[str, ...]] = {
    "kill": (
        "KILL KILL KILL", "KILL", "MANDATORY KILL", "BULLETIN KILL", "KILLED", "WITHDRAWN", "STORY WITHDRAWN",
        "PULLBACK", "ELIMINATION", "RETRACTION",
    ),
    "hold": ("HOLD", "WITHHOLD", "MANDATORY HOLD"),
    "advisory": ("ADVISORY", "EDS", "EDITORS", "EDITORS' NOTE"),
    "correction": (
        "CORRECTION", "CORRECTED", "CORRECTIVE", "CORRECTS", "BERICHTIGUNG", "KORREKTUR", "CORRECTIF", "RECTIFICATIF",
    ),
    "refile": ("REFILE", "REFILED"),
    "substitute": ("SUBSTITUTE", "SUBS", "SUB", "nTH SUB"),
    "update": (
        "nTH LEAD", "nTH LD", "nTH LD-WRITETHRU", "nTH LEAD-WRITETHRU", "LEAD", "LD", "nTH WRITETHRU", "WRITETHRU",
        "WRITETHROUGH", "UPDATE", "UPDATE n", "UPDATED", "ADDS",
    ),
}  # fmt: skip
ORDER = (*STRENGTH, "lift")
_ORDINAL = r"\d{1,2}(?:ST|ND|RD|TH)"
_SEPARATOR = re.compile(r"[\s,;]{0,5}(:|--?|\u2013|\u2014)?\s{0,5}")
_LEADS = re.compile(r"(\d{1,2})\s?(?:st|nd|rd|th)\s{0,2}-?(?:lead|ld|writethru)|update\s{1,2}(\d{1,3})", re.IGNORECASE)
_MAX_LINE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a line begins with: events strongest first, the number of the lead, and the rest of the line."""

    kinds: tuple[str, ...]
    lead: str
    rest: str


class Labels:
    """An agency's labels, ready to be looked for."""

    def __init__(self, profile: Profile) -> None:
        self._kinds: dict[str, str] = {}
        patterns: dict[str, str] = {}
        for kind in STRENGTH:
            for word in (*_WORDS[kind], *profile.labels.get(kind, ())):
                key = word.strip(" :-\u2013\u2014")[:60]
                self._kinds.setdefault(_normal(key), kind)
                patterns[key] = _pattern(key)
        longest = sorted((key for key in patterns if key), key=len, reverse=True)
        self._one = re.compile(rf"({'|'.join(patterns[key] for key in longest)})(?!\w)")
        self._any_case = re.compile(self._one.pattern, re.IGNORECASE)
        lift = profile.labels.get("lift") or ("lifted", "released")
        self._lift = re.compile("|".join(re.escape(word.lower()) for word in lift))

    def at_start(self, line: str, *, any_case: bool = False) -> Found:
        """The labels that a line begins with; `any_case` where they stand in a place of their own, as in a header."""
        one = self._any_case if any_case else self._one
        kinds: list[str] = []
        good: tuple[int, int] = (0, 0)  # how many labels count, and where what follows them begins
        place = 0
        line = line.strip()
        head = line[:_MAX_LINE]
        while found := one.match(head, place):
            kinds.append(self._kinds.get(_normal(found[1]), "advisory"))
            after = _SEPARATOR.search(head, found.end())  # it may be empty, so there always is one
            place = after.end() if after else len(line)
            if (after and after[1]) or place >= len(line) or _is_lead(found[1]):
                good = (len(kinds), place)
        counted = kinds[: good[0]]
        if not counted:
            return Found(kinds=(), lead="", rest=line)
        return Found(kinds=in_order(counted), lead=lead_of(line[: good[1]]), rest=line[good[1] :])

    def lifts(self, text: str) -> bool:
        """Whether an advisory ends a hold: the agency's words for that, of a hold."""
        said = text[:4000].lower()
        return ("hold" in said or "withh" in said) and self._lift.search(said) is not None


def in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    """Each kind once, strongest first."""
    return tuple(sorted(set(kinds), key=ORDER.index))


def lead_of(line: str) -> str:
    """The number of a lead or update that labels tell: "1st Ld-Writethru" gives "1"."""
    found = _LEADS.search(line[:_MAX_LINE])
    return (found[1] or found[2]).lstrip("0") or "0" if found else ""


def _is_lead(label: str) -> bool:
    """A numbered lead in capitals needs no sign after it: no headline begins with "2ND LEAD"."""
    return label[:1].isdigit() and label.isupper()


def _normal(label: str) -> str:
    """A label as the table has it, whatever its number."""
    said = re.sub(r"\s{1,20}", " ", label.strip()).upper()
    said = re.sub(rf"^(?:{_ORDINAL}|NTH)[\s-]?", "NTH ", said)
    return re.sub(r" (?:\d{1,3}|N)$", " N", said)


def _pattern(word: str) -> str:
    """A label of the table as a pattern."""
    first, *others = word.split(" ")
    said = r"\s{1,3}".join(r"\d{1,3}" if other == "n" else re.escape(other) for other in others)
    if first == "nTH":
        return rf"(?i:{_ORDINAL}[\s-]?{said})"
    return rf"{re.escape(first)}\s{{1,3}}{said}" if others else re.escape(first)


def names(profile: Profile, source: str, width: int) -> re.Pattern[str]:
    """How items of a numbered wire are named in a text: "ENA 0421", "item 421"; what the profile writes comes first."""
    written = profile.item_names.get("number", ())
    listed = [written] if isinstance(written, str) else list(written)
    known = "n" * max(width, 3)
    listed += [f"{source}-{known}", f"{source} {known}", f"{source}{known}"] if source else []
    found = "|".join(filter(None, [*map(_number_pattern, listed), r"item\s(?:no\.?\s)?(\d{3,6})"]))
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


def _number_pattern(name: str) -> str:
    """A name with n for each digit as a pattern with the number as its group; zeros before it may be left out."""
    digits = re.search(r"n{2,9}", name[:60])
    if not digits:
        return ""
    count = len(digits[0])
    before, after = re.escape(name[: digits.start()]), re.escape(name[digits.end() : 60])
    return rf"{before}(\d{{{min(3, count)},{count}}}){after}"


def named(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """The numbers of items that a text names."""
    for found in pattern.finditer(text):
        yield next(group for group in found.groups() if group)
