"""Folders of other machines over real FTP, FTPS and SFTP: what is read, when, what is never asked for, what is refused."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
import struct
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from tests.wires import servers
from tests.wires.servers import PASSWORD, USER
from wiredesk.wires import channel, ftp, remote, sftp
from wiredesk.wires.fetch import FetchError
from wiredesk.wires.folder import Seen
from wiredesk.wires.guard import Guard, Refused
from wiredesk.wires.places import place_of
from wiredesk.wires.remote import Caps, Folder, Listed, Look

LOOPBACK = Guard(allow=(ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1")))
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CAPS = Caps(settled=0.05, seconds=10)
HOST_KEY = asyncssh.generate_private_key("ssh-ed25519")
PINNED = HOST_KEY.get_fingerprint("sha256").rstrip("=")
Opened = Callable[[], AbstractAsyncContextManager[Folder]]


def over_ftp(
    port: int, folder: str = "", *, password: str = PASSWORD, scheme: str = "ftp", guard: Guard = LOOPBACK
) -> Opened:
    place = place_of(f"{scheme}://{USER}@127.0.0.1:{port}/{folder}")
    return lambda: ftp.opened(guard, place, user=USER, password=password, now=NOW, idle=1)


def over_sftp(port: int, folder: str = "", *, pinned: tuple[str, ...] = (PINNED,), **about: Any) -> Opened:
    place = place_of(f"sftp://{USER}@127.0.0.1:{port}/{folder}")
    return lambda: sftp.opened(LOOPBACK, place, user=USER, pinned=pinned, idle=2, **({"password": PASSWORD} | about))


def look(opened: Opened, seen: dict[str, Seen] | None = None, *, caps: Caps = CAPS, removes: bool = False) -> Look:
    async def run() -> Look:
        async with opened() as folder:
            return await remote.look(folder, seen or {}, removes=removes, caps=caps)

    return asyncio.run(run())


def failure(opened: Opened) -> FetchError:
    with pytest.raises(FetchError) as failed:
        look(opened)
    return failed.value


def put(path: Path, body: bytes = b"copy", age: int = 100) -> Path:
    path.write_bytes(body)
    os.utime(path, (int(time.time()) - age, int(time.time()) - age))
    return path


def as_seen(found: Look) -> dict[str, Seen]:
    return {drop.name: Seen(size=drop.size, mtime_ns=drop.mtime_ns) for drop in found.drops}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "wire"
    made.mkdir()
    return made


@pytest.fixture(params=["ftp", "sftp"])
def opened(request: pytest.FixtureRequest, folder: Path) -> Any:
    if request.param == "ftp":
        with servers.ftp(folder) as port:
            yield over_ftp(port)
    else:
        with servers.sftp(folder, HOST_KEY) as port:
            yield over_sftp(port)


def test_files_come_oldest_first_and_stay_where_they_are(opened: Opened, folder: Path) -> None:
    put(folder / "b.xml", b"second", age=50)
    put(folder / "a.xml", b"third", age=10)
    put(folder / "c \xe9.xml", b"first", age=90)

    found = look(opened)

    assert [(drop.name, drop.body) for drop in found.drops] == [
        ("c \xe9.xml", b"first"),
        ("b.xml", b"second"),
        ("a.xml", b"third"),
    ]
    assert (found.error, found.has_more, len(list(folder.iterdir()))) == ("", False, 3)


def test_a_file_is_read_again_only_when_it_changes(opened: Opened, folder: Path) -> None:
    put(folder / "a.xml")
    seen = as_seen(look(opened))

    assert look(opened, seen).drops == []
    put(folder / "a.xml", b"corrected", age=5)
    assert [drop.body for drop in look(opened, seen).drops] == [b"corrected"]


def test_a_file_that_grows_is_left_until_it_has_stopped(opened: Opened, folder: Path) -> None:
    put(folder / "whole.xml")
    growing = put(folder / "growing.xml", b"half")

    async def run() -> Look:
        async with opened() as there:
            listing = there.files

            def files() -> AsyncGenerator[Listed, None]:
                growing.write_bytes(growing.read_bytes() + b" and a bit")
                return listing()

            there.files = files  # type: ignore[method-assign]  # a writer that is at work at every look
            return await remote.look(there, {}, caps=CAPS)

    assert [drop.name for drop in asyncio.run(run()).drops] == ["whole.xml"]
    assert sorted(drop.name for drop in look(opened).drops) == ["growing.xml", "whole.xml"]


def test_folders_links_and_unfinished_files_are_not_read(opened: Opened, folder: Path) -> None:
    put(folder / ".hidden")
    put(folder / "a.xml.part")
    (folder / "deep").mkdir()
    put(folder / "deep" / "c.xml")
    put(folder / "good.xml")

    assert [drop.name for drop in look(opened).drops] == ["good.xml"]


def test_a_file_that_is_too_large_is_named_and_not_read(opened: Opened, folder: Path) -> None:
    put(folder / "a.xml", b"x" * 11)

    (drop,) = look(opened, caps=replace(CAPS, file=10)).drops

    assert (drop.body, drop.error) == (b"", "larger than 0 MB")


def test_what_is_over_the_caps_of_a_look_waits_for_the_next(opened: Opened, folder: Path) -> None:
    for number in range(5):
        put(folder / f"{number}.xml", b"x" * 10, age=100 - number)

    by_number = look(opened, caps=replace(CAPS, files=2))
    by_size = look(opened, caps=replace(CAPS, size=25))

    assert ([drop.name for drop in by_number.drops], by_number.has_more) == (["0.xml", "1.xml"], True)
    assert ([drop.name for drop in by_size.drops], by_size.has_more) == (["0.xml", "1.xml", "2.xml"], True)


def test_more_names_than_the_cap_are_said_and_those_before_are_read(opened: Opened, folder: Path) -> None:
    for number in range(30):
        put(folder / f"{number}.xml")

    found = look(opened, caps=replace(CAPS, names=20))

    assert "more than 20 names" in found.error
    assert 10 <= len(found.drops) <= 20


def test_only_what_the_desk_has_kept_is_removed_and_only_if_asked(opened: Opened, folder: Path) -> None:
    for name in ("kept.xml", "too-large.xml", "changed.xml"):
        put(folder / name)
    seen = as_seen(look(opened))
    seen["too-large.xml"] = replace(seen["too-large.xml"], is_kept=False)
    put(folder / "changed.xml", b"a later state", age=3)
    put(folder / "new.xml")

    assert look(opened, seen).removed == 0
    found = look(opened, seen, removes=True)

    assert (found.removed, sorted(drop.name for drop in found.drops)) == (1, ["changed.xml", "new.xml"])
    assert sorted(path.name for path in folder.iterdir()) == ["changed.xml", "new.xml", "too-large.xml"]


def test_a_folder_below_can_be_named_and_one_that_is_not_there_is_said(folder: Path) -> None:
    (folder / "out").mkdir()
    put(folder / "out" / "a.xml")

    with servers.ftp(folder) as port:
        assert [drop.name for drop in look(over_ftp(port, "out")).drops] == ["a.xml"]
        assert "folder cannot be opened" in str(failure(over_ftp(port, "nowhere")))
    with servers.sftp(folder, HOST_KEY) as port:
        assert [drop.name for drop in look(over_sftp(port, "out")).drops] == ["a.xml"]
        assert [drop.name for drop in look(over_sftp(port, "~/out")).drops] == ["a.xml"]
        assert "folder cannot be listed" in str(failure(over_sftp(port, "nowhere")))


def test_a_wrong_password_is_said_as_that(folder: Path) -> None:
    with servers.ftp(folder, auth_failed_timeout=0.1) as port:
        refused = failure(over_ftp(port, password="wrong"))
    with servers.sftp(folder, HOST_KEY) as port:
        refused_too = failure(over_sftp(port, password="wrong"))

    assert [str(refused), refused.outcome] == ["The server refused the sign-in.", "sign-in"]
    assert [str(refused_too), refused_too.outcome] == ["The server refused the sign-in.", "sign-in"]


def test_removing_that_the_server_forbids_is_said(folder: Path) -> None:
    put(folder / "a.xml")
    with servers.ftp(folder, can_delete=False) as port:
        seen = as_seen(look(over_ftp(port)))
        found = look(over_ftp(port), seen, removes=True)

    assert found.removed == 0
    assert found.error.startswith("a.xml cannot be removed: the server does not let us")


# FTP inside TLS


def test_ftps_signs_in_and_reads_inside_tls(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, pem = servers.authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(root))
    put(folder / "a.xml", b"x" * 300_000)

    with servers.ftp(folder, pem=pem) as port:
        (drop,) = look(over_ftp(port, scheme="ftps")).drops

    assert drop.body == b"x" * 300_000


def test_at_its_own_port_ftp_is_inside_tls_from_the_start(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, pem = servers.authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(root))
    put(folder / "a.xml")

    with servers.ftp(folder, pem=pem, is_inside=True) as port:
        monkeypatch.setattr(ftp, "IMPLICIT", port)
        assert [drop.body for drop in look(over_ftp(port, scheme="ftps")).drops] == [b"copy"]


def test_ftps_refuses_a_certificate_that_no_authority_signed(folder: Path, tmp_path: Path) -> None:
    _, pem = servers.authority(tmp_path)

    with servers.ftp(folder, pem=pem) as port:
        failed = failure(over_ftp(port, scheme="ftps"))

    assert failed.outcome == "certificate"


def test_ftps_sends_no_password_to_a_server_without_tls(folder: Path) -> None:
    with servers.ftp(folder) as port:
        failed = failure(over_ftp(port, scheme="ftps"))

    assert str(failed).startswith("The server offers no secure connection; nothing was sent")


def test_ftps_data_goes_on_in_the_session_that_signed_in(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many servers refuse a data connection that does not; OpenSSL's own client side says whether it did."""
    root, pem = servers.authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(root))
    put(folder / "a.xml")
    reused: list[bool] = []
    over = channel.Channel.over

    async def watched(made: socket.socket, **about: Any) -> channel.Channel:
        opened = await over(made, **about)
        secured = opened._writer.get_extra_info("ssl_object")
        reused.append(bool(secured and secured.session_reused))
        return opened

    monkeypatch.setattr(channel.Channel, "over", watched)
    with servers.ftp(folder, pem=pem) as port:
        assert [drop.body for drop in look(over_ftp(port, scheme="ftps")).drops] == [b"copy"]

    assert reused[0] is False  # the control connection, which begins in the open
    assert all(reused[1:]) and len(reused) == 4


