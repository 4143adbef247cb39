"""Whole text: which pages are to be read, and what they gave for an item."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from wiredesk.desk.models.item import Item


class PageWatchQuerySet(models.QuerySet["PageWatch"]):
    def due(self, now: datetime) -> PageWatchQuerySet:
        """Pages to be read now, the longest overdue first."""
        return self.filter(next_at__lte=now).order_by("next_at", "id")


class PageWatch(models.Model):
    """The page of an item that leads a story, read again and again after the item's version `number` came."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="watch")
    number = models.PositiveIntegerField()
    since = models.DateTimeField()
    looks = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)  # why the last look gave nothing, or why there is none

    objects = PageWatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["next_at"], condition=~Q(next_at=None), name="pages_to_read")]

    def __str__(self) -> str:
        return f"the page of item {self.item_id}"


class WholeText(models.Model):
    """What a page gave for an item: only added. The last one that was taken is what the story shows."""

    class Fate(models.TextChoices):
        TAKEN = "taken"
        ASKED = "asked"  # unsure: an editor decides
        REFUSED = "refused"
        PASSED = "passed"  # a later one came before anybody decided

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="whole_texts", db_index=False)
    number = models.PositiveIntegerField()  # of the item's version that led to it
    read_at = models.DateTimeField()
    url = models.CharField(max_length=2000)
    sha256 = models.CharField(max_length=64)  # of the page's bytes
    words_sha256 = models.CharField(max_length=64)  # of its plain text: news.provenance.words_hash
    body = models.TextField()  # safe HTML by `policy` of news.clean
    policy = models.PositiveSmallIntegerField()
    words = models.PositiveIntegerField()
    headline = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True)
    image = models.CharField(max_length=2048, blank=True)
    sources = models.JSONField(default=dict)  # field: feed, JSON-LD, OpenGraph, extractor
    why = models.JSONField(default=list)  # sentences: why it is not sure
    fate = models.CharField(max_length=8, choices=Fate)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["item", "id"])]

    def __str__(self) -> str:
        return f"{self.item_id} from {self.url}"
