"""An outlet opened: kept with its secret sealed. What happened before that day is not brought to it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from wiredesk.desk import changes, secrets
from wiredesk.desk.models import Outlet
from wiredesk.news.errors import NewsError
from wiredesk.news.outgoing import Place


class OpenAlready(NewsError):
    """There is an outlet at this address already."""


def open_outlet(kind: str, place: Place, *, now: datetime) -> Outlet:
    """A new outlet of a place that its kind has checked. Only what happens from now on is brought to it."""
    try:
        with transaction.atomic():
            return Outlet.objects.create(
                kind=kind,
                address=place.address,
                options=dict(place.options),
                sealed=secrets.seal(place.secret) if place.secret else "",
                created_at=now,
                cursor=changes.latest(),
            )
    except IntegrityError:
        raise OpenAlready(f"There is an outlet of the kind {kind} at {place.address} already.") from None


def place_of(outlet: Outlet) -> Place:
    """An outlet with its secret opened. Raises SecretsError."""
    secret = secrets.unseal(outlet.sealed) if outlet.sealed else ""
    return Place(address=outlet.address, options=outlet.options, secret=secret)
