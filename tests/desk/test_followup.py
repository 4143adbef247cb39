"""Advisories and substitutes, through the whole intake."""

from __future__ import annotations

import pytest

from tests.acceptance.test_seed import AGENCY
from tests.makers import PUBLIC, at, entry, feed, take
from wiredesk.desk import edit, intake, pages
from wiredesk.desk.intake import Taken
from wiredesk.desk.models import Advice, Alert, Carrier, Event, Feed, Item, Story
from wiredesk.news.story import Kind, State

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


def nitf(number: int, refs: str = "", status: str = "", body: str = "") -> bytes:
    """One NITF document of a story of its own, with what it says of another one."""
    text = (
        body
        or f"<p>The keeper of the light wrote down {number * 7919} boats that night, and none of them came back.</p>"
    )
    return (
        f"<nitf><head><title>Document {number}</title><docdata {refs}{status}><doc-id id-string='LNA-{number}' regsrc='LNA'/>"
        f"</docdata></head><body><body.head><hedline><hl1>Document {number}</hl1></hedline></body.head>"
        f"<body.content>{text}</body.content></body></nitf>"
    ).encode()


def bring(to: Feed, body: bytes, hours: float = 0) -> Taken:
    to.refresh_from_db()
    return intake.take(to, body, now=at(hours), url=to.url)


def test_an_order_by_reference_is_remembered_until_the_document_that_it_names_comes() -> None:
    lantern = feed()
    order = "management-doc-idref='LNA-7' management-idref-status='canceled'"
    bring(lantern, nitf(9, order, body="<p>Editors: withdrawn, do not use.</p>"))

    bring(lantern, nitf(7), hours=1)

    assert public("LNA-7") in ("gone", "hidden")


def test_a_substitute_that_cancels_a_document_cancels_it_though_that_comes_later() -> None:
    lantern = feed()
    bring(lantern, nitf(9, "management-doc-idref='LNA-7' management-idref-status='canceled'"))

    bring(lantern, nitf(7), hours=1)

    assert public("LNA-9") == "shown"
    assert public("LNA-7") in ("gone", "hidden")


def test_a_lift_that_names_nothing_opens_no_hold_that_comes_after_it() -> None:
    lantern = wire()
    take(lantern, advice("The hold on LNA-0499 is lifted.", "adv-1"))
    take(lantern, entry(5, guid="lna-2026-0499", title="Headline 5", hours=1), hours=1)
    take(lantern, advice("Please hold LNA-0499.", "adv-2", hours=2), hours=2)

    take(lantern, entry(5, guid="lna-2026-0499", title="Headline 5", hours=1), hours=3)

    assert Advice.objects.count() == 0
    assert public("lna-2026-0499") == "notice"


def two_sources() -> tuple[Feed, Feed]:
    """A story of Lantern's that the Courier also carries, under a number of its own."""
    lantern, courier = feed(), feed("courier")
    take(lantern, entry(1, guid="lna-2026-0411"))
    take(courier, entry(1, guid="cou-2026-0077"))
    assert Story.objects.count() == 1
    return lantern, courier


def test_a_source_that_kills_its_copy_of_anothers_story_has_it_held_and_not_killed() -> None:
    _, courier = two_sources()

    take(courier, advice("Please kill COU-0077. A kill is mandatory.", "adv-1"))

    assert public("lna-2026-0411") == "notice"


def test_a_source_lifts_no_hold_from_anothers_story() -> None:
    lantern, courier = two_sources()
    take(courier, advice("Please hold COU-0077.", "adv-1"))
    take(lantern, advice("Please hold LNA-0411.", "adv-2"))

    take(courier, advice("The hold on COU-0077 is lifted.", "adv-3"))

    assert public("lna-2026-0411") == "notice"
    assert Alert.objects.filter(text__contains="leads").exists()


def wire_take(number: int, day: int, time: str, text: str) -> str:
    """One message of a text wire (IPTC 7901)."""
    return (
        f"\x01lna{number:04} 4 i 20 LNA {number}\r\n\r\nHarbour-strike/\r\n\x02Dockers walk out =\r\n\r\n"
        f"   Velmark (LNA) - {text}\r\n\r\nlna dsk\r\n\r\n\x03{day:02}{time} GMT Mar 26 \r\n\r\n\x04"
    )


def test_takes_of_one_story_on_both_sides_of_midnight_are_one_story_though_they_come_together() -> None:
    both = wire_take(998, 26, "2358", "Nine ships are waiting.") + wire_take(2, 27, "0004", "Ten ships are waiting.")

    bring(feed(), both.encode())

    story_ = Story.objects.get()
    assert "Ten ships" in story_.body


def test_a_story_that_came_held_is_out_when_a_later_version_lifts_the_hold() -> None:
    lantern = feed(licence=PUBLIC)
    held, lifted = AGENCY.replace("stat:usable", "stat:withheld"), AGENCY.replace('version="1"', 'version="2"')
    intake.take(lantern, held.encode(), now=at(0), url=lantern.url)
    assert (Story.objects.get().state, Story.objects.get().went_out_at) == (State.HELD, None)
    intake.take(lantern, lifted.encode(), now=at(2), url=lantern.url)

    assert (Story.objects.get().state, Story.objects.get().went_out_at) == (State.LIVE, at(2))
