"""The one door out: stories as pages for a surface, cut to what it may show, judged by desk.gate at `now`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, Sum

from wiredesk.desk import gate, provenance
from wiredesk.desk.cursor import Cursor
from wiredesk.desk.models import Hit, Licence, Related, Section, Source, Story, Tag
from wiredesk.desk.phrases import phrases
from wiredesk.desk.rows import WITH_CARRIERS, as_value, corrections_of
from wiredesk.news import popular
from wiredesk.news.licence import Mining
from wiredesk.news.page import Page, compose
from wiredesk.news.rights import seen_after
from wiredesk.news.story import Correction, Kind, Name, State
from wiredesk.news.surface import Surface
from wiredesk.news.terms import HIDING

PER_PAGE = 30
_ROWS_AT_ONCE = 60  # rows looked at for one more page of a list, since rights may drop some
_MODELS: Mapping[str, type[Section] | type[Source] | type[Tag]] = {"section": Section, "source": Source, "tag": Tag}
_RELATED = ("source__licence", "feed", "section")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A list that readers can ask for. `key` is a section's, source's or tag's slug, "2026-11" for a month, else ""."""

    kind: Literal["front", "section", "source", "tag", "month"] = "front"
    key: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A stretch of a shelf, newest first. `older` and `newer` are cursors to go on with, "" at the ends."""

    shelf: Shelf
    pages: tuple[Page, ...]
    older: str = ""
    newer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A page and how many readers it had."""

    page: Page
    readers: int


def page_of(story: int, *, now: datetime, surface: Surface = Surface.PAGE) -> Page | None:
    """One story in full, as far as it may be shown; None where nothing may tell that it exists.

    For a story that was joined to another, that one's page.
    """
    row = _rows().filter(pk=story).first()
    if row and row.joined_to_id:
        row = _rows().filter(pk=row.joined_to_id).first()
    if row is None:
        return None
    is_traced = surface is Surface.PAGE
    return _page(row, surface=surface, now=now, corrections=corrections_of(row), whole=True, is_traced=is_traced)


def page_to_send(story: int, *, now: datetime, surface: Surface) -> Page | None:
    """One story in full for an outlet; None where nothing of it may stand there, and for one that was joined."""
    row = _rows().filter(pk=story).first()
    return _page(row, surface=surface, now=now, corrections=corrections_of(row), whole=True) if row else None


def shelf(
    kind: Literal["front", "section", "source", "tag", "month"],
    key: str = "",
    *,
    now: datetime,
    surface: Surface = Surface.LIST,
) -> Shelf | None:
    """A shelf by its address, or None if there is none such. A topic is copy: it is there only with a story shown."""
    if kind == "front":
        return Shelf()
    if kind == "month":
        month = _month(key)
        return Shelf(kind=kind, key=key, name=f"{month[0]:%B %Y}") if month else None
    row = _MODELS[kind].objects.filter(slug=key).first()
    found = Shelf(kind=kind, key=key, name=row.name) if row else None
    if kind == "tag" and found and not listing(found, now=now, limit=1, surface=surface).pages:
        return None
    return found


def listing(
    of: Shelf,
    *,
    now: datetime,
    cursor: str = "",
    limit: int = PER_PAGE,
    surface: Surface = Surface.LIST,
    whole: bool = False,
) -> Listing:
    """A shelf from `cursor` on (as a Listing gave it; a strange one means the newest). `whole` adds the bodies."""
    mark = Cursor.read(cursor)
    rows = _on(of, now)
    found = list(_shown(mark.cut(rows), surface=surface, now=now, whole=whole, limit=limit + 1))
    more, found = len(found) > limit, found[:limit]
    if mark.is_upward:
        found.reverse()
    down, up = (bool(mark.text), more) if mark.is_upward else (more, bool(mark.text))
    return Listing(
        shelf=of,
        pages=tuple(page for _, page in found),
        older=Cursor.at(found[-1][0], "-") if down and found else "",
        newer=Cursor.at(found[0][0], "+") if up and found else "",
    )


