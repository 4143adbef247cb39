"""Folders and mailboxes as feeds, from `follow` to the story: over real servers, through the poller and its one writer."""

from __future__ import annotations

import asyncio
import io
import ipaddress
import json
import time
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from tests.makers import NOW, at, atom, entry
from tests.wires import imapd, servers
from tests.wires.imapd import Mailbox
from tests.wires.servers import PASSWORD, USER
from wiredesk.desk import health, secrets
from wiredesk.desk.models import Alert, Delivery, Drop, Feed, Item, Pull, Story
from wiredesk.wires import ftp, remote, settle
from wiredesk.wires.fetch import Fetcher
from wiredesk.wires.guard import Guard
from wiredesk.wires.poll import Poller
from wiredesk.wires.settle import Asked

pytestmark = pytest.mark.django_db(transaction=True)
HOST_KEY = asyncssh.generate_private_key("ssh-ed25519")
FINGERPRINT = HOST_KEY.get_fingerprint("sha256").rstrip("=")


@pytest.fixture(autouse=True)
def settings_(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.ALLOW_NETWORKS = ["127.0.0.0/8"]
    monkeypatch.setattr(remote.Caps, "__init__", _quick(remote.Caps.__init__))
    monkeypatch.setenv("WIRE_PASSWORD", PASSWORD)


def _quick(made: Any) -> Any:
    def init(self: Any, **about: Any) -> None:
        made(self, **{"settled": 0.05, **about})

    return init


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "wire"
    made.mkdir()
    return made


def follow(address: str, *options: str, auth: bool = True) -> str:
    said = io.StringIO()
    signing = ("--auth", "basic", "--secret-env", "WIRE_PASSWORD") if auth else ()
    call_command("follow", address, "--licence", "public-domain", *signing, *options, stdout=said)
    return said.getvalue()


def poll(now: datetime = NOW) -> list[Asked]:
    feeds = list(Feed.objects.select_related("source__licence"))

    async def run() -> list[Asked]:
        guard = Guard(allow=(ipaddress.ip_network("127.0.0.0/8"),))
        async with (
            Fetcher(guard, contact_url="https://desk.example/") as fetcher,
            Poller(fetcher, clock=lambda: now) as poller,
        ):
            return [asked async for asked in poller.round(feeds)]

    return asyncio.run(run())


def headlines() -> list[str]:
    return list(Story.objects.order_by("headline").values_list("headline", flat=True))


def put(folder: Path, name: str, number: int) -> None:
    (folder / name).write_bytes(atom([entry(number)]))


def mail(number: int, sender: str = "Coast <wire@coast.example>", attached: bytes = b"") -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = sender, f"Mail {number}", f"<{number}@coast.example>"
    made["Date"] = at(-1).strftime("%a, %d %b %Y %H:%M:%S +0000")
    made.set_content(
        f"The keeper of light {number} wrote {number * 7919} words about {number * 104729} boats that night.\n"
    )
    if attached:
        made.add_attachment(attached, maintype="application", subtype="xml", filename="copy.xml")
    return made.as_bytes()


# Folders


def test_files_of_an_ftp_server_become_stories_each_once(folder: Path) -> None:
    put(folder, "1.xml", 1)
    with servers.ftp(folder) as port:
        said = follow(f"ftp://{USER}@127.0.0.1:{port}/")
        put(folder, "2.xml", 2)
        outcomes = [poll()[0].outcome for _ in range(2)]

    assert "Stories: 1 new." in said
    assert (Feed.objects.get().title, Feed.objects.get().source.name) == ("127.0.0.1", "127.0.0.1")
    assert outcomes == ["taken", "same"]
    assert headlines() == ["Headline 1", "Headline 2"]
    assert Delivery.objects.count() == 2
    assert Feed.objects.get().next_poll_at == NOW + settle.PULL_EVERY


def test_a_file_that_comes_again_changed_updates_its_story(folder: Path) -> None:
    with servers.sftp(folder, HOST_KEY) as port:
        put(folder, "1.xml", 1)
        follow(f"sftp://{USER}@127.0.0.1:{port}/", "--host-key", FINGERPRINT)
        (folder / "1.xml").write_bytes(atom([entry(1, title="A better headline", updated=1)]))
        poll(at(2))

    assert headlines() == ["A better headline"]
    assert Item.objects.count() == 1


def test_a_file_that_cannot_be_read_is_said_and_hurts_no_other(folder: Path) -> None:
    (folder / "0.xml").write_bytes(b"<page/>")
    put(folder, "1.xml", 1)
    with servers.ftp(folder) as port:
        said = follow(f"ftp://{USER}@127.0.0.1:{port}/")
        again = poll()[0]

    assert "0.xml: not a feed" in said
    assert headlines() == ["Headline 1"]
    assert (again.outcome, Delivery.objects.exclude(error="").count()) == ("same", 1)


def test_what_was_too_large_is_told_to_the_desk_and_never_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "1.xml", 1)
    (folder / "2.xml").write_bytes(b"x" * 5_000)
    monkeypatch.setattr(remote.Caps, "__init__", _small(remote.Caps.__init__))
    with servers.ftp(folder) as port:
        follow(f"ftp://{USER}@127.0.0.1:{port}/", "--remove")
        poll()

    assert [path.name for path in folder.iterdir()] == ["2.xml"]
    assert [row.is_kept for row in Drop.objects.order_by("name")] == [True, False]
    assert Alert.objects.filter(kind="not-read").count() == 1


