"""Signs that a page holds back its copy."""

from __future__ import annotations

from typing import Any

import pytest

from tests.news.pagemakers import COPY, FIRST, block, blocks, own
from wiredesk.news import paywall
from wiredesk.news.schema_org import NONE, Article
from wiredesk.news.webpage import Block, Own

LONG = " ".join(["and the ferry sailed"] * 8)


def signs(
    told: Own | None = None,
    article: Article = NONE,
    read: list[Block] | None = None,
    copy: list[Block] | None = None,
    words: int = 100,
) -> tuple[str, ...]:
    read = blocks(*COPY) if read is None else read
    return paywall.signs(told or own(), article, read, read if copy is None else copy, words)


def test_a_page_that_holds_nothing_back_has_no_sign() -> None:
    assert signs() == ()
    assert signs(read=[]) == ()


@pytest.mark.parametrize(
    ("told", "article"),
    [
        (own(), Article(is_free=False)),
        (own(), Article(is_partly_closed=True)),
        (own(meta={"article:content_tier": "Metered"}), NONE),
    ],
    ids=["not free", "partly", "tier"],
)
def test_the_page_says_it_of_itself(told: Own, article: Article) -> None:
    assert [sign.startswith("The page says of itself") for sign in signs(told, article)] == [True]
    assert signs(own(meta={"article:content_tier": "free"}), Article(is_free=True)) == ()


@pytest.mark.parametrize(
    "asking",
    [
        "Subscribe to continue reading.",
        "This article is for subscribers only.",
        "Already a subscriber? Log in",
        "You have reached your limit of free articles.",
        "Diesen Artikel weiterlesen mit Courier Plus",
        "Il vous reste 60 % de cet article à lire. La suite est réservée aux abonnés.",
        "Contenido exclusivo para suscriptores",
        "Contenuto riservato agli abbonati",
        "この記事は会員限定です",
    ],
)
def test_readers_are_asked_to_pay(asking: str) -> None:
    assert signs(read=blocks(FIRST, asking), copy=blocks(FIRST))[0] == "Readers are asked to pay or to sign in."
    assert signs(own(walls=(asking,))) == ("Readers are asked to pay or to sign in.",)


def test_copy_about_subscribers_is_no_wall() -> None:
    assert not paywall.is_asking("The company has a million subscribers, it said.")
    assert signs(read=blocks("Subscribe to continue reading.", *COPY)) == ()
    assert not paywall.is_asking("Subscribe to continue. " + "x" * 500)


@pytest.mark.parametrize(
    "ending", ["The ferry sailed and…", "The ferry sailed ...", "The ferry sailed [...]", "“It sailed …”"]
)
def test_a_text_that_ends_in_the_middle_is_a_beginning(ending: str) -> None:
    assert signs(read=blocks(FIRST, ending)) == ("The text ends in the middle: it is a beginning.",)


def test_a_text_that_leads_on_is_a_beginning() -> None:
    assert signs(read=blocks(FIRST, "Continue reading »"), copy=blocks(FIRST)) == (
        "The text ends in the middle: it is a beginning.",
    )


@pytest.mark.parametrize(
    ("last", "is_cut"),
    [
        (block(LONG), True),
        (block(LONG + "."), False),
        (block(LONG, "ul"), False),
        (block(LONG, linked=0.9), False),
        (block("Ines Calder, Brennet"), False),
        (block("And then…", "h2"), False),
    ],
    ids=["prose", "ended", "list", "links", "short", "heading"],
)
def test_a_last_sentence_without_an_end_may_be_cut(last: Block, is_cut: bool) -> None:
    wanted = ("The last sentence has no end: the text may be cut.",) if is_cut else ()

    assert signs(read=[block(FIRST), last]) == wanted


@pytest.mark.parametrize(("words", "said"), [(50, True), (90, False)])
def test_the_page_counts_its_own_words(words: int, said: bool) -> None:
    found: Any = signs(article=Article(words=100), words=words)

    assert found == ((f"The page counts 100 words, and {words} were found.",) if said else ())
