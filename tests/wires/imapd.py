"""A small IMAP4rev1 server (RFC 3501) for tests: sign-in, STARTTLS, SELECT and EXAMINE, FETCH, STORE, over real sockets."""

from __future__ import annotations

import asyncio
import re
import ssl
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.wires.servers import PASSWORD, USER, looped


@dataclass
class Message:
    uid: int
    raw: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class Mailbox:
    """One account with folders, and what was done to it. Tests change it while the server runs."""

    folders: dict[str, list[Message]] = field(default_factory=lambda: {"INBOX": []})
    validity: int = 7
    said: list[str] = field(default_factory=list)  # every command as it came, without secrets
    capabilities: str = "AUTH=PLAIN"
    can_secure: bool = False
    sizes_lie_by: int = 0

    def put(self, raw: bytes, folder: str = "INBOX") -> Message:
        """One more message."""
        rows = self.folders[folder]
        made = Message(
            uid=max((one.uid for one in rows), default=0) + 1, raw=raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        )
        rows.append(made)
        return made


@contextmanager
def serve(box: Mailbox, *, pem: Path | None = None, is_inside: bool = False) -> Iterator[int]:
    """Serve a mailbox; with a certificate by STARTTLS, or `is_inside` TLS from the start. Gives its port."""
    context = None
    if pem:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        box.can_secure = not is_inside

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _Session(box, reader, writer, context).run()
        except (OSError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def begin() -> asyncio.Server:
        return await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context if is_inside else None, limit=2**20)

    with looped(begin) as server:
        yield server.sockets[0].getsockname()[1]


