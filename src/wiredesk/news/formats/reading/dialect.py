"""What an agency's profile says of every format: lines that are no copy, names and Media Topics of its codes, and what
holds for copy that says nothing of its own: language, credit line, rights notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from wiredesk.news import signals
from wiredesk.news.formats.reading import mediatopics
from wiredesk.news.formats.reading.catalog import MEDIA_TOPIC
from wiredesk.news.formats.reading.labels import Labels
from wiredesk.news.formats.reading.text import plain_of
from wiredesk.news.item import EdNote, Rights, Subject
from wiredesk.news.profile import Profile

MAX_LINE = 200  # characters of a line that are looked at
MAX_PARAGRAPH = 600  # characters of a paragraph that may be boilerplate
_PARAGRAPH = re.compile(
    rf"<(p|div)\b[^<>]{{0,400}}>((?:[^<]|<(?!/?(?:p|div)\b)){{0,{2 * MAX_PARAGRAPH}}}+)</\1>\s{{0,40}}", re.IGNORECASE
)


def for_all(profile: Profile, feed: dict[str, Any]) -> dict[str, Any]:
    """What a document says of all its items, with the profile's word where it says nothing."""
    said = dict(feed)
    if profile.language and not said.get("language"):
        said["language"] = profile.language
    if (profile.rights or profile.credit) and not said.get("rights"):
        said["rights"] = (Rights(scope="feed", notice=profile.rights, credit=profile.credit),)
    return said


def apply(fields: dict[str, Any], profile: Profile) -> None:
    """Read an item's fields by the profile: boilerplate leaves its texts, its codes get names and topics."""
    if profile.boilerplate:
        for name in ("body", "summary"):
            if name in fields:
                fields[name], dropped = without(fields[name], profile.boilerplate)
                notes = (EdNote(text=line, role="boilerplate") for line in dropped)
                fields["ednotes"] = (*fields.get("ednotes", ()), *notes)
    if fields.get("subjects") and (profile.subjects or profile.topics or profile.labels):
        codes = {one.code for one in fields["subjects"]}
        announce(fields, (event for event, words in profile.labels.items() if codes.intersection(words)))
        fields["subjects"] = _subjects(fields["subjects"], profile)


def read_labels(fields: dict[str, Any], labels: Labels) -> None:
    """The agency's own labels before a headline leave it, as those that everybody uses do."""
    headline = fields.get("headline", "")
    found = labels.at_start(headline)
    if found.kinds:
        fields.setdefault("headline_raw", headline)
        fields["headline"] = found.rest
        fields.pop("headline_html", None)
        announce(fields, found.kinds, is_headline=True)


def announce(fields: dict[str, Any], events: Iterable[str], *, is_headline: bool = False) -> None:
    """What labels say of an item: its signals, those of the headline first, and a status at least as strict."""
    known = tuple(event for event in events if event in signals.STRENGTH)
    if known:
        others = fields.get("signals", ())
        fields["signals"] = tuple(dict.fromkeys((*known, *others) if is_headline else (*others, *known)))
        fields["status"] = signals.strictest(fields.get("status", "usable"), signals.status_of(known))


def without(html: str, listed: tuple[str, ...]) -> tuple[str, list[str]]:
    """HTML without the paragraphs that begin with a listed line, and these as plain text."""
    dropped: list[str] = []

    def keep(found: re.Match[str]) -> str:
        line = plain_of(found[2])
        if len(line) > MAX_PARAGRAPH or not is_listed(line, listed):
            return found[0]
        dropped.append(line)
        return ""

    rest = _PARAGRAPH.sub(keep, html)
    return (rest.rstrip() if dropped else html), dropped


def is_listed(line: str, listed: tuple[str, ...]) -> bool:
    """Whether a line begins with one that a profile lists: as it stands, in any case, or as a pattern."""
    line = line.strip()[:MAX_LINE]
    return bool(line and listed) and any(pattern.match(line) for pattern in _patterns(listed))


@lru_cache(maxsize=64)
def _patterns(listed: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    found = [re.compile("|".join(map(re.escape, listed)), re.IGNORECASE)]
    for one in listed:
        try:
            found.append(re.compile(one))
        except re.error:
            continue
    return tuple(found)


def _subjects(subjects: tuple[Subject, ...], profile: Profile) -> tuple[Subject, ...]:
    """Subjects with the names that the profile knows, and the Media Topics that their codes stand for after them."""
    named = [_named(one, profile) for one in subjects]
    codes = (topic_of(one.code or one.name, profile) for one in named if one.scheme != MEDIA_TOPIC)
    topics = (
        Subject(name=mediatopics.NAMES.get(code, ""), code=code, scheme=MEDIA_TOPIC, type="subject")
        for code in dict.fromkeys(codes)
        if code and not any(one.scheme == MEDIA_TOPIC and one.code == code for one in named)
    )
    return (*named, *topics)


def _named(subject: Subject, profile: Profile) -> Subject:
    name = subject.name or profile.subjects.get(subject.code, "")
    if name == subject.name:
        return subject
    return Subject(name=name, code=subject.code, scheme=subject.scheme, type=subject.type)


def topic_of(code: str, profile: Profile) -> str:
    """The Media Topic that one of the agency's codes stands for, or "".

    The code is looked up whole and without its prefix, then by the longest beginning that a key has: in a key a star at
    the end stands for any rest, question marks for a rest of so many characters.
    """
    for said in dict.fromkeys((code, code.rpartition(":")[2])):
        if said in profile.topics:
            return profile.topics[said]
        for end in range(len(said[:40]), 0, -1):
            for key in (said[:end].ljust(len(said[:40]), "?"), f"{said[:end]}*"):
                if key in profile.topics:
                    return profile.topics[key]
    return ""
