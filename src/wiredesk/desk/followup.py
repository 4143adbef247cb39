"""What new copy means for other stories: advisories that name them, substitutes for what was killed.

Runs after a batch is written and in the same transaction, since what is named may have come in the same delivery.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from django.db.models import QuerySet

from wiredesk.desk import alerts, bulk
from wiredesk.desk.copies import Found
from wiredesk.desk.items import Items, Row
from wiredesk.desk.models import Advice as Remembered
from wiredesk.desk.models import Carrier, Delivery, Event, Feed, Story, Version
from wiredesk.desk.newstory import NewStory
from wiredesk.desk.stories import Stories
from wiredesk.failpoints import failpoint
from wiredesk.news import advisory, clean, decide
from wiredesk.news.advisory import Advice, Named
from wiredesk.news.item import Item as Copy
from wiredesk.news.profile import Profile
from wiredesk.news.story import Kind, State

_REMEMBERED = (Kind.KILL, Kind.HOLD)  # a lift that came first would open a hold that came after it
MOST = 20_000  # items that are looked through for one that is named
_PENDING = "SELECT id FROM desk_advice WHERE NOT is_heeded AND at >= %s AND source_id IN (KEYS) ORDER BY id"


class Batch(Protocol):
    """What is asked of desk.batch.Batch here."""

    @property
    def feed(self) -> Feed: ...
    @property
    def delivery(self) -> Delivery: ...
    @property
    def now(self) -> datetime: ...
    @property
    def profile(self) -> Profile: ...


@dataclass(slots=True, eq=False, kw_only=True)
class Happened:
    """What one item of a delivery did, or had done to it `by` another one. `lifts` is the hold or embargo it ended."""

    id: str
    event: Kind
    version: str = ""
    story: Found | Story | None = None
    by: str = ""
    lifts: Literal["", "hold", "embargo"] = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """An item of this batch that its feed had not sent before; `story` is the new one it leads, if it does."""

    row: Row
    copy: Copy
    story: NewStory | None = None


def follow(
    batch: Batch, new: Sequence[Arrived], advice: Sequence[tuple[Arrived, Advice]], came: Sequence[Row]
) -> list[Happened]:
    """Link new substitutes to what they replace, heed this batch's advisories, and earlier ones for all that `came`."""
    happened: list[Happened] = []
    for arrived in new:
        if ordered := advisory.order(arrived.copy):
            happened += _Following(batch).heed(arrived.row, arrived.copy, ordered, _recent(batch.feed, batch.now))
        if arrived.story:
            happened += _Following(batch).substitute(arrived.row, arrived.copy, arrived.story)
    for arrived, said in advice:
        happened += _Following(batch).heed(arrived.row, arrived.copy, said, _recent(batch.feed, batch.now))
    if came:
        happened += _heed_earlier(batch, came)
    return happened


def carrier_of(row: Row) -> Carrier | None:
    """The link of an item to its story, with the story."""
    return Carrier.objects.select_related("story").filter(item_id=row.id).first() if row.id else None


