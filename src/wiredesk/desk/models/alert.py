"""What the desk has to be told: holds, odd deliveries, sick feeds."""

from __future__ import annotations

from django.db import models


class Alert(models.Model):
    """One thing for an editor to look at; `text` is a plain sentence. One that is open is not written a second time."""

    kind = models.CharField(max_length=40)
    text = models.CharField(max_length=1000)
    at = models.DateTimeField()
    feed = models.ForeignKey("desk.Feed", on_delete=models.CASCADE, null=True, blank=True, related_name="alerts")
    story = models.ForeignKey("desk.Story", on_delete=models.CASCADE, null=True, blank=True, related_name="alerts")
    other = models.ForeignKey("desk.Story", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-at"], condition=models.Q(settled_at=None), name="open_alerts")]

    def __str__(self) -> str:
        return self.text