def neighbours(page: Page, *, now: datetime, surface: Surface = Surface.LIST) -> tuple[Page | None, Page | None]:
    """The story before this one and the one after it, as (older, newer)."""
    row = Story.objects.filter(pk=page.id).first()
    if row is None:
        return None, None
    rows = _on(Shelf(), now)
    older, newer = (
        next(_shown(Cursor.read(Cursor.at(row, way)).cut(rows), surface=surface, now=now, limit=1), None)
        for way in "-+"
    )
    return older[1] if older else None, newer[1] if newer else None


def related(page: Page, *, now: datetime, limit: int = 5, surface: Surface = Surface.LIST) -> tuple[Page, ...]:
    """Other stories about the same event, the likest first, as far as they may be shown."""
    scores = dict(Related.objects.filter(story_id=page.id).order_by("-score").values_list("other_id", "score")[:20])
    rows = sorted(_rows().filter(pk__in=scores, state=State.LIVE), key=lambda row: -scores[row.pk])
    found = (_page(row, surface=surface, now=now) for row in rows)
    return tuple(one for one in found if one and one.public == "shown")[:limit]


def most_read(
    window: popular.Window, *, now: datetime, limit: int = 10, surface: Surface = Surface.LIST
) -> tuple[Ranked, ...]:
    """Stories with the most readers in a window, most first; one that may not be shown is not counted."""
    hits = Hit.objects.filter(story__state=State.LIVE)
    since = window.since(now)
    if since:
        hits = hits.filter(hour__gte=popular.hour_of(since))
    counts = hits.values_list("story").annotate(readers=Sum("count")).order_by("-readers", "-story")[: limit * 3]
    readers: Mapping[int, int] = dict(counts)
    rows = {row.pk: row for row in _rows().filter(pk__in=readers)}
    pages = ((_page(rows[pk], surface=surface, now=now), readers[pk]) for pk in readers)
    return tuple(Ranked(page=page, readers=n) for page, n in pages if page and page.public == "shown")[:limit]


def corrected(*, now: datetime, limit: int = 100, surface: Surface = Surface.LIST) -> tuple[Page, ...]:
    """Stories that were corrected, the latest correction first, each with its corrections."""
    latest = (
        Story.objects.filter(is_corrected=True, events__kind=Kind.CORRECTION)
        .annotate(at=Max("events__at"))
        .order_by("-at", "-id")
    )
    rows = latest.select_related(*_RELATED).prefetch_related("tags", WITH_CARRIERS)[:limit]
    pages = (_page(row, surface=surface, now=now, corrections=corrections_of(row)) for row in rows)
    return tuple(page for page in pages if page and page.public == "shown")


def find(query: str, *, now: datetime, limit: int = PER_PAGE, surface: Surface = Surface.SEARCH) -> tuple[Page, ...]:
    """Stories whose headline holds every word of `query`, newest first. Copy that may not be shown is not searched."""
    rows = _on(Shelf(), now)
    words = query.replace("\0", " ").split()[:10]
    for word in words:
        rows = rows.filter(headline__icontains=word)
    newest = rows.order_by("-order_at", "-id")
    return tuple(page for _, page in _shown(newest, surface=surface, now=now, limit=limit)) if words else ()


def shelves(kind: Literal["section", "source", "tag", "month"], *, now: datetime, limit: int = 100) -> tuple[Name, ...]:
    """Shelves that hold something: sections and sources by name, tags by how much they hold, months newest first."""
    # A tag is copy, so the terms count; the other names are our own, and a look at the terms would cost each page much.
    public = _within_terms(now) if kind == "tag" else Story.objects.perhaps_public(now)
    if kind == "month":
        months = public.datetimes("order_at", "month", order="DESC")[:limit]
        return tuple(Name(name=f"{month:%B %Y}", slug=f"{month:%Y-%m}") for month in months)
    rows = _MODELS[kind].objects.filter(stories__in=public).annotate(held=Count("stories"))
    ordered = rows.order_by("-held", "name") if kind == "tag" else rows.order_by("name")
    return tuple(Name(name=row.name, slug=row.slug, url=getattr(row, "url", "")) for row in ordered[:limit])


def addresses(*, now: datetime, surface: Surface = Surface.SITEMAP) -> Iterator[tuple[str, datetime]]:
    """Path and last change of every story a reader may see, newest first, for the sitemap."""
    for row, page in _shown(_on(Shelf(), now).order_by("-order_at", "-id"), surface=surface, now=now, limit=50_000):
        yield page.path, max(moment for moment in (page.updated, page.published, row.went_out_at) if moment)


