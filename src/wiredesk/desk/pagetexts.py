"""What the page of an item gave and was taken: looked up wherever the item's copy is; and which pages to read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from wiredesk.desk.models import PageWatch, WholeText
from wiredesk.news import clean, teaser
from wiredesk.news.face import Face
from wiredesk.news.item import Item as Copy
from wiredesk.news.teaser import PageText


def taken(item_id: int) -> PageText | None:
    """The last text of an item's page that was taken, safe by the policy of today."""
    row = WholeText.objects.filter(item_id=item_id, fate=WholeText.Fate.TAKEN).order_by("-id").first()
    if row is None:
        return None
    body = row.body if row.policy == clean.POLICY else clean.safe_html(row.body, base=row.url)
    return PageText(body=body, byline=row.byline, published=row.published_at, sources=row.sources)


def laid_over(item_id: int, made: Face) -> Face:
    """The face of an item with the text of its page, if one was taken."""
    page = taken(item_id)
    return teaser.laid_over(made, page) if page else made


def traced(item_id: int, copy: Copy, made: Face) -> tuple[Copy, Face]:
    """An item and its face with the text of its page, the item saying which fields came from there."""
    page = taken(item_id)
    if page is None:
        return copy, made
    whole = teaser.laid_over(made, page)
    return teaser.traced(copy, made, whole, page), whole


def watch(items: Iterable[tuple[int, int]], now: datetime) -> None:
    """Let the pages of items be read from now on, for these versions of them: (item, number)."""
    for item_id, number in items:
        PageWatch.objects.update_or_create(
            item_id=item_id,
            defaults={"number": number, "since": now, "looks": 0, "next_at": now, "error": ""},
        )
