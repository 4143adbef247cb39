"""Stories while a batch is under way: found by mark, made, changed as decided, and written together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from wiredesk.desk import alerts, bulk, models
from wiredesk.desk.acts import clock_of, is_public, next_state
from wiredesk.desk.models import Carrier, Edit, Event, Feed, Item, Mark, Story, Tag
from wiredesk.news import clean, decide, links, match
from wiredesk.news.decide import Decision
from wiredesk.news.face import Face
from wiredesk.news.licence import Selection
from wiredesk.news.match import Candidate
from wiredesk.news.story import Kind, State


class Stories:
    """The stories that one batch of one feed touches. Nothing is saved before write()."""

    def __init__(self, *, feed: Feed, now: datetime) -> None:
        self.feed = feed
        self.now = now
        self.licence = feed.source.licence.as_value()
        self._rows: dict[int, Story] = {}
        self._by_mark: dict[str, list[Story]] = {}
        self._new: list[Story] = []
        self._changed: dict[int, Story] = {}
        self._carriers: list[Carrier] = []
        self._marks: dict[tuple[int, str], Story] = {}
        self._events: list[tuple[Story, Kind, Item | None, str]] = []
        self._tags: list[tuple[Story, tuple[str, ...]]] = []
        self._alerts: list[tuple[str, Story | None]] = []

    def look_up(self, marks: Iterable[str]) -> None:
        """Fetch every story that has one of these marks, for candidates() to choose from."""
        rows = Mark.objects.filter(key__in=set(marks)).select_related("story").defer("story__standfirst").order_by("id")
        for mark in rows:
            self._by_mark.setdefault(mark.key, []).append(self._one(mark.story))

    def candidates(self, marks: Sequence[str]) -> list[tuple[Story, Candidate]]:
        """Stories that share a mark, those of this batch too, the oldest first, as the core judges them."""
        shared: dict[int, tuple[Story, set[str]]] = {}
        for mark in marks:
            for story in self._by_mark.get(mark, ()):
                shared.setdefault(id(story), (story, set()))[1].add(match.kind_of(mark))
        return [(story, self._candidate(story, kinds)) for story, kinds in shared.values()]

    def _candidate(self, story: Story, kinds: set[str]) -> Candidate:
        return Candidate(
            headline=story.headline,
            text=clean.text_of(f"{story.standfirst}\n{story.body}"),
            by=frozenset(kinds),
            is_same_source=story.source_id == self.feed.source_id,
            is_killed=story.state == State.KILLED,
        )

    def add(self, made: Face, decision: Decision, item: Item) -> Story:
        """A new story, live at once where the source's terms let it out by themselves."""
        story = Story(source=self.feed.source, feed=self.feed, section_id=self.feed.section_id, first_seen_at=self.now)
        story.slug = made.slug[:80]
        self._show(story, made)
        is_automatic = self.licence.selection is Selection.AUTOMATIC and self.licence.extent > 0
        story.state = next_state(State.LIVE if is_automatic else State.WAITING, decision.event)
        story.order_at = min(made.published or made.updated or self.now, self.now)
        self._new.append(story)
        self._log(story, decision.event, item)
        if story.state == State.LIVE:
            self._log(story, Kind.PUBLISH, None)
            story.went_out_at = self.now if is_public(story, self.licence, self.now) else None
        self._tags.append((story, made.tags))
        return story

    def carry(self, item: Item, story: Story, by: Candidate | None, marks: Iterable[str]) -> Carrier:
        """Link an item to its story, as its lead if it is the first, and let its marks lead there."""
        role, how = (Carrier.Role.ALSO, min(by.by)) if by else (Carrier.Role.LEAD, "")
        carrier = Carrier(item=item, story=story, role=role, how=how)
        self._carriers.append(carrier)
        self.mark(story, marks)
        return carrier

    def mark(self, story: Story, marks: Iterable[str]) -> None:
        """Make a story findable by more marks."""
        for key in marks:
            self._marks.setdefault((id(story), key), self._one(story))
            self._by_mark.setdefault(key, []).append(story)

    def change(self, carrier: Carrier, decision: Decision, *, made: Face | None, reason: str) -> None:
        """Let what happened to an item happen to its story, as far as the core says that it does."""
        story = carrier.story = self._one(carrier.story)
        event = decide.for_story(
            decision.event,
            is_lead=carrier.role == Carrier.Role.LEAD,
            is_same_source=story.source_id == self.feed.source_id,
        )
        if event is Kind.NOTHING:
            return
        if made and event is not Kind.SIGHTING:
            self._show(story, made)
            self._tags.append((story, made.tags))
        story.is_corrected = story.is_corrected or event is Kind.CORRECTION
        story.state = next_state(State(story.state), event)
        if decision.lifts and story.state == State.HELD:
            story.state = State.LIVE if self._may_go_out(story) else State.WAITING
        story.clock_at = clock_of(story, self.licence, self.now)
        self._changed[id(story)] = story
        self._log(story, event, carrier.item, reason)

    def _one(self, story: Story) -> Story:
        """The one object that stands for a row in this batch, so that no change overwrites another."""
        return story if story.pk is None else self._rows.setdefault(story.pk, story)

    def alert(self, text: str, story: Story | None) -> None:
        """Tell the desk, once the story has been written."""
        self._alerts.append((text, story))

    def write(self) -> None:
        """Save everything, parents first."""
        Story.objects.bulk_create(self._new)
        for story in self._changed.values():
            story.save()
        links_ = ((one.item.pk, one.story.pk, one.role, one.how) for one in self._carriers)
        bulk.insert(Carrier, ("item_id", "story_id", "role", "how"), links_)
        bulk.insert(Mark, ("key", "story_id"), ((key, story.pk) for (_, key), story in self._marks.items()))
        self._write_events()
        self._write_tags()
        for text, told in self._alerts:
            alerts.tell("copy", f"{told.headline}: {text}" if told else text, at=self.now, feed=self.feed, story=told)

    def _may_go_out(self, story: Story) -> bool:
        return story.went_out_at is not None or self.licence.selection is Selection.AUTOMATIC

    def _show(self, story: Story, made: Face) -> None:
        """Give a story the face of its lead item. A headline that was edited here stays, and the desk is told."""
        if story.pk and Edit.objects.filter(story=story, field="headline").exists():
            self.alert("The source has sent a new version of this story, whose headline was edited here.", story)
        else:
            story.headline = made.headline[:500]
        story.standfirst, story.body, story.policy = made.standfirst, made.body, clean.POLICY
        story.byline, story.dateline = made.byline[:300], made.dateline[:200]
        story.language, story.url = made.language[:35], made.url[:2000]
        story.credit, story.notices = list(made.credit), list(made.notices)
        story.published_at, story.updated_at = made.published, made.updated
        story.embargo_at, story.embargo_open, story.expires_at = made.embargo, made.embargo_open, made.expiry
        story.clock_at = clock_of(story, self.licence, self.now)

    def _log(self, story: Story, kind: Kind, item: Item | None, text: str = "") -> None:
        self._events.append((story, kind, item, text))

    def _write_events(self) -> None:
        moment, source = bulk.moment(self.now), self.feed.source.name[:150]
        rows = (
            (
                story.pk,
                kind.value,
                moment,
                item.pk if item else None,
                item.number if item else None,
                "" if kind is Kind.PUBLISH else source,
                text,
            )
            for story, kind, item, text in self._events
        )
        bulk.insert(Event, ("story_id", "kind", "at", "item_id", "number", "by", "text"), rows)

    def _write_tags(self) -> None:
        wanted = {links.slug(name): name for _, names in self._tags for name in names}
        if not wanted:
            return
        Tag.objects.bulk_create((Tag(slug=slug, name=name) for slug, name in wanted.items()), ignore_conflicts=True)
        ids = dict(Tag.objects.filter(slug__in=wanted).values_list("slug", "id"))
        through = models.Story.tags.through
        pairs = {(story.pk, ids[links.slug(name)]) for story, names in self._tags for name in names}
        bulk.insert(through, ("story_id", "tag_id"), sorted(pairs))
