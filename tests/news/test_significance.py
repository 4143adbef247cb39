"""What a new text means for its story: a correction, a refile or an update."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.news import align
from wiredesk.news import significance as module
from wiredesk.news.significance import significance

TEXT = (
    "Ferry sails again\n\n"
    "LONDON, March 3 (Reuters) - The ferry carried 21 people on Monday, the board said.\n\n"
    '"It will not sail at night," said Omar Haddad of Harrow Bay. Ines Calder told Omar Haddad to wait.\n\n'
    "It rained all day, and the boats stayed in the harbour."
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("21", "12"),
        ("21", "twelve"),
        ("Monday", "Tuesday"),
        ("Omar Haddad of", "Omar Hassan of"),
        ("Harrow Bay", "Cold Bay"),
        ("will not sail", "will sail"),
        ("at night", "at noon"),
        ('"It will not sail at night,"', "It will not sail at night,"),
        ("Ines Calder told Omar Haddad", "Omar Haddad told Ines Calder"),
        ("all day", "not all day"),
    ],
)
def test_a_changed_fact_is_a_correction_whatever_its_length(old: str, new: str) -> None:
    assert significance(TEXT, TEXT.replace(old, new)) == "correction"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Die Brücke ist nicht offen, sagt der Rat.", "Die Brücke ist offen, sagt der Rat."),
        ("Le conseil ne rouvre pas le pont.", "Le conseil rouvre le pont."),
        ("El consejo nunca abre el puente.", "El consejo abre el puente."),
        ("Il consiglio non apre il ponte oggi.", "Il consiglio apre il ponte oggi."),
        ("O conselho não abre a ponte hoje.", "O conselho abre a ponte hoje."),
        ("De raad opent de brug niet vandaag.", "De raad opent de brug vandaag."),
        ("Es kamen zwanzig Boote an den Steg.", "Es kamen dreißig Boote an den Steg."),
        ("Trois bateaux ont quitté le port.", "Quatre bateaux ont quitté le port."),
        ("Er liggen vijf boten in de haven.", "Er liggen zes boten in de haven."),
        ("橋は月曜日に21人を運んだ。", "橋は月曜日に12人を運んだ。"),
        ("桥今天没有开放。", "桥今天开放了。"),
        ("השר אמר כי הגשר לא ייפתח היום", "השר אמר כי הגשר ייפתח היום"),
    ],
)
def test_facts_are_seen_in_other_languages(old: str, new: str) -> None:
    assert significance(old, new) == "correction"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("harbour.", "harbor."),
        ("rained all", "rained  all"),
        ("all day", "all dey"),
        ('"It will not sail at night,"', "“It will not sail at night,”"),
        ("March 3", "March 4"),
        ("It rained", "\n\nRead more: boats\n\nIt rained"),
        ("21 people", "twenty-one people"),
        ("21 people", "21\u00a0people"),
    ],
)
def test_style_spelling_datelines_and_boilerplate_are_a_refile(old: str, new: str) -> None:
    text = TEXT.replace("21 people", "twenty-one people") if new.startswith("twenty") else TEXT

    assert significance(text, text.replace(old, new) if old else text) == "refile"


def test_french_quotation_marks_are_style() -> None:
    assert significance("« Le pont est ouvert », dit-il.", '"Le pont est ouvert", dit-il.') == "refile"


@pytest.mark.parametrize(
    "new",
    [
        TEXT + " Nobody was hurt.",
        TEXT.replace("It rained all day, and the boats stayed in the harbour.", ""),
        TEXT.replace("It rained all day, and the boats stayed in the harbour.", "Quite another thing was said there."),
        TEXT.replace("all day, and the boats stayed", "all long, but the ships waited"),
        "\n\n".join(TEXT.split("\n\n")[::-1]),
        "",
    ],
)
def test_new_lost_rewritten_and_moved_sentences_are_an_update(new: str) -> None:
    assert significance(TEXT, new) == "update"


def test_sentences_that_changed_places_in_a_paragraph_are_an_update() -> None:
    assert significance("It rained. The boats stayed.", "The boats stayed. It rained.") == "update"


def test_a_correction_beside_news_is_a_correction() -> None:
    assert significance(TEXT, TEXT.replace("21", "12") + " Nobody was hurt.") == "correction"


def test_a_word_that_may_be_a_name_is_no_spelling() -> None:
    assert significance("הגשר ייפתח ביום שני בבוקר", "הגשר ייפתח ביום שני בבקר") == "refile"
    assert significance("אמר דוד כי הגשר ייפתח בבוקר", "אמר יעקב כי הגשר ייפתח בבוקר") == "update"


def test_a_name_at_the_head_of_a_sentence_is_known_by_what_took_its_place() -> None:
    assert significance("Haddad left the town at noon.", "Calder left the town at noon.") == "correction"
    assert significance("Ferries left the town at noon.", "Feries left the town at noon.") == "refile"


def test_headlines_in_title_case_name_what_the_copy_names() -> None:
    text = "\n\nThe board of Harrow Bay met."

    assert significance(f"Board Of Harrow Meets Tonight{text}", f"Board Of Barrow Meets Tonight{text}") == "correction"
    assert significance(f"Board Of Harrow Meets Tonight{text}", f"Board Of Harrow Gathers Tonight{text}") == "refile"


def test_abbreviations_end_no_sentence() -> None:
    assert significance("Mr. Haddad of the U.S. team left.", "Mr. Calder of the U.S. team left.") == "correction"


def test_text_written_anew_is_an_update() -> None:
    old, new = (". ".join(f"{word} went out of the {n}th door" for n in range(90)) for word in ("He", "She"))

    assert significance(old, new) == "update"


def test_a_sentence_too_long_to_compare_is_an_update(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align, "MAX_TABLE", 3)

    assert significance("It rained all day.", "It rained all dey.") == "update"


def test_of_large_texts_what_lies_between_the_changes_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LETTERS", 200)

    assert significance(TEXT, TEXT.replace("21", "12")) == "correction"
    assert significance(TEXT, TEXT + " Nobody was hurt.") == "update"
    assert significance(TEXT, TEXT.replace("Ferry", "Boat") + " Nobody was hurt.") == "update"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("word " * 10**6, "word " * 5 * 10**5 + "other " + "word " * 5 * 10**5),
        ("a\n" * 10**6, "b\n" * 10**6),
        ("It rained. " * 9_000, "It snowed. " * 9_000),
        ("港" * 90_000, "橋港" * 40_000),
    ],
    ids=["one word", "other lines", "other sentences", "no spaces"],
)
def test_the_largest_texts_are_judged_within_a_second(old: str, new: str) -> None:
    begun = time.process_time()
    significance(old, new)

    assert time.process_time() - begun < 1


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_are_judged(old: str, new: str) -> None:
    assert significance(old, new) in ("refile", "correction", "update")
    assert significance(old, old) == "refile"
