"""A mailbox over real IMAP: whose messages are taken, what is left alone, how the connection is kept secret."""

from __future__ import annotations

import asyncio
import imaplib
import ipaddress
import socket
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.wires import imapd, servers
from tests.wires.imapd import Mailbox
from tests.wires.servers import PASSWORD, USER
from wiredesk.news.formats.reading.sender import Wanted
from wiredesk.wires import imap, mailbox
from wiredesk.wires.fetch import FetchError
from wiredesk.wires.guard import Guard
from wiredesk.wires.mailbox import Caps, Cursor, Look
from wiredesk.wires.places import place_of

LOOPBACK = Guard(allow=(ipaddress.ip_network("127.0.0.0/8"),))
NOTHING = Cursor()
AGENCY = Wanted(senders=("wire@coast.example", "lantern.example"))


def mail(number: int = 1, sender: str = "Coast Agency <wire@coast.example>", extra: str = "", text: str = "") -> bytes:
    """One message as it is sent."""
    return (
        f"{extra}From: {sender}\nTo: desk@paper.example\nSubject: Harbour {number}\nMessage-ID: <{number}@coast.example>\n"
        f"Date: Sun, 01 Mar 2026 10:00:0{number % 10} +0000\n\n{text or f'Boats came in, number {number}.'}\n"
    ).encode()


def look(port: int, cursor: Cursor = NOTHING, *, wanted: Wanted = AGENCY, folder: str = "INBOX", **about: Any) -> Look:
    scheme, host = about.pop("scheme", "imap"), about.pop("host", "127.0.0.1")
    signs = {"user": USER, "password": about.pop("password", PASSWORD), "idle": about.pop("idle", 1)}

    async def run() -> Look:
        async with imap.opened(LOOPBACK, place_of(f"{scheme}://{host}:{port}/{folder}"), **signs) as there:
            return await mailbox.look(there, folder, cursor, wanted, **about)

    return asyncio.run(run())


def failure(port: int, **about: Any) -> FetchError:
    with pytest.raises(FetchError) as failed:
        look(port, **about)
    return failed.value


def left(found: Look) -> list[tuple[str, int]]:
    """Why messages were left, and how many of each."""
    return Counter(one.left for one in found.mails if one.left).most_common()


def numbers(found: Look) -> list[int]:
    return [one.cursor.uid for one in found.mails if one.drop]


def test_the_server_of_these_tests_is_one_that_another_client_understands() -> None:
    box = Mailbox()
    box.put(mail())

    with imapd.serve(box) as port, imaplib.IMAP4("127.0.0.1", port) as client:
        client.login(USER, PASSWORD)
        client.select("INBOX")
        _, answer = client.uid("FETCH", "1:*", "(BODY[HEADER] RFC822.SIZE FLAGS)")

    assert b"Subject: Harbour 1" in answer[0][1]  # type: ignore[index]
    assert box.folders["INBOX"][0].flags == {"\\Seen"}


def test_each_message_is_taken_once_in_order_and_left_as_it_was() -> None:
    box = Mailbox()
    for number in (1, 2):
        box.put(mail(number))

    with imapd.serve(box) as port:
        first = look(port)
        box.put(mail(3))
        second = look(port, first.cursor)
        third = look(port, second.cursor)

    assert [numbers(one) for one in (first, second, third)] == [[1, 2], [3], []]
    assert first.mails[0].drop and first.mails[0].drop.body == mail(1).replace(b"\n", b"\r\n")
    assert second.cursor == third.cursor == Cursor(validity=7, uid=3)
    assert [one.flags for one in box.folders["INBOX"]] == [set()] * 3
    assert not [said for said in box.said if said.startswith(("SELECT", "UID STORE", "EXPUNGE"))]


def test_messages_are_marked_as_seen_only_if_asked_and_only_those_taken() -> None:
    box = Mailbox()
    box.put(mail(1))
    box.put(mail(2, "stranger@else.example"))

    with imapd.serve(box) as port:
        look(port, marks=True)

    assert [one.flags for one in box.folders["INBOX"]] == [{"\\Seen"}, set()]


