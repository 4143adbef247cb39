"""The state of copies at outlets: what is due, who does it, what came of it. Nothing here touches a network.

A copy is claimed, and what will be done is settled, in one transaction right before it is sent: so a story that was
killed while an outlet was down is never sent. What came of it is kept in another, with its receipt. Killed between the
two, the same deed is done again under the same key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from wiredesk.desk import alerts, changes
from wiredesk.desk.changes import SURFACES, Change, View
from wiredesk.desk.models import Copy, Outlet, Receipt, Story
from wiredesk.desk.opening import place_of
from wiredesk.failpoints import failpoint
from wiredesk.news import clean, outgoing
from wiredesk.news.errors import NewsError
from wiredesk.news.outgoing import After, Deed, Outcome, Place, Post, Whereabouts
from wiredesk.news.story import State as Stands

LEASE = timedelta(seconds=45)  # a deed has to be over by then: see outlets.deliver.TOTAL
_SKIPPED_AT_ONCE = 50  # copies of which nothing has to be said
_jitter = Random()  # noqa: S311  spreads tries, guards no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One deed to be done at one outlet, claimed until the lease is over."""

    copy: int
    outlet: int
    kind: str
    place: Place
    post: Post
    was: Whereabouts
    tries: int
    failures: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One of the two lanes of an outlet: withdrawals do not wait behind what is being published."""

    outlet: int
    is_pressing: bool


def note(now: datetime) -> int:
    """Tell every outlet's copies what has happened since it was last told. Returns how many events were new to one."""
    last, told = changes.latest(), 0
    for outlet in Outlet.objects.filter(cursor__lt=last):
        told += _note(outlet, changes.since(outlet.cursor), now)
    return told


def _note(outlet: Outlet, news: tuple[Change, ...], now: datetime) -> int:
    """What went out before the outlet was opened is not brought to it: not by a correction either."""
    with transaction.atomic():
        claimed = Outlet.objects.filter(pk=outlet.pk, cursor=outlet.cursor)
        if not news or not claimed.update(cursor=news[-1].event):
            return 0  # somebody else has told it
        telling = [change for change in news if change.kind not in outgoing.SILENT]
        latest = {change.story: change for change in telling}
        opened = {change.story for change in telling if outgoing.brings(change.kind)}
        stories = Story.objects.filter(pk__in=latest)
        is_of_our_time = Q(went_out_at__gte=outlet.created_at) | Q(first_seen_at__gte=outlet.created_at)
        opened |= set(stories.filter(is_of_our_time).values_list("pk", flat=True))
        off = set(stories.exclude(state=Stands.LIVE).values_list("pk", flat=True))
        there = set(Copy.objects.filter(outlet=outlet, story__in=latest).values_list("story", flat=True))
        for story, change in latest.items():
            is_pressing = story in off or change.kind in outgoing.WITHDRAWING
            fresh = {"wanted": change.event, "is_pressing": is_pressing, "next_try_at": None, "changed_at": now}
            if story in there:
                Copy.objects.filter(outlet=outlet, story=story).update(**fresh)
            elif story in opened:
                Copy.objects.create(outlet=outlet, story_id=story, **fresh)
        failpoint("outlet.before_note")
    return len(news)


def lanes(now: datetime) -> list[Lane]:
    """The lanes in which something is due."""
    found = []
    for outlet in Outlet.objects.filter(is_paused=False):
        waiting = set(outlet.copies.due(now).values_list("is_pressing", flat=True).distinct().order_by())
        found += [Lane(outlet.pk, one) for one in (True, False) if one in waiting and _may_ask(outlet, one, now)]
    return found


def _may_ask(outlet: Outlet, is_pressing: bool, now: datetime) -> bool:
    """An outlet that rests is asked for a withdrawal all the same, unless it was the one who asked for the rest."""
    if outlet.is_paused:
        return False
    is_resting = outlet.rests_until is not None and outlet.rests_until > now
    return not is_resting or (is_pressing and not outlet.asked_us)


def take(lane: Lane, now: datetime) -> Errand | None:
    """The next deed of a lane, judged by the gate at this moment and claimed; None if there is none now."""
    for _ in range(_SKIPPED_AT_ONCE):
        with transaction.atomic():
            outlet = Outlet.objects.select_for_update().filter(pk=lane.outlet).first()
            if outlet is None or not _may_ask(outlet, lane.is_pressing, now):
                return None
            copy = outlet.copies.due(now).filter(is_pressing=lane.is_pressing).select_related("story").first()
            if copy is None:
                return None
            view = changes.view(copy.story_id, surface=SURFACES[outlet.kind], now=now, after=copy.event)
            was = whereabouts(copy)
            deed = outgoing.deed_for(view.page, was, is_chosen=_is_chosen(outlet, view))
            if deed is Deed.NOTHING:
                _let_stand(copy)
                continue
            return _claimed(outlet, copy, post_for(outlet, copy, view, deed, now), now)
    return None


def _let_stand(copy: Copy) -> None:
    """It is as it should be: nothing has to be said."""
    Copy.objects.filter(pk=copy.pk).update(event=copy.wanted, is_pressing=False, tries=0, next_try_at=None, error="")


