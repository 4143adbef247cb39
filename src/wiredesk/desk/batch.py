"""One batch of a delivery's items: look up what the core asks for, let it judge, write what it decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from wiredesk.desk import alerts, joining
from wiredesk.desk.copies import Found, Resemblance
from wiredesk.desk.followup import Arrived, Happened, carrier_of, follow
from wiredesk.desk.items import Items, Row
from wiredesk.desk.models import Carrier, Delivery, Feed, Story
from wiredesk.desk.newstory import NewStory
from wiredesk.desk.stories import Stories
from wiredesk.failpoints import failpoint
from wiredesk.news import advisory, clean, decide, identity, match
from wiredesk.news.advisory import Advice
from wiredesk.news.decide import Decision
from wiredesk.news.face import Face, face
from wiredesk.news.identity import Stand
from wiredesk.news.item import Item as Copy
from wiredesk.news.item import Tombstone
from wiredesk.news.profile import Profile
from wiredesk.news.story import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What all items of one delivery have in common. `links` counts addresses; one that many share says nothing."""

    feed: Feed
    delivery: Delivery
    links: Mapping[str, int]
    now: datetime
    base: str
    profile: Profile = Profile()

    def take(
        self, arrived: Sequence[tuple[str, Copy]], *, baseline: Collection[int], is_damaged: bool
    ) -> list[Happened]:
        """Take items with their keys, no key twice; `baseline` are the places of those only to be known, not shown."""
        return _Round(self, [key for key, _ in arrived]).take(arrived, baseline, is_damaged=is_damaged)

    def bury(self, tombstones: Sequence[Tombstone]) -> list[Happened]:
        """Withdraw items by guid. One that never came is remembered, so that it stays out when it does."""
        return _Round(self, [identity.key_of_guid(stone.guid) for stone in tombstones]).bury(tombstones)


