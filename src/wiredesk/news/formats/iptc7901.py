"""IPTC 7901 text wires: SOH header, STX text, ETX trailer, EOT; several messages in a file.

The header is source, number, priority, category, count of words, then whatever the agency adds; slug lines follow it.
"""

from __future__ import annotations

import re

from wiredesk.news.formats.reading import textcopy, textwire
from wiredesk.news.formats.reading.draft import Context
from wiredesk.news.formats.reading.finish import Read
from wiredesk.news.formats.reading.labels import Labels, names
from wiredesk.news.formats.reading.textcopy import Head

_HEADER = re.compile(r"\s{0,5}([^\W\d_][^\W\d]{0,11}?)[\s-]?(\d{1,6})(?!\d)\s{0,5}")
_REST = re.compile(
    r"(?:([1-9]|[a-zA-Z])(?:\s{1,3}|$))?(?:([a-zA-Z]{1,5})(?:\s{1,3}|$))?(?:(\d{1,6})(?:\s{1,3}|$))?(.{0,400})"
)


def sniff(body: bytes) -> bool:
    """Whether bytes are a text wire: SOH among the first 20, then a header, not another format's document."""
    before, soh, after = body[:40].partition(b"\x01")
    starts = after.lstrip(b"\x16 \r\n")[:1]
    return bool(soh) and len(before) < 20 and not before.strip(b"\x00\x04\x16\x7f \r\n") and starts not in (b"<", b"{")


def items(text: str, context: Context) -> Read:
    """One item a message. Raises NewsError where there is no message whose header can be read."""
    return textcopy.read(text, context, _head, _split, "iptc7901")


def _split(message: textwire.Message, head: Head, context: Context) -> textwire.Copy:
    return textwire.split(message.text, context, head.series)


def _head(message: textwire.Message, labels: Labels, context: Context) -> Head | None:
    rows = [line.strip() for line in message.header if line.strip()]
    found = _HEADER.match(rows[0]) if rows else None
    if not found:
        return None
    rest = _REST.match(rows[0], found.end())
    priority, category, _, added = rest.groups("") if rest else ("", "", "", "")
    sent, day = textwire.sent(message.trailer, context)
    is_number = names(context.profile, found[1], len(found[2])).fullmatch(added.strip())
    return Head(
        format="iptc7901",
        series=found[1],
        number=found[2],
        provider=found[1],
        urgency=int(priority) if priority.isdigit() else None,
        category=category,
        slugline=rows[1] if len(rows) > 1 else "" if is_number else added.strip(),
        raw=rows,
        sent=sent,
        day=day,
    )
