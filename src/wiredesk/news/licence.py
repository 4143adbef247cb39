"""What a source lets us do, as data: the licence and its choices. Unknown means the most restrictive.

A grant that is not named is not given; a limit or a duty that is not named is not there. Each choice begins with its
most restrictive value: the narrower of two is the lesser. Presets are in presets.py, files of terms in licence_file.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any, Literal

from wiredesk.news.surface import OUTLETS, Outlet

Rel = Literal["nofollow", "sponsored", "ugc", "noreferrer", "external", "author"]
RELS: tuple[Rel, ...] = ("nofollow", "sponsored", "ugc", "noreferrer", "external", "author")
MAX_WORDS = 10_000
MAX_DAYS = 36_500
MAX_DAILY = 100_000


class Extent(IntEnum):
    """How much of a story: each value holds all before it."""

    NOTHING = 0
    HEADLINE = 1
    EXCERPT = 2
    FULL = 3


class Editing(IntEnum):
    """What of the copy may be changed: nothing; time, place and house style; also cuts; anything."""

    NONE = 0
    STYLE = 1
    SHORTEN = 2
    FREE = 3


class Selection(IntEnum):
    """Who lets a story of this source out: an editor, or the system by itself."""

    HUMAN = 0
    AUTOMATIC = 1


class Position(IntEnum):
    """Where the credit stands: above the copy, or below it."""

    TOP = 0
    END = 1


class Link(IntEnum):
    """Whether a link to the original has to go with the copy."""

    REQUIRED = 0
    FREE = 1


class Pixel(IntEnum):
    """Whether the source has to be able to count its readers on our pages."""

    REQUIRED = 0
    NONE = 1


class Consent(IntEnum):
    """What readers would have to agree to for a counting pixel: the class it has in a consent notice."""

    MARKETING = 0
    STATISTICS = 1
    NECESSARY = 2


class Images(IntEnum):
    """Which pictures may go with the copy: none, those with a credit or caption of their own, all."""

    NONE = 0
    CREDITED = 1
    ALL = 2


class Indexing(IntEnum):
    """What search engines are told: not at all; not as news; the original is the one to list; this page is."""

    NOINDEX = 0
    NEWS_NOINDEX = 1
    ORIGINAL = 2
    OWN = 3


class Mining(IntEnum):
    """Whether machines may mine the copy and learn from it."""

    RESERVED = 0
    ALLOWED = 1


class Remains(IntEnum):
    """What may stay at a story's address when its time is over."""

    NOTHING = 0
    HEADLINE = 1


class Notify(IntEnum):
    """Whether the source has to be told of a use: before it, after it, never."""

    BEFORE = 0
    AFTER = 1
    NEVER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What a source lets us do. `words` is the length of an excerpt, `keep_days` how long a story stays (None: always).

    `outlets` names every outlet that may have it: feeds, api and partners pass copy on to others, and `republish` lets
    readers do so. `daily` is the most stories a day (None: any number). `credit` is the line the source asks for,
    `link_rel` what a link to the original says beside it. `territories` (ISO 3166) and `languages` (BCP 47) limit where
    and in which language it may be shown; empty: no limit. `url` has the full terms.
    """

    name: str
    extent: Extent = Extent.NOTHING
    words: int = 0
    editing: Editing = Editing.NONE
    headline_may_change: bool = False
    images: Images = Images.NONE
    selection: Selection = Selection.HUMAN
    daily: int | None = None
    obeys_embargo: bool = True
    keep_days: int | None = None
    afterwards: Remains = Remains.NOTHING
    outlets: tuple[Outlet, ...] = ()
    republish: bool = False
    commercial: bool = False
    territories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    comments: bool = False
    indexing: Indexing = Indexing.NOINDEX
    mining: Mining = Mining.RESERVED
    link: Link = Link.REQUIRED
    link_rel: tuple[Rel, ...] = ()
    credit: str = ""
    credit_position: Position = Position.TOP
    pixel: Pixel = Pixel.NONE
    pixel_consent: Consent = Consent.MARKETING
    notify: Notify = Notify.NEVER
    url: str = ""
    title: str = ""


FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Licence))
CHOICES: Mapping[str, type[IntEnum]] = {
    "extent": Extent,
    "editing": Editing,
    "images": Images,
    "selection": Selection,
    "afterwards": Remains,
    "indexing": Indexing,
    "mining": Mining,
    "link": Link,
    "credit_position": Position,
    "pixel": Pixel,
    "pixel_consent": Consent,
    "notify": Notify,
}
LISTS: Mapping[str, tuple[str, ...]] = {"outlets": OUTLETS, "link_rel": RELS}
CODES: Mapping[str, str] = {"territories": r"[A-Z]{2}", "languages": r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}"}
NUMBERS: Mapping[str, int] = {"words": MAX_WORDS, "keep_days": MAX_DAYS, "daily": MAX_DAILY}
FLAGS = ("obeys_embargo", "headline_may_change", "republish", "commercial", "comments")
TEXTS = ("credit", "url", "title")
_NOWHERE = ("",)  # a limit that nobody can read is one that nothing meets


def known(kept: Mapping[str, Any]) -> Licence:
    """A licence of its fields as a row keeps them. What is not known falls away to the most restrictive."""
    told = dict(kept)
    for name, choice in CHOICES.items():
        told[name] = choice._value2member_map_.get(told[name], choice(0))
    for name, among in LISTS.items():
        told[name] = tuple(one for one in among if one in told[name])
    for name in CODES:
        told[name] = tuple(told[name]) if isinstance(told[name], list | tuple) else _NOWHERE
    return Licence(**told)
