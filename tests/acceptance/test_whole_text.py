"""A feed of teasers followed with --whole-text: the page's text on the site, and its correction after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.test_program import Home, get, running, wait_for
from tests.wires.origin import Origin, Reply
from tests.wires.test_extract import SAID, page

HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def origin() -> Iterator[Origin]:
    with Origin() as server:
        yield server


def rss(origin: Origin, title: str) -> bytes:
    return (
        "<rss version='2.0'><channel><title>Courier</title><item><guid isPermaLink='false'>1</guid>"
        f"<title>{title}</title><link>{origin.url}/1</link><description>{SAID[0][:90]}…</description></item></channel></rss>"
    ).encode()


def test_a_teaser_is_read_whole_and_a_correction_of_its_page_followed(home: Home, origin: Origin) -> None:
    origin.serve("/1", Reply(body=page(), headers=HTML))
    address = origin.serve("/feed", Reply(body=rss(origin, "Ferry sails")))
    (followed,) = home.records("follow", address, "--licence", "cc-by", "--whole-text")
    assert followed["whole_text"] is True

    with running(home) as site:
        (row,) = home.records("stories")
        path = row["url"].split("/", 3)[3]
        wait_for(lambda: SAID[-1].encode() in get(f"{site}/{path}")[1])
        assert b"from the page" in get(f"{site}/{path}")[1]

        corrected = [SAID[0].replace("21 people", "22 people"), *SAID[1:]]
        origin.serve("/1", Reply(body=page(said=corrected), headers=HTML))
        origin.serve("/feed", Reply(body=rss(origin, "Ferry sails from Brennet")))
        home.run("poll", "--all", "--force")
        wait_for(lambda: b"22 people" in get(f"{site}/{path}")[1])
        assert b"Corrected" in get(f"{site}/{path}")[1]
    (followed,) = home.records("follow", address, "--no-whole-text")
    assert followed["whole_text"] is False
    assert [path for path, _ in origin.asked].count("/robots.txt") == 1