def _small(made: Any) -> Any:
    def init(self: Any, **about: Any) -> None:
        made(self, **{"file": 2_000, **about})

    return init


def test_what_does_not_fit_into_one_look_is_asked_for_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def one(made: Any) -> Any:
        def init(self: Any, **about: Any) -> None:
            made(self, **{"files": 1, **about})

        return init

    monkeypatch.setattr(remote.Caps, "__init__", one(remote.Caps.__init__))
    for number in (1, 2):
        put(folder, f"{number}.xml", number)
    with servers.ftp(folder) as port:
        follow(f"ftp://{USER}@127.0.0.1:{port}/")
        poll()

    assert headlines() == ["Headline 1", "Headline 2"]


def test_a_server_that_is_away_is_said_and_forgotten_when_it_is_back(folder: Path) -> None:
    with servers.sftp(folder, HOST_KEY) as port:
        follow(f"sftp://{USER}@127.0.0.1:{port}/", "--host-key", FINGERPRINT)
    gone = poll()[0]
    with servers.sftp(folder, HOST_KEY, port=port):
        back = poll()[0]

    assert (gone.outcome, gone.error) == ("failed", "The server cannot be reached.")
    assert (back.outcome, Feed.objects.get().error) == ("same", "")


def test_the_password_is_sealed_and_stands_in_no_table(folder: Path) -> None:
    with servers.ftp(folder) as port:
        follow(f"ftp://{USER}@127.0.0.1:{port}/")

    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names of our own tables
            assert PASSWORD not in str(cursor.fetchall())


def test_a_private_key_is_sealed_and_signs_in(folder: Path, tmp_path: Path) -> None:
    put(folder, "1.xml", 1)
    ours = asyncssh.generate_private_key("ssh-ed25519")
    (tmp_path / "key").write_bytes(ours.export_private_key())
    with servers.sftp(folder, HOST_KEY, authorized=ours.export_public_key().decode()) as port:
        follow(
            f"sftp://{USER}@127.0.0.1:{port}/", "--host-key", FINGERPRINT, "--key", str(tmp_path / "key"), auth=False
        )

    assert headlines() == ["Headline 1"]
    assert "PRIVATE" not in Pull.objects.get().sealed_key
    assert sum(secrets.use().values()) == 1


# Host keys


def test_an_unknown_host_key_is_shown_and_nothing_is_followed(folder: Path) -> None:
    with servers.sftp(folder, HOST_KEY) as port, pytest.raises(CommandError, match=FINGERPRINT.replace("+", r"\+")):
        follow(f"sftp://{USER}@127.0.0.1:{port}/")

    assert not Feed.objects.exists()


@pytest.mark.parametrize(("typed", "feeds"), [("yes", 1), ("no", 0)])
def test_somebody_at_the_terminal_may_confirm_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, typed: str, feeds: int
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: typed)
    with servers.sftp(folder, HOST_KEY) as port:
        if feeds:
            follow(f"sftp://{USER}@127.0.0.1:{port}/")
        else:
            with pytest.raises(CommandError, match="not confirmed"):
                follow(f"sftp://{USER}@127.0.0.1:{port}/")

    assert Feed.objects.count() == feeds


