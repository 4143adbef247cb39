"""The server of a remote folder or mailbox, in the administration. A private key goes in by `wiredesk follow` alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin

from wiredesk.desk.models import Feed, Pull
from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading import sender
from wiredesk.wires import remote
from wiredesk.wires.guard import Refused

_OF_WAY = {Feed.Way.SFTP: ("host_keys", "removes"), Feed.Way.FTP: ("removes",)}
_OF_MAILBOX = ("senders", "authserv_id", "marks_seen")


class PullForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """Senders stand in lines, host keys in words; each is checked as on the command line."""

    senders = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="Addresses and domains, one in a line."
    )

    class Meta:
        model = Pull
        fields = ("host_keys", "removes", "senders", "authserv_id", "marks_seen")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["senders"] = "\n".join(self.instance.senders)
        if self.instance.is_stopped:
            shown = (
                f"The server now shows {self.instance.shown_key}: put it here if its operator says that it is theirs."
            )
            self.fields["host_keys"].help_text = shown

    def clean_senders(self) -> list[str]:
        """The list of them; of a mailbox there must be one at least, or no mail would ever be taken."""
        if self.instance.feed.way != Feed.Way.MAILBOX:
            return list(self.instance.senders)
        try:
            found = [sender.listed(line) for line in self.cleaned_data["senders"].splitlines() if line.strip()]
        except NewsError as error:
            raise forms.ValidationError(str(error)) from None
        if not found:
            raise forms.ValidationError("Name the senders whose messages are taken.")
        return found

    def clean_host_keys(self) -> str:
        """Fingerprints in their one form."""
        try:
            return " ".join(remote.fingerprint(word) for word in self.cleaned_data["host_keys"].split())
        except Refused as error:
            raise forms.ValidationError(str(error)) from None


class PullInline(admin.StackedInline):  # type: ignore[type-arg]  # generic for mypy only
    model = Pull
    form = PullForm
    verbose_name_plural = "the server"
    max_num = 1
    can_delete = False

    def get_fields(self, request: Any, obj: Feed | None = None) -> tuple[str, ...]:
        """Only what means something for this kind of server."""
        return _OF_WAY.get(Feed.Way(obj.way), _OF_MAILBOX) if obj else ()
