"""Mails go to the address that was judged, packed by TLS where others could read them, and say what became of them."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from socket import create_server, socket
from typing import Any, Literal

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from wiredesk.news.call import Mail, Undelivered
from wiredesk.wires.mailing import hand_over

pytestmark = pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:aiosmtpd")


class Box:
    def __init__(self) -> None:
        self.taken: list[tuple[bytes, bool]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append((bytes(envelope.content), session.ssl is not None))
        return "250 taken"


class Server(Controller):
    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for mail.example and its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    begin = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("mail.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, secret = tmp_path / "cert.pem", tmp_path / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return cert, secret


@pytest.fixture
def secured(certificate: tuple[Path, Path]) -> Iterator[tuple[Box, Server]]:
    box = Box()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server = Server(box, hostname="127.0.0.1", port=0, tls_context=context, require_starttls=True)
    server.start()
    yield box, server
    server.stop()


def mail(port: int, security: Literal["tls", "starttls"] = "starttls", **changes: Any) -> Mail:
    given: dict[str, Any] = {
        "host": "mail.example", "port": port, "security": security, "sender": "desk@wire.example",
        "recipients": ("ann@paper.example",), "message": b"Subject: Ferry\r\n\r\nIt left.\r\n",
    }  # fmt: skip
    return Mail(**{**given, **changes})


def test_a_mail_is_packed_before_it_leaves(
    secured: tuple[Box, Server], certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    reply = hand_over(mail(secured[1].port), "127.0.0.1", is_own=False, timeout=3)

    assert reply.status == 250
    assert [(b"It left." in content, is_packed) for content, is_packed in secured[0].taken] == [(True, True)]


def test_a_server_whose_certificate_nobody_signed_gets_no_mail(secured: tuple[Box, Server]) -> None:
    with pytest.raises(Undelivered, match="secure connection") as caught:
        hand_over(mail(secured[1].port), "127.0.0.1", is_own=False, timeout=3)

    assert (secured[0].taken, caught.value.was_sent) == ([], False)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_that_speaks_in_the_open_gets_no_mail(security: Literal["tls", "starttls"]) -> None:
    box = Box()
    server = Server(box, hostname="127.0.0.1", port=0)
    server.start()
    try:
        with pytest.raises(Undelivered, match="secure connection") as caught:
            hand_over(mail(server.port, security), "127.0.0.1", is_own=False, timeout=3)
    finally:
        server.stop()

    assert (box.taken, caught.value.was_sent) == ([], False)


def test_in_a_network_of_our_own_neither_is_asked_for() -> None:
    box = Box()
    server = Server(box, hostname="127.0.0.1", port=0)
    server.start()
    try:
        reply = hand_over(mail(server.port), "127.0.0.1", is_own=True, timeout=3)
    finally:
        server.stop()

    assert (reply.status, box.taken[0][1]) == (250, False)


class Scripted:
    """A server that says these lines, one for each line it hears; then it is gone."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        self.heard: list[bytes] = []
        self._socket: socket = create_server((str(ip_address("127.0.0.1")), 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._talk, daemon=True)
        self._thread.start()

    def _talk(self) -> None:
        connection, _ = self._socket.accept()
        self._socket.close()
        with contextlib.suppress(ConnectionError), connection, connection.makefile("rb") as heard:
            for line in self.lines:
                connection.sendall(f"{line}\r\n".encode())
                self.heard.append(heard.readline())

    def end(self) -> None:
        self._thread.join(5)


HELLO = ("220 hello", "250 mail.example", "250 sender is good", "250 recipient is good")


@pytest.mark.parametrize(
    ("lines", "was_sent"),
    [((), False), (HELLO[:1], False), (HELLO[:3], False), ((*HELLO, "354 go on"), True)],
)
def test_a_server_that_breaks_off_is_told_apart_by_what_it_may_have(lines: tuple[str, ...], was_sent: bool) -> None:
    server = Scripted(*lines)
    with pytest.raises(Undelivered) as caught:
        hand_over(mail(server.port), "127.0.0.1", is_own=True, timeout=3)
    server.end()

    assert caught.value.was_sent is was_sent


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (("554 go away",), 554),
        ((*HELLO[:2], "450 later"), 450),
        ((*HELLO[:3], "550 no such person", "250 reset"), 550),
        ((*HELLO, "451 not now"), 451),
    ],
)
def test_what_a_server_refuses_comes_back_as_it_said_it(lines: tuple[str, ...], status: int) -> None:
    server = Scripted(*lines)
    reply = hand_over(mail(server.port), "127.0.0.1", is_own=True, timeout=3)
    server.end()

    assert reply.status == status


def test_a_login_is_not_offered_where_there_is_none() -> None:
    server = Scripted(*HELLO)
    with pytest.raises(Undelivered, match="login"):
        hand_over(mail(server.port, user="desk", password="x"), "127.0.0.1", is_own=True, timeout=3)
    server.end()
