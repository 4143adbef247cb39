"""How a server that wants to know who asks is told: which request may carry the secret, and where it must not stand."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote, quote_plus, unquote, unquote_plus, urlsplit, urlunsplit

from wiredesk.news.errors import NewsError

MAX_SECRET = 2_000
MAX_NAME = 200
REMOVED = "removed"
_PORTS = {"http": 80, "https": 443, "ftp": 21, "ftps": 990, "sftp": 22, "imap": 143, "imaps": 993}
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")  # RFC 9110 section 5.6.2
_PRINTABLE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,1998}[\x21-\x7e])?")
_ONE_WORD = re.compile(r"[\x21-\x7e]{1,2000}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_TELLING = 8  # a secret shorter than this may stand in an address or a text by chance
# What a request says of itself and its connection; a secret under one of these names would break it.
_OURS = frozenset(
    "accept-encoding connection content-length expect host if-modified-since if-none-match keep-alive te trailer "
    "transfer-encoding upgrade".split()
)


class Kind(StrEnum):
    """How a feed signs in: a name and password (RFC 7617), a bearer token (RFC 6750), a header, a key in the query."""

    BASIC = "basic"
    BEARER = "bearer"
    HEADER = "header"
    QUERY = "query"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A sign-in whose secret is open.

    `name` is the user, the header or the query key; `origin` the one place the secret may go to.
    """

    kind: Kind
    secret: str = field(repr=False)
    origin: str
    name: str = ""
    over_http: bool = False

    def is_for(self, url: str) -> bool:
        """Whether the secret may go to this address: same scheme, host and port."""
        return origin_of(url) == self.origin

    def may_go(self, *, is_loopback: bool) -> bool:
        """Whether the secret may travel: packed by TLS, inside this machine, or as the operator said."""
        return self.over_http or is_loopback or self.origin.startswith("https://")

    def headers(self) -> dict[str, str]:
        """What a request carries in its head."""
        match self.kind:
            case Kind.BASIC:
                pair = f"{self.name}:{self.secret}".encode()
                return {"Authorization": f"Basic {b64encode(pair).decode()}"}
            case Kind.BEARER:
                return {"Authorization": f"Bearer {self.secret}"}
            case Kind.HEADER:
                return {self.name: self.secret}
            case _:
                return {}

    def address(self, url: str) -> str:
        """The address to ask: with the key in its query, where that is the way."""
        if self.kind is not Kind.QUERY:
            return url
        parts = urlsplit(url)
        query = "&".join(part for part in (parts.query, f"{quote(self.name)}={quote(self.secret, safe='')}") if part)
        return urlunsplit(parts._replace(query=query))

    def without(self, url: str) -> str:
        """An address that a server named, without the secret; "" where the secret cannot be taken out of it."""
        if self.kind is Kind.QUERY:
            parts = urlsplit(url)
            kept = [part for part in parts.query.split("&") if not self._is_key(part)]
            url = urlunsplit(parts._replace(query="&".join(kept)))
        return "" if self._is_in(url) else url

    def is_in(self, url: str) -> bool:
        """Whether an address has the secret in it, or a key of its name."""
        is_key = self.kind is Kind.QUERY and any(self._is_key(part) for part in urlsplit(url).query.split("&"))
        return is_key or self._is_in(url)

    def hidden(self, body: bytes) -> bytes:
        """A body in which the secret, if the server said it back to us, is overwritten.

        Many feeds name the address they were asked at.
        """
        if not self._is_telling:
            if self.kind is not Kind.QUERY:
                return body
            pair = re.escape(f"{self.name}={self.secret}".encode())
            return re.sub(rb"(?<=[?&;])" + pair + rb"(?![\w%.~-])", f"{self.name}={REMOVED}".encode(), body)
        for form in self._forms():
            body = body.replace(form.encode(), REMOVED.encode())
        return body

    def _is_key(self, part: str) -> bool:
        name, _, value = part.partition("=")
        return unquote_plus(name) == self.name or (self._is_telling and unquote_plus(value) == self.secret)

    @property
    def _is_telling(self) -> bool:
        return len(self.secret) >= _TELLING

    def _is_in(self, url: str) -> bool:
        return self._is_telling and (self.secret in url or self.secret in unquote(url))

    def _forms(self) -> list[str]:
        """The ways in which a secret may be written in an address or in markup, the longest first."""
        quoted = (self.secret, quote(self.secret, safe=""), quote_plus(self.secret), quote(self.secret))
        marked = (one.replace("&", "&amp;").replace("<", "&lt;") for one in quoted)
        pair = () if self.kind is not Kind.BASIC else (b64encode(f"{self.name}:{self.secret}".encode()).decode(),)
        return sorted({*quoted, *marked, *pair}, key=len, reverse=True)


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, always with its port (RFC 6454); "" where it has none."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return ""
    host = parts.hostname or ""
    if not host or not port:
        return ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def checked(kind: str, name: str, secret: str, *, url: str, over_http: bool = False) -> Credentials:
    """A sign-in as it was typed, or NewsError that says what is wrong with it and never what it is."""
    if kind not in Kind.__members__.values():
        raise NewsError(f"A feed signs in by {', '.join(Kind)}, not by {kind!r}.")
    made = Credentials(kind=Kind(kind), name=name.strip(), secret=secret, origin=origin_of(url), over_http=over_http)
    if not made.origin:
        raise NewsError("The address of the feed names no host to sign in at.")
    fault = _fault_of_name(made) or _fault_of_secret(made)
    if fault:
        raise NewsError(fault)
    if made.is_in(url):
        raise NewsError("The key stands in the address already; leave it out there, it would be kept in the open.")
    return made


def _fault_of_name(made: Credentials) -> str:
    if len(made.name) > MAX_NAME or _CONTROL.search(made.name):
        return "The name is too long, or has characters in it that cannot be sent."
    match made.kind:
        case Kind.BASIC:
            return "" if made.name and ":" not in made.name else "A user name is needed, without a colon (RFC 7617)."
        case Kind.BEARER:
            return "A bearer token has no name." if made.name else ""
        case Kind.HEADER:
            is_good = _TOKEN.fullmatch(made.name) and made.name.lower() not in _OURS
            return "" if is_good else "The name of a header is needed, one that no request has of its own."
        case _:
            return "" if made.name else "The name of the query key is needed."


def _fault_of_secret(made: Credentials) -> str:
    if not made.secret:
        return "The secret is empty."
    if len(made.secret) > MAX_SECRET:
        return f"The secret is longer than {MAX_SECRET} characters."
    if _CONTROL.search(made.secret):
        return "The secret has characters in it that cannot be sent."
    shape = {Kind.BEARER: _ONE_WORD, Kind.HEADER: _PRINTABLE}.get(made.kind)
    if shape and not shape.fullmatch(made.secret):
        return "The secret has characters in it that a header cannot carry."
    return ""
