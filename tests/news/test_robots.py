"""robots.txt, as RFC 9309 has it."""

from __future__ import annotations

import time

import pytest

from wiredesk.news import robots

RULES = """\ufeff# of the Courier
Disallow: /nobody

User-agent: *
Disallow: /private/
Allow: /private/open$
Crawl-delay: 10

User-Agent: Wiredesk/1.0 (+https://a.example)
User-agent: otherbot
Disallow: /news/*/draft   # drafts
Allow: /news/1/draft
Disallow: /*.pdf$
Disallow:
nonsense

User-agent: wiredesk
Disallow: /caf%c3%a9
Disallow: /search?q=
"""


def allows(path: str, text: str = RULES, agent: str = "Wiredesk") -> bool:
    return robots.read(text, agent).allows(f"https://a.example{path}")


@pytest.mark.parametrize(
    ("path", "is_allowed"),
    [
        ("/", True),
        ("", True),
        ("/nobody", True),
        ("/private/x", True),
        ("/news/2/draft", False),
        ("/news/2/3/draft/x", False),
        ("/news/1/draft", True),
        ("/news/2/story", True),
        ("/a.pdf", False),
        ("/a.pdf?x=1", True),
        ("/café", False),
        ("/caf%C3%A9/x", False),
        ("/search?q=ferry", False),
        ("/search", True),
        ("/robots.txt", True),
    ],
)
def test_all_groups_that_name_us_hold_and_the_longest_rule_wins(path: str, is_allowed: bool) -> None:
    assert allows(path) is is_allowed


@pytest.mark.parametrize(
    ("path", "is_allowed"), [("/private/x", False), ("/private/open", True), ("/private/open/x", False)]
)
def test_robots_that_are_not_named_follow_the_rules_for_all(path: str, is_allowed: bool) -> None:
    assert allows(path, agent="Somebody") is is_allowed


@pytest.mark.parametrize(
    "text",
    ["", "User-agent: wiredesk\nDisallow:", "User-agent: wiredesk\n", "Disallow: /", "User-agent: (odd)\nDisallow: /"],
)
def test_what_forbids_nothing_allows_all(text: str) -> None:
    assert allows("/news", text)


@pytest.mark.parametrize(
    ("pattern", "path", "is_allowed"),
    [
        ("/a*b$", "/axb", False),
        ("/a*x", "/abc", True),
        ("/a*b$", "/axbx", True),
        ("/a*b$", "/abab", False),
        ("/a*$", "/a", False),
        ("/a$", "/a", False),
        ("/a$", "/ab", True),
        ("/ab*b$", "/ab", True),
    ],
)
def test_stars_and_ends(pattern: str, path: str, is_allowed: bool) -> None:
    assert allows(path, f"User-agent: *\nDisallow: {pattern}") is is_allowed


def test_of_rules_of_one_length_the_one_that_allows_wins() -> None:
    assert allows("/page", "User-agent: *\nDisallow: /page\nAllow: /page")


def test_everything_and_nothing() -> None:
    assert robots.EVERYTHING.allows("https://a.example/x")
    assert not robots.NOTHING.allows("https://a.example/x")


def test_hostile_rules_are_read_in_a_moment_and_forbid_rather_more() -> None:
    text = "User-agent: *\n" + f"Disallow: /{'*a' * 1_000}b\n" * 300 + "x" * 10**6

    begun = time.perf_counter()
    assert not allows("/" + "a" * 5_000, text)
    assert time.perf_counter() - begun < 1
