"""A text wire's message as an item: labels, headline, byline, dateline, embargo, notes to editors, items it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading import dates, textwire, usage
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.formats.reading.finish import MAX_ITEMS, Read, finish
from wiredesk.news.formats.reading.labels import Labels, in_order, named, names
from wiredesk.news.formats.reading.text import MAX_TEXT
from wiredesk.news.item import Date, EdNote, Extra, Ref, Rights, Subject

_DATELINE = re.compile(
    r"([^\W\d_][^()\n:!?]{1,60}?)\s{0,3}(?:\([^()]{2,30}\)\s{0,3}(?:-{1,2}|_|\u2013|\u2014)|\s_)\s",
)
_EMBARGO = re.compile(
    r"\W{0,5}(?:embargo(?:ed)?(?:\s(?:until|till|for))?|hold for release|hfr|sperrfrist|"
    r"not for (?:release|publication|use) (?:before|until))\b[\s:,-]{0,5}",
    re.IGNORECASE,
)
_TIME_FIRST = re.compile(
    r"(\d{1,2})[:.]?(\d\d)\s{0,2}([A-Z]{1,5})?,?\s{1,3}(?:on\s)?(?:[A-Z][a-z]{2,9},?\s{1,3})?"
    r"([A-Za-z]{3,9})\.?\s{1,3}(\d{1,2})(?:,?\s{1,3}(\d{4}))?",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:\u00a9|\(c\)|copyright\s(?:\u00a9|\(c\)|\d{4}))", re.IGNORECASE)
_KILLS = re.compile(
    r"\bkill is mandatory\b|\bmandatory kill\b|\bplease kill (?:item|story|the (?:item|story))\b|\bstory withdrawn\b|"
    r"\bmust not be (?:used|published)\b",
    re.IGNORECASE,
)
_HOLDS = re.compile(r"\bplease (?:hold|withhold)\b|\bdo not (?:use|publish)\b", re.IGNORECASE)
_COMMANDS = ("kill", "hold", "lift")
_FOLLOWS = ("correction", "refile", "substitute", "update")


_LATE = timedelta(days=7)  # an embargo that ended before that is next year's
MAX_ROWS = 2_000  # looked through for names of items


@dataclass(slots=True, kw_only=True)
class Head:
    """What a message's header and trailer say. `series` and `number` make its name; `kinds` are labels found there."""

    format: str
    series: str = ""
    number: str = ""
    provider: str = ""
    urgency: int | None = None
    category: str = ""
    category_name: str = ""
    slugline: str = ""
    raw: list[str] = field(default_factory=list)
    sent: Date | None = None
    day: str = ""
    kinds: tuple[str, ...] = ()
    version: str = ""
    refs: tuple[str, ...] = ()


HeaderReader = Callable[[textwire.Message, Labels, Context], Head | None]
Splitter = Callable[[textwire.Message, Head, Context], textwire.Copy]


def read(text: str, context: Context, header: HeaderReader, splitter: Splitter, format_: str) -> Read:
    """One item a message. Raises NewsError where there is no message whose header can be read."""
    labels = Labels(context.profile)
    drafts: list[Draft] = []
    cut = False
    for message in textwire.messages(text):
        if len(drafts) == MAX_ITEMS:
            context.note("too-many-items", f"only the first {MAX_ITEMS} messages were read")
            cut = True
            break
        head = header(message, labels, context)
        if head is None:
            context.note("bad-header", "a message whose header cannot be read was left out")
            continue
        drafts.append(_item(head, message, splitter(message, head, context), labels, context))
    if not drafts:
        raise NewsError("not a wire: there is no message whose header can be read")
    feed = {"title": context.profile.source} if context.profile.source else {}
    return finish(feed, drafts, context, cut=cut, format_=format_)


