"""Text wires: messages between control characters, and a message's lines as headline, copy and notes to editors.

Shared by IPTC 7901 and ANPA 1312, whose headers and trailers differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from msgspec.structs import replace

from wiredesk.news.formats.reading import dates, dialect, usage
from wiredesk.news.formats.reading.draft import Context
from wiredesk.news.formats.reading.text import without_c1
from wiredesk.news.item import Date, EdNote

SOH, STX, ETX, EOT = "\x01\x02\x03\x04"
MAX_MESSAGES = 10_000  # looked at in a file, whether they can be read or not
MAX_LINES_KEPT = 2_000  # of a block that is not for publication
MAX_HEADLINE = 300  # characters of one that no sign ends
MAX_LINES = 20  # of it
_CONTROLS = {code: None for code in range(0x20) if code not in (0x09, 0x0A)} | {0x7F: None}
# What is not for publication begins here, whatever the profile adds: headings in the manner of notebooks, four stars.
_PRIVATE = re.compile(
    r"#{1,6}\s|\*(?:\s?\*){3,40}\s{0,5}$|(?-i:[A-Z]{2,10} NOTEBOOK)$|"
    r"the following information is not (?:intended )?for publication|"
    r"die folgenden informationen sind nicht zur ver\u00f6ffentlichung",
    re.IGNORECASE,
)
BYLINE = re.compile(r"((?:By|BY|Von|VON|Par|PAR|Por|POR|Di|Door|Av|Af)\s{1,3}[^\W\d_][^:;!?]{2,100})$")
_HEADING = re.compile(r"#{1,6}\s{0,5}(.{0,80}?)[\s#:]{0,5}$")
_BULLET = re.compile(r"\s{0,10}[-*\u2022]\s{1,5}")
_INDENT = re.compile(r"[ ]{2}|\t")
_MONTHS = "|".join(dates.MONTHS)
_TRAILER = re.compile(
    rf"(\d\d)(\d\d)(\d\d)\s{{1,3}}(?:([A-Z]{{1,5}}|[+-]\d{{4}})\s{{1,3}})?((?:{_MONTHS})[a-z]{{0,6}})\.?\s{{1,3}}(\d{{4}}|\d\d)(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message: its lines before, in and after its text. Not whole where one of the control characters is missing.

    `head` is the header as sent, for formats that write it with control characters.
    """

    head: str
    header: list[str]
    text: list[str]
    trailer: str
    is_whole: bool


@dataclass(slots=True, kw_only=True)
class Copy:
    """What the lines of a text hold, apart."""

    top: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    private: list[str] = field(default_factory=list)


def messages(text: str) -> Iterator[Message]:
    """The messages of a file, in order."""
    for part in without_c1(text).split(SOH, MAX_MESSAGES + 1)[1 : MAX_MESSAGES + 1]:
        part, eot, _ = part.partition(EOT)
        header, stx, rest = part.partition(STX)
        body, etx, trailer = rest.partition(ETX)
        if not stx:  # without it the header cannot be told from the text: only its first line is
            header, _, body = part.partition(ETX)[0].lstrip("\r\n").partition("\n")
            trailer = part.partition(ETX)[2]
        yield Message(
            head=header,
            header=lines(header),
            text=lines(body),
            trailer=" ".join(trailer[:400].translate(_CONTROLS).split()),
            is_whole=bool(stx and etx and eot),
        )


