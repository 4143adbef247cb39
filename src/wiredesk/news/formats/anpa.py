"""ANPA 1312 text wires, told from IPTC 7901 by their header: a letter and a number, US, a selector; a second line.

That line is priority, category, format, keyword, version, reference, date, count of words. In the text `^` begins a
line of the head and `<` ends a paragraph.
"""

from __future__ import annotations

import re

from wiredesk.news.formats.reading import textcopy, textwire, usage
from wiredesk.news.formats.reading.draft import Context
from wiredesk.news.formats.reading.finish import Read
from wiredesk.news.formats.reading.labels import Labels, in_order, lead_of
from wiredesk.news.formats.reading.textcopy import Head
from wiredesk.news.item import Date

_FIRST = re.compile(r"[\x16\s]{0,10}([a-zA-Z])(\d{1,4})[^\x1f\r\n]{0,20}\x1f([a-zA-Z-]{0,10})")
_SECOND = re.compile(r"([a-zA-Z])\s([a-zA-Z])[\x11-\x14]{0,2}\s{0,2}([^\s]{1,40})")
_REFERENCE = re.compile(r"(?<!\w)([a-zA-Z])(\d{4})(?!\w)")
_CYCLE = re.compile(r"(?:AM|PM|BC|AP)-[^,]{1,60}$")
_FIELD = re.compile(r"[A-Z][A-Za-z]{1,12}:")
_DAY_FIRST = re.compile(r"(\d\d):?(\d\d)\s?([A-Z]{1,5})?\s{1,3}(\d\d)-(\d\d)-(\d\d)(?!\d)")
_DAY_LAST = re.compile(r"(\d\d)-(\d\d)-(\d\d)\s{1,3}(\d\d):?(\d\d)\s?([A-Z]{1,5})?", re.IGNORECASE)
_AGENCY = re.compile(r"([A-Za-z]{2,5})-[A-Za-z]{2}-")
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_URGENCY = {"f": 1, "u": 2, "b": 2, "r": 4, "d": 5, "a": 6, "c": 6, "s": 7, "w": 7}
# Categories of ANPA 1312; v is for what editors alone read.
_CATEGORIES = {
    "a": "General news", "b": "Special events", "c": "Features", "d": "Food", "e": "Entertainment", "f": "Business",
    "i": "International", "k": "Commentary", "l": "Lifestyle", "n": "Regional news", "o": "Weather", "p": "Politics",
    "q": "Sports results", "r": "Racing", "s": "Sports", "t": "Travel", "w": "National",
}  # fmt: skip
_ZONES = {"ET": "EST", "PT": "PST", "CT": "CST", "MT": "MST"}  # written all year; standard time is the later one


def sniff(body: bytes) -> bool:
    """Whether bytes are ANPA 1312: after SOH a letter, a number and US (1F)."""
    before, soh, after = body[:80].partition(b"\x01")
    return bool(soh) and len(before) < 20 and _FIRST.match(after.decode("latin-1")) is not None


def items(text: str, context: Context) -> Read:
    """One item a message. Raises NewsError where there is no message whose header can be read."""
    return textcopy.read(text, context, _head, _split, "anpa1312")


def _head(message: textwire.Message, labels: Labels, context: Context) -> Head | None:
    first, _, second = message.head.lstrip("\r\n").replace("\r\n", "\n").partition("\n")
    found = _FIRST.match(first[:100])
    if not found:
        return None
    letter, number = found[1].lower(), found[2].zfill(4)
    agency = _AGENCY.search(message.trailer)
    head = Head(format="anpa1312", series=letter, number=number, provider=agency[1] if agency else context.profile.code)
    head.raw = [line.strip() for line in message.header if line.strip()]
    head.sent, head.day = _sent(message.trailer, context)
    said = _SECOND.match(second[:400])
    if said:
        _describe(head, said, context)
    rows = _rows(message.text[:200])
    _keyword_line(head, rows[:1], labels)
    own = f"{head.series}{head.number}"
    to_editors = (row for row in rows if usage.is_to_editors(row.strip("^ ")))
    named = [f"{one[1].lower()}{one[2]}" for row in to_editors for one in _REFERENCE.finditer(row[:4000])]
    head.refs = tuple(name for name in dict.fromkeys((*head.refs, *named)) if name != own)
    return head


