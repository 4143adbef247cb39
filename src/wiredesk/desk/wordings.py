"""Copies found by their wording: the index of marks, and which story an item's text is a copy of.

The index is a table of (mark, story) and nothing else. What leads nowhere any more is swept out of it in small slices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max

from wiredesk.desk import bulk
from wiredesk.desk.lists import known_agencies
from wiredesk.desk.models import SourceLine, Story, WordMark
from wiredesk.news import agency, bare, marks, match, wording
from wiredesk.news.face import Face
from wiredesk.news.item import Item
from wiredesk.news.match import Likeness
from wiredesk.news.wording import SHORT, Wording

_LED = "SELECT mark, story_id FROM desk_wordmark WHERE mark IN (KEYS)"
_SWEEP = "DELETE FROM desk_wordmark WHERE mark BETWEEN %s AND %s AND story_id <= %s"
_SLICES = 1024  # of the numbers that marks are; one is swept at a time
_SPACE = 2**63
_LEARNED = f"SELECT key FROM desk_sourceline WHERE count >= {bare.LEARNED_AT} AND source_id IN (KEYS)"  # noqa: S608  a number of ours
_LINE = (
    "INSERT INTO desk_sourceline (source_id, key, count, last_at) VALUES (%s, %s, 1, %s) ON CONFLICT (source_id, key) "
    "DO UPDATE SET count = desk_sourceline.count + 1, last_at = excluded.last_at"
)
MAX_LINE = 400  # characters; a longer paragraph is no boilerplate
MAX_LINES = 200  # paragraphs of a story that are remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is compared of a story that is there already. `feed` led it; `origin` is the agency whose copy it is."""

    headline: str
    text: str
    feed: int
    origin: str


def read(copy: Item, made: Face, learned: Collection[int]) -> Wording:
    """The wording of an item. Only short ones need to say whose copy they are, which takes longer than all the rest."""
    return _read(made.headline, made.copy, learned, lambda: _agency_of(copy, made))


def _read(headline: str, text: str, learned: Collection[int], whose: Callable[[], str]) -> Wording:
    found = wording.of(text, headline=headline, learned=frozenset(learned))
    if found.count >= SHORT:
        return found
    return wording.of(text, headline=headline, agency=whose(), learned=frozenset(learned))


def _agency_of(copy: Item, made: Face) -> str:
    return agency.whose(agency.of_item(copy, made.text), known_agencies()).origin


def learned_of(source: int) -> frozenset[int]:
    """What a source prints under its stories, by the keys of the paragraphs."""
    return frozenset(key for (key,) in bulk.pick(_LEARNED, keys=[source]))


def learn(source: int, text: str, now: datetime) -> None:
    """Remember the paragraphs of a story of a source; what stands in many is the source's own."""
    lines = [text[begin:end] for begin, end in bare.paragraphs(text)][:MAX_LINES]
    keys = {bare.paragraph_key(line) for line in lines if len(line) <= MAX_LINE}
    bulk.run(_LINE, [(source, key, bulk.moment(now)) for key in sorted(keys)])


def forget(now: datetime) -> None:
    """Drop what a source printed once or twice and not again."""
    SourceLine.objects.filter(count__lt=bare.LEARNED_AT, last_at__lt=now - marks.WINDOW).delete()


class Wordings:
    """The wording of one batch's items, and what it leads to. Nothing is saved before write()."""

    def __init__(self) -> None:
        self._led: dict[int, list[int]] = defaultdict(list)
        self._new: dict[int, list[object]] = defaultdict(list)  # marks of stories that are made in this batch
        self._read: dict[int, Wording] = {}
        self._keep: list[tuple[object, tuple[int, ...]]] = []

    def look_up(self, wordings: Iterable[Wording]) -> None:
        """Fetch what the marks of these lead to."""
        asked = {mark for one in wordings for mark in one.marks}
        for mark, story in bulk.pick(_LED, keys=asked):
            self._led[mark].append(story)

    def candidates(self, of: Wording) -> list[object]:
        """What shares enough marks to be read: ids of stories, or stories of this batch; the likest first."""
        return marks.rank(list(self._rows(of)), at_least=marks.enough(of.count, short=SHORT))

    def _rows(self, of: Wording) -> Iterator[tuple[int, object]]:
        for mark in of.marks:
            yield from ((mark, story) for story in (*self._led.get(mark, ()), *self._new.get(mark, ())))

    def compare(self, of: Wording, story: Text, key: int, *, feed: int) -> Likeness:
        """Judge an item against a story that is there; `key` is what the story's wording is remembered by."""
        if key not in self._read:
            self._read[key] = _read(story.headline, story.text, (), lambda: story.origin)
        return match.compare(of, self._read[key], is_one_feed=story.feed == feed, with_passages=False)

    def read_again(self, key: int) -> None:
        """A story's text is another one now."""
        self._read.pop(key, None)

    def keep(self, story: object, of: Wording) -> None:
        """Let a story be found by this wording from now on."""
        rows = [(mark, key) for mark, key in self._rows(of)]
        kept = marks.to_keep(of.marks, [(mark, id(key)) for mark, key in rows if key is not story])
        self._keep.append((story, kept))
        for mark in kept:
            self._new[mark].append(story)

    def write(self, id_of: Callable[[object], int]) -> None:
        """Save what was to be kept; `id_of` knows the number of a story that was new."""
        rows = ((mark, id_of(story)) for story, kept in self._keep for mark in kept)
        bulk.insert(WordMark, ("mark", "story_id"), rows)


def keep(story: int, of: Wording) -> None:
    """Let one story be found by this wording from now on."""
    found = Wordings()
    found.look_up([of])
    found.keep(story, of)
    found.write(lambda _: story)


def sweep(now: datetime) -> None:
    """Take marks of stories older than the window out of one slice of the index; each slice has its minute."""
    oldest = Story.objects.filter(first_seen_at__lt=now - marks.WINDOW).aggregate(last=Max("pk"))["last"]
    if oldest is None:
        return
    width = _SPACE // _SLICES
    low = (int(now.timestamp()) // 60 % _SLICES) * width
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP, [low, low + width - 1, oldest])


def shared(one: Sequence[str], other: Sequence[str]) -> Likeness:
    """Two stories, each headline and plain text, with the passages that they share."""
    return match.compare(
        wording.of(one[1], headline=one[0]), wording.of(other[1], headline=other[0]), with_passages=True
    )
