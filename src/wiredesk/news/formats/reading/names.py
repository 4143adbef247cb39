"""Element names told apart by namespace and local name, never by prefix.

`canonical` gives them the short names handlers use.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Short name -> addresses of the namespace, the canonical one first, written without scheme and end slash.
NAMESPACES: dict[str, tuple[str, ...]] = {
    "": (
        "backend.userland.com/rss",
        "backend.userland.com/rss2",
        "backend.userland.com/rss2.1",
        "backend.userland.com/rss091",
        "backend.userland.com/rss092",
        "blogs.law.harvard.edu/tech/rss",
        "purl.org/net/rss1.1",
        "my.netscape.com/rdf/simple/0.9",
        "channel.netscape.com/rdf/simple/0.9",
        "purl.org/rss/1.0",
    ),
    "atom": ("www.w3.org/2005/atom", "purl.org/atom/ns", "purl.org/pie", "example.com/newformat"),
    "rdf": ("www.w3.org/1999/02/22-rdf-syntax-ns",),
    "media": (
        "search.yahoo.com/mrss",
        "video.search.yahoo.com/mrss",
        "www.rssboard.org/media-rss",
        "tools.search.yahoo.com/mrss",
        "api.search.yahoo.com/mrss",
    ),
    "itunes": ("www.itunes.com/dtds/podcast-1.0.dtd", "example.com/dtds/podcast-1.0.dtd"),
    "podcast": (
        "podcastindex.org/namespace/1.0",
        "github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
    ),
    "dc": ("purl.org/dc/elements/1.1", "purl.org/dc/elements/1.0"),
    "dcterms": ("purl.org/dc/terms",),
    "content": ("purl.org/rss/1.0/modules/content",),
    "slash": ("purl.org/rss/1.0/modules/slash",),
    "sy": ("purl.org/rss/1.0/modules/syndication",),
    "wfw": ("wellformedweb.org/commentapi",),
    "thr": ("purl.org/syndication/thread/1.0",),
    "at": ("purl.org/atompub/tombstones/1.0",),
    "fh": ("purl.org/syndication/history/1.0",),
    "georss": ("www.georss.org/georss",),
    "geo": ("www.w3.org/2003/01/geo/wgs84_pos",),
    "gml": ("www.opengis.net/gml",),
    "feedburner": ("rssnamespace.org/feedburner/ext/1.0",),
    "xhtml": ("www.w3.org/1999/xhtml",),
    "cc": ("creativecommons.org/ns", "web.resource.org/cc"),
    "creativeCommons": (
        "backend.userland.com/creativecommonsrssmodule",
        "cyber.law.harvard.edu/rss/creativecommonsrssmodule.html",
    ),
    "prism": (
        "prismstandard.org/namespaces/basic/2.0",
        "prismstandard.org/namespaces/basic/1.2",
        "prismstandard.org/namespaces/basic/2.1",
        "prismstandard.org/namespaces/basic/3.0",
        "prismstandard.org/namespaces/1.2/basic",
    ),
    "newsml1": ("iptc.org/std/newsml/2003-10-10",),
    "admin": ("webns.net/mvcb",),
    "nar": ("iptc.org/std/nar/2006-10-01",),
    "nitf": ("iptc.org/std/nitf/2006-10-18",),
    "sm": ("www.sitemaps.org/schemas/sitemap/0.9", "www.google.com/schemas/sitemap/0.84"),
    "news": ("www.google.com/schemas/sitemap-news/0.9",),
    "image": ("www.google.com/schemas/sitemap-image/1.1",),
    "xml": ("www.w3.org/xml/1998/namespace",),
}
# Elements of RSS in the one way they are meant to be written; iTunes and others read them in any case.
_RSS_NAMES = {
    name.lower(): name
    for name in (
        "rss channel item title link description language copyright managingEditor pubDate lastBuildDate category "
        "generator docs cloud ttl image skipHours skipDays author comments enclosure guid source"
    ).split()
}
_SHORT = {address: short for short, addresses in NAMESPACES.items() for address in addresses}
# What a prefix means when nobody declared it; only for repair.
WELL_KNOWN = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "atom": "http://www.w3.org/2005/Atom",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "georss": "http://www.georss.org/georss",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
    "cc": "http://creativecommons.org/ns#",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "xlink": "http://www.w3.org/1999/xlink",
    "nitf": "http://iptc.org/std/NITF/2006-10-18/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@lru_cache(maxsize=4096)
def canonical(tag: str) -> str:
    """`dc:creator` for an element of that meaning however it is written, `title` for RSS's own.

    Clark notation if unknown.
    """
    if not tag.startswith("{"):
        return _RSS_NAMES.get(tag.lower(), tag)
    address, _, local = tag[1:].partition("}")
    known = re.sub(r"^https?://", "", address.strip()[:200], flags=re.IGNORECASE).rstrip("/#").lower()
    short = _SHORT.get(known)
    if short is None:
        return tag
    return f"{short}:{local}" if short else local