def lines(text: str) -> list[str]:
    """Lines without what ends them and without control characters."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return [line.rstrip() for line in plain.split("\n")]


def sent(trailer: str, context: Context) -> tuple[Date | None, str]:
    """DDHHMM ZONE Mon YY (FORMATS 1.8): the moment, and the day as it is written there."""
    found = _TRAILER.search(trailer)
    if not found:
        return None, ""
    day, hour, minute, zone, month, year = found.groups()
    return moment(f"{day} {month} {year} {hour}:{minute} {zone or ''}", found[0], context)


def moment(written: str, raw: str, context: Context) -> tuple[Date | None, str]:
    """A date put together from parts, and its day in the zone that it was written in."""
    date = dates.read(written, context.zone)
    if date is None or date.utc is None:
        return None, ""
    day, month, year, *_ = written.split()
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) <= 68 else 1900)
    return replace(date, raw=raw), f"{full:04}-{dates.MONTHS[month[:3].lower()]:02}-{int(day):02}"


def split(text: list[str], context: Context, source: str) -> Copy:
    """A text's lines apart: what is for readers, and what is not. Where that begins, it goes on to the end."""
    place = next((place for place, line in enumerate(text) if is_private(line, context)), len(text))
    public, own = text[:place], []
    while public and not public[-1].strip():
        public.pop()
    if public and _is_signature(public, source):
        own.append(public.pop())
    copy: list[str] = []
    for line in public:
        (own if dialect.is_listed(line, context.profile.boilerplate) else copy).append(line)
    end = _end_of_top(copy)
    return Copy(top=copy[:end], rows=copy[end:], private=[*own, "", *text[place:]])


def is_private(line: str, context: Context) -> bool:
    """Whether a line begins a part that is not for publication, by the profile's words or by anybody's."""
    said = line.strip()[:200]
    if not said:
        return False
    return _PRIVATE.match(said) is not None or dialect.is_listed(said, context.profile.blocks)


def _is_signature(public: list[str], source: str) -> bool:
    """Whether the last line is the wire's own ("ena dsk"), not copy: short, not indented, and with the wire's name."""
    last = public[-1]
    is_ours = bool(source) and last.casefold().startswith(f"{source.casefold()} ") and len(last) <= 60
    return is_ours and (len(public) < 2 or not public[-2].strip())


def _end_of_top(public: list[str]) -> int:
    """Where the headline ends: with a line that ends in `=` or `<`, else before an empty or an indented line.

    Labels may stand before it in a block of their own. What is too long for a headline is copy that has none.
    """
    seen, first_end = 0, 0
    for place, line in enumerate(public[:MAX_LINES]):
        if line.endswith(("=", "<")) and not (first_end and BYLINE.match(line.rstrip(" =<"))):
            return place + 1
        if _INDENT.match(line):
            return first_end or (place if seen <= MAX_HEADLINE else 0)
        if not line.strip() and seen:
            first_end = first_end or (place if seen <= MAX_HEADLINE else 0)
        seen += len(line.strip())
        if seen > MAX_HEADLINE:
            return first_end
    return first_end or min(len(public), MAX_LINES)


def paragraphs(rows: list[str]) -> list[str]:
    """Lines as paragraphs: an indented line begins one, so does a line after an empty one or after a `<`."""
    found: list[list[str]] = []
    is_new = True
    for row in rows:
        text = row.strip()
        if not text:
            is_new = True
            continue
        if is_new or _INDENT.match(row):
            found.append([])
        is_new = text.endswith("<")
        found[-1].append(text.rstrip("<").rstrip())
    return [one for one in (" ".join(" ".join(part).split()) for part in found) if one]


def html(rows: list[str]) -> str:
    """Paragraphs as HTML."""
    return "".join(f"<p>{escape(row, quote=False)}</p>" for row in rows)


def notes(private: list[str], *, is_correction: bool, context: Context) -> list[EdNote]:
    """What is not for publication as notes to editors, a heading each; what says what was corrected apart."""
    found: list[EdNote] = []
    role, gathered = "note", [""]

    def close() -> None:
        for one in gathered:
            kind = "correction" if is_correction and usage.corrects(one) else role
            note = usage.note(one, kind, context.profile)
            if note:
                found.append(note if kind == "correction" else replace(note, public=False))

    for line in private[:MAX_LINES_KEPT]:
        heading = _HEADING.match(line.strip())
        if heading:
            close()
            role, gathered = heading[1].strip().lower() or "note", [""]
        elif _PRIVATE.match(line.strip()):
            gathered.append("")  # says only that what follows is not for publication
        elif bullet := _BULLET.match(line):
            gathered.append(line[bullet.end() :])
        elif line.strip():
            gathered[-1] = f"{gathered[-1]} {line.strip()}"
        else:
            gathered.append("")
    close()
    return found
