"""What every kind of outlet offers: four deeds, what it cannot do, and which options it takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal, Protocol

from wiredesk.news.call import Call, Courier, Reply
from wiredesk.news.errors import NewsError
from wiredesk.news.outgoing import Deed, Outcome, Place, Post

Seen = Literal["there", "gone", "unknown"]
MAX_SAID = 200


class BadOutlet(NewsError):
    """An outlet cannot be made like this, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look at the outlet found, and by which answer."""

    seen: Seen
    status: int = 0
    said: str = ""


class Kind(Protocol):
    """One kind of outlet: a module of this package. Its deeds never raise but Undelivered, which the courier raises."""

    OPTIONS: Mapping[str, str]  # name: what it is for
    CANNOT: Mapping[Deed, str]  # deed: why not, in a sentence

    def checked(self, place: Place) -> Place:
        """The outlet as it will be kept, with all its options; BadOutlet where something is wrong or missing."""
        ...

    async def publish(self, courier: Courier, place: Place, post: Post) -> Outcome:
        """Put the page there; what a try that was cut off has put there already is found and brought up to date."""
        ...

    async def update(self, courier: Courier, place: Place, post: Post) -> Outcome:
        """Bring what is there up to date, in place."""
        ...

    async def retract(self, courier: Courier, place: Place, post: Post) -> Outcome:
        """Take it down."""
        ...

    async def verify(self, courier: Courier, place: Place, post: Post) -> Look:
        """Look whether it is there, as a stranger would see it."""
        ...


def known_options(place: Place, known: Mapping[str, str]) -> None:
    """Refuse options that this kind does not have."""
    for name in place.options:
        if name not in known and name not in COMMON:
            raise BadOutlet(f"There is no option {name}; there are: {', '.join((*known, *COMMON))}.")


# Options of all kinds: which stories an outlet wants (desk.delivering).
COMMON: Mapping[str, str] = {
    "sections": "only stories of these sections, by the words of their addresses, with commas between",
    "sources": "only stories of these sources, likewise",
}


def web_address(place: Place) -> str:
    """The outlet's address without an end slash; BadOutlet if it is none of the web."""
    address = place.address.strip().rstrip("/")
    if not address.startswith(("https://", "http://")) or "@" in address.partition("://")[2].partition("/")[0]:
        raise BadOutlet("The address begins with https:// (or http://) and has no user name in it.")
    return address


def hashed(body: bytes) -> str:
    """The SHA-256 of what goes out, for the receipt."""
    return sha256(body).hexdigest()


def as_json(said: Any) -> bytes:
    """JSON as it goes out. What UTF-8 cannot hold is replaced."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def read_json(reply: Reply) -> Any:
    """An answer's JSON, or None where it is none."""
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError):
        return None


def judged(reply: Reply, *, name: str, said: str = "", sent: bytes = b"") -> Outcome:
    """What an answer means wherever the kind does not know better. `said` is what the outlet itself says of it."""
    status, hash_ = reply.status, hashed(sent) if sent else ""
    told = f"{name} says: {said[:MAX_SAID]}" if said else f"{name} answered with status {status}."
    if 200 <= status < 300:
        return Outcome(result="done", status=status, sent=hash_)
    if status in (429, 503) and (status == 429 or reply.retry_after):
        return Outcome(
            result="busy", status=status, sent=hash_, retry_after=reply.retry_after, said=f"{name} asks us to wait."
        )
    if status in (401, 403):
        return Outcome(result="barred", status=status, sent=hash_, said=f"{name} does not let us in. {told}")
    if 300 <= status < 400:
        return Outcome(result="barred", status=status, sent=hash_, said=f"{name} is at another address now ({status}).")
    if status >= 500 or status in (408, 425):
        return Outcome(result="unsure", status=status, sent=hash_, said=told)
    return Outcome(result="refused", status=status, sent=hash_, said=told)


async def seen_at(courier: Courier, url: str) -> Look:
    """Whether a page is there for strangers. A redirect leads to something else: the page itself is not there."""
    reply = await courier.call(Call(method="GET", url=url))
    if 200 <= reply.status < 300:
        return Look(seen="there", status=reply.status)
    if reply.status in (301, 302, 303, 307, 308, 401, 403, 404, 410):
        return Look(seen="gone", status=reply.status)
    return Look(seen="unknown", status=reply.status, said=f"The page answered with status {reply.status}.")
