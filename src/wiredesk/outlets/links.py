"""Short links: /s/CODE leads to our own story, and to nothing else (TRUST section 7)."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from wiredesk.desk import pages
from wiredesk.news import links
from wiredesk.news.surface import Surface
from wiredesk.outlets.site import answers


@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """301 to the story; for one that was withdrawn, the notice that stands at its own address."""
    number = links.story_of(code)
    page = pages.page_of(number, now=datetime.now(UTC), surface=Surface.SHORTLINK) if number else None
    if page is None:
        return answers.not_found(request)
    if page.public == "shown":
        return HttpResponsePermanentRedirect(page.path)
    return answers.withheld(request, page)
