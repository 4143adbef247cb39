"""A page holds what its leave allows, and the words that say where it came from."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.news.makers import NOON, at, licence, story
from wiredesk.news import credit, links
from wiredesk.news.licence import Extent, Images, Indexing, Licence, Link, Mining, Position
from wiredesk.news.page import Page, compose
from wiredesk.news.provenance import READ_FROM, Field, Provenance
from wiredesk.news.rights import leave
from wiredesk.news.story import Correction, Name, State, Story
from wiredesk.news.surface import Surface


def page_of(row: Story, terms: Licence | None = None, now: datetime = NOON, *, brief: bool = False) -> Page:
    terms = terms or row.licence
    page = compose(row, leave(row, terms, Surface.PAGE, now), site="Here", brief=brief)
    assert page
    return page


def test_a_whole_story_is_shown_whole() -> None:
    page = page_of(story())

    assert (page.is_whole, page.byline, page.dateline, page.why) == (True, "Ines Calder", "HARROW BAY", ())
    assert "ferries below" in page.body
    assert page.snippet == "It was shut for eight months."


def test_a_list_gets_no_bodies() -> None:
    assert page_of(story(), brief=True).body == ""


def test_a_headline_licence_leaves_nothing_of_the_copy() -> None:
    page = page_of(story(), licence(extent=Extent.HEADLINE))

    assert (page.headline, page.standfirst, page.body, page.snippet, page.byline) == ("Bridge reopens", "", "", "", "")
    assert not page.is_whole


def test_an_excerpt_counts_its_words_over_standfirst_and_body() -> None:
    page = page_of(story(), licence(extent=Extent.EXCERPT, words=9))

    assert page.standfirst == "<p>It was shut for eight months.</p>"
    assert page.body == "<p>The bridge is…</p>"


def test_an_excerpt_of_japanese_copy_is_no_longer_than_the_terms_allow() -> None:
    row = story(standfirst="<p>橋は月曜日</p>", body="<p>港湾局は木曜夜に発表した</p>")

    page = page_of(row, licence(extent=Extent.EXCERPT, words=8))
    assert (page.standfirst, page.body) == ("<p>橋は月曜日</p>", "<p>港湾局…</p>")


def test_an_excerpt_that_the_standfirst_fills_has_no_body() -> None:
    page = page_of(story(), licence(extent=Extent.EXCERPT, words=3))

    assert (page.standfirst, page.body) == ("<p>It was shut…</p>", "")


@pytest.mark.parametrize(("state", "public"), [(State.KILLED, "gone"), (State.HELD, "notice")])
def test_a_withheld_page_holds_nothing_but_its_number(state: State, public: str) -> None:
    page = page_of(story(state=state))

    assert page == Page(id=7, code=links.code(7), path="/story/7/withheld/", public=public)  # type: ignore[arg-type]  # one of two


def test_a_hidden_story_has_no_page() -> None:
    row = story(state=State.WAITING)

    assert compose(row, leave(row, row.licence, Surface.PAGE, NOON), site="Here") is None


def test_labels_say_corrected_or_updated() -> None:
    assert page_of(story(corrected=True)).labels == ("Corrected",)
    assert page_of(story(updated=at(1))).labels == ("Updated",)
    assert page_of(story(updated=at(-1))).labels == ()


@pytest.mark.parametrize(("language", "direction"), [("", "ltr"), ("en-GB", "ltr"), ("ar", "rtl"), ("pa-Arab", "rtl")])
def test_the_direction_follows_the_language(language: str, direction: str) -> None:
    assert page_of(story(language=language)).direction == direction


@pytest.mark.parametrize(
    ("language", "headline", "direction"),
    [
        ("", "الجسر يفتح يوم الاثنين", "rtl"),
        ("en-US", "הגשר נפתח ביום שני", "rtl"),
        ("", "WHO: الجسر يفتح يوم الاثنين", "rtl"),
        ("", "The bridge, in Arabic: جسر", "ltr"),
        ("", "橋は月曜日に再開", "ltr"),
        ("", "2026 – 21,5 %", "ltr"),
    ],
)
def test_the_direction_follows_the_letters_where_the_language_does_not_say(
    language: str, headline: str, direction: str
) -> None:
    assert page_of(story(language=language, headline=headline)).direction == direction


def test_the_credit_line_is_the_chain_each_name_once() -> None:
    row = story(credit=("Coast Agency", "LANTERN", ""))

    assert credit.line(row) == "Coast Agency via LANTERN"
    assert credit.line(story(licence=licence(credit="(c) Lantern"))) == "(c) Lantern"


def test_the_disclosure_says_what_was_not_edited_and_what_was() -> None:
    def said(**fields: object) -> str:
        row = story(**fields)
        return credit.disclosure(row, leave(row, row.licence, Surface.PAGE, NOON), site="Here")

    assert said() == "This story comes from the feed “Lantern Wire” of Lantern and has not been edited by Here."
    assert said(edited=("headline",)).startswith("Except for the headline, this story has not been edited by Here")
    assert said(edited=("body", "headline"), feed="").endswith(
        "a syndicated feed of Lantern; Here has edited its text and headline."
    )
    assert said(edited=("body",)).endswith("Here has edited its text.")


def test_the_disclosure_tells_what_the_terms_cut_and_who_corrected() -> None:
    row = story(corrections=(Correction(at=NOON, text="13, not 31", by="Coast Agency"),))
    excerpt = leave(row, licence(extent=Extent.EXCERPT, words=5), Surface.PAGE, NOON)
    headline = leave(row, licence(extent=Extent.HEADLINE), Surface.PAGE, NOON)

    assert "Only its first 5 words are shown" in credit.disclosure(row, excerpt, site="Here")
    assert "Its headline is shown with a link" in credit.disclosure(row, headline, site="Here")
    assert credit.disclosure(row, headline, site="Here").endswith(
        "It was last corrected by Coast Agency on 2 March 2026."
    )


def test_a_correction_without_a_name_is_the_sources() -> None:
    row = story(corrections=(Correction(at=NOON, text=""),))

    assert "corrected by Lantern" in credit.disclosure(row, leave(row, row.licence, Surface.PAGE, NOON), site="Here")


def test_a_licence_without_a_title_goes_by_its_name() -> None:
    assert page_of(story(licence=licence(title="", name="partner", url=""))).licence == Name(name="partner")


@pytest.mark.parametrize("number", [1, 2, 31, 32, 10**6, 2**40 - 1])
def test_a_short_code_leads_back_to_its_story(number: int) -> None:
    code = links.code(number)

    assert len(code) == 8
    assert links.story_of(code) == number
    assert links.story_of(code.upper().replace("0", "O").replace("1", "I")) == number


@pytest.mark.parametrize("code", ["", "abc", "!!!!!!!!", "uuuuuuuu", "000000000", "00000000"])
def test_a_strange_code_leads_nowhere(code: str) -> None:
    assert links.story_of(code) is None


def test_a_slug_is_readable_bounded_and_never_empty() -> None:
    assert links.slug("The mayor’s “plan”: 3.5% more!") == "the-mayors-plan-3-5-more"
    assert links.slug("المدينة القديمة") == "المدينة-القديمة"
    assert links.slug("…") == "story"
    assert len(links.slug("word " * 50)) <= 60
    assert len(links.slug("x" * 500)) <= 60


def test_a_withdrawn_story_leads_to_the_one_in_its_place_and_names_it_only_where_readers_may_see_it() -> None:
    killed, held = story(state=State.KILLED), story(id=8, state=State.HELD)
    substitute, hidden = page_of(story(id=9)), page_of(held)

    def instead(row: Story, by: Page | None) -> Name | None:
        page = compose(row, leave(row, row.licence, Surface.PAGE, NOON), site="Here", substitute=by)
        assert page
        return page.instead

    assert instead(killed, substitute) == Name(name="Bridge reopens", url="/story/9/bridge-reopens/")
    assert instead(killed, hidden) == Name(name="", url="/story/8/withheld/")
    assert instead(killed, None) is None
    assert instead(held, substitute) is None


def test_search_engines_are_led_to_the_original_where_the_terms_ask_for_it() -> None:
    asked = page_of(story(licence=licence(indexing=Indexing.ORIGINAL)))
    nowhere = page_of(story(licence=licence(indexing=Indexing.ORIGINAL), url=""))

    assert (asked.canonical, asked.robots) == ("https://lantern.example/1", ())
    assert (nowhere.canonical, nowhere.robots) == ("", ("noindex",))


def test_a_page_says_what_machines_may_do_with_it() -> None:
    shut = page_of(story(licence=licence(indexing=Indexing.NOINDEX, mining=Mining.RESERVED)))
    no_news = page_of(story(licence=licence(indexing=Indexing.NEWS_NOINDEX)))
    open_ = page_of(story())

    assert (shut.robots, shut.is_reserved) == (("noindex", "noai", "noimageai"), True)
    assert (no_news.robots, no_news.is_news) == ((), False)
    assert (open_.robots, open_.is_news, open_.is_reserved) == ((), True, False)


def test_a_page_says_what_is_owed_to_the_source() -> None:
    asked = page_of(story(licence=licence(link=Link.REQUIRED, link_rel=("nofollow",), credit_position=Position.TOP)))
    named = page_of(story(licence=licence(credit="(c) Lantern")))
    free = page_of(story())

    assert (asked.via_rel, asked.is_credit_owed, asked.is_credit_first) == ("noopener nofollow", True, True)
    assert (named.is_credit_owed, named.is_credit_first, free.is_credit_owed) == (True, False, False)


def test_pictures_that_may_not_go_are_gone_before_words_are_counted() -> None:
    row = story(standfirst="", body='<p>One two <img src="https://a.example/1"> three four</p>')

    assert "<img" in page_of(row).body
    assert "<img" not in page_of(row, licence(images=Images.NONE)).body
    assert "<img" not in page_of(row, licence(images=Images.NONE, extent=Extent.EXCERPT, words=3)).body


def test_a_page_is_traced_as_far_as_it_shows_something() -> None:
    fields = tuple(Field(name=name, path=name, fate="as received") for name in READ_FROM)
    traced = Provenance(
        source=Name(name="Lantern"), feed="Wire", guid="1", version="", number=1, at=NOON, delivery="d", fields=fields
    )
    row = story(licence=licence(extent=Extent.HEADLINE), language="en")
    page = compose(row, leave(row, row.licence, Surface.PAGE, NOON), site="Here", traced=traced)

    assert page and page.provenance
    assert [field.name for field in page.provenance.fields] == ["headline", "language", "published", "url", "credit"]
