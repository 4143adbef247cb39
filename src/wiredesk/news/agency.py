"""Whose copy a piece is, read from what is printed on it: byline, dateline, credits, disclaimers, address.

Every finding says where, in which words and by which rule; a mention ("told AFP") is never a credit. The names are in
agencies.toml, the sentences of credits in signatures.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal
from urllib.parse import urlsplit

from wiredesk.news import signatures
from wiredesk.news.agencies import Agencies, Agency, Spot
from wiredesk.news.item import Item, Value
from wiredesk.news.signatures import Said

Role = Literal["origin", "syndicated", "contributor", "mention"]
Place = Literal["byline", "dateline", "lead", "copyright", "close", "credit", "url", "headline", "disclaimer", "text"]
ROLES: tuple[Role, ...] = ("origin", "syndicated", "contributor", "mention")
# Where two findings of one role name two agencies, the earlier place decides.
PLACES: tuple[Place, ...] = (
    "byline", "dateline", "lead", "copyright", "close", "credit", "url", "headline", "disclaimer", "text",
)  # fmt: skip

MAX_TEXT = 200_000  # characters looked at from the beginning; of a longer text the end as well
_TAIL = 10_000
_PARTS = re.compile(r"\s{0,3}(?:[,;|•·()\n/&]|\b(?:and|und|et|y|e|with|via)\b)\s{0,3}")
_SLUG_SPLIT = re.compile(r"[-_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A piece of copy as far as its credits go: plain text, a line a paragraph. `credits` are fields that say it."""

    headline: str = ""
    text: str = ""
    byline: str = ""
    dateline: str = ""
    url: str = ""
    credits: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


class Finding(Value, frozen=True, kw_only=True, omit_defaults=False):
    """One printed sign. `agency` is the short form, `name` the name in full; both "" where only "agencies" is said.

    `span` are the very words, `rule` says in plain English what they were read as.
    """

    agency: str
    name: str
    role: Role
    place: Place
    span: str
    rule: str


class Whose(Value, frozen=True, kw_only=True, omit_defaults=False):
    """The answer: `origin` is an agency's short form, `role` what part it had, both "" where nothing is printed."""

    origin: str = ""
    role: Role | Literal[""] = ""
    why: str = "nothing printed says whose copy it is"
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Another carrier of the same copy: who it is, and what its own copy of it prints."""

    carrier: str
    whose: Whose


def of_item(item: Item, text: str) -> Copy:
    """An item's credits; `text` is its plain text."""
    return Copy(
        headline=item.headline,
        text=text,
        byline=", ".join(filter(None, (item.byline, *(person.name for person in item.authors)))),
        dateline=item.dateline,
        url=item.url,
        credits=tuple(
            filter(None, (item.provider, *(credit.name for credit in item.credit), *(r.credit for r in item.rights)))
        ),
        notices=tuple(filter(None, chain.from_iterable((right.holder, right.notice) for right in item.rights))),
    )


def whose(copy: Copy, agencies: Agencies) -> Whose:
    """Whose copy it is, with all that says so. Never raises; looks at the first 200,000 characters and the end."""
    text = copy.text
    if len(text) > MAX_TEXT:
        text = f"{text[:MAX_TEXT]}\n{text[-_TAIL:]}"
    found = (
        *_of_byline(copy.byline, agencies),
        *_of_field(copy.dateline, "dateline", agencies),
        *_of_fields(copy, agencies),
        *_of_url(copy.url, agencies),
        *_told(signatures.of_headline(copy.headline, agencies), "headline"),
        *_of_text(text, agencies),
    )
    own = _own_site(copy.url, agencies)
    return verdict(finding for finding in found if finding.agency not in own)


def verdict(found: Iterable[Finding]) -> Whose:
    """What findings come to: the strongest role decides, then the place."""
    findings = tuple(dict.fromkeys(found))
    if not findings:
        return Whose()
    named = sorted(findings, key=lambda one: (ROLES.index(one.role), not one.agency, PLACES.index(one.place)))
    best = named[0]
    origin = best.agency if best.role != "mention" else ""
    return Whose(origin=origin, role=best.role, why=f"{best.rule}: “{best.span}”", findings=findings)


def inherited(own: Whose, carriers: Iterable[Carried]) -> Whose:
    """Where a copy prints no origin: the one that the other carriers of the same copy print.

    They have to be of one mind, or twice as many of one as of all others.
    """
    if own.role == "origin":
        return own
    told = [one for one in carriers if one.whose.role == "origin" and one.whose.origin]
    counts = Counter(one.whose.origin for one in told).most_common()
    if not counts or counts[0][1] < 2 * sum(count for _, count in counts[1:]):
        return own
    first = next(one for one in told if one.whose.origin == counts[0][0])
    why = f"not printed here; {first.carrier} carries the same copy with {first.whose.why}"
    return Whose(origin=first.whose.origin, role="origin", why=why, findings=own.findings)


