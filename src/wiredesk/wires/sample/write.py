"""Sample items as Atom, RSS and JSON Feed documents.

Times are hours before the start; negative ones, seconds after it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Any

SUFFIX = {"atom": "atom", "rss": "rss", "json": "json"}
Row = dict[str, Any]


def document(kind: str, title: str, url: str, rows: list[Row], start: datetime) -> bytes:
    """One document of a wire."""
    return _WRITERS[kind](title, url, rows, start).encode()


def _when(row: Row, start: datetime) -> datetime:
    return start - timedelta(hours=float(row["hours_ago"]))


def _body(row: Row) -> str:
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in row["text"])


def _embargo(row: Row, start: datetime) -> str:
    if "embargo_after" not in row:
        return ""
    moment = start + timedelta(seconds=row["embargo_after"])
    return f"<prism:embargoDate>{moment.isoformat()}</prism:embargoDate>"


def _atom(title: str, url: str, rows: list[Row], start: datetime) -> str:
    entries = "".join(_atom_entry(row, start) for row in rows)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:at="http://purl.org/atompub/tombstones/1.0" '
        'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">'
        f"<title>{escape(title)}</title><id>{url}</id><link href='{url}'/><updated>{start.isoformat()}</updated>"
        f"{entries}</feed>\n"
    )


def _atom_entry(row: Row, start: datetime) -> str:
    if "killed" in row:
        when = (start + timedelta(seconds=row.get("after", 90))).isoformat()
        reason = escape(row["killed"])
        return f"<at:deleted-entry ref='{row['id']}' when='{when}'><at:comment>{reason}</at:comment></at:deleted-entry>"
    topics = "".join(f"<category term='{escape(topic)}'/>" for topic in row.get("topics", ()))
    author = f"<author><name>{escape(row['by'])}</name></author>" if row.get("by") else ""
    updated = start + timedelta(seconds=row["updated_after"]) if "updated_after" in row else _when(row, start)
    language = f" xml:lang='{row['language']}'" if "language" in row else ""
    return (
        f"<entry{language}><title>{escape(row['title'])}</title><id>{row['id']}</id><link href='{row['link']}'/>"
        f"<published>{_when(row, start).isoformat()}</published><updated>{updated.isoformat()}</updated>"
        f"{author}{topics}"
        f"<summary>{escape(row.get('lead', ''))}</summary><content type='html'>{escape(_body(row))}</content>"
        f"{_embargo(row, start)}</entry>\n"
    )


def _rss(title: str, url: str, rows: list[Row], start: datetime) -> str:
    items = "".join(_rss_item(row, start) for row in rows)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><channel>'
        f"<title>{escape(title)}</title><link>{url}</link><description>{escape(title)}</description>{items}</channel></rss>\n"
    )


def _rss_item(row: Row, start: datetime) -> str:
    topics = "".join(f"<category>{escape(topic)}</category>" for topic in row.get("topics", ()))
    author = f"<dc:creator>{escape(row['by'])}</dc:creator>" if row.get("by") else ""
    origin = f"<source url='{row['origin_url']}'>{escape(row['origin'])}</source>" if "origin" in row else ""
    body = f"<content:encoded>{escape(_body(row))}</content:encoded>" if len(row["text"]) > 1 else ""
    lead = row.get("lead") or row["text"][0]
    return (
        f"<item><title>{escape(row['title'])}</title><link>{escape(row['link'])}</link>"
        f"<guid isPermaLink='false'>{row['id']}</guid><pubDate>{format_datetime(_when(row, start))}</pubDate>"
        f"{author}{topics}{origin}<description>{escape(lead)}</description>{body}{_embargo(row, start)}</item>\n"
    )


def _json(title: str, url: str, rows: list[Row], start: datetime) -> str:
    items = [
        {
            "id": row["id"],
            "url": row["link"],
            "title": row["title"],
            "summary": row.get("lead", ""),
            "content_html": _body(row),
            "date_published": _when(row, start).isoformat(),
            "authors": [{"name": row["by"]}] if row.get("by") else [],
            "tags": row.get("topics", []),
        }
        for row in rows
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": title, "home_page_url": url}
    return json.dumps({**head, "items": items}, ensure_ascii=False, indent=1)


_WRITERS: dict[str, Callable[[str, str, list[Row], datetime], str]] = {"atom": _atom, "rss": _rss, "json": _json}
