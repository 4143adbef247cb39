"""Our Delivery under feedparser's names, for tests only: its values are cleaned and absolute, so are ours here."""

from __future__ import annotations

from datetime import datetime
from html import escape
from time import struct_time
from typing import Any

from lxml import etree, html

from wiredesk.news import clean
from wiredesk.news.item import Date, Delivery, FeedInfo, Item, Media, Person, Subject

REPAIRS = {
    "leading-junk",
    "control-characters",
    "entities",
    "ampersand",
    "less-than",
    "undeclared-prefix",
    "trailing-junk",
    "recovered",
}


class Loose(str):
    """Text equal to another if both are the same HTML tree after collapsing white space, as text or as markup."""

    __slots__ = ("markup",)
    markup: str

    def __new__(cls, text: str, markup: str = "") -> Loose:
        made = super().__new__(cls, text)
        made.markup = markup or escape(text, quote=False)
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and (
            _tree(self.markup) == _tree(other) or " ".join(self.split()) == other.strip()
        )

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def _tree(markup: str) -> str:
    """HTML in one way of writing it."""
    if not markup.strip():
        return ""
    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, ValueError):
        return markup
    while (
        len(root) == 1 and root[0].tag == "div" and not root[0].attrib and not (root.text or root[0].tail or "").strip()
    ):
        root = root[0]  # feedparser keeps the div around XHTML in Atom 0.3, RFC 4287 says it is no part of the text
    root.tail = None
    for element in root.iter():
        element.text = " ".join((element.text or "").split())
        element.tail = " ".join((element.tail or "").split())
        for name in ("loading", "decoding", "referrerpolicy", "rel"):
            element.attrib.pop(name, None)
    return etree.tostring(root, method="c14n").decode()


class View(dict[str, Any]):
    """A record whose keys can be asked for as attributes too."""

    def __missing__(self, name: str) -> Any:
        if name == "url" and "href" in self:
            return self["href"]
        raise KeyError(name)

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error


def view(delivery: Delivery, url: str = "") -> dict[str, Any]:
    """The names an Expect: line may use."""
    feed = _feed(delivery.feed, delivery, url)
    return {
        "feed": feed,
        "channel": feed,
        "entries": [_entry(item, delivery.feed, url) for item in delivery.items],
        "bozo": any(note.code in REPAIRS for note in delivery.notes),
    }


def _markup(raw: str, base: str) -> Loose:
    safe = clean.safe_html(raw, base=base)
    return Loose(clean.text_of(safe), safe)


def _text(value: str, raw: str = "", base: str = "") -> Loose:
    return _markup(raw, base) if raw else Loose(value)


def _feed(info: FeedInfo, delivery: Delivery, url: str) -> View:
    base = info.url or url
    values: dict[str, Any] = {
        "title": _text(info.title, info.title_html, base),
        "subtitle": Loose(info.subtitle),
        "link": info.url,
        "links": _links(info.links, info.url),
        "id": info.guid,
        "language": info.language,
        "generator": Loose(info.generator),
        "ttl": str(info.ttl or ""),
        "rights": Loose("\n".join(right.notice for right in info.rights if right.notice)),
        **_dates(info.published, info.updated),
        **_people(info.authors),
        **_subjects(info.categories),
    }
    values["description"] = values["tagline"] = values["info"] = values["subtitle"]
    values["copyright"], values["guid"] = values["rights"], values["id"]
    return _with_details(values)


def _entry(item: Item, info: FeedInfo, url: str) -> View:
    base = item.body_base or item.url or info.url or url
    body, summary = _markup(item.body, base), _markup(item.summary, base)
    shown = summary if item.summary else body
    enclosures = [_enclosure(media) for media in item.media if media.rendition == "enclosure"]
    own = [right for right in item.rights if right.scope == "item"]
    credit = item.credit[0] if item.credit else None
    values: dict[str, Any] = {
        "title": _text(item.headline, item.headline_html, base),
        "summary": shown,
        "content": [View(value=body)] if item.body else [],
        "link": item.url,
        "links": _links(item.links, item.url),
        "id": item.guid,
        "enclosures": enclosures,
        "rights": Loose("\n".join(right.notice for right in own if right.notice)),
        "source": View(title=Loose(credit.name), href=credit.url) if credit else View(),
        "comments": item.comments.url if item.comments else "",
        "language": item.language,
        **_dates(item.published, item.updated),
        **_people(item.authors),
        **_subjects(item.subjects),
    }
    values["description"] = shown
    values["subtitle"] = Loose(item.podcast.get("itunes:subtitle", "")) or shown
    values["copyright"], values["guid"] = values["rights"], values["id"]
    return _with_details(values)


def _with_details(values: dict[str, Any]) -> View:
    for name in ("title", "subtitle", "summary", "rights", "description", "copyright", "tagline", "info"):
        if name in values:
            values[f"{name}_detail"] = View(value=values[name])
    kept = ("links", "description", "subtitle", "title", "summary")
    return View({name: value for name, value in values.items() if value or name in kept})


def _links(links: Any, url: str) -> list[View]:
    rows = []
    for link in links:
        said = {"rel": link.rel, "href": link.href, "type": link.type, "title": link.title, "length": link.length}
        rows.append(View({name: value for name, value in said.items() if value or name in ("rel", "href")}))
    return rows or ([View(rel="alternate", href=url, type="text/html")] if url else [])


def _enclosure(media: Media) -> View:
    said = {"href": media.href, "type": media.type, "length": media.length, "title": media.title}
    return View({name: value for name, value in said.items() if value})


def _dates(published: Date | None, updated: Date | None) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, date in (("published", published), ("updated", updated or published), ("date", updated or published)):
        if date:
            values[name] = date.raw
            values[f"{name}_parsed"] = _parsed(date.utc)
    for alias, name in (("issued", "published"), ("created", "published"), ("modified", "updated")):
        if name in values:
            values[alias], values[f"{alias}_parsed"] = values[name], values[f"{name}_parsed"]
    return values


def _parsed(moment: datetime | None) -> struct_time | None:
    return moment.utctimetuple() if moment else None


def _people(people: tuple[Person, ...]) -> dict[str, Any]:
    rows = [_person(person) for person in people if person.role != "contributor"]
    helpers = [_person(person) for person in people if person.role == "contributor"]
    values: dict[str, Any] = {"contributors": helpers} if helpers else {}
    if rows:
        first = next(person for person in people if person.role != "contributor")
        said = f"{first.name} ({first.email})" if first.name and first.email else first.name or first.email
        values |= {"author": Loose(said), "author_detail": rows[0], "authors": rows, "publisher": Loose(said)}
    return values


def _person(person: Person) -> View:
    said = {"name": Loose(person.name), "email": person.email, "href": person.uri}
    return View({name: value for name, value in said.items() if value})


def _subjects(subjects: tuple[Subject, ...]) -> dict[str, Any]:
    tags = [
        View(term=one.code or one.name, scheme=one.scheme or None, label=one.name if one.code else None)
        for one in subjects
    ]
    return (
        {"tags": tags, "category": tags[0].term, "categories": [(tag.scheme, tag.term) for tag in tags]} if tags else {}
    )