def is_any_reserved(*, now: datetime) -> bool:
    """Whether any story that may be public is reserved from mining, by its source's terms, its own or a carrier's."""
    public = Story.objects.perhaps_public(now)
    of_source = Q(source__licence__mining=Mining.RESERVED) | Q(terms__contains="no-mining")
    of_carrier = Q(carriers__terms__contains="no-mining")
    of_carrier |= Q(carriers__item__feed__source__licence__mining=Mining.RESERVED)
    return public.filter(of_source).exists() or public.filter(of_carrier).exists()


def _rows() -> QuerySet[Story]:
    return Story.objects.select_related(*_RELATED).prefetch_related("tags", WITH_CARRIERS)


def _on(of: Shelf, now: datetime) -> QuerySet[Story]:
    """The rows of a shelf that may be public, in no order."""
    rows = _rows() & Story.objects.perhaps_public(now)
    if of.kind == "month":
        month = _month(of.key)
        return rows.filter(order_at__gte=month[0], order_at__lt=month[1]) if month else rows.none()
    if of.kind == "front":
        return rows
    return rows.filter(**{"tags__slug" if of.kind == "tag" else f"{of.kind}__slug": of.key})


def _within_terms(now: datetime, surface: Surface = Surface.LIST) -> QuerySet[Story]:
    """The rows that may be shown, as near as a query comes to rights.leave: a shelf's name is told on their account."""
    terms, told = Q(pk=None), Q()
    for word in (*HIDING, "nc") if settings.COMMERCIAL else HIDING:
        told |= Q(terms__contains=word)
    for row in Licence.objects.all():
        licence = row.as_value()
        since = seen_after(licence, surface, now, here=gate.here())
        if since:
            of = Q(source__licence=row, first_seen_at__gt=since) & _in_languages(licence.languages)
            terms |= of & Q(embargo_open=False) if licence.obeys_embargo else of
    return Story.objects.perhaps_public(now).filter(terms).exclude(told)


def _in_languages(languages: tuple[str, ...]) -> Q:
    """Stories in one of these languages, as near as a query comes to rights.is_in; no languages: all."""
    asked = Q()
    for one in languages:
        asked |= Q(language__iexact=one) | Q(language__istartswith=f"{one}-")
    return asked


def _month(key: str) -> tuple[datetime, datetime] | None:
    """First moment of the month "2026-11" and of the next; None if it is none."""
    year, _, month = key.partition("-")
    if not (len(key) == 7 and year.isdecimal() and month.isdecimal() and year >= "1990" and 1 <= int(month) <= 12):
        return None
    first = datetime(int(year), int(month), 1, tzinfo=UTC)
    following = datetime(int(year) + int(month) // 12, int(month) % 12 + 1, 1, tzinfo=UTC) if year < "9999" else first
    return first, following


def _shown(
    rows: QuerySet[Story], *, surface: Surface, now: datetime, limit: int, whole: bool = False
) -> Iterator[tuple[Story, Page]]:
    """The first `limit` rows that may really be shown, with their pages."""
    start = given = 0
    while given < limit:
        some = list(rows[start : start + min(_ROWS_AT_ONCE, limit + 5)])
        for row in some:
            page = _page(row, surface=surface, now=now, whole=whole)
            if page and page.public == "shown":
                yield row, page
                given += 1
                if given == limit:
                    return
        start += len(some)
        if not some:
            return


def _page(
    row: Story,
    *,
    surface: Surface,
    now: datetime,
    corrections: Iterable[Correction] = (),
    whole: bool = False,
    is_traced: bool = False,
) -> Page | None:
    story = as_value(row, tuple(corrections), now=now, whole=whole)
    judged = gate.leave(story, surface, now)
    substitute = None
    if whole and judged.public == "gone" and row.replaced_by_id:
        other = _rows().filter(pk=row.replaced_by_id).first()
        substitute = _page(other, surface=surface, now=now) if other else None
    return compose(
        story,
        judged,
        site=settings.SITE_NAME,
        brief=not whole,
        substitute=substitute,
        phrases=phrases(),
        traced=provenance.of(row, story) if is_traced and judged.public == "shown" else None,
        has_card=whole and gate.leave(story, Surface.METADATA, now).public == "shown",
    )
