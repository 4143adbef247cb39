"""Finding the feeds of a page: what it names itself, what it links to, and where feeds usually are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from lxml import etree

from wiredesk.news import clean, formats
from wiredesk.news.errors import NewsError, NotAFeed
from wiredesk.news.formats.reading import decode, html, urls
from wiredesk.news.signin import Credentials
from wiredesk.wires.fetch import Fetcher, FetchError, Request, Response

COMMON = ("feed", "rss.xml", "atom.xml", "feed.json", "feed.xml", "index.xml", "rss")
MAX_CANDIDATES = 20
_TYPE = re.compile(r"(?:application|text)/(?:rss\+xml|atom\+xml|feed\+json|rdf\+xml|rss|atom|json)", re.IGNORECASE)
_LIKELY = re.compile(r"(?:^|[/._-])(?:rss|atom|feeds?)(?:[/._?-]|$)|\.(?:rss|atom)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A feed that may be followed; `is_page` if it is a page that is its own feed."""

    url: str
    title: str = ""
    is_page: bool = False


async def discover(fetcher: Fetcher, url: str, credentials: Credentials | None = None) -> list[Candidate]:
    """The feeds at an address, best first: itself if it is one, else those its page names.

    A page that is a feed itself (h-feed) comes after those it names as its feeds. FetchError if it cannot be had.
    """
    answer = await fetcher.fetch(Request(url=url, credentials=credentials))
    if answer.status == 410:
        raise FetchError("The server says that it is gone for good.", "http-410", status=410)
    candidate, reason = _as_feed(answer)
    if candidate and not candidate.is_page:
        return [candidate]
    named = named_in(answer.body, answer.url, answer.content_type, with_guesses=candidate is None)
    if named and credentials:  # a page may give its feeds with the key it was itself asked with
        named = [replace(one, url=credentials.without(one.url) or one.url) for one in named]
    if candidate:
        named.append(candidate)
    if named:
        return named
    for path in COMMON:
        place = urljoin(answer.url, f"/{path}")
        known = credentials if credentials and credentials.is_for(place) else None
        try:
            tried = await fetcher.fetch(Request(url=place, credentials=known))
        except FetchError:
            continue
        candidate, _ = _as_feed(tried)
        if candidate and not candidate.is_page:
            return [candidate]
    raise FetchError(f"No feed was found there ({reason}).", "no-feed")


def _as_feed(answer: Response) -> tuple[Candidate | None, str]:
    """The address itself, if what it gives is a feed; else why not."""
    try:
        delivery = formats.parse(answer.body, content_type=answer.content_type, url=answer.url)
    except NotAFeed as error:
        return None, str(error).partition(";")[0]
    except NewsError as error:
        return None, str(error)
    title, is_page = clean.plain(delivery.feed.title, 200), delivery.format == "h-feed"
    return Candidate(url=answer.url, title=title, is_page=is_page), ""


def named_in(body: bytes, url: str, content_type: str = "", *, with_guesses: bool = True) -> list[Candidate]:
    """The feeds a page names: <link rel=alternate> of a feed's type first, then links that look like feeds."""
    try:
        page = html.read(decode.decode(body[: 2 * 2**20], content_type=content_type).text)
    except NewsError:
        page = None
    if page is None:
        return []
    root = page.root
    base = next((urls.absolute(one.get("href", ""), url) for one in root.iter("base") if one.get("href")), "") or url
    found: dict[str, Candidate] = {}
    for link in root.iter("link"):
        is_named = "alternate" in link.get("rel", "").lower() and _TYPE.match(link.get("type", "").strip())
        _add(found, link, base, is_likely=bool(is_named))
    for link in root.iter("a") if with_guesses else ():
        _add(found, link, base, is_likely=bool(_LIKELY.search(link.get("href", "")[:1000])))
    return list(found.values())[:MAX_CANDIDATES]


def _add(found: dict[str, Candidate], link: etree._Element, base: str, *, is_likely: bool) -> None:
    address = urls.absolute(link.get("href", ""), base) if is_likely else ""
    if address:
        title = clean.plain(link.get("title", "") or "".join(str(part) for part in link.itertext()), 200)
        found.setdefault(address, Candidate(url=address, title=title))
