"""One story of two, two of one, and which item leads: by an editor, each an event, each to be undone.

A story that is joined to another keeps its row, its number and its short link: they lead to the other. Its items are
carried there, and remember where they came from, so that a split gives them back.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from wiredesk.desk import alerts, merging, pagetexts, provenance, wordings
from wiredesk.desk.acts import clock_of
from wiredesk.desk.copies import is_agency
from wiredesk.desk.edit import NotAllowed
from wiredesk.desk.models import Carrier, Checked, Event, Mark, Story
from wiredesk.desk.newstory import columns_of
from wiredesk.failpoints import failpoint
from wiredesk.news import clean, lead, match
from wiredesk.news.face import Face
from wiredesk.news.lead import Claim
from wiredesk.news.story import Kind, State

MAX_REASON = 400
_WITHDRAWN = (State.HELD, State.KILLED)


def join(story_id: int, into_id: int, *, by: str, now: datetime, reason: str = "") -> Story:
    """Make one story of two: the first one's items are carried by the other, and its addresses lead there.

    NotAllowed where either is joined already, and where a withdrawn story would come back, or one be withdrawn, by it.
    """
    with transaction.atomic():
        rows = _locked(story_id, into_id)
        story, into = rows.get(story_id), rows.get(into_id)
        if story is None or into is None:
            raise NotAllowed(f"There is no story {into_id if story else story_id}.")
        _may_join(story, into)
        Carrier.objects.filter(story=story, home=None).update(home=story, home_role=F("role"))
        Carrier.objects.filter(story=story).update(story=into, role=Carrier.Role.ALSO)
        Story.objects.filter(joined_to=story).update(joined_to=into)
        marks = [Mark(key=key, story=into) for key in Mark.objects.filter(story=story).values_list("key", flat=True)]
        Mark.objects.bulk_create(marks, ignore_conflicts=True)
        story.unjoined, story.state, story.joined_to, story.clock_at = story.state, State.JOINED, into, None
        story.save(update_fields=["unjoined", "state", "joined_to", "clock_at"])
        _say(story, Kind.JOIN, by=by, now=now, reason=reason)
        _say(into, Kind.JOIN, by=by, now=now, reason=reason)
        failpoint("joining.before_commit")
        return into


def _may_join(story: Story, into: Story) -> None:
    if story.pk == into.pk:
        raise NotAllowed("A story cannot be joined to itself.")
    for one in (story, into):
        if one.state == State.JOINED:
            raise NotAllowed(f"Story {one.pk} is joined to story {one.joined_to_id} already.")
    withdrawn = [one for one in (story, into) if one.state in _WITHDRAWN]
    if withdrawn and story.state != into.state:
        raise NotAllowed(f"Story {withdrawn[0].pk} is {withdrawn[0].state} and the other is not; decide that first.")


def unjoin(story_id: int, *, by: str, now: datetime, reason: str = "") -> Story:
    """Undo a join: the story stands for itself again, with its items, in the state it had."""
    with transaction.atomic():
        story = _one(story_id)
        if story.state != State.JOINED or story.joined_to is None:
            raise NotAllowed(f"Story {story.pk} is not joined to another.")
        into = story.joined_to
        back = Carrier.objects.filter(home=story)
        if not back.exists():
            raise NotAllowed(f"Nothing is left of story {story.pk} to stand for itself.")
        if back.filter(role=Carrier.Role.LEAD).exists():
            raise NotAllowed(f"Story {into.pk} shows copy of story {story.pk}; let another of its items lead first.")
        back.update(story=story, role=F("home_role"), home=None, home_role="")
        story.state, story.unjoined, story.joined_to = story.unjoined, "", None
        story.clock_at = clock_of(story, story.source.licence.as_value(), now)
        story.save(update_fields=["state", "unjoined", "joined_to", "clock_at"])
        _withdraw_with(story, into)
        _say(story, Kind.SPLIT, by=by, now=now, reason=reason)
        _say(into, Kind.SPLIT, by=by, now=now, reason=reason)
        failpoint("joining.before_commit")
        return story


def _withdraw_with(story: Story, into: Story) -> None:
    """What was held or killed while it was joined does not come back by being split off."""
    if into.state in _WITHDRAWN and story.state not in _WITHDRAWN:
        story.state = into.state
        story.save(update_fields=["state"])


def split(carrier_id: int, *, by: str, now: datetime, reason: str = "") -> Story:
    """Let one item stand for itself: as the story it was joined from, or as a new one that waits for an editor."""
    with transaction.atomic():
        carrier = Carrier.objects.select_related("story", "home", "item__feed__source__licence").filter(pk=carrier_id)
        found = carrier.first()
        if found is None:
            raise NotAllowed(f"There is no carrier {carrier_id}.")
        if found.home_id and found.home and found.home.state == State.JOINED:
            return unjoin(found.home_id, by=by, now=now, reason=reason)
        old = _one(found.story_id)
        if old.carriers.count() < 2:
            raise NotAllowed(f"Story {old.pk} has no other item.")
        if found.role == Carrier.Role.LEAD:
            raise NotAllowed(f"Story {old.pk} shows this item; let another of its items lead first.")
        story = _stand_alone(found, now)
        found.story, found.role, found.how, found.home, found.home_role = story, Carrier.Role.LEAD, "", None, ""
        found.save()
        _withdraw_with(story, old)
        _say(story, Kind.SPLIT, by=by, now=now, reason=reason)
        _say(old, Kind.SPLIT, by=by, now=now, reason=reason)
        failpoint("joining.before_commit")
        return story


def _stand_alone(carrier: Carrier, now: datetime) -> Story:
    """A story of an item's own copy; an editor decides about it."""
    came = provenance.received_by(carrier)
    if came is None:
        raise NotAllowed("The copy of this item is no longer kept.")
    made, feed = came.face, carrier.item.feed
    story = Story(
        source=feed.source,
        feed=feed,
        section=feed.section,
        state=State.WAITING,
        slug=made.slug[:80],
        first_seen_at=carrier.item.first_seen_at,
        order_at=min(made.published or made.updated or now, now),
        **columns_of(made),
    )
    story.clock_at = clock_of(story, feed.source.licence.as_value(), now)
    story.save()
    marks = match.marks(came.copy, made.copy, source=feed.source_id, is_own_link=True)
    Mark.objects.bulk_create([Mark(key=key, story=story) for key in marks], ignore_conflicts=True)
    wordings.keep(story.pk, wordings.read(came.copy, made, wordings.learned_of(feed.source_id)))
    return story