class _Following:
    """One advisory or substitute, and what follows from it."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.items = Items(batch.feed, (), now=batch.now)
        self.stories = Stories(feed=batch.feed, now=batch.now)

    def heed(self, by: Row, copy: Copy, advice: Advice, candidates: Iterable[Named]) -> list[Happened]:
        """Do to the stories that are named what is asked for; remember an advisory that names none."""
        meant = advisory.meant(advice.names, candidates, day=f"{self.batch.now:%Y-%m-%d}")
        happened = [
            done for one in meant.items if (done := self._rule(one, by, copy, advice, is_certain=meant.is_certain))
        ]
        name = copy.guid or copy.headline
        if len(meant.items) > 1 or (meant.items and not meant.is_certain):
            self._tell(f"{advice.event} {name} fits {len(meant.items)} stories; see which of them is meant.")
        elif not meant.items and advice.event in _REMEMBERED:
            self._tell(f"{advice.event} {name} names no story of ours: {copy.headline_raw or copy.headline}")
            Remembered.objects.get_or_create(
                item_id=by.id, defaults={"source_id": self.batch.feed.source_id, "at": self.batch.now}
            )
        elif advice.event is Kind.NOTHING:
            self._tell(f"A note to editors came that asks for nothing we know: {copy.headline_raw or copy.headline}")
        self.items.write(self.batch.delivery)
        self.stories.write()
        failpoint("followup.after_advice_written")
        return happened

    def _rule(self, one: Named, by: Row, copy: Copy, advice: Advice, *, is_certain: bool) -> Happened | None:
        row = self.items.by_id(one.item)
        decision = decide.advised(advice.event, row.stand.status, is_certain=is_certain)
        if decision == decide.NOTHING:
            return None
        status = {Kind.KILL: "canceled", Kind.HOLD: "withheld"}.get(decision.event, "usable")
        self.items.stand(row, row.stand.ruled(status))  # type: ignore[arg-type]  # the three words of a status
        carrier = Carrier.objects.select_related("story").get(item_id=one.item)
        is_lead, story = carrier.role == Carrier.Role.LEAD, carrier.story
        reason = clean.plain(copy.headline_raw or copy.headline, 400)
        self.stories.change(story, by, decision, is_lead=is_lead, made=None, reason=reason)
        if decision.lifts and not is_lead:  # it speaks for its own copy; whether the story stands is not its to say
            self._tell(f"A hold was lifted by {self.batch.feed.source}, whose copy leads no story: {story.headline}")
            return None
        return Happened(
            id=one.guid, event=decision.event, story=story, by=copy.guid, lifts="hold" if decision.lifts else ""
        )

    def substitute(self, by: Row, copy: Copy, story: NewStory | Story) -> list[Happened]:
        """Lead readers of a killed story to the one that stands in for it, if the copy says that it does."""
        named = advisory.replaced(copy, self.batch.profile)
        if named == advisory.Names():
            return []
        others = [one for one in _recent(self.batch.feed, self.batch.now) if one.item != by.id]
        for one in advisory.meant(named, others, day=f"{self.batch.now:%Y-%m-%d}").items:
            old = Story.objects.filter(pk=one.story, state=State.KILLED).exclude(pk=story.id)
            event = decide.substituted(Kind.NEW, replaces_killed=bool(old.update(replaced_by=story.id)))
            if event is Kind.SUBSTITUTE:
                Event.objects.create(story_id=story.id, kind=event, at=self.batch.now, item_id=by.id)
                return [Happened(id=copy.guid, event=event, story=story, replaces=one.guid)]
        return []

    def _tell(self, text: str) -> None:
        alerts.tell("advisory", text, at=self.batch.now, feed=self.batch.feed)


def _heed_earlier(batch: Batch, came: Sequence[Row]) -> list[Happened]:
    """What advisories said that came before the items, or the states of items, that they name."""
    pending = bulk.pick(_PENDING, bulk.moment(batch.now - advisory.REACH), keys=[batch.feed.source_id])
    happened: list[Happened] = []
    for (id_,) in pending:
        remembered = Remembered.objects.select_related("item").get(pk=id_)
        copy = _copy_of(remembered)
        advice = advisory.of(copy, batch.profile) or advisory.order(copy)
        candidates = _named([row.id for row in came if row.id != remembered.item_id])
        if advice and advisory.meant(advice.names, candidates).items:
            by = Items(batch.feed, (), now=batch.now).by_id(remembered.item_id)
            happened += _Following(batch).heed(by, copy, advice, candidates)
            Remembered.objects.filter(pk=id_).update(is_heeded=True)
            if carrier := carrier_of(by):  # it was copy itself, in place of what it withdrew
                happened += _Following(batch).substitute(by, copy, carrier.story)
    return happened


def _copy_of(remembered: Remembered) -> Copy:
    return Version.objects.filter(item_id=remembered.item_id).order_by("-number")[0].as_value()


def _recent(feed: Feed, now: datetime) -> list[Named]:
    """Items of this feed's source that are carried by a story and came within reach, the latest first."""
    rows = Version.objects.filter(item__feed__source_id=feed.source_id, received_at__gte=now - advisory.REACH)
    return _as_named(rows)


def _named(items: Collection[int]) -> list[Named]:
    return _as_named(Version.objects.filter(item_id__in=items))


def _as_named(versions: QuerySet[Version]) -> list[Named]:
    latest = versions.filter(item__carrier__isnull=False).order_by("-received_at", "-id")
    columns = ("item_id", "item__carrier__story_id", "guid", "slugline", "headline", "received_at")
    return [
        Named(item=item, story=story, guid=guid, slugline=slugline, headline=headline, day=f"{came:%Y-%m-%d}")
        for item, story, guid, slugline, headline, came in latest.values_list(*columns)[:MOST]
    ]
