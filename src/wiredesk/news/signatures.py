"""The sentences in which copy says whose it is: leading and closing credits, copyright lines, thanks, disclaimers.

Each function takes the copy's lines (paragraphs of plain text, stripped, none empty) and gives what is said there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from wiredesk.news.agencies import RUNS_ON, Agencies, Agency, Spot

_HEAD, _FOOT = 12, 10  # lines in which leading and closing signs are looked for
_MAX_LINE = 2_000
_MENTIONS = 12
_DASH = r"\-–—―−"  # noqa: RUF001  dashes as agencies type them

_BRACKETED = re.compile(
    r"(?P<place>[^\n()\[\]【】（）［］/<>]{0,90}?)\s{0,3}"  # noqa: RUF001
    r"(?:\((?P<a>[^()\n]{2,60})\)|（(?P<b>[^（）\n]{2,60})）|\[(?P<c>[^\[\]\n]{2,60})\]|［(?P<d>[^［］\n]{2,60})］"  # noqa: RUF001
    r"|【(?P<e>[^【】\n]{2,60})】|/(?P<f>[^/\n]{2,40})/)"
    rf"(?P<dash>\s{{0,3}}[.,]?\s{{0,3}}(?:[{_DASH}:：=]{{1,3}}|\.)|\s|(?=[^\s.,;]))"  # noqa: RUF001
)
_NAME_THEN_DASH = rf"(?P<name>[^\n/{_DASH}:.]{{2,40}})\s{{0,2}}(?P<dash>\.?\s{{0,2}}[{_DASH}:]|\.)\s"
_PLACED = re.compile(rf"(?P<place>[^\n()\[\]/{_DASH}]{{2,60}}?)\s{{0,2}}[/{_DASH}]\s{{0,2}}{_NAME_THEN_DASH}")
_BARE = re.compile(_NAME_THEN_DASH)
_DATED = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s\d{1,2}:\d{2}(?::\d{2})?)?\s{0,3}\(([^()\n]{2,40})\)")
_TELEGRAM = re.compile("[电電]")
_DIGIT = re.compile(r"\d")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)(?:[\s,:|]|©|\(c\)|copyright|by\b|the\b|\d{4}(?:[-–]\d{2,4})?){0,12}",  # noqa: RUF001
    re.IGNORECASE,
)
_YEAR_OR_WORD = re.compile(r"\d{4}|copyright", re.IGNORECASE)
_RESERVED = re.compile(r"[^\n]{0,120}(?:all rights reserved|reserved|alle rechte|derechos reservados|droits)", re.I)
_END = re.compile(
    rf"[.!?…。”’\"'»)](?:\s{{0,3}}[(\[（](?P<a>[^()\[\]（）\n]{{2,60}})[)\]）]\.?|\s{{0,3}}[/{_DASH}]{{1,2}}\s{{0,3}}"  # noqa: RUF001
    rf"(?P<b>[^/\n{_DASH}]{{2,40}})/?\.?|\s{{1,3}}(?P<c>[A-Z][^\s.]{{1,12}}))$"
)
_INITIALS = re.compile(r"^[a-zäöü]{1,4}(?:/[a-zäöü]{1,4}){1,3}\s{1,3}\((?P<names>[^()\n]{2,80})\)")
_SOURCE = re.compile(r"^(?P<word>[^\W\d_]{2,12})\s{0,2}[:：]\s{0,2}(?P<names>[^\n|]{2,60})")  # noqa: RUF001
_BY = re.compile(r"^(?P<word>[A-Za-z]{2,4})\s{1,3}(?P<names>[^\n]{2,90})$")
_AFTER = re.compile(r"[^.;)\]\n。]{1,160}")
_SENTENCE_END = re.compile(r"[.!?。]\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something that a piece of copy says of an agency; None where it only says "agencies"."""

    agency: Agency | None
    role: Literal["origin", "syndicated", "contributor", "mention"]
    span: str
    rule: str


def of_headline(headline: str, agencies: Agencies) -> Iterator[Said]:
    """ "AP Sports SummaryBrief at 2:11 a.m. EDT"."""
    spot = agencies.at(headline, 0)
    if not spot:
        return
    after = headline[spot.end : spot.end + 60].casefold()
    for brief in agencies.words.briefs:
        if after.strip().startswith(brief) or f" {brief}" in after[:30]:
            yield Said(agency=spot.agency, role="origin", span=headline, rule="name of an agency's round-up")
            return


def of_lead(lines: Sequence[str], agencies: Agencies) -> Iterator[Said]:
    """ "(Reuters) -", "BERLIN, Nov 3 (dpa) -", "МОСКВА, 3 ноября. /ТАСС/.", "新华社北京11月3日电"."""
    for number, line in enumerate(lines[:400]):
        if number >= _HEAD and "(" not in line[:100]:
            continue
        yield from _leading(line[:_MAX_LINE], agencies, is_head=number < _HEAD)


