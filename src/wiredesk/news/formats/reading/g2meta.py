"""What NewsML-G2 says about the content of an item: people, subjects, places, descriptions, rights (contentMeta)."""

from __future__ import annotations

import re

from lxml import etree

from wiredesk.news.formats.reading import g2notes, mediatopics, urls
from wiredesk.news.formats.reading.catalog import CONCEPT_NATURE, MEDIA_TOPIC, Concept
from wiredesk.news.formats.reading.g2 import MAX_NAME, Headline, Work, html_of, line_of, local, name_of
from wiredesk.news.formats.reading.text import text_of
from wiredesk.news.item import Person, Rights, Subject

_LISTS = {
    "geoarea": "places",
    "poi": "places",
    "person": "persons",
    "organisation": "orgs",
    "organization": "orgs",
}
_SUMMARIES = ("summary", "teaser", "abstract", "synopsis")
_ALTERNATIVES = ("alttext", "alt")
MAX_HEADLINES = 50
_SEEN_OR_HEARD = ("picture", "graphic", "audio", "video", "animated")
_HEARD_OF = ("copyrightHolder", "copyrightNotice", "usageTerms", "link")


def provider(work: Work, element: etree._Element, path: str) -> None:
    """itemMeta/provider: the party that sent this, by name, else by code."""
    concept = work.catalog.concept(element)
    work.draft.set("provider", name_of(work, element) or concept.code or concept.sent, path)
    work.keep_unread(element)


def creator(work: Work, element: etree._Element, path: str) -> None:
    """creator: who made the content, @role as what."""
    _person(work, element, "", path)


def contributor(work: Work, element: etree._Element, path: str) -> None:
    """contributor: who added to it."""
    _person(work, element, "contributor", path)


def _person(work: Work, element: etree._Element, role: str, path: str) -> None:
    """A party. How it is reached, and what else is said of it, is for editors and stays out of the name."""
    concept = work.catalog.concept(element)
    name = name_of(work, element) or element.get("literal", "").strip()[:MAX_NAME]
    uri = urls.absolute(concept.uri)
    found = Person(name=name, uri=uri, role=work.catalog.of(element, "role").code[:100] or role)
    work.draft.add("authors", found if name or uri else None, path)
    if concept.sent in (name, "") or uri:
        work.keep_unread(element)
    else:
        work.draft.keep(element)  # its code names nobody here, but is not lost


def subject(work: Work, element: etree._Element, path: str) -> None:
    """subject: a code with a name; a place, person or organisation by its @type is one of those too."""
    kind = work.catalog.of(element, "type")
    main = next((child for child in element if local(child) == "mainConcept"), element)
    concept = work.catalog.concept(main)
    name = _name(work, main, concept)
    nature = kind.code if kind.is_of(CONCEPT_NATURE) else kind.kept
    found = Subject(name=name, code=concept.kept, scheme=concept.scheme, type=nature)
    work.draft.add("subjects", found if name or concept.kept else None, path)
    if kind.may_be_of(CONCEPT_NATURE) and kind.code.lower() in _LISTS:
        work.draft.add(_LISTS[kind.code.lower()], name, path)
    work.keep_unread(element, ("name", "mainConcept"))
    if main is not element:
        work.keep_unread(main)


def genre(work: Work, element: etree._Element, path: str) -> None:
    """genre: what kind of text it is."""
    concept = work.catalog.concept(element)
    name = _name(work, element, concept)
    found = Subject(name=name, code=concept.kept, scheme=concept.scheme, type="genre")
    work.draft.add("subjects", found if name or concept.kept else None, path)
    g2notes.announced(work, element, path)
    work.keep_unread(element)


def _name(work: Work, element: etree._Element, concept: Concept) -> str:
    """The name sent; IPTC's topics have one without being told."""
    return name_of(work, element) or (mediatopics.NAMES.get(concept.code, "") if concept.is_of(MEDIA_TOPIC) else "")


def keyword(work: Work, element: etree._Element, path: str) -> None:
    """keyword: a word, or a concept with a name."""
    work.draft.add("keywords", (name_of(work, element) or line_of(element))[:MAX_NAME], path)


def located(work: Work, element: etree._Element, path: str) -> None:
    """located: where the content was made: a place, and the dateline if there is no other."""
    name = name_of(work, element)
    work.draft.add("places", name, path)
    work.said.setdefault("located", name)
    work.keep_unread(element)


def urgency(work: Work, element: etree._Element, path: str) -> None:
    """urgency: 1 to 9."""
    if re.fullmatch(r"[1-9]", text_of(element)):
        work.draft.set("urgency", int(text_of(element)), path)


def headline(work: Work, element: etree._Element, path: str) -> None:
    """headline: any number, told apart by @role, @rank and language; which is which is seen at the end."""
    text, rank = line_of(element), element.get("rank", "").strip()
    if len(work.headlines) >= MAX_HEADLINES:
        work.draft.keep(element)
    elif text:
        role = work.catalog.of(element, "role").code.lower()
        place = int(rank) if rank.isdecimal() and len(rank) < 10 else 1
        work.headlines.append(Headline(text, role, place, element))


def description(work: Work, element: etree._Element, path: str) -> None:
    """description: by its @role a summary, a caption, a text for those who cannot see; others are kept."""
    role = work.catalog.of(element, "role").code.lower()
    is_media = work.nature in _SEEN_OR_HEARD
    if role in _SUMMARIES or (not role and not is_media):
        work.draft.set("summary", html_of(element), path)
    elif role in _ALTERNATIVES:
        work.said.setdefault("alt", line_of(element))
    elif role == "caption" or (not role and is_media):
        work.said.setdefault("caption", line_of(element))
    else:
        work.draft.keep(element)


def rights_info(work: Work, element: etree._Element, path: str) -> None:
    """rightsInfo: holder, notice, terms, and the address of a licence; any number, each with its own scope."""
    said: dict[str, list[str]] = {name: [] for name in _HEARD_OF}
    for child in element:
        name = local(child)
        if name == "copyrightHolder":
            said[name].append(name_of(work, child) or line_of(child) or work.catalog.concept(child).sent)
        elif name in ("copyrightNotice", "usageTerms"):
            said[name].append(line_of(child))
        elif name != "link":
            work.draft.keep(child)
        said["link"].append(_licence(child))
    holder, notice, terms, links = ("\n".join(dict.fromkeys(filter(None, said[name]))) for name in _HEARD_OF)
    found = Rights(
        scope="item", holder=holder.replace("\n", ", "), notice=notice, terms=terms, licence=links.partition("\n")[0]
    )
    work.draft.add("rights", found if found != Rights(scope="item") else None, path)


def _licence(element: etree._Element) -> str:
    """The address of terms: @href of a link or notice, @uid of a policy in a rights expression (ODRL)."""
    href = element.get("href", "") if local(element) in _HEARD_OF[1:] else ""
    if local(element) == "rightsExpressionXML":
        href = next((one.get("uid", "") for one in element if one.get("uid")), "")
    href = href.strip()[:2000]
    return href if href.startswith(("http://", "https://")) else ""
