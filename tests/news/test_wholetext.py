"""Which blocks of a page are its copy, and whether that is sure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.news.lists import AGENCIES
from tests.news.pagemakers import COPY, FIRST, SECOND, THIRD, article, block, blocks, own
from wiredesk.news import bare, wholetext
from wiredesk.news.webpage import Block, Own, Whole, text_of

URL = "https://a.example/news/1"
HEADLINE = "Ferry sails from Brennet again"


def judged(first: list[Block], second: list[Block] | None = None, told: Own | None = None, **more: Any) -> Whole:
    return wholetext.judged(
        told or own(titles=(HEADLINE,)), first, first if second is None else second, url=URL, **more
    )


def copy(*some: str | Block) -> str:
    made = [one if isinstance(one, Block) else block(one) for one in some]
    return text_of(wholetext.copy_of(made, ("ferry sails from brennet again",), frozenset({"ines calder"})))


def test_two_extractors_that_agree_are_sure() -> None:
    found = judged(blocks(*COPY))

    assert (found.text, found.is_sure, found.other) == ("\n".join(COPY), True, 0.0)
    assert found.html == "".join(f"<p>{text}</p>\n" for text in COPY).strip()
    assert found.words == sum(len(text.split()) for text in COPY)


def test_a_second_extractor_that_disagrees_makes_it_unsure() -> None:
    found = judged(blocks(*COPY), blocks(FIRST, SECOND))

    assert found.text == "\n".join(COPY)
    assert found.why == (f"A second extractor disagrees on {round(100 * (found.other or 0))} % of the words.",)
    assert judged(blocks(*COPY), blocks(*COPY, "In May.")).is_sure


def test_a_second_extractor_that_found_much_more_prose_is_followed_and_the_desk_asked() -> None:
    found = judged(blocks(FIRST), blocks(*COPY))

    assert found.text == "\n".join(COPY)
    assert not found.is_sure


def test_selectors_of_an_editor_need_no_second_opinion() -> None:
    found = wholetext.judged(own(), blocks(*COPY), None, url=URL)

    assert (found.is_sure, found.other) == (True, None)


def test_no_copy_is_said_in_words() -> None:
    assert judged([]).why == ("No copy was found on the page.",)
    assert judged(blocks("It sailed.")).why == ("Only 2 words were found.",)
    assert judged(blocks("Sailed.")).why == ("Only 1 word was found.",)


def test_signs_of_a_paywall_make_it_unsure() -> None:
    told = own(scripts=(article(headline=HEADLINE, isAccessibleForFree=False),))

    assert len(judged(blocks(*COPY), told=told).why) == 1


def test_fields_come_with_the_copy() -> None:
    found = judged(blocks(*COPY), told=own(meta={"og:title": HEADLINE}), feed={"byline": "Ines Calder"})

    assert (found.facts.headline.value, found.facts.byline.source) == (HEADLINE, "feed")


def test_hostile_markup_does_not_come_through() -> None:
    bad = block(FIRST, html=f'<a href="javascript:x()" onclick="x()">{FIRST}</a><script>x()</script>')

    assert judged([bad]).html == f'<p><a rel="noopener">{FIRST}</a></p>'


@pytest.mark.parametrize(
    "headline", [HEADLINE, HEADLINE.upper(), "Ferry sails from Brennet", f"{HEADLINE} | The Courier"]
)
def test_the_headline_is_not_said_again(headline: str) -> None:
    assert copy(block(headline, "h2"), "Monday, 2 March 2026", "By Ines Calder", *COPY) == "\n".join(COPY)


def test_a_first_sentence_that_is_like_a_headline_stays() -> None:
    assert copy("Ferry", *COPY) == "\n".join(("Ferry", *COPY))
    assert copy(f"{HEADLINE}, with forty people on board and two dogs.", *COPY).startswith(HEADLINE)


def test_only_the_top_of_a_text_has_stamps() -> None:
    assert copy(*COPY, FIRST + SECOND, "Updated 13:22").endswith("Updated 13:22")
    assert copy(*(f"Line {number}" for number in range(8)), "In 2026").endswith("In 2026")
    assert copy("Updated 13:22") == ""


def test_furniture_goes_wherever_it_stands() -> None:
    assert copy(FIRST, "Related: ferries", SECOND, "Sign up for our newsletter", THIRD) == "\n".join(COPY)


def test_headings_and_links_at_the_end_go() -> None:
    ends = [block("More ferries", "h3"), block("The ferry that came late", linked=1.0), block("Boats", linked=0.95)]

    assert copy(*COPY, *ends) == "\n".join(COPY)
    assert copy(FIRST, SECOND, block("Details are here", linked=0.5)).endswith("Details are here")
    assert copy(FIRST, block("Boats", linked=1.0)) == f"{FIRST}\nBoats"


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("", "", 0.0), ("a b", "", 1.0), ("a b c d", "a b c d.", 0.0), ("a b c d", "a b", 0.5), ("渡轮启航", "渡轮", 0.5)],
)
def test_disagreement_is_a_share_of_the_longer_text(one: str, other: str, share: float) -> None:
    assert wholetext.disagreement(one, other) == share


def test_what_a_source_prints_under_everything_goes_and_credits_stay() -> None:
    credit, house = "The Associated Press contributed to this report.", "The Courier has the news since 1890."
    learned = bare.paragraph_keys(f"{credit}\n{house}")
    html = "".join(f"<p>{text}</p>" for text in (*COPY, house, credit)) + "<hr>"

    found = wholetext.without_learned(html, learned, AGENCIES, base=URL)

    assert found == "\n".join([*(f"<p>{text}</p>" for text in (*COPY, credit)), "<hr>"])


def test_stories_that_are_alike_are_no_boilerplate() -> None:
    html = "".join(f"<p>{text}</p>" for text in COPY)

    assert wholetext.without_learned(html, bare.paragraph_keys("\n".join(COPY)), AGENCIES, base=URL) == html