def _leading(line: str, agencies: Agencies, *, is_head: bool) -> Iterator[Said]:
    match = _BRACKETED.match(line)
    inner = next(filter(None, match.group("a", "b", "c", "d", "e", "f"))) if match else ""
    if match and (_is_dateline(match["place"], match["dash"]) or RUNS_ON.search(inner)):
        yield from _credited(inner, match[0], "leading credit", agencies)
    elif is_head:
        yield from _leading_bare(line, agencies)


def _leading_bare(line: str, agencies: Agencies) -> Iterator[Said]:
    if dated := _DATED.search(line[:400]):
        yield from _credited(dated[1], dated[0], "credit behind the date", agencies)
    elif not agencies.listed(line):
        yield from _without_brackets(line, agencies)
    for name, agency in agencies.running_on.items():
        if line.startswith(name) and _TELEGRAM.search(line[:30]):
            yield Said(agency=agency, role="origin", span=line[:30], rule="leading credit")
            return
    yield from _printed_byline(line, agencies)


def _without_brackets(line: str, agencies: Agencies) -> Iterator[Said]:
    """ "BERLIN/dpa -", "МОСКВА, 3 ноя — РИА Новости.", "AP —"."""
    placed, bare = _PLACED.match(line), _BARE.match(line)
    if placed and _is_dateline(placed["place"], placed["dash"]) and (named := agencies.listed(placed["name"])):
        yield Said(agency=named[0], role="origin", span=placed[0], rule="leading credit")
    elif (
        bare
        and bare["dash"].strip() not in (".", ":")
        and (named := agencies.listed(bare["name"]))
        and not named[0].shy
    ):
        yield Said(agency=named[0], role="origin", span=bare[0], rule="leading credit")


def _printed_byline(line: str, agencies: Agencies) -> Iterator[Said]:
    """ "By Jane Smith, Associated Press", "Von dpa", "Source: Xinhua" as a line of the text."""
    if (source := _SOURCE.match(line)) and source["word"].casefold() in agencies.words.sources:
        yield from _credited(source["names"], source[0], "source line", agencies)
    elif (by := _BY.match(line)) and by["word"].casefold() in agencies.words.bylines:
        last = re.split(r",|\||/", by["names"])[-1]
        for agency in agencies.listed(last):
            yield Said(agency=agency, role="origin", span=line, rule="byline in the text")


def _is_dateline(place: str, dash: str) -> bool:
    """Whether what stands before a leading credit is a place and date; without a dash it has to have a date."""
    is_dated = bool(_DIGIT.search(place))
    if not dash.strip() and not (is_dated or place.isupper()):
        return False
    if _SENTENCE_END.search(place.replace("St. ", "St ")) and not is_dated and len(place) > 30:
        return False
    words = [word for word in re.split(r"[\s,]{1,5}", place) if word]
    lower = [word for word in words if word[0].islower() and len(word) > 4]
    return len(words) <= 10 and (is_dated or not lower)


def _credited(names: str, span: str, rule: str, agencies: Agencies) -> Iterator[Said]:
    """Who stands in a credit: the first is the origin, with others it shares; a picture's is none."""
    found = agencies.listed(names) or _last_word(names, agencies)
    if found:
        yield Said(agency=found[0], role="origin", span=span, rule=rule)
        for other in found[1:]:
            yield Said(agency=other, role="contributor", span=span, rule=rule)
    elif " ".join(names.split()).casefold() in agencies.words.several:
        yield Said(agency=None, role="syndicated", span=span, rule=f"{rule} that names no agency")


def _last_word(names: str, agencies: Agencies) -> tuple[Agency, ...]:
    """ "東京 3日 ロイター", "北京共同", "dpa/lby": the agency with its place or desk."""
    for name, agency in agencies.running_on.items():
        if names.endswith(name):
            return (agency,)
    first, slash, desk = names.partition("/")
    named = agencies.named(first) if slash and desk.islower() and len(desk) <= 4 else None
    return (named,) if named else ()


def of_copyright(lines: Sequence[str], agencies: Agencies) -> Iterator[Said]:
    """ "Copyright 2018 The Associated Press. All rights reserved.", "© 2024 AFP"; a picture's "© AFP" is none."""
    for line in lines[-_FOOT:]:
        for match in _COPYRIGHT.finditer(line[:_MAX_LINE]):
            spot = agencies.at(line, match.end())
            if not spot or agencies.is_picture(line[max(0, match.start() - 30) : match.start()]):
                continue
            if _YEAR_OR_WORD.search(match[0]) or _RESERVED.match(line, spot.end):
                yield Said(
                    agency=spot.agency, role="origin", span=line[match.start() : spot.end], rule="copyright line"
                )


def of_close(lines: Sequence[str], agencies: Agencies) -> Iterator[Said]:
    """ "/AFP", "– Reuters", "(ANSA)", "dpa", "ab/cd (AFP, dpa)", and what only an agency's own copy ends with."""
    foot = lines[-_FOOT:]
    for line in foot:
        for pattern, agency in agencies.signs:
            if match := pattern.search(line[-_MAX_LINE:]):
                yield Said(agency=agency, role="origin", span=match[0], rule="how the agency ends its copy")
    for line in lines[-4:]:
        yield from _alone(line, agencies)
    for line in lines[-2:]:
        yield from _at_end(line, agencies, is_last=line is lines[-1])


