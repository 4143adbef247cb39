"""One gate for every surface: all of them, under every condition, as one table. A new surface is a new row here."""

from __future__ import annotations

import pytest

from tests.news.makers import NOON, at, licence, story
from wiredesk.news.licence import Extent, Images, Indexing, Licence, Pixel, Remains
from wiredesk.news.presets import PRESETS
from wiredesk.news.rights import Here, leave, seen_after
from wiredesk.news.story import State, Story
from wiredesk.news.surface import OUTLET_OF, OUTLETS, OWN_ADDRESS, REMAINING, WIDEST, Surface

GERMAN = Here(territory="DE")
WORDS = {"extent": Extent.EXCERPT, "words": 9}
CONDITIONS: dict[str, tuple[Story, Licence]] = {
    "usable": (story(), licence()),
    "withheld": (story(state=State.HELD), licence()),
    "canceled": (story(state=State.KILLED), licence()),
    "embargoed": (story(embargo=at(1)), licence()),
    "expired": (story(expiry=at(-1)), licence(afterwards=Remains.NOTHING)),
    "expired, headline remains": (story(expiry=at(-1)), licence(afterwards=Remains.HEADLINE)),
    "excerpt only": (story(), licence(**WORDS)),
    "headline only": (story(), licence(extent=Extent.HEADLINE)),
    "no images": (story(), licence(images=Images.NONE)),
    "human selection pending": (story(state=State.WAITING, went_out=None), PRESETS["agency-contract"]),
    "outside territory": (story(), licence(territories=("AT", "CH"))),
    "inside territory": (story(), licence(territories=("AT", "DE"))),
    "language not allowed": (story(language="en"), licence(languages=("de",))),
    "not to be indexed": (story(), licence(indexing=Indexing.NOINDEX)),
    "original to be indexed": (story(), licence(indexing=Indexing.ORIGINAL)),
    "pixel required": (story(), licence(pixel=Pixel.REQUIRED)),
    "site only": (story(), licence(outlets=("site",))),
    "nothing allowed": (story(), licence(extent=Extent.NOTHING)),
    "joined to another": (story(state=State.JOINED), licence()),
}
# What each surface gets, in the order above: full, excerpt, headline, a notice, gone (a notice of the end), - hidden.
# With pictures: F, E. A small letter is the same without pictures.
TABLE = {
    #                                                    usable
    #                                                    |withheld
    #                                                    ||canceled
    #                                                    |||embargoed
    #                                                    ||||expired, and with a headline that remains
    #                                                    ||||| |excerpt, headline, no images
    #                                                    ||||| |||| pending, outside, inside, language
    #                                                    ||||| |||| |||| index: none, original; pixel, site only, nothing, joined
    Surface.PAGE: "F N G - G  h E h f - - F - F F h F - -",
    Surface.LIST: "F - - - -  - E h f - - F - F F h F - -",
    Surface.SEARCH: "F - - - -  - E h f - - F - F F h F - -",
    Surface.FEEDS: "F - - - -  - E h f - - F - F F h - - -",
    Surface.API: "F - - - -  - E h f - - F - F F h - - -",
    Surface.EMAIL: "F - - - -  - E h f - - F - F F h - - -",
    Surface.METADATA: "F - - - -  h E h f - - F - F F h F - -",
    Surface.SITEMAP: "F - - - -  - E h f - - F - - - h F - -",
    Surface.IMAGE: "F - - - -  - E - - - - F - F F - F - -",
    Surface.SHORTLINK: "F N G - G  h E h f - - F - F F h F - -",
    Surface.OUTLETS: "F - - - -  - E h f - - F - F F h - - -",
    Surface.EXPORT: "F - - - -  - E h f - - F - F F h - - -",
}


def told(row: Story, terms: Licence, surface: Surface) -> str:
    """What a surface gets, as the table writes it."""
    judged = leave(row, terms, surface, NOON, here=GERMAN)
    if judged.public != "shown":
        return {"notice": "N", "gone": "G", "hidden": "-"}[judged.public]
    letter = {Extent.FULL: "f", Extent.EXCERPT: "e", Extent.HEADLINE: "h"}[judged.extent]
    return letter if judged.images is Images.NONE else letter.upper()


@pytest.mark.parametrize("surface", Surface)
def test_each_surface_gets_under_each_condition_what_the_table_says(surface: Surface) -> None:
    row = dict(zip(CONDITIONS, TABLE[surface].split(), strict=True))

    assert {name: told(*condition, surface) for name, condition in CONDITIONS.items()} == row


def test_every_surface_belongs_to_an_outlet_and_every_outlet_has_one_that_shows_most() -> None:
    assert set(OUTLET_OF) == set(Surface) == set(TABLE)
    assert set(OUTLET_OF.values()) == set(OUTLETS) == set(WIDEST)
    assert all(OUTLET_OF[surface] == outlet for outlet, surface in WIDEST.items())
    assert OWN_ADDRESS < REMAINING


@pytest.mark.parametrize("surface", Surface)
def test_whatever_is_not_shown_says_in_words_why(surface: Surface) -> None:
    judged = [leave(row, terms, surface, NOON, here=GERMAN) for row, terms in CONDITIONS.values()]

    assert all(one.why for one in judged if one.extent is not Extent.FULL)


def test_where_the_site_is_unknown_a_limit_to_countries_hides() -> None:
    assert leave(story(), licence(territories=("DE",)), Surface.PAGE, NOON).public == "hidden"
    assert seen_after(licence(territories=("DE",)), Surface.LIST, NOON) is None
    assert seen_after(licence(territories=("DE",)), Surface.LIST, NOON, here=GERMAN)


def test_a_site_that_earns_money_shows_nothing_that_is_not_for_commerce() -> None:
    shop = Here(commercial=True)

    assert leave(story(), licence(commercial=False), Surface.PAGE, NOON, here=shop).public == "hidden"
    assert leave(story(), licence(commercial=True), Surface.PAGE, NOON, here=shop).public == "shown"
    assert leave(story(), licence(commercial=False), Surface.PAGE, NOON).public == "shown"


@pytest.mark.parametrize(
    ("language", "languages", "public"),
    [
        ("de", ("de",), "shown"),
        ("DE_at", ("fr", "de"), "shown"),
        ("de", ("de-at",), "hidden"),
        ("den", ("de",), "hidden"),
        ("", ("de",), "hidden"),
        ("", ("",), "hidden"),
        ("en", (), "shown"),
    ],
)
def test_a_limit_to_languages_lets_their_kinds_through_and_hides_what_says_none(
    language: str, languages: tuple[str, ...], public: str
) -> None:
    assert leave(story(language=language), licence(languages=languages), Surface.PAGE, NOON).public == public


def test_of_a_story_that_nobody_saw_nothing_remains_when_its_time_is_over() -> None:
    row, terms = story(expiry=at(-1), went_out=None), licence(afterwards=Remains.HEADLINE)

    assert leave(row, terms, Surface.PAGE, NOON).public == "gone"
