"""When feeds are asked again, and when a redirect is believed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.news.makers import NOON, at
from wiredesk.news import schedule
from wiredesk.news.schedule import Move

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def good(*, quiet: float = 1, max_age: timedelta | None = None, **hints: Any) -> timedelta:
    return schedule.after_good(now=NOON, last_new=at(-quiet), max_age=max_age, hints=hints, jitter=0.5)


def test_a_busy_feed_is_asked_sooner_than_a_quiet_one_within_bounds() -> None:
    assert [good(quiet=hours) for hours in (0.1, 3, 1000)] == [10 * MINUTE, HOUR, 12 * HOUR]
    assert schedule.after_good(now=NOON, last_new=None, max_age=None, hints={}, jitter=0.5) == 10 * MINUTE


def test_what_the_feed_asks_for_is_obeyed_up_to_a_day() -> None:
    assert good(ttl=120) == 2 * HOUR
    assert good(update_period="daily", update_frequency="4") == 6 * HOUR
    assert good(update_period="yearly", update_frequency="x") == DAY
    assert good(max_age=3 * HOUR) == 3 * HOUR


def test_hours_and_days_that_the_feed_names_are_left_out() -> None:
    assert good(skip_hours=[12, 13], quiet=1) == 2 * HOUR
    assert good(skip_days=["Monday"], quiet=1) == 12 * HOUR
    assert good(skip_hours=list(range(24)), quiet=3) == HOUR
    assert good(skip_hours=list(range(1, 24)), skip_days=list(schedule._DAYS[:6]), quiet=3) > 0 * HOUR


def test_a_failing_feed_is_asked_more_slowly_and_never_dropped() -> None:
    waits = [schedule.after_failure(failures=n, retry_after=None, is_gone=False, jitter=0.5) for n in (1, 2, 3, 50)]

    assert waits == [10 * MINUTE, 20 * MINUTE, 40 * MINUTE, DAY]


def test_a_server_that_names_a_time_is_given_it_up_to_a_day() -> None:
    assert schedule.after_failure(failures=1, retry_after=2 * HOUR, is_gone=False, jitter=0.5) == 2 * HOUR
    assert schedule.after_failure(failures=1, retry_after=9 * DAY, is_gone=False, jitter=0.5) == DAY


def test_a_feed_that_is_gone_is_asked_once_a_week() -> None:
    assert schedule.after_failure(failures=1, retry_after=None, is_gone=True, jitter=0.5) == 7 * DAY


def test_polls_are_spread() -> None:
    waits = {schedule.after_failure(failures=1, retry_after=None, is_gone=False, jitter=j) for j in (0.0, 0.5, 1.0)}

    assert sorted(waits) == [9 * MINUTE, 10 * MINUTE, 11 * MINUTE]


def test_f12_a_permanent_redirect_is_believed_after_three_days_the_same() -> None:
    first = schedule.adopt_redirect("a", Move(), "b", NOON)
    second = schedule.adopt_redirect("a", first, "b", at(71))
    third = schedule.adopt_redirect("a", second, "b", at(72))

    assert [one.is_adopted for one in (first, second, third)] == [False, False, True]
    assert schedule.adopt_redirect("a", second, "c", at(72)) == Move(to="c", since=at(72))
    assert schedule.adopt_redirect("a", second, "", at(72)) == Move()
