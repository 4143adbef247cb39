"""Connections that are no HTTP: judged by the guard, read by lines and pieces, each with its time and its cap.

Knows no records.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator

from wiredesk.wires.fetch import CONNECT, FetchError
from wiredesk.wires.guard import Address, Guard, Target

IDLE = 30.0  # seconds that a server may be silent
MAX_LINE = 64 * 1024
CHUNK = 64 * 1024
LOOPBACK = ("127.0.0.1", "::1")


class Resuming(ssl.SSLContext):
    """Checks certificates by the system's authorities; continues `resumed`, if there is one, with each connection.

    Many FTP servers take a data connection only as a continuation of the session that signed in.
    """

    resumed: ssl.SSLSession | None = None

    def wrap_bio(
        self,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
        server_side: bool = False,
        server_hostname: str | bytes | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLObject:
        """What asyncio asks for; it has no way to name a session."""
        return super().wrap_bio(incoming, outgoing, server_side, server_hostname, session or self.resumed)


def tls() -> Resuming:
    """A context that checks certificate and name. Honours $SSL_CERT_FILE and $SSL_CERT_DIR, as OpenSSL does."""
    context = Resuming(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_default_certs()
    return context


async def socket_to(guard: Guard, target: Target) -> socket.socket:
    """A connected socket to a target whose addresses the guard let pass: the first that answers."""
    last: OSError = ConnectionRefusedError()
    for address in await guard.resolve(target, is_web=False):
        try:
            return await socket_at(guard, address, target.port)
        except OSError as error:
            last = error
    raise last


async def socket_at(guard: Guard, address: Address, port: int) -> socket.socket:
    """A connected socket to one address, judged here at the last moment."""
    guard.judge(address, None)
    made = socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
    made.setblocking(False)
    try:
        async with asyncio.timeout(CONNECT):
            await asyncio.get_running_loop().sock_connect(made, (str(address), port))
    except BaseException:
        made.close()
        raise
    return made


class Channel:
    """One connection. Whatever goes wrong is OSError, TimeoutError, or FetchError where the other side breaks rules."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, idle: float = IDLE) -> None:
        self._reader, self._writer = reader, writer
        self._plain: asyncio.StreamWriter | None = None  # held, since a writer that goes closes what it wrote to
        self._idle = idle

    @classmethod
    async def over(
        cls, made: socket.socket, *, context: ssl.SSLContext | None = None, host: str = "", idle: float = IDLE
    ) -> Channel:
        """A channel over a connected socket, which is its own now; inside TLS from the start if a context is given."""
        if context:
            reader, writer = await asyncio.open_connection(
                sock=made, limit=MAX_LINE, ssl=context, server_hostname=host, ssl_handshake_timeout=CONNECT
            )
        else:
            reader, writer = await asyncio.open_connection(sock=made, limit=MAX_LINE)
        return cls(reader, writer, idle)

    @property
    def peer(self) -> str:
        """The number of the other side, as connected to."""
        return str(self._writer.get_extra_info("peername")[0]).partition("%")[0]

    @property
    def session(self) -> ssl.SSLSession | None:
        """The TLS session, to be continued by another connection."""
        secured = self._writer.get_extra_info("ssl_object")
        return secured.session if secured else None

    async def secure(self, context: ssl.SSLContext, host: str) -> None:
        """Go on inside TLS. What came in the open before that and was not read yet is never read."""
        reader = asyncio.StreamReader(limit=MAX_LINE)
        protocol = asyncio.StreamReaderProtocol(reader)
        loop = asyncio.get_running_loop()
        transport = await loop.start_tls(
            self._writer.transport, protocol, context, server_hostname=host, ssl_handshake_timeout=CONNECT
        )
        if transport is None:
            raise ConnectionResetError
        protocol.connection_made(transport)
        self._plain = self._writer
        self._reader, self._writer = reader, asyncio.StreamWriter(transport, protocol, reader, loop)

    async def line(self) -> bytes:
        """One line without its end."""
        try:
            async with asyncio.timeout(self._idle):
                return (await self._reader.readuntil(b"\n")).rstrip(b"\r\n")
        except asyncio.IncompleteReadError:
            raise ConnectionResetError from None
        except asyncio.LimitOverrunError:
            raise FetchError("The server sends lines without end.", "malformed") from None

    async def exactly(self, size: int) -> bytes:
        """So many bytes; whoever asks has judged their number."""
        pieces, left = [], size
        while left:
            piece = await self._piece(min(left, CHUNK))
            if not piece:
                raise ConnectionResetError
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)

    async def pieces(self) -> AsyncIterator[bytes]:
        """All that comes until the other side ends it."""
        while piece := await self._piece(CHUNK):
            yield piece

    async def _piece(self, most: int) -> bytes:
        async with asyncio.timeout(self._idle):
            return await self._reader.read(most)

    async def send(self, said: bytes) -> None:
        """Say something."""
        async with asyncio.timeout(self._idle):
            self._writer.write(said)
            await self._writer.drain()

    def close(self) -> None:
        """End it at once."""
        self._writer.transport.abort()


def failure(error: Exception) -> FetchError:
    """Any failure of a connection in words.

    Closed, filtered and unreachable look alike, so that nobody can scan with us.
    """
    if isinstance(error, FetchError):
        return error
    if isinstance(error, ssl.SSLCertVerificationError):
        detail = error.verify_message or "it is not trusted"
        return FetchError(f"The server's certificate cannot be accepted: {detail}.", "certificate")
    if isinstance(error, ssl.SSLError):
        return FetchError("No secure connection to the server could be made.", "tls")
    if isinstance(error, TimeoutError):
        return FetchError("The server took too long to answer.", "timeout")
    if isinstance(error, ConnectionResetError | BrokenPipeError):
        return FetchError("The server broke the connection off.", "cut")
    return FetchError("The server cannot be reached.", "unreachable")
