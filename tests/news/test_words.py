"""Words made comparable, and the numbers of their four-word runs."""

from __future__ import annotations

import pytest

from wiredesk.news import words

SENTENCE = "The swing bridge over the narrows reopens on Monday."


def test_case_accents_and_points_say_nothing() -> None:
    assert words.grams("The U.S. envoy to São Tomé said") == words.grams("the US envoy to Sao Tome said")


def test_a_seven_bit_wire_and_a_web_page_give_the_same_numbers() -> None:
    assert words.grams("“It’s over”, he said — at last") == words.grams('"It\'s over", he said - at last')


def test_titles_that_one_house_prints_and_another_does_not_are_left_out() -> None:
    assert words.said("Mr. Calder met Ms Orme and Dr Vane") == ["calder", "met", "orme", "and", "vane"]


def test_numbers_are_the_same_on_every_machine() -> None:
    assert words.grams("the bridge is open again") == (3752002097994016314, 4532971061046829439)


def test_a_number_fits_a_signed_column() -> None:
    assert all(0 <= gram < 2**63 for gram in words.grams(SENTENCE * 50))


def test_the_order_of_words_matters() -> None:
    orders = {
        words.grams(text) for text in ("one two two one", "two one one two", "one one two two", "two two one one")
    }

    assert len(orders) == 4


@pytest.mark.parametrize("text", ["", "one", "one two three", "— … !", "\n\n"])
def test_fewer_than_four_words_make_no_gram(text: str) -> None:
    assert words.grams(text) == ()


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("Bridge reopens", 2), ("桥重新开放", 5), ("สะพาน", 5), ("AI技術", 3), ("it's", 2)]
)
def test_words_are_counted_and_letters_where_there_are_no_spaces(text: str, count: int) -> None:
    assert words.count(text) == count == len(words.said(text))


@pytest.mark.parametrize(
    "text", ["新华社记者报道大桥今天重新开放通车", "สะพานแขวนเปิดใช้งานอีกครั้งในวันจันทร์", "橋は月曜日に再開する予定だ"]
)
def test_scripts_without_spaces_find_a_passage_within_a_sentence(text: str) -> None:
    inside = set(words.grams(text)) & set(words.grams(f"前{text}后"))

    assert len(inside) >= len(text) - 12


def test_vowels_of_indian_scripts_do_not_end_a_word() -> None:
    assert words.said("नमस्ते दुनिया") == ["नमस्ते", "दुनिया"]


def test_what_is_not_seen_does_not_end_a_word() -> None:
    assert words.said("Ame\u00adrica \u202bשלום\u202c мир ３日") == ["america", "שלום", "мир", "3", "日"]


def test_words_know_where_they_stand() -> None:
    assert [SENTENCE[begin:end] for _, begin, end in words.words(SENTENCE)] == SENTENCE.rstrip(".").split()


def test_words_and_grams_are_of_one_kind() -> None:
    text = f"{SENTENCE} The U.S. said: 大桥 opens 3.5 hours, 'late' — www.a.example/{'x' * 300}"

    assert words.grams_of(words.said(text)) == words.grams(text)


def test_the_memory_of_pieces_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    before = words.grams(SENTENCE)
    monkeypatch.setattr(words, "KEPT", 1)

    words.grams("pieces nobody has seen before")

    assert len(words._pieces) == 1
    assert words.grams(SENTENCE) == before
