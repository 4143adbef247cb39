"""A newer version of the copy over what was edited here: what merges is shown, what does not is put to an editor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from wiredesk.desk.models import Checked, Conflict, Edit, Event, Story
from wiredesk.desk.provenance import edits_of
from wiredesk.failpoints import failpoint
from wiredesk.news import clean, editing, merge
from wiredesk.news.errors import NewsError
from wiredesk.news.face import Face
from wiredesk.news.item import as_plain
from wiredesk.news.merge import Field
from wiredesk.news.provenance import HTML, in_force
from wiredesk.news.story import Kind

LONGEST = 500  # characters of a field of one line, as its column has it


class Stale(NewsError):
    """The text of a conflict is no longer what stands there; the message says what to do."""


def over_edits(story: Story, made: Face, *, number: int, now: datetime) -> dict[str, str]:
    """What the edited fields of a story say under a newer version of its lead; nothing where none was edited.

    The new version is the base of our edits from now on. Conflicts are kept with their three sides; ours stands.
    """
    edits = edits_of(story)
    edited = in_force(edits)
    if not edited:
        return {}
    last = {edit.field: edit for edit in edits}
    merged = merge.merged(
        {name: last[name].base for name in edited},
        {name: str(getattr(made, name)) for name in edited},
        {name: _now_there(story, name) for name in edited},
        address=story.url,
    )
    texts = {}
    for one in merged.fields:
        base = str(getattr(made, one.name))
        texts[one.name] = _as_theirs(one, base)
        Edit.objects.create(story=story, field=one.name, base=base, ours=texts[one.name], by="", at=now)
        if one.conflicts:
            Conflict.objects.create(story=story, field=one.name, number=number, merged=as_plain(one), at=now)
    return texts


def _as_theirs(one: Field, theirs: str) -> str:
    """What a field says now: theirs to the letter where it says the same, so that nothing is called edited then."""
    if not one.is_html:
        return one.text[:LONGEST]
    return theirs if editing.manuscript(one.text) == editing.manuscript(theirs) else one.text


def _now_there(story: Story, name: str) -> str:
    """What stands there, safe by the policy of today."""
    text = str(getattr(story, name))
    return clean.safe_html(text, base=story.url) if name in HTML else text


def as_field(conflict: Conflict) -> Field:
    """The merge that a conflict came of."""
    return merge.read(conflict.merged)


def decide(conflict_id: int, choices: Mapping[int, str], *, by: str, now: datetime) -> Story:
    """Settle a conflict: for each of its places what is to stand there, as a manuscript ("" cuts it).

    Stale where the field was changed since; KeyError for a place that is none.
    """
    with transaction.atomic():
        found = Conflict.objects.select_for_update(of=("self",)).select_related("story").filter(pk=conflict_id)
        conflict = found.filter(settled_at=None).first()
        if conflict is None:
            raise Stale("This conflict is settled already.")
        story, one = conflict.story, as_field(conflict)
        if getattr(story, conflict.field) != one.text:
            raise Stale("The text was changed since; look at it in the editor, and settle this there.")
        text = merge.decided(one, choices, address=story.url).text
        last = Edit.objects.filter(story=story, field=conflict.field).order_by("-id")[0]
        if text != one.text:
            Edit.objects.create(story=story, field=conflict.field, base=last.base, ours=text, by=by[:150], at=now)
            Event.objects.create(story=story, kind=Kind.EDIT, at=now, by=by[:150], text=conflict.field)
            setattr(story, conflict.field, text)
            story.checked = min(story.checked, Checked.AGAIN)
            story.save(update_fields=[conflict.field, "checked"])
        _settle(conflict, by, now)
        failpoint("merging.before_commit")
        return story


def dismiss(conflict_id: int, *, by: str, now: datetime) -> None:
    """Say that what stands there is right."""
    conflict = Conflict.objects.filter(pk=conflict_id, settled_at=None).first()
    if conflict:
        _settle(conflict, by, now)


def _settle(conflict: Conflict, by: str, now: datetime) -> None:
    conflict.settled_at, conflict.settled_by = now, by[:150]
    conflict.save(update_fields=["settled_at", "settled_by"])
