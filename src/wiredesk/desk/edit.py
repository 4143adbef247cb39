"""An editor's change in: publish, hold, release, kill, a new headline. Each is one event with author and reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from wiredesk.desk.acts import clock_of, is_over, is_public, next_state
from wiredesk.desk.models import Edit, Event, Story
from wiredesk.desk.rows import licence_of
from wiredesk.failpoints import failpoint
from wiredesk.news import clean
from wiredesk.news.errors import NewsError
from wiredesk.news.face import MAX_HEADLINE
from wiredesk.news.story import Kind, State

MAX_REASON = 400


class NotAllowed(NewsError):
    """What was asked cannot be done with this story as it stands; the message says why."""


def publish(story_id: int, *, by: str, now: datetime, reason: str = "") -> Story:
    """Let a waiting story out. Opens no embargo and widens no licence; NotAllowed where nothing may be shown."""
    with transaction.atomic():
        story = _locked(story_id)
        if story.state != State.WAITING:
            raise NotAllowed(f"Story {story.pk} is {story.state}; only a waiting story can be published.")
        return _go_live(story, Kind.PUBLISH, by=by, now=now, reason=reason)


def hold(story_id: int, *, by: str, now: datetime, reason: str = "") -> Story:
    """Take a story off until it is released; readers who knew it see a notice without the copy."""
    with transaction.atomic():
        story = _locked(story_id)
        if story.state in (State.HELD, State.KILLED):
            raise NotAllowed(f"Story {story.pk} is {story.state} already.")
        return _record(story, Kind.HOLD, by=by, now=now, reason=reason)


def release(story_id: int, *, by: str, now: datetime, reason: str = "") -> Story:
    """End a hold or a kill: only an editor can bring a killed story back."""
    with transaction.atomic():
        story = _locked(story_id)
        if story.state not in (State.HELD, State.KILLED):
            raise NotAllowed(f"Story {story.pk} is {story.state}; there is nothing to release.")
        return _go_live(story, Kind.RELEASE, by=by, now=now, reason=reason)


def kill(story_id: int, *, by: str, now: datetime, reason: str = "") -> Story:
    """Withdraw a story for good: gone from every outlet, and no copy that arrives brings it back."""
    with transaction.atomic():
        story = _locked(story_id)
        if story.state == State.KILLED:
            raise NotAllowed(f"Story {story.pk} is killed already.")
        return _record(story, Kind.KILL, by=by, now=now, reason=reason)


def headline(story_id: int, text: str, *, by: str, now: datetime) -> Story:
    """Give a story a headline of our own; the source's is kept as the base. NotAllowed when empty."""
    ours = clean.plain(text, MAX_HEADLINE)
    if not ours:
        raise NotAllowed("A headline cannot be empty.")
    with transaction.atomic():
        story = _locked(story_id)
        if ours == story.headline:
            return story
        if not licence_of(story).headline_may_change:
            raise NotAllowed(f"The terms of {story.source.name} do not let its headlines be changed.")
        Edit.objects.create(story=story, field="headline", base=story.headline, ours=ours, by=by, at=now)
        story.headline = ours
        story.save(update_fields=["headline"])
        Event.objects.create(story=story, kind=Kind.EDIT, at=now, by=by, text="headline")
        failpoint("edit.before_commit")
        return story


def strike(now: datetime, limit: int = 200) -> int:
    """What the clock does: end embargoes, and stories whose time is over, since it was last asked. Returns how many."""
    done = 0
    for story in Story.objects.struck_by(now).select_related("source__licence")[:limit]:
        with transaction.atomic():
            done += _strike(story, now)
            failpoint("clock.before_commit")
    return done


def _strike(story: Story, now: datetime) -> int:
    """One story, if nobody else has struck it: the conditional update is the claim."""
    licence = story.source.licence.as_value()
    moment, after = story.clock_at, clock_of(story, licence, now)
    if not Story.objects.filter(pk=story.pk, clock_at=moment).update(clock_at=after):
        return 0
    if story.state != State.LIVE:
        return 1
    if is_public(story, licence, now) and not is_over(story, licence, now):
        Event.objects.create(story=story, kind=Kind.LIFT, at=now)
        # A lifted story is news now, whenever it was written.
        Story.objects.filter(pk=story.pk, went_out_at=None).update(went_out_at=now, order_at=moment)
    elif story.went_out_at:
        Event.objects.create(story=story, kind=Kind.EXPIRE, at=now)
    return 1


def _locked(story_id: int) -> Story:
    try:
        return Story.objects.select_for_update(of=("self",)).select_related("source__licence").get(pk=story_id)
    except Story.DoesNotExist:
        raise NotAllowed(f"There is no story {story_id}.") from None


def _go_live(story: Story, kind: Kind, *, by: str, now: datetime, reason: str) -> Story:
    licence = licence_of(story)
    if not licence.outlets or licence.extent == 0:
        raise NotAllowed(
            f"The terms of {story.source.name} ({licence.title or licence.name}) allow nothing to be shown."
        )
    story.state = State.LIVE
    return _record(story, kind, by=by, now=now, reason=reason)


def _record(story: Story, kind: Kind, *, by: str, now: datetime, reason: str) -> Story:
    """The state change and its event, in the caller's transaction."""
    licence = story.source.licence.as_value()
    story.state = next_state(State(story.state), kind)
    if story.went_out_at is None and is_public(story, licence, now):
        story.went_out_at = now
    story.clock_at = clock_of(story, licence, now)
    story.save(update_fields=["state", "went_out_at", "clock_at"])
    Event.objects.create(story=story, kind=kind, at=now, by=by[:150], text=clean.plain(reason, MAX_REASON))
    failpoint("edit.before_commit")
    return story
