"""Stories while a batch is under way: found by mark, made, changed as decided, and written together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from wiredesk.desk import alerts, bulk, filing, merging, pagetexts
from wiredesk.desk.acts import clock_of, is_public, next_state, went_out
from wiredesk.desk.copies import Copies, Found, Known, Resemblance
from wiredesk.desk.items import Row
from wiredesk.desk.models import Carrier, Checked, Event, Feed, Story, Tag
from wiredesk.desk.newstory import NewStory, columns_of
from wiredesk.news import decide, links, unmet
from wiredesk.news.decide import Decision
from wiredesk.news.face import Face
from wiredesk.news.licence import Notify, Selection
from wiredesk.news.story import Kind, State
from wiredesk.news.terms import UNCLEAR, narrowed

_TEXT = (Kind.UPDATE, Kind.REFILE, Kind.CORRECTION)  # what a frozen story is only told of
_TO_CHECK = "UPDATE desk_story SET checked = 1 WHERE id = %s AND checked = 2"


class Stories:
    """The stories that one batch of one feed touches. Nothing is saved before write()."""

    def __init__(self, *, feed: Feed, now: datetime) -> None:
        self.feed = feed
        self.now = now
        self.licence = feed.source.licence.as_value()
        self.copies = Copies(feed=feed)
        self._new: list[NewStory] = []
        self._changed: dict[int, Story] = {}
        self._carriers: list[tuple[Row, Found, str, str, int | None, str]] = []
        self._events: list[tuple[Found | Story, Kind, Row | None, str, str | None]] = []
        self._filed: dict[tuple[str, ...], str] = {}
        self._tags: list[tuple[Found | Story, tuple[str, ...]]] = []
        self._alerts: list[tuple[str, Found | Story | None]] = []
        self._questions: list[tuple[NewStory, Resemblance]] = []
        self._to_check: list[int] = []
        self._to_read: list[Row] = []  # items whose pages may have more than the feed

    def add(self, made: Face, decision: Decision, item: Row) -> NewStory:
        """A new story, live at once where the source's terms let it out by themselves."""
        story = NewStory(
            source_id=self.feed.source_id,
            feed_id=self.feed.pk,
            section_id=self.feed.section_id,
            state=next_state(State.LIVE if self._lets_out() else State.WAITING, decision.event),
            slug=made.slug[:80],
            first_seen_at=self.now,
            order_at=min(made.published or made.updated or self.now, self.now),
            **columns_of(made),
        )
        story.clock_at = clock_of(story, self.licence, self.now)
        self._new.append(story)
        self._events.append((story, decision.event, item, "", None))
        if story.state == State.LIVE:
            self._events.append((story, Kind.PUBLISH, None, "", self._filed_under(made.terms)))
            story.went_out_at = self.now if is_public(story, self.licence, self.now) else None
            self._today += 1
            if self.licence.notify is Notify.AFTER:
                self.alert(f"Tell {self.feed.source.name} that it is used.", story)
        self._tags.append((story, made.tags))
        self._doubt(story, made)
        return story

    def _lets_out(self) -> bool:
        """Whether a story of this source goes out by itself now."""
        if self.licence.selection is not Selection.AUTOMATIC or self.licence.extent == 0:
            return False
        return not unmet.at_intake(self.licence, today=self._today)

    @cached_property
    def _today(self) -> int:
        """How many of this source's stories went out today; asked for only where the terms count them."""
        return went_out(self.feed.source, self.now) if self.licence.daily is not None else 0

    def _filed_under(self, words: tuple[str, ...]) -> str:
        """The terms of this day, less what the copy itself takes away, on file."""
        if words not in self._filed:
            self._filed[words] = filing.file(narrowed(self.licence, words))
        return self._filed[words]

    def lead(self, item: Row, story: NewStory, words: Iterable[str]) -> None:
        """Link an item to its new story. `words` of news.terms are what it takes away from its source's terms."""
        self._carriers.append((item, story, Carrier.Role.LEAD.value, "", None, " ".join(words)))
        if self.feed.whole_text:
            self._to_read.append(item)

    def carry(self, item: Row, by: Resemblance, words: Iterable[str]) -> None:
        """Link an item to a story that others carry too."""
        how, story = min(by.candidate.by), by.story
        self._carriers.append((item, story, Carrier.Role.ALSO.value, how, by.alike, " ".join(words)))
        if not isinstance(story, NewStory):
            self._to_check.append(story.id)

    def change(
        self, story: Found | Story, item: Row, decision: Decision, *, is_lead: bool, made: Face | None, reason: str = ""
    ) -> None:
        """Let what happened to an item happen to its story, as far as the core says that it does."""
        event = decide.for_story(decision.event, is_lead=is_lead, is_same_source=story.source_id == self.feed.source_id)
        if event is Kind.NOTHING:
            return
        if isinstance(story, Story) and story.is_frozen and event in _TEXT:
            self.alert("A newer version has come of this story, which is frozen: nothing was changed.", story)
            return
        self._events.append((story, event, item, reason, None))
        if event is Kind.SIGHTING:
            return
        whole = story if isinstance(story, NewStory) else self._whole(story)
        if made:
            self._show(whole, self._with_page(made, item), item.number)
            self._doubt(whole, made)
            self._tags.append((story, made.tags))
        whole.is_corrected = whole.is_corrected or event is Kind.CORRECTION
        whole.state = next_state(State(whole.state), event)
        if decision.lifts and whole.state == State.HELD:
            whole.state = State.LIVE if self._may_go_out(whole) else State.WAITING
            if whole.went_out_at is None and is_public(whole, self.licence, self.now):
                whole.went_out_at = self.now
        whole.clock_at = clock_of(whole, self.licence, self.now)
        if isinstance(whole, Story):
            self.copies.at_hand(whole)  # what comes later in this batch is judged by what there is now

    def _with_page(self, made: Face, item: Row) -> Face:
        """A face with the text that the item's page gave before; the page is read again for this version."""
        if not self.feed.whole_text:
            return made
        self._to_read.append(item)
        return pagetexts.laid_over(item.id, made)

    def _whole(self, story: Known | Story) -> Story:
        """The one object that stands for a row in this batch, so that no change overwrites another."""
        if story.id not in self._changed:
            self._changed[story.id] = story if isinstance(story, Story) else Story.objects.get(pk=story.id)
        return self._changed[story.id]

    def alert(self, text: str, story: Found | Story | None) -> None:
        """Tell the desk, once the story has been written."""
        self._alerts.append((text, story))

    def ask(self, story: NewStory, by: Resemblance) -> None:
        """Ask the desk whether a new story is a copy of another one."""
        self._questions.append((story, by))

    def _doubt(self, story: Story | NewStory, made: Face) -> None:
        if UNCLEAR in made.terms:
            self.alert("Its rights statement cannot be understood, so nothing of it is shown.", story)

    def write(self) -> None:
        """Save everything, parents first."""
        for story, id_ in zip(self._new, bulk.reserve(Story, len(self._new)), strict=True):
            story.id = id_
        bulk.insert(Story, NewStory.COLUMNS, (story.row() for story in self._new))
        for changed in self._changed.values():
            if changed.pk in self._to_check:
                changed.checked = min(changed.checked, Checked.AGAIN)
            changed.save()
        carriers = (
            (item.id, story.id, role, how, alike, item.number, words)
            for item, story, role, how, alike, words in self._carriers
        )
        bulk.insert(Carrier, ("item_id", "story_id", "role", "how", "alike", "number", "terms"), carriers)
        bulk.run(_TO_CHECK, [(id_,) for id_ in dict.fromkeys(self._to_check) if id_ not in self._changed])
        self.copies.write()
        pagetexts.watch(((item.id, item.number) for item in self._to_read), self.now)
        self._write_events()
        self._write_tags()
        self._tell()

    def _may_go_out(self, story: Story | NewStory) -> bool:
        return story.went_out_at is not None or self.licence.selection is Selection.AUTOMATIC

    def _show(self, story: Story | NewStory, made: Face, number: int) -> None:
        """Give a story the face of its lead item, merged with what was edited here; the desk is told of conflicts."""
        columns = columns_of(made)
        if isinstance(story, Story):
            columns |= merging.over_edits(story, made, number=number, now=self.now)
            if story.conflicts.filter(number=number, settled_at=None).exists():
                self.alert("A newer version changes what was edited here; an editor has to decide.", story)
        for name, value in columns.items():
            setattr(story, name, value)
        if isinstance(story, Story):
            story.checked = min(story.checked, Checked.AGAIN)

    def _write_events(self) -> None:
        moment, source = bulk.moment(self.now), self.feed.source.name[:150]
        rows = (
            (
                story.id,
                kind.value,
                moment,
                item.id if item else None,
                item.number if item else None,
                "" if kind is Kind.PUBLISH else source,
                text,
                filed,
            )
            for story, kind, item, text, filed in self._events
        )
        bulk.insert(Event, ("story_id", "kind", "at", "item_id", "number", "by", "text", "filed_id"), rows)

    def _write_tags(self) -> None:
        slugs = {name: links.slug(name) for _, names in self._tags for name in names}
        if not slugs:
            return
        ids = _tag_ids(slugs.values())
        missing = {slug: name for name, slug in slugs.items() if slug not in ids}
        if missing:
            bulk.insert(Tag, ("slug", "name"), missing.items())
            ids.update(_tag_ids(missing))
        pairs = {(story.id, ids[slugs[name]]) for story, names in self._tags for name in names}
        bulk.insert(Story.tags.through, ("story_id", "tag_id"), sorted(pairs))

    def _tell(self) -> None:
        for text, about in self._alerts:
            story = Story.objects.get(pk=about.id) if about else None
            said = f"{story.headline}: {text}" if story else text
            alerts.tell("copy", said, at=self.now, feed=self.feed, story=story)
        for asked, by in self._questions:
            story, other = Story.objects.get(pk=asked.id), Story.objects.get(pk=by.story.id)
            said = (
                f"{story.headline}: is it the same copy as “{other.headline}”? {by.alike} % of one stands in the other."
            )
            alerts.tell("same-copy", said, at=self.now, feed=self.feed, story=story, other=other)


def _tag_ids(slugs: Iterable[str]) -> dict[Any, Any]:
    return dict(bulk.pick("SELECT slug, id FROM desk_tag WHERE slug IN (KEYS)", keys=set(slugs)))
