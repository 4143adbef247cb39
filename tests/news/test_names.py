"""One person spelled two ways in a story, between carriers, against the archive."""

from __future__ import annotations

import time
from random import Random

import pytest

from tests.news.lists import LORE
from wiredesk.news import names
from wiredesk.news.errors import NewsError
from wiredesk.news.names import Alert, Archive, House, Text


def told(body: str, headline: str = "", **given: object) -> list[tuple[set[str], str]]:
    found = names.look([Text(headline=headline, body=body)], LORE, **given)  # type: ignore[arg-type]  # as look() takes them
    return [(set(alert.spellings), alert.suggest) for alert in found.alerts]


def test_headline_and_body_that_spell_a_name_two_ways_are_told() -> None:
    body = "North Korean leader Kim Jung Un visited a factory. Kim Jung Un smiled."

    found = names.look([Text(headline="Kim Jong Un Visits Factory", body=body)], LORE)

    assert found.alerts == (
        Alert(
            spellings=("Kim Jung Un", "Kim Jong Un"),
            suggest="Kim Jung Un",
            why="“Kim Jung Un” 2 times in the body; “Kim Jong Un” 1 time in the headline: "
            "“jong” and “jung” sound the same",
        ),
    )


def test_father_and_son_siblings_and_namesakes_are_not_told() -> None:
    body = (
        "Kim Jong Il was followed by Kim Jong Un, whose sister is Kim Yo Jong. Maria Garcia met Mario Garcia. "
        "John Smith and Jane Smith, George Bush and George W. Bush, Martin Luther King and Martin Luther King Jr. came."
    )

    assert told(body) == []


def test_a_surname_that_stands_alone_is_held_against_the_full_name() -> None:
    assert told("President Jair Bolsonaro spoke. Then Bolsanaro left.") == [
        ({"Jair Bolsonaro", "Bolsanaro"}, "Jair Bolsonaro")
    ]
    assert told("Benjamin Netanyahu spoke. Then Nethanyahu left.") == [
        ({"Benjamin Netanyahu", "Nethanyahu"}, "Benjamin Netanyahu")
    ]
    assert told("Oskar Nehlinn spoke. Later Nehlin left.") == [({"Oskar Nehlinn", "Nehlin"}, "Oskar Nehlinn")]


def test_words_that_are_no_names_are_not_held_against_surnames() -> None:
    assert told("President Jair Bolsonaro spoke. Bolsanaros are many.") == []
    assert told("Mario Carver spoke. Carter left.") == []
    assert told("Oskar Harbour spoke. Harbor town, a harbor of old.") == []
    assert told("Moscow Harbour spoke. Harbor left.") == []


def test_titles_common_words_and_possessives_stand_outside_names() -> None:
    body = (
        "The President Emmanuel Macron’s plan. Conservative Emanuel Macron said so. Mr. J. Muster and Theresa May came."
    )

    assert told(body) == [({"Emmanuel Macron", "Emanuel Macron"}, "Emmanuel Macron")]


def test_names_keep_their_particles_and_prefixes() -> None:
    assert told("Ursula von der Leyen came. Ursula von der Layen left.") == [
        ({"Ursula von der Leyen", "Ursula von der Layen"}, "Ursula von der Leyen")
    ]
    assert told("Abdel Fattah al-Sisi came. Abdel Fattah al-Sissi left.") == [
        ({"Abdel Fattah al-Sisi", "Abdel Fattah al-Sissi"}, "Abdel Fattah al-Sisi")
    ]
    assert told("Marine Le Pen came. Marinne Le Pen left, and von there on it was quiet. So they said of her.") == [
        ({"Marine Le Pen", "Marinne Le Pen"}, "Marine Le Pen")
    ]


def test_words_in_small_letters_elsewhere_are_no_names() -> None:
    assert told("The Harbour Quorter came. The Harbour Quarter left, a quarter to five and a quorter to six.") == []


def test_three_spellings_of_a_person_are_one_alert() -> None:
    body = "Volodymyr Zelensky came. Volodymyr Zelenskiy spoke. Volodymyr Zelensky sat. Volodymyr Zelenskyy left."

    (alert,) = names.look([Text(body=body)], LORE).alerts

    assert set(alert.spellings) == {"Volodymyr Zelensky", "Volodymyr Zelenskiy", "Volodymyr Zelenskyy"}
    assert alert.suggest == "Volodymyr Zelensky"


