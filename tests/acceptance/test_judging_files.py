"""`wiredesk credit` and `wiredesk names` on files, as scripts call them."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.test_program import Home

LINES = [
    {"id": 1, "title": "Ferry sails", "text": "NICE (AFP) - The ferry sailed.", "byline": ["Jane Roe", None]},
    {"id": "two", "title": "Kim Jong Un speaks", "text": "The leader Kim Jung Un told AFP so.", "url": None},
    {"id": 3, "title": "Ferry sails", "text": "The ferry sailed. \ud800", "url": "https://a.example/ap/ferry"},
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def lines(tmp_path: Path) -> str:
    path = tmp_path / "copy.jsonl"
    path.write_text("\n".join([*map(json.dumps, LINES), "", "no JSON", "[]"]) + "\n")
    return str(path)


def answers(home: Home, *words: str, code: int = 0) -> list[dict[str, Any]]:
    printed = home.run(*words, code=code)
    return [json.loads(line) for line in printed.splitlines() if line.startswith("{")]


def test_credit_answers_line_by_line_and_goes_on_after_a_bad_one(home: Home, lines: str) -> None:
    found = answers(home, "credit", lines, code=1)

    assert [(one["id"], one.get("origin"), one.get("role")) for one in found] == [
        (1, "AFP", "origin"),
        ("two", None, "mention"),
        (3, "AP", "origin"),
        (None, None, None),
        (None, None, None),
    ]
    assert found[0]["why"] == "leading credit: “NICE (AFP) -”"
    assert found[3]["error"] == "line 5 is no JSON object"


def test_names_answers_line_by_line(home: Home, lines: str) -> None:
    found = answers(home, "names", lines, code=1)

    assert [one.get("alerts") and one["alerts"][0]["spellings"] for one in found[:3]] == [
        [],
        ["Kim Jong Un", "Kim Jung Un"],
        [],
    ]


def test_text_pages_and_wire_files_are_copy_too(home: Home, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("BERLIN (dpa) - Die Fähre fuhr ab.\n")
    (tmp_path / "b.html").write_text("<html><head><title>Ferry</title></head><p>(Reuters) - It sailed.</p></html>")
    (tmp_path / "c.xml").write_text(
        "<rss version='2.0'><channel><item><guid>g</guid><description>It sailed. (ANSA)</description></item></channel></rss>"
    )
    files = [str(tmp_path / name) for name in ("a.txt", "b.html", "c.xml")]

    found = answers(home, "credit", "--json", *files)
    said = home.run("credit", files[0])

    assert [one["origin"] for one in found] == ["dpa", "Reuters", "ANSA"]
    assert said.startswith(f"{files[0]}: origin dpa: leading credit: “BERLIN (dpa) -”\n")
    assert home.run("credit", "-", "--url", "https://a.example/afp/x").startswith("-: origin AFP")


def test_several_files_are_carriers_of_one_story(home: Home, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Emmanuel Macron came.")
    (tmp_path / "b.txt").write_text("Emanuel Macron came.")
    files = [str(tmp_path / name) for name in ("a.txt", "b.txt")]

    (together,) = answers(home, "names", "--json", *files)
    apart = answers(home, "names", "--json", "--apart", *files)

    assert together["id"] == files
    assert together["alerts"][0]["spellings"] == ["Emmanuel Macron", "Emanuel Macron"]
    assert [one["alerts"] for one in apart] == [[], []]
    assert "Emmanuel Macron / Emanuel Macron" in home.run("names", *files)


def test_the_archive_and_the_house_are_files(home: Home, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nicholas Sarkozy came.")
    (tmp_path / "archive.tsv").write_text("Nicolas Sarkozy\t40\n\nJane Roe\n")
    (tmp_path / "house.toml").write_text('equal = [["Nicolas", "Nicholas"]]\n')
    words = ("names", "--json", str(tmp_path / "a.txt"), "--archive", str(tmp_path / "archive.tsv"))

    (found,) = answers(home, *words)
    (silent,) = answers(home, *words, "--house", str(tmp_path / "house.toml"))

    assert found["alerts"][0]["suggest"] == "Nicolas Sarkozy"
    assert silent["alerts"] == []


def test_lines_of_one_story_can_be_judged_together(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "copy.jsonl"
    path.write_text('{"id": 1, "text": "Emmanuel Macron came."}\n{"id": 2, "text": "Emanuel Macron came."}\n')

    (found,) = answers(home, "names", "--together", str(path))

    assert found["id"] == [1, 2]
    assert len(found["alerts"]) == 1


def test_mistakes_are_told_in_one_line(home: Home, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing.")
    (tmp_path / "bad.tsv").write_text("Jane Roe\tmany\n")
    (tmp_path / "latin.toml").write_bytes(b"equal = [['\xe9']]")
    text, none = str(tmp_path / "a.txt"), str(tmp_path / "none.txt")

    assert "1 could not be read" in home.run("credit", none, code=1)
    assert "No such file" in home.run("names", none, code=1)
    assert "line 1 has no count" in home.run("names", text, "--archive", str(tmp_path / "bad.tsv"), code=1)
    assert "no text in UTF-8" in home.run("names", text, "--house", str(tmp_path / "latin.toml"), code=1)
    assert "cannot be read" in home.run("names", text, "--house", str(tmp_path / "bad.tsv"), code=1)
    assert "required: FILE" in home.run("names", code=2)


def test_five_megabytes_are_judged_in_a_moment(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_text("Emmanuel Macron told AFP so. Emanuel Macron left.\n" * 100_000)

    for command in ("credit", "names"):
        begun = time.perf_counter()
        home.run(command, str(path))
        assert time.perf_counter() - begun < 10  # the program's start and a busy machine included
