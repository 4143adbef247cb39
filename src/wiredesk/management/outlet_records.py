"""Outlets and copies as the commands print them; the names are promised to scripts (docs/reference/commands.md)."""

from __future__ import annotations

from typing import Any

from wiredesk.desk.models import Copy, Outlet, Receipt
from wiredesk.management.base import moment


def outlet_record(row: Outlet) -> dict[str, Any]:
    """One outlet and how it is; `health` is good, new, failing, resting (it asked us to wait) or paused."""
    return {
        "id": row.pk,
        "kind": row.kind,
        "address": row.address,
        "options": row.options,
        "has_secret": bool(row.sealed),
        "health": _health(row),
        "error": row.error or None,
        "failing_since": moment(row.error_since),
        "rests_until": moment(row.rests_until),
        "last_good": moment(row.last_good_at),
        "copies": row.copies.filter(state=Copy.State.THERE).count(),
        "behind": row.copies.behind().count(),
        "since": moment(row.created_at),
    }


def _health(row: Outlet) -> str:
    if row.is_paused:
        return "paused"
    if row.error:
        return "resting" if row.asked_us else "failing"
    return "good" if row.last_good_at else "new"


def copy_record(row: Copy, *, receipts: int = 0) -> dict[str, Any]:
    """One story's copy at one outlet; `seen` is what the last look there found. So many of its last receipts."""
    return {
        "id": row.pk,
        "story": row.story_id,
        "headline": row.story.headline,
        "story_state": row.story.state,
        "outlet": row.outlet_id,
        "kind": row.outlet.kind,
        "address": row.outlet.address,
        "state": row.state,
        "unsure": row.is_unsure,
        "behind": row.wanted > row.event,
        "event": row.event,
        "wanted": row.wanted,
        "remote_id": row.remote_id or None,
        "url": row.remote_url or None,
        "tries": row.tries,
        "next_try": moment(row.next_try_at),
        "error": row.error or None,
        "seen": row.seen or None,
        "seen_at": moment(row.seen_at),
        "receipts": [_receipt(one) for one in row.receipts.order_by("-id")[:receipts]],
    }


def _receipt(row: Receipt) -> dict[str, Any]:
    return {
        "deed": row.deed,
        "result": row.result,
        "at": moment(row.at),
        "event": row.event,
        "status": row.status or None,
        "remote_id": row.remote_id or None,
        "sent": row.sent or None,
        "key": row.key,
        "said": row.said or None,
    }
