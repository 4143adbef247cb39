"""What ways in need beyond their feed: how we sign in, who may push to us, and what came and waits to be taken."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from wiredesk.desk.models.feed import Body, Feed
from wiredesk.desk.secrets import SealedField
from wiredesk.news.signin import Kind


class SignIn(models.Model):
    """How a feed's server is told who asks. The secret is sealed, and bound to the origin it was given for."""

    feed = models.OneToOneField(Feed, on_delete=models.CASCADE, related_name="sign_in")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    name = models.CharField(max_length=200, blank=True, help_text="User, header or query key; a bearer token has none.")
    sealed = SealedField()
    origin = models.CharField(max_length=300, editable=False)
    over_http = models.BooleanField(
        "may be sent over plain http", default=False, help_text="Whoever is between us and the server can then read it."
    )
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = "sign-in"

    def __str__(self) -> str:
        return f"{self.kind} at {self.origin}"


class Endpoint(models.Model):
    """Where a source pushes copy to us. Of its token only the hash is kept."""

    feed = models.OneToOneField(Feed, on_delete=models.CASCADE, related_name="endpoint")
    token_sha256 = models.CharField(max_length=64, editable=False)
    renewed_at = models.DateTimeField(editable=False)

    def __str__(self) -> str:
        return self.feed.url


class ParcelQuerySet(models.QuerySet["Parcel"]):
    def due(self, now: datetime) -> ParcelQuerySet:
        """Parcels that nobody is taking, of feeds that are not paused, in the order in which they came."""
        return self.filter(due_at__lte=now, feed__is_paused=False).order_by("pk")


class Parcel(models.Model):
    """What was brought to us and is not taken yet: kept first, since nobody brings it again."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="parcels")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    content_type = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=400, blank=True)
    fault = models.CharField(max_length=200, blank=True)  # why its bytes cannot be read, where that is known already
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()  # whoever takes it moves this on first, so that no second one takes it meanwhile
    tries = models.PositiveSmallIntegerField(default=1)

    objects = ParcelQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "body"], name="one_parcel_of_a_body")]

    def __str__(self) -> str:
        return f"{self.feed} {self.received_at:%Y-%m-%d %H:%M:%S}"
