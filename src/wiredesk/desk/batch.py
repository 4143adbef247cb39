"""One batch of a delivery's items: look up what the core asks for, let it judge, write what it decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from wiredesk.desk import alerts, columns
from wiredesk.desk.models import Carrier, Delivery, Feed, Item, Story
from wiredesk.desk.stories import Stories
from wiredesk.failpoints import failpoint
from wiredesk.news import clean, decide, identity, match
from wiredesk.news.decide import Decision
from wiredesk.news.face import Face, face
from wiredesk.news.identity import Stand
from wiredesk.news.item import Item as Copy
from wiredesk.news.item import Tombstone
from wiredesk.news.story import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What all items of one delivery have in common. `links` counts addresses; one that many share says nothing."""

    feed: Feed
    delivery: Delivery
    links: Mapping[str, int]
    now: datetime
    base: str

    def take(
        self, arrived: Sequence[tuple[str, Copy]], *, baseline: Collection[int], is_damaged: bool
    ) -> Counter[Kind]:
        """Take items with their keys, no key twice; `baseline` are the places of those only to be known, not shown."""
        return _Round(self, arrived).take(baseline, is_damaged=is_damaged)

    def bury(self, tombstones: Iterable[Tombstone]) -> Counter[Kind]:
        """Withdraw items by guid. One that never came is remembered, so that it stays out when it does."""
        events: Counter[Kind] = Counter()
        stories = Stories(feed=self.feed, now=self.now)
        for stone in tombstones:
            key = identity.key_of_guid(stone.guid)
            row = Item.objects.filter(feed=self.feed, key=key).first()
            known = Stand.from_dict(row.state) if row else None
            decision = decide.tombstone(known)
            if not decision.is_current:
                continue
            row = row or Item(feed=self.feed, key=key, first_seen_at=self.now)
            row.state = (known or Stand()).withdrawn(stone.when).as_dict()
            row.save()
            carrier = Carrier.objects.select_related("story").filter(item=row).first()
            if carrier:
                reason = clean.plain(stone.reason, 400)
                stories.change(carrier, decision, made=None, reason=reason)
            events[decision.event] += 1
        stories.write()
        return events


