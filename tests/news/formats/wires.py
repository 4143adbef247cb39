"""What the tests of wire formats share: the Lantern's dialect, and small documents made on the spot."""

from __future__ import annotations

from datetime import UTC
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.data.profiles import LANTERN
from wiredesk.news import formats, profile
from wiredesk.news.item import Delivery, Item, as_plain

DATA = Path(__file__).resolve().parents[2] / "data"
PROFILE = profile.read(LANTERN, zone=lambda name: UTC)
URL = "https://lantern.example/feed"


def everything(name: str, ending: str) -> tuple[Delivery, Any]:
    """The document of a format that says all it can, and what is expected of it."""
    body = (DATA / name / f"everything.{ending}").read_bytes()
    return formats.parse(body, url=URL, profile=PROFILE), import_module(f"tests.data.{name}.everything")


def plain(item: Item) -> dict[str, Any]:
    """An item as plain values, without where they were read."""
    said: dict[str, Any] = as_plain(item)
    del said["origin"]
    return said


def nitf(head: str = "", body: str = "", *, about: str = "", top: str = "") -> Item:
    """The item of a small NITF document: what is in docdata, its attributes, what is in body.content and body.head."""
    document = (
        f"<nitf><head><docdata {about}>{head}</docdata></head><body><body.head>{top}</body.head>"
        f"<body.content>{body}</body.content></body></nitf>"
    )
    return formats.parse(document.encode(), url=URL, profile=PROFILE).items[0]


def newsml(inner: str) -> Item:
    """The item of a small NewsML 1.2 document."""
    return formats.parse(f"<NewsML><NewsItem>{inner}</NewsItem></NewsML>".encode(), url=URL, profile=PROFILE).items[0]


def message(
    text: str, *, head: str = "lnt0300 3 i 9", slug: str = "Slug/", trailer: str = "021200 GMT Mar 26"
) -> bytes:
    """One message of IPTC 7901, its lines ended as on the wire."""
    return f"\x01{head}\n\n{slug}\n\x02{text}\n\x03{trailer}\n\x04".replace("\n", "\r\n").encode("cp1252")


def wire(text: str, **about: str) -> Item:
    """The item of one message of IPTC 7901."""
    return formats.parse(message(text, **about), profile=PROFILE).items[0]


def anpa(text: str, *, second: str = "r i BC-Boats", trailer: str = "LNT-NY-03-02-26 0410EST") -> Item:
    """The item of one message of ANPA 1312."""
    body = f"\x16\x16\x01a0412\x1fczcv\n{second}\n\x02{text}\n\x03{trailer}\n\x04"
    return formats.parse(body.encode(), profile=PROFILE).items[0]
