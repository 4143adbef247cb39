"""A story as ninjs 3.0 (IPTC), for programs of partners: the page as it may be passed on, or that it was withdrawn."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wiredesk.desk import pages
from wiredesk.news import clean
from wiredesk.news.page import Page
from wiredesk.news.surface import Surface
from wiredesk.outlets.site import answers

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json#"


@require_safe
def item(request: HttpRequest, number: int) -> HttpResponse:
    """One story. Withdrawn, it says so without any copy (410 where it is gone); 404 where it may not be passed on."""
    now = datetime.now(UTC)
    page = pages.page_of(number, now=now, surface=Surface.API)
    if page is None:
        page = pages.page_of(number, now=now)
        if page is None or page.public == "shown":
            return answers.not_found(request)
    said = document(page, site_url=settings.SITE_URL, now=now)
    body = json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    answer = HttpResponse(body, content_type="application/json", status=410 if page.public == "gone" else 200)
    answer["Cache-Control"] = "no-cache"
    return answers.obey(answer, page)


def document(page: Page, *, site_url: str, now: datetime) -> dict[str, Any]:
    """The item. A page that is withheld or gone gives its uri and status alone, as of `now`."""
    status = {"shown": "usable", "notice": "withheld", "gone": "canceled"}[page.public]
    said = withdrawn(f"{site_url}/s/{page.code}", status, now=page.updated or page.published or now)
    return said | _content(page, site_url) if page.public == "shown" else said


def withdrawn(uri: str, status: str, *, now: datetime) -> dict[str, Any]:
    """What every item has: who it is and how it stands. All that is said of one that may not be shown."""
    return {
        "standard": {"name": "ninjs", "version": "3.0", "schema": SCHEMA},
        "uri": uri,
        "type": "text",
        "pubStatus": status,
        "versionCreated": _moment(now),
    }


def _content(page: Page, site_url: str) -> dict[str, Any]:
    came = page.provenance
    said = {
        "representationType": "full" if page.is_whole else "partial",
        "version": str(came.number) if came else "",
        "firstCreated": _moment(page.published),
        "language": page.language,
        "headlines": [_plain("main", page.headline)],
        "descriptions": [_plain("summary", page.snippet)] if page.snippet else [],
        "bodies": _bodies(page),
        "by": page.byline,
        "located": page.dateline,
        "copyrightHolder": (came.holder if came else "") or page.source.name,
        "copyrightNotice": page.credit_line,
        "usageTerms": " ".join((page.licence.name, *page.notices)),
        "rightsInfo": {"linkedRights": page.licence.url} if page.licence.url else {},
        "infoSources": [_filled({"name": page.source.name, "role": "origin", "uri": page.source.url})],
        "subjects": [{"name": tag.name, "literal": tag.slug} for tag in page.tags],
        "altIds": [{"role": "source", "value": came.guid}] if came and came.guid else [],
        "renditions": [_filled({"name": "page", "href": f"{site_url}{page.path}", "contentType": "text/html"})],
    }
    return _filled(said)


def _plain(role: str, text: str) -> dict[str, str]:
    return {"role": role, "contentType": "text/plain", "value": text}


def _bodies(page: Page) -> list[dict[str, Any]]:
    html = f"{page.standfirst}{page.body}"
    if not html:
        return []
    words = clean.word_count(clean.text_of(html))
    return [{"role": "main", "contentType": "text/html", "wordCount": words, "value": html}]


def _moment(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: the schema wants no empty dates and addresses."""
    return {name: value for name, value in said.items() if value not in ("", [], {})}
