"""Rows as the values that the core judges by."""

from __future__ import annotations

from datetime import datetime

from wiredesk.desk import models
from wiredesk.news import clean
from wiredesk.news.licence import Licence
from wiredesk.news.story import Correction, Kind, Name, State, Story
from wiredesk.news.terms import narrowed


def as_value(
    row: models.Story, corrections: tuple[Correction, ...] = (), *, now: datetime, whole: bool = True
) -> Story:
    """A story's row as the core judges it; with `whole` also who else carries it and what was edited (a query each)."""
    source = row.source
    return Story(
        id=row.pk,
        state=State(row.state),
        headline=row.headline,
        slug=row.slug,
        order=row.order_at,
        licence=licence_of(row),
        source=Name(name=source.name, slug=source.slug, url=source.url),
        feed=row.feed.title,
        first_seen=row.first_seen_at,
        standfirst=_safe(row.standfirst, row),
        body=_safe(row.body, row),
        byline=row.byline,
        dateline=row.dateline,
        language=row.language,
        url=row.url,
        published=min(row.published_at, now) if row.published_at else None,
        updated=min(row.updated_at, now) if row.updated_at else None,
        embargo=row.embargo_at,
        embargo_open=row.embargo_open,
        expiry=row.expires_at,
        went_out=row.went_out_at,
        credit=tuple(row.credit),
        notices=tuple(row.notices),
        section=Name(name=row.section.name, slug=row.section.slug) if row.section else None,
        tags=tuple(Name(name=tag.name, slug=tag.slug) for tag in row.tags.all()),
        carriers=carriers_of(row) if whole else (),
        corrections=corrections,
        corrected=row.is_corrected,
        edited=tuple(row.edits.values_list("field", flat=True).order_by("field").distinct()) if whole else (),
    )


def licence_of(row: models.Story) -> Licence:
    """Its source's terms without what the copy itself takes away."""
    licence = row.source.licence.as_value()
    return narrowed(licence, row.terms.split()) if row.terms else licence


def _safe(html: str, row: models.Story) -> str:
    """HTML by the policy of today. What an older one let through is cleaned again until desk.renewal has been there."""
    return html if row.policy == clean.POLICY else clean.safe_html(html, base=row.url)


def carriers_of(row: models.Story) -> tuple[Name, ...]:
    """The other sources that carry this story, each once."""
    sources = (
        models.Source.objects.filter(feeds__items__carrier__story=row)
        .exclude(pk=row.source_id)
        .distinct()
        .order_by("name")
    )
    return tuple(Name(name=source.name, slug=source.slug, url=source.url) for source in sources)


def corrections_of(row: models.Story) -> tuple[Correction, ...]:
    """What readers were told was wrong, the oldest first."""
    if not row.is_corrected:
        return ()
    events = models.Event.objects.filter(story=row, kind=Kind.CORRECTION).order_by("id")
    return tuple(Correction(at=event.at, text=event.text, by=event.by) for event in events)
