"""How we are: findings about home folder, database, feeds and deliveries, each with what to do."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.db.models import Min

from wiredesk.desk import phrases, secrets, store
from wiredesk.desk.models import Alert, Copy, Delivery, Feed, Outlet, Parcel, Pull, SignIn, Source, Story
from wiredesk.news.story import State

LOW_DISK = 200 * 2**20
LATE = timedelta(minutes=10)
LYING = timedelta(minutes=1)  # how long a parcel may wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: `what` says how it is, `todo` what to do about it."""

    level: Literal["good", "look", "wrong"]
    about: str
    what: str
    todo: str = ""


def findings(now: datetime) -> Iterator[Finding]:
    """Everything the doctor looks at, in the order of how much hangs on it."""
    yield _database()
    yield _disk()
    yield _secret_key()
    yield from _sealing()
    yield from _mailboxes()
    yield from _proxies()
    yield from _networks()
    yield from _feeds(now)
    yield from _parcels(now)
    yield from _outlets(now)
    yield from _refused()
    yield from _phrases()
    yield _desk()


def _database() -> Finding:
    faults = store.faults()
    if faults:
        todo = "Stop Wiredesk, copy the database file away, and go back to your last backup."
        return Finding(level="wrong", about="database", what=f"The database is damaged: {faults[0]}", todo=todo)
    stories = Story.objects.count()
    return Finding(level="good", about="database", what=f"The database is sound and holds {stories:,} stories.")


def _phrases() -> Iterator[Finding]:
    for fault in phrases.faults():
        todo = f"Mend {settings.HOME / phrases.NAME}; until then the site speaks English."
        yield Finding(level="wrong", about="phrases", what=f"The phrases cannot be used: {fault}", todo=todo)


def _disk() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    if not os.access(settings.HOME, os.W_OK):
        todo = "Give the user who runs Wiredesk the right to write there, or set WIREDESK_HOME."
        return Finding(level="wrong", about="disk", what=f"{settings.HOME} cannot be written to.", todo=todo)
    if free < LOW_DISK:
        what = f"Only {free // 2**20} MB are free at {settings.HOME}."
        return Finding(level="wrong", about="disk", what=what, todo="Make room: on a full disk no story can be stored.")
    return Finding(level="good", about="disk", what=f"{free / 2**30:.1f} GB are free at {settings.HOME}.")


def _secret_key() -> Finding:
    return _for_us_alone("secret-key", "secret key") or Finding(
        level="good", about="secret key", what="The signing key is safe from other users."
    )


def _for_us_alone(name: str, about: str) -> Finding | None:
    """What is wrong with who may read a file of the home folder."""
    path = settings.HOME / name
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding(level="wrong", about=about, what=f"{path} can be read by others.", todo=f"chmod 600 {path}")
    return None


def _sealing() -> Iterator[Finding]:
    """Secrets of feeds: whether they can be opened, and where they travel in the open."""
    exposed = _for_us_alone(secrets.FILE, "secrets")
    if exposed:
        yield exposed
    use = secrets.use()
    try:
        known = {key.number for key in secrets.keyring()}
    except secrets.SecretsError as error:
        yield Finding(level="wrong", about="secrets", what=str(error), todo="Put the key back that was there before.")
        return
    lost = sum(count for number, count in use.items() if number not in known)
    if lost:
        what = f"{lost} of {sum(use.values())} stored secrets cannot be opened: the key that sealed them is not here."
        todo = (
            f"Put the file {secrets.FILE} back, or $WIREDESK_SECRETS_KEY; else type the secrets again (follow --auth)."
        )
        yield Finding(level="wrong", about="secrets", what=what, todo=todo)
    elif use:
        yield Finding(level="good", about="secrets", what=f"All {sum(use.values())} stored secrets can be opened.")
    for row in SignIn.objects.filter(over_http=True, origin__regex="^(http|ftp):").select_related("feed"):
        what = f"Feed {row.feed_id} ({row.feed}) sends its secret in the open, as it was told to."
        yield Finding(
            level="look", about="secrets", what=what, todo="Ask the source for an address with TLS (https, ftps, sftp)."
        )


def _mailboxes() -> Iterator[Finding]:
    """Mailboxes: whose senders nobody checks, and what was left in them."""
    for row in Pull.objects.filter(feed__way=Feed.Way.MAILBOX, feed__is_paused=False).select_related("feed"):
        name = f"Feed {row.feed_id} ({row.feed})"
        if not row.authserv_id:
            what = f"{name} takes mail by its From line alone, which can be forged."
            todo = "If its server writes Authentication-Results, name it: follow the feed again with --authserv-id."
            yield Finding(level="look", about="mailbox", what=what, todo=todo)
        if row.left:
            reasons = "; ".join(f"{why} ({count})" for why, count in list(row.left.items())[:5])
            what = f"{sum(row.left.values())} messages of {name} were left where they are: {reasons}."
            yield Finding(level="look", about="mailbox", what=what)


