"""The limit of polling on this machine: libcurl, gunzip, a bare lxml walk and SQLite; no model, no rules, no cleaning.

`python -m bench.peers.limit BASE FEEDS DATABASE` asks every feed once.
"""

from __future__ import annotations

import sqlite3
import sys
from hashlib import blake2b
from io import BytesIO
from typing import Any

import pycurl
from lxml import etree

AT_ONCE = 50
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
TABLES = """
pragma journal_mode=wal; pragma synchronous=normal;
create table if not exists feed(id integer primary key, etag text);
create table if not exists item(
  id integer primary key, feed int not null, guid text not null, title text, link text, body text, published text,
  hash blob,
  unique(feed, guid));
"""
UPSERT = """
insert into item(feed, guid, title, link, body, published, hash) values(?,?,?,?,?,?,?)
on conflict(feed, guid) do update set title=excluded.title, body=excluded.body, hash=excluded.hash
where hash is not excluded.hash
"""


def rows(body: bytes) -> list[tuple[str | None, ...]]:
    """guid, title, link, body, date of each item."""
    root = etree.fromstring(body)
    if root.tag == f"{ATOM}feed":
        return [
            (
                one.findtext(f"{ATOM}id"),
                one.findtext(f"{ATOM}title"),
                one.find(f"{ATOM}link").get("href"),
                one.findtext(f"{ATOM}content"),
                one.findtext(f"{ATOM}published"),
            )
            for one in root.iterfind(f"{ATOM}entry")
        ]
    names = ("guid", "title", "link", CONTENT, "pubDate")
    return [tuple(one.findtext(name) for name in names) for one in root.find("channel").iterfind("item")]


def store(database: sqlite3.Connection, feed: int, body: bytes, etag: str) -> None:
    """Write what is new or changed of one feed, in one transaction."""
    database.execute("begin immediate")
    database.executemany(
        UPSERT,
        [(feed, *row, blake2b(f"{row[1]}{row[3]}".encode(), digest_size=8).digest()) for row in rows(body)],
    )
    database.execute("insert into feed values(?,?) on conflict(id) do update set etag=excluded.etag", (feed, etag))
    database.execute("commit")


def begin(multi: Any, base: str, feed: int, etag: str | None) -> None:
    """Send one request."""
    curl = pycurl.Curl()
    curl.feed, curl.body, curl.etag = feed, BytesIO(), ""
    curl.setopt(pycurl.URL, f"{base}/feed/{feed}.xml")
    curl.setopt(pycurl.ACCEPT_ENCODING, "gzip")
    curl.setopt(pycurl.NOSIGNAL, 1)
    curl.setopt(pycurl.WRITEFUNCTION, curl.body.write)
    curl.setopt(pycurl.HEADERFUNCTION, lambda line: keep_etag(curl, line))
    if etag:
        curl.setopt(pycurl.HTTPHEADER, [f"If-None-Match: {etag}"])
    multi.add_handle(curl)


def keep_etag(curl: Any, line: bytes) -> None:
    name, _, value = line.decode("latin-1").partition(":")
    if name.lower() == "etag":
        curl.etag = value.strip()


def main(base: str, feeds: int, path: str) -> None:
    """One round."""
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(TABLES)
    etags = dict(database.execute("select id, etag from feed"))
    multi, waiting, live = pycurl.CurlMulti(), iter(range(feeds)), 0
    while True:
        while live < AT_ONCE and (feed := next(waiting, None)) is not None:
            begin(multi, base, feed, etags.get(feed))
            live += 1
        if not live:
            return
        multi.perform()
        _, done, failed = multi.info_read()
        for curl in done:
            if curl.getinfo(pycurl.RESPONSE_CODE) == 200:
                store(database, curl.feed, curl.body.getvalue(), curl.etag)
        for curl in [*done, *(one[0] for one in failed)]:
            multi.remove_handle(curl)
            live -= 1
        multi.select(0.05)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
