"""Which story an item is a copy of: stories are found by mark and by wording, the core judges."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from wiredesk.desk import bulk, wordings
from wiredesk.desk.lists import known_agencies
from wiredesk.desk.models import Feed, Mark, Source, Story
from wiredesk.desk.newstory import NewStory
from wiredesk.desk.wordings import Text, Wordings
from wiredesk.news import clean, match
from wiredesk.news.face import Face
from wiredesk.news.item import Item
from wiredesk.news.match import Candidate
from wiredesk.news.story import State
from wiredesk.news.wording import Wording

_COLUMNS = ", ".join(f"story.{name}" for name in "id headline standfirst body source_id feed_id state origin".split())
_SHARING = (
    f"SELECT mark.key, {_COLUMNS} FROM desk_mark AS mark JOIN desk_story AS story ON story.id = mark.story_id "  # noqa: S608  our own names
    "WHERE mark.key IN (KEYS) AND story.state <> 'joined' ORDER BY story.id"
)
_NUMBERED = f"SELECT story.joined_to_id, {_COLUMNS} FROM desk_story AS story WHERE story.id IN (KEYS)"  # noqa: S608  as above
BY_WORDING = "words"


@dataclass(slots=True, eq=False)
class Known:
    """As much of a story that is there already as the core needs to judge whether an item is a copy of it."""

    id: int
    headline: str
    standfirst: str
    body: str
    source_id: int
    feed_id: int
    state: str
    origin: str


Found = Known | NewStory


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """A story that an item is a copy of (`is_sure`), or may be: how they were found alike, and by how much of 100."""

    story: Found
    candidate: Candidate
    is_sure: bool
    alike: int | None = None


class Copies:
    """What one batch of one feed is compared with. Marks of what it adds are saved with write()."""

    def __init__(self, *, feed: Feed) -> None:
        self.feed = feed
        self.known: dict[int, Known] = {}
        self._joined: dict[int, int] = {}  # stories that stand in another one now
        self._by_mark: dict[str, list[Found]] = {}
        self._marks: dict[tuple[int, str], Found] = {}
        self._wordings = Wordings()
        self._learned: frozenset[int] | None = None

    def read(self, copy: Item, made: Face) -> Wording:
        """An item's wording, without what its source prints under everything."""
        if self._learned is None:
            self._learned = wordings.learned_of(self.feed.source_id)
        return wordings.read(copy, made, self._learned)

    def look_up(self, marks: Collection[str], read: Sequence[Wording]) -> None:
        """Fetch every story that has one of these marks, and what these wordings lead to."""
        for key, id_, *columns in bulk.pick(_SHARING, keys=marks):
            known = self.known.setdefault(id_, Known(id_, *columns))
            self._by_mark.setdefault(key, []).append(known)
        self._wordings.look_up(read)

    def best(self, copy: Item, made: Face, marks: Sequence[str]) -> Resemblance | None:
        """The story that shares an address, a guid or the whole text with an item, and is the same copy."""
        shared: dict[int, tuple[Found, set[str]]] = {}
        for mark in marks:
            for story in self._by_mark.get(mark, ()):
                shared.setdefault(id(story), (story, set()))[1].add(match.kind_of(mark))
        found = [(story, self._candidate(story, kinds)) for story, kinds in shared.values()]
        best = match.best(copy, made.text, [candidate for _, candidate in found]) if found else None
        for story, candidate in found:
            if candidate is best:
                return Resemblance(story=story, candidate=candidate, is_sure=True)
        return None

    def like(self, of: Wording) -> Resemblance | None:
        """The story that an item is a copy of by its wording, perhaps cut or edited; else the likest to ask about."""
        asked: Resemblance | None = None
        for said, story in self._stories(self._wordings.candidates(of)):
            text = Text(
                headline=said.headline,
                text=clean.text_of(said.body) or clean.text_of(said.standfirst),
                feed=said.feed_id,
                origin=said.origin if isinstance(said, Known) else "",
            )
            likeness = self._wordings.compare(of, text, id(said), feed=self.feed.pk)
            candidate = self._candidate(story, {BY_WORDING})
            is_asked = match.is_worth_asking(
                likeness, is_one_feed=said.feed_id == self.feed.pk, is_withdrawn=candidate.is_withdrawn
            )
            if not (likeness.is_merged or is_asked):
                continue
            found = Resemblance(
                story=story,
                candidate=candidate,
                is_sure=likeness.is_merged,
                alike=round(100 * likeness.containment),
            )
            if found.is_sure:
                return found
            asked = max(asked or found, found, key=lambda one: one.alike or 0)
        return asked

    def _stories(self, keys: Iterable[object]) -> Iterable[tuple[Found, Found]]:
        """What is to be compared with, and the story that is meant: for one that was joined the one it stands in."""
        wanted = list(keys)
        self._fetch(key for key in wanted if isinstance(key, int))
        self._fetch(self._joined[key] for key in wanted if key in self._joined)
        for key in wanted:
            if isinstance(key, NewStory):
                yield key, key
            elif isinstance(key, int) and key in self.known:
                yield self.known[key], self.known[self._joined.get(key, key)]

    def _fetch(self, ids: Iterable[int]) -> None:
        """Read stories that are not at hand; what is no longer there is passed over."""
        for joined_to, id_, *columns in bulk.pick(_NUMBERED, keys=[one for one in ids if one not in self.known]):
            self.known[id_] = Known(id_, *columns)
            if joined_to:
                self._joined[id_] = joined_to

    def _candidate(self, story: Found, kinds: set[str]) -> Candidate:
        return Candidate(
            headline=story.headline,
            standfirst=story.standfirst,
            body=story.body,
            by=frozenset(kinds),
            is_same_source=story.source_id == self.feed.source_id,
            is_killed=story.state == State.KILLED,
            is_held=story.state == State.HELD,
        )

    def at_hand(self, story: Story) -> Known:
        """A row in hand as what later items of the batch are compared with."""
        known = self.known.get(story.pk)
        if known is None:
            known = self.known[story.pk] = Known(
                story.pk,
                story.headline,
                story.standfirst,
                story.body,
                story.source_id,
                story.feed_id,
                story.state,
                story.origin,
            )
        known.headline, known.standfirst, known.body, known.state = (
            story.headline,
            story.standfirst,
            story.body,
            story.state,
        )
        self._wordings.read_again(id(known))
        return known

    def mark(self, story: Found, marks: Iterable[str], of: Wording | None = None) -> None:
        """Let a story be found by these marks, and by this wording, from now on."""
        for key in marks:
            self._marks[id(story), key] = story
            self._by_mark.setdefault(key, []).append(story)
        if of:
            self._wordings.keep(story if isinstance(story, NewStory) else story.id, of)

    def write(self) -> None:
        """Save the marks; every story has its number by now."""
        bulk.insert(Mark, ("key", "story_id"), ((key, story.id) for (_, key), story in self._marks.items()))
        self._wordings.write(lambda story: story.id if isinstance(story, NewStory) else int(str(story)))


def is_agency(source: Source) -> bool:
    """Whether a source is an agency: it has a dialect of its own, or a name that the list of agencies knows."""
    return bool(source.profile) or known_agencies().named(source.name) is not None
