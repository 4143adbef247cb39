"""Same copy: whether two texts are one, by the passages that they share."""

from __future__ import annotations

import pytest

from tests.news.copytexts import CHINESE, OTHER, SPEECH, STORY, THAI, reworded, without
from wiredesk.news import marks, match, passages, wording
from wiredesk.news.match import Likeness
from wiredesk.news.wording import Wording

BRIEF = "The swing bridge over the narrows reopened to traffic on Monday, eight months after a barge struck its pier."
FURNITURE = (
    "\nCopyright 2026 Lantern News Agency. All rights reserved. This material may not be published or rewritten."
)


def compare(one: str, other: str) -> Likeness:
    return match.compare(wording.of(one), wording.of(other))


def short(headline: str, text: str, agency: str = "") -> Wording:
    return wording.of(text, headline=headline, agency=agency)


@pytest.mark.parametrize(
    "other",
    [
        STORY,
        f"PORT ORME (Lantern) - {STORY}{FURNITURE}",
        without(STORY, 1, 3),
        without(STORY, 2, 3, 4),
        STORY.replace("\n\n", " "),
        STORY.upper(),
        f"{OTHER}\n{STORY}",
        reworded(STORY, 15),
    ],
    ids=[
        "itself",
        "as a wire sends it",
        "cut inside",
        "cut short",
        "on one line",
        "capitals",
        "within another",
        "edited",
    ],
)
def test_the_same_copy_is_known_again(other: str) -> None:
    found = compare(STORY, other)

    assert (found.verdict, found.why, found.is_merged) == ("same copy", "text", True)
    assert found.containment >= match.SAME


def test_two_stories_of_one_event_are_not_the_same_copy() -> None:
    found = compare(STORY, OTHER)

    assert (found.verdict, found.passages) == ("not", ())


def test_what_houses_print_around_copy_makes_nothing_the_same() -> None:
    furniture = FURNITURE * 3

    assert compare(without(STORY, 1, 2, 3) + furniture, without(OTHER, 1, 2, 3) + furniture).containment == 0


def test_the_same_quotes_in_two_stories_make_nothing_the_same() -> None:
    assert compare(f"{STORY}{SPEECH}", f"{OTHER}{SPEECH}").verdict == "not"


def test_a_text_that_was_half_rewritten_is_a_question_with_its_passages() -> None:
    found = compare(STORY, without(STORY, 1, 3, 4) + OTHER[:900])

    assert found.verdict == "question"
    assert not found.is_merged
    assert max(passage.words for passage in found.passages) > 30


def test_speech_alone_is_never_merged_without_asking() -> None:
    assert (compare(SPEECH, SPEECH).verdict, compare(SPEECH, SPEECH).why) == (
        "question",
        "only quoted speech to compare",
    )


def test_like_texts_of_one_feed_may_be_a_form_filled_in_anew() -> None:
    one, other = wording.of(STORY), wording.of(without(STORY, 4))

    assert match.compare(one, other).verdict == "same copy"
    assert match.compare(one, other, is_one_feed=True).verdict == "question"
    assert match.compare(one, one, is_one_feed=True).verdict == "same copy"


def test_containment_says_which_text_stands_in_which() -> None:
    found = compare(without(STORY, 2, 3, 4), STORY)

    assert found.one_in_other > 0.95
    assert found.other_in_one < 0.5
    assert found.containment == found.one_in_other
    assert found.shared_marks >= marks.ENOUGH


def test_passages_are_the_same_words_in_both_texts() -> None:
    one, other = STORY, f"HARROW BAY — {OTHER}\n{without(STORY, 0)}"
    found = compare(one, other)

    for passage in found.passages:
        here, there = one[slice(*passage.one)], other[slice(*passage.other)]
        assert here.split() == there.split()
        assert len(here.split()) <= passage.words <= len(here.split()) + 3
    assert [passage.one for passage in found.passages] == sorted(passage.one for passage in found.passages)


def test_passages_can_be_left_for_later() -> None:
    one = wording.of(STORY)

    assert match.compare(one, one, with_passages=False).passages == ()
    assert len(passages.shared(one, one)) == 1


def test_no_more_passages_are_told_of_than_anybody_reads() -> None:
    several = wording.of(" ".join(f"{number} the bridge is open again {number}x" for number in range(300)))
    once = wording.of("so the bridge is open again now " * 20)

    assert len(passages.shared(several, once)) == passages.MOST


