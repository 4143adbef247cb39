"""What a delivery brings, as values: Delivery, FeedInfo, Item and their parts (docs/reference/formats.md).

Text fields are plain text; `*_html`, `summary` and `body` are foreign HTML as received: nothing here is safe to show.
Written down (as_plain), a value leaves out what has its default; dates and notes to editors say all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct

Status = Literal["usable", "withheld", "canceled"]
GuidKind = Literal["permalink", "opaque", "made"]
BodyKind = Literal["", "full", "excerpt", "unknown"]
How = Literal["zone", "assumed", "named", "absent"]


class Value(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Base of all: values that never change and never hold themselves, so that no collector has to look at them."""


class Note(Value, frozen=True, kw_only=True):
    """One thing to know of a delivery: a repair, a cap, an oddity. `code` is stable, `text` is for people."""

    code: str
    text: str = ""
    where: str = ""


class Date(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A date as sent (`raw`), as understood (`utc`, aware, or None), and how its zone was found."""

    raw: str
    utc: datetime | None = None
    how: How = "absent"


class Person(Value, frozen=True, kw_only=True):
    """An author, contributor or rights holder."""

    name: str = ""
    email: str = ""
    uri: str = ""
    role: str = ""


class Link(Value, frozen=True, kw_only=True):
    """Any link of an item or feed; `rel` in lower case (RFC 8288), `href` absolute http(s)."""

    rel: str
    href: str
    type: str = ""
    title: str = ""
    length: str = ""
    hreflang: str = ""


class Ref(Value, frozen=True, kw_only=True):
    """Another piece of copy that this one names: what it replaces, follows, answers."""

    rel: str
    id: str
    version: str = ""


class Credit(Value, frozen=True, kw_only=True):
    """Whom the copy came through, as the item says: RSS <source>, atom:source, dc:publisher ... Not our Source."""

    name: str = ""
    url: str = ""
    id: str = ""
    rights: str = ""
    updated: Date | None = None


class EdNote(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A note to editors. Private unless the agency's profile names its role as public correction text."""

    text: str
    role: str = ""
    public: bool = False


class Subject(Value, frozen=True, kw_only=True):
    """A category, genre or topic: RSS <category domain>, atom:category, dc:subject, JSON Feed tags."""

    name: str = ""
    code: str = ""
    scheme: str = ""
    type: str = ""


class Rights(Value, frozen=True, kw_only=True):
    """One rights statement and what it covers: `scope` is feed, item, credit or media."""

    scope: Literal["feed", "item", "credit", "media"]
    holder: str = ""
    notice: str = ""
    terms: str = ""
    licence: str = ""
    credit: str = ""


class Media(Value, frozen=True, kw_only=True):
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


class Comments(Value, frozen=True, kw_only=True):
    """Where the discussion is: its page, its feed, how many."""

    url: str = ""
    feed: str = ""
    count: int | None = None


class Extra(Value, frozen=True, kw_only=True):
    """An element no handler claims, kept: Clark-notation name, attributes, text."""

    qname: str
    attributes: Mapping[str, str] = {}
    text: str = ""


class Origin(Value, frozen=True, kw_only=True):
    """Where a field of an item was read: element path, and a short hash of the value."""

    path: str
    hash: str


class Tombstone(Value, frozen=True, kw_only=True):
    """The sender says this item is withdrawn (RFC 6721 at:deleted-entry, h-feed u-deleted, HTTP 410)."""

    guid: str
    when: Date | None = None
    by: str = ""
    reason: str = ""
    link: str = ""


class Item(Value, frozen=True, kw_only=True):
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
    podcast: Mapping[str, str] = {}
    extra: tuple[Extra, ...] = ()
    origin: Mapping[str, Origin] = {}
    notes: tuple[Note, ...] = ()
    lossy: bool = False


class FeedInfo(Value, frozen=True, kw_only=True):
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
    cloud: Mapping[str, str] = {}
    categories: tuple[Subject, ...] = ()
    published: Date | None = None
    updated: Date | None = None
    extra: tuple[Extra, ...] = ()


class Delivery(Value, frozen=True, kw_only=True):
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


def _as_dict(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return dict(mapping.items())


_encoder = msgspec.json.Encoder(enc_hook=_as_dict)


def as_json(value: Any) -> str:
    """Any of these values as JSON: objects without what has its default, times in RFC 3339 UTC."""
    return _encoder.encode(value).decode()


def as_plain(value: Any) -> Any:
    """The same as lists, dictionaries, strings and numbers."""
    return msgspec.json.decode(_encoder.encode(value))
