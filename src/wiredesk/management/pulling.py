"""`wiredesk follow` for folders of other machines and mailboxes: its options, and the first sight of a host key."""

from __future__ import annotations

import asyncio
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from wiredesk import tasks
from wiredesk.desk.models import Feed, Pull
from wiredesk.desk.pulls import Setting
from wiredesk.news.formats.reading import sender
from wiredesk.news.signin import Kind
from wiredesk.wires import remote
from wiredesk.wires.fetch import FetchError
from wiredesk.wires.guard import Refused
from wiredesk.wires.places import Place, is_place, place_of
from wiredesk.wires.remote import UnknownKey

_WAYS = {
    "sftp": Feed.Way.SFTP,
    "ftp": Feed.Way.FTP,
    "ftps": Feed.Way.FTP,
    "imap": Feed.Way.MAILBOX,
    "imaps": Feed.Way.MAILBOX,
}
NO_SIGN_IN = "none"  # what --auth says to forget a sign-in
_MAX_KEY = 16_000
_FOLDERS, _MAILBOXES = ("host_keys", "key", "remove"), ("senders", "authserv_id", "mark_seen")


def add_arguments(parser: ArgumentParser) -> None:
    """Options of folders and mailboxes."""
    folders = parser.add_argument_group("folders of other machines (sftp, ftps, ftp)")
    folders.add_argument(
        "--host-key", action="append", dest="host_keys", metavar="SHA256:...", help="sftp: the key that the server has"
    )
    folders.add_argument("--key", metavar="FILE", help="sftp: sign in with this private key; it is sealed and kept")
    folders.add_argument("--remove", action="store_true", default=None, help="delete files there once we have them")
    mailboxes = parser.add_argument_group("mailboxes (imaps, imap)")
    mailboxes.add_argument(
        "--from",
        action="append",
        dest="senders",
        metavar="SENDER",
        help="an address or domain whose messages are taken",
    )
    mailboxes.add_argument(
        "--authserv-id", metavar="SERVER", help="take only what this server says is no forgery (RFC 8601)"
    )
    mailboxes.add_argument("--mark-seen", action="store_true", default=None, help="mark messages that were taken")


def place(address: str, options: Mapping[str, Any]) -> Place | None:
    """The folder or mailbox at an address; None for an address of the web, which has none of these options."""
    if not is_place(address):
        if any(options[name] for name in (*_FOLDERS, *_MAILBOXES)):
            raise CommandError(
                "--host-key, --key, --remove, --from, --authserv-id and --mark-seen are not for this feed"
            )
        return None
    try:
        found = place_of(address)
    except Refused as error:
        raise CommandError(f"{address}: {error}") from None
    others = _FOLDERS if found.is_mailbox else _MAILBOXES
    if any(options[name] for name in others):
        raise CommandError(
            "--host-key, --key and --remove are for folders"
            if found.is_mailbox
            else "--from, --authserv-id and --mark-seen are for mailboxes"
        )
    if options["auth"] not in (None, NO_SIGN_IN, Kind.BASIC):
        raise CommandError("folders and mailboxes are signed in to with --auth basic: a name and a password")
    return found


def title(at: Place) -> str:
    """What a feed is called whose server does not say: without the user, who is nobody's business."""
    return f"{at.folder.strip('/')} at {at.server.host}" if at.folder.strip("/") else at.server.host


def way(at: Place) -> Feed.Way:
    """How a place is asked."""
    return _WAYS[at.server.scheme]


def setting(at: Place, options: Mapping[str, Any]) -> Setting:
    """What was asked for, checked; for SFTP with the host key confirmed. Raises NewsError and CommandError."""
    known = Pull.objects.filter(feed__url=at.url).first()
    if at.is_mailbox and not options["senders"] and not (known and known.senders):
        raise CommandError("name the senders whose messages are taken: --from wire@agency.example, or a domain")
    try:
        host_keys = [remote.fingerprint(text) for text in options["host_keys"] or ()] or None
    except Refused as error:
        raise CommandError(str(error)) from None
    if at.server.scheme == "sftp" and not host_keys and not (known and known.host_keys and not known.is_stopped):
        host_keys = [_confirmed(at)]
    return Setting(
        host_keys=host_keys,
        key=_private_key(options["key"]) if options["key"] else None,
        removes=options["remove"],
        marks_seen=options["mark_seen"],
        senders=[sender.listed(text) for text in options["senders"]] if options["senders"] else None,
        authserv_id=options["authserv_id"],
    )


def _private_key(name: str) -> str:
    try:
        with Path(name).expanduser().open(encoding="ascii") as file:
            text = file.read(_MAX_KEY + 1)
    except (OSError, UnicodeDecodeError):
        raise CommandError(f"the private key {name} cannot be read") from None
    if len(text) > _MAX_KEY or "PRIVATE KEY" not in text:
        raise CommandError(f"{name} is no private key")
    return text


def _confirmed(at: Place) -> str:
    """The host key that the server shows, if somebody says that it is the right one. Nothing is signed in to for it."""
    try:
        asyncio.run(_seen(at))
    except UnknownKey as error:
        shown = error.fingerprint
    except FetchError as error:
        raise CommandError(f"{at.url}: {error}") from None
    if sys.stdin.isatty():
        sys.stderr.write(f"{at.server.host} shows the host key {shown}\n")
        if input("Is that the key that its operator told you? Type yes: ").strip() == "yes":
            return shown
        raise CommandError("the host key was not confirmed; nothing was sent")
    raise CommandError(
        f"{at.server.host} shows the host key {shown}; ask its operator whether that is theirs, then follow it "
        f"with --host-key {shown}"
    )


async def _seen(at: Place) -> None:
    from wiredesk.wires import sftp  # takes longer to load than Django

    async with tasks.fetcher() as fetcher, sftp.opened(fetcher.guard, at, user=at.user, pinned=()):
        raise CommandError("the server was let in without a host key")  # cannot be: no key is pinned
