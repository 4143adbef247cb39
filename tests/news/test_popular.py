"""Who is counted as a reader, and for how long a visit is known."""

from __future__ import annotations

import pytest

from tests.news.makers import NOON, at
from wiredesk.news import popular

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_a_browser_is_a_reader() -> None:
    assert popular.is_reader(BROWSER)


@pytest.mark.parametrize(
    "agent", ["", "curl/8", "Mozilla/5.0 (compatible; Googlebot/2.1)", "Mozilla/5.0 HeadlessChrome/130", "WhatsApp/2"]
)
def test_robots_previews_and_tools_are_not(agent: str) -> None:
    assert not popular.is_reader(agent)


def test_prefetches_and_other_methods_are_not() -> None:
    assert not popular.is_reader(BROWSER, purpose="prefetch;prerender")
    assert not popular.is_reader(BROWSER, method="HEAD")


def test_a_visit_is_known_only_while_its_salt_lives() -> None:
    assert popular.visit_key("1.2.3.4", BROWSER, 7, salt=b"a") == popular.visit_key("1.2.3.4", BROWSER, 7, salt=b"a")
    assert popular.visit_key("1.2.3.4", BROWSER, 7, salt=b"a") != popular.visit_key("1.2.3.4", BROWSER, 7, salt=b"b")


def test_windows_begin_where_they_say() -> None:
    assert popular.WINDOWS["day"].since(NOON) == at(-24)
    assert popular.WINDOWS["all"].since(NOON) is None
    assert popular.hour_of(at(0.7)) == NOON
