"""How feeds sign in: kept sealed, opened for the moment in which they are asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from wiredesk.desk import secrets
from wiredesk.desk.models import Feed, SignIn
from wiredesk.desk.secrets import SecretsError
from wiredesk.news.signin import Credentials, Kind, origin_of


def keep(feed: Feed, credentials: Credentials, *, now: datetime) -> SignIn:
    """A feed's sign-in, in place of the one it had. Raises SecretsError if nothing can be sealed."""
    with transaction.atomic():
        said = {
            "kind": credentials.kind.value,
            "name": credentials.name,
            "sealed": secrets.seal(credentials.secret),
            "origin": credentials.origin,
            "over_http": credentials.over_http,
            "changed_at": now,
        }
        return SignIn.objects.update_or_create(feed=feed, defaults=said)[0]


def remove(feed: Feed) -> bool:
    """Forget how a feed signs in; whether it did."""
    return bool(SignIn.objects.filter(feed=feed).delete()[0])


def leaves_home(feed: Feed, url: str) -> bool:
    """Whether a feed signs in, and an address is not of the server that it signs in at."""
    row = SignIn.objects.filter(feed=feed).first()
    return row is not None and row.origin != origin_of(url)


def opened(feeds: Collection[Feed]) -> dict[int, Credentials | SecretsError]:
    """The sign-ins of these feeds by their ids, for those that have one; where one cannot be opened, why not."""
    asked = {feed.pk for feed in feeds}
    rows = SignIn.objects.all() if asked else SignIn.objects.none()  # few feeds sign in; a list of ids may be long
    return {row.feed_id: _opened(row) for row in rows if row.feed_id in asked}


def _opened(row: SignIn) -> Credentials | SecretsError:
    try:
        secret = secrets.unseal(row.sealed)
    except SecretsError as error:
        return error
    return Credentials(kind=Kind(row.kind), name=row.name, secret=secret, origin=row.origin, over_http=row.over_http)
