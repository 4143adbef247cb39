"""Real servers on loopback: FTP and FTPS (pyftpdlib), SFTP (asyncssh), IMAP (imapd.py), and one that says what it is told."""

from __future__ import annotations

import asyncio
import socket
import threading
import warnings
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncssh
import trustme

with warnings.catch_warnings():  # pyftpdlib stands on asyncore, which Python 3.11 still has and warns of
    warnings.simplefilter("ignore")
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler
    from pyftpdlib.servers import FTPServer

USER, PASSWORD = "wire", "harbour light"


def _greet_inside(self: Any) -> None:
    self.secure_connection(self.ssl_context)
    FTPHandler.handle(self)


@contextmanager
def ftp(
    folder: Path, *, pem: Path | None = None, can_delete: bool = True, is_inside: bool = False, **settings: Any
) -> Iterator[int]:
    """An FTP server for one user, with TLS demanded where it has a certificate, or `is_inside` it from the start.

    Gives its port.
    """
    authorizer = DummyAuthorizer()
    authorizer.add_user(USER, PASSWORD, str(folder), perm="elrd" if can_delete else "elr")
    about: dict[str, Any] = {"authorizer": authorizer, "banner": "wire ready", **settings}
    if pem:
        about |= {"certfile": str(pem), "tls_control_required": True, "tls_data_required": True, "ssl_context": None}
    if is_inside:
        about["handle"] = _greet_inside
    handler = type("Handler", (TLS_FTPHandler if pem else FTPHandler,), about)
    server = FTPServer(("127.0.0.1", 0), handler)
    ending = threading.Event()

    def serve() -> None:
        while not ending.is_set():
            server.ioloop.loop(0.02, blocking=False)
        server.close_all()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.address[1]
    finally:
        ending.set()
        thread.join(5)


@contextmanager
def looped(begin: Callable[[], Coroutine[Any, Any, Any]], open_: Sequence[Any] = ()) -> Iterator[Any]:
    """A server of asyncio's kind on a loop and thread of its own; `open_` are its connections, to be ended with it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(begin(), loop).result(10)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(_end(server, open_), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _end(server: Any, open_: Sequence[Any]) -> None:
    server.close()
    await asyncio.sleep(0.05)  # what was accepted already becomes a connection first, which can be ended
    for connection in open_:
        connection.abort()
        await connection.wait_closed()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0.02)


class _Account(asyncssh.SSHServer):
    def __init__(self, open_: list[asyncssh.SSHServerConnection]) -> None:
        self._open = open_

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._open.append(conn)

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


@contextmanager
def sftp(
    folder: Path,
    host_key: asyncssh.SSHKey,
    *,
    authorized: str = "",
    server_class: type[asyncssh.SFTPServer] = asyncssh.SFTPServer,
    port: int = 0,
) -> Iterator[int]:
    """An SFTP server that shows one folder as its root. Gives its port."""

    open_: list[asyncssh.SSHServerConnection] = []

    async def begin() -> Any:
        return await asyncssh.listen(
            "127.0.0.1",
            port,
            server_factory=lambda: _Account(open_),
            server_host_keys=[host_key],
            authorized_client_keys=asyncssh.import_authorized_keys(authorized) if authorized else None,
            sftp_factory=lambda channel: server_class(channel, chroot=str(folder).encode()),
            reuse_address=True,
        )

    with looped(begin, open_) as server:
        yield server.sockets[0].getsockname()[1]


@contextmanager
def scripted(say: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does to each connection what it is told. Gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    open_: list[socket.socket] = []

    def one(made: socket.socket) -> None:
        try:
            say(made)
        except OSError:
            pass
        finally:
            made.close()

    def serve() -> None:
        while True:
            try:
                made, _ = listener.accept()
            except OSError:
                return
            open_.append(made)
            threading.Thread(target=one, args=(made,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for made in open_:
            made.close()
        thread.join(5)


def authority(folder: Path) -> tuple[Path, Path]:
    """An authority's certificate, and certificate and key in one file for localhost that it signed."""
    made = trustme.CA()
    root, pem = folder / "root.pem", folder / "server.pem"
    made.cert_pem.write_to_path(str(root))
    made.issue_cert("localhost", "127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(pem))
    return root, pem
