"""Addresses: made absolute, only http and https, never changed beyond that (FORMATS 1.9)."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

MAX_URL = 4_096
# An address that is absolute and needs no change: most do.
PLAIN = re.compile(r"https?://[a-z0-9][a-z0-9.-]{0,250}(?::\d{1,5})?(?:/[!#$%&'()*+,./0-9:;=?@A-Z_a-z~\[\]-]{0,4000})?")
_SPACE = re.compile(r"[\x00-\x20\x7f-\x9f]+")
_KEPT = "!#$%&'()*+,./:;=?@[]~_-\\|^`{}"


def absolute(href: str, base: str = "") -> str:
    """An absolute http(s) address, or "" where it is none: another scheme, no host, too long, not to be read."""
    if PLAIN.fullmatch(href):
        return href
    href = href.strip()
    if not href or len(href) > MAX_URL:
        return ""
    try:
        joined = urljoin(base, _without_space(href))
        parts = urlsplit(joined)
        host = parts.hostname or ""
        if parts.scheme.lower() not in ("http", "https") or not host:
            return ""
        if not host.isascii():
            joined = joined.replace(parts.netloc, parts.netloc.lower().replace(host, _punycode(host)), 1)
    except ValueError:
        return ""
    return joined if joined.isascii() else quote(joined, safe=_KEPT)


def _without_space(href: str) -> str:
    """White space inside goes; a single blank is one the sender forgot to escape."""
    return _SPACE.sub("", re.sub(r"(?<=\S) (?=\S)", "%20", href))


def _punycode(host: str) -> str:
    """The ASCII form of a host (RFC 3490). Raises ValueError where there is none."""
    return host.encode("idna").decode("ascii")