def _item(head: Head, message: textwire.Message, copy: textwire.Copy, labels: Labels, context: Context) -> Draft:
    """The item of one message."""
    draft = Draft()
    _identity(draft, head, message)
    pattern = names(context.profile, head.series, len(head.number))
    headline, kinds, version = _headline(copy.top, labels, pattern)
    if kinds:
        draft.set("headline_raw", " ".join(" ".join(copy.top).split()), "text")
    kinds = [*head.kinds, *kinds]
    draft.set("version", head.version or version, "lead words")
    paragraphs, to_editors = _apart(textwire.paragraphs(copy.rows))
    embargo(draft, copy.top, paragraphs, to_editors, context)
    said = " ".join([*to_editors, *(paragraphs if "advisory" in kinds else ())])
    kinds += _announced(said, kinds, has_copy=bool(headline and paragraphs), labels=labels)
    if "advisory" in kinds:  # all of it is for editors
        to_editors, paragraphs = [*to_editors, *paragraphs], []
    _notes(draft, to_editors, copy.private, kinds, context)
    named_in = [*copy.top, *to_editors] if "advisory" in kinds else to_editors
    _named(draft, head, [*named_in, *copy.private][:MAX_ROWS], kinds, pattern)
    for kind in in_order(kinds):
        usage.signal(draft, kind, "labels")
    draft.set("headline", headline, "text")
    _text(draft, paragraphs, context)
    return draft


def _identity(draft: Draft, head: Head, message: textwire.Message) -> None:
    """Source, number and day of the trailer make the guid: the same number next day is another item (FORMATS 3.2)."""
    name = f"{head.series}{head.number}"
    if head.number and head.day:
        draft.set("guid", f"{name} of {head.day}", "header")
    draft.fields["guid_kind"] = "made"
    draft.set("provider", head.provider, "header")
    draft.set("urgency", head.urgency, "header")
    draft.set("slugline", head.slugline, "header")
    draft.set("published", head.sent, "trailer")
    draft.set("updated", head.sent, "trailer")
    category = Subject(code=head.category, name=head.category_name, scheme=head.format)
    draft.add("subjects", category if head.category else None, "header")
    about = {"series": head.series, "day": head.day}
    extra = [Extra(qname="number", attributes=about, text=head.number)] if head.number else []
    extra += [Extra(qname="header", text=line[:400]) for line in head.raw[:20]]
    if message.trailer:
        extra.append(Extra(qname="trailer", text=message.trailer))
    draft.lists["extra"] = [*extra]
    if not message.is_whole:
        draft.fields["lossy"] = True
        draft.note("incomplete", "a control character of the message is missing")


def _headline(top: list[str], labels: Labels, pattern: re.Pattern[str]) -> tuple[str, list[str], str]:
    """The headline without the labels before it, those labels, and the number of the lead."""
    kinds: list[str] = []
    rest: list[str] = []
    version = ""
    for line in top:
        line = line.rstrip(" =<").lstrip("^ ")
        if line and not rest:
            found = labels.at_start(line)
            if not found.kinds and pattern.search(line[:200]):
                found = labels.at_start(pattern.sub(": ", line[:200]))  # "KILL ENA 0421"
            kinds += found.kinds
            version = version or found.lead
            line = found.rest if found.kinds else line
        if line and not _EMBARGO.match(line):
            rest.append(line)
    return " ".join(" ".join(rest).split()), kinds, version


def _apart(paragraphs: list[str]) -> tuple[list[str], list[str]]:
    """Paragraphs of copy, and those that address editors."""
    to_editors = [one for one in paragraphs if usage.is_to_editors(one)]
    return [one for one in paragraphs if not usage.is_to_editors(one)], to_editors


def _announced(said: str, kinds: list[str], *, has_copy: bool, labels: Labels) -> list[str]:
    """What else a message does: a kill, or a hold without copy of its own, is an advisory (FORMATS 4, rule 4).

    `said` is what addresses editors. Of its words only those count that withdraw something, or end a hold.
    """
    found = []
    if _KILLS.search(said[:8000]):
        found += ["kill", "advisory"]
    elif _HOLDS.search(said[:8000]):
        found.append("hold")
    every = (*kinds, *found)
    is_command = "kill" in every or "hold" in every
    if is_command and not has_copy:
        found.append("advisory")
    if "advisory" in kinds and not is_command and labels.lifts(said):
        found.append("lift")
    return found


def embargo(draft: Draft, top: list[str], paragraphs: list[str], to_editors: list[str], context: Context) -> None:
    """EMBARGOED UNTIL, HOLD FOR RELEASE, Sperrfrist: a line of its own, which is no copy (FORMATS 4).

    A time that cannot be read is none that we know.
    """
    for row in [*top, *paragraphs[:3], *to_editors]:
        said = usage.without_address(row)
        found = _EMBARGO.match(said) if len(said) <= 200 else None
        if not found:
            continue
        draft.set("embargo", _moment(said[found.end() :], draft, context) or "undefined", "text")
        if row not in to_editors:
            draft.add("ednotes", usage.note(row.rstrip(" =<"), "embargo", context.profile), "text")
        if row in paragraphs:
            paragraphs.remove(row)
        return


