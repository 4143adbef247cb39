"""Every address a stranger can ask for, and what is answered there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import count
from urllib.parse import quote

from django.test import Client

from wiredesk.desk.models import Section, Source, Story, Tag
from wiredesk.news import links

_numbers = count(200)
LISTS = [
    "/",
    "/archive/",
    "/sources/",
    "/corrections",
    "/sitemap.xml",
    "/robots.txt",
    "/licence.xml",
    "/trust.txt",
    "/.well-known/tdmrep.json",
    *(f"/popular?window={window}" for window in ("day", "week", "month", "year", "all")),
    *(f"/feed.{form}" for form in ("atom", "rss", "json")),
]
MAX_PAGES = 3000
_HREF = re.compile(r"""(?:href=|action=|<loc>|"url": )["']?(/[^"'<>\s]*|http://127\.0\.0\.1:8000[^"'<>\s]*)""")


def reader() -> Client:
    """Somebody with a browser and no account, whom the site has not counted today."""
    agent = f"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/{next(_numbers)}.0"
    return Client(headers={"user-agent": agent})


def of_story(row: Story, *guesses: str) -> Iterator[str]:
    """Where somebody may look for a story who knows its number, its words, its code or its guid."""
    yield f"/story/{row.pk}/"
    yield links.path(row.pk, row.slug)
    yield f"/story/{row.pk}/another/"
    yield f"/s/{links.code(row.pk)}"
    yield f"/story/{row.pk}/licence.xml"
    yield f"/story/{row.pk}/ninjs.json"
    yield f"/search?q={quote(row.headline.split()[0])}"
    yield f"/archive/{row.order_at:%Y/%m}/"
    for guess in guesses:
        for address in ("/s/{}", "/story/{}/", "/tag/{}/", "/search?q={}", "/section/{}/", "/{}"):
            yield address.format(quote(guess, safe=""))


def shelves() -> Iterator[str]:
    """Every shelf there is a row of, with something on it or not."""
    for kind, model in (("section", Section), ("source", Source), ("tag", Tag)):
        for slug in model.objects.values_list("slug", flat=True):  # type: ignore[attr-defined]  # three models alike
            yield f"/{kind}/{quote(slug)}/"
            yield from (f"/{kind}/{quote(slug)}/feed.{form}" for form in ("atom", "rss", "json"))


def addresses() -> Iterator[str]:
    """Everything public: lists, shelves, every story however it is asked for."""
    yield from LISTS
    yield from shelves()
    for row in Story.objects.all():
        yield from of_story(row)


def outputs(client: Client, asked: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Address and content of everything asked for, and of all that is linked from there on this site."""
    waiting, known = list(asked), set()
    while waiting and len(known) < MAX_PAGES:
        address = waiting.pop(0)
        if address in known:
            continue
        known.add(address)
        answer = client.get(address)
        content = answer.content.decode("utf-8", "replace")
        yield address, f"{content}\n{answer.headers}"
        waiting += [unescape(found).replace("http://127.0.0.1:8000", "") or "/" for found in _HREF.findall(content)]
        if answer.has_header("Location"):
            waiting.append(answer["Location"])
