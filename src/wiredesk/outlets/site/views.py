"""The readers' pages. Every view asks desk.pages and shows what it is given; none changes anything."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from wiredesk.desk import pages
from wiredesk.news import popular as windows
from wiredesk.news.page import Page
from wiredesk.news.surface import Surface
from wiredesk.outlets.site import answers, copy, linked, readers, styles

Kind = Literal["section", "source", "tag"]
UNDER, SECONDS = 2, 4  # stories under and beside the lead of the front page
TOPICS = 14
MAX_QUERY = 200
_LABELS = {"section": "Section", "source": "Source", "tag": "Topic"}


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The front page: a lead, its seconds, the river of everything else; older stretches are a river only."""
    now, cursor = datetime.now(UTC), request.GET.get("at", "")
    listing = pages.listing(pages.Shelf(), now=now, cursor=cursor)
    is_first = not listing.newer
    lead = _in_full(listing.pages[0], now) if is_first and listing.pages else None
    context = {
        "listing": listing,
        "lead": lead,
        "opening": copy.opening(lead) if lead else (),
        "under": listing.pages[1 : 1 + UNDER] if is_first else (),
        "seconds": listing.pages[1 + UNDER : 1 + UNDER + SECONDS] if is_first else (),
        "river": listing.pages[1 + UNDER + SECONDS :] if is_first else listing.pages,
        "topics": pages.shelves("tag", now=now, limit=TOPICS),
        "popular": answers.most_read(now),
        "feed": "/feed",
        "path": "/",
    }
    return answers.reserve(answers.framed(request, "front.html", context), listing.pages)


def _in_full(page: Page, now: datetime) -> Page:
    """A page of a list with its body, unless it was withdrawn since the list was made."""
    whole = pages.page_of(page.id, now=now, surface=Surface.LIST)
    return whole if whole and whole.public == "shown" else page


@require_safe
def shelf(request: HttpRequest, kind: Kind, key: str) -> HttpResponse:
    """All stories of a section, a source or a topic."""
    found = pages.shelf(kind, key, now=datetime.now(UTC))
    return (
        _list(request, found, label=_LABELS[kind], feed=f"/{kind}/{key}/feed") if found else answers.not_found(request)
    )


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """All stories of a month."""
    found = pages.shelf("month", f"{year:04}-{month:02}", now=datetime.now(UTC))
    return _list(request, found, label="Archive") if found else answers.not_found(request)


def _list(request: HttpRequest, shelf: pages.Shelf, *, label: str, feed: str = "") -> HttpResponse:
    now = datetime.now(UTC)
    listing = pages.listing(shelf, now=now, cursor=request.GET.get("at", ""))
    context = {
        "listing": listing,
        "title": shelf.name,
        "label": label,
        "path": request.path,
        "feed": feed,
        "topics": pages.shelves("tag", now=now, limit=TOPICS),
        "popular": answers.most_read(now),
    }
    return answers.reserve(answers.framed(request, "list.html", context), listing.pages)


@require_safe
def story(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """One story, under its own address only; a withdrawn one as a notice."""
    now = datetime.now(UTC)
    page = pages.page_of(number, now=now)
    if page is None:
        return answers.not_found(request)
    if page.public != "shown":
        return answers.withheld(request, page)
    if request.path != page.path:
        return HttpResponsePermanentRedirect(page.path)
    readers.note(request, number, now)
    older, newer = pages.neighbours(page, now=now)
    context = {
        "page": page,
        "by": "" if page.byline.casefold().startswith("by ") else "By ",
        "body": copy.ready(page.body),
        "standfirst": copy.ready(page.standfirst),
        "parts": copy.parts(page),
        "shortened": () if page.is_whole else ("body", "standfirst"),
        "linked": linked.article(page, site=settings.SITE_NAME, site_url=settings.SITE_URL) if page.has_card else "",
        "older": older,
        "newer": newer,
        "related": pages.related(page, now=now),
        "popular": [one for one in answers.most_read(now, 6) if one.page.id != page.id][:5],
    }
    return answers.obey(answers.framed(request, "story.html", context, robots=page.robots), page)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The months there are stories of, and the topics."""
    now = datetime.now(UTC)
    context = {
        "months": pages.shelves("month", now=now, limit=600),
        "tags": pages.shelves("tag", now=now, limit=80),
    }
    return answers.framed(request, "archive.html", context)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Whom the stories come from."""
    found = pages.shelves("source", now=datetime.now(UTC), limit=1000)
    return answers.framed(request, "sources.html", {"sources": found})


@require_safe
def popular(request: HttpRequest) -> HttpResponse:
    """What was read most in a window that the reader chooses."""
    now = datetime.now(UTC)
    window = windows.WINDOWS.get(request.GET.get("window", ""), windows.DEFAULT_WINDOW)
    ranked = pages.most_read(window, now=now, limit=20)
    context = {"ranked": ranked, "window": window, "windows": windows.WINDOWS.values()}
    return answers.framed(request, "popular.html", context)


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Stories that were corrected, and how."""
    found = pages.corrected(now=datetime.now(UTC))
    return answers.framed(request, "corrections.html", {"pages": found})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Stories by the words of their headlines."""
    query = " ".join(request.GET.get("q", "")[:MAX_QUERY].split())
    found = pages.find(query, now=datetime.now(UTC))
    context = {"query": query, "pages": found, "is_full": len(found) == pages.PER_PAGE}
    return answers.reserve(answers.framed(request, "search.html", context, robots=("noindex",)), found)


@require_safe
def static_file(request: HttpRequest, name: str) -> HttpResponse:
    """The stylesheet and its like; they may be kept for good, since another content has another address."""
    content = styles.content(name)
    if content is None:
        return HttpResponseNotFound("There is no such file.\n", content_type="text/plain; charset=utf-8")
    answer = HttpResponse(content, content_type=styles.TYPES[name.rpartition(".")[2]])
    is_hashed = name in (styles.address(plain).rpartition("/")[2] for plain in ("site.css", "mark.svg"))
    answer["Cache-Control"] = "public, max-age=31536000, immutable" if is_hashed else "no-cache"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