def _moment(said: str, draft: Draft, context: Context) -> Date | None:
    """The time that an embargo ends; without a year it is the next such day after the message was sent."""
    said = said.strip(" .=<()")
    date, _ = textwire.sent(said, context)
    found = _TIME_FIRST.match(said) if date is None else None
    if not found:
        return date or _readable(dates.read(said, context.zone))
    hour, minute, zone, month, day, year = found.groups()
    written = f"{day} {month} {{}} {hour}:{minute} {zone or ''}"
    if year:
        return textwire.moment(written.format(year), said, context)[0]
    sent = _readable(draft.fields.get("published"))
    return _next(written, sent.utc, said, context) if sent and sent.utc else None


def _next(written: str, sent: datetime, raw: str, context: Context) -> Date | None:
    """A date without its year, after a message was sent."""
    date, _ = textwire.moment(written.format(sent.year), raw, context)
    if date and date.utc and date.utc < sent - _LATE:
        date, _ = textwire.moment(written.format(sent.year + 1), raw, context)
    return date


def _readable(date: Date | None) -> Date | None:
    return date if date and date.utc else None


def _notes(draft: Draft, to_editors: list[str], private: list[str], kinds: list[str], context: Context) -> None:
    is_correction = "correction" in kinds
    for one in to_editors[:MAX_ROWS]:
        said = usage.without_address(one)
        if is_correction and usage.corrects(said):
            draft.add("ednotes", usage.note(said, "correction", context.profile), "text")
        else:
            note = EdNote(text=one[:4000], role="advisory" if "advisory" in kinds else "editorial")
            draft.add("ednotes", note, "text")
    for note in textwire.notes(private, is_correction=is_correction, context=context):
        draft.add("ednotes", note, "private block")


def _named(draft: Draft, head: Head, rows: list[str], kinds: list[str], pattern: re.Pattern[str]) -> None:
    """Other items that notes and advisories name by number, and what this one does to them."""
    command = next((kind for kind in _COMMANDS if kind in kinds), "advisory") if "advisory" in kinds else ""
    follows = next((kind for kind in _FOLLOWS if kind in kinds), "mention")
    own = head.number.lstrip("0")
    for row in rows:
        is_substitute = not command and "substitut" in row.lower()
        for number in named(row[:4000], pattern):
            if number.lstrip("0") == own:
                continue
            rel = command or ("substitute" if is_substitute else follows)
            draft.add("refs", Ref(rel=rel, id=f"{head.series}{number.zfill(len(head.number))}"), "text")
            if is_substitute and "substitute" not in kinds:
                kinds.append("substitute")
    for other in head.refs:
        draft.add("refs", Ref(rel=command or follows, id=other), "header")


def _text(draft: Draft, paragraphs: list[str], context: Context) -> None:
    """Byline, rights line and dateline; what remains is the body. The dateline stays where it runs into the text."""
    profile = context.profile
    for place, row in enumerate(paragraphs[:3]):
        byline = _matched(row.rstrip(" =<"), (*profile.bylines, textwire.BYLINE))
        if byline and not row.endswith("."):
            draft.set("byline", byline, "text")
            del paragraphs[place]
            break
    if paragraphs and len(paragraphs[-1]) <= 200 and _COPYRIGHT.match(paragraphs[-1]):
        draft.add("rights", Rights(scope="item", notice=paragraphs.pop()), "text")
    if paragraphs:
        start = paragraphs[0][:200]
        draft.set("dateline", _matched(start, (*profile.datelines, _DATELINE)), "text")
        draft.set("body", textwire.html(paragraphs)[:MAX_TEXT], "text")
        draft.fields["body_kind"] = "full"


def _matched(text: str, patterns: Iterable[str | re.Pattern[str]]) -> str:
    """The first group of the first pattern that a text begins with."""
    found = next((one for pattern in patterns if (one := re.match(pattern, text[:200]))), None)
    return (found[1] or "").strip() if found else ""