def test_a_changed_host_key_stops_the_feed_until_somebody_confirms_the_new_one(folder: Path) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519")
    with servers.sftp(folder, HOST_KEY) as port:
        follow(f"sftp://{USER}@127.0.0.1:{port}/", "--host-key", FINGERPRINT)
    with servers.sftp(folder, other, port=port):
        changed = poll()[0]
    with servers.sftp(folder, HOST_KEY, port=port):
        stopped = poll()[0]
    with servers.sftp(folder, other, port=port):
        put(folder, "1.xml", 1)
        follow(f"sftp://{USER}@127.0.0.1:{port}/", "--host-key", other.get_fingerprint("sha256"))

    assert "shows another host key" in changed.error
    assert "It is not connected to until" in stopped.error
    assert Alert.objects.filter(kind="host-key").count() == 1
    assert headlines() == ["Headline 1"]


# Mailboxes


def mailbox_feed(port: int, *options: str) -> str:
    return follow(f"imap://{USER}@127.0.0.1:{port}/INBOX", "--from", "wire@coast.example", *options)


def test_mails_of_listed_senders_become_stories_and_others_are_told_to_the_desk() -> None:
    box = Mailbox()
    box.put(mail(1))
    box.put(mail(2, "Spam <x@spam.example>"))
    with imapd.serve(box) as port:
        mailbox_feed(port)
        box.put(mail(3, attached=atom([entry(9)])))
        box.put(mail(4, "Spam <x@spam.example>"))
        asked = poll()[0]

    assert headlines() == ["Headline 9", "Mail 1"]
    assert (asked.outcome, Delivery.objects.count()) == ("taken", 2)
    assert Pull.objects.get().left == {"its sender is not listed": 2}
    assert Alert.objects.filter(kind="mail-left").count() == 1
    assert b"Message-ID: <1@coast.example>" in Delivery.objects.earliest("pk").body.raw()


def test_a_mailbox_is_read_on_from_where_it_was() -> None:
    box = Mailbox()
    box.put(mail(1))
    with imapd.serve(box) as port:
        mailbox_feed(port)
        asked = [poll()[0].outcome for _ in range(2)]

    assert asked == ["same", "same"]
    assert (Pull.objects.get().validity, Pull.objects.get().uid) == (7, 1)
    assert len([said for said in box.said if "BODY.PEEK[]" in said]) == 1


def test_a_mailbox_that_is_numbered_anew_doubles_nothing() -> None:
    box = Mailbox()
    box.put(mail(1))
    with imapd.serve(box) as port:
        mailbox_feed(port)
        box.validity = 8
        poll()

    assert headlines() == ["Mail 1"]
    assert Alert.objects.filter(kind="numbered-anew").count() == 1


def test_an_attachment_that_cannot_be_read_beside_one_that_can_is_told() -> None:
    both = EmailMessage()
    both["From"], both["Subject"] = "wire@coast.example", "Two"
    both.set_content("See attached.")
    for body in (atom([entry(9)]), b"<page/>"):
        both.add_attachment(body, maintype="text", subtype="xml", filename="copy.xml")
    box = Mailbox()
    box.put(both.as_bytes())
    with imapd.serve(box) as port:
        mailbox_feed(port)

    assert headlines() == ["Headline 9"]
    assert "copy.xml: not a feed" in Alert.objects.get(kind="attachment").text


def test_a_refused_sign_in_is_said_and_told_by_the_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    with imapd.serve(Mailbox()) as port:
        mailbox_feed(port)
        monkeypatch.setenv("WIRE_PASSWORD", "wrong")
        said = mailbox_feed(port)

    assert "It could not be read yet: The server refused the sign-in." in said
    findings = list(health.findings(NOW))
    assert any(finding.level == "wrong" and "refused the sign-in" in finding.what for finding in findings)


