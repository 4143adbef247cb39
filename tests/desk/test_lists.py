"""The lists that come with Wiredesk."""

from __future__ import annotations

from wiredesk.desk import lists


def test_the_shipped_lists_are_read_once() -> None:
    assert lists.known_agencies() is lists.known_agencies()
    assert lists.known_names() is lists.known_names()


def test_sixty_news_agencies_and_more_are_known() -> None:
    assert sum(not one.service for one in lists.known_agencies().all) >= 60
