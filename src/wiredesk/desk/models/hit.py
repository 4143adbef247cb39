"""How often stories were read, by the hour; no reader is known."""

from __future__ import annotations

from django.db import models


class Hit(models.Model):
    """Readers of one story in one hour (UTC)."""

    story = models.ForeignKey("desk.Story", on_delete=models.CASCADE, related_name="hits")
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "hour"], name="one_count_an_hour")]
        indexes = [models.Index(fields=["hour"])]

    def __str__(self) -> str:
        return f"{self.story_id} {self.hour:%Y-%m-%d %H}: {self.count}"
