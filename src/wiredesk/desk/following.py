"""Following: a new feed with its source, section and terms, made or found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from wiredesk.desk.models import Feed, Licence, Section, Source
from wiredesk.news import clean, links
from wiredesk.news import licence as terms
from wiredesk.news.presets import DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to follow. Empty names are made up; a new source without a licence gets the default."""

    url: str
    way: Feed.Way = Feed.Way.HTTP
    title: str = ""
    source: str = ""
    source_url: str = ""
    section: str = ""
    licence: terms.Licence | None = None
    newest: int | None = 20
    profile: str = ""
    whole_text: bool | None = None  # None: as it is, for a new feed off


def follow(wish: Wish, *, now: datetime) -> tuple[Feed, bool]:
    """The feed, due at once, and whether it is new. One we follow already gets only what is asked for."""
    with transaction.atomic():
        feed = Feed.objects.filter(url=wish.url).select_related("source").first()
        source = feed.source if feed else _source(wish)
        if wish.licence:
            source.licence = Licence.objects.keep(wish.licence)
            source.save(update_fields=["licence"])
        if wish.profile:
            source.profile = wish.profile
            source.save(update_fields=["profile"])
        section = _section(wish.section)
        if feed:
            asked = ({"section": section} if section else {}) | (
                {} if wish.whole_text is None else {"whole_text": wish.whole_text}
            )
            if asked:
                Feed.objects.filter(pk=feed.pk).update(**asked)
            return feed, False
        feed = Feed.objects.create(
            source=source,
            way=wish.way,
            url=wish.url,
            title=clean.plain(wish.title, 300),
            section=section,
            newest=wish.newest,
            whole_text=bool(wish.whole_text),
            created_at=now,
            next_poll_at=now,
        )
        return feed, True


def _source(wish: Wish) -> Source:
    """The source of that name; a name that was only made up from a title is never shared by two addresses."""
    if wish.source:
        name = clean.plain(wish.source, 200)
        known = Source.objects.filter(name=name).first()
        if known:
            return known
    else:
        name = _free_name(clean.plain(wish.title, 150) or _host(wish.url), _host(wish.url))
    licence = Licence.objects.keep(DEFAULT)
    return Source.objects.create(name=name, slug=_free_slug(name), url=wish.source_url[:2000], licence=licence)


def _section(name: str) -> Section | None:
    name = clean.plain(name, 100)
    if not name:
        return None
    slug = links.slug(name)
    return Section.objects.filter(slug=slug).first() or Section.objects.create(name=name, slug=slug)


def _free_name(name: str, host: str) -> str:
    candidates = [name, f"{name} ({host})", *(f"{name} ({host} {n})" for n in range(2, 10_000))]
    taken = set(Source.objects.filter(name__startswith=name).values_list("name", flat=True))
    return next(candidate for candidate in candidates if candidate not in taken)


def _free_slug(name: str) -> str:
    slug = links.slug(name)
    taken = set(Source.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(free for free in [slug, *(f"{slug}-{n}" for n in range(2, 10_000))] if free not in taken)


def _host(url: str) -> str:
    parts = urlsplit(url)
    return parts.hostname or parts.path.rstrip("/").rpartition("/")[2] or "feed"
