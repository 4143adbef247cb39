"""What a remote folder or a mailbox needs beyond its feed: whom we trust there, what we may do, how far we read."""

from __future__ import annotations

from django.db import models

from wiredesk.desk.models.feed import Feed
from wiredesk.desk.secrets import SealedField


class Pull(models.Model):
    """How a feed is pulled from its server. `left` counts messages that were left, by the reason."""

    feed = models.OneToOneField(Feed, on_delete=models.CASCADE, related_name="pull")
    host_keys = models.CharField(
        max_length=500,
        blank=True,
        help_text="SFTP: fingerprints of confirmed host keys, as ssh-keygen -l shows them, a space between.",
    )
    shown_key = models.CharField(
        max_length=60, blank=True, editable=False
    )  # another one, which the server showed since
    sealed_key = SealedField(blank=True, default="")  # the private key that signs in
    removes = models.BooleanField(
        "removes files", default=False, help_text="Folders: delete files on the server once the desk has them."
    )
    marks_seen = models.BooleanField(
        "marks messages as seen", default=False, help_text="Mailboxes: set the mark on messages that were taken."
    )
    senders = models.JSONField(
        default=list, blank=True, help_text="Mailboxes: addresses and domains whose messages are taken, as a list."
    )
    authserv_id = models.CharField(
        "server that checks senders",
        max_length=255,
        blank=True,
        help_text="Mailboxes: the name in its Authentication-Results (RFC 8601). Without it, From may be forged.",
    )
    validity = models.PositiveBigIntegerField(default=0, editable=False)  # UIDVALIDITY of what was read
    uid = models.PositiveBigIntegerField(default=0, editable=False)  # the last message that was looked at
    left = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = "pull"

    def __str__(self) -> str:
        return self.feed.url

    @property
    def is_stopped(self) -> bool:
        """Whether the server showed a host key that nobody has confirmed: then it is not connected to any more."""
        return bool(self.shown_key) and self.shown_key not in self.host_keys.split()
