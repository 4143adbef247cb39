"""One NewsML-G2 item in the making, and what all who read parts of it need: names, texts, languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TypeVar

from lxml import etree

from wiredesk.news.formats.reading.catalog import Catalog, Concept
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.formats.reading.names import XML_LANG, canonical
from wiredesk.news.formats.reading.text import MAX_TEXT, markup_of, text_of
from wiredesk.news.item import Date
from wiredesk.news.profile import Profile

Meaning = TypeVar("Meaning")
MAX_NAME = 400
_BREAKS = frozenset("p br li tr td dt dd div section header footer ul ol h1 h2 h3 h4 h5 h6 blockquote pre".split())


@dataclass(slots=True)
class Headline:
    """A headline that may become the item's: the place it claims, and the element it stands in."""

    text: str
    role: str
    rank: int
    element: etree._Element


@dataclass(slots=True)
class Work:
    """An item in the making: its draft, what its codes mean, and what can be settled only when all of it was read."""

    draft: Draft
    context: Context
    catalog: Catalog
    language: str = ""
    nature: str = ""
    headlines: list[Headline] = field(default_factory=list)
    remotes: list[etree._Element] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)  # what has no field of its own: title, caption, alt, creditline
    dates: dict[str, Date | None] = field(default_factory=dict)
    is_correction: bool = False

    @property
    def profile(self) -> Profile:
        """The agency's dialect."""
        return self.context.profile

    def keep_unread(self, element: etree._Element, read: Iterable[str] = ("name",)) -> None:
        """Keep what stands inside a property and was not read: definitions, relations, details of a person ..."""
        for child in element:
            if local(child) not in read:
                self.draft.keep(child)


# What one element does to an item; the last argument is the element's path in the item.
Part = Callable[[Work, etree._Element, str], None]


def walk(work: Work, parent: etree._Element, path: str, table: Mapping[str, Part]) -> None:
    """Give each child to the handler of its path; what has none is kept as it is."""
    for child in parent:
        where = f"{path}{local(child)}"
        handler = table.get(where)
        if handler:
            handler(work, child, where)
        else:
            work.draft.keep(child)


def local(element: etree._Element) -> str:
    """The name of an element of the News Architecture, Clark notation for all others."""
    name = canonical(element.tag)
    return name[4:] if name.startswith("nar:") else str(element.tag)


def line_of(element: etree._Element) -> str:
    """An element's text on one line."""
    return " ".join(text_of(element).split())


def lines_of(element: etree._Element) -> str:
    """An element's text, a line for each line or block of it; the markup goes."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if canonical(node.tag).rpartition(":")[2].rpartition("}")[2].lower() in _BREAKS:
            parts.append("\n")
        if event == "start":
            parts.append(node.text or "")
        elif node is not element:
            parts.append(node.tail or "")
    lines = (" ".join(line.split()) for line in "".join(parts)[:MAX_TEXT].splitlines())
    return "\n".join(line for line in lines if line)


def html_of(element: etree._Element) -> str:
    """A block of text (News Architecture, BlockType) as HTML."""
    return markup_of(element) if len(element) else escape(text_of(element), quote=False)


def name_of(work: Work, element: etree._Element) -> str:
    """The name of a concept, in the item's language if it has one in that."""
    return chosen(work.language, [child for child in element if local(child) == "name"])


def chosen(language: str, elements: list[etree._Element]) -> str:
    """The text of the first element in a language, else of one that names none, else of the first."""
    wanted = language.lower()
    best = min(elements, key=lambda element: distance(wanted, element), default=None)
    return line_of(best)[:MAX_NAME] if best is not None else ""


def distance(wanted: str, element: etree._Element) -> int:
    """How far an element's language is from the wanted one: 0 the same, 1 none named, 2 the same tongue, 3 another."""
    own = element.get(XML_LANG, "").strip().lower()
    if own == wanted:
        return 0
    if not own:
        return 1
    return 2 if own.split("-")[0] == wanted.split("-")[0] else 3


def meaning(names: Mapping[str, Meaning], concept: Concept, *, is_trusted: bool) -> Meaning | None:
    """What a table of a profile says of a concept, by its address, as sent, or by its bare code if that is trusted."""
    lower = {name.strip().lower(): meant for name, meant in names.items()}
    words = (word.lower() for word in concept.words(is_trusted=is_trusted))
    return next((lower[word] for word in words if word in lower), None)
