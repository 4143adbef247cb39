"""Items and their versions: copy exactly as one feed sent it. Version rows are only ever added."""

from __future__ import annotations

import msgspec
from django.db import models

from wiredesk.desk.models.feed import Delivery, Feed
from wiredesk.news.item import Item as Copy


class Item(models.Model):
    """One piece of copy of one feed, known by its key; `state` is what the next one is judged against."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="items", db_index=False)
    key = models.CharField(max_length=80)
    first_seen_at = models.DateTimeField()
    is_baseline = models.BooleanField(default=False)  # older than what first sight of the feed takes: known, not shown
    number = models.PositiveIntegerField(default=0)  # of the latest Version
    state = models.TextField(default="{}")  # news.identity.Stand of the latest state, written

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "key"], name="one_item_a_key")]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.key}"


class Version(models.Model):
    """One state of an item as received. Below `content_hash` stand the fields of news.item.Item, one by one."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()  # ours: 1, 2, 3 in order of arrival
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="versions")
    received_at = models.DateTimeField()
    content_hash = models.CharField(max_length=32)

    guid = models.TextField(blank=True)
    guid_kind = models.CharField(max_length=10)
    version = models.TextField(blank=True)
    status = models.CharField(max_length=10)
    signals = models.JSONField(default=list)
    refs = models.JSONField(default=list)
    links = models.JSONField(default=list)
    url = models.TextField(blank=True)
    external_url = models.TextField(blank=True)
    credit = models.JSONField(default=list)
    provider = models.TextField(blank=True)
    headline = models.TextField(blank=True)
    headline_html = models.TextField(blank=True)
    headline_raw = models.TextField(blank=True)
    subhead = models.TextField(blank=True)
    slugline = models.TextField(blank=True)
    keywords = models.JSONField(default=list)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    body_kind = models.CharField(max_length=10, blank=True)
    body_base = models.TextField(blank=True)
    authors = models.JSONField(default=list)
    byline = models.TextField(blank=True)
    dateline = models.TextField(blank=True)
    published = models.JSONField(null=True)
    updated = models.JSONField(null=True)
    embargo = models.JSONField(null=True)
    expiry = models.JSONField(null=True)
    urgency = models.PositiveSmallIntegerField(null=True)
    ednotes = models.JSONField(default=list)
    subjects = models.JSONField(default=list)
    places = models.JSONField(default=list)
    persons = models.JSONField(default=list)
    orgs = models.JSONField(default=list)
    language = models.TextField(blank=True)
    rights = models.JSONField(default=list)
    media = models.JSONField(default=list)
    comments = models.JSONField(null=True)
    podcast = models.JSONField(default=dict)
    extra = models.JSONField(default=list)
    origin = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    lossy = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.item_id} version {self.number}"

    def as_value(self) -> Copy:
        """The item as it was received, every field of it."""
        return msgspec.convert({name: getattr(self, name) for name in Copy.__struct_fields__}, Copy)
