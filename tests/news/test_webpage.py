"""Blocks put together again as HTML."""

from __future__ import annotations

from tests.news.pagemakers import block, blocks
from wiredesk.news.webpage import Whole, html_of, text_of


def test_paragraphs_and_headings_stand_one_below_the_other() -> None:
    assert html_of([block("Ferries", "h2"), block("One & two")]) == "<h2>Ferries</h2>\n<p>One &amp; two</p>"
    assert text_of(blocks("One", "Two")) == "One\nTwo"


def test_items_of_one_list_stand_in_one_list() -> None:
    some = [block("a", "ul", group=1), block("b", "ul", group=1), block("c", "ul", group=2), block("d", "ol", group=3)]

    assert html_of(some) == "<ul><li>a</li><li>b</li></ul>\n<ul><li>c</li></ul>\n<ol><li>d</li></ol>"


def test_cells_of_one_row_stand_in_one_row_of_one_table() -> None:
    some = [block("a", "cell", group=1), block("b", "cell", group=1), block("c", "cell", group=2)]

    assert html_of(some) == "<table><tr><td>a</td> <td>b</td></tr><tr><td>c</td></tr></table>"


def test_inline_markup_is_kept() -> None:
    assert html_of([block("one two", html="one <em>two</em>")]) == "<p>one <em>two</em></p>"


def test_a_reason_makes_it_unsure() -> None:
    assert (Whole().is_sure, Whole(why=("a reason",)).is_sure) == (True, False)