def let_lead(carrier_id: int, *, by: str, now: datetime, reason: str = "") -> Story:
    """Let another item of a story be the one that readers see. What was edited here stays edited."""
    with transaction.atomic():
        carrier = Carrier.objects.select_related("item__feed__source__licence").filter(pk=carrier_id).first()
        if carrier is None:
            raise NotAllowed(f"There is no carrier {carrier_id}.")
        story = _one(carrier.story_id)
        if carrier.role == Carrier.Role.LEAD:
            return story
        came = provenance.received_by(carrier)
        if came is None:
            raise NotAllowed("The copy of this item is no longer kept.")
        story.carriers.filter(role=Carrier.Role.LEAD).update(role=Carrier.Role.ALSO)
        Carrier.objects.filter(pk=carrier.pk).update(role=Carrier.Role.LEAD)
        _show(story, carrier, came.face, now)
        if carrier.item.feed.whole_text:
            pagetexts.watch([(carrier.item_id, carrier.number)], now)
        Event.objects.create(
            story=story, kind=Kind.LEAD, at=now, item_id=carrier.item_id, number=carrier.number, by=by[:150],
            text=clean.plain(reason, MAX_REASON),
        )  # fmt: skip
        failpoint("joining.before_commit")
        return story


def _show(story: Story, carrier: Carrier, made: Face, now: datetime) -> None:
    """The story with the face of another item, under that item's terms."""
    feed = carrier.item.feed
    columns = columns_of(made) | merging.over_edits(story, made, number=carrier.number, now=now)
    for name, value in columns.items():
        setattr(story, name, value)
    story.source, story.feed, story.checked = feed.source, feed, Checked.AGAIN
    story.clock_at = clock_of(story, feed.source.licence.as_value(), now)
    story.save()


def claim(item_id: int, made: Face, *, now: datetime) -> None:
    """Let an item that has come to a story lead it if it is the better one, by news.lead; in doubt tell the desk.

    What was withdrawn stays as it is: no copy that arrives changes it.
    """
    carriers = Carrier.objects.select_related("story__source__licence", "item__feed__source__licence")
    carrier = carriers.get(item_id=item_id)
    story, source = carrier.story, carrier.item.feed.source
    if story.state not in (State.LIVE, State.WAITING) or source.pk == story.source_id:
        return
    mine = Claim(
        item=item_id,
        is_agency=is_agency(source),
        licence=source.licence.as_value(),
        words=clean.word_count(made.text),
        came=carrier.item.first_seen_at,
        is_usable=True,
    )
    theirs = Claim(
        item=0,
        is_agency=is_agency(story.source),
        licence=story.source.licence.as_value(),
        words=clean.word_count(clean.text_of(f"{story.standfirst}\n{story.body}")),
        came=story.first_seen_at,
    )
    if not lead.precedes(mine, theirs):
        return
    if lead.may_take_over(mine, is_out=story.state == State.LIVE):
        let_lead(carrier.pk, by="", now=now, reason="It is the better copy by the rule of precedence.")
    else:
        text = f"{story.headline}: {source.name} has sent its own copy, which an editor may let lead."
        alerts.tell("lead", text, at=now, story=story)


def _say(story: Story, kind: Kind, *, by: str, now: datetime, reason: str) -> None:
    Event.objects.create(story=story, kind=kind, at=now, by=by[:150], text=clean.plain(reason, MAX_REASON))


def _one(story_id: int) -> Story:
    found = _locked(story_id).get(story_id)
    if found is None:
        raise NotAllowed(f"There is no story {story_id}.")
    return found


def _locked(*ids: int) -> dict[int, Story]:
    rows: QuerySet[Story] = Story.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    return {row.pk: row for row in rows.select_related("source__licence", "feed", "joined_to")}
