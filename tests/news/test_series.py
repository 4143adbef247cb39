"""Numbered wires, and the numbers that are missing."""

from __future__ import annotations

from tests.news.makers import item
from wiredesk.news import series
from wiredesk.news.item import Extra, Item


def message(number: str, day: str = "2026-03-26", name: str = "lna") -> Item:
    return item(extra=(Extra(qname="number", attributes={"series": name, "day": day}, text=number), Extra(qname="x")))


def test_numbers_that_follow_each_other_lack_nothing() -> None:
    assert series.follow({}, [message("0413"), message("0412"), item()]) == ({"lna": ("2026-03-26", 413)}, [])


def test_a_gap_is_told_once_and_as_the_wire_writes_its_numbers() -> None:
    now, one = series.follow({"lna": ("2026-03-26", 412)}, [message("0414")])
    now, more = series.follow(now, [message("0418")])
    late, none = series.follow(now, [message("0413"), message("0416")])

    assert one == ["number lna0413 of 2026-03-26 is missing"]
    assert more == ["numbers lna0415 to lna0417 of 2026-03-26 are missing"]
    assert (late, none) == (now, [])


def test_a_series_counts_anew_every_day_and_each_for_itself() -> None:
    now, gaps = series.follow(
        {"lna": ("2026-03-26", 990)}, [message("0002", "2026-03-27"), message("7", name="spo"), message("0991")]
    )

    assert gaps == []
    assert now == {"lna": ("2026-03-27", 2), "spo": ("2026-03-26", 7)}
