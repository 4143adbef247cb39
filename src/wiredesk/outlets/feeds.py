"""Our feeds out, as readers and other newsrooms take them: the address, caching, and which form is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from wiredesk.desk import pages, tombstones
from wiredesk.news.surface import Surface
from wiredesk.outlets import feed_forms
from wiredesk.outlets.feed_forms import Document
from wiredesk.outlets.site import answers

ITEMS = 50
FORMS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "atom": ("application/atom+xml; charset=utf-8", feed_forms.atom),
    "rss": ("application/rss+xml; charset=utf-8", feed_forms.rss),
    "json": ("application/feed+json; charset=utf-8", feed_forms.json_feed),
}


@require_safe
def feed(
    request: HttpRequest, form: str, kind: Literal["front", "section", "source", "tag"], key: str = ""
) -> HttpResponse:
    """The newest stories of a shelf that may go out in feeds. 304 where nothing has changed."""
    now = datetime.now(UTC)
    shelf = pages.shelf(kind, key, now=now, surface=Surface.FEEDS) if form in FORMS else None
    if shelf is None:
        return answers.not_found(request)
    listing = pages.listing(shelf, now=now, limit=ITEMS, surface=Surface.FEEDS, whole=True)
    title = f"{settings.SITE_NAME}: {shelf.name}" if shelf.name else settings.SITE_NAME
    path = f"/{kind}/{key}/" if key else "/"
    gone = tombstones.of_shelf(shelf, now=now) if form == "atom" else ()  # the others have no word for it
    document = Document(title=title, site=settings.SITE_URL, path=path, form=form, pages=listing.pages, gone=gone)
    content_type, write = FORMS[form]
    body = write(document)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    asked = request.headers.get("If-None-Match", "")
    is_known = etag in (tag.strip().removeprefix("W/") for tag in asked.split(",")) or asked.strip() == "*"
    answer = HttpResponseNotModified() if is_known else HttpResponse(body, content_type=content_type)
    answers.reserve(answer, listing.pages)
    answer["ETag"] = etag
    answer["Cache-Control"] = "public, max-age=60"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