def _claimed(outlet: Outlet, copy: Copy, post: Post, now: datetime) -> Errand | None:
    try:
        place = place_of(outlet)
    except NewsError as error:
        rest = {"rests_until": now + outgoing.MAX_REST, "asked_us": True, "error": str(error)[:500]}
        Outlet.objects.filter(pk=outlet.pk).update(**rest, error_since=outlet.error_since or now)
        return None
    claimed = {"claimed_until": now + LEASE, "tries": copy.tries + 1, "is_unsure": True}
    if not Copy.objects.filter(pk=copy.pk, tries=copy.tries, claimed_until=copy.claimed_until).update(**claimed):
        return None
    failpoint("outlet.before_claim")
    return Errand(
        copy=copy.pk, outlet=outlet.pk, kind=outlet.kind, place=place, post=post, was=whereabouts(copy),
        tries=copy.tries + 1, failures=outlet.failures + 1,
    )  # fmt: skip


def post_for(outlet: Outlet, copy: Copy, view: View, deed: Deed, now: datetime) -> Post:
    """What is to be said to an outlet about a copy, as it stands now."""
    of_copy = (outlet.pk, outlet.created_at.isoformat(), copy.story_id, copy.round)
    return Post(
        deed=deed,
        key=outgoing.key_of(*of_copy, copy.wanted, deed),
        copy_key=outgoing.key_of(*of_copy),
        event=copy.wanted,
        what=view.what,
        uri=view.uri,
        story=copy.story_id,
        site_url=settings.SITE_URL,
        site_name=settings.SITE_NAME,
        status=view.status,
        at=now,
        page=view.page,
        remote_id=copy.remote_id,
        remote_url=copy.remote_url,
        is_unsure=copy.is_unsure,
        instead=view.instead,
    )


def whereabouts(copy: Copy) -> Whereabouts:
    """What is known of a copy, as the core judges by it."""
    return Whereabouts(state=copy.state, is_unsure=copy.is_unsure, fingerprint=copy.fingerprint)  # type: ignore[arg-type]  # choices


def _is_chosen(outlet: Outlet, view: View) -> bool:
    """Whether the outlet wants stories like this one: by sections and sources, where its options name any."""
    page = view.page
    if page is None:
        return False
    sections, sources = outlet.options.get("sections") or (), outlet.options.get("sources") or ()
    in_section = not sections or (page.section is not None and page.section.slug in sections)
    return in_section and (not sources or page.source.slug in sources)


def settle(errand: Errand, outcome: Outcome, now: datetime) -> After:
    """Keep what came of a deed, with its receipt."""
    post = errand.post
    then = outgoing.after(
        post, outcome, errand.was, tries=errand.tries, failures=errand.failures, jitter=_jitter.random()
    )
    with transaction.atomic():
        _write_receipt(errand.copy, post, outcome, now)
        copy = Copy.objects.select_for_update().get(pk=errand.copy)
        _settle_copy(copy, post, outcome, then, now)
        _settle_outlet(errand, outcome, then, now)
        if then.is_told:
            kept = f"{copy.story.headline}: {copy.outlet} – {outcome.said or 'it could not be brought up to date.'}"
            alerts.tell("outlet", kept, at=now, story=copy.story)
        failpoint("outlet.before_receipt")
    return then


def _settle_copy(copy: Copy, post: Post, outcome: Outcome, then: After, now: datetime) -> None:
    if then.state != copy.state and then.state in ("gone", "told"):
        copy.round += 1
    copy.state, copy.is_unsure, copy.claimed_until = then.state, then.is_unsure, None
    copy.remote_id = outcome.remote_id[:200] or copy.remote_id
    copy.remote_url = clean.web_address(outcome.remote_url, "")[:2000] or copy.remote_url
    copy.error = "" if then.is_settled and outcome.result in ("done", "told") else _plain(outcome.said)
    if then.is_settled:
        copy.event, copy.tries, copy.next_try_at, copy.changed_at = post.event, 0, None, now
        copy.is_pressing = copy.is_pressing and copy.wanted > post.event
        copy.fingerprint = outgoing.fingerprint(post.page) if post.page and then.state == "there" else ""
    elif copy.wanted == post.event:  # else something new has happened, and is tried at once
        copy.next_try_at = now + then.wait if then.wait else None
    copy.save()


def _settle_outlet(errand: Errand, outcome: Outcome, then: After, now: datetime) -> None:
    rows = Outlet.objects.filter(pk=errand.outlet)
    if then.rest is None:
        rows.update(failures=0, rests_until=None, asked_us=False, error="", error_since=None, last_good_at=now)
        return
    until = now + then.rest
    is_longer = Q(rests_until=None) | Q(rests_until__lt=until) | Q(asked_us=False)
    rows.filter(is_longer).update(rests_until=until, asked_us=then.is_asked)
    rows.update(failures=F("failures") + 1, error=_plain(outcome.said))
    rows.filter(error_since=None).update(error_since=now)


def _plain(said: str) -> str:
    """What an outlet said, fit for a screen and a log."""
    return clean.plain(said, 500)


def _write_receipt(copy: int, post: Post, outcome: Outcome, now: datetime) -> None:
    Receipt.objects.create(
        copy_id=copy, deed=post.deed, result=outcome.result, event=post.event, key=post.key, at=now,
        status=outcome.status, remote_id=outcome.remote_id[:200], sent=outcome.sent, said=_plain(outcome.said),
    )  # fmt: skip
