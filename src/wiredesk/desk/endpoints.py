"""Who may push to us: a name in the address, and a token of which only the hash is kept."""

from __future__ import annotations

import re
import secrets as chance
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest

from wiredesk.desk.models import Endpoint, Feed
from wiredesk.news.errors import NewsError

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_PREFIX = "wiredesk-push-"  # so that whoever finds one in a log or a repository knows what it opens
_NOBODYS = sha256(chance.token_bytes(32)).hexdigest()  # what a token is compared with where there is no such name


def place(name: str) -> str:
    """What a push feed has for an address. NewsError if it cannot be named so."""
    if not _NAME.fullmatch(name):
        raise NewsError("A push feed's name has small letters, digits and hyphens: it stands in the address.")
    return f"push:{name}"


def path(feed: Feed) -> str:
    """Where copy for a push feed is posted to, on this site."""
    return f"/push/{feed.url.removeprefix('push:')}"


def renew(feed: Feed, *, now: datetime) -> str:
    """A new token, to be shown this once; the one before opens nothing from now on. NewsError where nobody pushes."""
    if feed.way != Feed.Way.PUSH:
        raise NewsError(f"Feed {feed.pk} is asked by us; only feeds that are pushed to us have a token.")
    token = _PREFIX + chance.token_urlsafe(32)
    Endpoint.objects.update_or_create(feed=feed, defaults={"token_sha256": _hash(token), "renewed_at": now})
    return token


def feed_for(name: str, token: str) -> Feed | None:
    """The feed that this token opens under this name. An unknown name costs what a wrong token costs."""
    url = f"push:{name}" if _NAME.fullmatch(name) else "push:"
    rows = Endpoint.objects.select_related("feed__source__licence")
    found = rows.filter(feed__url=url, feed__way=Feed.Way.PUSH).first()
    is_right = compare_digest(_hash(token), found.token_sha256 if found else _NOBODYS)
    return found.feed if found and is_right else None


def _hash(token: str) -> str:
    """Random tokens of 256 bits need no slow hash: nobody guesses one."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
