"""`wiredesk story ID`: one story, with what happened to it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError

from wiredesk.desk import gate
from wiredesk.desk.models import Carrier, Event, Story
from wiredesk.desk.provenance import of as provenance_of
from wiredesk.desk.rows import as_value, corrections_of
from wiredesk.management import base
from wiredesk.management.records import story_record
from wiredesk.news import clean, credit
from wiredesk.news.surface import Surface


class Command(base.Command):
    help = "show one story: text, terms, carriers, and with --history what happened to it"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", type=int, metavar="ID")
        parser.add_argument("--history", action="store_true", help="every event, oldest first")
        parser.add_argument(
            "--provenance", action="store_true", help="where each field was read, what was edited, and the proof of it"
        )
        base.add_json(parser)

    def run(self, *, story: int, history: bool, provenance: bool, as_json: bool, **_: Any) -> None:
        row = Story.objects.select_related("source__licence", "feed", "section").filter(pk=story).first()
        if row is None:
            raise CommandError(f"there is no story {story}")
        record = _record(row, history=history) | (_provenance(row) if provenance else {})
        if as_json:
            self.say(json.dumps(record, ensure_ascii=False))
            return
        for name, value in record.items():
            if name not in ("text", "history", "carriers", "provenance") and value not in (None, "", []):
                self.say(f"{name + ':':13}{', '.join(value) if isinstance(value, list) else value}")
        for carrier in record["carriers"]:
            self.say(f"carried by:  {carrier['id']:<5} {carrier['source']}, {carrier['feed']} ({carrier['role']})")
        self.say(f"\n{record['text']}")
        for event in record.get("history", ()):
            self.say(f"{event['at']}  {event['event']:11}{event['by'] or ''}  {event['text'] or ''}".rstrip())
        if record.get("provenance"):
            self._trace(record["provenance"])

    def _trace(self, came: dict[str, Any]) -> None:
        self.say(f"\nreceived {came['received']} as version {came['number']} of {came['guid'] or 'an item without id'}")
        self.say(f"from {came['source']}, {came['feed'] or 'a feed without a title'}; bytes {came['delivery']}")
        for field in came["fields"]:
            self.say(f"{field['name']:12}{field['fate']:13}{field['path'] or '–'}")
            if field["received"] == field["shown"] != "":
                self.say(f"{'':12}same words   {field['shown']}")
            elif field["received"]:
                self.say(f"{'':12}as received  {field['received']}\n{'':12}as shown     {field['shown']}")
            for edit in field["edits"]:
                self.say(f"{'':12}edited       {edit['at']} by {edit['by']}")


def _record(row: Story, *, history: bool) -> dict[str, Any]:
    moment = base.now()
    value = as_value(row, corrections_of(row), now=moment)
    leave = gate.leave(value, Surface.PAGE, moment)
    record = {
        **story_record(row, now=moment),
        "byline": row.byline,
        "dateline": row.dateline,
        "tags": [tag.name for tag in value.tags],
        "credit": credit.line(value),
        "disclosure": credit.disclosure(value, leave, site="us"),
        "text": clean.text_of(f"{row.standfirst}\n{row.body}"),
        "carriers": [_carrier(carrier) for carrier in _carriers(row)],
    }
    if history:
        events = Event.objects.filter(story=row).select_related("filed").order_by("id")
        record["history"] = [_event(event) for event in events]
    return record


def _provenance(row: Story) -> dict[str, Any]:
    """Where each field comes from; null where the copy is no longer kept."""
    came = provenance_of(row, as_value(row, now=base.now()))
    if came is None:
        return {"provenance": None}
    fields = [
        {**asdict(field), "edits": [{"by": edit.by, "at": base.moment(edit.at)} for edit in field.edits]}
        for field in came.fields
    ]
    said = {
        "source": came.source.name,
        "feed": came.feed,
        "guid": came.guid,
        "version": came.version,
        "number": came.number,
        "received": base.moment(came.at),
        "delivery": came.delivery,
        "holder": came.holder,
        "fields": fields,
    }
    return {"provenance": said}


def _carriers(row: Story) -> Any:
    return Carrier.objects.filter(story=row).select_related("item__feed__source").order_by("-role", "id")


def _carrier(carrier: Carrier) -> dict[str, Any]:
    feed = carrier.item.feed
    return {
        "id": carrier.pk,
        "source": feed.source.name,
        "feed": feed.title or feed.url,
        "role": carrier.role,
        "how": carrier.how or None,
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.pk,
        "at": base.moment(event.at),
        "event": event.kind,
        "by": event.by or None,
        "text": event.text or None,
        "version": event.number,
        "terms": event.filed.terms if event.filed else None,
        "unmet": event.filed.unmet if event.filed else [],
    }
