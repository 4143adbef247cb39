"""FTP, and FTP inside TLS: RFC 959, RFC 2428 (EPSV), RFC 3659 (MLSD), RFC 4217 (TLS). Reads one folder.

The data connection goes to the host that the control connection is with, whatever the server says.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from wiredesk.wires.channel import IDLE, LOOPBACK, MAX_LINE, Channel, Resuming, failure, socket_at, socket_to, tls
from wiredesk.wires.fetch import FetchError
from wiredesk.wires.guard import Guard, Refused
from wiredesk.wires.places import IMPLICIT, Place
from wiredesk.wires.remote import Listed

MAX_REPLY = 500  # lines of one
_REPLY = re.compile(rb"(\d{3})([ -])(.{0,1000})", re.DOTALL)
_EPSV = re.compile(rb"\(\|\|\|(\d{1,5})\|\)")
_PASV = re.compile(rb"(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3})")
_FACT = re.compile(rb"([A-Za-z.-]{1,40})=([^;]{0,200});")
_TIME = re.compile(rb"(\d{14})(?:\.(\d{1,9}))?")
_UNIX = re.compile(
    rb"(?P<kind>[-a-z])[-a-zA-Z]{9}\S?\s{1,5}\d{1,9}\s{1,40}\S{1,64}\s{1,40}(?:\S{1,64}\s{1,40})?(?P<size>\d{1,18})\s{1,5}"
    rb"(?P<month>[A-Za-z]{3})\s{1,3}(?P<day>\d{1,2})\s{1,3}(?:(?P<hour>\d{1,2}):(?P<minute>\d\d)|(?P<year>\d{4}))\s(?P<name>.{1,1000})",
    re.DOTALL,
)
_DOS = re.compile(
    rb"(\d\d)-(\d\d)-(\d{4}|\d\d)\s{1,5}(\d\d):(\d\d)([AP]M)?\s{1,40}(<DIR>|\d{1,18})\s{1,40}(.{1,1000})", re.DOTALL
)
_MONTHS = {name: number for number, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MINUTE, _DAY = 60 * 10**9, 86_400 * 10**9


@asynccontextmanager
async def opened(
    guard: Guard,
    place: Place,
    *,
    user: str,
    password: str,
    now: datetime,
    may_be_plain: bool = False,
    idle: float = IDLE,
) -> AsyncIterator[Ftp]:
    """A folder over a signed-in connection. FetchError if it cannot be had; `now` dates listings without a year.

    A password goes in the open only inside this machine, or if `may_be_plain`.
    """
    channel: Channel | None = None
    try:
        context = tls() if place.server.scheme == "ftps" else None
        first = context if place.server.port == IMPLICIT else None
        made = await socket_to(guard, place.server)
        channel = await Channel.over(made, context=first, host=place.server.host, idle=idle)
        if password and not (context or may_be_plain or channel.peer in LOOPBACK):
            said = "The password is not sent over plain ftp, where others can read it; use ftps, or --in-the-open."
            raise FetchError(said, "refused")
        ftp = Ftp(channel, guard, place, context, now, idle)
        await ftp.begin(user, password, is_secure=first is not None)
        yield ftp
    except Refused as error:
        raise FetchError(str(error), "refused") from None
    except (OSError, TimeoutError) as error:
        raise failure(error) from None
    finally:
        if channel:
            channel.close()


class Ftp:
    """One connection, standing in one folder."""

    def __init__(
        self, channel: Channel, guard: Guard, place: Place, context: Resuming | None, now: datetime, idle: float
    ) -> None:
        self._channel, self._guard, self._place = channel, guard, place
        self._context, self._now, self._idle = context, now, idle
        self._can_list_facts = False
        self._is_extended = True

    async def begin(self, user: str, password: str, *, is_secure: bool) -> None:
        """Greeting, TLS, sign-in, folder."""
        await self._expect("2", "The server takes no connection now")
        if self._context and not is_secure:
            await self._ask("AUTH TLS", "2", "The server offers no secure connection; nothing was sent")
            await self._channel.secure(self._context, self._place.server.host)
        code, _ = await self._ask(f"USER {user or 'anonymous'}", "23", "The server refused the sign-in", "sign-in")
        if code.startswith("3"):
            await self._ask(f"PASS {password or 'wiredesk@'}", "2", "The server refused the sign-in", "sign-in")
        if self._context:
            await self._ask("PBSZ 0", "2", "The server keeps no data connection secret")
            await self._ask("PROT P", "2", "The server keeps no data connection secret")
        await self._send("FEAT")
        code, features = await self._reply()
        listed = [line.strip().upper() for line in features] if code.startswith("2") else []
        self._can_list_facts = any(line.startswith((b"MLST", b"MLSD")) for line in listed)
        if b"UTF8" in listed:
            await self._send("OPTS UTF8 ON")
            await self._reply()
        await self._ask("TYPE I", "2", "The server sends no bytes as they are")
        if self._place.folder:
            await self._ask(f"CWD {self._place.folder}", "2", "The folder cannot be opened", "no-folder")
        if self._context:
            self._context.resumed = self._channel.session

    async def files(self) -> AsyncGenerator[Listed, None]:
        """Every regular file of the folder."""
        data = await self._data(b"MLSD" if self._can_list_facts else b"LIST")
        try:
            async for line in _lines(data):
                listed = of_facts(line) if self._can_list_facts else of_listing(line, self._now)
                if listed:
                    yield listed
        except GeneratorExit:  # whoever asked has enough; the reply to the listing is no reply to what is asked next
            data.close()
            await self._reply()
            raise
        finally:
            data.close()
        await self._expect("2", "The folder could not be listed to its end")

    async def read(self, file: Listed, most: int) -> bytes:
        """The bytes of a file. Refused if the server does not give this one."""
        data = await self._data(b"RETR " + file.name)
        pieces, size = [], 0
        try:
            async for piece in data.pieces():
                pieces.append(piece)
                size += len(piece)
                if size >= most:
                    break
        finally:
            data.close()
        code, said = await self._reply()  # a transfer that we broke off is told as an error, and none to us
        if not code.startswith("2") and size < most:
            raise FetchError(f"A file could not be read to its end{_quoted(said)}.", "cut")
        return b"".join(pieces)[:most]

    async def remove(self, file: Listed) -> None:
        """Delete a file. Refused if the server does not let us."""
        await self._send(b"DELE " + file.name)
        code, said = await self._reply()
        if not code.startswith("2"):
            raise Refused(f"the server does not let us{_quoted(said)}")

    async def _data(self, command: bytes) -> Channel:
        """A data connection on which the answer to a command comes."""
        port = await self._port()
        address = ipaddress.ip_address(self._channel.peer)
        made = await socket_at(self._guard, address, port)
        try:
            await self._send(command)
            code, said = await self._reply()
        except BaseException:
            made.close()
            raise
        if not code.startswith("1"):
            made.close()
            if command.startswith(b"RETR"):
                raise Refused(f"the server does not give it{_quoted(said)}")
            raise FetchError(f"The folder cannot be listed{_quoted(said)}.", "no-folder")
        return await Channel.over(made, context=self._context, host=self._place.server.host, idle=self._idle)

    async def _port(self) -> int:
        """Where the server waits for a data connection. Of what it says only the port counts."""
        found = None
        if self._is_extended:
            await self._send("EPSV")
            code, said = await self._reply()
            found = _EPSV.search(said[-1]) if code == "229" else None
            port = int(found[1]) if found else 0
        if not found:
            self._is_extended = False
            await self._send("PASV")
            code, said = await self._reply()
            found = _PASV.search(said[-1]) if code == "227" else None
            port = int(found[5]) * 256 + int(found[6]) if found else 0
        if not 1024 <= port <= 65_535:
            raise FetchError("The server names no port to fetch data from.", "malformed")
        return port

    async def _ask(self, command: str, good: str, fault: str, outcome: str = "refused") -> tuple[str, list[bytes]]:
        await self._send(command)
        return await self._expect(good, fault, outcome)

    async def _expect(self, good: str, fault: str, outcome: str = "refused") -> tuple[str, list[bytes]]:
        code, said = await self._reply()
        if code[0] not in good:
            raise FetchError(f"{fault}{_quoted(said) if outcome != 'sign-in' else ''}.", outcome)
        return code, said

    async def _send(self, command: str | bytes) -> None:
        line = command.encode() if isinstance(command, str) else command
        if b"\r" in line or b"\n" in line or b"\0" in line:
            raise Refused("It has characters in it that cannot be sent.")
        await self._channel.send(line + b"\r\n")

    async def _reply(self) -> tuple[str, list[bytes]]:
        """Code and lines of a reply (RFC 959 section 4.2)."""
        line = await self._channel.line()
        found = _REPLY.match(line)
        if not found:
            raise FetchError("The server's answer is not FTP.", "malformed")
        lines = [found[3]]
        while found[2] == b"-" and not line.startswith(found[1] + b" "):
            line = await self._channel.line()
            lines.append(line.removeprefix(found[1] + b" "))
            if len(lines) > MAX_REPLY:
                raise FetchError("The server's answer does not end.", "malformed")
        return found[1].decode(), lines


def _quoted(said: list[bytes]) -> str:
    """The server's own words, in brackets."""
    text = said[-1].decode("utf-8", "replace").strip()[:120]
    return f" ({text})" if text else ""


