"""Answers that several views give: a page in the site's frame, not found, withheld."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from wiredesk.desk import pages
from wiredesk.news import popular
from wiredesk.news.page import Page
from wiredesk.outlets.site import styles

MAX_SECTIONS = 10


def framed(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200, robots: tuple[str, ...] = ()
) -> HttpResponse:
    """A page of the site: masthead, sections, the content, footer.

    No session is looked at, so no cookie is ever set. `robots` is what search engines are told of it.
    """
    now = datetime.now(UTC)
    frame = {
        "site": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "now": now,
        "style": styles.address(),
        "sections": pages.shelves("section", now=now, limit=MAX_SECTIONS),
        "robots": ", ".join(robots) if status == 200 else "noindex",
        "here": request.path,
        "feed": "",
    }
    answer = HttpResponse(render_to_string(f"site/{template}", {**frame, **context}), status=status)
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
    answer["Cache-Control"] = "no-cache"
    return answer


def obey(answer: HttpResponse, page: Page) -> HttpResponse:
    """What a story's terms tell machines, as headers: X-Robots-Tag, and TDMRep (W3C CG report of 2024)."""
    said = [", ".join(page.robots)] if page.robots else []
    said += [] if page.is_news else ["googlebot-news: noindex"]
    if said:
        answer["X-Robots-Tag"] = ", ".join(said)
    return reserve(answer, (page,))


def reserve(answer: HttpResponse, shown: Iterable[Page]) -> HttpResponse:
    """Keep what holds copy that is reserved from mining from being mined."""
    if any(page.is_reserved for page in shown):
        answer["tdm-reservation"] = "1"
    return answer


def most_read(now: datetime, limit: int = 5) -> tuple[pages.Ranked, ...]:
    """What the block "Popular stories" shows: the last seven days, else all time."""
    return pages.most_read(popular.DEFAULT_WINDOW, now=now, limit=limit) or pages.most_read(
        popular.WINDOWS["all"], now=now, limit=limit
    )


def withheld(request: HttpRequest, page: Page) -> HttpResponse:
    """A story that readers knew: being checked (200), or withdrawn for good (410). Nothing of the copy is in it."""
    gone = page.public == "gone"
    return framed(request, "withheld.html", {"page": page}, status=410 if gone else 200, robots=("noindex",))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing there, or nothing that may be told of."""
    now = datetime.now(UTC)
    latest = pages.listing(pages.Shelf(), now=now, limit=5).pages
    return framed(request, "not_found.html", {"latest": latest}, status=404)
