"""Words made comparable, and the numbers of their four-word runs."""

from __future__ import annotations

import pytest

from wiredesk.news import grams

SENTENCE = "The swing bridge over the narrows reopens on Monday."


def test_case_accents_and_points_say_nothing() -> None:
    assert grams.of("The U.S. envoy to São Tomé said") == grams.of("the US envoy to Sao Tome said")


def test_a_seven_bit_wire_and_a_web_page_give_the_same_numbers() -> None:
    assert grams.of("“It’s over”, he said — at last") == grams.of('"It\'s over", he said - at last')


def test_titles_that_one_house_prints_and_another_does_not_are_left_out() -> None:
    assert grams.said("Mr. Calder met Ms Orme and Dr Vane") == ["calder", "met", "orme", "and", "vane"]


def test_numbers_are_the_same_on_every_machine() -> None:
    assert grams.of("the bridge is open again") == (3752002097994016314, 4532971061046829439)


def test_a_number_fits_a_signed_column() -> None:
    assert all(0 <= gram < 2**63 for gram in grams.of(SENTENCE * 50))


def test_the_order_of_words_matters() -> None:
    orders = {grams.of(text) for text in ("one two two one", "two one one two", "one one two two", "two two one one")}

    assert len(orders) == 4


@pytest.mark.parametrize("text", ["", "one", "one two three", "— … !", "\n\n"])
def test_fewer_than_four_words_make_no_gram(text: str) -> None:
    assert grams.of(text) == ()


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("Bridge reopens", 2), ("桥重新开放", 5), ("สะพาน", 5), ("AI技術", 3), ("it's", 2)]
)
def test_words_are_counted_and_letters_where_there_are_no_spaces(text: str, count: int) -> None:
    assert grams.count(text) == count == len(grams.said(text))


@pytest.mark.parametrize(
    "text", ["新华社记者报道大桥今天重新开放通车", "สะพานแขวนเปิดใช้งานอีกครั้งในวันจันทร์", "橋は月曜日に再開する予定だ"]
)
def test_scripts_without_spaces_find_a_passage_within_a_sentence(text: str) -> None:
    inside = set(grams.of(text)) & set(grams.of(f"前{text}后"))

    assert len(inside) >= len(text) - 12


def test_vowels_of_indian_scripts_do_not_end_a_word() -> None:
    assert grams.said("नमस्ते दुनिया") == ["नमस्ते", "दुनिया"]


def test_what_is_not_seen_does_not_end_a_word() -> None:
    assert grams.said("Ame\u00adrica \u202bשלום\u202c мир ３日") == ["america", "שלום", "мир", "3", "日"]


def test_words_know_where_they_stand() -> None:
    assert [SENTENCE[begin:end] for _, begin, end in grams.words(SENTENCE)] == SENTENCE.rstrip(".").split()


def test_words_and_grams_are_of_one_kind() -> None:
    text = f"{SENTENCE} The U.S. said: 大桥 opens 3.5 hours, 'late' — www.a.example/{'x' * 300}"

    assert grams.of_words(grams.said(text)) == grams.of(text)


def test_the_memory_of_pieces_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    before = grams.of(SENTENCE)
    monkeypatch.setattr(grams, "KEPT", 1)

    grams.of("qzx1v qzx2v qzx3v qzx4v qzx5v")  # words that no other test has

    assert len(grams._pieces) == 1
    assert grams.of(SENTENCE) == before