def _alone(line: str, agencies: Agencies) -> Iterator[Said]:
    """A line that is nothing but a credit."""
    if len(line) > 90:
        return
    if initials := _INITIALS.match(line):
        for agency in agencies.listed(initials["names"]):
            yield Said(agency=agency, role="contributor", span=line, rule="agencies behind the writers' initials")
        return
    if (source := _SOURCE.match(line)) and source["word"].casefold() in agencies.words.sources:
        yield from _credited(source["names"], line, "source line", agencies)
        return
    if agencies.is_picture(line) or line.endswith(":"):
        return
    named = agencies.listed(line)
    if len(named) == 1 and not (named[0].shy and line == named[0].short):
        yield Said(agency=named[0], role="origin", span=line, rule="closing credit")
    for agency in named if len(named) > 1 else ():
        yield Said(agency=agency, role="contributor", span=line, rule="closing credit of several agencies")


def _at_end(line: str, agencies: Agencies, *, is_last: bool) -> Iterator[Said]:
    """A credit behind the full stop of a last paragraph; a bare name is one in the very last only."""
    end = line[-200:]
    match = _END.search(end)
    if not match or "©" in end[max(0, match.start() - 60) : match.start()]:
        return
    names = next(filter(None, match.group("a", "b", "c")))
    found = agencies.listed(names)
    if found and not (match["c"] and (found[0].shy or not is_last)):
        yield from _credited(names, match[0][1:].strip(), "closing credit", agencies)


def of_helpers(lines: Sequence[str], agencies: Agencies) -> Iterator[Said]:
    """ "With inputs from PTI", "The Associated Press contributed to this report", "mit Material von dpa"."""
    for line in (*lines[:4], *lines[max(4, len(lines) - _FOOT) :]):
        tail = line[-1000:]
        low = tail.casefold()
        for phrase in agencies.words.helped:
            if (place := low.find(phrase)) >= 0 and (rest := _AFTER.match(tail, place + len(phrase))):
                yield from _helping(tail[place : rest.end()], rest[0], agencies)
        for phrase in agencies.words.did_help:
            if (place := low.find(phrase)) >= 0:
                start = max((low.rfind(stop, 0, place) for stop in (". ", "(", "\n")), default=-1) + 1
                yield from _helping(tail[start : place + len(phrase)], tail[start:place], agencies)


def _helping(span: str, names: str, agencies: Agencies) -> Iterator[Said]:
    found = list(dict.fromkeys(spot.agency for spot in agencies.spots(names)))
    for agency in found:
        yield Said(agency=agency, role="contributor", span=span.strip(), rule="thanks to those who helped")
    if not found and any(word in agencies.words.several for word in _words(names)):
        yield Said(agency=None, role="contributor", span=span.strip(), rule="thanks to agencies without a name")


def of_disclaimer(lines: Sequence[str], agencies: Agencies) -> Iterator[Said]:
    """ "... has not been edited by our staff and is published from a syndicated feed."."""
    chosen = (*lines[:4], *lines[max(4, len(lines) - _FOOT) :])
    for line in chosen:
        if match := agencies.disclaimers.search(line[:_MAX_LINE]):
            sentence = line[max(0, match.start() - 200) : match.end() + 120]
            named = [spot.agency for spot in agencies.spots(line[match.start() : match.end() + 120])]
            agency = named[0] if named else None
            yield Said(agency=agency, role="syndicated", span=sentence, rule="publisher's disclaimer")


def of_mentions(text: str, agencies: Agencies) -> Iterator[Said]:
    """ "told AFP", "according to Reuters", "Yonhap reported": somebody spoken to or quoted, never a credit."""
    seen: set[str] = set()
    for spot in agencies.spots(text):
        if spot.agency.short not in seen and (span := _mention(text, spot, agencies)):
            seen.add(spot.agency.short)
            yield Said(agency=spot.agency, role="mention", span=span, rule="a mention")
            if len(seen) >= _MENTIONS:
                return


def _mention(text: str, spot: Spot, agencies: Agencies) -> str:
    before = text[max(0, spot.start - 24) : spot.start].rpartition("\n")[2]
    after = text[spot.end : spot.end + 24].partition("\n")[0]
    words_before, words_after = _words(before), _words(after)
    if words_before and words_before[-1] == "the":
        words_before = words_before[:-1]
    told = bool(words_before) and words_before[-1] in agencies.words.told
    says = bool(words_after) and words_after[0] in agencies.words.says and after.lstrip()[:1] not in ("(", "[")
    return f"{before.strip()} {text[spot.start : spot.end]}{after}".strip() if told or says else ""


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{1,40}['’]?", text.casefold())
