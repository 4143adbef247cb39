"""An item or feed in the making: what handlers fill while the walk goes from element to element."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from lxml import etree

from wiredesk.news.formats.reading import dates, urls
from wiredesk.news.formats.reading.names import XML_BASE, XML_LANG, canonical
from wiredesk.news.formats.reading.text import MAX_ATTRIBUTES, MAX_TEXT, attributes, text_of
from wiredesk.news.item import Date, Extra, Note
from wiredesk.news.profile import Profile

MAX_EXTRA = 16_000  # characters of unknown elements kept of one item
MAX_EXTRAS = 2_000  # of these elements
MAX_MEDIA = 100
MAX_NOTES = 200  # of one item
SHORT = 12  # values that are looked through one by one
MAX_NAMES = 5_000  # of elements remembered


@dataclass(slots=True)
class Context:
    """What holds for a whole document.

    Where relative addresses count from, the agency's dialect, what was noted.
    """

    url: str = ""
    profile: Profile = Profile()
    has_base: bool = False
    has_lang: bool = True
    notes: list[Note] = field(default_factory=list)

    @property
    def zone(self) -> tzinfo:
        """The zone of dates that name none."""
        return self.profile.clock

    def note(self, code: str, text: str, where: str = "") -> None:
        """Remember something, once for each code and place."""
        note = Note(code=code, text=text, where=where)
        if note not in self.notes and len(self.notes) < 200:
            self.notes.append(note)

    def stand_on(self, link: str | None) -> None:
        """From here on relative addresses count from the page the document names as its own."""
        self.url = urls.absolute(link, self.url) or self.url if link else self.url

    def base_of(self, element: etree._Element) -> str:
        """What relative addresses in an element count from.

        The xml:base chain, the channel's link, the document's address.
        """
        outer = self.url
        if not self.has_base:
            return outer
        chain = [one.get(XML_BASE) for one in (element, *element.iterancestors())]
        for base in reversed([base for base in chain if base]):
            outer = urls.absolute(base, outer) or outer
        return outer

    def address(self, href: str | None, element: etree._Element) -> str:
        """An attribute or text as an absolute address, or "" with a note."""
        if not href or href.isspace():
            return ""
        if urls.PLAIN.fullmatch(href):
            return href
        found = urls.absolute(href, self.base_of(element))
        if not found:
            self.note("dropped-address", f"not a web address: {href.strip()[:80]}")
        return found

    def date(self, element: etree._Element) -> Date | None:
        """The date that an element holds."""
        return dates.read(text_of(element), self.zone)


class Draft:
    """Fields of one item: the first value of a single field wins, lists keep all in order.

    Unknown elements are kept.
    """

    __slots__ = ("fields", "lists", "seen", "paths", "notes", "kept", "media_defaults")

    def __init__(self) -> None:
        self.fields: dict[str, Any] = {}
        self.lists: dict[str, list[Any]] = {}
        self.seen: dict[str, set[Any]] = {}
        self.paths: dict[str, str] = {}
        self.notes: list[Note] = []
        self.kept = 0
        self.media_defaults: dict[str, str] = {}

    def set(self, name: str, value: Any, path: str) -> None:
        """Set a single field, unless it is set or there is nothing to set it to."""
        if value and name not in self.fields:
            self.fields[name] = value
            self.paths[name] = path

    def replace(self, name: str, value: Any, path: str) -> None:
        """Set a single field to better evidence than it was set by."""
        self.fields[name] = value
        self.paths[name] = path

    def add(self, name: str, value: Any, path: str) -> None:
        """One more of a list, if it is not there already."""
        if not value:
            return
        values = self.lists.get(name)
        if values is None:
            self.lists[name] = [value]
            self.paths[name] = path
        elif not (value in values if len(values) < SHORT else self._is_there(name, value, values)):
            if name == "media" and len(values) >= MAX_MEDIA:
                self.note("too-many-media", f"only the first {MAX_MEDIA} media were kept")
                return
            values.append(value)

    def _is_there(self, name: str, value: Any, values: list[Any]) -> bool:
        """Whether a long list has a value already: a set stands beside it, so that hostile ones cost no more."""
        if name not in self.seen:
            self.seen[name] = set(values)
        is_there = value in self.seen[name]
        self.seen[name].add(value)
        return is_there

    def note(self, code: str, text: str) -> None:
        """Remember an oddity of this item, once."""
        note = Note(code=code, text=text)
        if note not in self.notes and len(self.notes) < MAX_NOTES:
            self.notes.append(note)

    def keep(self, element: etree._Element, _: Context | None = None, __: str = "") -> None:
        """An element that nobody claims, with all below it, as long as there is room: the handler of what has none."""
        for one in element.iter() if len(element) else (element,):
            text = (one.text or "").strip()
            said = attributes(one) if one.attrib else {}
            if len(said) == MAX_ATTRIBUTES:
                self.note("too-many-attributes", f"only the first {MAX_ATTRIBUTES} attributes of an element are kept")
            size = len(text) + sum(map(len, said.values()))
            if self.kept + size > MAX_EXTRA or len(self.lists.get("extra", ())) >= MAX_EXTRAS:
                self.note("too-much-extra", "unknown elements were dropped")
                return
            self.kept += size
            self.lists.setdefault("extra", []).append(Extra(qname=one.tag, attributes=said, text=text))

    def finished(self) -> dict[str, Any]:
        """All fields, lists as tuples, over-long texts cut."""
        fields = self.fields
        for name, values in self.lists.items():
            fields[name] = tuple(values)
        for name in ("summary", "body"):
            if name in fields and len(fields[name]) >= MAX_TEXT:
                fields["lossy"] = True
                self.note("cut", f"{name} was longer than {MAX_TEXT} characters")
        if self.notes:
            fields["notes"] = tuple(self.notes)
        return fields


# What one element does to a draft. The last argument is the element's canonical name, which is where a field came from.
Handler = Callable[[Draft, etree._Element, Context, str], None]


class Handlers(dict[str, tuple[Handler, str]]):
    """From an element's tag to its handler and its canonical name, made from a table of handlers by canonical name.

    A tag as it is written is looked up once and then known; what the table does not know is kept as it is.
    """

    def __init__(self, table: Mapping[str, Handler]) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, tag: str) -> tuple[Handler, str]:
        name = self.name_of(tag)
        found = self._table.get(name, Draft.keep), name
        if len(self) < MAX_NAMES:
            self[tag] = found
        return found

    def name_of(self, tag: str) -> str:
        """The canonical name under which the table has a tag."""
        return canonical(tag)


def walk(parent: Iterable[etree._Element], table: Handlers, draft: Draft, context: Context) -> None:
    """Give each child to the handler of its name; what has none is kept as it is."""
    for element in parent:
        handler, name = table[element.tag]
        handler(draft, element, context, name)


def language_of(element: etree._Element) -> str:
    """The nearest xml:lang, from the element outwards."""
    for one in (element, *element.iterancestors()):
        found = one.get(XML_LANG)
        if found:
            return str(found).strip()[:35]
    return ""


def setter(field: str) -> Handler:
    """A handler that sets one text field."""

    def handle(draft: Draft, element: etree._Element, _: Context, path: str) -> None:
        draft.set(field, text_of(element), path)

    return handle


def date_setter(field: str) -> Handler:
    """A handler that sets one date field."""

    def handle(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
        draft.set(field, dates.read(text_of(element), context.zone), path)

    return handle
