"""Numbered wires: every transmission has a number, and one that is missing was lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wiredesk.news.item import Extra, Item

QNAME = (
    "number"  # of the Extra in which a text wire's format keeps it: attributes `series` and `day`, the digits as text
)
Last = Mapping[str, tuple[str, int]]  # by series: the day and the highest number that came


def follow(last: Last, items: Iterable[Item]) -> tuple[dict[str, tuple[str, int]], list[str]]:
    """The highest numbers after these items, and a sentence for each gap. A series counts anew every day."""
    now = dict(last)
    gaps = []
    for said in sorted(_numbers(items), key=lambda one: (one.attributes.get("day", ""), int(one.text))):
        series, day, number = said.attributes.get("series", ""), said.attributes.get("day", ""), int(said.text)
        known_day, known = now.get(series, ("", 0))
        if day < known_day or (day == known_day and number <= known):
            continue  # a late one fills a gap that was told already
        if day == known_day and number > known + 1:
            gaps.append(_missing(series, day, known + 1, number - 1, len(said.text)))
        now[series] = (day, number)
    return now, gaps


def _numbers(items: Iterable[Item]) -> Iterable[Extra]:
    return (extra for item in items for extra in item.extra if extra.qname == QNAME and extra.text.isdecimal())


def _missing(series: str, day: str, first: int, last: int, width: int) -> str:
    if first == last:
        return f"number {series}{first:0{width}} of {day} is missing"
    return f"numbers {series}{first:0{width}} to {series}{last:0{width}} of {day} are missing"
