"""What is to become of a copy, and what an answer means for it: tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from wiredesk.news import call, outgoing
from wiredesk.news.outgoing import After, Deed, Outcome, Place, Post, Whereabouts
from wiredesk.news.page import Page
from wiredesk.news.story import Kind, Name

NOW = datetime(2026, 11, 5, 9, tzinfo=UTC)
PAGE = Page(id=1, code="abcdefgh", path="/story/1/x/", public="shown", headline="Ferry sails")
OTHER = replace(PAGE, headline="Ferry sails at ten")
GONE = Page(id=1, code="abcdefgh", path="/story/1/x/", public="gone")
PRINT = outgoing.fingerprint(PAGE)
NEVER, UNSURE = Whereabouts(), Whereabouts(is_unsure=True)
THERE = Whereabouts(state="there", fingerprint=PRINT)
SHAKY = Whereabouts(state="there", fingerprint=PRINT, is_unsure=True)
TAKEN, TOLD = Whereabouts(state="gone"), Whereabouts(state="told")


def post(deed: Deed = Deed.PUBLISH) -> Post:
    return Post(
        deed=deed, key="k", copy_key="c", event=5, what="publish", uri="https://d.example/s/abcdefgh", story=1,
        site_url="https://d.example", site_name="Desk", status="usable", at=NOW,
    )  # fmt: skip


def after(outcome: Outcome, copy: Whereabouts = NEVER, deed: Deed = Deed.PUBLISH, **given: Any) -> After:
    return outgoing.after(post(deed), outcome, copy, **{"tries": 1, "failures": 1, "jitter": 0.5, **given})


@pytest.mark.parametrize(
    ("page", "copy", "deed"),
    [
        (PAGE, NEVER, Deed.PUBLISH),
        (PAGE, UNSURE, Deed.PUBLISH),
        (PAGE, TAKEN, Deed.PUBLISH),
        (PAGE, TOLD, Deed.PUBLISH),
        (PAGE, THERE, Deed.NOTHING),
        (PAGE, SHAKY, Deed.UPDATE),
        (OTHER, THERE, Deed.UPDATE),
        (None, NEVER, Deed.NOTHING),
        (None, TAKEN, Deed.NOTHING),
        (None, TOLD, Deed.NOTHING),
        (None, UNSURE, Deed.RETRACT),
        (None, THERE, Deed.RETRACT),
        (GONE, THERE, Deed.RETRACT),
    ],
)
def test_what_has_to_be_done(page: Page | None, copy: Whereabouts, deed: Deed) -> None:
    assert outgoing.deed_for(page, copy) == deed


@pytest.mark.parametrize(("copy", "deed"), [(NEVER, Deed.NOTHING), (UNSURE, Deed.PUBLISH), (THERE, Deed.UPDATE)])
def test_what_an_outlet_does_not_want_is_not_sent_but_what_it_has_is_kept_up(copy: Whereabouts, deed: Deed) -> None:
    assert outgoing.deed_for(OTHER, copy, is_chosen=False) == deed


def test_a_fingerprint_is_of_what_outlets_show_and_of_nothing_else() -> None:
    more = replace(PAGE, carriers=(Name(name="Courier"),), why=("Because.",), has_card=False)

    assert outgoing.fingerprint(more) == PRINT
    assert outgoing.fingerprint(OTHER) != PRINT
    assert outgoing.fingerprint(replace(PAGE, body="\ud800")) != PRINT


def test_keys_are_the_same_for_the_same_and_other_for_other() -> None:
    assert outgoing.key_of(1, "a") == outgoing.key_of(1, "a") != outgoing.key_of(1, "b")


@pytest.mark.parametrize(("kind", "brings"), [(Kind.PUBLISH, True), (Kind.LIFT, True), (Kind.CORRECTION, False)])
def test_only_what_lets_a_story_out_brings_it_to_a_new_outlet(kind: Kind, brings: bool) -> None:
    assert outgoing.brings(kind) is brings


@pytest.mark.parametrize(
    ("deed", "result", "copy", "state", "is_settled"),
    [
        (Deed.PUBLISH, "done", UNSURE, "there", True),
        (Deed.UPDATE, "done", SHAKY, "there", True),
        (Deed.RETRACT, "done", THERE, "gone", True),
        (Deed.RETRACT, "missing", UNSURE, "gone", True),
        (Deed.RETRACT, "told", THERE, "told", True),
        (Deed.UPDATE, "missing", THERE, "gone", True),
        (Deed.UPDATE, "missing", SHAKY, "gone", False),
        (Deed.UPDATE, "cannot", THERE, "there", True),
    ],
)
def test_what_is_settled(deed: Deed, result: Any, copy: Whereabouts, state: str, is_settled: bool) -> None:
    then = after(Outcome(result=result), copy, deed)

    assert (then.state, then.is_settled, then.is_unsure, then.rest) == (state, is_settled, False, None)


def test_a_refused_copy_waits_longer_each_time_and_the_desk_is_told_once() -> None:
    waits = [after(Outcome(result="refused"), tries=tries) for tries in (1, 2, 3, 20)]

    assert [then.wait for then in waits] == [timedelta(minutes=one) for one in (1, 4, 16, 360)]
    assert [then.is_told for then in waits] == [False, False, True, False]
    assert after(Outcome(result="refused"), UNSURE).is_unsure and not waits[0].rest


def test_a_refused_withdrawal_is_tried_every_minute() -> None:
    assert after(Outcome(result="refused"), THERE, Deed.RETRACT, tries=9).wait == timedelta(minutes=1)


@pytest.mark.parametrize(
    ("asked", "rest", "is_asked"), [(None, 20, False), (0, 20, False), (2, 5, True), (900, 900, True), (10**6, 86_400, True)]
)  # fmt: skip
def test_a_wait_that_is_asked_for_is_kept(asked: int | None, rest: int, is_asked: bool) -> None:
    retry_after = timedelta(seconds=asked) if asked is not None else None
    then = after(Outcome(result="busy", retry_after=retry_after), failures=3)

    assert (then.rest, then.is_asked) == (timedelta(seconds=rest), is_asked)


def test_an_outlet_that_bars_us_is_tried_again_soon_then_seldom_and_the_desk_is_told_once() -> None:
    first, later = after(Outcome(result="barred")), after(Outcome(result="barred"), failures=2)

    assert (first.rest, later.rest) == (timedelta(seconds=5), timedelta(minutes=15))
    assert (first.is_told, later.is_told) == (True, False)


def test_an_outlet_that_is_down_rests_longer_each_time_up_to_a_quarter_of_an_hour() -> None:
    rests = [after(Outcome(result="down"), failures=failures).rest for failures in (0, 1, 2, 3, 50)]

    assert rests == [timedelta(seconds=one) for one in (5, 5, 10, 20, 900)]


def test_jitter_spreads_a_rest_by_a_fifth_each_way() -> None:
    rests = [after(Outcome(result="down"), jitter=jitter).rest for jitter in (0.0, 1.0)]

    assert rests == [timedelta(seconds=4), timedelta(seconds=6)]


def test_what_was_not_sent_leaves_no_doubt_and_what_was_does() -> None:
    assert not after(Outcome(result="down")).is_unsure
    assert after(Outcome(result="down"), UNSURE).is_unsure
    assert after(Outcome(result="unsure")).is_unsure
    assert after(Outcome(result="unsure"), THERE).state == "there"


def test_a_withdrawal_that_fails_waits_a_minute_at_most_and_the_desk_is_told() -> None:
    then = [after(Outcome(result="down"), THERE, Deed.RETRACT, tries=tries) for tries in (1, 3, 30)]

    assert [one.wait for one in then] == [timedelta(seconds=one) for one in (5, 20, 60)]
    assert [one.is_told for one in then] == [False, True, False]
    assert after(Outcome(result="down")).wait is None


def test_secrets_stand_in_no_text_of_a_value() -> None:
    values = (
        Place(address="https://a.example", secret="canary"),
        call.Call(method="GET", url="https://a.example", headers={"Authorization": "canary"}),
        call.Mail(host="a", port=25, security="tls", sender="a", recipients=(), message=b"canary", password="canary"),
    )

    assert "canary" not in repr(values)


def test_an_undelivered_call_says_whether_it_may_have_arrived() -> None:
    error = call.Undelivered("It broke off.", was_sent=True)

    assert (str(error), error.was_sent) == ("It broke off.", True)
    assert call.Reply(status=200).body == b""
