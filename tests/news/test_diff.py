"""Readable differences: what is told, whole words, both sides exact, bounded work."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.news import align, diff
from wiredesk.news.diff import Change, Difference, differences, html_differences
from wiredesk.news.tokens import Words, paragraphs

FERRY = "LONDON, March 3 (Reuters) - The ferry carried 21 people on Monday, the board said."
QUOTE = '"It will not sail," said Omar Haddad of Harrow Bay.'
RAIN = "It rained all day, and the boats stayed in the harbour."
LATE = "They came back late in the evening, one by one."
TEXT = "\n\n".join((FERRY, QUOTE, RAIN, LATE))


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(change.kind, change.before, change.after) for change in differences(old, new).changes]


def only(old: str, new: str) -> Change:
    [change] = differences(old, new).changes
    return change


def matters(old: str, new: str) -> set[str]:
    return {reason for change in differences(old, new).changes for reason in change.matters}


def side(found: Difference, which: str) -> list[str]:
    """One side put together again from what is shown of it, its paragraphs in its own order."""
    mine, place = ("deleted", "old") if which == "old" else ("inserted", "new")
    shown = sorted(
        (one for one in found.paragraphs if getattr(one, place) is not None), key=lambda one: getattr(one, place)
    )
    return ["".join(run.text for run in one.runs if run.side in ("equal", mine)) for one in shown]


def test_equal_texts_have_no_changes() -> None:
    found = differences(TEXT, TEXT)

    assert found.changes == ()
    assert {one.kind for one in found.paragraphs} == {"equal"}


def test_empty_texts_are_texts() -> None:
    assert differences("", "") == Difference(changes=(), paragraphs=())
    assert told("", "One word") == [("added", "", "One word")]
    assert told("One word", "") == [("deleted", "One word", "")]


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        ("21", "12", {"number"}),
        ("21 people", "three people", {"number"}),
        ("Monday", "Tuesday", {"day"}),
        ("Omar Haddad", "Omar Hassan", {"name"}),
        ("of Harrow Bay", "in Cold Bay", {"name", "place"}),
        ("will not sail", "will sail", {"negation", "quotation"}),
        ("all day", "all night", set()),
        ("rained all day", "never rained all day", {"negation"}),
        ("not sail", "not swim", {"quotation"}),
    ],
)
def test_facts_that_changed_are_marked(old: str, new: str, reasons: set[str]) -> None:
    assert matters(TEXT, TEXT.replace(old, new)) == reasons


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Das Haus ist nicht offen.", "Das Haus ist offen."),
        ("Le pont n'est pas ouvert.", "Le pont est ouvert."),
        ("El puente nunca se abre.", "El puente se abre."),
        ("Il ponte non si apre.", "Il ponte si apre."),
        ("A ponte não abre hoje.", "A ponte abre hoje."),
        ("De brug gaat niet open.", "De brug gaat open."),
        ("השר אמר כי הגשר לא ייפתח", "השר אמר כי הגשר ייפתח"),
        ("桥没有开放。", "桥开放了。"),
        ("다리는 열리지 않았다.", "다리는 열렸다."),
        ("橋は人を運ばない。", "橋は人を運ぶ。"),
    ],
)
def test_a_negation_is_seen_in_many_languages(old: str, new: str) -> None:
    assert "negation" in matters(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Es waren zwanzig Boote.", "Es waren dreißig Boote."),
        ("Es waren zweiundzwanzig Boote.", "Es waren dreiundzwanzig Boote."),
        ("Il y a trois bateaux.", "Il y a quatre bateaux."),
        ("Hay cinco barcos.", "Hay siete barcos."),
        ("Ci sono otto barche.", "Ci sono nove barche."),
        ("Há dois barcos.", "Há três barcos."),
        ("Er zijn vijf boten.", "Er zijn zes boten."),
        ("Twenty-one boats sailed.", "Twenty-two boats sailed."),
        ("共有三艘船。", "共有五艘船。"),
    ],
)
def test_a_number_in_words_is_a_number_in_many_languages(old: str, new: str) -> None:
    assert "number" in matters(old, new)


def test_a_number_written_otherwise_is_none_that_changed() -> None:
    assert matters("It cost three crowns.", "It cost 3 crowns.") == set()
    assert matters("It cost 1,000 crowns.", "It cost 1000 crowns.") == set()


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        (QUOTE, QUOTE.replace('"It', "“It").replace('sail,"', "sail,”"), "typography"),
        ("One - two", "One – two", "typography"),
        ("« Le pont » est ouvert depuis hier.", '"Le pont" est ouvert depuis hier.', "typography"),
        ("One  two three", "One two three", "white space"),
        ("One two", "One\ttwo", "white space"),
        (FERRY, FERRY.replace("March 3", "March 4"), "dateline"),
        (FERRY, FERRY.replace(" - ", " – "), "typography"),
        ("All rights reserved. 2025.", "All rights reserved. 2026.", "boilerplate"),
        ("One.\n\nRead more: boats", "One.", "boilerplate"),
    ],
)
def test_what_is_none_of_the_copy_is_boring_and_says_why(old: str, new: str, note: str) -> None:
    changes = differences(old, new).changes

    assert {(change.boring, change.note, change.matters) for change in changes} == {(True, note, ())}


def test_restyled_words_beside_each_other_are_one_change() -> None:
    assert told('"One" "two" three', "“One” “two” three") == [("edited", '"One" "two"', "“One” “two”")]


def test_speech_in_single_quotation_marks_is_speech() -> None:
    text = "'The crews will not sail at night,' said Omar's men."

    assert matters(text, text.replace("at night", "by night")) == {"quotation"}
    assert matters(text, text.replace("men", "crew")) == set()


def test_a_paragraph_that_only_begins_like_boilerplate_is_copy() -> None:
    assert not only("Advertisement spending rose 21 percent.", "Advertisement spending rose 12 percent.").boring


def test_learned_boilerplate_is_boring() -> None:
    found = differences(
        "One.\n\nThe Bay Courier is read by boats.", "One.", boilerplate=["The Bay  Courier is read by boats."]
    )

    assert [(change.boring, change.note) for change in found.changes] == [(True, "boilerplate")]
    assert [one.boring for one in found.paragraphs] == [False, True]


def test_a_headline_in_capitals_before_a_dash_is_no_dateline() -> None:
    assert only("FIVE DEAD - police say", "SIX DEAD - police say").matters == ("number",)


def test_beside_a_dateline_the_copy_is_compared() -> None:
    changed = FERRY.replace("March 3", "March 4").replace("21", "12")

    assert told(FERRY, changed) == [
        ("edited", "LONDON, March 3 (Reuters) -", "LONDON, March 4 (Reuters) -"),
        ("edited", "21", "12"),
    ]
    assert told(FERRY, FERRY.replace("21", "12")) == [("edited", "21", "12")]


def test_moved_paragraphs_are_told_as_moved_once() -> None:
    moved = "\n\n".join((LATE, FERRY, QUOTE, RAIN))
    found = differences(TEXT, moved)

    assert [(change.kind, change.was, change.paragraph) for change in found.changes] == [("moved", 3, 0)]
    assert found.paragraphs[0].kind == "moved"


def test_a_moved_paragraph_that_was_edited_is_told_with_its_edit() -> None:
    moved = "\n\n".join((LATE.replace("late", "early"), FERRY, QUOTE, RAIN))

    assert [(change.kind, change.before) for change in differences(TEXT, moved).changes] == [
        ("moved", LATE),
        ("edited", "late"),
    ]


def test_boilerplate_that_moved_is_boring() -> None:
    old, new = f"Read more about boats\n\n{RAIN}\n\n{LATE}", f"{RAIN}\n\n{LATE}\n\nRead more about boats"

    assert only(old, new).boring


def test_a_rule_of_asterisks_does_not_move() -> None:
    assert {kind for kind, _, _ in told(f"* * *\n\n{RAIN}\n\n{LATE}", f"{RAIN}\n\n{LATE}\n\n* * *")} == {
        "added",
        "deleted",
    }


def test_a_paragraph_that_was_split_is_one_change_and_not_two_new_ones() -> None:
    joined = f"{RAIN} {LATE}"
    found = differences(f"{FERRY}\n\n{joined}\n\n{QUOTE}", f"{FERRY}\n\n{RAIN}\n\n{LATE}\n\n{QUOTE}")

    assert [(change.kind, change.note) for change in found.changes] == [("edited", "white space")]
    assert found.paragraphs[1].kind == "edited"


def test_a_new_paragraph_beside_an_edited_one_is_new() -> None:
    found = differences(f"{FERRY}\n\n{RAIN}", f"{FERRY}\n\nNobody was hurt at all.\n\n{RAIN.replace('day', 'night')}")

    assert [one.kind for one in found.paragraphs] == ["equal", "added", "edited"]


def test_lines_are_paragraphs_where_no_line_is_empty() -> None:
    assert [one.kind for one in differences("a b\nc d", "a b\nc d\ne f").paragraphs] == ["equal", "equal", "added"]


def test_line_ends_of_another_system_are_no_change() -> None:
    assert differences("a\r\n\r\nb", "a\n\nb").changes == ()


def test_words_between_two_larger_changes_are_read_with_them() -> None:
    assert told("one two three four five six seven", "one 2 3 four 5 6 seven") == [
        ("edited", "two three four five six", "2 3 four 5 6")
    ]


def test_right_to_left_copy_is_compared_by_word() -> None:
    assert told("الجسر مفتوح منذ يوم الاثنين", "الجسر مغلق منذ يوم الاثنين") == [("edited", "مفتوح", "مغلق")]


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("橋は月曜日に21人を運んだ。", "橋は月曜日に12人を運んだ。", ("21", "12")),
        ("ผู้ว่าการเปิดสะพาน", "ผู้ว่าการปิดสะพาน", ("เ", "")),
        ("港のABC社は9日", "港のABD社は9日", ("ABC", "ABD")),
    ],
)
def test_scripts_without_spaces_are_compared_by_grapheme(old: str, new: str, change: tuple[str, str]) -> None:
    assert [(one.before, one.after) for one in differences(old, new).changes] == [change]


def test_links_and_images_are_told_by_their_addresses() -> None:
    old = '<p>See <a href="https://a.example/1?a=1&amp;b=2">the board</a>.</p><img src="https://a.example/1.jpg" alt="A ferry">'
    new = '<p>See <a href="https://a.example/2">the board</a>.</p><p><a href="https://a.example/3">Rain</a></p>'

    found = [(one.of, one.kind, one.before, one.after, one.note) for one in html_differences(old, new).changes]
    assert found == [
        ("text", "added", "", "Rain", ""),
        ("link", "edited", "https://a.example/1?a=1&b=2", "https://a.example/2", "the board"),
        ("link", "added", "", "https://a.example/3", "Rain"),
        ("image", "deleted", "https://a.example/1.jpg", "", "A ferry"),
    ]


def test_html_that_only_has_other_tags_is_the_same_copy() -> None:
    assert html_differences("<p>One</p><p>Two</p>", "<div>One</div><div><b>Two</b></div>").changes == ()


WORD = st.sampled_from(
    "a the boat, boats 21 Omar “no” \"no\" not - – « » 橋は 港 한국 l'eau n't הגשר ผู้ว่า e\u0301te\u0301 \u200bx x--y 1,000 (AP)".split(
        " "
    )
)
SPACE = st.sampled_from([" ", " ", " ", "  ", "\t", "\u00a0", "\n"])
LINE = st.lists(st.tuples(WORD, SPACE), min_size=1, max_size=9).map(
    lambda row: "".join(word + gap for word, gap in row).strip()
)
ARTICLE = st.lists(st.one_of(st.sampled_from([FERRY, QUOTE, RAIN, LATE, f"{RAIN} {LATE}"]), LINE), max_size=7).map(
    "\n\n".join
)


@given(ARTICLE, ARTICLE)
def test_both_sides_can_be_put_together_again_to_the_letter(old: str, new: str) -> None:
    (before, after), glue = paragraphs(old, new)
    found = differences(old, new)

    assert (glue.join(side(found, "old")), glue.join(side(found, "new"))) == (glue.join(before), glue.join(after))


@given(ARTICLE, ARTICLE)
def test_no_word_is_ever_cut(old: str, new: str) -> None:
    had, has = ({word for text in paragraphs(one)[0][0] for word in Words(text).raw} for one in (old, new))

    for change in differences(old, new).changes:
        for text, whole in ((change.before, had), (change.after, has)):
            assert {word for part in text.split("\n\n") for word in Words(part).raw} <= whole


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_have_a_difference(old: str, new: str) -> None:
    found = differences(old, new)

    assert not (found.changes and old == new)


@given(st.text(alphabet="ab \n", max_size=40), st.text(alphabet="ab \n", max_size=40))
def test_large_texts_can_be_put_together_again_too(old: str, new: str) -> None:
    with pytest.MonkeyPatch.context() as limits:
        limits.setattr(diff, "MAX_TEXT", 12)
        found = differences(old, new)

    if len(old) + len(new) > 12:
        assert found.is_coarse
        for which, text in (("deleted", old), ("inserted", new)):
            shown = [run.text for one in found.paragraphs for run in one.runs if run.side in ("equal", which)]
            assert " ".join(shown).split() == text.split()


MEGABYTES = 5 * 2**20


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("word " * (MEGABYTES // 5), "word " * (MEGABYTES // 10) + "other " + "word " * (MEGABYTES // 10)),
        ("a\n" * (MEGABYTES // 2), "b\n" * (MEGABYTES // 2)),
        ("a\n\n" * 90_000, "b\n\n" * 90_000),
        ("one two " * 30_000, "two three " * 30_000),
        ("港" * 250_000, "橋港" * 120_000),
        (" ".join(f"Word{n}" for n in range(40_000)), " ".join(f"Ward{n}" for n in range(40_000))),
        (
            "\n\n".join(f"The {n} boats of Bay {n}." for n in range(9_000)),
            "\n\n".join(f"All {n} boats of Cove {n}." for n in range(9_000)),
        ),
        ("\n\n".join(f"Line {n}" for n in range(3_900)), "\n\n".join(f"Line {n}" for n in range(3_900, 0, -1))),
    ],
    ids=[
        "one word",
        "other lines",
        "other paragraphs",
        "one line",
        "no spaces",
        "all words",
        "all paragraphs",
        "reversed",
    ],
)
def test_the_largest_texts_get_an_answer_within_a_second(old: str, new: str) -> None:
    begun = time.process_time()
    found = differences(old, new)

    assert time.process_time() - begun < 1
    assert found.changes


def test_what_is_too_large_says_so_and_is_no_boring_change() -> None:
    found = differences("one two " * 300_000, "two three " * 300_000)

    assert found.is_coarse
    assert [(change.note, change.boring) for change in found.changes] == [("too large", False)]


def test_a_change_in_a_large_text_is_found_where_it_is() -> None:
    old = "word " * 200_000 + "21 boats" + " word" * 200_000
    found = differences(old, old.replace("21", "12"))

    assert [(change.before, change.after, change.matters) for change in found.changes] == [("21", "12", ("number",))]


def test_paragraphs_are_compared_by_word_until_the_work_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diff, "MAX_LOOKED_INTO", 2 * len(RAIN) + 2 + diff.EACH)
    found = differences(f"{RAIN}\n\n{LATE}", f"{RAIN.replace('day', 'night')}\n\n{LATE.replace('late', 'early')}")

    assert [change.note for change in found.changes] == ["", "too large"]
    assert found.is_coarse


def test_too_many_paragraphs_are_shown_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align, "MAX_TABLE", 3)
    found = differences("a\n\nb", "c\n\nd")

    assert [(change.before, change.after) for change in found.changes] == [("a\n\nb", "c\n\nd")]


def test_long_paragraphs_that_changed_are_paired_by_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align, "MAX_COMPARED", 10)
    assert told(f"{RAIN}\n\n{QUOTE}\n\n{LATE}", f"{RAIN}!\n\n{QUOTE}\n\nNo.\n\n{LATE}!")[0] == (
        "edited",
        "harbour.",
        "harbour.!",
    )
    assert [kind for kind, _, _ in told(f"{QUOTE}\n\n{LATE}", f"{QUOTE}\n\nNo.\n\n{LATE}!")] == [
        "deleted",
        "added",
        "added",
    ]


def test_of_many_paragraphs_each_looks_for_its_like_a_few_places_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align, "MAX_CELLS", 0)
    found = differences(f"{RAIN}\n\nNothing else.\n\n{LATE}", f"{RAIN}!\n\nQuite another one.\n\n{LATE}!")

    assert [one.kind for one in found.paragraphs] == ["edited", "deleted", "added", "edited"]


def test_two_paragraphs_too_long_for_a_table_are_shown_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align, "MAX_TABLE", 3)
    found = differences("a b c d", "a c b d")

    assert [(change.before, change.after, change.note) for change in found.changes] == [
        ("a b c d", "a c b d", "too large")
    ]