# SFTP host keys


def test_a_host_key_that_nobody_confirmed_is_shown_and_not_signed_in_to(folder: Path) -> None:
    with servers.sftp(folder, HOST_KEY) as port:
        failed = failure(over_sftp(port, pinned=()))

    assert isinstance(failed, remote.UnknownKey)
    assert (failed.fingerprint, failed.outcome) == (PINNED, "host-key")


def test_another_host_key_than_the_confirmed_one_gets_no_password(folder: Path) -> None:
    asked: list[str] = []

    class Listening(asyncssh.SFTPServer):
        def __init__(self, channel: Any, chroot: bytes) -> None:
            asked.append("signed in")
            super().__init__(channel, chroot=chroot)

    other = asyncssh.generate_private_key("ssh-ed25519")
    with servers.sftp(folder, other, server_class=Listening) as port:
        failed = failure(over_sftp(port))

    assert "shows another host key than the one that was confirmed" in str(failed)
    assert asked == []


def test_a_private_key_signs_in_and_the_users_own_keys_and_files_do_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder / "a.xml")
    ours = asyncssh.generate_private_key("ssh-ed25519")
    text, authorized = ours.export_private_key().decode(), ours.export_public_key().decode()
    home = folder.parent / "home"
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh" / "id_ed25519").write_text(text)
    (home / ".ssh" / "id_ed25519").chmod(0o600)
    monkeypatch.setenv("HOME", str(home))

    with servers.sftp(folder, HOST_KEY, authorized=authorized) as port:
        found = look(over_sftp(port, key=text, password=""))
        refused = failure(over_sftp(port, password="wrong"))

    assert [drop.name for drop in found.drops] == ["a.xml"]
    assert refused.outcome == "sign-in"