class _Round:
    """One batch under way: rows that are known, rows to be written."""

    def __init__(self, batch: Batch, arrived: Sequence[tuple[str, Copy]]) -> None:
        self.batch = batch
        self.arrived = arrived
        self.known = self._known_items()
        self.stories = Stories(feed=batch.feed, now=batch.now)
        self.new_items: list[Item] = []
        self.changed_items: dict[int, Item] = {}
        self.versions: list[tuple[Item, int, Copy, str]] = []
        self.events: Counter[Kind] = Counter()

    def _known_items(self) -> dict[str, Item]:
        keys = {key for key, _ in self.arrived}
        beside = {identity.key_beside(key, item) for key, item in self.arrived if item.url}
        return {row.key: row for row in Item.objects.filter(feed=self.batch.feed, key__in=keys | beside)}

    def take(self, baseline: Collection[int], *, is_damaged: bool) -> Counter[Kind]:
        fresh: list[tuple[Item, Copy, str]] = []
        for place, (key, copy) in enumerate(self.arrived):
            hash_ = identity.content_hash(copy)
            row = self._row(key, copy)
            if row is None:
                row = self._first(self._new_key(key, copy), copy, hash_, is_baseline=place in baseline)
                if not row.is_baseline:
                    fresh.append((row, copy, hash_))
            else:
                self._again(row, copy, hash_, is_damaged=is_damaged)
        self._place(fresh)
        self._write()
        return self.events

    def _row(self, key: str, copy: Copy) -> Item | None:
        """The row this item is a state of. A guid that now stands for another story gets a row of its own."""
        row = self.known.get(key)
        if row is None or not identity.is_reused(Stand.from_dict(row.state), copy):
            return row
        return self.known.get(identity.key_beside(key, copy))

    def _new_key(self, key: str, copy: Copy) -> str:
        if key not in self.known:
            return key
        text = f"A guid was used again for another story: {copy.headline_raw or copy.headline}"
        alerts.tell("guid-reused", text, at=self.batch.now, feed=self.batch.feed)
        return identity.key_beside(key, copy)

    def _first(self, key: str, copy: Copy, hash_: str, *, is_baseline: bool) -> Item:
        row = Item(
            feed=self.batch.feed,
            key=key,
            first_seen_at=self.batch.now,
            is_baseline=is_baseline,
            state=identity.stand(copy, hash_).as_dict(),
        )
        self.known[key] = row
        self.new_items.append(row)
        return row

    def _place(self, fresh: Sequence[tuple[Item, Copy, str]]) -> None:
        """Give items seen for the first time their story: one that is there, or a new one."""
        faces = [face(copy, base=self.batch.base) for _, copy, _ in fresh]
        marks = [self._marks(copy, made.copy) for (_, copy, _), made in zip(fresh, faces, strict=True)]
        self.stories.look_up(mark for some in marks for mark in some)
        for (row, copy, hash_), made, some in zip(fresh, faces, marks, strict=True):
            found = self.stories.candidates(some)
            best = match.best(copy, made.text, [candidate for _, candidate in found])
            decision = decide.at_first_sight(copy, best)
            self._version(row, copy, hash_)
            story = next((story for story, candidate in found if candidate is best), None)
            story = story or self.stories.add(made, decision, row)
            carrier = self.stories.carry(row, story, best, some)
            if best:
                self.stories.change(carrier, decision, made=None, reason="")
            self._count(decision, story)

    def _marks(self, copy: Copy, text: str) -> tuple[str, ...]:
        return match.marks(
            copy, text, source=self.batch.feed.source_id, is_own_link=self.batch.links.get(copy.url, 0) <= 1
        )

    def _again(self, row: Item, copy: Copy, hash_: str, *, is_damaged: bool) -> None:
        """A state of an item that its feed has sent before."""
        known = Stand.from_dict(row.state)
        if row.is_baseline or (hash_ == known.hash and copy.status == known.status):
            return
        last = row.versions.order_by("-number").first()
        before = columns.copy_of(last) if last else Copy()
        copy, lost = decide.filled(copy, before)
        hash_ = identity.content_hash(copy) if lost else hash_
        made = face(copy, base=self.batch.base)
        decision = decide.again(
            copy,
            hash_,
            known,
            old_text=_text(face(before, base=self.batch.base)),
            new_text=_text(made),
            is_lossy=is_damaged,
        )
        if lost and decision.is_kept:
            text = f"A new version came without {' and '.join(lost)}; the earlier text was kept."
            decision = replace(decision, alert=decision.alert or text)
        self._obey(row, copy, hash_, known, decision, made)

    def _obey(self, row: Item, copy: Copy, hash_: str, known: Stand, decision: Decision, made: Face) -> None:
        if decision.is_kept:
            self._version(row, copy, hash_)
        if decision.is_current:
            row.state = known.followed_by(copy, hash_).as_dict()
        if decision.is_kept or decision.is_current:
            self.changed_items[row.pk] = row
        carrier = Carrier.objects.select_related("story").filter(item=row).first()
        if carrier and decision != decide.NOTHING:
            note = next((note.text for note in copy.ednotes if note.public), "")
            shown = made if decision.is_current and copy.status == "usable" else None
            self.stories.change(carrier, decision, made=shown, reason=clean.plain(note, 400))
            if shown and carrier.role == Carrier.Role.LEAD:
                self.stories.mark(carrier.story, self._marks(copy, made.copy))
        self._count(decision, carrier.story if carrier else None)

    def _count(self, decision: Decision, story: Story | None) -> None:
        self.events[decision.event] += 1
        if decision.alert:
            self.stories.alert(decision.alert, story)

    def _version(self, row: Item, copy: Copy, hash_: str) -> None:
        """One more version of an item."""
        row.number += 1
        self.versions.append((row, row.number, copy, hash_))

    def _write(self) -> None:
        Item.objects.bulk_create(self.new_items)
        Item.objects.bulk_update(self.changed_items.values(), ["state", "number"])
        failpoint("intake.after_items_written")
        columns.keep(self.versions, delivery=self.batch.delivery, received_at=self.batch.now)
        self.stories.write()
        failpoint("intake.after_stories_written")


def _text(made: Face) -> str:
    return f"{made.headline}\n{made.text}"
