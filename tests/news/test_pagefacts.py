"""Headline, byline, date and picture of a page, and where each was read."""

from __future__ import annotations

import pytest

from tests.news.pagemakers import own
from wiredesk.news import pagefacts
from wiredesk.news.schema_org import NONE, Article
from wiredesk.news.webpage import Facts, Field, Own

URL = "https://a.example/news/1"


def chosen(told: Own | None = None, article: Article = NONE, **feed: str) -> Facts:
    return pagefacts.chosen(told or own(), article, URL, feed)


def test_the_feed_goes_first_then_json_ld_then_opengraph_then_the_extractor() -> None:
    told = own(
        meta={"og:title": "By OpenGraph", "og:image": "/1.jpg"},
        guesses={"headline": "guessed", "byline": "Guessed Name"},
    )
    article = Article(headline="By JSON-LD", published="2026-03-02T10:00:00+01:00")

    found = chosen(told, article)

    assert found.headline == Field(value="By JSON-LD", source="JSON-LD")
    assert found.published == Field(value="2026-03-02T09:00:00Z", source="JSON-LD")
    assert found.image == Field(value="https://a.example/1.jpg", source="OpenGraph")
    assert found.byline == Field(value="Guessed Name", source="extractor")
    assert chosen(told, article, headline="By the feed").headline.source == "feed"
    assert chosen(told).headline.source == "OpenGraph"
    assert chosen() == Facts()


def test_a_date_that_cannot_be_read_is_left_to_the_next() -> None:
    told = own(meta={"article:published_time": "2026-03-02"})

    found = chosen(told, Article(published="last Tuesday"))

    assert found.published == Field(value="2026-03-02T00:00:00Z", source="OpenGraph")
    assert found.date and found.date.how == "assumed"


@pytest.mark.parametrize("byline", ["https://a.example/ines", "www.a.example", "@ines", "The Courier"])
def test_addresses_and_the_site_itself_are_no_byline(byline: str) -> None:
    told = own(meta={"article:author": byline, "og:site_name": "The Courier"}, guesses={"byline": "By Ines Calder"})

    assert chosen(told).byline == Field(value="Ines Calder", source="extractor")


def test_pictures_are_web_addresses() -> None:
    assert chosen(article=Article(image="javascript:alert(1)")).image == Field()


@pytest.mark.parametrize(
    ("title", "site", "without"),
    [
        ("Ferry sails | The Courier", "The Courier", "Ferry sails"),
        ("Ferry sails - Courier", "The Courier", "Ferry sails"),
        ("Ferry sails - The Courier - News", "The Courier", "Ferry sails - The Courier - News"),
        ("Ferry sails | Courier", "", "Ferry sails"),
        ("Ferry - sails - The Courier", "The Courier", "Ferry - sails"),
        (f"Ferry | {'sails' * 20}", "", f"Ferry | {'sails' * 20}"),
        ("Ferry sails - at last", "", "Ferry sails - at last"),
        ("Ferry sails: at last", "The Courier", "Ferry sails: at last"),
        ("Ferry sails – and sinks", "The Courier", "Ferry sails – and sinks"),
    ],
)
def test_the_name_of_the_site_is_no_headline(title: str, site: str, without: str) -> None:
    assert pagefacts.without_site(title, site) == without
    assert chosen(own(meta={"og:title": title, "og:site_name": site})).headline.value == without


def test_entities_in_titles_are_read() -> None:
    assert chosen(own(meta={"og:title": "Ferry &amp; quay"})).headline.value == "Ferry & quay"
