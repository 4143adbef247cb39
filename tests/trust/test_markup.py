"""S1, S2, S3 and S19 without a browser: what strangers wrote, in every field, is read again by a second parser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from lxml import etree

from tests import corpora
from tests.makers import PUBLIC, at, entry, feed, take
from tests.trust import crawl, markup, payloads
from tests.trust.addresses import newsroom
from wiredesk.desk import alerts, intake, pages
from wiredesk.desk.models import Event, Feed, Source, Story
from wiredesk.news import formats, links
from wiredesk.news.face import face
from wiredesk.news.item import Delivery
from wiredesk.outlets.site import readers

ATOM = "{http://www.w3.org/2005/Atom}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
TEXTS = ("headline", "byline", "dateline", "language", "credit", "notices", "tags")
PAYLOADS = payloads.hostile()


def of_story(row: Story) -> Iterator[str]:
    yield links.path(row.pk, row.slug)
    yield f"/desk/story/{row.pk}/"


@cache
def deliveries() -> list[Delivery]:
    """All payloads as a feed's items, parsed."""
    read = [formats.parse(payloads.document(some), url="https://feed.example/f") for some in payloads.batches(PAYLOADS)]
    assert sum(len(delivery.items) for delivery in read) == len(PAYLOADS)
    return read


@corpora.present
def test_s1_no_payload_is_active_in_what_is_stored_whatever_field_it_came_in() -> None:
    for delivery in deliveries():
        for item in delivery.items:
            shown = face(item, base="https://feed.example/")
            safe = shown.standfirst + shown.body
            assert (markup.active_in(safe), markup.named_in(safe)) == ([], set()), item.guid
            assert [one for name in TEXTS for one in getattr(shown, name) if "\x00" in one] == []


@corpora.present
def test_s3_no_address_field_holds_anything_but_web_addresses() -> None:
    for delivery in deliveries():
        for item in delivery.items:
            addresses = [item.url, item.external_url, *(link.href for link in item.links)]
            addresses += [one.href for one in item.media] + [credit.url for credit in item.credit]
            addresses += [person.uri for person in item.authors]
            assert [one for one in addresses if one and not one.startswith(("http://", "https://"))] == []


def published(some: list[str]) -> list[Story]:
    """Payloads as stories, fifty a source, each source with a feed of its own."""
    for number, batch in enumerate(payloads.batches(some)):
        lantern = feed(f"lantern{number}", PUBLIC, newest=None, section=batch[0][1])
        Source.objects.filter(pk=lantern.source_id).update(name=batch[0][1][:200])
        intake.take(lantern, payloads.document(batch), now=at(), url=lantern.url)
    return list(Story.objects.order_by("id"))


@pytest.fixture
def plain() -> set[str]:
    """Every id and name on pages of ours that hold nothing hostile."""
    with transaction.atomic():
        room, client = newsroom(), editor()
        crawl.reader().get(links.path(room.story.pk, room.story.slug))
        readers.flush(at())
        take(room.story.feed, *(entry(number) for number in range(1, 20)))
        take(feed("tide", PUBLIC), entry(1))  # a story that two sources carry
        asked = [*crawl.LISTS[:4], "/search?q=headline", "/popular?window=all", *crawl.shelves(), "/nothing"]
        asked += [one for row in Story.objects.all() for one in of_story(row)]
        asked += ["/desk/", "/desk/?state=all", "/desk/feeds/", f"/desk/feeds/{room.story.feed_id}/"]
        found = {one for address in asked for one in markup.named_in(client.get(address).content.decode())}
        transaction.set_rollback(True)
    return found


def editor() -> Client:
    client = Client()
    client.force_login(User.objects.get_or_create(username="ines", is_staff=True, is_superuser=True)[0])
    return client


def ours(names: set[str]) -> set[str]:
    """Names without the values of our own tokens and numbers."""
    return {re.sub(r"\d+", "N", name) for name in names}


@pytest.mark.django_db
@corpora.present
@pytest.mark.parametrize("step", [120, pytest.param(1, marks=[pytest.mark.slow, pytest.mark.timeout(1800)])])
def test_s1_s19_every_page_of_hostile_copy_is_inert_and_names_nothing(step: int, plain: set[str]) -> None:
    rows = published(PAYLOADS[::step])
    client = editor()
    for row in rows[:20]:
        crawl.reader().get(links.path(row.pk, row.slug))
    readers.flush(at())
    for number, payload in enumerate(PAYLOADS[:: step * 20]):
        alerts.tell("copy", payload, at=at(number), story=rows[0])
    Feed.objects.update(error=PAYLOADS[0][:400], error_since=at())

    asked = [*crawl.LISTS[:4], "/popular?window=all", "/desk/", "/desk/?state=all", "/desk/feeds/", "/nothing"]
    asked += [address for address in crawl.shelves() if "feed." not in address]
    asked += [f"/search?q={quote(payload)}" for payload in PAYLOADS[:: step * 4]]
    asked += [f"/desk/feeds/{one.pk}/" for one in Feed.objects.all()[:10]]
    asked += [address for row in rows for address in of_story(row)]
    for address in asked:
        page = client.get(address).content.decode()
        assert markup.active_in(page) == [], address
        assert ours(markup.named_in(page)) <= ours(plain), address