def _of_text(text: str, agencies: Agencies) -> Iterator[Finding]:
    lines = [line for row in text.splitlines() if (line := row.strip())]
    yield from _told(signatures.of_lead(lines, agencies), "lead")
    yield from _told(signatures.of_copyright(lines, agencies), "copyright")
    yield from _told(signatures.of_close(lines, agencies), "close")
    yield from _told(signatures.of_helpers(lines, agencies), "text")
    yield from _told(signatures.of_disclaimer(lines, agencies), "disclaimer")
    yield from _told(signatures.of_mentions(text, agencies), "text")


def _told(said: Iterable[Said], place: Place) -> Iterator[Finding]:
    for one in said:
        yield _finding(one.agency, one.role, place, one.span, one.rule)


def _finding(agency: Agency | None, role: Role, place: Place, span: str, rule: str) -> Finding:
    short, name = (agency.short, agency.name) if agency else ("", "")
    return Finding(agency=short, name=name, role=role, place=place, span=" ".join(span.split())[:200], rule=rule)


def _of_byline(byline: str, agencies: Agencies) -> Iterator[Finding]:
    """A byline's parts: agencies among them are origins, beside writers of the house they only helped."""
    parts = [part for part in _PARTS.split(byline[:1000]) if part and part.strip()]
    if any(agencies.is_picture(part) for part in parts):
        return
    has_house = False
    for part in parts:
        found = _in_part(part, agencies)
        if found:
            role: Role = "contributor" if has_house else "origin"
            yield _finding(found, role, "byline", part, "byline")
        elif " ".join(part.split()).casefold() in agencies.words.several:
            yield _finding(None, "syndicated", "byline", part, "byline that names no agency")
        words = part.casefold().split()
        has_house = has_house or (not found and not agencies.words.house.isdisjoint(words))


def _in_part(part: str, agencies: Agencies) -> Agency | None:
    """The agency of "Associated Press", "AP Sports Writer", "Jane Smith Kansas Reflector", "Afp Afp"."""
    part = part.strip(" []\"'")
    half = part[: len(part) // 2].strip()
    twice = half if half and part == f"{half} {half}" else part
    if found := agencies.named(twice, loose=True):
        return found
    if listed := agencies.listed(twice):
        return listed[0]
    spots = [spot for spot in agencies.spots(part) if _ends(part[spot.end :], agencies) or _is_bureau(part, spot)]
    return spots[-1].agency if spots and " for " not in part[: spots[-1].start].casefold() else None


def _is_bureau(part: str, spot: Spot) -> bool:
    """ "Reuters in Berlin"."""
    return spot.start == 0 and part[spot.end : spot.end + 4].casefold() == " in "


def _ends(rest: str, agencies: Agencies) -> bool:
    return all(word.strip(".,:'’").casefold() in agencies.words.beside for word in rest.split())


def _of_field(value: str, place: Place, agencies: Agencies) -> Iterator[Finding]:
    for said in signatures.of_lead([f"{value} -"], agencies) if value else ():
        yield _finding(said.agency, said.role, place, value, "dateline")


def _of_fields(copy: Copy, agencies: Agencies) -> Iterator[Finding]:
    for value in copy.credits:
        for listed in agencies.listed(value):
            yield _finding(listed, "origin", "credit", value, "credit of the item")
    for value in copy.notices:
        named = agencies.named(value, loose=True)
        said = [one.agency for one in signatures.of_copyright([value], agencies)]
        for agency in [named] if named else said:
            yield _finding(agency, "origin", "copyright", value, "rights of the item")


def _of_url(url: str, agencies: Agencies) -> Iterator[Finding]:
    host, folders, slug = _address(url)
    for agency in agencies.all:
        if not agency.service and any(host == site or host.endswith(f".{site}") for site in agency.domains):
            yield _finding(agency, "origin", "url", host, "the agency's own site")
    named = False
    for folder in folders:
        if found := _of_folder(folder, agencies):
            named = True
            yield _finding(found, "origin", "url", f"/{folder}/", "folder of the address")
    for pattern, agency in agencies.slugs:
        if match := pattern.match(slug):
            named = True
            yield _finding(agency, "origin", "url", match[0], "last part of the address")
    if not named:
        for folder in folders:
            if folder in agencies.words.folders:
                yield _finding(None, "syndicated", "url", f"/{folder}/", "folder of the address that names no agency")


def _of_folder(folder: str, agencies: Agencies) -> Agency | None:
    """The agency of /ap/, /cnn-sports/, /ap-world-news/."""
    first = _SLUG_SPLIT.split(folder, maxsplit=1)[0]
    return agencies.by_folder.get(folder) or agencies.by_folder.get(first if len(first) > 1 else "")


def _own_site(url: str, agencies: Agencies) -> frozenset[str]:
    """Services on their own site: there they are the publisher, and their name is no credit."""
    host = _address(url)[0]
    return frozenset(
        one.short
        for one in agencies.all
        if one.service and any(host == site or host.endswith(f".{site}") for site in one.domains)
    )


def _address(url: str) -> tuple[str, tuple[str, ...], str]:
    """Host, folders and last part of an address, in small letters."""
    try:
        parts = urlsplit(url[:2000])
        host = parts.hostname or ""
    except ValueError:  # a host in brackets that is no IPv6 address
        return "", (), ""
    steps = [step for step in parts.path.casefold().split("/") if step]
    return host.removeprefix("www."), tuple(steps[:-1]), steps[-1] if steps else ""