class _Session:
    def __init__(
        self, box: Mailbox, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, context: ssl.SSLContext | None
    ) -> None:
        self.box, self.reader, self.writer, self.context = box, reader, writer, context
        self.is_signed_in = self.is_read_only = False
        self.rows: list[Message] = []

    async def run(self) -> None:
        self.say("* OK ready")
        while line := await self.read_command():
            tag, _, rest = line.partition(" ")
            verb = rest.split(" ")[0].upper()
            self.box.said.append(rest if verb not in ("LOGIN", "AUTHENTICATE") else verb)
            if verb == "LOGOUT":
                self.say("* BYE", f"{tag} OK")
                return
            work = getattr(self, f"do_{verb.lower()}", None)
            answer = await work(tag, rest.partition(" ")[2]) if work else "BAD unknown"
            if answer:
                self.say(f"{tag} {answer}")
            await self.writer.drain()

    def say(self, *lines: str) -> None:
        for line in lines:
            self.writer.write(line.encode("utf-8", "surrogateescape") + b"\r\n")

    async def read_command(self) -> str:
        line = (await self.reader.readline()).decode("utf-8", "surrogateescape").rstrip("\r\n")
        while found := re.search(r"\{(\d+)\}$", line):
            self.say("+ go on")
            text = (await self.reader.readexactly(int(found[1]))).decode()
            more = (await self.reader.readline()).decode().rstrip("\r\n")
            quoted = text.replace("\\", "\\\\").replace('"', '\\"')
            line = f'{line[: found.start()]}"{quoted}"{more}'
        return line

    async def do_capability(self, tag: str, rest: str) -> str:
        more = " STARTTLS" if self.box.can_secure and not self.is_secure else ""
        self.say(f"* CAPABILITY IMAP4rev1 {self.box.capabilities}{more}")
        return "OK done"

    @property
    def is_secure(self) -> bool:
        return self.writer.get_extra_info("ssl_object") is not None

    async def do_starttls(self, tag: str, rest: str) -> str:
        assert self.context
        self.say(f"{tag} OK begin")
        await self.writer.drain()
        await self.writer.start_tls(self.context)
        return ""

    async def do_authenticate(self, tag: str, rest: str) -> str:
        self.say("+ ")
        _, name, secret = b64decode(await self.reader.readline()).decode().split("\0")
        return self.sign_in(name, secret)

    async def do_login(self, tag: str, rest: str) -> str:
        words = [
            re.sub(r"\\(.)", r"\1", quoted) or plain for quoted, plain in re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', rest)
        ]
        return self.sign_in(*words)

    def sign_in(self, name: str, secret: str) -> str:
        self.is_signed_in = (name, secret) == (USER, PASSWORD)
        return "OK welcome" if self.is_signed_in else "NO [AUTHENTICATIONFAILED] no"

    async def do_examine(self, tag: str, rest: str) -> str:
        return self.open(rest, is_read_only=True)

    async def do_select(self, tag: str, rest: str) -> str:
        return self.open(rest, is_read_only=False)

    def open(self, name: str, *, is_read_only: bool) -> str:
        rows = self.box.folders.get(name.strip('"'))
        if not self.is_signed_in or rows is None:
            return "NO no such folder"
        self.rows, self.is_read_only = rows, is_read_only
        self.say(f"* {len(rows)} EXISTS", "* 0 RECENT", f"* OK [UIDVALIDITY {self.box.validity}] valid")
        self.say(f"* OK [UIDNEXT {max((one.uid for one in rows), default=0) + 1}] next", "* FLAGS (\\Seen)")
        return f"OK [{'READ-ONLY' if is_read_only else 'READ-WRITE'}] opened"

    async def do_uid(self, tag: str, rest: str) -> str:
        verb, _, rest = rest.partition(" ")
        return await (self.fetch if verb.upper() == "FETCH" else self.store)(rest, by_uid=True)

    async def do_fetch(self, tag: str, rest: str) -> str:
        return await self.fetch(rest, by_uid=False)

    def chosen(self, numbers: str, *, by_uid: bool) -> list[tuple[int, Message]]:
        every = list(enumerate(self.rows, 1))
        last = max((one.uid if by_uid else place for place, one in every), default=0)
        wanted: set[int] = set()
        for part in numbers.split(","):
            low, _, high = part.partition(":")
            ends = sorted(last if end == "*" else int(end) for end in (low, high or low))
            wanted |= {
                one.uid if by_uid else place
                for place, one in every
                if ends[0] <= (one.uid if by_uid else place) <= ends[1]
            }
        return [(place, one) for place, one in every if (one.uid if by_uid else place) in wanted]

    async def fetch(self, rest: str, *, by_uid: bool) -> str:
        numbers, _, asked = rest.partition(" ")
        for place, one in self.chosen(numbers, by_uid=by_uid):
            said = [f"UID {one.uid}".encode()]
            if "FLAGS" in asked:
                said.append(f"FLAGS ({' '.join(sorted(one.flags))})".encode())
            if "RFC822.SIZE" in asked:
                said.append(f"RFC822.SIZE {len(one.raw) + self.box.sizes_lie_by}".encode())
            if found := re.search(r"BODY(\.PEEK)?\[(HEADER)?\](?:<0\.(\d+)>)?", asked):
                said.append(self.body(one, found))
            self.writer.write(f"* {place} FETCH (".encode() + b" ".join(said) + b")\r\n")
        return "OK fetched"

    def body(self, one: Message, found: re.Match[str]) -> bytes:
        if not found[1] and not self.is_read_only:
            one.flags.add("\\Seen")
        head = one.raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        body = (head if found[2] else one.raw)[: int(found[3]) if found[3] else None]
        name = f"BODY[{found[2] or ''}]" + ("<0>" if found[3] else "")
        return f"{name} {{{len(body)}}}\r\n".encode() + body

    async def store(self, rest: str, *, by_uid: bool) -> str:
        if self.is_read_only:
            return "NO read-only"
        numbers, _, what = rest.partition(" ")
        for _, one in self.chosen(numbers, by_uid=by_uid):
            one.flags |= set(re.findall(r"\\\w+", what))
        return "OK stored"
