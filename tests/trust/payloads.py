"""Hostile strings of the corpora in every field a feed has: for the browser's eye, the page and the feeds that go out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from tests import corpora

_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEAD = (
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:media='http://search.yahoo.com/mrss/'"
    " xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>"
)


def hostile() -> list[str]:
    """All payloads, public and generated; none where the corpora are absent."""
    found: list[str] = []
    for name in ("xss.json", "mxss_generated.json"):
        path = corpora.TRUST / name
        held = json.loads(path.read_text()) if path.exists() else []
        rows = held["payloads"] if isinstance(held, dict) else held
        found += [row["payload"] for row in rows]
    return list(dict.fromkeys(found))


def item(number: int, payload: str) -> str:
    """One item of RSS that says the payload in each of its fields."""
    text = _NO_XML.sub("", payload)
    said, quoted = escape(text), quoteattr(text)
    return (
        f"<item><title>{said}</title><guid isPermaLink='false'>{number} {said}</guid><link>{said}</link>"
        f"<description>Short of {number}: {said}</description><content:encoded>Long of {number}. {said}</content:encoded>"
        f"<author>{said}</author><dc:creator>{said}</dc:creator><category domain={quoted}>{said}</category>"
        f"<comments>{said}</comments><dc:rights>{said}</dc:rights><dc:language>{said}</dc:language>"
        f"<enclosure url={quoted} type={quoted} length={quoted}/><media:content url={quoted} type={quoted}>"
        f"<media:credit>{said}</media:credit><media:title>{said}</media:title><media:thumbnail url={quoted}/>"
        f"<media:description type='html'>{said}</media:description></media:content>"
        f"<source url={quoted}>{said}</source><pubDate>Mon, 02 Nov 2026 10:{number % 60:02}:00 GMT</pubDate></item>"
    )


def document(payloads: Iterable[tuple[int, str]]) -> bytes:
    """A feed of these, numbered; the feed itself is called what the first of them says."""
    rows = list(payloads)
    title = escape(_NO_XML.sub("", rows[0][1]))
    about = (
        f"<title>{title}</title><description>{title}</description><link>{title}</link><copyright>{title}</copyright>"
    )
    return f"{HEAD}{about}{''.join(item(number, payload) for number, payload in rows)}</channel></rss>".encode()


def batches(payloads: list[str], size: int = 50) -> Iterator[list[tuple[int, str]]]:
    """Numbered payloads, a feed's worth at a time."""
    rows = list(enumerate(payloads))
    yield from (rows[start : start + size] for start in range(0, len(rows), size))
