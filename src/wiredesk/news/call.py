"""A request to somebody else's server, its answer, and a mail, as values: outlets make them, the courier carries them.

They stand in the core since outlets and wires do not know each other (docs/decisions/0016).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request. `has_secret`: its headers hold a secret, which goes over https, or to a network of our own."""

    method: Literal["GET", "POST", "PUT", "DELETE"]
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = b""
    has_secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back, whatever its status. Names of headers are in lower case; `body` is cut at a megabyte.

    `retry_after`: how long the server asks us to stay away, in whichever way it says so.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message as it stands (RFC 5322), who sends it and to whom, and the server that takes it in.

    tls: from the first byte on; starttls: after a greeting, but for a server on a network of our own.
    """

    host: str
    port: int
    security: Literal["tls", "starttls"]
    sender: str
    recipients: tuple[str, ...]
    message: bytes = field(repr=False)
    user: str = ""
    password: str = field(default="", repr=False)


class Undelivered(Exception):
    """No answer came, and why, in a sentence for editors. `was_sent`: the other side may have got it all the same."""

    def __init__(self, said: str, *, was_sent: bool) -> None:
        super().__init__(said)
        self.was_sent = was_sent


class Courier(Protocol):
    """Carries calls and mails, behind the guard. Raises Undelivered where no answer comes."""

    async def call(self, call: Call) -> Reply:
        """Ask, and give back the answer; redirects are not followed."""
        ...

    async def mail(self, mail: Mail) -> Reply:
        """Hand over a mail; the status is the SMTP reply code."""
        ...