async def _lines(data: Channel) -> AsyncIterator[bytes]:
    """A listing by lines, whatever they end in."""
    rest = b""
    async for piece in data.pieces():
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line.rstrip(b"\r")
        if len(rest) > MAX_LINE:
            raise FetchError("The server sends lines without end.", "malformed")
    if rest:
        yield rest.rstrip(b"\r")


def of_facts(line: bytes) -> Listed | None:
    """A file as MLSD lists it (RFC 3659 section 7): facts, a space, the name. None for what is no file."""
    about, _, name = line.partition(b" ")
    facts = {key.lower(): value for key, value in _FACT.findall(about[:1000])}
    when = _TIME.fullmatch(facts.get(b"modify", b""))
    size = facts.get(b"size", b"")
    if facts.get(b"type", b"").lower() != b"file" or not size.isdigit() or len(size) > 18:
        return None
    return Listed(name=name, size=int(size), mtime_ns=_moment(when) if when else 0)


def _moment(when: re.Match[bytes]) -> int:
    """Nanoseconds since 1970 of YYYYMMDDHHMMSS.sss, in UTC; 0 for what is no time."""
    try:
        whole = datetime.strptime(when[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return 0
    return int(whole.timestamp()) * 10**9 + int((when[2] or b"").ljust(9, b"0"))


def of_listing(line: bytes, now: datetime) -> Listed | None:
    """A file as LIST shows it, in the two shapes that nearly all servers have. None for anything else."""
    unix = _UNIX.match(line)
    if unix:
        return _of_unix(unix, now) if unix["kind"] == b"-" else None
    dos = _DOS.match(line)
    if not dos or dos[7] == b"<DIR>":
        return None
    month, day, year, hour, minute = (int(dos[place]) for place in range(1, 6))
    if dos[6]:
        hour = hour % 12 + (12 if dos[6] == b"PM" else 0)
    stamp = _stamp(year if year > 99 else 2000 + year, month, day, hour, minute)
    return Listed(name=dos[8], size=int(dos[7]), mtime_ns=stamp, grain_ns=_MINUTE)


def _of_unix(found: re.Match[bytes], now: datetime) -> Listed:
    """Times of the last half year stand without their year, older ones without their hour."""
    month, day = _MONTHS.get(found["month"].lower(), 0), int(found["day"])
    if found["year"]:
        return Listed(
            name=found["name"], size=int(found["size"]), mtime_ns=_stamp(int(found["year"]), month, day), grain_ns=_DAY
        )
    hour, minute = int(found["hour"]), int(found["minute"])
    latest = int((now + timedelta(days=2)).timestamp()) * 10**9
    stamp = _stamp(now.year, month, day, hour, minute)
    if stamp > latest:
        stamp = _stamp(now.year - 1, month, day, hour, minute)
    return Listed(name=found["name"], size=int(found["size"]), mtime_ns=stamp, grain_ns=_MINUTE)


def _stamp(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    try:
        return int(datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp()) * 10**9
    except (ValueError, OverflowError):
        return 0
