"""The kinds of outlets there are: a new one is a file with what outlets/kind.py asks for, and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from wiredesk.news.errors import NewsError
from wiredesk.news.outgoing import Place
from wiredesk.outlets import email, mastodon, webhook, wordpress
from wiredesk.outlets.kind import COMMON, BadOutlet, Kind

KINDS: Mapping[str, Kind] = {
    "webhook": webhook,
    "wordpress": wordpress,
    "mastodon": mastodon,
    "email": email,
}


def checked(kind: str, address: str, options: Mapping[str, str], secret: str) -> Place:
    """An outlet as it may be kept; BadOutlet where something is wrong or missing."""
    if kind not in KINDS:
        raise BadOutlet(f"There is no outlet of the kind {kind}; there are: {', '.join(KINDS)}.")
    told = {name: _listed(value) if name in COMMON else value for name, value in options.items()}
    try:
        place = KINDS[kind].checked(Place(address=address, options=told, secret=secret))
    except BadOutlet:
        raise
    except NewsError as error:
        raise BadOutlet(str(error)) from None
    return place


def _listed(value: str | list[str]) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else value
    return [part.strip() for part in parts if part.strip()]