def test_a_key_that_cannot_be_read_is_said(folder: Path) -> None:
    with servers.sftp(folder, HOST_KEY) as port:
        failed = failure(over_sftp(port, key="-----BEGIN OPENSSH PRIVATE KEY-----\nnone", password=""))

    assert str(failed) == "The private key cannot be read; it must have no passphrase."


# Where nothing is asked


def test_the_guard_judges_these_servers_too(folder: Path) -> None:
    with servers.ftp(folder) as port:
        failed = failure(over_ftp(port, guard=Guard()))

    assert (str(failed), failed.outcome) == ("The address is not on the public internet.", "refused")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sftp://wire:secret@host.example/", "password"),
        ("ftp://host.example:25/", "Port 25"),
        ("ftp://host.example/a/../../etc", "cannot be asked"),
        ("ftp://host.example/a%0D%0ADELE%20b", "cannot be asked"),
        ("sftp://host.example/a?b", "? or #"),
        ("gopher://host.example/", "ftp"),
        ("ftp:///a", "no host"),
        ("ftp://host.example:99999/", "malformed"),
        ("ftp://host.example/a b", "malformed"),
    ],
)
def test_addresses_that_are_not_asked(url: str, why: str) -> None:
    with pytest.raises(Refused, match=why.replace("?", r"\?")):
        place_of(url)


