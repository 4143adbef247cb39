"""Files and messages become deliveries: each is taken by itself, and one that cannot be read hurts no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from wiredesk.desk import alerts, intake, pulls
from wiredesk.desk.models import Drop as DropRow
from wiredesk.desk.models import Feed, Pull
from wiredesk.failpoints import failpoint
from wiredesk.news import clean
from wiredesk.news.formats import mail
from wiredesk.news.story import Kind
from wiredesk.wires import mailbox
from wiredesk.wires.folder import Drop


@dataclass(slots=True, kw_only=True)
class Brought:
    """What became of the files or messages of one look. `errors` are sentences, in order."""

    events: Counter[Kind] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    count: int = 0

    @property
    def error(self) -> str:
        """The first of the errors, and how many more there are."""
        more = len(self.errors) - 1
        return f"{self.errors[0]}{f' and {more} more files' if more > 0 else ''}" if self.errors else ""


def take_files(feed: Feed, drops: Iterable[Drop], now: datetime) -> Brought:
    """Take files, and remember each, so that it is read again only when it changes. OSError as `drops` raises it."""
    brought = Brought()
    for drop in drops:
        _take(feed, drop, brought, now)
        about = {"size": drop.size, "mtime_ns": drop.mtime_ns, "is_kept": not drop.error}
        DropRow.objects.update_or_create(feed=feed, name=drop.name, defaults=about)
        failpoint("folder.after_drop")
    return brought


def take_mails(feed: Feed, look: mailbox.Look, now: datetime) -> Brought:
    """Take messages, and remember after each how far the mailbox has been read."""
    brought = Brought()
    mine = Pull.objects.filter(feed=feed)
    for one in look.mails:
        if one.drop:
            _take(feed, one.drop, brought, now, content_type=mail.TYPE)
        if one.left:
            pulls.leave(feed, one.left, now=now)
        mine.update(validity=one.cursor.validity, uid=one.cursor.uid)
        failpoint("mailbox.after_message")
    mine.update(validity=look.cursor.validity, uid=look.cursor.uid)
    if look.is_anew:
        text = f"The server has numbered the messages of {feed} anew: the newest were read again, and no old ones."
        alerts.tell("numbered-anew", text, at=now, feed=feed)
    return brought


def _take(feed: Feed, drop: Drop, brought: Brought, now: datetime, content_type: str = "") -> None:
    brought.count += 1
    error = drop.error
    if not error:
        taken = intake.take(feed, drop.body, now=now, name=drop.name, content_type=content_type)
        brought.events.update(taken.events)
        error = taken.error
        for note in taken.arrival.notes if taken.arrival else ():
            if note.code == "attachment-unread":
                text = clean.plain(f"{drop.name} of {feed}: {note.text}", 900)
                alerts.tell("attachment", text, at=now, feed=feed)
    elif feed.way != Feed.Way.FOLDER:
        alerts.tell("not-read", f"{drop.name} of {feed} was not read: {drop.error}.", at=now, feed=feed)
    if error:
        brought.errors.append(f"{drop.name}: {error}")
