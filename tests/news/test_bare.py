"""Copy laid bare: what houses print around it, and what people said, is not compared."""

from __future__ import annotations

import pytest

from wiredesk.news import bare

FIRST = "The swing bridge over the narrows reopened on Monday, eight months after a barge struck its pier."
SECOND = "Ferries had carried the town's goods since the summer."


def copy(text: str, learned: frozenset[int] = frozenset()) -> list[str]:
    return [text[begin:end] for begin, end in bare.copy_spans(text, learned=learned)]


@pytest.mark.parametrize(
    "dateline",
    [
        "HARROW BAY — ",
        "HARROW BAY, Norfolk — ",
        "HARROW BAY (Lantern) - ",
        "HARROW BAY, Norfolk, Jan 1 (Lantern) - ",
        "Harrow Bay, 3. März (lan) – ",
        "HARROW BAY, 3 janvier 2026 (LAN) - ",
        "HARROW BAY, March 3 /Lantern/ -- ",
        "HARROW BAY: ",
        "(Lantern) ",
        "МОСКВА, 3 янв (ЛАН) — ",
    ],
)
def test_a_dateline_is_no_copy(dateline: str) -> None:
    assert copy(dateline + FIRST) == [FIRST]


@pytest.mark.parametrize(
    ("dateline", "text"), [("【港湾共同】", "橋が再開した。"), ("灯塔社海港3月2日电（记者李明）", "大桥重新开放。")]
)
def test_a_dateline_without_spaces_is_no_copy(dateline: str, text: str) -> None:
    assert copy(dateline + text) == [text]


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "Continue reading the main story",
        "By Ines Calder",
        "Photo",
        "___",
        "© 2026 Lantern News Agency",
        "Copyright 2026 Lantern News Agency. All rights reserved.",
        "(Reporting by Ines Calder; Editing by Tom Orme)",
        "(Except for the headline, this story has not been edited by Courier staff and is published from a syndicated feed.)",
        "With inputs from agencies",
        "Follow us on Facebook and Instagram",
        "Sign up to our morning newsletter",
        "READ MORE: Barge owner fined",
        "Lesen Sie auch: Die Brücke",
        "À lire aussi",
        "Читайте также: Мост открыт",
        "The swing bridge on Monday (Ines Calder/Lantern Photo)",
        "The swing bridge on Monday (AP Photo/Ines Calder)",
        "The swing bridge on Monday (Harbour Office via AP)",
        "The swing bridge on Monday. Photo Credit: Ines Calder",
        "The swing bridge on Monday Ines Calder/Reuters",
    ],
)
def test_what_houses_print_around_copy_is_no_copy(line: str) -> None:
    assert copy(f"{line}\n{FIRST}\n{line}\n{SECOND}\n{line}") == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "More than a hundred people watched.",
        "By noon the first cars had crossed, and the mayor went home.",
        "Next to the pier stood a crane.",
        "Photographs of the wreck were shown in court.",
        "The owner (a company of the port) paid",
        "Share prices of the owner fell.",
        "The sum: ten million",
        "Related cases are before the court, and a further one will be heard in the autumn of the year.",
    ],
)
def test_copy_that_begins_or_ends_like_a_house_line_stays(line: str) -> None:
    assert copy(f"{FIRST}\n{line}\n{SECOND}") == [FIRST, line, SECOND]


@pytest.mark.parametrize(
    "closing",
    [
        "Copyright 2026 Lantern News Agency. All rights reserved. This material may not be published.",
        "(Reporting by Ines Calder; Editing by Tom Orme)",
        "___ Lantern writers in Port Orme contributed.",
        "© 2026 Lantern",
    ],
)
def test_a_closing_line_is_no_copy_where_a_text_lost_its_breaks(closing: str) -> None:
    long = " ".join([FIRST] * 20)

    assert copy(f"{long} {closing}") == [f"{long} "]


def test_what_a_source_repeats_is_learned() -> None:
    line = "You get this from the Courier, est. 1871, no 12345"
    learned = frozenset([bare.paragraph_key("You get  this from the COURIER, est. 1871, no 777")])

    assert copy(f"{FIRST}\n{line}") == [FIRST, line]
    assert copy(f"{FIRST}\n{line}", learned) == [FIRST]


def test_paragraphs_of_five_stories_are_boilerplate_and_of_four_are_not() -> None:
    texts = [f"Story number {word} is here.\nPrinted at Orme.{' Twice.' * (word == 'e')}" for word in "abcdef"]

    assert bare.repeated(texts) == {bare.paragraph_key("Printed at Orme.")}
    assert bare.repeated(texts[:4]) == frozenset()


@pytest.mark.parametrize("text", ["", "\n\n", "Photo\nBy Ines Calder"])
def test_a_text_without_copy_has_none(text: str) -> None:
    assert copy(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('He said: "We were all very glad of it." And left.', ['"We were all very glad of it."']),
        ("He said: “We were all very glad of it.” And left.", ["“We were all very glad of it.”"]),
        ("Er sagte: „Wir sind alle sehr froh darüber.“ Er ging “heim”.", ["„Wir sind alle sehr froh darüber.“"]),
        ("Il a dit : « Nous en sommes tous très heureux. » Puis il partit.", ["« Nous en sommes tous très heureux. »"]),
        ("Er sagte: »Wir sind alle sehr froh darüber.« Und ging.", ["»Wir sind alle sehr froh darüber.«"]),
        ("Han sade: ”Vi är alla mycket glada över det.” Sedan gick han.", ["”Vi är alla mycket glada över det.”"]),
        ("He said: ‘We were all Orme’s guests that night.’ And left.", ["‘We were all Orme’s guests that night.’"]),
        ("He said: 'We were all very glad of it.' And left.", ["'We were all very glad of it.'"]),
        ("He left.\n'We were all very glad of it.'", ["'We were all very glad of it.'"]),
        ("市長は「橋の再開をとても嬉しく思います」と述べた。", ["「橋の再開をとても嬉しく思います」"]),
        ("“We were all very glad of it.\nAnd that was it.” He left.", ["“We were all very glad of it."]),
        ("The “safe zone” and the 'old town' and \"it\"", []),
        ("A 5'2\" man and a 6'1\" man met", []),
        ("no quotes", []),
    ],
)
def test_speech_is_told_from_a_term(text: str, said: list[str]) -> None:
    assert [text[begin:end] for begin, end in bare.speech_spans(text)] == said


@pytest.mark.parametrize(
    ("spans", "holes", "left"),
    [
        ([(0, 10)], [], [(0, 10)]),
        ([(0, 10)], [(2, 4), (6, 8)], [(0, 2), (4, 6), (8, 10)]),
        ([(0, 10), (12, 20)], [(8, 14)], [(0, 8), (14, 20)]),
        ([(5, 10)], [(0, 3), (5, 10)], []),
        ([(0, 4), (6, 9)], [(20, 22)], [(0, 4), (6, 9)]),
    ],
)
def test_holes_are_cut_into_spans(spans: list[bare.Span], holes: list[bare.Span], left: list[bare.Span]) -> None:
    assert list(bare.outside(spans, holes)) == left
