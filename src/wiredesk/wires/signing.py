"""A sign-in on its way: which hop of a request may carry it, and what a server's refusal of it means.

Knows no records. Raises Refused, with words for an editor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wiredesk.news.signin import Credentials
from wiredesk.wires.guard import Address, Refused


def begun(known: Credentials | None, url: str) -> Credentials | None:
    """What the first hop carries: what was given for one server is not sent to another that a feed now names."""
    if known and not known.is_for(url):
        raise Refused(f"The sign-in was given for {known.origin} and is not sent to this address; give it again.")
    return known


def may_travel(secret: Credentials | None, addresses: Sequence[Address]) -> None:
    """Let a hop to these addresses carry it, unless others could read it there."""
    if secret and not secret.may_go(is_loopback=all(address.is_loopback for address in addresses)):
        said = (
            "The sign-in is not sent over plain http, where others can read it; use https, or allow it for this feed."
        )
        raise Refused(said)


def onward(known: Credentials | None, url: str) -> str:
    """Where a redirect leads, less the key that the server may have put into it."""
    plain = known.without(url) if known else url
    if not plain:
        raise Refused("The server redirects to an address with the sign-in's secret in it.")
    return plain


def refused(known: Credentials | None, sent: Credentials | None) -> Mapping[int, str]:
    """What 401 and 403 mean where a feed signs in."""
    if not known:
        return {}
    if not sent:
        said = (
            f"The server sends us on to another one, which asks for a login; the sign-in is for {known.origin} alone."
        )
        return {401: said, 403: said}
    return {
        401: "The server refused the sign-in.",
        403: "The server refused the sign-in, or what it may read does not include this feed.",
    }
