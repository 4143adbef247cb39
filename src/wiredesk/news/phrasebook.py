"""The sentences that Wiredesk itself says of a story, as data: English here, another language in a file of phrases.

A phrase's places stand in braces. A file may leave phrases out: those stay English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from wiredesk.news.errors import NewsError

Phrasebook = Mapping[str, str]
MAX_PHRASE = 400
_PLACE = re.compile(r"\{([a-z]{1,20})\}")
ENGLISH: Phrasebook = MappingProxyType(
    {
        "via": " via ",
        "and": " and ",
        "feed": "the feed “{feed}”",
        "some-feed": "a syndicated feed",
        "unedited": "This story comes from {feed} of {source} and has not been edited by {site}.",
        "headline-edited": (
            "Except for the headline, this story has not been edited by {site}; it comes from {feed} of {source}."
        ),
        "edited": "This story comes from {feed} of {source}; {site} has edited its {fields}.",
        "excerpt": "Only its first {words} words are shown, as the terms of {source} ask.",
        "headline-only": "Its headline is shown with a link to the original, as the terms of {source} allow.",
        "corrected": "It was last corrected by {by} on {date}.",
        "field-headline": "headline",
        "field-standfirst": "standfirst",
        "field-body": "text",
        "field-byline": "byline",
        "field-dateline": "dateline",
        "date": "{day} {month} {year}",
        "months": "January February March April May June July August September October November December",
    }
)


def phrasebook(phrases: Mapping[str, object]) -> Phrasebook:
    """English with these phrases in its place; NewsError where one is not known, no text, or lacks or adds places."""
    for key, phrase in phrases.items():
        if key not in ENGLISH:
            raise NewsError(f"phrases: unknown phrase {key!r}; known are {', '.join(ENGLISH)}")
        if not isinstance(phrase, str) or len(phrase) > MAX_PHRASE:
            raise NewsError(f"phrases: {key} is a text of at most {MAX_PHRASE} characters")
        places = set(_PLACE.findall(phrase))
        if "{" in _PLACE.sub("", phrase) or not places <= set(_PLACE.findall(ENGLISH[key])):
            raise NewsError(f"phrases: {key} may have the places {', '.join(_PLACE.findall(ENGLISH[key])) or 'none'}")
        if key == "months" and len(phrase.split()) != len(ENGLISH[key].split()):
            raise NewsError("phrases: months are twelve words")
    return MappingProxyType({**ENGLISH, **{key: str(phrase) for key, phrase in phrases.items()}})


def said(phrases: Phrasebook, key: str, **places: object) -> str:
    """A phrase with its places filled. What is filled in is not looked at for places again."""
    return _PLACE.sub(lambda place: str(places.get(place[1], "")), phrases[key])


def date(phrases: Phrasebook, moment: datetime) -> str:
    """A day as readers are told it: "3 March 2026"."""
    month = phrases["months"].split()[moment.month - 1]
    return said(phrases, "date", day=moment.day, month=month, year=moment.year)
