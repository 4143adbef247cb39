"""A feed server for benches: feeds made from a fixed seed in two states, with validators and gzip, on loopback.

Run as `python -m bench.origin PORT FEEDS ITEMS`. GET /state/a or /state/b chooses the state, /count counts answers.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from random import Random

WORDS = (
    "harbour council ferry storm school price vote court clinic market bridge water summit bank trade "
    "farm rail city team river coast island said that with from were have been over more than about into "
    "under while against between after opposition leader speaker statement inquiry campaign region growth "
    "record slowly first second third million percent "
).split()
START = datetime(2026, 1, 1, tzinfo=UTC)
BODY = 1500  # characters of text in an item


@dataclass(frozen=True, slots=True)
class Answer:
    """One feed in one state, ready to send."""

    etag: str
    plain: bytes
    packed: bytes


def _sentence(dice: Random) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(dice.randrange(8, 20))).capitalize() + "."


def _item(feed: int, number: int) -> dict[str, str]:
    dice = Random(f"{feed}/{number}")
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < BODY:
        paragraphs.append(f"<p>{' '.join(_sentence(dice) for _ in range(3))}</p>")
    return {
        "title": _sentence(dice)[:90],
        "link": f"https://news{feed}.example/{number}/story.html",
        "guid": f"tag:news{feed}.example,2026:{number}",
        "when": format_datetime(START + timedelta(minutes=feed % 60 + 37 * number)),
        "iso": (START + timedelta(minutes=feed % 60 + 37 * number)).isoformat(),
        "topic": dice.choice(WORDS),
        "lead": escape(paragraphs[0][3:180]),
        "body": "".join(paragraphs),
    }


def _rss(feed: int, items: list[dict[str, str]]) -> str:
    rows = "".join(
        f"<item><title>{one['title']}</title><link>{one['link']}</link><guid isPermaLink='false'>{one['guid']}</guid>"
        f"<pubDate>{one['when']}</pubDate><dc:creator>A. Writer</dc:creator><category>{one['topic']}</category>"
        f"<description>{one['lead']}</description><content:encoded><![CDATA[{one['body']}]]></content:encoded></item>\n"
        for one in items
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>"
        f"<title>Source {feed}</title><link>https://news{feed}.example/</link><description>Feed {feed}</description>"
        f"{rows}</channel></rss>"
    )


def _atom(feed: int, items: list[dict[str, str]]) -> str:
    rows = "".join(
        f"<entry><title>{one['title']}</title><link href='{one['link']}'/><id>{one['guid']}</id>"
        f"<published>{one['iso']}</published><updated>{one['iso']}</updated>"
        f"<author><name>A. Writer</name></author><category term='{one['topic']}'/>"
        f"<summary>{one['lead']}</summary><content type='html'>{escape(one['body'])}</content></entry>\n"
        for one in items
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'>"
        f"<title>Source {feed}</title><id>tag:news{feed}.example,2026:feed</id><link href='https://news{feed}.example/'/>"
        f"<updated>{START.isoformat()}</updated>{rows}</feed>"
    )


def document(feed: int, items: int, *, shift: int) -> bytes:
    """One feed, a third of them Atom, newest item first; `shift` moves it on by so many items."""
    rows = [_item(feed, number) for number in range(shift + items - 1, shift - 1, -1)]
    return (_atom if feed % 3 == 0 else _rss)(feed, rows).encode()


def answer(body: bytes) -> Answer:
    """A body with its validator and its packed form."""
    return Answer(f'"{sha256(body).hexdigest()[:16]}"', body, gzip.compress(body, 6, mtime=0))


class Origin:
    """The feeds in both states, and how often each kind of answer was given."""

    def __init__(self, feeds: int, items: int) -> None:
        self.answers = {
            state: [answer(document(feed, items, shift=shift)) for feed in range(feeds)]
            for state, shift in (("a", 0), ("b", 1))
        }
        self.state = "a"
        self.count = {"200": 0, "304": 0, "404": 0}

    def reply(self, path: str, headers: dict[str, str]) -> bytes:
        """The bytes to send back for one request."""
        if path.startswith("/state/"):
            self.state, self.count = path[-1], dict.fromkeys(self.count, 0)
            return _message("200 OK", b"{}", "Content-Type: application/json\r\n")
        if path == "/count":
            return _message("200 OK", json.dumps(self.count).encode(), "Content-Type: application/json\r\n")
        number = path.removeprefix("/feed/").removesuffix(".xml")
        if not number.isdecimal() or int(number) >= len(self.answers["a"]):
            self.count["404"] += 1
            return _message("404 Not Found", b"")
        feed = self.answers[self.state][int(number)]
        marks = f"ETag: {feed.etag}\r\nVary: Accept-Encoding\r\n"
        if feed.etag in headers.get("if-none-match", ""):
            self.count["304"] += 1
            return f"HTTP/1.1 304 Not Modified\r\n{marks}\r\n".encode()
        self.count["200"] += 1
        marks += "Content-Type: application/xml\r\n"
        if "gzip" in headers.get("accept-encoding", ""):
            return _message("200 OK", feed.packed, f"{marks}Content-Encoding: gzip\r\n")
        return _message("200 OK", feed.plain, marks)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept open until the other side closes it."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                pairs = (line.partition(":") for line in head[1:])
                headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
                writer.write(self.reply(head[0].split(" ")[1], headers))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def _message(status: str, body: bytes, headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def main(port: int, feeds: int, items: int) -> None:
    """Serve until ended."""
    origin = Origin(feeds, items)
    server = await asyncio.start_server(origin.serve, "127.0.0.1", port, backlog=1024)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*(int(word) for word in sys.argv[1:4])))