def _describe(head: Head, said: re.Match[str], context: Context) -> None:
    """The second line of the header: priority, category, keyword."""
    priority, category, keyword = said[1].lower(), said[2].lower(), said[3]
    head.urgency = _URGENCY.get(priority)
    head.category = category
    head.category_name = context.profile.subjects.get(category) or _CATEGORIES.get(category, "")
    head.slugline = keyword
    if category == "v":
        head.kinds = ("advisory",)


def _keyword_line(head: Head, rows: list[str], labels: Labels) -> None:
    """The first line of the text: keyword, lead words, numbers that it refers to, count of words, between commas."""
    line = rows[0].strip("^@ ") if rows and _is_keyword_line(rows[0], head) else ""
    parts = [part.strip() for part in line.split(",")]
    kinds: list[str] = list(head.kinds)
    for part in parts[1:10]:
        found = labels.at_start(part, any_case=True)
        if found.kinds and not found.rest:
            kinds += found.kinds
    head.kinds = in_order(kinds)
    head.version = lead_of(line)
    head.slugline = parts[0] or head.slugline
    head.refs = tuple(f"{one[1].lower()}{one[2]}" for part in parts[1:10] if (one := _REFERENCE.fullmatch(part)))


def _is_keyword_line(row: str, head: Head) -> bool:
    """Whether a line says again what the header has for a keyword, or has the form of such a line."""
    said = row.strip("^@ ").partition(",")[0]
    return _plain(said) == _plain(head.slugline) or bool(_CYCLE.match(said))


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _sent(trailer: str, context: Context) -> tuple[Date | None, str]:
    """AP-NY-03-26-26 0410EST, or 16:35ET 31-10-14; a month that is none is the day."""
    found = _DAY_LAST.search(trailer)
    if found:
        month, day, year, hour, minute, zone = found.groups("")
    elif found := _DAY_FIRST.search(trailer):
        hour, minute, zone, month, day, year = found.groups("")
    else:
        return textwire.sent(trailer, context)
    if int(month) > 12:
        month, day = day, month
    if not 1 <= int(month) <= 12:
        return None, ""
    zone = _ZONES.get(zone.upper(), zone)
    return textwire.moment(f"{day} {_MONTHS[int(month)]} {year} {hour}:{minute} {zone}", found[0], context)


def _rows(text: list[str]) -> list[str]:
    """Lines put together that belong together: `<` and `=` end a row, `^` and an indent begin one."""
    rows: list[list[str]] = []
    is_new = True
    for line in text:
        said = line.strip()
        if not said:
            is_new = True
            continue
        if is_new or line.startswith(("^", "\t", "  ")):
            rows.append([])
        rows[-1].append(line.rstrip("<=@ ") if not rows[-1] else said.rstrip("<=@ "))
        is_new = said.endswith(("<", "="))
    return [" ".join(row) for row in rows]


def _split(message: textwire.Message, head: Head, context: Context) -> textwire.Copy:
    """The text apart: rows that `^` begins are the head (headline, byline), the others are copy."""
    apart = textwire.split(message.text, context, "")
    rows = _rows([*apart.top, *apart.rows])
    if rows and _is_keyword_line(rows[0], head):
        rows.pop(0)
    heads = [row.strip("^ ") for row in rows if row.startswith("^")]
    copy = textwire.Copy(private=apart.private)
    for row in heads:
        name, _, said = row.partition(":")
        if name == "HL":
            copy.top = [said.strip()]
        elif not copy.top and not _FIELD.match(row) and not textwire.BYLINE.match(row) and not usage.is_to_editors(row):
            copy.top = [row]
        else:
            copy.rows += ["", row] if textwire.BYLINE.match(row) or usage.is_to_editors(row) else []
    for row in rows:
        if not row.startswith("^"):
            copy.rows += ["", row.strip()]
    return copy