@pytest.mark.django_db
@corpora.present
def test_s1_the_configuration_shows_hostile_names_with_its_own_scripts_only() -> None:
    rows = published(PAYLOADS[::80])
    client = editor()
    asked = [f"/admin/desk/{model}/" for model in ("source", "feed", "section", "licence")]
    asked += [f"/admin/desk/{model}/{number}/change/" for model in ("source", "feed") for number in (1, 2)]
    asked += [f"/admin/desk/source/{rows[0].source_id}/delete/", f"/admin/desk/feed/{rows[0].feed_id}/history/"]

    for address in asked:
        answer = client.get(address)
        page = answer.content.decode()
        scripts = [one for one in markup.elements(page) if markup.local(one.tag) == "script"]
        assert markup.active_in(page, allowed=("script", "svg")) == [], address
        assert all(
            one.get("src", "").startswith(("/static/admin/", "/admin/jsi18n/")) or one.get("type") == "application/json"
            for one in scripts
            if "".join(one.itertext()).strip() or one.get("src")
        ), address
        assert "script-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
@corpora.present
@pytest.mark.parametrize("step", [24, pytest.param(1, marks=[pytest.mark.slow, pytest.mark.timeout(1800)])])
def test_s1_every_feed_that_goes_out_holds_inert_html_and_web_addresses(step: int) -> None:
    published(PAYLOADS[::step])

    checked = 0
    for slug in Source.objects.values_list("slug", flat=True):
        for html, addresses in (*atom_of(slug), *rss_of(slug), *json_of(slug)):
            checked += 1
            assert markup.active_in(html) == [] and markup.named_in(html) == set(), slug
            assert [one for one in addresses if not one.startswith(("http://", "https://"))] == [], slug
    assert checked > len(PAYLOADS[::step])


def body_of(slug: str, form: str) -> bytes:
    return bytes(crawl.reader().get(f"/source/{quote(slug)}/feed.{form}").content)


Entry = tuple[str, list[str]]


def atom_of(slug: str) -> Iterator[Entry]:
    for one in etree.fromstring(body_of(slug, "atom")).iter(f"{ATOM}entry"):
        yield one.findtext(f"{ATOM}content") or "", [link.get("href") for link in one.iter(f"{ATOM}link")]


def rss_of(slug: str) -> Iterator[Entry]:
    for one in etree.fromstring(body_of(slug, "rss")).iter("item"):
        yield one.findtext(ENCODED) or "", [one.findtext("link"), *(each.get("url") for each in one.iter("source"))]


def json_of(slug: str) -> Iterator[Entry]:
    for one in json.loads(body_of(slug, "json"))["items"]:
        yield one.get("content_html", ""), [one["url"], one["id"], one.get("external_url") or one["url"]]


@pytest.mark.django_db
@corpora.present
def test_s2_what_editors_write_is_text_wherever_it_is_shown() -> None:
    take(feed(section="Coast"), entry(1))
    row, client = Story.objects.get(), editor()
    for payload in PAYLOADS[::400]:
        client.post(f"/desk/story/{row.pk}/edit/", {"headline": f"Ours {payload}"[:400]})
        client.post(f"/desk/story/{row.pk}/act/", {"act": "hold", "reason": payload})
        client.post(f"/desk/story/{row.pk}/act/", {"act": "release", "reason": payload})
        client.post(f"/desk/story/{row.pk}/act/", {"act": payload, "next": payload})
        row.refresh_from_db()
        page = pages.page_of(row.pk, now=at(1))
        assert page and page.headline == row.headline
        for address in ("/", f"/search?q={quote(payload)}", "/desk/?state=all", *of_story(row)):
            assert markup.active_in(client.get(address).content.decode()) == [], payload
    assert Event.objects.filter(by="ines").count() >= 3 * len(PAYLOADS[::400]) - 2


@pytest.mark.django_db
@corpora.present
def test_s2_a_name_at_the_login_comes_back_as_text(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for payload in PAYLOADS[::120]:
        for address in ("/desk/login/", "/admin/login/"):
            page = Client().post(address, {"username": payload, "password": "x", "next": payload}).content.decode()
            assert markup.active_in(page, allowed=("script", "svg")) == [], payload
            plain = Client().post(address, {"username": "", "password": "x"}).content.decode()
            assert [one.tag for one in markup.elements(page) if one.tag in ("script", "svg")] == [
                one.tag for one in markup.elements(plain) if one.tag in ("script", "svg")
            ]
            assert markup.named_in(page) <= markup.named_in(plain)


@pytest.mark.django_db
@corpora.present
def test_s3_links_of_other_schemes_are_in_no_page_and_no_feed() -> None:
    lantern = feed(newest=None)
    raw = (corpora.TRUST / "hostile-feeds" / "link-schemes.xml").read_bytes()
    intake.take(lantern, raw, now=at(), url=lantern.url)

    assert Story.objects.count() > 3
    asked = [*crawl.LISTS[:4], *crawl.shelves(), *(one for row in Story.objects.all() for one in of_story(row))]
    for address in asked:
        page = editor().get(address).content.decode()
        links_ = re.findall(r"""(?:href|src|url|uri)["']?\s*[=:]\s*["']\s*([^"']*)""", page, re.IGNORECASE)
        assert [one for one in links_ if not markup.is_web(one) or one.lower().startswith("mailto:")] == [], address
