"""The gate as the site stands, and what the clock does where something remains."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.makers import at, entry, feed, take
from wiredesk import settings as program
from wiredesk.desk import edit, pages
from wiredesk.desk.edit import NotAllowed
from wiredesk.desk.models import Alert, Licence, Story
from wiredesk.news.licence_file import licence_from
from wiredesk.news.presets import PRESETS
from wiredesk.news.story import State
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


CC = "<link rel='license' href='https://creativecommons.org/licenses/{}/4.0/'/>"


def test_an_items_own_licence_narrows_its_sources_for_that_story_only(settings: pytest.FixtureRequest) -> None:
    settings.COMMERCIAL = True  # type: ignore[attr-defined]  # pytest-django's settings
    topic = "<category term='Ferry'/>"
    lantern = feed(licence=PRESETS["public-domain"])
    take(lantern, entry(1, extra=CC.format("by-nc-nd") + topic), entry(2, extra=CC.format("by")))

    assert [page.headline for page in pages.listing(pages.Shelf(), now=at()).pages] == ["Headline 2"]
    assert pages.shelves("tag", now=at()) == ()
    with pytest.raises(NotAllowed, match="headlines"):
        edit.headline(Story.objects.get(headline="Headline 1").pk, "Ours", by="ines", now=at())


def test_a_rights_statement_that_nobody_can_read_hides_the_story_and_tells_the_desk() -> None:
    take(feed(), entry(1, extra=CC.format("sampling+") + "<category term='Ferry'/>"))
    row = Story.objects.get()

    assert (seen(), row.went_out_at) == ((0, 0, 0), None)
    assert "cannot be understood" in Alert.objects.get(story=row).text
    row.state = State.WAITING
    row.save()
    with pytest.raises(NotAllowed, match="allow nothing"):
        edit.publish(row.pk, by="ines", now=at())


def test_a_newer_version_can_narrow_and_give_back_what_the_copy_itself_takes_away() -> None:
    lantern = feed()
    take(lantern, entry(1))
    take(lantern, entry(1, updated=1, body="<p>More now.</p>", extra="<rights>No archive</rights>"))
    row = Story.objects.get()

    assert (row.terms, row.clock_at) == ("no-archive", at(24))
    assert (len(pages.listing(pages.Shelf(), now=at(23)).pages), pages.listing(pages.Shelf(), now=at(24)).pages) == (
        1,
        (),
    )
    take(lantern, entry(1, updated=2, body="<p>More again.</p>"))
    assert (Story.objects.get().terms, Story.objects.get().clock_at) == ("", None)