def test_the_doctor_says_where_senders_can_be_forged_and_what_was_left() -> None:
    box = Mailbox()
    box.put(mail(1, "Spam <x@spam.example>"))
    with imapd.serve(box) as port:
        mailbox_feed(port)
        said = [f"{finding.what} {finding.todo}" for finding in health.findings(NOW) if finding.about == "mailbox"]
        mailbox_feed(port, "--authserv-id", "mx.paper.example")
        after = [finding.what for finding in health.findings(NOW) if finding.about == "mailbox"]

    assert any("can be forged" in one and "--authserv-id" in one for one in said)
    assert any("1 messages" in one and "its sender is not listed" in one for one in said)
    assert not any("can be forged" in one for one in after)


# What cannot be followed


@pytest.mark.parametrize(
    ("address", "options", "why"),
    [
        ("imaps://a@mail.example/", (), "--from"),
        ("imaps://a@mail.example/", ("--from", "nobody"), "A sender is an address"),
        ("imaps://a@mail.example/", ("--from", "a.example", "--remove"), "for folders"),
        ("ftps://a@ftp.example/", ("--from", "a.example"), "for mailboxes"),
        ("sftp://a@ftp.example/", ("--host-key", "MD5:00"), "fingerprint looks like"),
        ("sftp://a@ftp.example/", ("--host-key", FINGERPRINT, "--key", "/nowhere"), "cannot be read"),
        ("sftp://a@ftp.example/", ("--host-key", FINGERPRINT, "--key", __file__), "is no private key"),
        ("sftp://a:b@ftp.example/", (), "password in an address"),
        ("https://a.example/feed", ("--remove",), "not for this feed"),
        ("sftp://a@ftp.example/", ("--auth", "bearer"), "--auth basic"),
    ],
)
def test_what_cannot_be_followed_is_said(address: str, options: tuple[str, ...], why: str) -> None:
    with pytest.raises(Exception, match=why):
        follow(address, *options, auth=False)

    assert not Feed.objects.exists()


def test_a_password_is_not_sent_over_plain_ftp_unless_somebody_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "1.xml", 1)
    monkeypatch.setattr(ftp, "LOOPBACK", ())
    with servers.ftp(folder) as port:
        refused = follow(f"ftp://{USER}@127.0.0.1:{port}/")
        allowed = follow(f"ftp://{USER}@127.0.0.1:{port}/", "--in-the-open")

    assert "not sent over plain ftp" in refused
    assert "Stories: 1 new." in allowed


def test_following_again_changes_only_what_is_asked() -> None:
    with imapd.serve(Mailbox()) as port:
        mailbox_feed(port, "--authserv-id", "mx.paper.example", "--mark-seen")
        follow(f"imap://{USER}@127.0.0.1:{port}/INBOX", auth=False)
        call_command("feeds", "--json", stdout=(said := io.StringIO()))

    pull = Pull.objects.get()
    assert (pull.senders, pull.authserv_id, pull.marks_seen) == (["wire@coast.example"], "mx.paper.example", True)
    assert json.loads(said.getvalue())[0]["left"] == {}


def test_a_server_that_hangs_keeps_no_other_feed_waiting(folder: Path) -> None:
    put(folder, "1.xml", 1)
    with servers.ftp(folder) as port, servers.scripted(lambda made: time.sleep(3)) as silent:
        follow(f"ftp://{USER}@127.0.0.1:{port}/")
        Feed.objects.create(
            source=Feed.objects.get().source,
            way=Feed.Way.FTP,
            url=f"ftp://127.0.0.1:{silent}/",
            created_at=NOW,
            next_poll_at=NOW,
        )
        put(folder, "2.xml", 2)
        feeds = list(Feed.objects.order_by("-pk").select_related("source__licence"))

        async def run() -> list[float]:
            guard = Guard(allow=(ipaddress.ip_network("127.0.0.0/8"),))
            began, came = time.monotonic(), []
            async with (
                Fetcher(guard, contact_url="https://desk.example/") as fetcher,
                Poller(fetcher, clock=lambda: NOW) as poller,
            ):
                async for _ in poller.round(feeds):
                    came.append(time.monotonic() - began)
                    if len(came) == 1:
                        break
            return came

        assert asyncio.run(run())[0] < 1.5
    assert headlines() == ["Headline 1", "Headline 2"]
