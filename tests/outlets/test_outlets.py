"""Copies follow their stories to every kind of outlet, through every fault, once, and never when they may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.makers import PUBLIC, at, entry, feed, take
from tests.outlets.newsroom import copies, deliver, outlet, receipts, story
from tests.outlets.places import Mastodon, Place, Webhook, WordPress, said
from wiredesk.desk import edit, joining
from wiredesk.desk.models import Alert, Copy, Licence, Outlet, Receipt
from wiredesk.news.presets import PRESETS

pytestmark = pytest.mark.django_db(transaction=True)
Edited = WordPress | Mastodon
BOTH = pytest.mark.parametrize("make", [WordPress, Mastodon])
ALL = pytest.mark.parametrize("make", [WordPress, Mastodon, Webhook])


def kill(row: Any, hours: float = 1) -> None:
    edit.kill(row.pk, by="ines", now=at(hours), reason="It is not true.")


def actions(place: Webhook) -> list[str]:
    return [one["action"] for one in place.told().values()]


@BOTH
def test_a_story_goes_out_is_corrected_in_place_and_is_taken_down_with_a_receipt_each(
    make: Callable[[], Edited],
) -> None:
    with make() as place:
        outlet(place)
        row = story(title="Ferry sails at nine")
        deliver(0.1)
        first = place.up()
        edit.headline(row.pk, "Ferry sails at ten", by="ines", now=at(0.2))
        deliver(0.3)
        second = place.up()
        kill(row)
        deliver(1)

        assert (len(first), "at nine" in first[0]) == (1, True)
        assert (len(second), "at ten" in second[0]) == (1, True)
        assert place.up() == []
    assert [one[:2] for one in receipts()] == [
        ("publish", "done"),
        ("update", "done"),
        ("retract", "done"),
        ("verify", "gone"),
    ]
    assert [len(sent) for sent in Receipt.objects.order_by("id").values_list("sent", flat=True)] == [64, 64, 64, 0]
    assert copies() == [("gone", False)]
    assert Copy.objects.get().seen == "gone"


def test_a_webhook_is_told_of_each_change_and_of_a_withdrawal_without_its_copy() -> None:
    with Webhook() as place:
        outlet(place)
        row = story(title="Ferry sails at nine")
        deliver(0.1)
        take(feed(), entry(1, title="Ferry sails at ten", updated=0.2))
        deliver(0.3)
        kill(row)
        deliver(1)
        messages = list(place.told().values())

    assert actions(place) == ["publish", "update", "retract"]
    assert messages[0]["item"]["headlines"][0]["value"] == "Ferry sails at nine"
    assert messages[0]["item"]["pubStatus"] == "usable"
    assert [one["event"] for one in messages] == sorted({one["event"] for one in messages})
    assert len({one["uri"] for one in messages}) == 1
    assert (messages[2]["item"]["pubStatus"], "headlines" in messages[2]["item"]) == ("canceled", False)
    assert "Ferry" not in str(messages[2])


@ALL
def test_a_story_that_was_killed_while_the_outlet_was_down_is_never_sent(make: Callable[[], Place]) -> None:
    with make() as place:
        outlet(place)
        place.go_down()
        row, other = story(1, title="Not true at all"), story(2, title="Ferry sails")
        for hours in (0.1, 1, 5, 12):
            deliver(hours)
        kill(row, 13)
        deliver(20)
        place.go_up()
        deliver(24)

        assert b"Not true" not in b"".join(one.body for one in place.asked)
        assert sum(b"Ferry sails" in one.body for one in place.asked) == 1
    assert sorted(copies()) == [("none", False), ("there", False)]
    assert Copy.objects.get(state="there").story == other


def test_an_outlet_that_was_down_for_a_day_is_brought_up_in_the_order_of_events() -> None:
    with Webhook() as place:
        outlet(place)
        place.go_down()
        for number in range(1, 6):
            story(number)
            deliver(number)
        place.go_up()
        deliver(24)

        events = [one["event"] for one in place.told().values()]
    assert (len(events), events) == (5, sorted(events))
    assert Outlet.objects.get().error == ""


@ALL
@pytest.mark.parametrize("fault", ["lost", "half", "slow", "broken"])
def test_a_reply_that_is_lost_does_not_double_the_copy(make: Callable[[], Place], fault: str) -> None:
    with make() as place:
        outlet(place)
        place.faults.append(fault)
        story(title="Ferry sails")
        deliver(0.1)
        between = copies()
        deliver(1)

        assert between in ([("none", True)], [("there", False)])  # an empty answer cannot be cut in half
        if isinstance(place, Webhook):
            assert len(place.told()) == 1
        else:
            assert len(place.up()) == 1  # type: ignore[attr-defined]  # the others have it
    assert copies() == [("there", False)]


def test_a_lost_reply_is_found_again_at_mastodon_after_it_has_forgotten_the_key() -> None:
    with Mastodon() as place:
        outlet(place)
        place.faults.append("lost")
        row = story(title="Ferry sails")
        deliver(0.1)
        place.forgets_keys = True
        edit.headline(row.pk, "Ferry sails at ten", by="ines", now=at(1))
        deliver(3)

        assert len(place.up()) == 1 and "at ten" in place.up()[0]


@BOTH
def test_a_story_killed_after_a_lost_reply_is_looked_for_and_taken_down(make: Callable[[], Edited]) -> None:
    with make() as place:
        outlet(place)
        place.faults.append("lost")
        row = story()
        deliver(0.1)
        assert len(place.up()) == 1
        kill(row)
        deliver(2)

        assert place.up() == []
    assert copies() == [("gone", False)]


def test_retry_after_is_obeyed_even_by_a_kill() -> None:
    with Mastodon() as place:
        outlet(place)
        row = story()
        deliver(0.1)
        place.faults.append("busy")
        place.wait = "7200"
        edit.headline(row.pk, "Ours", by="ines", now=at(0.2))
        deliver(0.2)
        asked = len(place.asked)
        kill(row, 0.3)
        deliver(1)
        assert (len(place.asked), len(place.up())) == (asked, 1)
        deliver(2.3)

        assert place.up() == []


def test_a_kill_does_not_wait_while_an_outlet_rests_by_our_own_choice() -> None:
    with Mastodon() as place:
        outlet(place)
        row = story(1)
        deliver(0.1)
        Outlet.objects.update(rests_until=at(9), failures=9)
        story(2)
        kill(row, 0.2)
        deliver(0.3)

        assert "Headline 1" not in "".join(place.up())
    assert [one[0] for one in receipts()][:3] == ["publish", "retract", "verify"]


def test_kills_go_before_everything_else() -> None:
    with Webhook() as place:
        outlet(place)
        old = story(1)
        deliver(0.1)
        for number in range(2, 8):
            story(number)
        kill(old)
        place.asked.clear()
        deliver(1.1)

        assert "retract" in actions(place)[:2]  # the other lane may have been quicker by one
        assert len(actions(place)) == 7


@BOTH
def test_a_second_copy_whose_reply_was_lost_is_taken_down_though_the_first_is_gone(make: Callable[[], Edited]) -> None:
    with make() as place:
        outlet(place)
        row = story()
        deliver(0.1)
        kill(row)
        deliver(1)
        edit.release(row.pk, by="ines", now=at(2))
        place.faults.extend(["", "", "", "lost"] if isinstance(place, WordPress) else ["lost"])
        deliver(2)
        assert len(place.up()) == 1
        kill(row, 3)
        deliver(4)

        assert place.up() == []
    assert copies() == [("gone", False)]


def test_what_an_outlet_says_is_plain_text_and_its_addresses_are_addresses() -> None:
    class Hostile(WordPress):
        def _shown(self, number: int) -> dict[str, Any]:
            return {**super()._shown(number), "link": "javascript:alert(1)"}

    with Hostile() as place:
        outlet(place)
        story()
        deliver(0.1)
    with Mastodon() as other:
        outlet(other)
        other.did = lambda asked: said(422, {"error": "No\n2026 ERROR \x1b[31m<script>"})  # type: ignore[method-assign]  # as it likes
        story(2)
        deliver(1)

    assert Copy.objects.get(outlet__kind="wordpress", story__headline="Headline 1").remote_url == ""
    assert Copy.objects.get(outlet__kind="mastodon").error == "Mastodon says: No 2026 ERROR [31m<script>"


def test_a_story_that_was_held_when_it_came_goes_out_when_its_source_lifts_the_hold() -> None:
    with Webhook() as place:
        outlet(place)
        row = story(1)
        edit.hold(row.pk, by="ines", now=at(0.1))
        deliver(0.2)
        edit.release(row.pk, by="ines", now=at(1))
        deliver(1)

        assert actions(place) == ["publish"]


@BOTH
def test_a_held_story_comes_down_and_comes_back_when_it_is_released(make: Callable[[], Edited]) -> None:
    with make() as place:
        outlet(place)
        row = story()
        deliver(0.1)
        edit.hold(row.pk, by="ines", now=at(1))
        deliver(1)
        held = place.up()
        edit.release(row.pk, by="ines", now=at(2))
        deliver(2)

        assert (held, len(place.up())) == ([], 1)
        if isinstance(place, WordPress):
            assert list(place.posts) == [11]  # the same post, at the same address


@BOTH
def test_a_killed_story_that_an_editor_releases_is_a_new_copy(make: Callable[[], Edited]) -> None:
    with make() as place:
        outlet(place)
        row = story()
        deliver(0.1)
        kill(row)
        deliver(1)
        edit.release(row.pk, by="ines", now=at(2))
        deliver(2)

        assert len(place.up()) == 1
    assert Copy.objects.get().round == 1


@BOTH
def test_what_was_deleted_at_the_outlet_by_hand_is_not_put_back(make: Callable[[], Edited]) -> None:
    with make() as place:
        outlet(place)
        row = story()
        deliver(0.1)
        (place.posts if isinstance(place, WordPress) else place.statuses).clear()
        edit.headline(row.pk, "Ours", by="ines", now=at(1))
        deliver(1)

        assert place.up() == []
    assert copies() == [("gone", False)]
    assert "any more" in Copy.objects.get().error


def test_one_story_that_an_outlet_refuses_does_not_stop_the_others() -> None:
    with Webhook(status=422) as place:
        outlet(place)
        story(1)
        deliver(0.1)
        place.status = 200
        story(2)
        deliver(0.1)
        assert copies() == [("none", True), ("there", False)]
        deliver(1)

    assert copies() == [("there", False), ("there", False)]


def test_the_desk_is_told_where_an_outlet_does_not_let_us_in() -> None:
    with Mastodon() as place:
        row = outlet(place)
        Outlet.objects.update(sealed="")
        story()
        deliver(0.1)

    assert Outlet.objects.get(pk=row.pk).error.startswith("Mastodon does not let us in.")
    assert "does not let us in" in Alert.objects.get(kind="outlet").text


def test_a_licence_that_does_not_open_the_outlet_sends_nothing() -> None:
    with Webhook() as place:
        outlet(place)
        story(licence=PRESETS["headline-and-link"])
        row = Licence.objects.get(name="headline-and-link")
        deliver(0.1)

        is_open = "channels" in row.outlets
        assert bool(place.asked) is is_open


def test_terms_that_are_narrowed_take_copies_down_without_an_event() -> None:
    with WordPress() as place:
        outlet(place)
        story()
        deliver(0.1)
        assert len(place.up()) == 1
        Licence.objects.filter(name=PUBLIC.name).update(outlets=["site"])
        deliver(1)  # the sweep finds it
        deliver(1.1)

        assert place.up() == []


def test_an_embargoed_story_goes_out_when_its_time_has_come() -> None:
    with Webhook() as place:
        outlet(place)
        until = at(5).strftime("%Y-%m-%dT%H:%M:%SZ")
        story(extra=f"<prism:embargoDate>{until}</prism:embargoDate>")
        deliver(1)
        early = actions(place)
        edit.strike(at(5))
        deliver(5.1)

        assert (early, actions(place)) == ([], ["publish"])


def test_a_joined_story_is_taken_down_where_the_other_stands() -> None:
    with WordPress() as place:
        outlet(place)
        one, other = story(1, title="Ferry sails"), story(2, title="Quite other")
        deliver(0.1)
        joining.join(one.pk, other.pk, by="ines", now=at(1))
        deliver(1)

        assert place.up() == ["Quite other"]


def test_a_sighting_and_an_unchanged_page_cost_no_request() -> None:
    with WordPress() as place:
        outlet(place)
        story(1)
        deliver(0.1)
        asked = len(place.asked)
        take(feed("courier"), entry(1, guid="urn:other"))
        deliver(0.2)

        assert len(place.asked) == asked
    assert copies() == [("there", False)]


def test_a_new_outlet_gets_nothing_of_before_its_day_not_even_a_correction() -> None:
    with Webhook() as place:
        row = story(1)
        outlet(place, hours=0.5)
        edit.headline(row.pk, "Ours", by="ines", now=at(1))
        deliver(1)
        take(feed(), entry(2), hours=1.5)
        deliver(2)

        assert [one["item"]["headlines"][0]["value"] for one in place.told().values()] == ["Headline 2"]


def test_an_outlet_can_want_some_sections_and_sources_only() -> None:
    with Webhook() as one:
        outlet(one, sources="courier")
        story(1)
        take(feed("courier"), entry(2))
        deliver(0.1)

        assert [told["item"]["headlines"][0]["value"] for told in one.told().values()] == ["Headline 2"]


def test_a_paused_outlet_is_sent_nothing_and_goes_on_with_what_is_right_then() -> None:
    with Webhook() as place:
        outlet(place)
        Outlet.objects.update(is_paused=True)
        row = story(1)
        story(2)
        deliver(1)
        kill(row, 2)
        deliver(2)
        asked = len(place.asked)
        Outlet.objects.update(is_paused=False)
        deliver(3)

        assert (asked, actions(place)) == (0, ["publish"])


def test_what_is_still_there_after_it_was_taken_down_is_taken_down_again() -> None:
    class Stubborn(WordPress):
        """Says that it deletes, and does not, the first time."""

        def _one(self, asked: Any, number: int, query: str, *, is_in: bool) -> Any:
            if asked.method == "DELETE" and len(self.made("DELETE")) == 1:
                return super()._one(type(asked)("GET", asked.path, asked.headers), number, query, is_in=True)
            return super()._one(asked, number, query, is_in=is_in)

    with Stubborn() as place:
        outlet(place)
        row = story()
        deliver(0.1)
        kill(row)
        deliver(1)
        still = place.up()
        deliver(1.1)

        assert (len(still), place.up()) == (1, [])
    assert [one[:2] for one in receipts()][-4:] == [
        ("retract", "done"),
        ("verify", "there"),
        ("retract", "done"),
        ("verify", "gone"),
    ]
