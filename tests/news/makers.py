"""Small makers of values for the core's tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from wiredesk.news.item import Date, Item
from wiredesk.news.licence import Licence
from wiredesk.news.presets import PRESETS
from wiredesk.news.story import Name, State, Story

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def at(hours: float = 0) -> datetime:
    """So many hours after noon of a day in March."""
    return NOON + timedelta(hours=hours)


def date(hours: float = 0) -> Date:
    """The same as a feed would have sent it."""
    return Date(raw=at(hours).isoformat(), utc=at(hours), how="zone")


def item(**fields: Any) -> Item:
    """An item with an address, a headline and a text, unless told otherwise."""
    given = {
        "guid": "tag:a.example,2026:1",
        "url": "https://a.example/1",
        "headline": "Bridge reopens",
        "body": "<p>The bridge is open.</p>",
    }
    return Item(**{**given, **fields})


def licence(**fields: Any) -> Licence:
    """Public domain, with some of its terms changed."""
    whole = PRESETS["public-domain"]
    return Licence(**{**{name: getattr(whole, name) for name in whole.__slots__}, **fields})


def story(**fields: Any) -> Story:
    """A live story of a source that allows everything."""
    given: dict[str, Any] = {
        "id": 7,
        "state": State.LIVE,
        "headline": "Bridge reopens",
        "slug": "bridge-reopens",
        "order": NOON,
        "licence": PRESETS["public-domain"],
        "source": Name(name="Lantern", slug="lantern", url="https://lantern.example"),
        "feed": "Lantern Wire",
        "first_seen": NOON,
        "standfirst": "<p>It was shut for eight months.</p>",
        "body": "<p>The bridge is open again. Cars may cross it. So may ferries below.</p>",
        "byline": "Ines Calder",
        "dateline": "HARROW BAY",
        "url": "https://lantern.example/1",
        "went_out": NOON,
    }
    return Story(**{**given, **fields})
