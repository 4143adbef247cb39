"""What search engines are told: the sitemap of stories readers may see, and robots.txt."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from lxml import etree

from wiredesk.desk import pages

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """sitemaps.org 0.9: the newest 50,000 stories."""
    root = etree.Element(f"{{{_NAMESPACE}}}urlset", nsmap={None: _NAMESPACE})
    for path, changed in pages.addresses(now=datetime.now(UTC)):
        url = etree.SubElement(root, f"{{{_NAMESPACE}}}url")
        etree.SubElement(url, f"{{{_NAMESPACE}}}loc").text = f"{settings.SITE_URL}{path}"
        etree.SubElement(url, f"{{{_NAMESPACE}}}lastmod").text = changed.strftime("%Y-%m-%dT%H:%M:%SZ")
    body = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt (RFC 9309), with the terms for machines (RSL 1.0)."""
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /admin/", "Disallow: /search"]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", f"License: {settings.SITE_URL}/licence.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
