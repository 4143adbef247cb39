"""Rows as the values that the core judges by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects

from wiredesk.desk import models
from wiredesk.desk.provenance import edits_of
from wiredesk.news import clean
from wiredesk.news.licence import Licence
from wiredesk.news.provenance import in_force
from wiredesk.news.story import Correction, Kind, Name, State, Story
from wiredesk.news.terms import least_told, narrowed

# Every row that is to be shown needs its other carriers: their terms count too. A query for all rows of a list.
WITH_CARRIERS = Prefetch(
    "carriers",
    models.Carrier.objects.filter(role=models.Carrier.Role.ALSO).select_related("item__feed__source__licence"),
    to_attr="also",
)


def as_value(
    row: models.Story, corrections: tuple[Correction, ...] = (), *, now: datetime, whole: bool = True
) -> Story:
    """A story's row as the core judges it; with `whole` also who else carries it and what was edited (a query each)."""
    source, also = row.source, _also(row)
    return Story(
        id=row.pk,
        state=State(row.state),
        headline=row.headline,
        slug=row.slug,
        order=row.order_at,
        licence=least_told(licence_of(row), _terms(also)),
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
        credit=(row.origin, *row.credit) if row.origin else tuple(row.credit),
        notices=tuple(row.notices),
        section=Name(name=row.section.name, slug=row.section.slug) if row.section else None,
        tags=tuple(Name(name=tag.name, slug=tag.slug) for tag in row.tags.all()),
        carriers=_sources(row, also),
        corrections=corrections,
        corrected=row.is_corrected,
        edited=in_force(edits_of(row)) if whole else (),
    )


def licence_of(row: models.Story) -> Licence:
    """Its source's terms without what the copy itself takes away."""
    licence = row.source.licence.as_value()
    return narrowed(licence, row.terms.split()) if row.terms else licence


def _safe(html: str, row: models.Story) -> str:
    """HTML by the policy of today. What an older one let through is cleaned again until desk.renewal has been there."""
    return html if row.policy == clean.POLICY else clean.safe_html(html, base=row.url)


def _also(row: models.Story) -> tuple[models.Carrier, ...]:
    """The items besides its lead that carry a story, with their sources and terms."""
    if not hasattr(row, "also"):
        prefetch_related_objects([row], WITH_CARRIERS)
    return tuple(row.also)  # type: ignore[attr-defined]  # set by the prefetch


def _sources(row: models.Story, also: Iterable[models.Carrier]) -> tuple[Name, ...]:
    """The other sources that carry it, each once, by name."""
    sources = {carrier.item.feed.source for carrier in also} - {row.source}
    named = sorted(sources, key=lambda source: source.name)
    return tuple(Name(name=source.name, slug=source.slug, url=source.url) for source in named)


def _terms(also: Iterable[models.Carrier]) -> tuple[Licence, ...]:
    """What the sources of these carriers let us do, each less what its own copy takes away."""
    under = {(carrier.item.feed.source.licence, carrier.terms) for carrier in also}
    return tuple(narrowed(licence.as_value(), words.split()) for licence, words in under)


def corrections_of(row: models.Story) -> tuple[Correction, ...]:
    """What readers were told was wrong, the oldest first."""
    if not row.is_corrected:
        return ()
    events = models.Event.objects.filter(story=row, kind=Kind.CORRECTION).order_by("id")
    return tuple(Correction(at=event.at, text=event.text, by=event.by) for event in events)
