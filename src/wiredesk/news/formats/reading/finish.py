"""Drafts to items: labels, rights, what the feed says for all, and the marks that keep damage from spreading."""

from __future__ import annotations

from collections import Counter
from collections.abc import ItemsView, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from msgspec.structs import replace

from wiredesk.news import signals
from wiredesk.news.formats.reading import dialect, media
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.formats.reading.labels import Labels
from wiredesk.news.item import EdNote, FeedInfo, Item, Note, Origin, Tombstone
from wiredesk.news.profile import Profile

MAX_ITEMS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a format module made of a document."""

    format: str
    feed: FeedInfo
    items: tuple[Item, ...]
    tombstones: tuple[Tombstone, ...] = ()
    cut: bool = False


class Origins(Mapping[str, Origin]):
    """Where each field was read; the hashes of their values are made when somebody asks."""

    __slots__ = ("_paths", "_fields")

    def __init__(self, paths: Mapping[str, str], fields: Mapping[str, Any]) -> None:
        self._paths = paths
        self._fields = fields

    def __getitem__(self, name: str) -> Origin:
        return Origin(path=self._paths[name], hash=_hash(self._fields.get(name)))

    def items(self) -> ItemsView[str, Origin]:
        fields = self._fields
        return {name: Origin(path=path, hash=_hash(fields.get(name))) for name, path in self._paths.items()}.items()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _hash(value: Any) -> str:
    said = value if type(value) is str else repr(value)
    return f"{crc32(said.encode('utf-8', 'replace')):08x}"


def finish(
    feed: dict[str, Any],
    drafts: list[Draft],
    context: Context,
    *,
    format_: str,
    cut: bool = False,
    stones: Iterable[Tombstone] = (),
) -> Read:
    """The document as values."""
    feed = dialect.for_all(context.profile, feed)
    rights, language = feed.get("rights", ()), feed.get("language", "")
    own = Labels(context.profile) if context.profile.labels else None
    items = tuple(_item(draft, rights, language, context.profile, own) for draft in drafts)
    twice = [guid for guid, count in Counter(item.guid for item in items if item.guid).items() if count > 1]
    if twice:
        context.note("duplicate-guid", f"{len(twice)} guids stand at more than one item, first {twice[0][:80]}")
    return Read(format=format_, feed=FeedInfo(**feed), items=items, tombstones=tuple(stones), cut=cut)


def _item(draft: Draft, feed_rights: tuple[Any, ...], feed_language: str, profile: Profile, own: Labels | None) -> Item:
    if draft.media_defaults:
        media.settle(draft)
    fields = draft.finished()
    dialect.apply(fields, profile)
    _read_labels(fields)
    if own:
        dialect.read_labels(fields, own)
    if feed_rights and not any(right.scope == "item" for right in fields.get("rights", ())):
        fields["rights"] = (*fields.get("rights", ()), *feed_rights)
    if feed_language and "language" not in fields:
        fields["language"] = feed_language
    return Item(**fields, origin=Origins(draft.paths, fields))


def _read_labels(fields: dict[str, Any]) -> None:
    """Labels leave the headline for signals and status; a leading note leaves the body for the notes to editors."""
    headline = fields.get("headline", "")
    if headline and signals.may_have_labels(headline):
        found, rest = signals.labels(headline)
        if found:
            fields.setdefault("headline_raw", headline)
            fields["headline"] = rest
            fields.pop("headline_html", None)
            dialect.announce(fields, found, is_headline=True)
    # Categories of feeds have no type; where they have one, what files a note to editors is for the profile to say.
    if signals.is_advisory(subject.name for subject in fields.get("subjects", ()) if not subject.type):
        dialect.announce(fields, ("advisory",))
    for name in ("body", "summary"):
        note, rest = signals.lead_note(fields[name]) if name in fields else ("", "")
        if note:
            fields[name] = rest
            fields["ednotes"] = (*fields.get("ednotes", ()), EdNote(text=note, role="correction", public=True))
            fields["signals"] = tuple(dict.fromkeys((*fields.get("signals", ()), signals.kind_of_note(note))))


def damaged(items: tuple[Item, ...], truncated: bool) -> tuple[Item, ...]:
    """The items of a damaged document. The last one of a cut document is incomplete."""
    if not items or not truncated:
        return items
    last = items[-1]
    note = Note(code="incomplete", text="the document broke off in this item")
    return (*items[:-1], replace(last, lossy=True, notes=(*last.notes, note)))
