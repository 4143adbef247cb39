"""An editor's change in: publish, hold, release, kill, edits of the copy. Each is one event with author and reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from wiredesk.desk import alerts, filing, provenance
from wiredesk.desk.acts import clock_of, is_over, is_public, next_state, went_out
from wiredesk.desk.models import Checked, Edit, Event, Story
from wiredesk.desk.rows import as_value, licence_of
from wiredesk.failpoints import failpoint
from wiredesk.news import clean, editing, unmet
from wiredesk.news.errors import NewsError
from wiredesk.news.face import MAX_HEADLINE, Face
from wiredesk.news.licence import Notify
from wiredesk.news.provenance import HTML
from wiredesk.news.story import Kind, State
from wiredesk.news.unmet import Strictness, Unmet

MAX_REASON = 400
LONGEST = {"headline": MAX_HEADLINE, "byline": 200, "dateline": 120}


class NotAllowed(NewsError):
    """What was asked cannot be done with this story as it stands; the message says why."""


class TermsUnmet(NotAllowed):
    """The story does not meet its source's terms; where `is_askable`, an editor may insist."""

    def __init__(self, unmet: Iterable[Unmet], *, is_askable: bool) -> None:
        self.unmet = tuple(unmet)
        self.is_askable = is_askable
        super().__init__(" ".join(one.text for one in self.unmet))


def publish(story_id: int, *, by: str, now: datetime, reason: str = "", anyway: bool = False) -> Story:
    """Let a waiting story out. Opens no embargo and widens no licence; NotAllowed where nothing may be shown.

    TermsUnmet where it does not meet its source's terms, unless the editor insists (`anyway`) and the source is set
    to ask. The terms of this day are filed with the event.
    """
    with transaction.atomic():
        story = _locked(story_id)
        if story.state != State.WAITING:
            raise NotAllowed(f"Story {story.pk} is {story.state}; only a waiting story can be published.")
        return _go_live(story, Kind.PUBLISH, by=by, now=now, reason=reason, anyway=anyway)


def hold(story_id: int, *, by: str, now: datetime, reason: str = "") -> Story:
    """Take a story off until it is released; readers who knew it see a notice without the copy."""
    with transaction.atomic():
        story = _locked(story_id)
        if story.state in (State.HELD, State.KILLED):
            raise NotAllowed(f"Story {story.pk} is {story.state} already.")
        return _record(story, Kind.HOLD, by=by, now=now, reason=reason)


def release(story_id: int, *, by: str, now: datetime, reason: str = "", anyway: bool = False) -> Story:
    """End a hold or a kill: only an editor can bring a killed story back. Its terms are judged as publish() does."""
    with transaction.atomic():
        story = _locked(story_id)
        if story.state not in (State.HELD, State.KILLED):
            raise NotAllowed(f"Story {story.pk} is {story.state}; there is nothing to release.")
        return _go_live(story, Kind.RELEASE, by=by, now=now, reason=reason, anyway=anyway)


def kill(story_id: int, *, by: str, now: datetime, reason: str = "") -> Story:
    """Withdraw a story for good: gone from every outlet, and no copy that arrives brings it back."""
    with transaction.atomic():
        story = _locked(story_id)
        if story.state == State.KILLED:
            raise NotAllowed(f"Story {story.pk} is killed already.")
        return _record(story, Kind.KILL, by=by, now=now, reason=reason)


def headline(story_id: int, text: str, *, by: str, now: datetime) -> Story:
    """Give a story a headline of our own; the source's is kept as the base. NotAllowed when empty."""
    return change(story_id, {"headline": text}, by=by, now=now)


def change(story_id: int, wanted: Mapping[str, str], *, by: str, now: datetime) -> Story:
    """Change fields of a story (news.provenance.TEXTS), each as an edit of its own; one that stays the same is none.

    Standfirst and body are manuscripts (news.editing), the others plain text. NotAllowed where the terms do not let
    one be changed, and where a headline would be empty; then nothing is changed.
    """
    with transaction.atomic():
        story = _locked(story_id)
        came = provenance.received(story)
        made = [_edit(story, name, text, came.face if came else None) for name, text in wanted.items()]
        edits = [edit for edit in made if edit]
        for edit in edits:
            edit.by, edit.at = by[:150], now
            edit.save()
            setattr(story, edit.field, edit.ours)
        if edits:
            names = [edit.field for edit in edits]
            story.checked = min(story.checked, Checked.AGAIN)
            story.save(update_fields=[*names, "checked"])
            Event.objects.create(story=story, kind=Kind.EDIT, at=now, by=by[:150], text=", ".join(names))
            failpoint("edit.before_commit")
        return story


