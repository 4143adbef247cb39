"""Feeds that we pull from a server: how they are set, and how far they have been read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wiredesk.desk import alerts, secrets
from wiredesk.desk.models import Feed, Pull

WAYS = (Feed.Way.FTP, Feed.Way.SFTP, Feed.Way.MAILBOX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What an operator asks of a pull; None leaves it as it is."""

    host_keys: Sequence[str] | None = None
    key: str | None = None
    removes: bool | None = None
    marks_seen: bool | None = None
    senders: Sequence[str] | None = None
    authserv_id: str | None = None


def keep(feed: Feed, setting: Setting) -> Pull:
    """A feed's pull as it is asked for; with new host keys it is connected to again. Raises SecretsError."""
    pull = Pull.objects.get_or_create(feed=feed)[0]
    if setting.host_keys is not None:
        pull.host_keys, pull.shown_key = " ".join(setting.host_keys), ""
    if setting.key is not None:
        pull.sealed_key = secrets.seal(setting.key) if setting.key else ""
    if setting.removes is not None:
        pull.removes = setting.removes
    if setting.marks_seen is not None:
        pull.marks_seen = setting.marks_seen
    if setting.senders is not None:
        pull.senders = list(setting.senders)
    if setting.authserv_id is not None:
        pull.authserv_id = setting.authserv_id
    pull.save()
    return pull


def stop(feed: Feed, shown: str, *, now: datetime) -> None:
    """The server showed a host key that nobody confirmed: tell the desk, and connect no more until somebody has."""
    Pull.objects.filter(feed=feed).update(shown_key=shown)
    text = (
        f"The server of {feed} shows the host key {shown}, which nobody has confirmed; it is not connected to any more."
    )
    alerts.tell("host-key", text, at=now, feed=feed)


def leave(feed: Feed, why: str, *, now: datetime) -> None:
    """Count a message that was left where it is, and tell the desk of a new reason."""
    pull = Pull.objects.get(feed=feed)
    pull.left[why] = pull.left.get(why, 0) + 1
    pull.save(update_fields=["left"])
    text = f"Messages in {feed} are left where they are: of each, {why}. Counts: wiredesk feeds --json"
    alerts.tell("mail-left", text, at=now, feed=feed)
