"""Small makers of rows and documents for tests that have a database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from html import escape

from wiredesk.desk import following, intake
from wiredesk.desk.following import Wish
from wiredesk.desk.intake import Taken
from wiredesk.desk.models import Feed, Story
from wiredesk.news.licence import Licence
from wiredesk.news.presets import PRESETS

NOW = datetime.now(UTC).replace(microsecond=0)
PUBLIC = PRESETS["public-domain"]


def at(hours: float = 0) -> datetime:
    """So many hours after the test began."""
    return NOW + timedelta(hours=hours)


def feed(name: str = "lantern", licence: Licence = PUBLIC, *, newest: int | None = 20, section: str = "") -> Feed:
    """A feed with a source of the same name."""
    wish = Wish(
        url=f"https://{name}.example/feed",
        title=name.title(),
        source=name.title(),
        licence=licence,
        newest=newest,
        section=section,
    )
    return following.follow(wish, now=NOW)[0]


def entry(
    number: int = 1,
    *,
    title: str = "",
    body: str = "",
    hours: float = -1,
    link: str = "",
    updated: float | None = None,
    guid: str = "",
    extra: str = "",
) -> str:
    """One Atom entry; its text is its own unless given."""
    text = (
        body
        or f"<p>Story number {number} tells of harbour {number * 7919} and of {number * 104729} boats that came in that night one after another, as the keeper of the light wrote down in his book number {number}.</p>"
    )
    moment = at(hours).isoformat()
    later = at(updated).isoformat() if updated is not None else moment
    return (
        f"<entry><id>{guid or f'urn:{number}'}</id><title>{escape(title or f'Headline {number}')}</title>"
        f"<link href='{link or f'https://origin.example/{number}'}'/><published>{moment}</published><updated>{later}</updated>"
        f"<content type='html'>{escape(text)}</content>{extra}</entry>"
    )


def atom(entries: Iterable[str], title: str = "Wire") -> bytes:
    """An Atom document of these entries."""
    return (
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0' "
        f"xmlns:prism='http://prismstandard.org/namespaces/basic/2.0/'><title>{title}</title>{''.join(entries)}</feed>"
    ).encode()


def take(to: Feed, *entries: str, hours: float = 0, is_cut: bool = False) -> Taken:
    """Deliver these entries to a feed."""
    to.refresh_from_db()
    return intake.take(to, atom(entries), now=at(hours), url=to.url, is_cut=is_cut)


def story(**changes: object) -> Story:
    """One story through the whole intake, changed afterwards as asked."""
    take(feed(), entry(1))
    row = Story.objects.get()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return row