def _proxies() -> Iterator[Finding]:
    named = [name for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY") if os.environ.get(name)]
    if named:
        what = f"{', '.join(named)} is set; Wiredesk fetches directly and does not use it."
        yield Finding(
            level="look", about="proxy", what=what, todo="If feeds cannot be reached without it, they will fail."
        )


def _networks() -> Iterator[Finding]:
    if settings.ALLOW_NETWORKS:
        what = f"Feeds may be fetched from these networks of your own: {', '.join(settings.ALLOW_NETWORKS)}."
        yield Finding(
            level="look", about="networks", what=what, todo="Unset WIREDESK_ALLOW_NETWORKS if no feed needs it."
        )


def _feeds(now: datetime) -> Iterator[Finding]:
    feeds = Feed.objects.filter(is_paused=False)
    failing = feeds.exclude(error="").order_by("error_since")
    for feed in failing[:20]:
        since = f" since {feed.error_since:%Y-%m-%d %H:%M} UTC" if feed.error_since else ""
        what = f"Feed {feed.pk} ({feed}) has not been read{since}: {feed.error}"
        todo = f"Look at {feed.url}; try again with: wiredesk poll {feed.pk}"
        if feed.way == Feed.Way.PUSH:
            todo = f"Its bytes are kept: see /desk/feeds/{feed.pk}/, and tell the source."
        yield Finding(level="wrong", about="feed", what=what, todo=todo)
    if failing.count() > 20:
        yield Finding(
            level="wrong", about="feed", what=f"{failing.count() - 20} more feeds are failing: wiredesk feeds --failing"
        )
    late = feeds.filter(next_poll_at__lt=now - LATE).count()
    if late:
        what = f"{late} of {feeds.count()} feeds should have been asked more than ten minutes ago."
        yield Finding(
            level="look", about="feeds", what=what, todo="Is `wiredesk run` up? One round by hand: wiredesk poll"
        )
    elif not failing:
        yield Finding(level="good", about="feeds", what=f"All {feeds.count()} feeds are read in time.")


def _parcels(now: datetime) -> Iterator[Finding]:
    """What was pushed and is not taken yet."""
    late = Parcel.objects.filter(received_at__lt=now - LYING)
    begun = late.aggregate(first=Min("received_at"))["first"]
    if begun:
        what = (
            f"{late.count()} pushed deliveries have waited to be taken since {begun:%Y-%m-%d %H:%M} UTC; none is lost."
        )
        todo = "Is `wiredesk run` up? Feeds that are paused take theirs when they are resumed."
        yield Finding(level="look", about="deliveries", what=what, todo=todo)


def _outlets(now: datetime) -> Iterator[Finding]:
    for outlet in Outlet.objects.filter(is_paused=False).exclude(error="").order_by("error_since")[:20]:
        since = f" since {outlet.error_since:%Y-%m-%d %H:%M} UTC" if outlet.error_since else ""
        behind = outlet.copies.behind().count()
        what = f"Outlet {outlet.pk} ({outlet}) has not taken what was sent{since}: {outlet.error} {behind} copies wait."
        yield Finding(
            level="wrong", about="outlet", what=what, todo="It is tried again by itself; see: wiredesk outlets"
        )
    late = Copy.objects.behind().filter(is_pressing=True, changed_at__lt=now - LATE).count()
    if late:
        what = f"{late} copies at outlets should have been taken down more than ten minutes ago."
        yield Finding(level="wrong", about="outlets", what=what, todo="See which: wiredesk copies --live")


def _refused() -> Iterator[Finding]:
    refused = Delivery.objects.exclude(error="").count()
    if refused:
        what = f"{refused} deliveries could not be read; their bytes are kept."
        yield Finding(
            level="look", about="deliveries", what=what, todo="See each feed's page at the desk for the reasons."
        )
    cut = Delivery.objects.filter(error="", is_taken=False).count()
    if cut:
        what = f"{cut} deliveries were interrupted; their feeds bring them again."
        yield Finding(level="look", about="deliveries", what=what)


def _desk() -> Finding:
    waiting = Story.objects.filter(state=State.WAITING).count()
    alerts = Alert.objects.filter(settled_at=None).count()
    what = f"{Source.objects.count()} sources; {waiting} stories wait for an editor; {alerts} open alerts."
    return Finding(level="look" if alerts else "good", about="desk", what=what, todo="See /desk/." if alerts else "")