def test_an_address_has_one_form() -> None:
    urls = ["sftp://A@Host.Example:22/dir/", "ftp://host.example//abs/x", "imaps://wire%40agency.example@host.example"]

    assert [place_of(url).url for url in urls] == [
        "sftp://A@host.example/dir",
        "ftp://host.example//abs/x",
        "imaps://wire%40agency.example@host.example/INBOX",
    ]


# Hostile servers


def ftp_saying(
    listing: bytes = b"",
    *,
    pasv: str = "",
    replies: dict[str, bytes] | None = None,
    body: bytes = b"",
    hangs_up_at: str = "",
) -> Callable[[socket.socket], None]:
    """An FTP server that lists and sends what it is given, whatever is asked."""

    def say(made: socket.socket) -> None:
        made.sendall(b"220-hello\r\n 220 in the middle\r\n220 ready\r\n")
        with ExitStack() as waiting:
            talk(made, waiting)

    def talk(made: socket.socket, waiting: ExitStack) -> None:
        data: socket.socket | None = None
        for line in waiting.enter_context(made.makefile("rb")):
            verb = line.split()[0].decode()
            if replies and verb in replies:
                made.sendall(replies[verb])
                if verb == hangs_up_at:
                    return
            elif verb == "FEAT":
                made.sendall(b"211-Features\r\n MLST type*;size*;modify*;\r\n211 End\r\n")
            elif verb == "EPSV":
                made.sendall(b"500 not here\r\n")
            elif verb == "PASV":
                data = waiting.enter_context(socket.create_server(("127.0.0.1", 0)))
                port = data.getsockname()[1]
                said = pasv or f"127,0,0,1,{port // 256},{port % 256}"
                made.sendall(f"227 Entering ({said.replace('PORT', f'{port // 256},{port % 256}')})\r\n".encode())
            elif verb in ("MLSD", "LIST", "RETR"):
                assert data
                made.sendall(b"150 here it comes\r\n")
                with data.accept()[0] as to:
                    to.sendall(listing if verb != "RETR" else body)
                made.sendall(b"226 done\r\n")
            else:
                made.sendall(b"230 yes\r\n")

    return say


def fact(name: bytes, size: int = 4) -> bytes:
    return b"type=file;size=%d;modify=20260301100000; %s\r\n" % (size, name)


def test_names_that_are_paths_or_commands_are_never_asked_for() -> None:
    odd = [b"../up", b"/etc/passwd", b"a/b", b"a\\b", b"a\x00b", b"\x1b[2J", b"x" * 300, b"a\rDELE b"]
    listing = b"".join(map(fact, (b"..", b".", *odd, b"good.xml")))

    with servers.scripted(ftp_saying(listing, body=b"copy")) as port:
        found = look(over_ftp(port))

    assert [(drop.name, drop.body) for drop in found.drops] == [("good.xml", b"copy")]
    assert found.error == "8 files have names that are not asked for, such as '../up'."


