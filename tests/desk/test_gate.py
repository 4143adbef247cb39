"""The gate as the site stands, and what the clock does where something remains."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.makers import at, entry, feed, take
from wiredesk import settings as program
from wiredesk.desk import edit, pages
from wiredesk.desk.models import Licence, Story
from wiredesk.news.licence_file import licence_from
from wiredesk.news.presets import PRESETS
from wiredesk.news.surface import Surface

pytestmark = pytest.mark.django_db
OPEN = {"extent": "full", "selection": "automatic", "outlets": ["site", "feeds"], "commercial": True}


def story_under(**terms: object) -> Story:
    """A story in German with a topic, under terms of its own."""
    lantern = feed(licence=licence_from({**OPEN, **terms}, "partner"))
    take(lantern, entry(1, extra="<category term='Ferry'/>").replace("<entry>", "<entry xml:lang='de-AT'>"))
    return Story.objects.get()


def seen() -> tuple[int, int, int]:
    """Stories in the list and in feeds, and topics told of."""
    listed, fed = (
        pages.listing(pages.Shelf(), now=at(), surface=surface).pages for surface in (Surface.LIST, Surface.FEEDS)
    )
    return len(listed), len(fed), len(pages.shelves("tag", now=at()))


@pytest.mark.parametrize(("territory", "count"), [("", 0), ("DE", 1), ("FR", 0)])
def test_a_limit_to_countries_is_judged_by_where_the_site_says_it_is(
    settings: pytest.FixtureRequest, territory: str, count: int
) -> None:
    settings.TERRITORY = territory  # type: ignore[attr-defined]  # pytest-django's settings
    story_under(territories=["DE", "AT"])

    assert seen() == (count, count, count)


@pytest.mark.parametrize(("languages", "count"), [(["de"], 1), (["de-at"], 1), (["fr", "de-de"], 0)])
def test_a_limit_to_languages_holds_for_lists_feeds_and_topics(languages: list[str], count: int) -> None:
    story_under(languages=languages)

    assert seen() == (count, count, count)


def test_a_site_that_earns_money_shows_nothing_that_is_not_for_commerce(settings: pytest.FixtureRequest) -> None:
    settings.COMMERCIAL = True  # type: ignore[attr-defined]  # pytest-django's settings
    story_under(commercial=False)

    assert seen() == (0, 0, 0)


def test_a_headline_that_remains_stands_at_its_own_address_only_and_the_end_is_written_down() -> None:
    row = story_under(keep_days=1, afterwards="headline")
    edit.strike(at(25))
    page = pages.page_of(row.pk, now=at(25))

    assert page and (page.public, page.body, page.via) == ("shown", "", "https://origin.example/1")
    assert pages.listing(pages.Shelf(), now=at(25)).pages == ()
    assert list(row.events.order_by("id").values_list("kind", flat=True))[-1] == "expire"


def test_presets_on_file_before_there_were_more_terms_are_those_of_now() -> None:
    kept = Licence.objects.keep(PRESETS["cc-by-nd"])

    assert kept.as_value() == PRESETS["cc-by-nd"]


def test_a_setting_that_is_no_country_or_neither_yes_nor_no_is_refused() -> None:
    for wrong in (lambda: program._territory("Germany"), lambda: program._is_yes("perhaps")):
        with pytest.raises(ImproperlyConfigured):
            wrong()
    assert (program._territory(" de "), program._is_yes("Yes")) == ("DE", True)
