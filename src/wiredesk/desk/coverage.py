"""Related coverage: stories about the same event, looked for once a story stands and kept as pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from wiredesk.desk import bulk
from wiredesk.desk.models import Related, Story, StoryTerm
from wiredesk.news import clean, related
from wiredesk.news.related import Terms

READ = 20  # stories that are compared with one
LONGEST = 40  # characters of a term that is kept
TELLING = 3  # of a story's telling terms that another has to have to be compared
_ALL = ""  # the term that every story has: how many there are
_DAYS = related.WINDOW.days + 1
_COUNT = "SELECT term, COUNT(*) FROM desk_storyterm WHERE day BETWEEN %s AND %s AND term IN (KEYS) GROUP BY term"
_HOLDERS = "SELECT story_id FROM desk_storyterm WHERE day BETWEEN %s AND %s AND term IN (KEYS)"


def look(story: Story) -> None:
    """Find what is about the same event as a story; what was found of it before is replaced."""
    mine = _terms(story)
    if not mine:
        return
    days = _days(story.first_seen_at)
    _keep(story, mine)
    candidates = _candidates(story, mine, days)
    theirs = {row.pk: _terms(row) for row in candidates if _is_near(story, row)}
    counts = _counts({term for terms in (mine, *theirs.values()) for term in terms}, days)
    stories = counts.get(_ALL, 1)
    vector = related.vector(mine, counts, stories=stories)
    ranked = related.rank(
        vector, ((key, related.vector(terms, counts, stories=stories)) for key, terms in theirs.items())
    )
    Related.objects.filter(story=story).delete()
    pairs = [(story.pk, one.key, round(1000 * one.score)) for one in ranked]
    bulk.insert(
        Related, ("story_id", "other_id", "score"), [*pairs, *((other, key, score) for key, other, score in pairs)]
    )


def _terms(story: Story) -> Terms:
    text = clean.text_of(story.body) or clean.text_of(story.standfirst)
    return {term[:LONGEST]: count for term, count in related.terms(story.headline, text).items()}


def _is_near(story: Story, other: Story) -> bool:
    return abs(story.first_seen_at - other.first_seen_at) <= related.WINDOW


def _days(moment: datetime) -> tuple[int, int]:
    """The days in which related stories may have come, the later ones too: a story is looked at again."""
    day = moment.date().toordinal()
    return day - _DAYS, day + _DAYS


def _keep(story: Story, terms: Terms) -> None:
    day = story.first_seen_at.date().toordinal()
    bulk.insert(StoryTerm, ("day", "term", "story_id"), ((day, term, story.pk) for term in (_ALL, *terms)))


def _counts(terms: Collection[str], days: tuple[int, int]) -> Mapping[str, int]:
    return dict(bulk.pick(_COUNT, *days, keys={_ALL, *terms}))


def _candidates(story: Story, mine: Terms, days: tuple[int, int]) -> Iterable[Story]:
    """The stories that have most of the terms that tell this one from others."""
    counts = _counts(set(mine), days)
    vector = related.vector(mine, counts, stories=counts.get(_ALL, 1))
    elsewhere = {term: weight for term, weight in vector.items() if counts.get(term, 0) > 1}
    rows = bulk.pick(_HOLDERS, *days, keys=related.telling(elsewhere))
    shared = Counter(int(key) for (key,) in rows if key != story.pk)
    keys = [key for key, times in shared.most_common(READ) if times >= TELLING]
    return Story.objects.filter(pk__in=keys, joined_to=None)


def forget(now: datetime) -> None:
    """Drop the terms of days that no new story can be related to."""
    StoryTerm.objects.filter(day__lt=(now - related.WINDOW - timedelta(days=2)).date().toordinal()).delete()
