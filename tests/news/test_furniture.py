"""Lines of pages that are no copy, and lines that look like them and are."""

from __future__ import annotations

import pytest

from wiredesk.news import furniture


@pytest.mark.parametrize(
    "line",
    [
        "Related: Ferries of the north",
        "[Related: Ferries of the north]",
        "RELATED STORIES",
        "Read more: the ferry that came late",
        "Read more",
        "READ MORE: the ferry that came late",
        "Don’t miss:",
        "Most read in world news",
        "You may also like",
        "Sign up: the best of ferries",
        "Sign up for our daily newsletter here",
        "Subscribe to the Courier",
        "The Harbour Newsletter",
        "Get the day's headlines delivered to your inbox",
        "CLICK HERE TO GET THE COURIER APP",
        "Click to tweet",
        "Follow us on Facebook and X",
        "Follow the Courier on Facebook, Twitter and Instagram.",
        "Share this article",
        "Comments comments",
        "12 comments",
        "Advertisement",
        "Tags: ferry, harbour",
        "5 min read",
        "Lesen Sie auch: Die Fähre",
        "À lire aussi : le ferry",
        "Lire aussi Le ferry",
        "Lee también: el ferry",
        "Leia também: a balsa",
        "Tempo de leitura 1 minuto",
        "Leggi anche il traghetto",
        "Lees ook: de veerboot",
        "Czytaj także: prom",
        "Читайте также: паром",
        "相关阅读：渡轮",
    ],
)
def test_furniture_is_known_in_many_languages(line: str) -> None:
    assert furniture.is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Related parties own the ferry, the company said in its report on Tuesday.",
        "Read the room, said the harbour master, and look who is there.",
        "Reading by candlelight was all that was left to them.",
        "Share prices of the company fell by a tenth on Tuesday.",
        "Sign up to the plan or leave it, the union was told.",
        "Follow the money, she said.",
        "More than forty people were on board.",
        "Get out, he said.",
        "Print is not dead, the publisher said.",
        "Tagging along behind were two tugs.",
        "(Reporting by Ines Calder; editing by Omar Said)",
        "The Associated Press contributed to this report.",
        "Originally published by the Courier.",
        "Copyright 2026 Lantern Wire. All rights reserved.",
        "Recommended practice is to sail at dawn, when the wind is weak and the tide is high.",
        "",
        "Related: " + "x" * 300,
    ],
)
def test_copy_and_credits_are_no_furniture(line: str) -> None:
    assert not furniture.is_furniture(line)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Monday, November 18, 2019", True),
        ("Updated 13:22", True),
        ("2018年10月5日", True),
        ("By Ines Calder", True),
        ("Von Ines Calder", True),
        ("Ines Calder", True),
        ("by ines calder", True),
        ("Omar Said", False),
        ("In 2019 the ferry sailed with forty people on board.", False),
        ("2019 " + "x" * 200, False),
        ("Forty people were on board the ferry in 2019 and all of them were tired and cold and wet then", False),
        ("By the time that the ferry came back it was night and dark", False),
    ],
)
def test_stamps_say_when_and_by_whom_and_nothing_else(line: str, is_one: bool) -> None:
    assert furniture.is_stamp(line, frozenset({"ines calder"})) is is_one


@pytest.mark.parametrize(
    ("line", "ended"), [("He left.", True), ("“He left.”", True), ("他走了。", True), ("He left", False)]
)
def test_sentences_have_an_end(line: str, ended: bool) -> None:
    assert furniture.is_ended(line) is ended
