"""SFTP: one folder, over SSH whose host key is pinned. No key that nobody confirmed is ever signed in to."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncGenerator, AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import cast

import asyncssh

from wiredesk.wires.channel import CHUNK, IDLE, failure, socket_to
from wiredesk.wires.fetch import CONNECT, FetchError
from wiredesk.wires.guard import Guard, Refused
from wiredesk.wires.places import Place
from wiredesk.wires.remote import Listed, UnknownKey

asyncssh.set_log_level("WARNING")  # it tells of every connection, and a feed has one a minute


class _Client(asyncssh.SSHClient):
    """Lets through the pinned keys alone, and remembers what it saw. Nothing of the sign-in is sent before that."""

    def __init__(self, pinned: Collection[str]) -> None:
        self._pinned = pinned
        self.seen = ""

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        self.seen = key.get_fingerprint("sha256").rstrip("=")
        return self.seen in self._pinned


@asynccontextmanager
async def opened(
    guard: Guard,
    place: Place,
    *,
    user: str,
    password: str = "",
    key: str = "",
    pinned: Collection[str] = (),
    idle: float = IDLE,
) -> AsyncIterator[Sftp]:
    """A folder over a signed-in connection. FetchError if it cannot be had, UnknownKey for another host than it was."""
    client = _Client(pinned)
    connection: asyncssh.SSHClientConnection | None = None
    try:
        options = _options(client, user, password, key, idle)
        connection = await asyncssh.connect(sock=await socket_to(guard, place.server), options=options)
        sftp = await connection.start_sftp_client(path_encoding=None)
        yield Sftp(sftp, place, idle)
    except Refused as error:
        raise FetchError(str(error), "refused") from None
    except (asyncssh.Error, OSError, TimeoutError, ValueError) as error:
        raise _failed(error, client, pinned) from None
    finally:
        if connection:
            connection.abort()
            await connection.wait_closed()


def _options(client: _Client, user: str, password: str, key: str, idle: float) -> asyncssh.SSHClientConnectionOptions:
    """Nothing is read from the files, agents and settings of whoever runs Wiredesk."""
    keys = [asyncssh.import_private_key(key)] if key else None
    return asyncssh.SSHClientConnectionOptions(
        config=None,
        client_factory=lambda: client,
        username=user,
        password=password or None,
        client_keys=keys,
        known_hosts=([], [], []),
        x509_trusted_certs=None,
        agent_path=None,
        gss_host=None,
        gss_kex=False,
        gss_auth=False,
        preferred_auth=["publickey"] if key else ["password", "keyboard-interactive"],
        disable_trivial_auth=True,
        connect_timeout=CONNECT,
        login_timeout=idle,
        keepalive_interval=0,
        compression_algs=["none"],
    )


class Sftp:
    """One connection, standing in one folder."""

    def __init__(self, sftp: asyncssh.SFTPClient, place: Place, idle: float) -> None:
        self._sftp, self._idle = sftp, idle
        folder = place.folder
        is_home = folder in ("", "~") or folder.startswith("~/")
        self._folder = (folder.removeprefix("~").removeprefix("/") or ".") if is_home else f"/{folder.lstrip('/')}"

    async def files(self) -> AsyncGenerator[Listed, None]:
        """Every regular file of the folder; links are not followed."""
        try:
            names = self._sftp.scandir(self._folder.encode())
            while True:
                async with asyncio.timeout(self._idle):
                    one = await anext(names, None)
                if one is None:
                    return
                mode, size = one.attrs.permissions, one.attrs.size
                name = one.filename.encode() if isinstance(one.filename, str) else one.filename
                if size is not None and (mode is None or not stat.S_IFMT(mode) or stat.S_ISREG(mode)):
                    mtime_ns = (one.attrs.mtime or 0) * 10**9 + (one.attrs.mtime_ns or 0)
                    yield Listed(name=name, size=size, mtime_ns=mtime_ns)
        except asyncssh.SFTPError as error:
            raise FetchError(f"The folder cannot be listed ({error.reason[:120]}).", "no-folder") from None

    async def read(self, file: Listed, most: int) -> bytes:
        """The bytes of a file. Refused if the server does not give this one."""
        pieces: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._idle):
                opened_ = await self._sftp.open(self._path(file), "rb")
            try:
                while size < most:
                    async with asyncio.timeout(self._idle):
                        piece = cast(bytes, await opened_.read(min(4 * CHUNK, most - size), size))  # it was opened "rb"
                    if not piece:
                        break
                    pieces.append(piece)
                    size += len(piece)
            finally:
                async with asyncio.timeout(self._idle):
                    await opened_.close()
        except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection):
            raise ConnectionResetError from None
        except asyncssh.SFTPError as error:
            raise Refused(f"the server does not give it ({error.reason[:120]})") from None
        return b"".join(pieces)

    async def remove(self, file: Listed) -> None:
        """Delete a file. Refused if the server does not let us."""
        try:
            async with asyncio.timeout(self._idle):
                await self._sftp.remove(self._path(file))
        except asyncssh.SFTPError as error:
            raise Refused(f"the server does not let us ({error.reason[:120]})") from None

    def _path(self, file: Listed) -> bytes:
        return self._folder.encode().rstrip(b"/") + b"/" + file.name


def _failed(error: Exception, client: _Client, pinned: Collection[str]) -> FetchError:
    match error:
        case asyncssh.HostKeyNotVerifiable() if client.seen and pinned:
            said = (
                f"The server shows another host key than the one that was confirmed: {client.seen}. Nothing was sent "
                "to it. Ask its operator; if the key is theirs, follow the feed again with --host-key."
            )
            return UnknownKey(said, client.seen)
        case asyncssh.HostKeyNotVerifiable() if client.seen:
            return UnknownKey(f"The server's host key {client.seen} was confirmed by nobody.", client.seen)
        case asyncssh.PermissionDenied():
            return FetchError("The server refused the sign-in.", "sign-in")
        case asyncssh.KeyExchangeFailed():
            return FetchError("The server offers no way of encryption that is safe today.", "tls")
        case asyncssh.ConnectionLost():
            return FetchError("The server broke the connection off.", "cut")
        case asyncssh.KeyImportError():
            return FetchError("The private key cannot be read; it must have no passphrase.", "secret")
        case asyncssh.Error():
            return FetchError("The server's answer is not SSH, or breaks its rules.", "malformed")
        case OSError() | TimeoutError():
            return failure(error)
        case _:
            return FetchError("The server's answer is not SSH, or breaks its rules.", "malformed")
