"""Readers counted: a visit is added to its story's hour; who it was is never kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from wiredesk.desk.models import Hit, Story


@transaction.atomic
def add(readers: Mapping[tuple[int, datetime], int]) -> None:
    """Add readers by (story, hour). Stories that are no more are passed over."""
    known = set(Story.objects.filter(pk__in={story for story, _ in readers}).values_list("pk", flat=True))
    for (story, hour), count in readers.items():
        if story in known:
            hit, _ = Hit.objects.get_or_create(story_id=story, hour=hour)
            Hit.objects.filter(pk=hit.pk).update(count=F("count") + count)