@pytest.mark.parametrize("text", [CHINESE, THAI], ids=["Chinese", "Thai"])
def test_scripts_without_spaces_are_compared_by_letters(text: str) -> None:
    half = text[: len(text) // 2]

    assert compare(text, half).verdict == "same copy"
    assert compare(text, f"{half}{OTHER}").verdict != "not"
    assert compare(CHINESE, THAI).verdict == "not"


def test_a_text_in_two_languages_holds_both() -> None:
    assert compare(f"{STORY}\n{CHINESE}", CHINESE).verdict == "same copy"
    assert compare(f"{STORY}\n{CHINESE}", STORY).verdict == "same copy"


def test_a_short_item_is_the_same_by_headline_lead_and_agency() -> None:
    one = short("Harrow Bay bridge reopens", BRIEF, "Lantern")
    other = short("Bridge in Harrow Bay reopens at last", STORY, "LANTERN")

    assert match.compare(one, other).verdict == match.compare(other, one).verdict == "same copy"
    assert match.compare(one, other).why == "headline, lead and agency"


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (("Harrow Bay bridge reopens", BRIEF, ""), ("Harrow Bay bridge reopens", STORY, "Lantern"), "question"),
        (("Harrow Bay bridge reopens", BRIEF, "Brenn"), ("Harrow Bay bridge reopens", STORY, "Lantern"), "not"),
        (("Harrow Bay bridge reopens", "", "Lantern"), ("Harrow Bay bridge reopens", STORY, "Lantern"), "question"),
        (("Storm tonight on the coast", BRIEF, "Lantern"), ("Harrow Bay bridge reopens", STORY, "Lantern"), "not"),
        (("Bridge", "", "Lantern"), ("Bridge", "", "Lantern"), "cannot tell"),
        (("", "", ""), ("", STORY, ""), "cannot tell"),
        (("", "", ""), ("", "", ""), "cannot tell"),
        (("One headline of a few words", BRIEF, ""), ("Quite another one this time", BRIEF, "Brenn"), "not"),
        (
            ("One headline", f"{BRIEF} Cars may cross it at walking pace.", ""),
            ("", f"{BRIEF} Cars may cross it at walking pace.", "Brenn"),
            "same copy",
        ),
    ],
)
def test_short_items_need_headline_lead_and_agency(
    one: tuple[str, str, str], other: tuple[str, str, str], verdict: str
) -> None:
    assert match.compare(short(*one), short(*other)).verdict == verdict


def test_one_gram_in_four_is_kept_and_the_same_ones_by_every_text() -> None:
    whole, part = wording.of(STORY), wording.of(without(STORY, 3, 4))

    assert 0.15 < len(whole.marks) / len(whole.known) < 0.35
    assert len(set(part.marks) - set(whole.marks)) <= 3  # those across the cut
    assert set(whole.marks) & part.known <= set(part.marks)


def test_a_long_text_keeps_its_lowest_marks() -> None:
    many = [4 * number for number in range(3 * marks.MOST)]

    assert marks.of(reversed(many)) == tuple(many[: marks.MOST])


def rows(**shared: int) -> list[tuple[int, str]]:
    """What an item's marks lead to: so many of them to each story."""
    return [(4 * mark, story) for story, times in shared.items() for mark in range(times)]


def test_stories_that_share_enough_marks_are_read_the_likest_first() -> None:
    found = rows(few=5, some=6, most=40, more=7)

    assert marks.rank(found) == ["most", "more", "some"]
    assert marks.rank(found, at_least=marks.enough(20, short=wording.SHORT))[-1] == "few"
    assert marks.enough(60, short=wording.SHORT) == marks.ENOUGH
    assert len(marks.rank([(4 * mark, story) for mark in range(9) for story in range(15)])) == marks.BEST


def test_a_stock_phrase_leads_nowhere_and_takes_no_more_stories() -> None:
    stock = [(4 * mark, str(story)) for mark in range(9) for story in range(marks.COMMON)]
    own = [(400 + mark, "other carrier") for mark in range(7)]

    assert marks.rank(stock + own) == ["other carrier"]
    assert marks.to_keep((0, 4, 400, 800), stock + own) == (400, 800)


def test_texts_that_share_marks_are_paired_and_stock_phrases_pair_nothing() -> None:
    kept = {"a": (4, 8, 12), "b": (8, 12), "c": (16,)}
    many = {str(number): (4,) for number in range(marks.COMMON)}

    assert marks.pairs(kept) == {("a", "b"): 2}
    assert marks.pairs(many) == {}


@pytest.mark.parametrize(
    ("why", "is_one_feed", "is_withdrawn", "is_asked"),
    [
        ("text", False, False, True),
        ("text", True, True, False),
        (match.LIKE_FORM, True, False, False),
        (match.LIKE_FORM, True, True, True),
    ],
)
def test_a_form_that_one_feed_fills_in_anew_is_a_question_only_where_one_was_withdrawn(
    why: str, is_one_feed: bool, is_withdrawn: bool, is_asked: bool
) -> None:
    likeness = Likeness(verdict="question", why=why)

    assert match.is_worth_asking(likeness, is_one_feed=is_one_feed, is_withdrawn=is_withdrawn) is is_asked
    sure = Likeness(verdict="same copy", why="text")
    assert not match.is_worth_asking(sure, is_one_feed=is_one_feed, is_withdrawn=is_withdrawn)


def test_a_text_is_marked_where_passages_stand_and_nothing_is_lost() -> None:
    pieces = passages.marked("one two three four five", [(8, 13), (4, 9), (14, 18), (9, 9)])

    assert pieces == [("one ", False), ("two t", True), ("hree", True), (" ", False), ("four", True), (" five", False)]
    assert "".join(piece for piece, _ in pieces) == "one two three four five"
    assert passages.marked("", []) == []
