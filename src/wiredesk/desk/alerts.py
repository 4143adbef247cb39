"""Telling the desk: one open alert for one matter, however often it happens."""

from __future__ import annotations

from datetime import datetime

from wiredesk.desk.models import Alert, Feed, Story


def tell(
    kind: str,
    text: str,
    *,
    at: datetime,
    feed: Feed | None = None,
    story: Story | None = None,
    other: Story | None = None,
) -> None:
    """Say something to the desk; the same thing that is still open is not said again. `other`: a story to compare."""
    Alert.objects.get_or_create(
        kind=kind, text=text[:1000], feed=feed, story=story, other=other, settled_at=None, defaults={"at": at}
    )
