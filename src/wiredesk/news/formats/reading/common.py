"""Elements that mean the same in RSS and Atom: Dublin Core, comments, podcasts, places, rights, links.

A table of handlers, over 300 lines since each element has its own few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from wiredesk.news.formats.reading import dates, media
from wiredesk.news.formats.reading.draft import Context, Draft, Handler, date_setter, language_of, setter
from wiredesk.news.formats.reading.text import attributes, inner_of, is_markup, plain_of, text_of
from wiredesk.news.item import Comments, Credit, Link, Media, Person, Ref, Rights, Subject

_IANA = "http://www.iana.org/assignments/relation/"
_MAIL = re.compile(r"[^\s<>()\[\],;:\"@]{1,64}@[A-Za-z0-9.-]{1,255}\.[A-Za-z]{2,24}")
_PERIOD = re.compile(r"(start|end)\s{0,5}=\s{0,5}([^;]{1,60})")
# Relations that say what this copy has to do with other copy.
_REFERS = ("via", "related", "replaces", "replied", "in-reply-to", "canonical", "predecessor-version")


def person(text: str, role: str = "") -> Person | None:
    """Somebody written as "name <mail>", "mail (name)", a name or a mail address alone."""
    text = (plain_of(text) if is_markup(text) and "@" not in text else " ".join(text.split()))[:400]
    if not text:
        return None
    found = _MAIL.search(text)
    if not found:
        return Person(name=text, role=role)
    rest = (text[: found.start()] + text[found.end() :]).replace("mailto:", "").strip(" ()<>,;\"'")
    return Person(name=rest, email=found[0], role=role)


def author(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """RSS <author>, dc:creator, itunes:author: any number."""
    draft.add("authors", person(text_of(element)), path)


def contributor(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """dc:contributor."""
    draft.add("authors", person(text_of(element), "contributor"), "dc:contributor")


def podcast_author(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """itunes:author: an author only where no other was named."""
    if "authors" not in draft.lists:
        author(draft, element, context, path)
    podcast(draft, element, context, path)


def subject(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """RSS <category domain>, dc:subject, itunes:category."""
    found = category(element)
    draft.add("subjects", found, path)
    if found and found.scheme and found.scheme == context.profile.schemes.get("slug"):
        draft.set("slugline", found.name, path)


def category(element: etree._Element) -> Subject | None:
    """What such an element names, in which scheme."""
    name = text_of(element) or element.get("text", "").strip()
    if not name:
        return None
    scheme = element.get("domain")
    return Subject(name=name, scheme=scheme.strip()[:400]) if scheme else Subject(name=name)


def itunes_subject(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """itunes:category: the name an attribute, narrower ones inside."""
    for found in itunes_categories(element):
        draft.add("subjects", found, path)


def itunes_categories(element: etree._Element) -> Iterator[Subject]:
    """The category and all narrower ones inside it."""
    for one in element.iter(element.tag):
        name = one.get("text", "").strip() or text_of(one)
        if name:
            yield Subject(name=name, scheme="http://www.itunes.com/")


def media_subject(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """media:category: a code with a label in a scheme (Media RSS)."""
    code, label = text_of(element), element.get("label", "").strip()[:400]
    scheme = (element.get("scheme") or "http://search.yahoo.com/mrss/category_schema").strip()[:400]
    name = label or code
    draft.add("subjects", Subject(name=name, code=code, scheme=scheme) if name else None, "media:category")


def rights(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """RSS <copyright>, dc:rights, dcterms:rights: a notice in words."""
    notice = text_of(element)
    draft.add("rights", Rights(scope="item", notice=notice) if notice else None, path)


def holder(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """dcterms:rightsHolder, prism:copyright."""
    name = text_of(element)
    draft.add("rights", Rights(scope="item", holder=name) if name else None, path)


def licence(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """cc:license rdf:resource, creativeCommons:license, dcterms:license: the address of a licence."""
    resource = next((value for key, value in attributes(element).items() if key.endswith("resource")), "")
    address = (resource or text_of(element)).strip()[:2000]
    draft.add("rights", Rights(scope="item", licence=address) if address else None, path)


def credit(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """dc:source, dc:publisher, prism:publicationName: whom the copy came through."""
    name = text_of(element)
    is_address = name.startswith(("http://", "https://"))
    found = Credit(url=name) if is_address else Credit(name=name)
    draft.add("credit", found if name else None, path)


def link(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """atom:link, in Atom and in RSS (RFC 4287 4.2.7): every link is kept.

    What its relation means for the item is set.
    """
    said = {name: value.strip() for name, value in attributes(element).items()}
    rel = said.get("rel", "alternate").removeprefix(_IANA).lower() or "alternate"
    meaning = context.profile.relations.get(rel)
    if meaning and said.get("href"):
        draft.add("refs", Ref(rel=meaning, id=said["href"]), path)  # it may well be no web address
        return
    href = _href(said, element, context)
    if not href:
        return
    found = Link(
        rel=rel,
        href=href,
        type=said.get("type", "")[:100],
        title=said.get("title", "")[:400],
        length=said.get("length", "")[:40],
        hreflang=said.get("hreflang", "")[:35],
    )
    draft.add("links", found, path)
    if rel in _MEANINGS:
        _MEANINGS[rel](draft, found, said)


def _enclosed(draft: Draft, link: Link, _: dict[str, str]) -> None:
    media = Media(href=link.href, rendition="enclosure", type=link.type, length=link.length, title=link.title)
    draft.add("media", media, "atom:link")


def _licensed(draft: Draft, link: Link, _: dict[str, str]) -> None:
    draft.add("rights", Rights(scope="item", licence=link.href), "atom:link")


def _referred(draft: Draft, link: Link, _: dict[str, str]) -> None:
    draft.add("refs", Ref(rel=link.rel, id=link.href), "atom:link")
    if link.rel == "via":
        draft.set("external_url", link.href, "atom:link")


def _replied(draft: Draft, link: Link, said: dict[str, str]) -> None:
    """Where the comments are (RFC 4685 section 4): a page or a feed, and how many."""
    count = next((value for name, value in said.items() if name.endswith("}count")), "")
    is_page = "html" in link.type
    comments(draft, url=link.href if is_page else "", feed="" if is_page else link.href, count=count)


def _href(said: dict[str, str], element: etree._Element, context: Context) -> str:
    """The address of a link; an empty one is the document itself, a missing one may stand as text."""
    href = said.get("href")
    if href == "":
        return context.base_of(element)
    return context.address(href or text_of(element), element)


def comments(draft: Draft, *, url: str = "", feed: str = "", count: str = "") -> None:
    """Put together what several elements say of the discussion."""
    known = draft.fields.get("comments") or Comments()
    number = int(count) if re.fullmatch(r"\d{1,9}", count.strip()) else None
    number = known.count if known.count is not None else number
    draft.fields["comments"] = Comments(url=known.url or url, feed=known.feed or feed, count=number)
    draft.paths.setdefault("comments", "comments")


def comments_page(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """RSS <comments>."""
    href = context.address(text_of(element), element)
    if href:
        comments(draft, url=href)


def comments_feed(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """wfw:commentRss."""
    href = context.address(text_of(element), element)
    if href:
        comments(draft, feed=href)


def comments_count(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """slash:comments, thr:total."""
    comments(draft, count=text_of(element))


def reply_to(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """thr:in-reply-to (RFC 4685 section 3)."""
    ref = (element.get("ref") or element.get("href") or "").strip()[:2000]
    draft.add("refs", Ref(rel="in-reply-to", id=ref) if ref else None, "thr:in-reply-to")


def original_link(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """feedburner:origLink: for comparing only, never the item's own address."""
    href = context.address(text_of(element), element)
    draft.add("links", Link(rel="original", href=href) if href else None, "feedburner:origLink")