class _Round:
    """One batch under way: rows that are known, rows to be written."""

    def __init__(self, batch: Batch, keys: Collection[str]) -> None:
        self.batch = batch
        self.items = Items(batch.feed, keys, now=batch.now)
        self.stories = Stories(feed=batch.feed, now=batch.now)
        self.happened: list[Happened] = []
        self.new_copy: list[Arrived] = []
        self.came: list[Row] = []
        self.advice: list[tuple[Arrived, Advice]] = []
        self.claims: list[tuple[Row, Found, Face]] = []  # items that carry a story, and may be the better ones to show

    def take(
        self, arrived: Iterable[tuple[str, Copy]], baseline: Collection[int], *, is_damaged: bool
    ) -> list[Happened]:
        fresh: list[tuple[Row, Copy, str]] = []
        for place, (key, copy) in enumerate(arrived):
            hash_ = identity.content_hash(copy)
            row = self._row(key, copy)
            if row is None:
                is_baseline = place in baseline
                row = self.items.add(self._new_key(key, copy), identity.stand(copy, hash_), is_baseline=is_baseline)
                if not is_baseline:
                    fresh.append((row, copy, hash_))
            elif not row.is_baseline and (hash_ != row.stand.hash or copy.status != row.stand.status):
                self._again(row, copy, hash_, is_damaged=is_damaged)
            else:
                self.happened.append(Happened(id=copy.guid, version=copy.version, event=Kind.NOTHING))
        if fresh:
            self._place(fresh)
        self._write()
        for row, _, made in self.claims:
            joining.claim(row.id, made, now=self.batch.now)
        followed = follow(self.batch, self.new_copy, self.advice, self.came)
        said_better = {(one.id, Kind.NEW if one.event is Kind.SUBSTITUTE else Kind.NOTHING) for one in followed}
        return [one for one in self.happened if (one.id, one.event) not in said_better] + followed

    def bury(self, tombstones: Iterable[Tombstone]) -> list[Happened]:
        for stone in tombstones:
            key = identity.key_of_guid(stone.guid)
            row = self.items.known(key)
            decision = decide.tombstone(row.stand if row else None)
            self.happened.append(Happened(id=stone.guid, event=decision.event))
            if not decision.is_current:
                continue
            row = row or self.items.add(key, Stand())
            self.items.stand(row, row.stand.withdrawn(stone.when))
            carrier = carrier_of(row)
            if carrier:
                self.happened[-1].story = carrier.story
                is_lead, reason = carrier.role == Carrier.Role.LEAD, clean.plain(stone.reason, 400)
                self.stories.change(carrier.story, row, decision, is_lead=is_lead, made=None, reason=reason)
        if self.happened:
            self._write()
        return self.happened

    def _row(self, key: str, copy: Copy) -> Row | None:
        """The row this item is a state of. A guid that now stands for another story gets a row of its own."""
        row = self.items.known(key)
        if row is None and (earlier := identity.earlier_key(copy)):
            return self.items.look_up(earlier)
        if row is None or not identity.is_reused(row.stand, copy):
            return row
        return self.items.look_up(identity.key_beside(key, copy))

    def _new_key(self, key: str, copy: Copy) -> str:
        if self.items.known(key) is None:
            return key
        text = f"A guid was used again for another story: {copy.headline_raw or copy.headline}"
        alerts.tell("guid-reused", text, at=self.batch.now, feed=self.batch.feed)
        return identity.key_beside(key, copy)

    def _place(self, fresh: Sequence[tuple[Row, Copy, str]]) -> None:
        """Give items seen for the first time their story: one that is there, or a new one."""
        copies = self.stories.copies
        faces = [face(copy, base=self.batch.base) for _, copy, _ in fresh]
        marks = [self._marks(copy, made.copy) for (_, copy, _), made in zip(fresh, faces, strict=True)]
        read = [copies.read(copy, made) for (_, copy, _), made in zip(fresh, faces, strict=True)]
        copies.look_up({mark for some in marks for mark in some}, read)
        for (row, copy, hash_), made, some, wording in zip(fresh, faces, marks, read, strict=True):
            self.items.version(row, copy, hash_)
            best = copies.best(copy, made, some)
            advice = advisory.of(copy, self.batch.profile) if copy.signals and best is None else None
            like = None if best or advice else copies.like(wording)
            best = like if like and like.is_sure else best
            decision = decide.at_first_sight(
                copy,
                best.candidate if best else None,
                is_advice=advice is not None,
                perhaps=like.candidate if like and not like.is_sure else None,
            )
            if advice:
                self._happened(copy, decision)
                self.advice.append((Arrived(row=row, copy=copy), advice))
            elif best:
                self.stories.carry(row, best, made.terms)
                copies.mark(best.story, some)
                self.stories.change(best.story, row, decision, is_lead=False, made=None)
                self._happened(copy, decision, best.story)
                self.claims.append((row, best.story, made))
            else:
                story = self._lead(row, copy, made, decision, like)
                copies.mark(story, some, wording)

    def _lead(self, row: Row, copy: Copy, made: Face, decision: Decision, like: Resemblance | None) -> NewStory:
        """A story of its own; the desk is asked where it may be a copy of another."""
        story = self.stories.add(made, decision, row)
        self.stories.lead(row, story, made.terms)
        if like:
            self.stories.ask(story, like)
        self.new_copy.append(Arrived(row=row, copy=copy, story=story))
        self.came.append(row)
        self._happened(copy, decision, story)
        return story

    def _marks(self, copy: Copy, text: str) -> tuple[str, ...]:
        return match.marks(
            copy, text, source=self.batch.feed.source_id, is_own_link=self.batch.links.get(copy.url, 0) <= 1
        )

    def _again(self, row: Row, copy: Copy, hash_: str, *, is_damaged: bool) -> None:
        """Another state of an item that its feed has sent before."""
        before = self.items.last_texts(row)
        copy, lost = decide.filled(copy, before)
        hash_ = identity.content_hash(copy) if lost else hash_
        made = face(copy, base=self.batch.base)
        decision = decide.again(
            copy,
            hash_,
            row.stand,
            old_text=_text(face(before, base=self.batch.base)),
            new_text=_text(made),
            is_lossy=is_damaged,
        )
        if lost and decision.is_kept:
            text = f"A new version came without {' and '.join(lost)}; the earlier text was kept."
            decision = replace(decision, alert=decision.alert or text)
        self._obey(row, copy, hash_, decision, made)

    def _obey(self, row: Row, copy: Copy, hash_: str, decision: Decision, made: Face) -> None:
        if decision.is_current:
            self.items.stand(row, row.stand.followed_by(copy, hash_))
        elif decision.is_offered:
            self.items.stand(row, row.stand.offering(hash_))
        if decision.is_kept:
            self.items.version(row, copy, hash_)
            self.came.append(row)
        carrier = carrier_of(row) if decision != decide.NOTHING else None
        opens = False
        if carrier:
            is_lead = carrier.role == Carrier.Role.LEAD
            is_shown = decision.is_current and copy.status == "usable" and not carrier.story.is_frozen
            if is_shown:
                Carrier.objects.filter(pk=carrier.pk).update(number=row.number, terms=" ".join(made.terms))
            note = clean.plain(next((note.text for note in copy.ednotes if note.public), ""), 400)
            shown = made if is_lead and is_shown else None
            opens = shown is not None and self._is_shut(carrier.story) and not self._is_shut(made)
            self.stories.change(carrier.story, row, decision, is_lead=is_lead, made=shown, reason=note)
            if shown:
                known = self.stories.copies.at_hand(carrier.story)
                self.stories.copies.look_up((), [wording := self.stories.copies.read(copy, made)])
                self.stories.copies.mark(known, self._marks(copy, made.copy), wording)
        self._happened(copy, decision, carrier.story if carrier else None)
        if carrier and opens:
            self.happened[-1].lifts = "embargo"

    def _is_shut(self, story: Story | Face) -> bool:
        """Whether an embargo keeps it in at this moment."""
        until = story.embargo if isinstance(story, Face) else story.embargo_at
        return story.embargo_open or (until is not None and until > self.batch.now)

    def _happened(self, copy: Copy, decision: Decision, story: Found | Story | None = None) -> None:
        self.happened.append(
            Happened(
                id=copy.guid,
                version=copy.version,
                event=decision.event,
                story=story,
                lifts="hold" if decision.lifts else "",
            )
        )
        if decision.alert:
            self.stories.alert(decision.alert, story)

    def _write(self) -> None:
        self.items.write(self.batch.delivery)
        failpoint("intake.after_items_written")
        self.stories.write()
        failpoint("intake.after_stories_written")


def _text(made: Face) -> str:
    return f"{made.headline}\n{made.text}"
