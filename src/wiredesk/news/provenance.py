"""Where each field of a story comes from and what was done to it here: computed from what was received, never typed.

The proof is in the words: the SHA-256 of a field's plain text as it was received stands beside that of the same field
as it is now. Where both are the same, nobody has changed a letter of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

from wiredesk.news import clean
from wiredesk.news.face import Face
from wiredesk.news.item import Item
from wiredesk.news.story import Name, Story

# What readers see of a story, and the fields of an item that each of it may have been read from, the first one first.
READ_FROM: Mapping[str, tuple[str, ...]] = {
    "headline": ("headline", "summary", "body"),
    "standfirst": ("summary",),
    "body": ("body",),
    "byline": ("byline", "authors"),
    "dateline": ("dateline",),
    "language": ("language",),
    "published": ("published",),
    "updated": ("updated",),
    "url": ("url", "links"),
    "credit": ("credit",),
    "notices": ("rights",),
    "tags": ("subjects",),
}
TEXTS = ("headline", "standfirst", "body", "byline", "dateline")  # what can be edited, and is proved by its words
HTML = ("standfirst", "body")  # those of them that are safe HTML
Fate = Literal["as received", "edited", "kept", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change of one field at the desk: what it was (`base`), what it became (`ours`), who and when (aware, UTC)."""

    field: str
    base: str
    ours: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The version of an item whose copy a story shows, with its face. `number` is ours, `copy.version` the sender's.

    `delivery` is the SHA-256 of the bytes that brought it at `at` (aware, UTC).
    """

    copy: Item
    face: Face
    number: int
    at: datetime
    delivery: str
    source: Name
    feed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """That somebody edited a field, without what was written."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: where in the copy it was read (`path`, "" where this version lacks it), and what became of it.

    `fate`: as received; edited here; kept from an earlier version; other (it differs, and nobody can say why).
    `received` and `shown` are the SHA-256 of its words, "" for what is no text.
    """

    name: str
    path: str
    fate: Fate
    received: str = ""
    shown: str = ""
    edits: tuple[Touch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The item and version that a story's copy is, and what became of each field. Nothing of the copy is in it.

    `version` is the sender's own word, `number` ours; `holder` owns the rights, as the copy says.
    """

    source: Name
    feed: str
    guid: str
    version: str
    number: int
    at: datetime
    delivery: str
    holder: str = ""
    fields: tuple[Field, ...] = ()


def of(story: Story, received: Received, edits: Sequence[Edit]) -> Provenance:
    """Trace every field of a story that holds anything. `edits` are all that were made of it, the oldest first."""
    fields = (
        _field(name, getattr(story, name), received, [edit for edit in edits if edit.field == name])
        for name in READ_FROM
        if getattr(story, name)
    )
    copy = received.copy
    return Provenance(
        source=received.source,
        feed=received.feed,
        guid=copy.guid,
        version=copy.version,
        number=received.number,
        at=received.at,
        delivery=received.delivery,
        holder=next((rights.holder for rights in copy.rights if rights.holder and rights.scope != "media"), ""),
        fields=tuple(fields),
    )


def public(provenance: Provenance, shown: Collection[str]) -> Provenance:
    """What readers are told: of the fields that they are shown, and not which editor it was."""
    fields = (
        replace(field, edits=tuple(replace(edit, by="") for edit in field.edits))
        for field in provenance.fields
        if field.name in shown
    )
    return replace(provenance, fields=tuple(fields))


def in_force(edits: Iterable[Edit]) -> tuple[str, ...]:
    """The fields that stand otherwise than they came: those whose last edit did not bring the copy's words back."""
    last = {edit.field: edit for edit in edits}
    return tuple(name for name in TEXTS if name in last and last[name].ours != last[name].base)


def words_hash(html: str) -> str:
    """SHA-256 of the plain text of safe HTML (UTF-8), by which anyone can tell whether words are the same."""
    return sha256(clean.text_of(html).encode("utf-8", "replace")).hexdigest()


def _field(name: str, value: object, received: Received, edits: Sequence[Edit]) -> Field:
    path = next((received.copy.origin[one].path for one in READ_FROM[name] if one in received.copy.origin), "")
    if name not in TEXTS:
        return Field(name=name, path=path, fate="as received")
    came, is_ = words_hash(getattr(received.face, name)), words_hash(str(value))
    return Field(
        name=name,
        path=path,
        fate=_fate(came == is_, path, edits),
        received=came,
        shown=is_,
        edits=tuple(Touch(by=edit.by, at=edit.at) for edit in edits),
    )


def _fate(is_same: bool, path: str, edits: Sequence[Edit]) -> Fate:
    if is_same:
        return "as received" if path else "kept"
    return "edited" if edits else "other"
