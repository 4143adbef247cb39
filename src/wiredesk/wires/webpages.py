"""A web page read by two extractors, both written for other people's HTML: trafilatura, and readability beside it.

They are chosen and judged in news.wholetext. What runs here runs in a worker process (wires.worker), since lxml and
what stands on it can be made slow and large by a hostile page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import readability
import trafilatura
from lxml import etree, html
from lxml.cssselect import CSSSelector

from wiredesk.news import wholetext
from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading import decode
from wiredesk.news.item import Value
from wiredesk.news.webpage import Block, Own, Whole
from wiredesk.wires.blocks import blocks

MAX_BYTES = 5 * 2**20
MAX_ELEMENTS = 15_000
MAX_LETTERS = 250_000  # of text, that of scripts left out
MAX_ATTRIBUTES = 80  # of one element; of one that has more only those below are kept
_KEPT = ("class", "id", "href", "src", "content", "name", "property", "itemprop", "type")
MAX_SCRIPTS = 20
MAX_META = 200
MAX_VALUE = 1_000  # characters
MAX_WALLS = 20
T = TypeVar("T")
_NOTHING: list[Block] = []
_META_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s{0,10}=\s{0,10}[\"']?\s{0,10}([A-Za-z0-9._:-]{1,40})", re.I)
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,30})[^<>]{65536,}")  # loses its attributes, which take long to read
_BODY = re.compile(r"(?:article|story|post|entry)[-_]{0,2}(?:body|content|text)", re.IGNORECASE)
_WALL = re.compile(
    r"paywall|regwall|pay-wall|reg-wall|subscri(?:be|ber|ption)[-_]?(?:wall|prompt|offer|only)", re.IGNORECASE
)
_PARSER = html.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False
)


class Webpage(Value, frozen=True, kw_only=True):
    """A page as it came: its bytes, where from, with which Content-Type. `keep` and `drop` are CSS selectors of what
    is copy and what is not; `feed` has the fields that a feed gave, which go before the page's own.
    """

    body: bytes
    url: str = ""
    content_type: str = ""
    keep: str = ""
    drop: str = ""
    feed: Mapping[str, str] = {}


def whole_text(page: Webpage) -> Whole:
    """The copy of a page. NewsError where its bytes are no page that can be read."""
    tree = _tree(page)
    if tree is None:
        return wholetext.judged(Own(), [], None, url=page.url, feed=page.feed)
    for element in _selected(tree, page.drop):
        element.drop_tree()
    own = _own(tree, page.url)
    _without_scripts(tree)
    second: list[Block] | None
    if page.keep:
        first, second = [block for one in _outermost(tree, page.keep) for block in blocks(one)], None
    else:
        _join_parted(tree)
        written = etree.tostring(tree, encoding="unicode", method="html")
        first = _forgiving(lambda: _by_trafilatura(tree, page.url), _NOTHING)
        second = _forgiving(lambda: _by_readability(written), _NOTHING)
    return wholetext.judged(own, first, second, url=page.url, feed=page.feed)


def check_selector(css: str) -> None:
    """NewsError for a CSS selector that cannot be read."""
    if css:
        _selector(css)


def _selector(css: str) -> CSSSelector:
    try:
        return CSSSelector(css, translator="html")
    except (etree.XPathSyntaxError, SyntaxError, ValueError) as error:
        raise NewsError(f"The CSS selector {css[:100]!r} cannot be read: {error}") from None


def _selected(tree: html.HtmlElement, css: str) -> list[html.HtmlElement]:
    """The elements below the root that a selector names; none for no selector."""
    return [one for one in _selector(css)(tree) if one.getparent() is not None] if css else []


def _outermost(tree: html.HtmlElement, css: str) -> Iterator[html.HtmlElement]:
    found = _selected(tree, css)
    known = set(found)
    return (one for one in found if not any(outer in known for outer in one.iterancestors()))


def _tree(page: Webpage) -> html.HtmlElement | None:
    """The page as a tree; None where there is nothing in it."""
    if len(page.body) > MAX_BYTES:
        raise NewsError(f"The page is larger than {MAX_BYTES // 2**20} MB.")
    charset = _META_CHARSET.search(page.body[:4096])
    named = decode.codec(charset[1].decode("ascii")) if charset else ""
    decoded = decode.decode(page.body, content_type=page.content_type, charset=named)
    text = _LONG_TAG.sub(r"<\1", decoded.text.replace("\0", ""))
    if not text.strip():
        return None
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=_PARSER)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    count = 0
    for count, element in enumerate(tree.iter(), 1):  # noqa: B007  the last count is what is asked for
        if len(element.attrib) > MAX_ATTRIBUTES:
            kept = {name: element.get(name) for name in _KEPT if element.get(name) is not None}
            element.attrib.clear()
            element.attrib.update(kept)
    if count > MAX_ELEMENTS:
        raise NewsError(f"The page has {count} elements; of more than {MAX_ELEMENTS} nobody can tell which are copy.")
    return tree


def _without_scripts(tree: html.HtmlElement) -> None:
    """Leave out what no reader sees. NewsError where what is left is longer than any copy."""
    for element in list(tree.iter("script", "style", "template", "svg")):
        element.drop_tree()
    letters = sum(map(len, tree.itertext()))
    if letters > MAX_LETTERS:
        raise NewsError(f"The page has {letters} letters; of more than {MAX_LETTERS} nobody can tell which are copy.")


def _own(tree: html.HtmlElement, url: str) -> Own:
    """What the page says of itself."""
    scripts = [
        script.text for script in tree.iter("script") if script.text and "ld+json" in (script.get("type") or "").lower()
    ]
    titles = [_said(one) for tag in ("title", "h1") for one in list(tree.iter(tag))[:3]]
    walls = [
        _said(one)
        for one in tree.iter("div", "section", "aside", "p")
        if _WALL.search(f"{one.get('class') or ''} {one.get('id') or ''}"[:400])
    ]
    return Own(
        scripts=tuple(scripts[:MAX_SCRIPTS]),
        meta=_meta(tree),
        titles=tuple(title for title in titles if title),
        guesses=_forgiving(lambda: _guesses(tree, url), {}),
        walls=tuple(walls[:MAX_WALLS]),
    )


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in list(tree.iter("meta"))[:MAX_META]:
        name = (one.get("property") or one.get("name") or one.get("itemprop") or "").strip().lower()
        value = (one.get("content") or "").strip()
        if name and value:
            found.setdefault(name[:MAX_VALUE], value[:MAX_VALUE])
    return found


def _said(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())[:MAX_VALUE]


def _guesses(tree: html.HtmlElement, url: str) -> dict[str, str]:
    """What trafilatura makes of title, byline, date and image, without its long search for a date in the text."""
    made = trafilatura.extract_metadata(tree, default_url=url or None, extensive=False)
    said = {"headline": made.title, "byline": made.author, "published": made.date, "image": made.image}
    return {name: value for name, value in said.items() if value}


def _by_trafilatura(tree: html.HtmlElement, url: str) -> list[Block]:
    written = trafilatura.extract(
        tree,
        url=url or None,
        output_format="html",
        favor_precision=True,
        include_comments=False,
        include_formatting=True,
        include_links=True,
    )
    return blocks(html.fromstring(written)) if written else []


def _by_readability(written: str) -> list[Block]:
    return blocks(html.fromstring(readability.Document(written).summary(html_partial=True)))


def _join_parted(tree: html.HtmlElement) -> None:
    """Put together a body that a page has in parts, with what it sells between them: elements of one name and class,
    near each other. trafilatura takes the first of them for the whole.
    """
    known: dict[tuple[str, str], html.HtmlElement] = {}
    for one in list(tree.iter("div", "section")):
        name = (one.get("class") or "").strip()
        if not _is_body(one, name):
            continue
        first = known.setdefault((one.tag, name), one)
        above = list(one.iterancestors())
        if first is not one and first not in above and set(above[:3]) & set(list(first.iterancestors())[:3]):
            first.extend(list(one))
            above[0].remove(one)


def _is_body(element: html.HtmlElement, name: str) -> bool:
    is_named = element.get("itemprop") == "articleBody" or _BODY.search(name[:400]) is not None
    has_text = any(len(paragraph.text_content()) > 80 for paragraph in element.iterchildren("p"))
    is_aside = any(up.tag in ("aside", "footer") for up in element.iterancestors())
    return bool(name) and is_named and has_text and not is_aside


def _forgiving(call: Callable[[], T], instead: T) -> T:
    """What an extractor answers; `instead` where it breaks on the page, which they do in all ways that there are."""
    try:
        return call()
    except MemoryError:
        raise
    except Exception:  # libraries on strangers' pages; the other extractor, or the lack of one, says it
        return instead