def test_a_data_connection_goes_to_the_server_whatever_it_says(folder: Path) -> None:
    with servers.scripted(ftp_saying(fact(b"a.xml"), pasv="10,9,8,7,PORT", body=b"copy")) as port:
        assert [drop.body for drop in look(over_ftp(port)).drops] == [b"copy"]
    with servers.scripted(ftp_saying(pasv="127,0,0,1,0,22")) as port:
        assert "names no port" in str(failure(over_ftp(port)))


@pytest.mark.parametrize(("listed", "said"), [(4, "sent more than that"), (400, "sent 11")])
def test_a_server_that_lies_about_a_size_is_said_and_not_believed(listed: int, said: str) -> None:
    with servers.scripted(ftp_saying(fact(b"a.xml", listed), body=b"eleven char")) as port:
        (drop,) = look(over_ftp(port)).drops

    assert drop.error == f"the server lists {listed} bytes and {said}"
    assert drop.body == b""


@pytest.mark.parametrize(
    "say",
    [
        pytest.param(lambda made: time.sleep(5), id="silent"),
        pytest.param(lambda made: made.sendall(b"2" * 200_000), id="a line without end"),
        pytest.param(lambda made: made.sendall(b"220-x\r\n" * 5000), id="a reply without end"),
        pytest.param(lambda made: made.sendall(b"SSH-2.0-x\r\n"), id="another protocol"),
        pytest.param(lambda made: None, id="closed at once"),
        pytest.param(ftp_saying(b"x" * 3_000_000), id="a listing of one line"),
        pytest.param(ftp_saying(replies={"MLSD": b"550 no\r\n"}), id="no listing"),
        pytest.param(ftp_saying(replies={"USER": b"\xff\xfe\r\n"}), id="no reply at all"),
    ],
)
def test_a_hostile_ftp_server_gets_an_answer_in_words(say: Callable[[socket.socket], None]) -> None:
    began = time.monotonic()
    with servers.scripted(say) as port:
        failed = failure(over_ftp(port))

    assert str(failed).endswith(".")
    assert time.monotonic() - began < 4


@pytest.mark.parametrize(
    "say",
    [
        pytest.param(lambda made: time.sleep(5), id="silent"),
        pytest.param(lambda made: made.sendall(b"220 an ftp server\r\n" * 3), id="another protocol"),
        pytest.param(lambda made: made.sendall(b"SSH-2.0-x\r\n" + b"\xff" * 100_000), id="noise"),
        pytest.param(lambda made: None, id="closed at once"),
    ],
)
def test_a_hostile_ssh_server_gets_an_answer_in_words(say: Callable[[socket.socket], None]) -> None:
    began = time.monotonic()
    with servers.scripted(say) as port:
        failed = failure(over_sftp(port))

    assert str(failed).endswith(".")
    assert time.monotonic() - began < 5


def test_a_connection_that_breaks_in_the_middle_of_a_file_takes_nothing_of_it() -> None:
    def hang_up(made: socket.socket) -> None:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing is a reset
        ftp_saying(fact(b"a.xml"), replies={"RETR": b"150 here\r\n"}, hangs_up_at="RETR")(made)

    half = ftp_saying(fact(b"a.xml", 400_000), body=b"x" * 1_000)
    with servers.scripted(half) as port:
        (drop,) = look(over_ftp(port)).drops
    with servers.scripted(hang_up) as port:
        assert failure(over_ftp(port)).outcome in ("timeout", "cut")

    assert (drop.body, drop.error) == (b"", "the server lists 400000 bytes and sent 1000")


