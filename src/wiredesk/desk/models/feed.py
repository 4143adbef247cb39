"""The ways in, and what they brought: feeds with the state of their polling, deliveries, raw bytes."""

from __future__ import annotations

import sys
import zlib
from datetime import datetime

from django.db import models

from wiredesk.desk.models.source import Source

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_URL = 2000
_ZSTD = b"\x28\xb5\x2f\xfd"  # what its frames begin with (RFC 8878 section 3.1.1)


class FeedQuerySet(models.QuerySet["Feed"]):
    def due(self, now: datetime) -> FeedQuerySet:
        """Feeds to be asked now, the longest overdue first."""
        return self.filter(is_paused=False, next_poll_at__lte=now).order_by("next_poll_at", "id")


class Feed(models.Model):
    """One way in from a source: an address, folder, mailbox or push endpoint, with all that polling needs to know."""

    class Way(models.TextChoices):
        HTTP = "http"
        FOLDER = "folder"
        PUSH = "push"
        FTP = "ftp"
        SFTP = "sftp"
        MAILBOX = "mailbox"

    class Identity(models.TextChoices):
        GUID = "guid"
        LINK = "link"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="feeds")
    way = models.CharField(max_length=10, choices=Way, default=Way.HTTP)
    url = models.CharField(max_length=MAX_URL, unique=True)
    title = models.CharField(max_length=300, blank=True)
    section = models.ForeignKey("desk.Section", on_delete=models.SET_NULL, null=True, blank=True, related_name="feeds")
    identity = models.CharField(max_length=10, choices=Identity, default=Identity.GUID)
    newest = models.PositiveIntegerField(null=True, blank=True, default=20)  # first sight takes so many; null: all
    is_paused = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    next_poll_at = models.DateTimeField(db_index=True)
    last_poll_at = models.DateTimeField(null=True, blank=True)
    last_good_at = models.DateTimeField(null=True, blank=True)
    last_new_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    error_since = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    body_sha256 = models.CharField(max_length=64, blank=True)
    moved_to = models.CharField(max_length=MAX_URL, blank=True)
    moved_since = models.DateTimeField(null=True, blank=True)
    format = models.CharField(max_length=20, blank=True)
    item_count = models.PositiveIntegerField(default=0)
    shrunken_sha256 = models.CharField(max_length=64, blank=True)
    hints = models.JSONField(default=dict, blank=True)  # ttl, update period, skip hours ... as the feed last said
    first_taken_at = models.DateTimeField(null=True, blank=True)
    numbers = models.JSONField(default=dict, blank=True)  # of a numbered wire: the last day and number of each series

    objects = FeedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title or self.url


class Body(models.Model):
    """Raw bytes as received, compressed, under their content hash, so that they can be read again after a fix."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    packed = models.BinaryField()
    size = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.sha256

    def raw(self) -> bytes:
        """The bytes as they came."""
        packed = bytes(self.packed)
        return zstd.decompress(packed) if packed.startswith(_ZSTD) else zlib.decompress(packed)


def packed(raw: bytes) -> bytes:
    """Bytes as Body keeps them."""
    return zstd.compress(raw, 1)


class Delivery(models.Model):
    """What one fetch or file brought, and what became of it. `is_taken` turns true with its last item."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    name = models.CharField(max_length=400, blank=True)  # the file's name, for folders
    content_type = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=MAX_URL, blank=True)
    format = models.CharField(max_length=20, blank=True)
    encoding = models.CharField(max_length=40, blank=True)
    parser = models.CharField(max_length=40, blank=True)
    is_lossy = models.BooleanField(default=False)
    is_taken = models.BooleanField(default=False)
    notes = models.JSONField(default=list, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["feed", "-received_at"])]

    def __str__(self) -> str:
        return f"{self.feed} {self.received_at:%Y-%m-%d %H:%M}"


class Drop(models.Model):
    """A file of a folder that was read, so that it is read again only when it changes."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="drops")
    name = models.CharField(max_length=400)
    size = models.PositiveBigIntegerField()
    mtime_ns = models.BigIntegerField()
    is_kept = models.BooleanField(default=True)  # whether we have its bytes: only then may a server's copy go

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "name"], name="one_drop_a_file")]

    def __str__(self) -> str:
        return self.name
