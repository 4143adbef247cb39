"""Where a remote folder or a mailbox is: addresses such as sftp://user@host/dir, taken apart and judged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from wiredesk.wires.guard import MAX_URL, Refused, Target, server

PORTS = {"sftp": 22, "ftp": 21, "ftps": 21, "imap": 143, "imaps": 993}
IMPLICIT = 990  # the port at which FTP is inside TLS from the first byte
_OPEN = frozenset((*PORTS.values(), IMPLICIT))
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder of a server, as its address says. `folder` is plain text, without what quoting hid."""

    server: Target
    user: str
    folder: str

    @property
    def url(self) -> str:
        """The address in its one form, so that a place is known again."""
        scheme, host, port = self.server.scheme, self.server.host, self.server.port
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        own = "" if port == PORTS[scheme] else f":{port}"
        return f"{scheme}://{user}{f'[{host}]' if ':' in host else host}{own}/{quote(self.folder, safe='/~')}"

    @property
    def is_mailbox(self) -> bool:
        """Whether it is messages that come from there, and not files."""
        return self.server.scheme in ("imap", "imaps")


def is_place(url: str) -> bool:
    """Whether an address is of one of these schemes."""
    return url.partition("://")[0].lower() in PORTS and "://" in url


def place_of(url: str) -> Place:
    """Take an address apart, or raise Refused and say why.

    FTP folders count from where the sign-in lands, with a second slash from the top (RFC 1738 section 3.2.2); SFTP
    folders from the top, with `/~/` from home; a mailbox without a folder is INBOX (RFC 5092).
    """
    if len(url) > MAX_URL or re.search(r"[\x00-\x20\x7f\\]", url):
        raise Refused("The address is malformed.")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise Refused("The address is malformed.") from None
    if parts.scheme not in PORTS:
        raise Refused(f"Folders and mailboxes have addresses of {', '.join(PORTS)}.")
    if parts.password is not None:
        raise Refused("A password in an address would be kept in the open: leave it out, and sign in by --auth.")
    if parts.query or parts.fragment:
        raise Refused("The address has a ? or # in it; in the name of a folder write %3F or %23.")
    user, folder = unquote(parts.username or ""), unquote(parts.path.removeprefix("/"))
    if _CONTROL.search(user + folder) or "\ufffd" in user + folder or ".." in folder.split("/"):
        raise Refused("The address names a folder or user that cannot be asked for.")
    port = port or PORTS[parts.scheme]
    if port < 1024 and port not in _OPEN:
        raise Refused(f"Port {port} is not asked: it belongs to another service.")
    default = "INBOX" if parts.scheme in ("imap", "imaps") else "/" if folder else ""
    return Place(server=server(parts.scheme, host, port), user=user, folder=folder.rstrip("/") or default)
