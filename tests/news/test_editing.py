"""Copy as an editor works on it comes back as it was; terms say how far it may be changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.news.makers import licence
from wiredesk.news import clean, editing
from wiredesk.news.licence import Editing

LONG = "<p>" + " ".join(f"word{n}" for n in range(60)) + "</p>"


@pytest.mark.parametrize(
    ("safe", "written"),
    [
        ("", ""),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.</p>\n<p>Two <em>x</em>.</p>", "One.\n\nTwo <em>x</em>."),
        ("Bare text<p>One.</p>after", "Bare text\n\nOne.\n\nafter"),
        ("<h2>Head</h2><p>One<br>line.</p>", "<h2>Head</h2>\n\nOne<br>line."),
        ("<blockquote><p>One.</p></blockquote>", "<blockquote><p>One.</p></blockquote>"),
        ('<p dir="rtl">x</p>', '<p dir="rtl">x</p>'),
        ("<p>a\n\nb</p>", "<p>a\n\nb</p>"),
        ("<p><p></p>", "<p><p></p>"),
        ("</p>loose", "</p>loose"),
        ("<figure><img src='x'></figure>", "<figure><img src='x'></figure>"),
    ],
)
def test_safe_html_is_paragraphs_to_an_editor(safe: str, written: str) -> None:
    assert editing.manuscript(safe) == written


def test_a_manuscript_becomes_safe_html() -> None:
    text = "One <script>alert(1)</script>.\r\n\r\n\r\nTwo\nlines.\n \n<h2>Head</h2>\n\n<a href='/x'>link</a> first"

    assert editing.copy_of(text, base="https://a.example/") == (
        "<p>One .</p>\n<p>Two\nlines.</p>\n<h2>Head</h2>\n"
        '<p><a href="https://a.example/x" rel="noopener">link</a> first</p>'
    )


PIECES = st.sampled_from(
    ["One.", "<p>Two.</p>", "<h3>x</h3>", "<ul><li>a</li><li><p>b</p></li></ul>", "\n\n", "<br>", "<b>c</b>", "&amp;"]
)


@given(st.lists(PIECES, max_size=8))
def test_what_nobody_touched_keeps_every_word(pieces: list[str]) -> None:
    safe = clean.safe_html("".join(pieces), base="")
    written = editing.manuscript(safe)
    back = editing.copy_of(written, base="")

    assert clean.text_of(back).split() == clean.text_of(safe).split()
    assert (
        editing.manuscript(back).split()
        == editing.manuscript(editing.copy_of(editing.manuscript(back), base="")).split()
    )


@pytest.mark.parametrize(
    ("allowed", "ours", "why"),
    [
        (Editing.NONE, LONG, ""),
        (Editing.NONE, LONG.replace("word1 ", "verb "), "let nothing of the copy be changed"),
        (Editing.STYLE, LONG.replace("word1 ", "verb "), ""),
        (Editing.STYLE, LONG.replace("word", "verb"), "no more than 6 other words"),
        (Editing.STYLE, "<p>word1 word2</p>", "do not let the copy be cut"),
        (Editing.SHORTEN, "<p>word1 word2</p>", ""),
        (Editing.SHORTEN, LONG.replace("word", "verb"), "no more than 6 other words"),
        (Editing.FREE, "<p>Another.</p>", ""),
    ],
)
def test_the_terms_say_how_far_copy_may_be_changed(allowed: Editing, ours: str, why: str) -> None:
    refusal = editing.refusal(licence(editing=allowed), "body", LONG, ours)

    assert why in refusal and bool(why) == bool(refusal)


@pytest.mark.parametrize("may", [True, False])
def test_a_headline_has_a_term_of_its_own(may: bool) -> None:
    terms = licence(editing=Editing.NONE, headline_may_change=may)

    assert (editing.refusal(terms, "headline", "Theirs", "Ours") == "") is may
