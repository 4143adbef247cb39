"""A web page as it came, on its way to the process that reads it; and an editor's CSS selectors."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree
from lxml.cssselect import CSSSelector

from wiredesk.news.errors import NewsError
from wiredesk.news.item import Value

MAX_BYTES = 5 * 2**20


class Webpage(Value, frozen=True, kw_only=True):
    """A page as it came: its bytes, where from, with which Content-Type. `keep` and `drop` are CSS selectors of what
    is copy and what is not; `feed` has the fields that a feed gave, which go before the page's own.
    """

    body: bytes
    url: str = ""
    content_type: str = ""
    keep: str = ""
    drop: str = ""
    feed: Mapping[str, str] = {}


def selector(css: str) -> CSSSelector:
    """A CSS selector ready to be used; NewsError for one that cannot be read."""
    try:
        return CSSSelector(css, translator="html")
    except (etree.XPathSyntaxError, SyntaxError, ValueError) as error:
        raise NewsError(f"The CSS selector {css[:100]!r} cannot be read: {error}") from None
