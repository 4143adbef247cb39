"""What editors may send, checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from wiredesk.desk.models import Source, Story
from wiredesk.news import editing
from wiredesk.news.merge import Field
from wiredesk.news.story import State


class Look(forms.Form):
    """What the queue shows: a state, a source, words of the headline."""

    state = forms.ChoiceField(choices=[("all", "all"), *((s.value, s.value) for s in State)], required=False)
    source = forms.ModelChoiceField(Source.objects.order_by("name"), required=False, empty_label="every source")
    words = forms.CharField(max_length=200, required=False, widget=forms.TextInput(attrs={"type": "search"}))

    @property
    def tab(self) -> str:
        """The tab that is open: what waits, unless another was chosen."""
        asked = str(self.cleaned_data.get("state") or "") if self.is_valid() else ""
        return asked or (State.WAITING.value if self.count(State.WAITING) else "all")

    def count(self, state: State) -> int:
        """How many stories are in a state; all are counted at once."""
        if not hasattr(self, "_counts"):
            rows = Story.objects.values_list("state").annotate(held=Count("id"))
            self._counts: dict[str, int] = dict(rows)
        return self._counts.get(state.value, 0)

    def narrowed(self, rows: QuerySet[Story]) -> QuerySet[Story]:
        """The rows asked for."""
        asked = self.cleaned_data if self.is_valid() else {}
        if self.tab != "all":
            rows = rows.filter(state=self.tab)
        if asked.get("source"):
            rows = rows.filter(source=asked["source"])
        for word in str(asked.get("words") or "").split()[:10]:
            rows = rows.filter(headline__icontains=word)
        return rows

    def query(self) -> str:
        """The choice as a query, for links to other pages of it."""
        asked = self.cleaned_data if self.is_valid() else {}
        said = {"state": self.tab, "words": asked.get("words"), "source": getattr(asked.get("source"), "pk", "")}
        return urlencode({name: value for name, value in said.items() if value})


class Act(forms.Form):
    """One act on one story."""

    act = forms.ChoiceField(choices=[(name, name) for name in ("publish", "hold", "release", "kill")])
    reason = forms.CharField(max_length=400, required=False)
    anyway = forms.BooleanField(required=False)


class Carry(forms.Form):
    """What is to be done with a story's items."""

    act = forms.ChoiceField(choices=[(name, name) for name in ("join", "unjoin", "lead", "split")])
    into = forms.IntegerField(min_value=1, max_value=2**53, required=False)
    carrier = forms.IntegerField(min_value=1, max_value=2**53, required=False)


class Decision(forms.Form):
    """What is to stand at each place of a conflict: ours, theirs, or a text of the editor's."""

    def __init__(self, data: Any, *, places: Sequence[int]) -> None:
        super().__init__(data)
        for place in places:
            choices = [(side, side) for side in ("ours", "theirs", "text")]
            self.fields[f"side-{place}"] = forms.ChoiceField(choices=choices)
            self.fields[f"text-{place}"] = forms.CharField(required=False, strip=False, max_length=editing.MAX_COPY)
        self._places = tuple(places)

    def choices(self, one: Field) -> dict[int, str]:
        """The manuscript of each place."""
        said = self.cleaned_data
        return {
            place: said[f"text-{place}"]
            if said[f"side-{place}"] == "text"
            else "\n\n".join(getattr(one.parts[place], said[f"side-{place}"]))
            for place in self._places
        }


class Copy(forms.Form):
    """The copy as an editor works on it: paragraphs parted by an empty line, tags only where they are needed."""

    headline = forms.CharField(max_length=400, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))
    standfirst = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
    byline = forms.CharField(max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"}))
    dateline = forms.CharField(max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"}))
    body = forms.CharField(
        max_length=editing.MAX_COPY,
        required=False,
        strip=False,
        label="Text",
        widget=forms.Textarea(attrs={"rows": 24, "dir": "auto"}),
    )


def local_address(request: HttpRequest) -> str:
    """Where an act was asked for, if that is here: never anywhere else."""
    address = request.POST.get("next", "")
    is_local = address.startswith("/desk/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_local else ""
