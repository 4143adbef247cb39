"""IMAP4rev1 (RFC 3501), as much of it as reading one folder needs. It leaves no trace, unless it is asked to.

Knows no records.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from wiredesk.wires.channel import IDLE, LOOPBACK, Channel, failure, socket_to, tls
from wiredesk.wires.fetch import FetchError
from wiredesk.wires.guard import Guard, Refused
from wiredesk.wires.places import Place

MAX_RESPONSES, MAX_LINES = 120_000, 16 * 2**20  # to one command; bytes of all of them, without literals
MAX_LITERALS = 50  # in one response
_LITERAL = re.compile(rb"\{(\d{1,10})\+?\}$")
_TOKEN = re.compile(rb'\s{0,9}(?:([()])|"((?:[^"\\]|\\.){0,8000})"|\x00(\d{1,3})\x00|([^\s()"\x00]{1,2000}))')
_CODE = re.compile(rb"\[([A-Z-]{1,30})(?: (\d{1,10}))?")
_EXISTS = re.compile(rb"(\d{1,10}) EXISTS", re.IGNORECASE)
_FETCH = re.compile(rb"\d{1,10} FETCH\s", re.IGNORECASE)
_SIGN_IN = ("The server refused the sign-in.", "sign-in")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A folder as the server opened it. UIDs count only under their `validity`."""

    validity: int
    exists: int
    uid_next: int


@dataclass(slots=True)
class _Said:
    """One response: its line, with literals taken out and standing beside it."""

    line: bytes
    literals: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def opened(
    guard: Guard, place: Place, *, user: str, password: str, may_be_plain: bool = False, idle: float = IDLE
) -> AsyncIterator[Imap]:
    """A signed-in connection, inside TLS: at once for imaps, by STARTTLS for imap. FetchError if it cannot be had.

    In the open only inside this machine, or if `may_be_plain`.
    """
    channel: Channel | None = None
    try:
        context = tls()
        made = await socket_to(guard, place.server)
        is_inside = place.server.scheme == "imaps"
        channel = await Channel.over(made, context=context if is_inside else None, host=place.server.host, idle=idle)
        imap = Imap(channel)
        await imap.greeted()
        if not is_inside:
            if imap.can(b"STARTTLS"):
                await imap.command("STARTTLS", "The server begins no secure connection")
                await channel.secure(context, place.server.host)
                await imap.capability()
            elif not (may_be_plain or channel.peer in LOOPBACK):
                said = "The server offers no secure connection, and the sign-in is not sent without; see --in-the-open."
                raise FetchError(said, "refused")
        await imap.sign_in(user, password)
        yield imap
    except Refused as error:
        raise FetchError(str(error), "refused") from None
    except (OSError, TimeoutError) as error:
        raise failure(error) from None
    finally:
        if channel:
            channel.close()


