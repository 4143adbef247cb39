"""`wiredesk extract` on saved pages, as scripts call it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.test_program import Home
from tests.wires.test_extract import SAID, page


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def saved(tmp_path: Path) -> str:
    path = tmp_path / "page.html"
    path.write_bytes(page(above="<p class='box'>Our correspondents write about ferries every week, all year.</p>"))
    return str(path)


def answers(home: Home, *words: str, stdin: bytes = b"", code: int = 0) -> list[dict[str, Any]]:
    printed = home.run("extract", *words, stdin=stdin, code=code)
    return [json.loads(line) for line in printed.splitlines() if line.startswith("{")]


def test_each_file_is_a_line_in_the_order_of_the_files(home: Home, saved: str, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "huge.html").write_bytes(b"x" * 6 * 2**20)
    files = [str(tmp_path / name) for name in ("empty.html", "none.html", "page.html", "huge.html")]

    found = answers(home, *files, "--url", "https://a.example/1", "--drop", ".box", code=1)

    assert [one["file"] for one in found] == files
    assert (found[0]["text"], found[0]["sure"], found[0]["why"]) == ("", False, ["No copy was found on the page."])
    assert found[1] == {"file": files[1], "error": "No such file or directory"}
    assert (found[2]["text"], found[2]["sure"], found[2]["headline"]) == ("\n".join(SAID), True, "Ferry sails")
    assert found[2]["provenance"] == {"headline": "extractor", "text": "extractor"}
    assert (found[2]["byline"], found[2]["published"], found[2]["image"]) == (None, None, None)
    assert found[3]["error"] == "The page is larger than 5 MB."


def test_a_page_may_come_on_standard_input(home: Home) -> None:
    (found,) = answers(home, "-", "--keep", ".story", stdin=page())

    assert (found["file"], found["text"]) == ("-", "\n".join(SAID))


def test_mistakes_of_usage_leave_with_two(home: Home, saved: str) -> None:
    assert "required: FILE" in home.run("extract", code=2)
    assert "cannot be read" in home.run("extract", saved, "--keep", "p[", code=2)
    assert "CSS selector" in home.run("extract", "--help")


def test_a_page_that_was_saved_packed_is_unpacked(home: Home, tmp_path: Path) -> None:
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(page()))
    (tmp_path / "broken.html.gz").write_bytes(gzip.compress(page())[:-20])
    packed, broken = answers(home, str(tmp_path / "page.html.gz"), str(tmp_path / "broken.html.gz"), code=1)

    assert (packed["text"], broken["error"]) == ("\n".join(SAID), "the packed file is broken")
