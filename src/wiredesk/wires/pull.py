"""Asking a server for files or messages: what of the records that needs, and which protocol speaks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wiredesk.desk import pulls, secrets
from wiredesk.desk.models import Drop, Feed, Pull
from wiredesk.desk.secrets import SecretsError
from wiredesk.news.formats.reading.sender import Wanted
from wiredesk.news.signin import Credentials, Kind
from wiredesk.wires import ftp, imap, mailbox, remote
from wiredesk.wires.fetch import FetchError
from wiredesk.wires.folder import Seen
from wiredesk.wires.guard import Guard, Refused
from wiredesk.wires.mailbox import Cursor
from wiredesk.wires.places import Place, place_of

AT_ONCE = 4  # each may hold twenty megabytes
Look = remote.Look | mailbox.Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """All that a look needs, so that it touches no record."""

    place: Place
    user: str
    password: str
    key: str
    pull: Pull
    newest: int | None
    seen: Mapping[str, Seen]
    may_be_plain: bool
    now: datetime


def prepared(feed: Feed, sign_in: Credentials | SecretsError | None, now: datetime) -> Ask | FetchError:
    """What a feed's look needs, or why there can be none. Reads records: for the writer's thread."""
    if isinstance(sign_in, SecretsError):
        return FetchError(str(sign_in), "secret")
    pull = Pull.objects.filter(feed=feed).first() or Pull(feed=feed)
    if pull.is_stopped:
        said = f"The server showed another host key than the one that was confirmed: {pull.shown_key}."
        return FetchError(f"{said} It is not connected to until somebody follows it again with --host-key.", "host-key")
    try:
        place = place_of(feed.url)
        key = secrets.unseal(pull.sealed_key) if pull.sealed_key else ""
    except (Refused, SecretsError) as error:
        return FetchError(str(error), "refused")
    if sign_in and (sign_in.kind is not Kind.BASIC or not sign_in.is_for(feed.url)):
        return FetchError("The sign-in is not one for this server; give it again with --auth basic.", "refused")
    drops = () if place.is_mailbox else Drop.objects.filter(feed=feed)
    return Ask(
        place=place,
        user=(sign_in.name if sign_in else "") or place.user,
        password=sign_in.secret if sign_in else "",
        key=key,
        pull=pull,
        newest=feed.newest,
        seen={drop.name: Seen(size=drop.size, mtime_ns=drop.mtime_ns, is_kept=drop.is_kept) for drop in drops},
        may_be_plain=sign_in.over_http if sign_in else False,
        now=now,
    )


class Puller:
    """Looks, a few at a time."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def look(self, ask: Ask) -> Look:
        """One look. FetchError if it found nothing but a failure."""
        async with self._turns:
            if ask.place.is_mailbox:
                return await self._into_mailbox(ask)
            if ask.place.server.scheme == "sftp":
                return await self._over_sftp(ask)
            opened = ftp.opened(
                self._guard,
                ask.place,
                user=ask.user,
                password=ask.password,
                may_be_plain=ask.may_be_plain,
                now=ask.now,
            )
            async with opened as folder:
                return await remote.look(folder, ask.seen, removes=ask.pull.removes)

    async def _over_sftp(self, ask: Ask) -> Look:
        from wiredesk.wires import sftp  # asyncssh takes longer to load than Django, and few feeds need it

        opened = sftp.opened(
            self._guard,
            ask.place,
            user=ask.user,
            password=ask.password,
            key=ask.key,
            pinned=ask.pull.host_keys.split(),
        )
        async with opened as folder:
            return await remote.look(folder, ask.seen, removes=ask.pull.removes)

    async def _into_mailbox(self, ask: Ask) -> Look:
        opened = imap.opened(
            self._guard, ask.place, user=ask.user, password=ask.password, may_be_plain=ask.may_be_plain
        )
        async with opened as there:
            return await mailbox.look(
                there,
                ask.place.folder,
                Cursor(validity=ask.pull.validity, uid=ask.pull.uid),
                Wanted(senders=tuple(ask.pull.senders), authserv_id=ask.pull.authserv_id),
                newest=ask.newest,
                marks=ask.pull.marks_seen,
            )


def is_pulled(feed: Feed) -> bool:
    """Whether a feed is one that this module asks."""
    return feed.way in pulls.WAYS