class Imap:
    """One connection. Commands go one after the other; what comes unasked is read over."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._count = 0
        self._known: frozenset[bytes] = frozenset()

    def can(self, capability: bytes) -> bool:
        """Whether the server said that it can do this."""
        return capability in self._known

    async def greeted(self) -> None:
        """Take the greeting."""
        line = await self._channel.line()
        if not line.upper().startswith(b"* OK"):
            fault = (
                "The server takes no connection now." if line.startswith(b"* ") else "The server's answer is not IMAP."
            )
            raise FetchError(fault, "malformed")
        await self.capability()

    async def capability(self) -> None:
        """Ask what the server can do; what it said before TLS does not count."""
        said = await self.command("CAPABILITY", "The server does not say what it can do")
        lines = [one.line[11:] for one in said if one.line.upper().startswith(b"CAPABILITY ")]
        self._known = frozenset(word.upper() for line in lines for word in line.split())

    async def sign_in(self, user: str, password: str) -> None:
        """AUTHENTICATE PLAIN (RFC 4616), or LOGIN."""
        if self.can(b"AUTH=PLAIN"):
            secret = b64encode(f"\0{user}\0{password}".encode())
            await self._sent("AUTHENTICATE PLAIN", *_SIGN_IN, [secret])
        elif self.can(b"LOGINDISABLED"):
            raise FetchError("The server takes no name and password; it wants another way of signing in.", "sign-in")
        else:
            name, secret = user.encode(), password.encode()
            await self._sent(f"LOGIN {{{len(name)}}}", *_SIGN_IN, [name + f" {{{len(secret)}}}".encode(), secret])

    async def open(self, folder: str, *, may_mark: bool = False) -> Box:
        """Open a folder: read-only (EXAMINE), unless messages are to be marked."""
        verb = "SELECT" if may_mark else "EXAMINE"
        name = encoded(folder).replace("\\", "\\\\").replace('"', '\\"')
        said = await self.command(f'{verb} "{name}"', "The mailbox has no such folder")
        about = {code[1].upper(): int(code[2] or 0) for one in said if (code := _CODE.search(one.line[:200]))}
        exists = [int(found[1]) for one in said if (found := _EXISTS.fullmatch(one.line))]
        if not about.get(b"UIDVALIDITY"):
            raise FetchError("The server does not number its messages (UIDVALIDITY).", "malformed")
        return Box(
            validity=about[b"UIDVALIDITY"], exists=exists[-1] if exists else 0, uid_next=about.get(b"UIDNEXT", 0)
        )

    async def uids(self, numbers: str, *, by_uid: bool) -> dict[int, int]:
        """The UIDs of messages and their sizes in bytes; `numbers` is a sequence set such as 5:*."""
        command = f"{'UID ' if by_uid else ''}FETCH {numbers} (UID RFC822.SIZE)"
        said = await self.command(command, "The server does not list its messages")
        return {uid: _number(about.get(b"RFC822.SIZE")) for uid, about in _fetched(said)}

    async def heads(self, uids: Sequence[int], most: int) -> dict[int, bytes]:
        """The header of each message, cut at `most` bytes."""
        command = f"UID FETCH {','.join(map(str, uids))} (UID BODY.PEEK[HEADER]<0.{most}>)"
        said = await self.command(
            command, "The server does not give its messages", literal=most, total=most * len(uids)
        )
        return {uid: body for uid, about in _fetched(said) if (body := _body(about)) is not None}

    async def message(self, uid: int, most: int) -> bytes | None:
        """A whole message; None if it is gone. Refused if it is larger than `most` bytes."""
        said = await self.command(
            f"UID FETCH {uid} (UID BODY.PEEK[])", "The server does not give a message", literal=most, total=2 * most
        )
        return next((body for one, about in _fetched(said) if one == uid and (body := _body(about)) is not None), None)

    async def mark_seen(self, uids: Sequence[int]) -> None:
        """Set \\Seen."""
        numbers = ",".join(map(str, uids))
        await self.command(f"UID STORE {numbers} +FLAGS.SILENT (\\Seen)", "The server marks no message as seen")

    async def command(self, command: str, fault: str, *, literal: int = 8_000, total: int = 2**20) -> list[_Said]:
        """Say a command; its untagged responses. FetchError unless it is answered with OK."""
        return await self._sent(command, f"{fault}.", "refused", literal=literal, total=total)

    async def _sent(
        self,
        command: str,
        fault: str,
        outcome: str,
        more: Sequence[bytes] = (),
        *,
        literal: int = 8_000,
        total: int = 2**20,
    ) -> list[_Said]:
        """`more` is sent line by line whenever the server asks for it; `literal` and `total` cap bytes in literals."""
        self._count += 1
        tag = f"W{self._count}".encode()
        waiting = iter(more)
        await self._channel.send(tag + b" " + command.encode() + b"\r\n")
        said: list[_Said] = []
        room = MAX_LINES
        for _ in range(MAX_RESPONSES):
            one = await self._response(literal, total)
            total -= sum(map(len, one.literals))
            room -= len(one.line)
            if room < 0:
                break
            if one.line.startswith(b"* "):
                one.line = one.line[2:]
                said.append(one)
            elif one.line.startswith(b"+"):
                await self._channel.send(next(waiting, b"*") + b"\r\n")
            elif one.line.startswith(tag + b" "):
                if one.line[len(tag) + 1 :].upper().startswith(b"OK"):
                    return said
                raise FetchError(fault, outcome)
            else:
                break
        raise FetchError("The server's answer is not IMAP, or does not end.", "malformed")

    async def _response(self, literal: int, total: int) -> _Said:
        """A line, and the literals in it."""
        said = _Said(b"")
        while True:
            line = await self._channel.line()
            found = _LITERAL.search(line[-20:])
            said.line += line.replace(b"\0", b" ")
            if not found:
                return said
            size = int(found[1])
            total -= size
            if size > literal or total < 0 or len(said.literals) >= MAX_LITERALS:
                raise Refused("It is larger than it may be.")
            said.line = said.line[: -len(found[0])] + b"\0%d\0" % len(said.literals)
            said.literals.append(await self._channel.exactly(size))


def encoded(folder: str) -> str:
    """A folder's name in the modified UTF-7 of RFC 3501 section 5.1.3."""
    parts = re.split(r"([^\x20-\x7e]{1,4000})", folder)
    return "".join(_shifted(part) if place % 2 else part.replace("&", "&-") for place, part in enumerate(parts))


def _shifted(part: str) -> str:
    return "&" + b64encode(part.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"


def _fetched(said: Sequence[_Said]) -> Iterator[tuple[int, dict[bytes, bytes]]]:
    """What FETCH responses say of each message: its UID, and its data by their names in upper case."""
    for one in said:
        found = _FETCH.match(one.line)
        if not found:
            continue
        words = list(_words(one, found.end()))
        about = {name.upper(): value for name, value in zip(words[::2], words[1::2], strict=False)}
        uid = _number(about.get(b"UID"))
        if uid:
            yield uid, about


def _words(said: _Said, place: int) -> Iterator[bytes]:
    """The data of one message as name, value, name, value; what stands in inner brackets is one value, and empty."""
    depth = 0
    while found := _TOKEN.match(said.line, place):
        place = found.end()
        bracket, quoted, literal, atom = found.groups()
        if bracket == b"(":
            depth += 1
            if depth == 2:
                yield b""
        elif bracket:
            depth -= 1
        elif depth == 1:
            if literal is not None:
                yield said.literals[int(literal)]
            else:
                yield atom if atom is not None else re.sub(rb"\\(.)", rb"\1", quoted)


def _body(about: dict[bytes, bytes]) -> bytes | None:
    return next((value for name, value in about.items() if name.startswith(b"BODY[") and value != b"NIL"), None)


def _number(value: bytes | None) -> int:
    return int(value) if value and value.isdigit() and len(value) <= 10 else 0
