"""The readers' site through Django's test client: every page type, what is never on it, and what it never does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import feedparser
import html5lib
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from tests.makers import PUBLIC, at, entry, feed, take
from wiredesk.desk import edit
from wiredesk.desk.models import Event, Hit, Story
from wiredesk.news import links
from wiredesk.news.licence_file import licence_from
from wiredesk.news.presets import PRESETS
from wiredesk.outlets.site import pictures, readers

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HOSTILE = "<script>alert(1)</script>\"'{{ 7*7 }}<img src=x onerror=alert(1)>"


@pytest.fixture
def site() -> Client:
    return Client(headers={"user-agent": BROWSER})


@pytest.fixture
def living() -> Story:
    """A site with something on every page: two sources, a section, a topic, a correction, a picture, a right-to-left story."""
    lantern = feed(section="Coast")
    take(
        lantern,
        entry(
            1,
            title="Bridge reopens",
            body="<p>It is open.</p><p><img src='/p.jpg' alt='The bridge'></p>",
            extra="<category term='Ferry'/>",
        ),
        entry(2, title="جسر", extra="<summary>x</summary>").replace("<entry>", "<entry xml:lang='ar'>", 1),
    )
    take(
        lantern,
        entry(
            1,
            title="CORRECTED: Bridge reopens",
            body="<p>(Corrects name to Varga)</p><p>It is open, says Varga.</p>",
            updated=1,
            extra="<category term='Ferry'/>",
        ),
    )
    take(
        feed(
            "review",
            licence_from(
                {
                    "extent": "excerpt",
                    "words": 4,
                    "selection": "automatic",
                    "outlets": ["site", "feeds"],
                    "indexing": "own",
                },
                "ex",
            ),
        ),
        entry(3, title="Essay", body="<p>One two three four five canary.</p>"),
    )
    take(feed("digest", PRESETS["headline-and-link"]), entry(4, title="Short", body="<p>canary body</p>"))
    return Story.objects.get(headline="Bridge reopens")


PAGES = [
    "/",
    "/section/coast/",
    "/source/lantern/",
    "/tag/ferry/",
    "/archive/",
    "/sources/",
    "/popular",
    "/popular?window=day",
    "/corrections",
    "/search",
    "/search?q=bridge",
    "/search?q=nothing",
]


def addresses() -> Iterator[str]:
    yield from PAGES
    yield f"/archive/{at(-1):%Y/%m}/"
    for row in Story.objects.all():
        yield links.path(row.pk, row.slug)


def test_every_page_answers_and_is_valid_html(site: Client, living: Story) -> None:
    for address in [*addresses(), "/story/999/x/", "/nothing"]:
        answer = site.get(address)
        html5lib.HTMLParser(strict=True).parse(answer.content.decode())
        assert answer.status_code == (404 if "999" in address or address[1:] == "nothing" else 200), address
        assert answer.content.count(b"<h1") == 1, address


def test_an_empty_site_says_what_to_do(site: Client) -> None:
    answer = site.get("/")

    assert b"wiredesk follow" in answer.content
    html5lib.HTMLParser(strict=True).parse(answer.content.decode())
    assert site.get("/sitemap.xml").status_code == site.get("/feed.atom").status_code == 200


def test_no_page_sets_a_cookie_runs_a_script_or_asks_anybody_else(site: Client, living: Story) -> None:
    for address in addresses():
        answer = site.get(address)
        tree = etree.HTML(answer.content)
        assert not answer.cookies, address
        runs = "//script[not(@type='application/ld+json')]|//style|//iframe|//img|//@style|//@onclick"
        assert tree.xpath(runs) == [], address
        for link in tree.xpath("//link[@rel='stylesheet' or @rel='icon']/@href"):
            assert link.startswith("/static/site/")
        assert (
            "script-src" not in answer["Content-Security-Policy"]
            and "default-src 'none'" in answer["Content-Security-Policy"]
        )
        assert answer["X-Content-Type-Options"] == "nosniff" and answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_story_tells_where_it_came_from(site: Client, living: Story) -> None:
    text = site.get(links.path(living.pk, living.slug)).content.decode()

    code = links.code(living.pk)
    for said in (
        "Bridge reopens",
        "Lantern",
        f"/s/{code}",
        "has not been edited by",
        "Corrects name to Varga",
        "says Varga",
        "Public domain",
        'href="https://origin.example/1"',
    ):
        assert said in text, said
    assert "CORRECTED" not in text


def test_one_story_has_one_address(site: Client, living: Story) -> None:
    path = links.path(living.pk, living.slug)

    for other in (f"/story/{living.pk}/", f"/story/{living.pk}/another-slug/"):
        answer = site.get(other)
        assert (answer.status_code, answer["Location"]) == (301, path)
    answer = site.get(f"/s/{links.code(living.pk)}")
    assert (answer.status_code, answer["Location"]) == (301, path)


@pytest.mark.parametrize("code", ["", "zzzzzzzz", "http://evil.example", "..%2f", "00000000"])
def test_s9_short_links_lead_to_our_own_stories_only(site: Client, code: str) -> None:
    assert site.get(f"/s/{code}").status_code == 404


def outputs(site: Client, number: int) -> bytes:
    """Everything a reader can ask for that might hold a story."""
    asked = [
        "/",
        "/feed.atom",
        "/feed.rss",
        "/feed.json",
        "/sitemap.xml",
        "/popular?window=all",
        "/search?q=Headline",
        "/corrections",
        "/archive/",
        "/sources/",
        "/section/coast/",
        "/source/lantern/",
        f"/archive/{at(-1):%Y/%m}/",
        f"/story/{number}/x/",
        f"/s/{links.code(number)}",
    ]
    return b"".join(site.get(address, follow=True).content for address in asked)


@pytest.mark.parametrize(("act", "status"), [(edit.kill, 410), (edit.hold, 200)])
def test_i3_a_withdrawn_story_is_in_no_output(site: Client, act: object, status: int) -> None:
    take(feed(section="Coast"), entry(1, title="Headline canary"))
    row = Story.objects.get()
    site.get(links.path(row.pk, row.slug))
    readers.flush(at())
    assert b"canary" in outputs(site, row.pk)
    act(row.pk, by="ines", now=at())  # type: ignore[operator]  # one of two functions

    assert b"canary" not in outputs(site, row.pk)
    assert site.get(f"/story/{row.pk}/anything/").status_code == status
    assert site.get(f"/s/{links.code(row.pk)}").status_code == status


def test_i3_waiting_and_embargoed_stories_are_unknown(site: Client) -> None:
    take(feed("contract", PRESETS["agency-contract"]), entry(1, title="Headline canary one"))
    embargo = f"<prism:embargoDate>{at(5).isoformat()}</prism:embargoDate>"
    take(feed(section="Coast"), entry(2, title="Headline canary two", extra=embargo))

    for row in Story.objects.all():
        assert b"canary" not in outputs(site, row.pk)
        assert site.get(f"/story/{row.pk}/x/").status_code == site.get(f"/s/{links.code(row.pk)}").status_code == 404


def test_i3_terms_hold_on_every_surface(site: Client, living: Story) -> None:
    every = b"".join(site.get(address).content for address in [*addresses(), "/feed.atom", "/feed.rss", "/feed.json"])

    assert b"One two three four" in every
    assert b"canary" not in every


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_feeds_are_read_by_others_with_source_and_licence(site: Client, living: Story, form: str) -> None:
    answer = site.get(f"/feed.{form}")
    if form == "json":
        items = json.loads(answer.content)["items"]
        assert items[0]["_wiredesk"]["licence"] and len(items) == 4
    else:
        parsed = feedparser.parse(answer.content)
        assert not parsed.bozo and len(parsed.entries) == 4
        bridge = next(one for one in parsed.entries if one.title == "Bridge reopens")
        assert bridge.id == f"{settings.SITE_URL}/s/{links.code(living.pk)}"
        assert "creativecommons.org/publicdomain" in answer.content.decode()
        assert bridge.source.title.startswith("Lantern")
        assert "says Varga" in bridge.content[0].value
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_feeds_of_shelves_hold_only_their_stories(site: Client, living: Story) -> None:
    for address, count in (
        ("/section/coast/feed.atom", 2),
        ("/source/digest/feed.rss", 1),
        ("/tag/ferry/feed.json", 1),
    ):
        answer = site.get(address)
        found = (
            json.loads(answer.content)["items"]
            if address.endswith("json")
            else feedparser.parse(answer.content).entries
        )
        assert len(found) == count
    assert site.get("/section/none/feed.atom").status_code == site.get("/feed.pdf").status_code == 404


def test_a_feed_that_has_not_changed_is_304(site: Client, living: Story) -> None:
    etag = site.get("/feed.atom")["ETag"]

    assert site.get("/feed.atom", headers={"if-none-match": f"W/{etag}"}).status_code == 304
    edit.kill(living.pk, by="ines", now=at())
    assert site.get("/feed.atom", headers={"if-none-match": etag}).status_code == 200


def test_s1_hostile_text_is_text_everywhere(site: Client) -> None:
    extra = f'<category term="{HOSTILE.replace("<", "&lt;").replace(chr(34), "")}"/><author><name>&lt;script&gt;alert(1)&lt;/script&gt;</name></author>'
    take(feed(), entry(1, title=HOSTILE, body=HOSTILE + "<p>x", extra=extra))
    row = Story.objects.get()

    for address in ("/", links.path(row.pk, row.slug), "/archive/", f"/search?q={HOSTILE}", "/feed.atom", "/feed.rss"):
        content = site.get(address).content.decode()
        content = re.sub(r'<script type="application/ld\+json">[^<>&]+</script>', "", content)
        assert "<script" not in content and "onerror=" not in re.sub(r"&lt;.*?&gt;|%3C.*?%3E", "", content), address
        assert "49" not in content or "{{ 7*7 }}" in content


def test_s20_feeds_hold_no_forbidden_characters(site: Client) -> None:
    take(feed(), entry(1, title="a\x85b ]]> c", body="<p>x\u0001y ]]&gt;</p>".replace("\u0001", "")))

    for form in ("atom", "rss"):
        etree.fromstring(site.get(f"/feed.{form}").content)


def test_the_sitemap_and_robots_name_what_is_public(site: Client, living: Story) -> None:
    tree = etree.fromstring(site.get("/sitemap.xml").content)

    assert len(tree) == 4
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in site.get("/robots.txt").content.decode()


def test_readers_are_counted_once_and_robots_never(site: Client, living: Story) -> None:
    path = links.path(living.pk, living.slug)
    readers.flush(at())  # what other tests have left in memory
    Hit.objects.all().delete()
    unseen = BROWSER.replace("140", "141")  # by no other test
    for agent in (unseen, unseen, "Mozilla/5.0 (compatible; Examplebot/1.0)"):
        Client(headers={"user-agent": agent}).get(path)
    site.head(path)
    readers.flush(at())

    assert [hit.count for hit in Hit.objects.all()] == [1]
    assert "1 reader" in site.get("/popular").content.decode()
    assert "Popular stories" in site.get("/").content.decode()


def test_s10_reading_changes_nothing_but_the_count(site: Client, living: Story) -> None:
    before = (list(Story.objects.values()), Event.objects.count())
    for address in addresses():
        site.get(address)

    assert (list(Story.objects.values()), Event.objects.count()) == before
    assert site.post("/").status_code == 405


def test_s13_the_host_header_changes_nothing(site: Client, living: Story) -> None:
    for address in ("/", "/feed.atom", "/sitemap.xml", links.path(living.pk, living.slug)):
        there = site.get(address, headers={"host": "evil.example", "x-forwarded-host": "evil.example"})
        assert b"evil.example" not in there.content


def test_the_front_page_takes_few_queries(site: Client, living: Story) -> None:
    with CaptureQueriesContext(connection) as front:
        site.get("/")
    with CaptureQueriesContext(connection) as story:
        site.get(links.path(living.pk, living.slug))

    assert (len(front) <= 13, len(story) <= 20) == (True, True), (len(front), len(story))


def test_the_stylesheet_is_small_and_may_be_kept(site: Client) -> None:
    address = re.search(r'href="(/static/site/site\.[0-9a-f]+\.css)"', site.get("/").content.decode())
    assert address
    answer = site.get(address[1])

    assert (answer.status_code, len(answer.content) < 20_000, "immutable" in answer["Cache-Control"]) == (
        200,
        True,
        True,
    )
    assert site.get("/static/site/mark.svg").status_code == 200
    assert site.get("/static/site/..%2fviews.py").status_code == site.get("/static/site/none.css").status_code == 404


@pytest.mark.parametrize(
    ("safe", "shown"),
    [
        (
            '<p><img loading="lazy" src="https://p.example/a.jpg" alt="A &amp; B"></p>',
            '<p><a class="elsewhere" href="https://p.example/a.jpg" rel="noopener">Picture: A &amp; B (p.example)</a> </p>',
        ),
        (
            '<picture><source srcset="https://p.example/a"><img src="https://p.example/a.jpg"></picture>',
            '<a class="elsewhere" href="https://p.example/a.jpg" rel="noopener">Picture (p.example)</a> ',
        ),
        (
            '<video src="https://p.example/f.mp4" controls=""></video><img>',
            '<a class="elsewhere" href="https://p.example/f.mp4" rel="noopener">Film (p.example)</a> ',
        ),
        (
            '<a href="https://o.example/"><img src="https://p.example/a.jpg" alt="Quay"></a><img src="https://p.example/b">',
            '<a href="https://o.example/"><span class="elsewhere">Picture: Quay</span> </a>'
            '<a class="elsewhere" href="https://p.example/b" rel="noopener">Picture (p.example)</a> ',
        ),
        ("plain", "plain"),
    ],
)
def test_media_are_links_until_we_keep_them_ourselves(safe: str, shown: str) -> None:
    assert pictures.as_links(safe) == shown


def test_public_domain_is_what_the_makers_say() -> None:
    assert PUBLIC.extent == 3
