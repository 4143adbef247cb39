"""Copies looked at: whether they are where they should be, and whether they still may be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import F

from wiredesk.desk import changes
from wiredesk.desk.changes import SURFACES
from wiredesk.desk.delivering import Errand, post_for, whereabouts
from wiredesk.desk.models import Copy, Receipt
from wiredesk.desk.opening import place_of
from wiredesk.news import clean, outgoing
from wiredesk.news.errors import NewsError
from wiredesk.news.outgoing import Deed, Place
from wiredesk.news.story import State as Stands

Seen = Literal["there", "gone", "unknown"]


def see(errand: Errand, seen: Seen, status: int, said: str, now: datetime) -> None:
    """Keep what a look at the outlet found. What is still there though it should not be is withdrawn again."""
    post = errand.post
    with transaction.atomic():
        Receipt.objects.create(
            copy_id=errand.copy, deed=Deed.VERIFY, result=seen, event=post.event, key=post.key, at=now, status=status,
            remote_id=post.remote_id, said=clean.plain(said, 500),
        )  # fmt: skip
        copy = Copy.objects.select_for_update().get(pk=errand.copy)
        copy.seen, copy.seen_at = seen, now
        if post.page is None and seen == "there" and copy.state == Copy.State.GONE:
            copy.error = "It is still there, though the outlet said that it was taken down."
            copy.state, copy.is_pressing, copy.event = Copy.State.THERE, True, copy.wanted - 1
            copy.next_try_at = now + outgoing.MAX_PRESSING
        copy.save()


def looks(copies: Iterable[int], now: datetime) -> list[Errand]:
    """Errands that look whether these copies are where they should be; they claim nothing and change nothing."""
    found = []
    for copy in Copy.objects.filter(pk__in=list(copies)).select_related("outlet").order_by("pk"):
        outlet = copy.outlet
        view = changes.view(copy.story_id, surface=SURFACES[outlet.kind], now=now, after=copy.event)
        try:
            place = place_of(outlet)
        except NewsError:  # a look needs no secret
            place = Place(address=outlet.address, options=outlet.options)
        post = post_for(outlet, copy, view, Deed.VERIFY, now)
        was = whereabouts(copy)
        found.append(
            Errand(
                copy=copy.pk, outlet=outlet.pk, kind=outlet.kind, place=place, post=post, was=was, tries=0, failures=0
            )
        )  # fmt: skip
    return found


def forbidden(now: datetime, *, story: int | None = None, limit: int = 1000) -> list[int]:
    """Copies that were sent, of stories that may not stand at their outlet now: the latest first."""
    sent = (
        Copy.objects.exclude(state=Copy.State.NONE, is_unsure=False)
        .select_related("outlet", "story")
        .order_by("-wanted")
    )
    rows = sent.filter(story=story) if story else sent
    found: list[int] = []
    for copy in rows.iterator(chunk_size=200):
        if not _may_stand(copy, now):
            found.append(copy.pk)
            if len(found) == limit:
                break
    return found


def _may_stand(copy: Copy, now: datetime) -> bool:
    if copy.story.state != Stands.LIVE:
        return False
    page = changes.view(copy.story_id, surface=SURFACES[copy.outlet.kind], now=now).page
    return page is not None and page.public == "shown"


def sweep(after: int, now: datetime, limit: int = 25) -> int:
    """Judge copies that stand at outlets anew, some at a time: terms change without an event. Where to go on from."""
    rows = Copy.objects.filter(state=Copy.State.THERE, pk__gt=after, event__gte=F("wanted"))
    some = list(rows.select_related("outlet", "story").order_by("pk")[:limit])
    for copy in some:
        if not _may_stand(copy, now):
            Copy.objects.filter(pk=copy.pk, event=copy.event).update(event=copy.wanted - 1, is_pressing=True)
    return some[-1].pk if len(some) == limit else 0