def freeze(story_id: int, *, by: str, now: datetime, is_frozen: bool = True) -> Story:
    """Let newer versions of the copy change nothing of a story, or let them again. Holds and kills go through."""
    with transaction.atomic():
        story = _locked(story_id)
        if story.is_frozen != is_frozen:
            story.is_frozen = is_frozen
            story.save(update_fields=["is_frozen"])
            text = "frozen" if is_frozen else "no longer frozen"
            Event.objects.create(story=story, kind=Kind.EDIT, at=now, by=by[:150], text=text)
        return story


def _edit(story: Story, name: str, text: str, came: Face | None) -> Edit | None:
    """The edit that a wanted text comes to, or None where it says what stands there."""
    now_there, base = getattr(story, name), str(getattr(came, name) if came else getattr(story, name))
    ours = _as_kept(name, text, story.url)
    if _is_same(name, ours, now_there):
        return None
    if name == "headline" and not ours:
        raise NotAllowed("A headline cannot be empty.")
    ours = base if _is_same(name, ours, base) else ours
    refusal = editing.refusal(licence_of(story), name, base, ours)
    if refusal:
        raise NotAllowed(f"{story.source.name}: {refusal}")
    return Edit(story=story, field=name, base=base, ours=ours)


def _as_kept(name: str, text: str, url: str) -> str:
    """What an editor wrote, as the field keeps it: safe HTML, or plain text as long as its column."""
    return editing.copy_of(text, base=url) if name in HTML else clean.plain(text, LONGEST[name])


def _is_same(name: str, one: str, other: str) -> bool:
    """Whether two texts of a field are the same to an editor, who sees HTML as a manuscript."""
    return editing.manuscript(one) == editing.manuscript(other) if name in HTML else one == other


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
        story = Story.objects.select_for_update(of=("self",)).select_related("source__licence").get(pk=story_id)
    except Story.DoesNotExist:
        raise NotAllowed(f"There is no story {story_id}.") from None
    if story.state == State.JOINED:
        raise NotAllowed(f"Story {story.pk} is joined to story {story.joined_to_id}; act on that one.")
    return story


def unmet_by(story: Story, now: datetime) -> tuple[Unmet, ...]:
    """What of its source's terms a story would not meet if it went out at `now`."""
    licence = licence_of(story)
    is_counted = licence.daily is not None and story.went_out_at is None
    today = went_out(story.source, now) if is_counted else None
    return unmet.at_publish(as_value(story, now=now), licence, today=today)


def _go_live(story: Story, kind: Kind, *, by: str, now: datetime, reason: str, anyway: bool) -> Story:
    licence = licence_of(story)
    if not licence.outlets or licence.extent == 0:
        raise NotAllowed(
            f"The terms of {story.source.name} ({licence.title or licence.name}) allow nothing to be shown."
        )
    found, strictness = unmet_by(story, now), Strictness(story.source.strictness)
    stopping = unmet.stopping(found, strictness, is_asked=anyway)
    if stopping:
        raise TermsUnmet(stopping, is_askable=strictness is Strictness.ASK)
    if licence.notify is Notify.AFTER:
        alerts.tell("notify", f"Tell {story.source.name} that it is used: {story.headline}", at=now, story=story)
    story.state = State.LIVE
    filed = filing.file(licence, tuple(one.text for one in found))
    return _record(story, kind, by=by, now=now, reason=reason, filed=filed)


def _record(story: Story, kind: Kind, *, by: str, now: datetime, reason: str, filed: str | None = None) -> Story:
    """The state change and its event, in the caller's transaction."""
    licence = story.source.licence.as_value()
    story.state = next_state(State(story.state), kind)
    if story.went_out_at is None and is_public(story, licence, now):
        story.went_out_at = now
    story.clock_at = clock_of(story, licence, now)
    story.save(update_fields=["state", "went_out_at", "clock_at"])
    text = clean.plain(reason, MAX_REASON)
    Event.objects.create(story=story, kind=kind, at=now, by=by[:150], text=text, filed_id=filed)
    failpoint("edit.before_commit")
    return story
