"""Where copy goes out to: outlets, the copy of each story there, and a receipt of every try."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from wiredesk.desk.models.story import Story
from wiredesk.desk.secrets import SealedField


class Outlet(models.Model):
    """A place of somebody else's that we publish to; `options` are those of its kind, the secret is sealed.

    `cursor` is the id of the last event that it has been told of; `rests_until` when it is asked again, `asked_us`
    whether it said so itself.
    """

    class Kind(models.TextChoices):
        WEBHOOK = "webhook"
        WORDPRESS = "wordpress"
        MASTODON = "mastodon"
        EMAIL = "email"

    kind = models.CharField(max_length=20, choices=Kind)
    address = models.CharField(max_length=2000)
    options = models.JSONField(default=dict, blank=True)
    sealed = SealedField(blank=True)
    is_paused = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    cursor = models.BigIntegerField(default=0)
    rests_until = models.DateTimeField(null=True, blank=True)
    asked_us = models.BooleanField(default=False)
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    error_since = models.DateTimeField(null=True, blank=True)
    last_good_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="one_outlet_an_address")]

    def __str__(self) -> str:
        return f"{self.kind} {self.address}"


class CopyQuerySet(models.QuerySet["Copy"]):
    def behind(self) -> CopyQuerySet:
        """Copies that do not stand at their story's last event."""
        return self.filter(wanted__gt=F("event"))

    def due(self, now: datetime) -> CopyQuerySet:
        """Those of them that may be tried now and that nobody is trying, in the order of events."""
        is_free = Q(claimed_until=None) | Q(claimed_until__lte=now)
        is_time = Q(next_try_at=None) | Q(next_try_at__lte=now)
        return self.behind().filter(is_free, is_time).order_by("wanted", "id")


class Copy(models.Model):
    """What we put at an outlet of one story. It is behind while `wanted`, its story's last event, is after `event`.

    `state` and `is_unsure` are those of news.outgoing.Whereabouts; `round` counts how often it was put there anew.
    """

    class State(models.TextChoices):
        NONE = "none"
        THERE = "there"
        GONE = "gone"
        TOLD = "told"

    class Seen(models.TextChoices):
        THERE = "there"
        GONE = "gone"
        UNKNOWN = "unknown"

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="copies", db_index=False)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="copies")
    state = models.CharField(max_length=5, choices=State, default=State.NONE)
    is_unsure = models.BooleanField(default=False)
    is_pressing = models.BooleanField(default=False)  # it has to be withdrawn: before everything else
    wanted = models.BigIntegerField()  # ids of events
    event = models.BigIntegerField(default=0)
    round = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=32, blank=True)
    remote_id = models.CharField(max_length=200, blank=True)
    remote_url = models.CharField(max_length=2000, blank=True)
    tries = models.PositiveIntegerField(default=0)  # since it last stood where it should
    next_try_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    changed_at = models.DateTimeField()
    seen = models.CharField(max_length=10, choices=Seen, blank=True)  # what a look at the outlet found
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "copies"
        constraints = [models.UniqueConstraint(fields=["outlet", "story"], name="one_copy_a_story_and_outlet")]
        indexes = [
            models.Index(
                fields=["outlet", "is_pressing", "wanted"], condition=Q(wanted__gt=F("event")), name="copies_behind"
            ),
            models.Index(fields=["state", "id"], condition=Q(state="there"), name="copies_there"),
        ]

    def __str__(self) -> str:
        return f"story {self.story_id} at outlet {self.outlet_id}"


class Receipt(models.Model):
    """One try: what was done about a copy, and what came of it. Rows are only ever added."""

    copy = models.ForeignKey(Copy, on_delete=models.CASCADE, related_name="receipts", db_index=False)
    deed = models.CharField(max_length=10)  # news.outgoing.Deed
    result = models.CharField(max_length=10)  # news.outgoing.Result, or what a look found
    event = models.BigIntegerField()
    key = models.CharField(max_length=40)
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(default=0)  # of the answer; 0: there was none
    remote_id = models.CharField(max_length=200, blank=True)
    sent = models.CharField(max_length=64, blank=True)  # SHA-256 of what went out
    said = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["copy", "-id"])]

    def __str__(self) -> str:
        return f"{self.deed} {self.result}"
