"""Whole text at the desk: which pages are due, what becomes of what they gave, and an editor's word where it is unsure.

wires.pages fetches and reads; nothing here knows the network.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from msgspec import structs

from wiredesk.desk import alerts, merging, pagetexts, provenance, wordings
from wiredesk.desk.acts import clock_of
from wiredesk.desk.edit import NotAllowed
from wiredesk.desk.lists import known_agencies
from wiredesk.desk.models import Alert, Carrier, Checked, Event, PageWatch, Story, Version, WholeText
from wiredesk.desk.newstory import columns_of
from wiredesk.failpoints import failpoint
from wiredesk.news import clean, teaser
from wiredesk.news.face import Face, face
from wiredesk.news.provenance import words_hash
from wiredesk.news.significance import significance
from wiredesk.news.story import Kind, State
from wiredesk.news.terms import narrowed
from wiredesk.news.webpage import Whole
from wiredesk.news.wholetext import without_learned

AT_ONCE = 10
CLAIM = timedelta(minutes=10)  # whoever reads a page has so long before another may
KIND = "whole-text"  # of its alerts
Fate = WholeText.Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A page to be read now. `feed` has the fields that the feed gave; `keep` and `drop` are its CSS selectors."""

    watch: int
    number: int
    url: str
    keep: str = ""
    drop: str = ""
    feed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """What a look at a page brought: its text, or in words why none; where from in the end, and by which bytes."""

    whole: Whole | None = None
    error: str = ""
    url: str = ""
    sha256: str = ""
    is_gone: bool = False


def due(now: datetime, limit: int = AT_ONCE) -> list[Due]:
    """Claim some pages that are due. What is not to be read after all is taken from the list, and why is kept."""
    rows = PageWatch.objects.due(now).select_related("item__feed__source__licence")[:limit]
    return [one for row in list(rows) if (one := _claimed(row, now))]


def _claimed(row: PageWatch, now: datetime) -> Due | None:
    mine = PageWatch.objects.filter(pk=row.pk, next_at=row.next_at)
    feed = row.item.feed
    carrier = Carrier.objects.filter(item_id=row.item_id, role=Carrier.Role.LEAD).select_related("story").first()
    version = Version.objects.select_related("delivery").filter(item_id=row.item_id, number=row.number).first()
    if carrier is None or version is None or not feed.whole_text:
        mine.update(next_at=None, error="It leads no story." if feed.whole_text else "Its feed is not set to it.")
        return None
    copy = version.as_value()
    made = face(copy, base=version.delivery.url or feed.url)
    licence = narrowed(feed.source.licence.as_value(), carrier.terms.split())
    reason = teaser.no_look(copy, made, licence)
    if carrier.story.state in (State.KILLED, State.JOINED):
        reason = f"Its story is {carrier.story.state}."
    if reason:
        mine.update(next_at=None, error=reason)
        return None
    if not mine.update(next_at=now + CLAIM):
        return None
    given = {"headline": clean.plain(copy.headline, 400), "byline": made.byline}
    if made.published:
        given["published"] = made.published.isoformat()
    return Due(watch=row.pk, number=row.number, url=copy.url, keep=feed.page_keep, drop=feed.page_drop, feed=given)


def settle(look: Due, got: Got, now: datetime) -> None:
    """Keep what a look brought, show it where it is sure, ask an editor where not; and say when to look again."""
    with transaction.atomic():
        watch = PageWatch.objects.select_for_update(of=("self",)).filter(pk=look.watch, number=look.number).first()
        carrier = _lead(watch.item_id) if watch else None
        if watch is None or carrier is None:
            return  # another version came meanwhile, and is due itself
        watch.looks += 1
        watch.next_at = None if got.is_gone else teaser.next_look(watch.since, watch.looks)
        if watch.next_at is not None and watch.next_at <= now:  # the program was not running: no look is made up for
            watch.next_at = now + teaser.LOOKS[1]
        error = got.error or ("" if got.whole and got.whole.words else "No copy was found on the page.")
        watch.error = error[:300]
        watch.save()
        if got.whole and not error:
            _keep(carrier, look, got, got.whole, now)
        elif watch.next_at is None:
            text = f"{carrier.story.headline}: the text of its page could not be had. {error}"
            alerts.tell(KIND, text, at=now, story=carrier.story)
        failpoint("whole_text.before_commit")


def _keep(carrier: Carrier, look: Due, got: Got, whole: Whole, now: datetime) -> None:
    """One more text of a page, unless it says what the last one said."""
    whole = _without_boilerplate(carrier, whole)
    why = _doubts(carrier, look, whole)
    hash_ = words_hash(whole.html)
    texts = WholeText.objects.filter(item_id=carrier.item_id)
    last = texts.exclude(fate=Fate.PASSED).order_by("-id").first()
    if last and last.words_sha256 == hash_ and (why or last.fate == Fate.TAKEN):
        return
    if last is None:
        wordings.learn(carrier.item.feed.source_id, whole.text, now)
    texts.filter(fate=Fate.ASKED).update(fate=Fate.PASSED)
    facts = whole.facts
    row = WholeText.objects.create(
        item_id=carrier.item_id,
        number=look.number,
        read_at=now,
        url=(got.url or look.url)[:2000],
        sha256=got.sha256,
        words_sha256=hash_,
        body=whole.html,
        policy=clean.POLICY,
        words=whole.words,
        headline=facts.headline.value[:500],
        byline=facts.byline.value[:200] if facts.byline.source != "feed" else "",
        published_at=facts.date.utc if facts.date and facts.published.source != "feed" else None,
        image=facts.image.value,
        sources={name: getattr(facts, name).source for name in ("headline", "byline", "published", "image")},
        why=why,
        fate=Fate.ASKED,
    )
    if why:
        text = f"{carrier.story.headline}: whole text from its page waits for an editor. {' '.join(why)}"
        alerts.tell(KIND, text, at=now, story=carrier.story)
    else:
        _take(row, carrier, by="", now=now)


