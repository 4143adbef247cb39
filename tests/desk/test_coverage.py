"""Stories about one event lead to each other; none of them is hidden, and none is led to that may not be shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.makers import PUBLIC, at, entry, feed, take
from wiredesk.desk import checks, coverage, edit, pages
from wiredesk.desk.models import Related, Story, StoryTerm
from wiredesk.news import links

pytestmark = pytest.mark.django_db
SAYS = (
    ("Brennet swing bridge reopens after barge accident", "The swing bridge at Brennet carried its first cars on Monday, eight months after a barge hit the pier."),
    ("Barge owner must pay for Brennet bridge", "A court in Port Orme said that the owner of the barge that hit the swing bridge at Brennet has to pay the repair."),
    ("Herring season opens with a record price", "Fishmongers paid more for the first herring of the season than in any spring that the market remembers."),
    ("Council plans a school beside the old mill", "The council wants to build a school for three hundred children beside the mill, and will vote in autumn."),
)  # fmt: skip


def published() -> list[Story]:
    """The four stories, after a day of others: with few stories no word is known to be rare."""
    fillers = (
        entry(n, title=f"Of w{n}a and w{n}b", body=f"<p>The w{n}c said at w{n}d that it is for w{n}e.</p>")
        for n in range(20, 50)
    )
    take(feed("others", PUBLIC, newest=None), *fillers, hours=-1)
    checks.run(at(0))
    for number, (title, text) in enumerate(SAYS, 1):
        take(feed(f"source{number}", PUBLIC), entry(number, title=title, body=f"<p>{text}</p>"))
    checks.run(at(1))
    return list(Story.objects.exclude(source__name="Others").order_by("id"))


def test_stories_about_one_event_lead_to_each_other() -> None:
    bridge, court, herring, _ = published()

    assert {(one.story_id, one.other_id) for one in Related.objects.all()} == {
        (bridge.pk, court.pk),
        (court.pk, bridge.pk),
    }
    shown = Client().get(links.path(bridge.pk, bridge.slug)).content.decode()
    assert "Related stories" in shown and links.path(court.pk, court.slug) in shown.split("Related stories")[1]
    assert "Related stories" not in Client().get(links.path(herring.pk, herring.slug)).content.decode()


def test_a_withdrawn_story_is_led_to_by_none() -> None:
    bridge, court, *_ = published()
    edit.kill(court.pk, by="ines", now=at(2))
    page = pages.page_of(bridge.pk, now=at(3))

    assert page and pages.related(page, now=at(3)) == ()


def test_what_came_days_later_is_another_event() -> None:
    published()
    later = 24 * 5
    take(
        feed("late", PUBLIC),
        entry(9, title=SAYS[0][0], body="<p>A swing bridge at Brennet reopens, and a barge.</p>"),
        hours=later,
    )
    checks.run(at(later))

    assert not Related.objects.filter(story=Story.objects.latest("id")).exists()
    coverage.forget(at(later) + timedelta(days=1))
    assert {row.story_id for row in StoryTerm.objects.all()} == {Story.objects.latest("id").pk}
