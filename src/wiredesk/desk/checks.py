"""What is looked at once a story stands: whose copy it is, names spelled two ways, what else tells of the event.

Off the way in, since it takes longer than all the rest; a story whose copy or carriers changed is looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from wiredesk.desk import alerts, bulk, coverage, edit, provenance, wordings
from wiredesk.desk.lists import known_agencies, known_names
from wiredesk.desk.models import Carrier, Checked, KnownName, Story
from wiredesk.failpoints import failpoint
from wiredesk.news import agency, clean, names
from wiredesk.news.agency import Carried
from wiredesk.news.names import Alert, Archive, Found, Text
from wiredesk.news.provenance import Received
from wiredesk.news.story import State

AT_ONCE = 50
MOST_CARRIERS = 20  # of one story that are looked at
ARCHIVE = 50_000  # names that are held against copy: those in most stories
ARCHIVE_AGE = 600  # seconds after which it is read again
_COUNT = (
    "INSERT INTO desk_knownname (form, count) VALUES (%s, 1) "
    "ON CONFLICT (form) DO UPDATE SET count = desk_knownname.count + 1"
)
_archive: tuple[datetime, Archive] | None = None


def run(now: datetime, limit: int = AT_ONCE) -> int:
    """Check some stories that were not since their copy or carriers last changed; how many."""
    rows = list(Story.objects.filter(checked__lt=Checked.DONE).select_related("source").order_by("id")[:limit])
    for row in rows:
        _check(row, now)
    return len(rows)


def _check(story: Story, now: datetime) -> None:
    """One story: the verdicts are made first, then written at once, unless intake was there meanwhile."""
    if story.state == State.JOINED:
        Story.objects.filter(pk=story.pk).update(checked=Checked.DONE)
        return
    came = _carried(story)
    origin = _origin(came)
    texts = _texts(story, came)
    found = names.look(texts, known_names(), archive=_known(now))
    with transaction.atomic():
        same = Story.objects.filter(pk=story.pk, headline=story.headline, body=story.body, checked=story.checked)
        if not same.update(checked=Checked.DONE, origin=origin, credit=_without(story.credit, origin)):
            return
        if story.checked == Checked.NEW:
            wordings.learn(story.source_id, clean.text_of(story.body), now)
            bulk.run(_COUNT, [(form[:200],) for form in names.named(texts[:1], known_names())])
        coverage.look(story)
        _tell(story, found, now)
        failpoint("checks.before_commit")


def _carried(story: Story) -> list[tuple[Carrier, Received]]:
    """What carries it as it came, the lead first."""
    rows = story.carriers.select_related("item__feed__source").order_by("-role", "id")[:MOST_CARRIERS]
    return [(carrier, came) for carrier in rows if (came := provenance.received_by(carrier))]


def _origin(came: Sequence[tuple[Carrier, Received]]) -> str:
    """The full name of the agency whose copy it is: as the lead prints it, else as the others do. "" if nobody does."""
    if not came:
        return ""
    agencies = known_agencies()
    told = [agency.whose(agency.of_item(one.copy, one.face.text), agencies) for _, one in came]
    sources = [one.source.name for _, one in came]
    others = [Carried(carrier=source, whose=whose) for source, whose in zip(sources[1:], told[1:], strict=True)]
    verdict = agency.inherited(told[0], others)
    found = agencies.named(verdict.origin) if verdict.role in ("origin", "syndicated") and verdict.origin else None
    return found.name[:120] if found else ""


def _without(credit: list[str], origin: str) -> list[str]:
    """The other names of a credit: the same agency by its short form is not said twice."""
    agencies = known_agencies()
    same = agencies.named(origin) if origin else None
    return [name for name in credit if same is None or agencies.named(name) != same]


def _texts(story: Story, came: Sequence[tuple[Carrier, Received]]) -> list[Text]:
    """The story as it stands here, then the other carriers' copy."""
    here = Text(headline=story.headline, body=clean.text_of(f"{story.standfirst}\n{story.body}"))
    others = [
        Text(headline=one.face.headline, body=one.face.text, label=one.source.name)
        for carrier, one in came
        if carrier.role != Carrier.Role.LEAD
    ]
    return [here, *others]


def _known(now: datetime) -> Archive:
    """The archive of names, read again now and then."""
    global _archive  # noqa: PLW0603  one for the process: making it costs more than looking
    if _archive is None or abs((now - _archive[0]).total_seconds()) > ARCHIVE_AGE:
        rows = KnownName.objects.filter(count__gt=1).order_by("-count").values_list("form", "count")[:ARCHIVE]
        _archive = now, Archive(counts=dict(rows), lore=known_names())
    return _archive[1]


def _tell(story: Story, found: Found, now: datetime) -> None:
    """The desk is told of each name; a source that is set so has its story held. Copy is never changed by it."""
    texts = [_said(story, alert) for alert in found.alerts]
    told = set(story.alerts.filter(kind="names").values_list("text", flat=True))  # settled ones too: it was decided
    for text in texts:
        if text not in told:
            alerts.tell("names", text, at=now, story=story)
    if set(texts) - told and story.source.holds_on_names and story.state in (State.LIVE, State.WAITING):
        edit.hold(story.pk, by="name check", now=now, reason="A name is spelled two ways.")


def _said(story: Story, alert: Alert) -> str:
    spellings = " / ".join(alert.spellings)
    return clean.plain(f"{story.headline}: {spellings}. Suggested: {alert.suggest}. {alert.why}", 1000)