def test_only_listed_senders_are_taken_and_of_others_no_body_is_asked_for() -> None:
    box = Mailbox()
    for number, sender in enumerate(
        ["wire@coast.example", "Spam <x@spam.example>", "Anyone <a@lantern.example>", "a@b@c", "b@sub.lantern.example"]
    ):
        box.put(mail(number, sender))

    with imapd.serve(box) as port:
        found = look(port)

    assert numbers(found) == [1, 3]
    assert left(found) == [
        ("its sender is not listed", 2),
        ("its From line does not name one address that can be read", 1),
    ]
    assert [said.split()[2] for said in box.said if "BODY.PEEK[])" in said] == ["1", "3"]


def test_where_a_server_is_named_only_what_it_vouches_for_is_taken() -> None:
    box = Mailbox()
    good = "Authentication-Results: mx.paper.example; dkim=pass header.d=coast.example\n"
    forged = "Authentication-Results: mx.evil.example; dkim=pass header.d=coast.example\n"
    for number, extra in enumerate((good, forged, "")):
        box.put(mail(number, extra=extra))

    with imapd.serve(box) as port:
        found = look(port, wanted=replace_(AGENCY, authserv_id="mx.paper.example"))

    assert numbers(found) == [1]
    assert left(found) == [("mx.paper.example does not say that it comes from coast.example: it may be forged", 2)]


def replace_(wanted: Wanted, **changes: Any) -> Wanted:
    return Wanted(**{"senders": wanted.senders, "authserv_id": wanted.authserv_id, **changes})


def test_first_sight_takes_the_newest_and_a_new_numbering_is_first_sight() -> None:
    box = Mailbox()
    for number in range(30):
        box.put(mail(number))

    with imapd.serve(box) as port:
        first = look(port, newest=5)
        box.validity = 8
        anew = look(port, first.cursor, newest=3)
        every = look(port, newest=None)

    assert (numbers(first), first.is_anew) == ([26, 27, 28, 29, 30], False)
    assert (numbers(anew), anew.is_anew, anew.cursor) == ([28, 29, 30], True, Cursor(validity=8, uid=30))
    assert len(every.mails) == 30


def test_what_is_over_the_caps_of_a_look_waits_for_the_next() -> None:
    box = Mailbox()
    for number in range(5):
        box.put(mail(number))

    with imapd.serve(box) as port:
        first = look(port, caps=Caps(messages=2))
        second = look(port, first.cursor, caps=Caps(size=10))

    assert (numbers(first), first.has_more) == ([1, 2], True)
    assert (numbers(second), second.has_more) == ([3], True)


def test_a_message_that_is_too_large_is_said_and_not_asked_for() -> None:
    box = Mailbox()
    box.put(mail(1, text="x" * 5_000))
    box.put(mail(2))

    with imapd.serve(box) as port:
        found = look(port, caps=Caps(message=1_000))

    assert [(one.drop.error, bool(one.drop.body)) for one in found.mails if one.drop] == [
        ("larger than 0 MB", False),
        ("", True),
    ]


def test_a_server_that_lies_about_a_size_is_not_believed() -> None:
    box = Mailbox(sizes_lie_by=-4_900)
    box.put(mail(1, text="x" * 5_000))

    with imapd.serve(box) as port:
        failed = failure(port, caps=Caps(message=1_000))

    assert str(failed) == "The server sends a message larger than it said."


