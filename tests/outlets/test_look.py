"""How the readers' pages are laid out: what stands where, in which direction, and whether it can be read."""

from __future__ import annotations

import re
from importlib import resources

import html5lib
import pytest
from django.test import Client
from lxml import etree

from tests.makers import at, entry, feed, take
from wiredesk.desk.models import Story
from wiredesk.news import links
from wiredesk.news.licence_file import licence_from
from wiredesk.news.presets import PRESETS

pytestmark = pytest.mark.django_db
LINES = "".join(
    f"<p>In paragraph {n} the keeper of the light at Harrow wrote down {n * 7919} boats, one after another.</p>"
    for n in range(1, 9)
)


def shown(address: str) -> etree._Element:
    """A page as a tree, after a strict look at it."""
    text = Client().get(address).content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    return etree.HTML(text)


def page_of(headline: str) -> etree._Element:
    row = Story.objects.get(headline=headline)
    return shown(links.path(row.pk, row.slug))


def words(tree: etree._Element, path: str) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in tree.xpath(path)]


def test_headings_of_the_copy_stand_under_the_headline() -> None:
    take(feed(), entry(1, title="Bridge", body="<h1>What happened</h1><p>It opened.</p><h2>Since then</h2>"))

    page = page_of("Bridge")
    assert words(page, "//h1") == ["Bridge"]
    assert words(page, "//div[@class='body']//h2") == ["What happened", "Since then"]


def test_a_picture_that_is_a_link_already_is_named_in_that_link() -> None:
    picture = "<a href='https://o.example/full'><img src='https://p.example/a.jpg' alt='The quay'></a>It is open."
    take(feed(), entry(1, title="Bridge", body=picture))

    page = page_of("Bridge")
    assert words(page, "//div[@class='body']//a") == ["Picture: The quay"]
    assert page.xpath("//div[@class='body']//a/@href") == ["https://o.example/full"]


def test_right_to_left_copy_is_set_so_though_its_feed_names_no_language() -> None:
    take(feed(section="World"), entry(1, title="الجسر يفتح يوم الاثنين", body="<p>نص قصير.</p>"))

    front = shown("/")
    assert front.xpath("//*[@dir='rtl']/@class") == ["head", "snippet"]
    assert front.xpath("//p[@class='meta']/ancestor-or-self::*/@dir") == []
    assert page_of("الجسر يفتح يوم الاثنين").xpath("//h1/@dir | //div[@class='body']/@dir") == ["rtl", "rtl"]


def test_the_front_page_opens_its_lead_with_the_first_lines_of_the_copy() -> None:
    take(feed(), entry(1, body=LINES))

    opening = words(shown("/"), "//div[@class='opening']/p")
    assert opening[0] == "In paragraph 1 the keeper of the light at Harrow wrote down 7919 boats, one after another."
    assert len(opening) == 3


def test_the_opening_shows_no_more_than_the_terms_allow() -> None:
    terms = {"extent": "excerpt", "words": 29, "selection": "automatic", "outlets": ["site"]}
    take(feed("review", licence_from(terms, "ex")), entry(1, body=LINES))
    assert words(shown("/"), "//div[@class='opening']/p")[1:] == [
        "In paragraph 2 the keeper of the light at Harrow wrote down…"
    ]

    take(feed("digest", PRESETS["headline-and-link"]), entry(2, title="Short", hours=-0.5))
    assert words(shown("/"), "//article[contains(@class, 'main')]//h2") == ["Short"]
    assert shown("/").xpath("//div[@class='opening']") == []


def test_a_front_page_of_one_story_has_no_empty_parts() -> None:
    take(feed(), entry(1, title="The only story"))

    front = shown("/")
    assert words(front, "//main//h2") == ["The only story"]
    assert front.xpath("//main//*[@class='seconds' or @class='river' or @class='under' or self::aside]") == []


def test_a_section_page_does_not_name_its_section_on_every_story() -> None:
    take(feed(section="Coast"), entry(1), entry(2))

    assert words(shown("/section/coast/"), "//p[@class='kicker']") == ["Section"]
    assert words(shown("/source/lantern/"), "//article/p[@class='kicker']") == ["Coast", "Coast"]


def test_a_story_of_another_year_says_which() -> None:
    take(feed(newest=None), entry(1, hours=-24 * 800), entry(2))

    said = words(shown("/"), "//p[@class='meta']/time")
    assert re.fullmatch(r"\d+ \w+, \d\d:\d\d", said[0])
    assert re.fullmatch(rf"\d+ \w+ {at(-24 * 800).year}", said[1])


def test_a_byline_that_begins_with_by_is_left_as_it_is() -> None:
    take(
        feed(),
        entry(1, title="One", extra="<author><name>By Ines Calder</name></author>"),
        entry(2, title="Two", extra="<author><name>Tobias Renn</name></author>"),
    )

    assert words(page_of("One"), "//p[@class='byline']") == ["By Ines Calder"]
    assert words(page_of("Two"), "//p[@class='byline']") == ["By Tobias Renn"]


def test_only_a_story_that_is_cut_sends_readers_to_the_rest_of_it() -> None:
    take(feed(), entry(1, title="Whole"))
    take(feed("digest", PRESETS["headline-and-link"]), entry(2, title="Cut"))

    assert page_of("Whole").xpath("//p[@class='onward']") == []
    assert "The original at Lantern" in words(page_of("Whole"), "//footer[@class='provenance']/p")
    assert words(page_of("Cut"), "//p[@class='onward']") == ["Read the whole story at Digest"]


def test_a_full_page_of_finds_says_that_it_holds_the_newest() -> None:
    take(feed(newest=None), *(entry(n, title=f"Bridge {n}") for n in range(31)))

    assert words(shown("/search?q=bridge"), "//h2[@id='found-head']") == [
        "The newest 30 stories with “bridge” in the headline"
    ]
    assert words(shown("/search?q=zeppelin"), "//h2[@id='found-head']") == ["No story with “zeppelin” in the headline"]


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(letter * 2 for letter in colour[1:])
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("package", "file", "inks", "papers"),
    [
        ("wiredesk.outlets.site", "static/site.css", ("ink", "soft", "accent"), ("paper", "tint")),
        ("wiredesk.room", "desk.css", ("ink", "soft", "accent", "bad", "good", "warn"), ("bg", "panel")),
    ],
)
def test_every_ink_can_be_read_on_every_paper(
    package: str, file: str, inks: tuple[str, ...], papers: tuple[str, ...]
) -> None:
    css = resources.files(package).joinpath(file).read_text(encoding="utf-8")
    roots = [
        dict(re.findall(r"--([a-z]+):\s*(#[0-9a-f]{3,6});", root)) for root in re.findall(r":root\s*{([^}]*)", css)
    ]
    schemes = [{**roots[0], **root} for root in roots]

    assert len(schemes) >= 2
    for scheme in schemes:
        for ink in inks:
            for paper in papers:
                assert contrast(scheme[ink], scheme[paper]) >= 4.5, (file, ink, paper, scheme)