def test_a_hundred_thousand_names_are_listed_in_bounded_time() -> None:
    listing = b"".join(fact(b"%d.xml" % number) for number in range(110_000))
    began = time.process_time()
    with servers.scripted(ftp_saying(listing, body=b"copy")) as port:
        found = look(over_ftp(port), caps=replace(CAPS, files=3, seconds=60))

    assert (len(found.drops), found.has_more) == (3, True)
    assert "more than 100,000 names" in found.error
    assert time.process_time() - began < 15


def test_a_file_that_the_server_does_not_give_is_said_and_asked_for_again(folder: Path) -> None:
    put(folder / "a.xml")
    refused = ftp_saying(fact(b"a.xml"), replies={"RETR": b"550 not for you\r\n"})
    with servers.scripted(refused) as port:
        found = look(over_ftp(port))

    assert (found.drops, found.error) == ([], "a.xml cannot be read: the server does not give it (not for you)")


def test_a_server_that_drips_is_left_when_the_time_is_over() -> None:
    def drip(made: socket.socket) -> None:
        made.sendall(b"220-")
        for _ in range(100):
            made.sendall(b"x\r\n220-")
            time.sleep(0.05)

    async def run() -> None:
        async with asyncio.timeout(1), over_ftp(port)():
            pass

    with servers.scripted(drip) as port, pytest.raises((FetchError, TimeoutError)):
        asyncio.run(run())


def test_what_was_read_before_the_time_was_over_is_kept() -> None:
    class Slow:
        async def files(self) -> AsyncIterator[Listed]:
            for number in range(3):
                yield Listed(name=f"{number}.xml".encode(), size=4, mtime_ns=number)

        async def read(self, file: Listed, most: int) -> bytes:
            await asyncio.sleep(9 if file.mtime_ns else 0)
            return b"copy"

        async def remove(self, file: Listed) -> None: ...

    found = asyncio.run(remote.look(Slow(), {}, caps=replace(CAPS, seconds=0.5)))  # type: ignore[arg-type]

    assert ([drop.name for drop in found.drops], found.has_more, found.error) == (["0.xml"], True, "")


# Listings


def test_listings_of_servers_without_facts_are_read() -> None:
    rows = {
        b"-rw-r--r--   1 wire  wire      1234 Feb 27 09:15 a b.xml": ("a b.xml", 1234, "2026-02-27T09:15"),
        b"-rw-r--r--   1 1000  1000      99 Dec 31 23:59 old.xml": ("old.xml", 99, "2025-12-31T23:59"),
        b"-rw-r--r--+  1 wire wire 5 Jan  3  2019 older.xml": ("older.xml", 5, "2019-01-03T00:00"),
        b"02-27-26  03:04PM             77 dos.xml": ("dos.xml", 77, "2026-02-27T15:04"),
    }

    read = [ftp.of_listing(row, NOW) for row in rows]

    assert [
        (one.name.decode(), one.size, datetime.fromtimestamp(one.mtime_ns / 1e9, UTC).isoformat()[:16])
        for one in read
        if one
    ] == list(rows.values())


@pytest.mark.parametrize(
    "row",
    [
        b"total 12",
        b"drwxr-xr-x 2 a a 4096 Feb 27 09:15 dir",
        b"lrwxrwxrwx 1 a a 4 Feb 27 09:15 l -> x",
        b"02-27-26  03:04PM <DIR> d",
        b"",
        b"\xff" * 50,
    ],
)
def test_what_is_no_file_in_a_listing_is_none(row: bytes) -> None:
    assert ftp.of_listing(row, NOW) is None


def test_a_listing_with_impossible_times_is_read_all_the_same() -> None:
    unix, facts = (
        ftp.of_listing(b"-rw-r--r-- 1 a a 5 Xxx 45 99:99 a", NOW),
        ftp.of_facts(b"type=file;size=5;modify=20269999999999; a"),
    )

    assert [one.mtime_ns for one in (unix, facts) if one] == [0, 0]


def test_times_that_a_listing_rounds_do_not_make_a_file_new() -> None:
    file = Listed(name=b"a", size=1, mtime_ns=90 * 10**9, grain_ns=60 * 10**9)

    assert [file.is_as(1, 60 * 10**9), file.is_as(1, 10 * 10**9), file.is_as(2, 90 * 10**9)] == [True, False, False]