def test_folders_have_names_in_any_script() -> None:
    box = Mailbox(folders={"INBOX": [], "H&AOQ-fen & Meer".replace(" & ", " &- "): []})
    box.put(mail(1), "H&AOQ-fen &- Meer")

    assert imap.encoded("\u53f0\u5317") == "&U,BTFw-"  # RFC 3501 section 5.1.3
    with imapd.serve(box) as port:

        async def run() -> Look:
            async with imap.opened(
                LOOPBACK, place_of(f"imap://127.0.0.1:{port}"), user=USER, password=PASSWORD
            ) as there:
                return await mailbox.look(there, "H\xe4fen & Meer", Cursor(), AGENCY)

        assert numbers(asyncio.run(run())) == [1]
        assert str(failure(port, folder="Nowhere")) == "The mailbox has no such folder."


def test_an_empty_mailbox_is_no_fault() -> None:
    with imapd.serve(Mailbox()) as port:
        assert look(port).cursor == Cursor(validity=7, uid=0)


# Signing in


@pytest.mark.parametrize("capabilities", ["AUTH=PLAIN", ""])
@pytest.mark.parametrize("password", [PASSWORD, 'wr\xf6ng " one'])
def test_signing_in_is_by_plain_or_by_login(capabilities: str, password: str) -> None:
    with imapd.serve(Mailbox(capabilities=capabilities)) as port:
        if password == PASSWORD:
            assert look(port, password=password).mails == []
        else:
            assert failure(port, password=password).outcome == "sign-in"


def test_a_server_that_wants_another_way_of_signing_in_is_told_apart() -> None:
    with imapd.serve(Mailbox(capabilities="LOGINDISABLED AUTH=XOAUTH2")) as port:
        assert "another way of signing in" in str(failure(port))


def test_imaps_and_starttls_sign_in_inside_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, pem = servers.authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(root))
    box = Mailbox()
    box.put(mail())

    with imapd.serve(box, pem=pem, is_inside=True) as port:
        assert numbers(look(port, scheme="imaps")) == [1]
    with imapd.serve(box, pem=pem) as port:
        assert numbers(look(port)) == [1]
    assert "STARTTLS" in box.said


@pytest.mark.parametrize("is_inside", [True, False])
def test_a_certificate_that_no_authority_signed_gets_no_password(tmp_path: Path, is_inside: bool) -> None:
    _, pem = servers.authority(tmp_path)
    box = Mailbox()

    with imapd.serve(box, pem=pem, is_inside=is_inside) as port:
        failed = failure(port, scheme="imaps" if is_inside else "imap")

    assert failed.outcome == "certificate"
    assert "AUTHENTICATE" not in box.said


def test_what_was_slipped_in_before_tls_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slip(made: socket.socket) -> None:
        made.sendall(b"* OK ready\r\n")
        made.recv(1000)
        made.sendall(b"* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\nW1 OK\r\n")
        made.recv(1000)
        made.sendall(b"W2 OK begin\r\n* CAPABILITY AUTH=PLAIN\r\nW3 OK\r\nW4 OK\r\n")
        time.sleep(1)

    with servers.scripted(slip) as port:
        assert failure(port).outcome in ("tls", "timeout", "cut", "unreachable")


def test_a_password_is_not_sent_in_the_open_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    box = Mailbox()
    monkeypatch.setattr("wiredesk.wires.channel.Channel.peer", "192.0.2.1")

    with imapd.serve(box) as port:
        failed = failure(port)
        monkeypatch.undo()

    assert (
        str(failed) == "The server offers no secure connection, and the sign-in is not sent without; see --in-the-open."
    )
    assert "AUTHENTICATE" not in box.said


# Hostile servers


def imap_saying(*answers: bytes) -> Callable[[socket.socket], None]:
    """A server that greets, says what it can do, lets in, and then gives these answers, one to each command."""

    def say(made: socket.socket) -> None:
        made.sendall(b"* OK ready\r\n")
        usual = [b"* CAPABILITY IMAP4rev1\r\nTAG OK\r\n", b"+ \r\n", b"+ \r\n", b"TAG OK\r\n"]
        tag = b""
        lines = made.makefile("rb")
        with lines:
            for answer in (*usual, *answers):
                line = lines.readline() if not answer.startswith(b"TAG") or tag == b"" else lines.readline()
                tag = line.split(b" ")[0] if line.startswith(b"W") else tag
                made.sendall(answer.replace(b"TAG", tag))
            time.sleep(3)

    return say


