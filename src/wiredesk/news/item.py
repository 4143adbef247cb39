"""What a delivery brings, as values: Delivery, FeedInfo, Item and their parts (docs/reference/formats.md).

A table of data types, over 300 lines since an item has 45 fields and the parts are read together.

Text fields are plain text; `*_html`, `summary` and `body` are foreign HTML as received: nothing here is safe to show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Literal

Status = Literal["usable", "withheld", "canceled"]
GuidKind = Literal["permalink", "opaque", "made"]
BodyKind = Literal["", "full", "excerpt", "unknown"]


class Nothing(Mapping[str, Any]):
    """The empty mapping, as a default that dataclasses take: it has a hash, since it cannot change."""

    def __getitem__(self, key: str) -> Any:
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __hash__(self) -> int:
        return 0


NOTHING = Nothing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing to know of a delivery: a repair, a cap, an oddity. `code` is stable, `text` is for people."""

    code: str
    text: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A date as sent (`raw`), as understood (`utc`, aware, or None), and how its zone was found."""

    raw: str
    utc: datetime | None = None
    how: Literal["zone", "assumed", "named", "absent"] = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An author, contributor or rights holder."""

    name: str = ""
    email: str = ""
    uri: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Any link of an item or feed; `rel` in lower case (RFC 8288), `href` absolute http(s)."""

    rel: str
    href: str
    type: str = ""
    title: str = ""
    length: str = ""
    hreflang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """Another piece of copy that this one names: what it replaces, follows, answers."""

    rel: str
    id: str
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Whom the copy came through, as the item says: RSS <source>, atom:source, dc:publisher ... Not our Source."""

    name: str = ""
    url: str = ""
    id: str = ""
    rights: str = ""
    updated: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EdNote:
    """A note to editors. Private unless the agency's profile names its role as public correction text."""

    text: str
    role: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A category, genre or topic: RSS <category domain>, atom:category, dc:subject, JSON Feed tags."""

    name: str = ""
    code: str = ""
    scheme: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """One rights statement and what it covers: `scope` is feed, item, credit or media."""

    scope: Literal["feed", "item", "credit", "media"] = "item"
    holder: str = ""
    notice: str = ""
    terms: str = ""
    licence: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """One picture, sound or film, with its own caption, credit and rights. Sizes are strings as sent."""

    href: str
    type: str = ""
    medium: str = ""
    width: str = ""
    height: str = ""
    length: str = ""
    rendition: str = ""
    caption: str = ""
    alt: str = ""
    title: str = ""
    credit: str = ""
    copyright: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """Where the discussion is: its page, its feed, how many."""

    url: str = ""
    feed: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """An element no handler claims, kept: Clark-notation name, attributes, text."""

    qname: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a field of an item was read: element path, and a short hash of the value."""

    path: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """The sender says this item is withdrawn (RFC 6721 at:deleted-entry, h-feed u-deleted, HTTP 410)."""

    guid: str
    when: Date | None = None
    by: str = ""
    reason: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One piece of copy as one feed sent it; never edited. Empty means: not sent."""

    guid: str = ""
    guid_kind: GuidKind = "made"
    version: str = ""
    status: Status = "usable"
    signals: tuple[str, ...] = ()
    refs: tuple[Ref, ...] = ()
    links: tuple[Link, ...] = ()
    url: str = ""
    external_url: str = ""
    credit: tuple[Credit, ...] = ()
    provider: str = ""
    headline: str = ""
    headline_html: str = ""
    headline_raw: str = ""
    subhead: str = ""
    slugline: str = ""
    keywords: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    body_kind: BodyKind = ""
    body_base: str = ""
    authors: tuple[Person, ...] = ()
    byline: str = ""
    dateline: str = ""
    published: Date | None = None
    updated: Date | None = None
    embargo: Date | Literal["undefined"] | None = None
    expiry: Date | None = None
    urgency: int | None = None
    ednotes: tuple[EdNote, ...] = ()
    subjects: tuple[Subject, ...] = ()
    places: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    orgs: tuple[str, ...] = ()
    language: str = ""
    rights: tuple[Rights, ...] = ()
    media: tuple[Media, ...] = ()
    comments: Comments | None = None
    podcast: Mapping[str, str] = NOTHING
    extra: tuple[Extra, ...] = ()
    origin: Mapping[str, Origin] = NOTHING
    notes: tuple[Note, ...] = ()
    lossy: bool = False

    @classmethod
    def of(cls, fields: dict[str, Any]) -> Item:
        """An item of these fields. All others are the class's own defaults.

        Filling 45 of them by hand is what costs.
        """
        item = object.__new__(cls)
        item.__dict__.update(fields)
        return item


@dataclass(frozen=True, kw_only=True)
class FeedInfo:
    """What a document says about itself. `hubs` and the paging links of RFC 5005 are absolute addresses."""

    title: str = ""
    title_html: str = ""
    subtitle: str = ""
    url: str = ""
    self_url: str = ""
    guid: str = ""
    links: tuple[Link, ...] = ()
    hubs: tuple[str, ...] = ()
    next: str = ""
    prev: str = ""
    complete: bool = False
    archive: bool = False
    language: str = ""
    rights: tuple[Rights, ...] = ()
    image: str = ""
    icon: str = ""
    logo: str = ""
    authors: tuple[Person, ...] = ()
    generator: str = ""
    ttl: int | None = None
    update_period: str = ""
    update_frequency: str = ""
    update_base: str = ""
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    cloud: Mapping[str, str] = NOTHING
    categories: tuple[Subject, ...] = ()
    published: Date | None = None
    updated: Date | None = None
    extra: tuple[Extra, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What one fetch, file or push brought.

    `sha256` is of the body, `encoding` the codec used, `how` how it was found.
    """

    feed: FeedInfo
    items: tuple[Item, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    notes: tuple[Note, ...] = ()
    format: str = ""
    encoding: str = ""
    how: str = ""
    lossy: bool = False
    sha256: str = ""
    parser: str = ""


def as_plain(value: Any) -> Any:
    """Any of these values as JSON holds it: objects without what is empty, times in RFC 3339 UTC."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple | list):
        return [as_plain(part) for part in value]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, Mapping):
        return {key: as_plain(part) for key, part in value.items()}
    named = ((name, getattr(value, name)) for name in _names_of(type(value)))
    return {name: as_plain(part) for name, part in named if part or part is False or part == 0}


_NAMES: dict[type, tuple[str, ...]] = {}


def _names_of(kind: type[Any]) -> tuple[str, ...]:
    """The field names of a dataclass, worked out once."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(column.name for column in fields(kind))
    return _NAMES[kind]
