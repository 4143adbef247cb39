"""What a source's terms ask of the site is what readers, feeds and machines get."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.makers import entry, feed, take
from wiredesk.desk import edit
from wiredesk.desk.edit import NotAllowed
from wiredesk.desk.models import Story
from wiredesk.news.licence_file import licence_from

pytestmark = pytest.mark.django_db
OPEN = {
    "extent": "full",
    "selection": "automatic",
    "outlets": ["site", "feeds"],
    "indexing": "own",
    "mining": "allowed",
}
OPEN |= {"link": "free", "images": "all", "credit_position": "end"}


def page_under(**terms: object) -> tuple[str, dict[str, str]]:
    """The page of a story under terms of its own, as text and headers."""
    take(feed(licence=licence_from({**OPEN, **terms}, "partner")), entry(1, body="<p>Harbour news of the night.</p>"))
    row = Story.objects.get()
    answer = Client().get(f"/story/{row.pk}/{row.slug}/")
    assert answer.status_code == 200
    return answer.content.decode(), dict(answer.headers)


def test_terms_that_ask_for_nothing_leave_no_trace() -> None:
    page, headers = page_under()

    assert '<link rel="canonical" href="http' in page and 'rel="canonical" href="https://origin' not in page
    assert not {"X-Robots-Tag", "tdm-reservation"} & set(headers)
    assert "noindex" not in page and "noai" not in page and page.count('class="credit"') == 1


def test_a_story_that_may_not_be_indexed_says_so_and_is_in_no_sitemap() -> None:
    page, headers = page_under(indexing="noindex")

    assert '<meta name="robots" content="noindex">' in page and headers["X-Robots-Tag"] == "noindex"
    assert b"/story/" not in Client().get("/sitemap.xml").content


def test_search_engines_are_led_to_the_original() -> None:
    page, headers = page_under(indexing="original")

    assert '<link rel="canonical" href="https://origin.example/1">' in page and "X-Robots-Tag" not in headers
    assert b"/story/" not in Client().get("/sitemap.xml").content


def test_a_story_that_is_not_for_news_indexes_is_in_the_sitemap_all_the_same() -> None:
    page, headers = page_under(indexing="news_noindex")

    assert '<meta name="googlebot-news" content="noindex">' in page
    assert headers["X-Robots-Tag"] == "googlebot-news: noindex"
    assert b"/story/" in Client().get("/sitemap.xml").content


def test_copy_that_is_reserved_from_mining_says_so_wherever_it_is() -> None:
    page, headers = page_under(mining="reserved")

    assert 'content="noai, noimageai"' in page and '<meta name="tdm-reservation" content="1">' in page
    assert (headers["tdm-reservation"], headers["X-Robots-Tag"]) == ("1", "noai, noimageai")
    for address in ("/", "/source/lantern/", "/search?q=headline", "/feed.atom"):
        assert Client().get(address)["tdm-reservation"] == "1", address


def test_credit_and_link_stand_above_the_copy_where_the_terms_ask_for_it() -> None:
    page, _ = page_under(link="required", link_rel=["nofollow"], credit="(c) A & B", credit_position="top")

    link = '<a href="https://origin.example/1" rel="noopener nofollow">'
    assert page.index(f'<p class="credit">{link}<bdi>(c) A &amp; B') < page.index('class="body"')


@pytest.mark.parametrize(("position", "first"), [("top", True), ("end", False)])
def test_feeds_carry_the_credit_and_link_with_the_copy(position: str, first: bool) -> None:
    page_under(link="required", credit="(c) A & B", credit_position=position)

    for form in ("atom", "rss", "json"):
        assert "(c) A &" in Client().get(f"/feed.{form}").content.decode()
    content = json.loads(Client().get("/feed.json").content)["items"][0]["content_html"]
    credit = '<p>(c) A &amp; B <a href="https://origin.example/1" rel="noopener">The original</a></p>'
    assert content.startswith(credit) is first and content.endswith(credit) is not first


def test_feeds_carry_no_copy_with_credit_where_there_is_no_copy() -> None:
    page_under(link="required", extent="headline")

    assert "content_html" not in json.loads(Client().get("/feed.json").content)["items"][0]


def test_a_headline_is_changed_only_where_the_terms_let_it() -> None:
    page_under()

    with pytest.raises(NotAllowed, match="do not let its headlines"):
        edit.headline(Story.objects.get().pk, "Ours", by="ines", now=Story.objects.get().first_seen_at)