def test_carriers_that_differ_are_told_with_who_writes_what() -> None:
    texts = [
        Text(body="Sergei Roldugin plays the cello.", label="Brennet Courier"),
        Text(body="Sergei Roldugin plays.", label="Harbour Gazette"),
        Text(body="Sergey Roldugin plays. Sergey Roldugin rests. Sergey Roldugin sleeps.", label="Lantern"),
    ]

    (alert,) = names.look(texts, LORE).alerts

    assert alert.suggest == "Sergei Roldugin"
    assert alert.why.startswith(
        "“Sergei Roldugin” 2 times in the body of Brennet Courier, the body of Harbour Gazette; "
        "“Sergey Roldugin” 3 times in the body of Lantern"
    )


ARCHIVE = Archive(counts={"Nicolas Sarkozy": 40, "Rishi Sunak": 30, "Rishi Sunack": 1, "Ana Rivas": 1}, lore=LORE)


def test_a_name_that_the_archive_spells_another_way_is_told() -> None:
    found = names.look([Text(body="Nicholas Sarkozy spoke.")], LORE, archive=ARCHIVE)

    assert found.alerts == (
        Alert(
            spellings=("Nicolas Sarkozy", "Nicholas Sarkozy"),
            suggest="Nicolas Sarkozy",
            why="“Nicolas Sarkozy” not here, 40 times in the archive; “Nicholas Sarkozy” 1 time in the body: "
            "“nicholas” and “nicolas” are spellings of one name",
        ),
    )


def test_the_archive_decides_between_spellings_of_a_story() -> None:
    assert told("Rishi Sunack came. Rishi Sunack left. Rishi Sunak stayed.", archive=ARCHIVE) == [
        ({"Rishi Sunack", "Rishi Sunak"}, "Rishi Sunak")
    ]


def test_the_archives_own_slips_prove_nothing() -> None:
    assert told("Rishi Sunak came.", archive=ARCHIVE) == []
    assert told("Anna Rivas came. Ana Rivass came once.", archive=Archive(counts={"Ana Rivas": 1}, lore=LORE)) == []
    assert told("Rishi Sunack came.", archive=ARCHIVE) == [({"Rishi Sunack", "Rishi Sunak"}, "Rishi Sunak")]


def test_the_house_says_what_passes_and_who_are_two() -> None:
    body = "Kyrylo Budanov and Kirilo Budanov. Chris Evans and Chris Evens."
    house = names.read_house('equal = [["Kyrylo", "Kirilo"]]\napart = [["Chris Evans", "Chris Evens"]]')

    assert len(told(body)) == 2
    assert told(body, house=house) == []
    assert len(told(body, house=House(equal=(("Moscow", "Moskau"),)))) == 2


@pytest.mark.parametrize("text", ["equal", "equal = 3", "colour = []"])
def test_house_rules_that_cannot_be_read_are_one_clear_error(text: str) -> None:
    with pytest.raises(NewsError, match="the house's names cannot be read"):
        names.read_house(text)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "cannot tell: no words"),
        ("... 123 !!!", "cannot tell: no words"),
        ("قال الرئيس عبد الفتاح السيسي إن المرفأ مفتوح.", "cannot tell: a script without capitals"),
        ("新华社北京11月3日电 渡轮启航。", "cannot tell: a script without capitals"),
        ("ประเทศไทย เรือออกแล้ว", "cannot tell: a script without capitals"),
        ("Word", ""),
        ("Ferry " * 30_000, "only the first 120000 characters were looked at"),
    ],
)
def test_where_it_cannot_tell_it_says_so(body: str, why: str) -> None:
    assert names.look([Text(body=body)], LORE) == names.Found(untold=why)


def strange(dice: Random) -> str:
    return "".join(dice.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(8)).capitalize()


@pytest.mark.parametrize("kind", ["one given name", "no two alike", "initials", "capitals"])
def test_a_hostile_text_takes_less_than_a_second(kind: str) -> None:
    dice = Random(4)
    body = {
        "one given name": lambda: " ".join(f"John {strange(dice)}." for _ in range(20_000)),
        "no two alike": lambda: " ".join(strange(dice) for _ in range(20_000)),
        "initials": lambda: "J. " * 1_500_000,
        "capitals": lambda: "KIM JONG UN " * 400_000,
    }[kind]()
    begun = time.process_time()

    names.look([Text(headline=body, body=body)], LORE)

    assert time.process_time() - begun < 4  # of CPU, while coverage counts; a third of it without


def test_an_archive_is_made_of_full_names_each_once() -> None:
    body = "Mr Oren Tallis met Maria Helena Costa. Oren Tallis and Maria Helena Costa spoke of Harbour Road."

    assert set(names.named([Text(headline="Oren Tallis at sea", body=body)], LORE)) == {
        "Oren Tallis",
        "Maria Helena Costa",
    }
