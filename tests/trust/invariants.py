"""The invariants of TRUST section 1, as questions to a store: what is wrong, in words; nothing if all is well.

I2 and I5 ask by SQL, so that they can be put to the store of another process too. I6 and I7 are asked where they apply.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db import connection
from django.test import Client

from tests.trust import crawl
from wiredesk.desk.models import Carrier, Delivery, Feed, Item, Story, Version
from wiredesk.news import identity
from wiredesk.news.face import face
from wiredesk.news.item import Item as Copy

Ask = Callable[[str], list[Any]]
_ONE_OF_EACH = {
    "an item of a feed": "select feed_id, key, count(*) from desk_item group by 1, 2 having count(*) > 1",
    "a version of an item": "select item_id, number, count(*) from desk_version group by 1, 2 having count(*) > 1",
    "a story of an item": "select item_id, count(*) from desk_carrier group by 1 having count(*) > 1",
    "a lead of a story": "select story_id, count(*) from desk_carrier where role = 'lead' group by 1 having count(*) > 1",
    "a first event of an item": "select item_id, count(*) from desk_event where kind in ('new', 'sighting')"
    " group by 1 having count(*) > 1",
    "a first publication": "select story_id, count(*) from desk_event where kind = 'publish' and \"by\" = ''"
    " group by 1 having count(*) > 1",
}
_TEXTS = ("headline", "subhead", "summary", "body", "body_base", "byline", "dateline", "language", "url")


def here(query: str) -> list[Any]:
    """Ask the test's own store."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def lost(served: Mapping[Feed, Iterable[str]]) -> list[str]:
    """I1: guids that were served, are no item here, and stand in no delivery that says it could not be read whole."""
    found = []
    for feed, guids in served.items():
        known = set(Item.objects.filter(feed=feed).values_list("key", flat=True))
        queued = Delivery.objects.filter(feed=feed).exclude(error="", is_lossy=False, is_taken=True)
        waiting = b"".join(delivery.body.raw() for delivery in queued)
        found += [
            f"{guid} of {feed}"
            for guid in guids
            if identity.key_of_guid(guid) not in known and guid.encode() not in waiting
        ]
    return found


def doubled(ask: Ask = here) -> list[str]:
    """I2: whatever there is more than one of."""
    return [f"more than one {what}: {row}" for what, query in _ONE_OF_EACH.items() for row in ask(query)]


def shown(client: Client, forbidden: Collection[str], *guesses: str) -> list[str]:
    """I3: public addresses at which any of these words is said."""
    asked = [*crawl.addresses(), *(one for row in Story.objects.all() for one in crawl.of_story(row, *guesses))]
    words = [word.casefold() for word in forbidden]
    return [
        address
        for address, content in crawl.outputs(client, asked)
        if any(word in content.casefold() for word in words)
    ]


def disordered() -> list[str]:
    """I4: stories whose face is not that of the newest state of their lead item, by what that state says of itself.

    What was withdrawn shows nothing, and keeps the face it had.
    """
    found = []
    leads = Carrier.objects.filter(role="lead").exclude(story__state__in=("killed", "held"))
    for carrier in leads.select_related("item__feed", "story"):
        usable = [one for one in carrier.item.versions.order_by("number") if one.status == "usable"]
        if not usable:
            continue
        newest = max(usable, key=lambda one: (_said(one.updated), _said(one.published), one.number))
        expected = face(_copy(newest), base=newest.url or carrier.item.feed.url)
        story = carrier.story
        if not story.edits.exists() and (story.headline, story.body) != (expected.headline, expected.body):
            found.append(f"{story.pk} shows {story.headline!r}, newest is {expected.headline!r}")
    return found


def unsound(ask: Ask = here) -> list[str]:
    """I5: what the database says of itself."""
    broken = [str(row) for row in ask("PRAGMA integrity_check") if row[0] != "ok"]
    return broken + [str(row) for row in ask("PRAGMA foreign_key_check")]


def broken() -> list[str]:
    """I2, I4 and I5 of the test's own store."""
    return doubled() + disordered() + unsound()


def _said(date: Mapping[str, str] | None) -> str:
    return (date or {}).get("utc", "")


def _copy(version: Version) -> Copy:
    return Copy(**{name: getattr(version, name) for name in _TEXTS})
