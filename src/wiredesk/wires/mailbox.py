"""A mailbox as a feed: each new message of one folder, from a sender that was listed, is one delivery.

Nothing is deleted or moved. Speaks no protocol (imap.py does) and knows no records.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from time import monotonic

from wiredesk.news.formats.reading import sender
from wiredesk.news.formats.reading.sender import Wanted
from wiredesk.wires.channel import failure
from wiredesk.wires.fetch import FetchError
from wiredesk.wires.folder import Drop
from wiredesk.wires.guard import Refused
from wiredesk.wires.imap import Box, Imap

MAX_MESSAGE = 25 * 2**20
MAX_HEAD = 64 * 1024
_HEADS_AT_ONCE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far a mailbox has been read: `uid` counts only under its `validity` (RFC 3501 section 2.3.1.1)."""

    validity: int = 0
    uid: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """The most that one look takes; what is beyond waits for the next one."""

    message: int = MAX_MESSAGE
    messages: int = 200
    size: int = 20 * 2**20
    seconds: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message: taken as a drop, or left, and why."""

    cursor: Cursor
    drop: Drop | None = None
    left: str = ""


@dataclass(slots=True, kw_only=True)
class Look:
    """What a look found, in the order of the mailbox. `is_anew` says that the server has numbered its messages anew."""

    mails: list[Mail] = field(default_factory=list)
    cursor: Cursor
    error: str = ""
    has_more: bool = False
    is_anew: bool = False


async def look(
    imap: Imap,
    folder: str,
    cursor: Cursor,
    wanted: Wanted,
    *,
    newest: int | None = 20,
    marks: bool = False,
    caps: Caps | None = None,
) -> Look:
    """New messages. At first sight, and where the server numbers anew, the `newest` ones (None: all).

    What went well before something failed is kept; FetchError if nothing did.
    """
    caps = caps or Caps()
    end = monotonic() + caps.seconds
    found = Look(cursor=cursor)
    try:
        async with asyncio.timeout(caps.seconds):
            box = await imap.open(folder, may_mark=marks)
            found.is_anew = cursor.validity not in (0, box.validity)
            sizes = await _new(imap, box, cursor, newest)
            found.cursor = Cursor(validity=box.validity, uid=cursor.uid if cursor.validity == box.validity else 0)
            await _read_all(imap, sizes, wanted, caps, found, marks=marks)
    except (FetchError, OSError, TimeoutError, Refused) as error:
        failed = FetchError(str(error), "malformed") if isinstance(error, Refused) else failure(error)
        if not found.mails:
            raise failed from None
        found.has_more = monotonic() >= end
        found.error = "" if found.has_more else str(failed)
    return found


async def _new(imap: Imap, box: Box, cursor: Cursor, newest: int | None) -> dict[int, int]:
    """UIDs and sizes of messages that are to be looked at."""
    if not box.exists:
        return {}
    if cursor.validity != box.validity:
        first = 1 if newest is None else max(1, box.exists - newest + 1)
        return await imap.uids(f"{first}:*", by_uid=False)
    if box.uid_next and box.uid_next <= cursor.uid + 1:
        return {}
    listed = await imap.uids(f"{cursor.uid + 1}:*", by_uid=True)  # n:* has the last message even where that is below n
    return {uid: size for uid, size in listed.items() if uid > cursor.uid}


async def _read_all(imap: Imap, sizes: dict[int, int], wanted: Wanted, caps: Caps, found: Look, *, marks: bool) -> None:
    uids = sorted(sizes)
    taken = 0
    for place in range(0, min(len(uids), caps.messages), _HEADS_AT_ONCE):
        some = uids[place : min(place + _HEADS_AT_ONCE, caps.messages)]
        heads = await imap.heads(some, MAX_HEAD)
        for uid in some:
            if taken >= caps.size:
                found.has_more = True
                return
            mail = await _read(imap, uid, heads.get(uid), sizes[uid], wanted, caps, found)
            taken += len(mail.drop.body) if mail.drop else 0
            if marks and mail.drop:
                await imap.mark_seen([uid])
            found.mails.append(mail)
            found.cursor = mail.cursor
    found.has_more = len(uids) > caps.messages


async def _read(imap: Imap, uid: int, head: bytes | None, size: int, wanted: Wanted, caps: Caps, found: Look) -> Mail:
    """One message, judged by its header before anything else of it is asked for."""
    cursor = Cursor(validity=found.cursor.validity, uid=uid)
    if head is None:
        return Mail(cursor=cursor)  # deleted while we looked
    verdict = sender.judge(head, wanted)
    if not verdict.is_taken:
        return Mail(cursor=cursor, left=verdict.why)
    body, error = None, ""
    if size <= caps.message:
        try:
            body = await imap.message(uid, caps.message)
        except Refused:
            raise FetchError("The server sends a message larger than it said.", "malformed") from None
        if body is None:
            return Mail(cursor=cursor)
    else:
        error = f"larger than {caps.message // 2**20} MB"
    drop = Drop(name=f"message {uid}", size=size, mtime_ns=0, body=body or b"", error=error)
    return Mail(cursor=cursor, drop=drop)
