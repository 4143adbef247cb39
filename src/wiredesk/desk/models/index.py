"""Indexes of ours: by what the same copy, related coverage, learned boilerplate and names are found again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wiredesk.desk.models.source import Source
from wiredesk.desk.models.story import Story


class Mark(models.Model):
    """A key by which the shell finds stories for the core to judge: news.match.marks makes it.

    The table is its own index: three marks an item are the largest number of rows that intake writes.
    """

    pk = models.CompositePrimaryKey("key", "story")
    key = models.CharField(max_length=40)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="marks", db_index=False)

    def __str__(self) -> str:
        return self.key


class WordMark(models.Model):
    """A mark of a story's wording (news.marks): the index by which copies are found that were cut and retitled.

    SQLite keeps it without rowid: the table is its own index (migration 0008).
    """

    pk = models.CompositePrimaryKey("mark", "story_id")
    mark = models.BigIntegerField()
    story_id = models.BigIntegerField()  # no foreign key: what leads to nothing is passed over, and swept out in time

    def __str__(self) -> str:
        return f"{self.mark:x} {self.story_id}"


class SourceLine(models.Model):
    """A paragraph as a source printed it (news.bare.paragraph_key), and in how many stories: its own boilerplate."""

    pk = models.CompositePrimaryKey("source", "key")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.BigIntegerField()
    count = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["source", "key"], condition=Q(count__gte=5), name="lines_learned"),
            models.Index(fields=["last_at"], condition=Q(count__lt=5), name="lines_to_forget"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.key:x}"


class StoryTerm(models.Model):
    """A word of a story's headline or lead, by the day it came: the index in which related coverage is looked for."""

    pk = models.CompositePrimaryKey("day", "term", "story_id")
    day = models.PositiveIntegerField()  # of our calendar, counted from its first
    term = models.CharField(max_length=40)
    story_id = models.BigIntegerField()  # no foreign key: days leave the table whole

    def __str__(self) -> str:
        return f"{self.term} {self.story_id}"


class Related(models.Model):
    """Two stories about the same event, and how alike they are, of 1000. A pair is two rows, one for each of them."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="related_to", db_index=False)
    other = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "other"], name="one_relation_a_pair")]

    def __str__(self) -> str:
        return f"{self.story_id} {self.other_id}"


class KnownName(models.Model):
    """A person's name as stories spelled it, and in how many: the archive that new copy is held against."""

    form = models.CharField(max_length=200, primary_key=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["-count"], condition=Q(count__gt=1), name="names_printed_often")]

    def __str__(self) -> str:
        return self.form
