"""What machines are told of the terms: RSL 1.0, TDMRep, trust.txt. Of the site, the least that any story on it allows.

Sources: rslstandard.org/rsl (elements, usage words, discovery in robots.txt and pages); W3C TDMRep CG report
(/.well-known/tdmrep.json); journallist.net trust.txt, as in draft-org-trust-relationship-protocol-00.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from lxml import etree

from wiredesk.desk import pages
from wiredesk.news.page import Page
from wiredesk.outlets.site import answers

RSL = "https://rslstandard.org/rsl"
RSL_TYPE = "application/rsl+xml"
TRUST = "trust.txt"  # lines of the operator's own, in the home folder
MAX_TRUST = 64 * 2**10


@require_safe
def site_licence(request: HttpRequest) -> HttpResponse:
    """RSL for the whole site; each story's page names one of its own."""
    is_reserved = pages.is_any_reserved(now=datetime.now(UTC))
    root = etree.Element(f"{{{RSL}}}rsl", nsmap={None: RSL})
    _content(root, "/", is_reserved=is_reserved, is_listed=True)
    return _rsl(root)


@require_safe
def story_licence(request: HttpRequest, number: int) -> HttpResponse:
    """RSL for one story that readers may see."""
    page = pages.page_of(number, now=datetime.now(UTC))
    if page is None or page.public != "shown":
        return answers.withheld(request, page) if page else answers.not_found(request)
    root = etree.Element(f"{{{RSL}}}rsl", nsmap={None: RSL})
    address = f"{settings.SITE_URL}{page.path}"
    content = _content(root, address, is_reserved=page.is_reserved, is_listed="noindex" not in page.robots)
    _say_whose(content, page)
    return answers.obey(_rsl(root), page)


def _content(root: etree._Element, url: str, *, is_reserved: bool, is_listed: bool) -> etree._Element:
    """One content element: what is not permitted is prohibited in so many words."""
    content = etree.SubElement(root, f"{{{RSL}}}content", url=url)
    licence = etree.SubElement(content, f"{{{RSL}}}license")
    _uses(licence, "permits", [*([] if is_reserved else ["ai-all"]), *(["search"] if is_listed else [])])
    _uses(licence, "prohibits", [*(["ai-all"] if is_reserved else []), *([] if is_listed else ["search"])])
    return content


def _uses(licence: etree._Element, name: str, words: list[str]) -> None:
    if words:
        etree.SubElement(licence, f"{{{RSL}}}{name}", type="usage").text = " ".join(words)


def _say_whose(content: etree._Element, page: Page) -> None:
    holder = etree.SubElement(content, f"{{{RSL}}}copyright", type="organization")
    holder.text = (page.provenance.holder if page.provenance else "") or page.source.name
    if page.licence.url:
        etree.SubElement(content, f"{{{RSL}}}terms").text = page.licence.url


def _rsl(root: etree._Element) -> HttpResponse:
    body = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type=f"{RSL_TYPE}; charset=utf-8")


@require_safe
def tdmrep(request: HttpRequest) -> HttpResponse:
    """One rule for all addresses; each page's own header and meta element say the same or less strict of itself."""
    is_reserved = pages.is_any_reserved(now=datetime.now(UTC))
    return JsonResponse([{"location": "/", "tdm-reservation": int(is_reserved)}], safe=False)


@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """The operator's lines, then what the program knows: where sources are named, whether machines may learn here."""
    allowed = "no" if pages.is_any_reserved(now=datetime.now(UTC)) else "yes"
    lines = [*_own_lines(), f"disclosure={settings.SITE_URL}/sources/", f"datatrainingallowed={allowed}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _own_lines() -> list[str]:
    """What the operator wrote, but for what the terms decide."""
    try:
        with open(settings.HOME / TRUST, "rb") as file:
            text = file.read(MAX_TRUST).decode("utf-8", "replace")
    except OSError:
        return []
    return [line for line in text.splitlines() if not line.replace(" ", "").lower().startswith("datatrainingallowed=")]
