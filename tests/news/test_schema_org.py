"""What pages say of their articles in JSON-LD."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.news.pagemakers import article as node
from wiredesk.news import schema_org
from wiredesk.news.schema_org import NONE, Article


def read(*values: Any) -> Article:
    return schema_org.article(value if isinstance(value, str) else json.dumps(value) for value in values)


def test_an_article_is_read_field_by_field() -> None:
    found = read(
        node(
            headline="Ferry sails",
            author={"@type": "Person", "name": "Ines Calder"},
            datePublished="2026-03-02T10:00:00Z",
            image={"url": "https://a.example/1.jpg"},
            description="It sailed.",
            articleBody="It sailed on Tuesday.",
            wordCount=4,
            isAccessibleForFree="True",
        )
    )

    assert found == Article(
        headline="Ferry sails",
        byline="Ines Calder",
        published="2026-03-02T10:00:00Z",
        image="https://a.example/1.jpg",
        description="It sailed.",
        body="It sailed on Tuesday.",
        words=4,
        is_free=True,
    )


@pytest.mark.parametrize(
    "author",
    [
        "Ines Calder",
        ["Ines Calder", "Ines Calder", "https://a.example/ines", None],
        [{"name": "Ines Calder"}, {"url": "https://a.example"}],
        {"name": "Ines Calder", "url": "https://a.example"},
        {"@value": "Ines Calder"},
    ],
    ids=str,
)
def test_authors_come_in_all_shapes(author: Any) -> None:
    assert read(node(author=author)).byline == "Ines Calder"


def test_a_headline_may_be_a_list() -> None:
    assert read(node(headline=["Ferry", "Boat"])).headline == "Ferry"
    assert read(node(headline=[], name="Ferry")).headline == "Ferry"


@pytest.mark.parametrize(
    "image",
    [
        "https://a.example/1.jpg",
        ["https://a.example/1.jpg", "https://a.example/2.jpg"],
        {"contentUrl": "https://a.example/1.jpg"},
        {"url": ["https://a.example/1.jpg"]},
        [{"@id": "https://a.example/1.jpg"}],
    ],
    ids=str,
)
def test_images_come_in_all_shapes(image: Any) -> None:
    assert read(node(image=image)).image == "https://a.example/1.jpg"


def test_an_article_is_found_in_a_graph_and_the_one_that_tells_most_is_taken() -> None:
    graph = {"@graph": [{"@type": "WebPage"}, node(headline="Other"), node(headline="Ferry", author="Ines Calder")]}

    assert read(graph).headline == "Ferry"
    assert read([node(headline="First")], node(headline="Second")).headline == "First"


@pytest.mark.parametrize(
    "kind", ["Article", ["Thing", "BlogPosting"], "http://schema.org/ReportageNewsArticle", "Report"], ids=str
)
def test_kinds_of_articles(kind: Any) -> None:
    assert read({"@type": kind, "headline": "Ferry"}).headline == "Ferry"


@pytest.mark.parametrize(
    "value",
    [{"@type": "WebSite", "name": "Courier"}, {"headline": "x"}, {"@type": 3}, [], "no JSON", "[" * 9_000, ""],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_article_says_nothing(value: Any) -> None:
    assert read(value) == NONE


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"@type":"Article","headline":"Ferry"} -->',
        '//<![CDATA[\n{"@type":"Article","headline":"Ferry"}\n//]]>',
        '{"@type":"Article","headline":"Ferry"};',
        '{"@type":"Article","headline":"Ferry","description":"two\nlines"}',
    ],
)
def test_scripts_are_forgiven_what_pages_get_wrong(script: str) -> None:
    assert read(script).headline == "Ferry"


@pytest.mark.parametrize(
    ("said", "is_free"),
    [
        (False, False),
        ("False", False),
        ("https://schema.org/False", False),
        ("true", True),
        ("", None),
        (None, None),
        (1, None),
    ],
)
def test_free_or_not_is_said_in_many_ways(said: Any, is_free: bool | None) -> None:
    assert read(node(isAccessibleForFree=said)).is_free is is_free


@pytest.mark.parametrize(
    "parts", [{"isAccessibleForFree": "false", "cssSelector": ".x"}, [{}, {"isAccessibleForFree": False}]], ids=str
)
def test_a_part_that_is_closed_is_known(parts: Any) -> None:
    assert read(node(hasPart=parts)).is_partly_closed
    assert not read(node(hasPart=["text"])).is_partly_closed


@pytest.mark.parametrize(
    ("said", "words"), [("120", 120), (120, 120), (True, 0), ("many", 0), ("9" * 20, 0), (None, 0), ("²", 0)]
)
def test_the_count_of_words_is_a_number_or_nothing(said: Any, words: int) -> None:
    assert read(node(wordCount=said)).words == words


def test_the_search_ends_however_deep_or_wide_it_is() -> None:
    deep: Any = node(headline="Deep")
    for _ in range(schema_org.MAX_DEPTH + 5):
        deep = [deep]

    assert read(deep) == NONE
    assert read([*({"a": 1} for _ in range(schema_org.MAX_NODES)), node(headline="Late")]) == NONE
