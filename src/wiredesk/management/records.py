"""Records as the commands print them; the names are promised to scripts (docs/reference/commands.md)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from wiredesk.desk import endpoints, gate
from wiredesk.desk.models import Feed, Story
from wiredesk.desk.rows import as_value
from wiredesk.management.base import moment
from wiredesk.news import links
from wiredesk.news.surface import Surface


def story_record(row: Story, *, now: datetime) -> dict[str, Any]:
    """One story; `public` is what readers get now: shown, notice, gone or hidden."""
    value = as_value(row, now=now, whole=False)
    leave = gate.leave(value, Surface.PAGE, now)
    return {
        "id": row.pk,
        "headline": row.headline,
        "state": row.state,
        "public": leave.public,
        "extent": leave.extent.name.lower(),
        "url": f"{settings.SITE_URL}{links.path(row.pk, row.slug)}",
        "short": f"{settings.SITE_URL}/s/{links.code(row.pk)}",
        "source": row.source.name,
        "feed": row.feed.title or row.feed.url,
        "section": row.section.name if row.section else None,
        "licence": row.source.licence.name,
        "original": row.url,
        "published": moment(row.published_at or row.order_at),
        "updated": moment(row.updated_at),
        "first_seen": moment(row.first_seen_at),
        "embargo": "undefined" if row.embargo_open else moment(row.embargo_at),
        "expires": moment(row.expires_at),
        "why": list(leave.why),
        "joined_to": row.joined_to_id,
    }


def feed_record(row: Feed) -> dict[str, Any]:
    """One feed and how it is; `health` is good, new, failing, gone quiet or paused."""
    return {
        "id": row.pk,
        "title": row.title,
        "url": row.url,
        "source": row.source.name,
        "licence": row.source.licence.name,
        "section": row.section.name if row.section else None,
        "way": row.way,
        "sign_in": row.sign_in.kind if hasattr(row, "sign_in") else None,
        "left": row.pull.left if hasattr(row, "pull") else None,
        "address": f"{settings.SITE_URL}{endpoints.path(row)}" if row.way == Feed.Way.PUSH else None,
        "health": _health(row),
        "error": row.error or None,
        "failing_since": moment(row.error_since),
        "last_good": moment(row.last_good_at),
        "last_new": moment(row.last_new_at),
        "next_poll": moment(row.next_poll_at),
        "format": row.format or None,
        "items": row.item_count,
        "moved_to": row.moved_to or None,
    }


def _health(row: Feed) -> str:
    if row.is_paused:
        return "paused"
    if row.error:
        return "failing"
    return "good" if row.last_good_at else "new"