def _without_boilerplate(carrier: Carrier, whole: Whole) -> Whole:
    """The text of a page without what its source was seen to print under everything."""
    html = _bare(carrier, whole.html)
    text = clean.text_of(html)
    return structs.replace(whole, html=html, text=text, words=clean.word_count(text))


def _bare(carrier: Carrier, html: str) -> str:
    learned = wordings.learned_of(carrier.item.feed.source_id)
    return without_learned(html, learned, known_agencies(), base="") if learned else html


def _doubts(carrier: Carrier, look: Due, whole: Whole) -> list[str]:
    version = Version.objects.select_related("delivery").get(item_id=carrier.item_id, number=look.number)
    made = face(version.as_value(), base=version.delivery.url or look.url)
    other = ["The page has hardly a word of the feed's teaser."] if teaser.is_other(made, whole.text) else []
    return [*whole.why, *other]


def waiting(story: Story) -> list[WholeText]:
    """The texts of a story's lead that an editor has to decide about."""
    lead = Carrier.objects.filter(story=story, role=Carrier.Role.LEAD).first()
    return list(WholeText.objects.filter(item_id=lead.item_id, fate=Fate.ASKED)) if lead else []


def accept(number: int, *, by: str, now: datetime) -> Story:
    """An editor has looked at an unsure text: it is what the story shows from now on."""
    with transaction.atomic():
        row, carrier = _asked(number)
        _take(row, carrier, by=by, now=now)
        _seen_to(carrier.story, now)
        failpoint("whole_text.before_commit")
        return carrier.story


def refuse(number: int, *, by: str, now: datetime) -> Story:
    """An editor has looked at an unsure text: it is not shown, and the same text is not asked about again."""
    with transaction.atomic():
        row, carrier = _asked(number)
        row.fate, row.decided_by, row.decided_at = Fate.REFUSED, by[:150], now
        row.save(update_fields=["fate", "decided_by", "decided_at"])
        _seen_to(carrier.story, now)
        return carrier.story


def _asked(number: int) -> tuple[WholeText, Carrier]:
    row = WholeText.objects.select_for_update(of=("self",)).filter(pk=number, fate=Fate.ASKED).first()
    carrier = _lead(row.item_id) if row else None
    if row is None or carrier is None:
        raise NotAllowed("This text does not wait for an editor any more.")
    if carrier.story.state in (State.KILLED, State.JOINED):
        raise NotAllowed(f"Story {carrier.story_id} is {carrier.story.state}.")
    return row, carrier


def _lead(item_id: int) -> Carrier | None:
    carriers = Carrier.objects.select_related("story__source__licence", "item__feed__source__licence")
    return carriers.filter(item_id=item_id, role=Carrier.Role.LEAD).first()


def _seen_to(story: Story, now: datetime) -> None:
    Alert.objects.filter(story=story, kind=KIND, settled_at=None).update(settled_at=now)


def _take(row: WholeText, carrier: Carrier, *, by: str, now: datetime) -> None:
    """Let a story show a text. One that is frozen is left as it is, and the desk told; a killed one stays gone."""
    story = carrier.story
    before = pagetexts.taken(carrier.item_id)
    row.fate, row.decided_by, row.decided_at = Fate.TAKEN, by[:150], now
    row.save(update_fields=["fate", "decided_by", "decided_at"])
    if story.is_frozen:
        text = f"{story.headline}: its page has another text now, and it is frozen: nothing was changed."
        alerts.tell(KIND, text, at=now, story=story)
        return
    came = provenance.received_by(carrier)
    if came is None or came.face.body == story.body:
        return
    event = Kind.REFILE
    if before:
        # What was learned to be boilerplate since is no news where it is missing now.
        event = Kind(significance(clean.text_of(_bare(carrier, before.body)), came.face.copy))
    _show(story, carrier, came.face, event, now)
    Event.objects.create(
        story=story,
        kind=event,
        at=now,
        item_id=carrier.item_id,
        number=carrier.number,
        by=(by or carrier.item.feed.source.name)[:150],
        text="Its page has a newer text." if before else "Whole text from its page.",
    )
    wordings.keep(story.pk, wordings.read(came.copy, came.face, wordings.learned_of(story.source_id)))


def _show(story: Story, carrier: Carrier, made: Face, event: Kind, now: datetime) -> None:
    """The story with the text of its page, merged with what was edited here."""
    columns = columns_of(made) | merging.over_edits(story, made, number=carrier.number, now=now)
    for name, value in columns.items():
        setattr(story, name, value)
    story.is_corrected = story.is_corrected or event is Kind.CORRECTION
    story.checked = min(story.checked, Checked.AGAIN)
    if event is Kind.UPDATE or event is Kind.CORRECTION:
        story.updated_at = max(filter(None, (story.updated_at, now)))
    story.clock_at = clock_of(story, story.source.licence.as_value(), now)
    story.save()
    if story.conflicts.filter(number=carrier.number, settled_at=None).exists():
        text = f"{story.headline}: its page changes what was edited here; an editor has to decide."
        alerts.tell("copy", text, at=now, story=story)
