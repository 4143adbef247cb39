"""Templates name pieces of a story, and can do nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from wiredesk.news import template
from wiredesk.news.page import Page
from wiredesk.news.story import Name
from wiredesk.news.template import BadTemplate

URL = "https://desk.example/s/abcdefgh"
PAGE = Page(
    id=1, code="abcdefgh", path="/story/1/x/", public="shown", headline='Ferry & "boat" <sails>',
    body='<p>It left.</p><img src="https://a.example/1.jpg?a=1&amp;b=2">', byline="By Ines", published=datetime(2026, 11, 5, 9, tzinfo=UTC),
    source=Name(name="Lantern", url="https://lantern.example/"), labels=("Corrected",),
)  # fmt: skip
GIVEN = template.ingredients(PAGE, URL)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("EntryTitle", 'Ferry & "boat" <sails>'),
        ("EntryUrl", URL),
        ("EntryContent", "It left."),
        ("EntryAuthor", "By Ines"),
        ("EntryPublished", "2026-11-05 09:00 UTC"),
        ("EntryImageUrl", "https://a.example/1.jpg?a=1&b=2"),
        ("FeedTitle", "Lantern"),
        ("FeedUrl", "https://lantern.example/"),
        ("labels", "Corrected"),
    ],
)
def test_the_ingredients_of_ifttt_and_our_own_are_known(name: str, said: str) -> None:
    assert template.as_text(f"{{{{{name}}}}}", GIVEN).strip() == said
    assert template.as_text(f"{{{{ {name}\t}}}}", GIVEN).strip() == said


def test_every_name_has_a_meaning() -> None:
    assert set(GIVEN) == set(template.NAMES) == set(template.ALIASES.values()) | set(template.NAMES)
    assert len(template.ALIASES) == 8


def test_a_page_with_less_says_less() -> None:
    given = template.ingredients(replace(PAGE, byline="", body="", published=None), URL)

    assert (given["author"], given["image"], given["published"]) == ("Lantern", "", "")
    assert template.ingredients(PAGE, URL, content="<p>Ours</p>")["content"] == "<p>Ours</p>"


def test_text_is_escaped_in_html_and_html_is_cleaned() -> None:
    out = template.as_html('<p title="{{headline}}">{{headline}}</p>{{content}}<script>x</script>', GIVEN)

    assert "&lt;sails&gt;</p>" in out and "<sails>" not in out and "script" not in out
    assert out.startswith('<p title="Ferry &amp; &quot;boat&quot; ') and "<p>It left.</p>" in out


def test_what_stands_in_copy_is_not_read_as_a_template() -> None:
    given = template.ingredients(replace(PAGE, headline="{{url}} {{content}}"), URL)

    assert template.as_text("{{headline}}", given) == "{{url}} {{content}}"
    assert "https" not in template.as_html("<p>{{EntryTitle}}</p>", given)


@pytest.mark.parametrize(
    "text", ["{{Colour}}", "{{#if headline}}", "{{headline|upper}}", "{{ }}", "{{headline", "{{{{"]
)
def test_what_means_nothing_is_refused_with_what_there_is(text: str) -> None:
    with pytest.raises(BadTemplate, match="EntryTitle"):
        template.check(text)
    assert template.as_text("{{Colour}}", GIVEN) == ""


def test_a_good_template_is_as_it_was_and_an_endless_one_refused() -> None:
    assert template.check("{ {{headline}} } {{ FeedUrl }}") == "{ {{headline}} } {{ FeedUrl }}"
    with pytest.raises(BadTemplate, match="at most"):
        template.check("x" * 20_001)
