"""Two spellings of one name, or two names."""

from __future__ import annotations

import pytest

from tests.news.lists import LORE
from wiredesk.news import spelling
from wiredesk.news.errors import NewsError

ONE = [
    ("Kim Jong Un", "Kim Jung Un"),
    ("Kim Jong-un", "Kim Jung-un"),
    ("Ban Ki-moon", "Ban Ki-mun"),
    ("Muammar Gaddafi", "Moammar Qaddafi"),
    ("Qadir Ahmet", "Gadir Ahmet"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
    ("Mohammed bin Salman", "Mohamed bin Salman"),
    ("Xi Jinping", "Xi Jingping"),
    ("Max Verstappen", "Max Verstapen"),
    ("Emmanuel Macron", "Emmanuel Marcon"),
    ("Keir Starmer", "Kier Starmer"),
    ("Ursula von der Leyen", "Ursula von der Layen"),
    ("Emma Thompson", "Emma Thomson"),
    ("Scarlett Johansson", "Scarlett Johannson"),
    ("Arnold Schwarzenegger", "Arnold Schwarsenneger"),
    ("Andrés Manuel López Obrador", "Andrés Manuel López Obredor"),
    ("Bashar al-Assad", "Bashar Asad"),
    ("Martin Luther Brokk Jr.", "Martin Luther Brock"),
    ("Steffi Clarke", "Steffi Clark"),
]
TWO = [
    ("Kim Jong Un", "Kim Jong Il"),
    ("Kim Jong Un", "Kim Yo Jong"),
    ("Lee Jae-myung", "Lee Jae-yong"),
    ("Wang Yi", "Wang Yu"),
    ("Zhang Wei", "Zhang Wen"),
    ("Li Qiang", "Li Qian"),
    ("Nguyen Phu Trong", "Nguyen Phu Tronk"),
    ("Maria Garcia", "Mario Garcia"),
    ("John Smith", "Jane Smith"),
    ("Daniel Ortega", "Daniela Ortega"),
    ("Simon Brown", "Simone Brown"),
    ("Paul Ryan", "Paul Bryan"),
    ("Ravi Kumar", "Raj Kumar"),
    ("Costa Rica", "Costa Rican"),
    ("Ivan Petrov", "Ivana Petrova"),
    ("Ali Khamenei", "Ali Khomeini"),
    ("Anna Schmidt", "Anna Schmitt"),
    ("Karen Hansen", "Karin Hansen"),
    ("Amir Khan", "Aamir Khan"),
    ("George Bush", "George W. Bush"),
    ("Brian Bortel", "Bria Borten"),
    ("J Smith", "K Smith"),
    ("Jo Bell", "Jo Ball"),
    ("Ann " + "a" * 50, "Ann " + "a" * 51),
]
EQUAL = [
    ("Pedro Sánchez", "Pedro Sanchez"),
    ("Kim Jong-un", "Kim Jong Un"),
    ("Jürgen Müller", "Juergen Mueller"),
    ("Abdel Fattah al-Sisi", "Abdel Fattah el-Sisi"),
    ("Martin Luther King", "Martin Luther King Jr."),
    ("Søren Ørsted", "Soren Orsted"),
    ("Sean O'Brien", "Sean O’Brien"),
    ("Merkel", "Merkle"),
]


def difference(one: str, other: str) -> spelling.Difference | None:
    return spelling.difference(LORE.parts(one), LORE.parts(other), LORE)


@pytest.mark.parametrize(("one", "other"), ONE, ids=[one for one, _ in ONE])
def test_two_spellings_are_one_person(one: str, other: str) -> None:
    assert difference(one, other)
    assert difference(other, one)


@pytest.mark.parametrize(("one", "other"), TWO, ids=[f"{one[:12]}, {other[:12]}" for one, other in TWO])
def test_like_names_are_two_people(one: str, other: str) -> None:
    assert difference(one, other) is None
    assert difference(other, one) is None


@pytest.mark.parametrize(("one", "other"), EQUAL, ids=[one for one, _ in EQUAL])
def test_accents_hyphens_articles_and_umlauts_are_no_difference(one: str, other: str) -> None:
    assert difference(one, other) is None


def test_the_difference_says_which_words_and_why() -> None:
    found = difference("Sergei Lavrov", "Sergey Lavrov")

    assert found == spelling.Difference(one="sergei", other="sergey", why="are spellings of one name")
    assert difference("Rishi Sunak", "Rishi Sunack") == spelling.Difference(
        one="sunak", other="sunack", why="sound the same"
    )
    assert difference("Jair Bolsonaro", "Jair Bolsanaro") == spelling.Difference(
        one="bolsonaro", other="bolsanaro", why="differ by a slip of the pen"
    )


def test_a_name_in_another_script_is_compared_as_well() -> None:
    assert difference("Владимир Зеленский", "Владимир Зелeнский") is not None  # one letter is Latin
    assert difference("Владимира Путина", "Владимиром Путиным") is None


def test_letters_are_counted_that_have_to_change() -> None:
    assert spelling.distance("", "ab") == 2
    assert spelling.distance("netanyahu", "netanyhau") == 1
    assert spelling.distance("kitten", "sitting") == 3


@pytest.mark.parametrize("text", ["same = 3", "nonsense", "same = []"])
def test_a_list_that_cannot_be_read_is_one_clear_error(text: str) -> None:
    with pytest.raises(NewsError, match="the list of names cannot be read"):
        spelling.read(text)
