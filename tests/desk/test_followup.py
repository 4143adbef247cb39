"""Advisories and substitutes, through the whole intake."""

from __future__ import annotations

import pytest

from tests.makers import PUBLIC, at, entry, feed, take
from wiredesk.desk import edit, pages
from wiredesk.desk.models import Advice, Alert, Carrier, Event, Feed, Item, Story
from wiredesk.news.story import Kind

pytestmark = pytest.mark.django_db


def advice(text: str, guid: str, title: str = "ADVISORY: note", hours: float = 0) -> str:
    return entry(title=title, body=f"<p>{text}</p>", guid=guid, link=f"https://origin.example/{guid}", hours=hours)


def wire() -> Feed:
    lantern = feed()
    take(lantern, entry(1, guid="lna-2026-0411"), entry(2, guid="lna-2026-0412"))
    return lantern


def public(guid: str) -> str:
    page = pages.page_of(story(guid).pk, now=at(1))
    return page.public if page else "hidden"


def story(guid: str) -> Story:
    return Carrier.objects.get(item__in=Item.objects.filter(versions__guid=guid)).story


def test_an_advisory_holds_lifts_and_kills_the_story_that_it_names_and_no_other() -> None:
    lantern = wire()

    held = take(lantern, advice("Please hold LNA-0411 while we check it.", "adv-1"))
    assert [(one.id, one.event, one.by) for one in held.happened] == [
        ("adv-1", Kind.ADVISORY, ""),
        ("lna-2026-0411", Kind.HOLD, "adv-1"),
    ]
    assert (public("lna-2026-0411"), public("lna-2026-0412")) == ("notice", "shown")
    take(lantern, entry(1, guid="lna-2026-0411"))
    assert public("lna-2026-0411") == "notice"
    take(lantern, advice("The hold on LNA-0411 is lifted.", "adv-2"))
    assert public("lna-2026-0411") == "shown"
    take(lantern, advice("Please kill LNA-0411. A kill is mandatory.", "adv-3"))
    assert (public("lna-2026-0411"), public("lna-2026-0412")) == ("gone", "shown")
    assert Story.objects.count() == 2


def test_a_hold_of_our_own_desk_is_not_lifted_by_an_agency() -> None:
    lantern = wire()
    edit.hold(story("lna-2026-0411").pk, by="ines", now=at())

    take(lantern, advice("The hold on LNA-0411 is lifted.", "adv-1"))

    assert public("lna-2026-0411") == "notice"


def test_a_kill_that_fits_two_stories_holds_both_and_asks_the_desk() -> None:
    lantern = feed()
    slug = "<category term='Council' scheme='s'/>"
    quay, pool = "The council will mend the old quay.", "The council will build a pool."
    take(lantern, entry(1, title=quay, extra=slug), entry(2, title=pool, extra=slug))

    take(lantern, advice(f"Kill concerns “{quay}” and “{pool}”", "adv-1", title="KILL KILL KILL"))

    assert [public("urn:1"), public("urn:2")] == ["notice", "notice"]
    assert "kill adv-1 fits 2 stories" in Alert.objects.get().text


def test_an_advisory_that_comes_before_what_it_names_is_remembered_for_a_week() -> None:
    lantern = wire()
    take(lantern, advice("Please kill LNA-0499. A kill is mandatory.", "adv-1"))
    assert Advice.objects.get().is_heeded is False

    taken = take(lantern, entry(5, guid="lna-2026-0499", hours=1), hours=24)

    assert (taken.events[Kind.KILL], Advice.objects.get().is_heeded) == (1, True)
    assert public("lna-2026-0499") == "gone"
    assert "names no story of ours" in Alert.objects.get().text


def test_an_advisory_is_forgotten_after_a_week() -> None:
    lantern = wire()
    take(lantern, advice("Please kill LNA-0499. A kill is mandatory.", "adv-1"))

    take(lantern, entry(5, guid="lna-2026-0499", hours=190), hours=192)

    assert public("lna-2026-0499") == "shown"


def test_an_advisory_speaks_for_its_own_source_only() -> None:
    wire()

    take(feed("courier"), advice("Please kill LNA-0411. A kill is mandatory.", "adv-1"))

    assert public("lna-2026-0411") == "shown"


def test_an_advisory_reaches_what_came_in_the_same_delivery() -> None:
    lantern = wire()

    take(lantern, entry(7, guid="lna-2026-0420"), advice("Please hold LNA-0420.", "adv-1", hours=-2))

    assert public("lna-2026-0420") == "notice"


def test_a_note_that_asks_for_nothing_we_know_is_put_to_the_desk() -> None:
    take(wire(), advice("The sports pages follow at six.", "adv-1"))

    assert "asks for nothing we know" in Alert.objects.get().text


def test_a_substitute_stands_in_for_a_killed_story_and_its_old_address_leads_there() -> None:
    lantern = wire()
    take(lantern, advice("Please kill LNA-0411. A kill is mandatory.", "adv-1"))

    taken = take(lantern, entry(9, title="SUBS: Headline 9", body="<p>(Substitutes LNA-0411, killed.)</p><p>Text.</p>"))

    assert [(one.event, one.replaces) for one in taken.happened] == [(Kind.SUBSTITUTE, "lna-2026-0411")]
    gone = pages.page_of(story("lna-2026-0411").pk, now=at(1))
    assert gone
    assert gone.instead
    assert gone.instead.name == "Headline 9"
    assert list(Event.objects.filter(story=story("urn:9")).values_list("kind", flat=True)) == [
        "new",
        "publish",
        "substitute",
    ]


def test_a_substitute_for_a_story_that_lives_is_only_new() -> None:
    lantern = wire()

    taken = take(lantern, entry(9, title="SUBS: Headline 9", body="<p>(Substitutes LNA-0411.)</p><p>Text.</p>"))

    assert [one.event for one in taken.happened] == [Kind.NEW]
    assert (public("lna-2026-0411"), PUBLIC.name) == ("shown", "public-domain")
