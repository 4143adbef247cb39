"""What a story's page tells machines of it: a NewsArticle of schema.org as JSON-LD, with its provenance."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from wiredesk.news.page import Page
from wiredesk.news.story import Correction

# In a script element HTML knows no entities: what could end it, or be markup, is escaped as JSON lets it be.
_MARKUP = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def article(page: Page, *, site: str, site_url: str) -> str:
    """The text of the script element; nothing in it that the page does not show."""
    publisher = {"@type": "NewsMediaOrganization", "name": site, "url": site_url}
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": f"{site_url}{page.path}",
        "url": f"{site_url}{page.path}",
        "headline": page.headline,
        "description": page.snippet,
        "inLanguage": page.language,
        "datePublished": _moment(page.published),
        "dateModified": _moment(page.updated or page.published),
        "dateline": page.dateline,
        "author": {"@type": "Person", "name": page.byline} if page.byline else _organization(page.source.name),
        "publisher": publisher,
        "articleSection": page.section.name if page.section else "",
        "keywords": [tag.name for tag in page.tags],
        "creditText": page.credit_line,
        "copyrightNotice": " ".join(page.notices),
        "license": page.licence.url,
        "sourceOrganization": _organization(page.source.name, page.source.url),
        "correction": [_correction(one) for one in page.corrections],
        **_origin(page),
    }
    return json.dumps(_filled(said), ensure_ascii=False).translate(_MARKUP)


def _origin(page: Page) -> dict[str, Any]:
    """What the article is based on: the item as its source sent it, by its own name for it and version."""
    came = page.provenance
    if came is None:
        return {"isBasedOn": page.via}
    based_on = {
        "@type": "NewsArticle",
        "url": page.via,
        "identifier": came.guid,
        "version": came.version,
        "publisher": _organization(came.source.name, came.source.url),
    }
    holder = came.holder or came.source.name
    return {"version": came.number, "copyrightHolder": _organization(holder), "isBasedOn": _filled(based_on)}


def _organization(name: str, url: str = "") -> dict[str, str]:
    return _filled({"@type": "Organization", "name": name, "url": url})


def _correction(correction: Correction) -> dict[str, Any]:
    return _filled({"@type": "CorrectionComment", "text": correction.text, "datePublished": _moment(correction.at)})


def _moment(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {name: value for name, value in said.items() if value not in ("", [], {})}
