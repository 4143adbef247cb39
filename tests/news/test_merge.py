"""Three-way merges: what merges by itself, what is a conflict, whose each part is, and that nothing is lost silently."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.news import align
from wiredesk.news.item import as_plain
from wiredesk.news.merge import Field, decided, merged, merged_html, merged_text, read

FERRY = "The ferry carried 21 people on Monday, the board said."
WORDS = '"It will not sail at night," said Omar Haddad of Harrow Bay.'
RAIN = "It rained all day, and the boats stayed in the harbour."
LATE = "They came back late in the evening, one by one."
MEET = "A meeting is planned for Friday in the town hall."
BASE = "\n\n".join((FERRY, WORDS, RAIN, LATE))


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def by(field: Field) -> list[str]:
    return [part.conflict or part.by for part in field.parts]


def test_the_scenario_a_number_corrected_beside_a_local_cut_and_a_conflict() -> None:
    theirs = BASE.replace("21", "12").replace("rained", "snowed")
    field = merged_text(BASE, theirs, text(FERRY, WORDS, LATE))

    assert field.text == text(FERRY.replace("21", "12"), WORDS, LATE)
    assert by(field) == ["theirs", "same", "cut here", "same"]
    [conflict] = [field.parts[place] for place in field.conflicts]
    assert (conflict.base, conflict.theirs, conflict.ours) == ((RAIN,), (RAIN.replace("rained", "snowed"),), ())
    assert field.by == "merged"


def test_a_merge_written_down_is_read_again_as_it_was() -> None:
    field = merged_text(BASE, BASE.replace("rained", "snowed"), text(FERRY, WORDS, LATE))

    assert read(as_plain(field)) == field and field.conflicts


def test_a_paragraph_cut_here_and_unchanged_there_stays_cut() -> None:
    field = merged_text(BASE, BASE.replace("21", "12"), text(FERRY, WORDS, LATE))

    assert field.text == text(FERRY.replace("21", "12"), WORDS, LATE)
    assert field.conflicts == ()


def test_a_paragraph_cut_here_and_written_anew_there_is_a_conflict() -> None:
    field = merged_text(BASE, text(FERRY, WORDS, "Quite another thing altogether.", LATE), text(FERRY, WORDS, LATE))

    assert by(field) == ["same", "same", "cut here", "same"]


def test_a_paragraph_edited_here_and_cut_there_is_a_conflict_and_ours_stands() -> None:
    ours = BASE.replace("all day", "all night")
    field = merged_text(BASE, text(FERRY, WORDS, LATE), ours)

    assert (field.text, by(field)) == (ours, ["same", "same", "cut there", "same"])


def test_one_paragraph_changed_by_both_is_a_conflict_that_says_what_is_a_fact() -> None:
    field = merged_text(BASE, BASE.replace("21", "12"), BASE.replace("board", "council"))

    assert by(field) == ["changed", "same", "same", "same"]
    assert field.parts[0].matters == ("number",)
    assert field.text == BASE.replace("board", "council")


def test_neighbouring_paragraphs_changed_by_either_side_are_no_conflict() -> None:
    field = merged_text(BASE, BASE.replace("21", "12"), BASE.replace("at night", "by night"))

    assert by(field) == ["theirs", "ours", "same", "same"]


def test_the_same_change_by_both_is_no_conflict() -> None:
    changed = BASE.replace("21", "12")
    field = merged_text(BASE, changed + f"\n\n{MEET}", changed)

    assert by(field) == ["both", "same", "same", "same", "theirs"]


def test_paragraphs_put_in_by_both_at_one_place_are_a_conflict_unless_they_are_the_same() -> None:
    both = merged_text(BASE, text(BASE, MEET), text(BASE, MEET))
    other = merged_text(BASE, text(BASE, MEET), text(BASE, "We asked the board."))

    assert by(both)[-1] == "both"
    assert by(other)[-1] == "added"
    assert other.text == text(BASE, "We asked the board.")


def test_paragraphs_put_in_at_other_places_all_stand() -> None:
    field = merged_text(BASE, text(MEET, BASE), text(BASE, "We asked the board."))

    assert field.text == text(MEET, BASE, "We asked the board.")
    assert by(field) == ["theirs", "same", "same", "same", "same", "ours"]


@pytest.mark.parametrize("is_ours", [False, True])
def test_a_paragraph_that_one_side_moved_has_the_other_sides_edit(is_ours: bool) -> None:
    moved, edited = text(LATE, FERRY, WORDS, RAIN), BASE.replace("late", "early")
    field = merged_text(BASE, edited, moved) if is_ours else merged_text(BASE, moved, edited)

    assert field.text == text(LATE.replace("late", "early"), FERRY, WORDS, RAIN)
    assert field.order == ("ours" if is_ours else "theirs")
    assert field.conflicts == ()
    assert field.by == "merged"


def test_a_move_alone_is_whose_it_is() -> None:
    assert merged_text(BASE, text(LATE, FERRY, WORDS, RAIN), BASE).by == "theirs"


def test_a_paragraph_cut_here_and_moved_there_stays_cut() -> None:
    assert merged_text(BASE, text(LATE, FERRY, WORDS, RAIN), text(FERRY, WORDS, RAIN)).text == text(FERRY, WORDS, RAIN)


def test_the_same_move_by_both_is_no_conflict() -> None:
    moved = text(LATE, FERRY, WORDS, RAIN)
    field = merged_text(BASE, moved.replace("21", "12"), moved)

    assert (field.order, field.conflicts, field.text) == ("both", (), moved.replace("21", "12"))


def test_paragraphs_moved_otherwise_by_each_are_one_conflict() -> None:
    field = merged_text(BASE, text(LATE, FERRY, WORDS, RAIN), text(RAIN, FERRY, WORDS, LATE))

    assert by(field) == ["order"]
    assert field.text == text(RAIN, FERRY, WORDS, LATE)


def test_a_paragraph_split_there_and_edited_here_is_a_conflict() -> None:
    base = text(FERRY, f"{RAIN} {LATE}")
    field = merged_text(base, text(FERRY, RAIN, LATE), base.replace("late", "early"))

    assert by(field) == ["same", "changed"]
    assert field.parts[1].theirs == (RAIN, LATE)


def test_paragraphs_joined_there_and_one_of_them_edited_here_are_one_conflict() -> None:
    base = text(FERRY, RAIN, LATE)
    field = merged_text(base, text(FERRY, f"{RAIN} {LATE}"), base.replace("late", "early"))

    assert by(field) == ["same", "changed"]
    assert field.parts[1].base == (RAIN, LATE)


def test_their_correction_stands_in_our_typography() -> None:
    ours = BASE.replace('"It', "“It").replace('night,"', "night,”")
    field = merged_text(BASE, BASE.replace("Omar", "Amir"), ours)

    assert field.text == ours.replace("Omar", "Amir")
    assert by(field) == ["same", "merged", "same", "same"]


def test_where_they_changed_what_we_restyled_their_word_stands() -> None:
    field = merged_text('He said "no" today.', 'He said "yes" today.', "He said “no” today.")

    assert (field.text, by(field)) == ('He said "yes" today.', ["theirs"])


def test_their_typography_does_not_touch_our_edit() -> None:
    theirs, ours = BASE.replace('"It', "“It").replace('night,"', "night,”"), BASE.replace("at night", "by night")

    assert merged_text(BASE, theirs, ours).text == ours


def test_the_same_edit_in_another_typography_is_the_same() -> None:
    assert by(merged_text('He said "no" today.', 'He said "yes" today.', "He said “yes” today.")) == ["both"]


def test_where_typography_parts_words_otherwise_theirs_stands() -> None:
    assert (
        merged_text("« Non », dit-il hier.", "« Oui », dit-il hier.", '"Non", dit-il hier.').text
        == "« Oui », dit-il hier."
    )


def test_more_paragraphs_than_can_be_compared_are_one_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align, "MAX_TABLE", 3)

    assert by(merged_text("a\n\nb", "c\n\nd", "e\n\nf")) == ["too large"]
    assert merged_text("a\n\nb", "c\n\nd", "a\n\nb").text == "c\n\nd"


def test_fields_are_merged_one_by_one() -> None:
    base = {"headline": "Ferry sails", "byline": "Ines Calder", "body": f"<p>{FERRY}</p><p>{RAIN}</p>"}
    theirs = {
        **base,
        "headline": "Ferry sails again",
        "body": f"<p>{FERRY.replace('21', '12')}</p><p>{RAIN}</p>",
        "byline": "",
    }
    ours = {**base, "headline": "Our ferry sails", "body": f"<p>{FERRY}</p><p>{RAIN} <b>Hard.</b></p>"}
    found = merged(base, theirs, ours, address="https://a.example/1")

    assert found.texts == {
        "headline": "Our ferry sails",
        "body": f"<p>{FERRY.replace('21', '12')}</p>\n<p>{RAIN} <b>Hard.</b></p>",
        "byline": "",
    }
    assert [(field.name, field.by, field.conflicts) for field in found.fields] == [
        ("headline", "ours", (0,)),
        ("body", "merged", ()),
        ("byline", "theirs", ()),
    ]
    assert not found.is_clean


def test_only_the_fields_we_have_are_merged() -> None:
    found = merged({}, {"headline": "Ferry sails", "dateline": "BAY"}, {"headline": ""})

    assert found.texts == {"headline": "Ferry sails"}
    assert found.is_clean


def test_html_that_differs_in_no_block_is_kept_to_the_letter() -> None:
    base = "<p>One</p>\n\n<p>Two</p>"

    assert merged_html("body", base, "<p>One</p><p>Two</p>", "<p>One</p> <p>Two</p>").text == "<p>One</p> <p>Two</p>"


def test_a_table_is_one_block_and_is_never_mixed() -> None:
    table = "<table><tbody><tr><td>21</td></tr>\n\n<tr><td>Bay</td></tr></tbody></table>"
    field = merged_html("body", f"<p>A b</p>{table}", f"<p>A b</p>{table.replace('21', '12')}", f"<p>A c</p>{table}")

    assert field.text == f"<p>A c</p>\n{table.replace('21', '12')}"


def test_an_editor_decides_a_conflict() -> None:
    theirs = BASE.replace("rained", "snowed")
    field = merged_text(BASE, theirs, text(FERRY, WORDS, LATE))

    assert decided(field, {2: RAIN.replace("rained", "snowed")}).text == theirs
    assert by(decided(field, {2: RAIN.replace("rained", "snowed")}))[2] == "theirs"
    assert decided(field, {2: ""}).text == text(FERRY, WORDS, LATE)
    assert by(decided(field, {2: "It hailed."}))[2] == "ours"
    assert decided(field, {2: ""}).conflicts == ()
    with pytest.raises(KeyError):
        decided(field, {1: ""})


def test_an_editor_decides_a_conflict_in_html() -> None:
    field = merged_html("body", "<p>One two</p>", "<p>One three</p>", "<p>One four</p>")

    assert decided(field, {0: "One five"}).text == "<p>One five</p>"


PARAGRAPH = st.one_of(
    st.sampled_from([FERRY, WORDS, RAIN, LATE, MEET, f"{RAIN} {LATE}", "* * *"]),
    st.lists(st.sampled_from('the ferry board 21 12 not Omar “no” "no" rained'.split()), min_size=1, max_size=6).map(
        " ".join
    ),
)
COPY = st.lists(PARAGRAPH, max_size=7).map("\n\n".join)


@given(COPY, COPY)
def test_where_they_changed_nothing_ours_stands(base: str, ours: str) -> None:
    field = merged_text(base, base, ours)

    assert (field.text, field.conflicts) == (ours, ())
    assert field.by in ("same", "ours")


@given(COPY, COPY)
def test_where_we_changed_nothing_theirs_stands(base: str, theirs: str) -> None:
    field = merged_text(base, theirs, base)

    assert (field.text, field.conflicts) == (theirs, ())
    assert field.by in ("same", "theirs")


@given(COPY, COPY)
def test_where_both_did_the_same_it_stands(base: str, both: str) -> None:
    field = merged_text(base, both, both)

    assert (field.text, field.conflicts) == (both, ())
    assert field.by in ("same", "both")


@given(COPY, COPY, COPY)
def test_nothing_is_lost_silently(base: str, theirs: str, ours: str) -> None:
    field = merged_text(base, theirs, ours)
    was, them, us = (side.split("\n\n") for side in (base, theirs, ours))
    told = {words for part in field.parts for side in (part.text, part.theirs, part.ours) for words in side}
    asked = {words for part in field.parts for words in part.base}
    plain = {words.replace("“", '"').replace("”", '"') for words in told}

    for words in {*them, *us} - {*was, ""}:
        assert words.replace("“", '"').replace("”", '"') in plain
    for words in was:
        if words and was.count(words) == 1 and words in them and words in us:
            assert words in told | asked


HTML = st.lists(
    st.sampled_from(
        ["<p>The ferry</p>", "<p>Rain <b>fell</b></p>", "<ul><li>21</li></ul>", "<h2>Bay</h2>", "loose words", "<hr>"]
    ),
    max_size=5,
).map("".join)


@given(HTML, HTML, HTML)
def test_html_merges_like_text(base: str, theirs: str, ours: str) -> None:
    assert merged_html("body", base, base, ours).text in (ours, base)
    assert merged_html("body", base, theirs, base).conflicts == ()
    assert merged_html("body", base, theirs, theirs).text == theirs
    assert merged_html("body", base, theirs, ours).is_html


def test_the_largest_texts_are_merged_within_a_second() -> None:
    lines = [f"word{number}" for number in range(500_000)]
    base, theirs, ours = (text(*some) for some in (lines, lines[::-1], ["ours", *lines]))
    begun = time.process_time()
    field = merged_text(base, theirs, ours)

    assert time.process_time() - begun < 1
    assert by(field) == ["too large"]
    assert field.text == ours
