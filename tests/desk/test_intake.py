"""Deliveries in, against a real database: what is kept, what is shown, and what never changes by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.makers import PUBLIC, at, atom, entry, feed, take
from wiredesk.desk import edit, intake, pages, store
from wiredesk.desk.models import Alert, Body, Carrier, Delivery, Event, Feed, Item, Story, Version
from wiredesk.desk.models import Licence as LicenceRow
from wiredesk.news import item as values
from wiredesk.news import licence as terms
from wiredesk.news.licence_file import licence_from
from wiredesk.news.presets import PRESETS
from wiredesk.news.story import Kind, State
from wiredesk.news.surface import Surface

pytestmark = pytest.mark.django_db
FUTURE = "<prism:embargoDate>2099-01-01T00:00:00Z</prism:embargoDate>"
LONG = (
    "<p>"
    + "The swing bridge over the narrows will reopen on Monday, eight months after a barge struck its pier. " * 4
    + "</p>"
)


def shown(hours: float = 1) -> list[str]:
    return [page.headline for page in pages.listing(pages.Shelf(), now=at(hours), limit=500).pages]


def kinds() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def test_every_field_of_an_item_stands_on_a_version_and_of_a_licence_on_its_row() -> None:
    columns = {column.name for column in Version._meta.get_fields()}
    licence = {column.name for column in LicenceRow._meta.get_fields()}

    assert set(values.Item.__struct_fields__) <= columns
    assert {one.name for one in fields(terms.Licence)} <= licence


def test_a_new_item_is_a_story_with_its_version_carrier_and_events() -> None:
    taken = take(feed(), entry(1))

    assert taken.events == {Kind.NEW: 1}
    assert (Story.objects.count(), Item.objects.count(), Version.objects.count(), Carrier.objects.count()) == (
        1,
        1,
        1,
        1,
    )
    assert kinds() == ["new", "publish"]
    assert shown() == ["Headline 1"]


def test_first_sight_takes_the_newest_twenty_and_knows_the_rest() -> None:
    lantern = feed()
    old = [entry(number, hours=-number) for number in range(1, 31)]

    take(lantern, *old)
    take(lantern, *old, entry(99, hours=-500))

    assert Story.objects.count() == 21
    assert Item.objects.filter(is_baseline=True).count() == 10
    assert "Headline 99" in shown()


def test_a_first_fetch_that_broke_off_leaves_first_sight_to_the_next_one() -> None:
    lantern = feed()
    old = [entry(number, hours=-number) for number in range(1, 31)]

    take(lantern, *old[:3], is_cut=True)
    take(lantern, *old)

    assert Story.objects.count() == 20
    assert Item.objects.filter(is_baseline=True).count() == 10


def test_the_same_bytes_stop_before_parsing() -> None:
    lantern = feed()
    take(lantern, entry(1))

    assert take(lantern, entry(1)).outcome == "same"
    assert Delivery.objects.count() == 1


def test_raw_bytes_come_back_as_they_were() -> None:
    take(feed(), entry(1))

    assert Body.objects.get().raw() == atom([entry(1)])


def test_the_same_text_through_a_second_feed_is_a_sighting_of_one_story() -> None:
    take(feed(), entry(1, body=LONG))
    taken = take(feed("courier"), entry(7, title="Quite another headline", body=LONG, link="https://courier.example/7"))

    assert taken.events == {Kind.SIGHTING: 1}
    assert (Story.objects.count(), Carrier.objects.count()) == (1, 2)
    page = pages.page_of(Story.objects.get().pk, now=at(1))
    assert page and [carrier.name for carrier in page.carriers] == ["Courier"]


def test_the_same_address_with_like_words_is_one_story_too() -> None:
    take(feed(), entry(1, title="Bridge reopens on Monday", link="https://x.example/bridge"))
    take(
        feed("digest"),
        entry(
            2, title="Bridge reopens on Monday", body="<p>Short.</p>", link="http://www.x.example/bridge/?utm_source=d"
        ),
    )

    assert Story.objects.count() == 1


def test_two_copies_in_one_delivery_are_one_story() -> None:
    take(feed(), entry(1, body=LONG), entry(2, body=LONG))

    assert (Story.objects.count(), Carrier.objects.count()) == (1, 2)


def test_a_later_text_updates_the_story_and_keeps_every_version() -> None:
    lantern = feed()
    take(lantern, entry(1))
    take(lantern, entry(1, body="<p>Something quite new. Nothing stands as it did.</p>", updated=1))

    assert Version.objects.count() == 2
    assert kinds() == ["new", "publish", "update"]
    assert "quite new" in Story.objects.get().body


def test_a_correction_is_told_with_its_note() -> None:
    lantern = feed()
    take(lantern, entry(1))
    take(
        lantern,
        entry(1, title="CORRECTED: Headline 1", body="<p>(Corrects number to 2, not 1)</p><p>Right.</p>", updated=1),
        hours=1,
    )

    page = pages.page_of(Story.objects.get().pk, now=at(2))
    assert page and (page.headline, page.labels) == ("Headline 1", ("Corrected",))
    assert [one.text for one in page.corrections] == ["Corrects number to 2, not 1"]
    assert [one.headline for one in pages.corrected(now=at(2))] == ["Headline 1"]


@pytest.mark.parametrize("old", [{}, {"updated": -2.0}])
def test_f20_an_old_snapshot_reverts_nothing(old: dict[str, float]) -> None:
    lantern = feed()
    take(lantern, entry(1, body="<p>First.</p>", **old))
    take(lantern, entry(1, body="<p>Second.</p>", updated=1))
    lantern.refresh_from_db()
    taken = take(lantern, entry(1, body="<p>First.</p>", **old), entry(2))

    assert taken.events[Kind.NOTHING] == 0 and taken.events == {Kind.NEW: 1} or taken.events[Kind.NOTHING] == 1
    assert "Second." in Story.objects.order_by("id")[0].body


def test_f10_a_body_cut_anywhere_deletes_and_shortens_nothing() -> None:
    lantern = feed()
    whole = atom([entry(number) for number in range(1, 6)])
    take(lantern, *[entry(number) for number in range(1, 6)])
    before = list(Story.objects.order_by("id").values_list("headline", "body"))

    for cut in range(60, len(whole), 97):
        lantern.refresh_from_db()
        intake.take(lantern, whole[:cut], now=at(1), url=lantern.url, is_cut=True)

    assert list(Story.objects.order_by("id").values_list("headline", "body"))[:5] == before
    assert Story.objects.exclude(state=State.LIVE).count() == 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)))
def test_f16_deliveries_doubled_and_in_any_order_end_in_the_same_state(
    order: list[int],
) -> None:
    lantern = feed(f"lantern{Feed.objects.count()}")
    states = [
        entry(1, link=f"{lantern.url}/1", title=f"Version {n}", body=f"<p>Text {n}.</p>", updated=float(n))
        for n in range(6)
    ]

    for number in [*order, *order]:
        take(lantern, states[number])

    assert [row.headline for row in Story.objects.filter(feed=lantern)] == ["Version 5"]


def test_f18_a_feed_that_changes_all_its_guids_brings_no_new_stories() -> None:
    lantern = feed(newest=None)
    take(lantern, *[entry(number) for number in range(1, 101)])
    take(lantern, *[entry(number, guid=f"new:{number}") for number in range(1, 101)])

    assert Story.objects.count() == 100


def test_f19_a_guid_used_for_another_story_is_a_new_story_and_told() -> None:
    lantern = feed()
    take(lantern, entry(1, title="Bridge reopens on Monday"))
    take(lantern, entry(1, title="Choir wins prize", body="<p>They sang.</p>", link="https://origin.example/choir"))

    assert sorted(shown()) == ["Bridge reopens on Monday", "Choir wins prize"]
    assert Alert.objects.get().kind == "guid-reused"


def test_f22_what_falls_off_the_end_stays() -> None:
    lantern = feed()
    take(lantern, *[entry(number) for number in range(1, 7)])
    take(lantern, entry(7), entry(6), entry(5), entry(4), entry(3))

    assert len(shown()) == 7


def test_a_feed_that_halves_overwrites_nothing_until_it_says_so_twice() -> None:
    lantern = feed()
    take(lantern, *[entry(number) for number in range(1, 9)])
    changed = entry(1, body="<p>Emptied.</p>", updated=1)

    take(lantern, changed)
    first = Story.objects.get(headline="Headline 1").body
    take(lantern, changed)

    assert "Emptied" not in first
    assert "Emptied" in Story.objects.get(headline="Headline 1").body
    assert Alert.objects.get().kind == "shrunken"


def test_an_empty_text_keeps_the_one_that_was_there_and_is_told() -> None:
    lantern = feed()
    take(lantern, entry(1))
    take(lantern, entry(1, title="New headline", body=" ", updated=1).replace("<content type='html'> </content>", ""))

    row = Story.objects.get()
    assert (row.headline, "Story number 1" in row.body) == ("New headline", True)
    assert "without body" in Alert.objects.get().text


STONE = "<at:deleted-entry ref='urn:1' when='{}'><at:comment>Wrong.</at:comment></at:deleted-entry>"


def test_a_tombstone_kills_and_the_feed_that_still_carries_it_brings_nothing_back() -> None:
    lantern = feed()
    take(lantern, entry(1))
    take(lantern, entry(1), STONE.format(at(1).isoformat()))
    take(lantern, entry(1), entry(2))
    take(feed("courier"), entry(1))

    row = Story.objects.order_by("id")[0]
    page = pages.page_of(row.pk, now=at(2))
    assert page and page.public == "gone"
    assert row.events.get(kind=Kind.KILL).text == "Wrong."
    assert shown() == ["Headline 2"]


def test_a_tombstone_that_comes_first_keeps_its_item_out() -> None:
    lantern = feed()
    take(lantern, STONE.format(at(1).isoformat()))
    take(lantern, entry(1), entry(2))

    assert shown() == ["Headline 2"]


def test_a_killed_item_that_was_never_public_stays_unknown() -> None:
    lantern = feed()
    take(lantern, entry(1, extra=FUTURE))
    take(lantern, entry(1, title="KILL: Headline 1", updated=1))

    row = Story.objects.get()
    assert (row.state, pages.page_of(row.pk, now=at(1))) == (State.KILLED, None)


def test_an_advisory_is_never_published_and_is_told() -> None:
    take(feed(), entry(1, title="ADVISORY: hold on the ferry story"), entry(2))

    assert shown() == ["Headline 2"]
    assert (Story.objects.count(), Item.objects.count()) == (1, 2)
    assert "hold on the ferry story" in Alert.objects.get().text


def test_a_hold_shows_a_notice_and_ends_by_a_later_version() -> None:
    lantern = feed()
    take(lantern, entry(1))
    take(lantern, entry(1, title="HOLD: Headline 1", updated=1))
    held = pages.page_of(Story.objects.get().pk, now=at(1))
    take(lantern, entry(1, body="<p>Checked.</p>", updated=2))

    assert held and (held.public, held.headline) == ("notice", "")
    assert shown() == ["Headline 1"]


def test_another_sources_kill_only_holds_our_story_and_asks() -> None:
    take(feed(), entry(1, body=LONG))
    courier = feed("courier")
    take(courier, entry(9, body=LONG))
    take(courier, entry(9, title="KILL: Headline 9", body=LONG, updated=1))

    assert Story.objects.get().state == State.HELD


def test_i3_nothing_of_an_embargoed_story_is_out_before_its_minute() -> None:
    embargo = f"<prism:embargoDate>{at(5).isoformat()}</prism:embargoDate>"
    take(feed(section="Coast"), entry(1, title="Canary", extra=embargo))
    number = Story.objects.get().pk

    early, late = at(4.99), at(5)
    assert pages.page_of(number, now=early) is None
    assert shown(4.99) == [] and pages.find("Canary", now=early) == ()
    assert list(pages.addresses(now=early)) == [] and pages.shelves("section", now=early) == ()
    assert edit.strike(early) == 0
    assert edit.strike(late) == 1 and edit.strike(late) == 0
    assert shown(5) == ["Canary"]
    assert kinds() == ["new", "publish", "lift"]


def test_i3_an_expired_story_is_gone_from_everything() -> None:
    take(
        feed(
            licence=licence_from(
                {"extent": "full", "selection": "automatic", "outlets": ["site", "feeds"], "keep_days": 1}, "day"
            )
        ),
        entry(1),
    )
    number = Story.objects.get().pk

    page = pages.page_of(number, now=at(25))
    assert page and page.public == "gone"
    assert shown(25) == []
    assert edit.strike(at(25)) == 1
    assert kinds()[-1] == "expire"


@pytest.mark.parametrize(
    ("name", "state", "count"),
    [
        ("headline-and-link", State.LIVE, 1),
        ("agency-contract", State.WAITING, 0),
        ("all-rights-reserved", State.WAITING, 0),
    ],
)
def test_the_licence_says_whether_a_story_goes_out_by_itself(name: str, state: State, count: int) -> None:
    take(feed(licence=PRESETS[name]), entry(1))

    assert (Story.objects.get().state, len(shown())) == (state, count)


def test_feeds_get_only_what_their_outlet_may_have() -> None:
    take(feed(licence=PRESETS["agency-contract"]), entry(1))
    edit.publish(Story.objects.get().pk, by="ines", now=at())

    assert shown() == ["Headline 1"]
    assert pages.listing(pages.Shelf(), now=at(1), surface=Surface.FEEDS).pages == ()


def test_publish_widens_no_licence_and_opens_no_embargo() -> None:
    take(feed(licence=PRESETS["all-rights-reserved"]), entry(1))

    with pytest.raises(edit.NotAllowed, match="allow nothing"):
        edit.publish(Story.objects.get().pk, by="ines", now=at())


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ([edit.hold], State.HELD),
        ([edit.hold, edit.release], State.LIVE),
        ([edit.kill], State.KILLED),
        ([edit.kill, edit.release], State.LIVE),
    ],
)
def test_editors_acts_change_the_state_and_leave_their_name(acts: list[Callable[..., Story]], state: State) -> None:
    take(feed(), entry(1))
    for act in acts:
        act(Story.objects.get().pk, by="ines", now=at(1), reason="because")

    assert Story.objects.get().state == state
    assert list(Event.objects.filter(by="ines").values_list("text", flat=True)) == ["because"] * len(acts)


@pytest.mark.parametrize("act", [edit.publish, edit.release])
def test_an_act_that_does_not_fit_is_refused_in_words(act: Callable[..., Story]) -> None:
    take(feed(), entry(1))

    with pytest.raises(edit.NotAllowed):
        act(Story.objects.get().pk, by="ines", now=at())
    with pytest.raises(edit.NotAllowed, match="There is no story 999"):
        act(999, by="ines", now=at())


def test_a_held_or_killed_story_cannot_be_held_or_killed_again() -> None:
    take(feed(), entry(1))
    number = Story.objects.get().pk
    edit.kill(number, by="ines", now=at())

    for act in (edit.kill, edit.hold):
        with pytest.raises(edit.NotAllowed):
            act(number, by="ines", now=at())


def test_our_headline_survives_an_update_and_the_disclosure_says_so() -> None:
    lantern = feed()
    take(lantern, entry(1))
    number = Story.objects.get().pk
    edit.headline(number, "Our own words", by="ines", now=at())
    take(lantern, entry(1, title="Theirs again", body="<p>New text.</p>", updated=1))

    page = pages.page_of(number, now=at(1))
    assert page and page.headline == "Our own words" and "New text" in page.body
    assert page.disclosure.startswith("Except for the headline, this story has not been edited")
    with pytest.raises(edit.NotAllowed):
        edit.headline(number, "  ", by="ines", now=at())
    assert edit.headline(number, "Our own words", by="ines", now=at()).headline == "Our own words"


def test_bytes_that_cannot_be_read_are_kept_with_their_reason_and_hurt_nothing() -> None:
    lantern = feed()
    take(lantern, entry(1))
    taken = intake.take(lantern, b"<!doctype html><p>Log in", now=at(1))

    refused = Delivery.objects.exclude(error="").get()
    assert (taken.outcome, refused.error, refused.body.raw()) == (
        "refused",
        "HTML page, not a feed",
        b"<!doctype html><p>Log in",
    )
    assert shown() == ["Headline 1"]


def test_lists_are_paged_by_cursor_both_ways() -> None:
    take(feed(newest=None), *[entry(number, hours=-number) for number in range(1, 8)])
    first = pages.listing(pages.Shelf(), now=at(1), limit=3)
    second = pages.listing(pages.Shelf(), now=at(1), limit=3, cursor=first.older)
    back = pages.listing(pages.Shelf(), now=at(1), limit=3, cursor=second.newer)

    assert [page.headline for page in first.pages + second.pages] == [f"Headline {number}" for number in range(1, 7)]
    assert back.pages == first.pages
    assert (
        first.newer == "" and pages.listing(pages.Shelf(), now=at(1), limit=3, cursor="nonsense").pages == first.pages
    )
    last = pages.listing(pages.Shelf(), now=at(1), limit=3, cursor=second.older)
    assert ([page.headline for page in last.pages], last.older) == (["Headline 7"], "")
    older, newer = pages.neighbours(first.pages[1], now=at(1))
    assert older and newer and (older.headline, newer.headline) == ("Headline 3", "Headline 1")


def test_shelves_hold_what_belongs_to_them() -> None:
    take(feed(section="Coast"), entry(1, extra="<category term='Ferry'/>"))

    found = {kind: pages.shelves(kind, now=at(1)) for kind in ("section", "source", "tag", "month")}  # type: ignore[arg-type]  # the four kinds
    assert [names[0].name for names in found.values()][:3] == ["Coast", "Lantern", "Ferry"]
    for kind, names in found.items():
        shelf = pages.shelf(kind, names[0].slug, now=at(1))  # type: ignore[arg-type]  # as above
        assert shelf and len(pages.listing(shelf, now=at(1)).pages) == 1
    assert pages.shelf("month", "2026-13", now=at(1)) is None and pages.shelf("tag", "none", now=at(1)) is None


def test_an_unchanged_delivery_and_a_new_one_take_few_queries() -> None:
    lantern = feed(newest=None)
    some = [entry(number) for number in range(1, 21)]
    with CaptureQueriesContext(
        connection,
    ) as new:
        take(lantern, *some)
    with CaptureQueriesContext(connection) as unchanged:
        take(lantern, *some, "<!-- again -->")

    assert len(new) <= 40
    assert len(unchanged) <= 15


def test_the_store_is_sound_after_all_of_it() -> None:
    take(feed(), entry(1), entry(2))

    assert store.faults() == []
    assert PUBLIC.name == "public-domain"