OPENED = b"* 1 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\nTAG OK\r\n"
ONE = b"* 1 FETCH (UID 1 RFC822.SIZE 100)\r\nTAG OK\r\n"


@pytest.mark.parametrize(
    "say",
    [
        pytest.param(lambda made: time.sleep(3), id="silent"),
        pytest.param(lambda made: None, id="closed at once"),
        pytest.param(lambda made: made.sendall(b"220 smtp\r\n"), id="another protocol"),
        pytest.param(lambda made: made.sendall(b"* OK " + b"x" * 200_000), id="a line without end"),
        pytest.param(lambda made: made.sendall(b"* BYE full\r\n"), id="full"),
        pytest.param(imap_saying(b"TAG OK\r\n"), id="a folder without a numbering"),
        pytest.param(imap_saying(OPENED, b"* 1 FETCH (UID 1 BODY[] {9999999999}\r\n"), id="a literal of ten gigabytes"),
        pytest.param(
            imap_saying(OPENED, b"* 1 FETCH (UID 1 X {1}\r\na {1}\r\na" + b" {1}\r\na" * 60 + b")\r\n"),
            id="many literals",
        ),
        pytest.param(
            imap_saying(
                OPENED, ONE, b"* 1 FETCH (UID 1 BODY[HEADER]<0> {70000}\r\n" + b"x" * 70_000 + b")\r\nTAG OK\r\n"
            ),
            id="a header longer than asked",
        ),
        pytest.param(imap_saying(OPENED, b"garbage\r\n"), id="noise"),
        pytest.param(imap_saying(OPENED, b"TAG NO never\r\n"), id="no"),
    ],
)
def test_a_hostile_server_gets_an_answer_in_words(say: Callable[[socket.socket], None]) -> None:
    began = time.monotonic()
    with servers.scripted(say) as port:
        failed = failure(port)

    assert str(failed).endswith(".")
    assert time.monotonic() - began < 4


@pytest.mark.parametrize(
    "answer",
    [
        b"* 1 FETCH (UID x RFC822.SIZE y)\r\n* 2 FETCH UID\r\n* 3 FETCH (((((((\r\n* 4 FETCH ())))\r\n* FETCH\r\nTAG OK\r\n",
        b'* 1 FETCH (FLAGS (\\Seen (a (b))) UID 1 ENVELOPE ("a" NIL ((NIL NIL))))\r\n* 9 EXPUNGE\r\nTAG OK\r\n',
    ],
)
def test_answers_that_make_no_sense_are_read_over(answer: bytes) -> None:
    with servers.scripted(imap_saying(OPENED, answer, b"TAG OK\r\n", b"TAG OK\r\n")) as port:
        assert numbers(look(port)) == []


def test_what_was_read_before_the_connection_broke_is_kept() -> None:
    head = b"From: wire@coast.example\r\n\r\n"
    both = b"".join(b"* %d FETCH (UID %d RFC822.SIZE 40)\r\n" % (uid, uid) for uid in (1, 2)) + b"TAG OK\r\n"
    heads = (
        b"".join(b"* %d FETCH (UID %d BODY[HEADER]<0> {%d}\r\n%s)\r\n" % (uid, uid, len(head), head) for uid in (1, 2))
        + b"TAG OK\r\n"
    )
    body = b'* 1 FETCH (BODY[] "From: wire@coast.example" UID 1)\r\nTAG OK\r\n'

    with servers.scripted(imap_saying(OPENED, both, heads, body, b"* 2 FETCH (BODY[] {400}\r\nhalf")) as port:
        found = look(port)

    assert (numbers(found), found.cursor, bool(found.error)) == ([1], Cursor(validity=1, uid=1), True)
    assert found.mails[0].drop and found.mails[0].drop.body == b"From: wire@coast.example"