def podcast(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """itunes:* and podcast:*: text, or attributes where there is none."""
    said = text_of(element) or " ".join(f"{key}={value}" for key, value in list(attributes(element).items())[:10])
    if said:
        draft.fields.setdefault("podcast", {}).setdefault(path, said[:2000])


def validity(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """dcterms:valid: not before, not after (DCMI Period)."""
    for side, moment in _PERIOD.findall(text_of(element)[:200]):
        draft.set("embargo" if side == "start" else "expiry", dates.read(moment, context.zone), "dcterms:valid")


def place(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """georss:*, dc:coverage: a place as written."""
    draft.add("places", " ".join(text_of(element).split())[:400], path)


def full_text(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """content:encoded, xhtml:body: the whole text; a description that was taken for it becomes the summary."""
    html = inner_of(element)
    if not html or draft.fields.get("body_kind") == "full":
        return
    if draft.fields.get("body_kind") == "unknown":
        draft.set("summary", draft.fields["body"], draft.paths["body"])
    draft.replace("body", html, path)
    draft.fields["body_kind"] = "full"
    draft.fields["body_base"] = context.base_of(element) if context.has_base else ""


def language(draft: Draft, element: etree._Element) -> None:
    """The language that an item or feed has by xml:lang, unless it says another itself."""
    draft.set("language", language_of(element), "@xml:lang")


# What a link's relation means for its item.
_MEANINGS: dict[str, Callable[[Draft, Link, dict[str, str]], None]] = {
    "enclosure": _enclosed,
    "license": _licensed,
    "replies": _replied,
    **dict.fromkeys(_REFERS, _referred),
}
HANDLERS: dict[str, Handler] = {
    **media.HANDLERS,
    "dc:creator": author,
    "dc:author": author,
    "dc:contributor": contributor,
    "itunes:author": podcast_author,
    "dc:subject": subject,
    "itunes:category": itunes_subject,
    "media:category": media_subject,
    "dc:rights": rights,
    "dcterms:rights": rights,
    "dcterms:rightsHolder": holder,
    "prism:copyright": holder,
    "cc:license": licence,
    "creativeCommons:license": licence,
    "dcterms:license": licence,
    "dc:source": credit,
    "dc:publisher": credit,
    "prism:publicationName": credit,
    "atom:link": link,
    "slash:comments": comments_count,
    "thr:total": comments_count,
    "wfw:commentRss": comments_feed,
    "wfw:commentRSS": comments_feed,
    "thr:in-reply-to": reply_to,
    "feedburner:origLink": original_link,
    "content:encoded": full_text,
    "xhtml:body": full_text,
    "xhtml:div": full_text,
    "dc:date": date_setter("published"),
    "dcterms:issued": date_setter("published"),
    "dcterms:created": date_setter("published"),
    "dcterms:modified": date_setter("updated"),
    "dcterms:valid": validity,
    "prism:embargoDate": date_setter("embargo"),
    "prism:expirationDate": date_setter("expiry"),
    "dc:language": setter("language"),
    "georss:point": place,
    "georss:featureName": place,
    "dc:coverage": place,
    **dict.fromkeys(
        (
            "itunes:duration itunes:episode itunes:season itunes:episodeType itunes:explicit itunes:subtitle "
            "itunes:summary itunes:block itunes:isClosedCaptioned itunes:order itunes:title "
            "podcast:transcript podcast:chapters podcast:person podcast:season podcast:episode podcast:soundbite "
            "podcast:location podcast:value"
        ).split(),
        podcast,
    ),
}
