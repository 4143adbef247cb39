"""`wiredesk same` on files, as scripts and people call it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.test_program import Home
from tests.news.copytexts import CHINESE, OTHER, STORY, without


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def written(folder: Path, **texts: str) -> list[str]:
    """Files by name; a _ in the name is its point."""
    paths = {name: folder / name.replace("_", ".") for name in texts}
    for name, text in texts.items():
        paths[name].write_text(text, encoding="utf-8")
    return [str(path) for path in paths.values()]


def answers(home: Home, *words: str, code: int = 0) -> list[dict[str, Any]]:
    return [json.loads(line) for line in home.run("same", *words, code=code).splitlines() if line.startswith("{")]


def test_two_files_are_compared_and_their_passages_shown(home: Home, tmp_path: Path) -> None:
    files = written(tmp_path, a_txt=STORY, b_txt=without(STORY, 1))

    printed = home.run("same", *files)

    assert "same copy (text): " in printed
    assert "100% of the second in the first" in printed
    assert "words: “The swing bridge over the narrows reopened" in printed


def test_text_pages_and_wire_files_are_compared_with_each_other(home: Home, tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n"))
    item = f"<item><guid>g</guid><title>Bridge</title><description><![CDATA[{paragraphs}]]></description></item>"
    files = written(
        tmp_path,
        a_txt=STORY,
        b_html=f"<html><head><title>Bridge</title></head><body><p>HARROW BAY (AP) - </p>{paragraphs}</body></html>",
        c_xml=f"<rss version='2.0'><channel>{item}</channel></rss>",
        d_txt=OTHER,
    )

    found = answers(home, "--json", *files)

    assert [(one["a"], one["b"]) for one in found if one["sure"]] == [
        (files[0], files[1]),
        (files[0], "g"),
        (files[1], "g"),
    ]
    assert [one["verdict"] for one in found if files[3] == one["b"]] == ["not"] * 3


def test_passages_say_where_they_stand(home: Home, tmp_path: Path) -> None:
    other = f"{OTHER}\n{STORY}"

    (found,) = answers(home, "--json", *written(tmp_path, a_txt=STORY, b_txt=other))

    for passage in found["passages"]:
        assert STORY[slice(*passage["a"])] == passage["text"]
        assert other[slice(*passage["b"])] == passage["text"]
    assert found["a_in_b"] == found["containment"] == 1
    assert 0 < found["b_in_a"] < 1
    assert found["shared_marks"] > 6


def test_json_lines_are_answered_pair_by_pair(home: Home, tmp_path: Path) -> None:
    lines = [("one", STORY), (2, without(STORY, 2)), (3, OTHER), (4, ""), (5, CHINESE), (6, f"{OTHER[:200]} {CHINESE}")]
    rows = [json.dumps({"id": called, "title": "Bridge", "text": text}) for called, text in lines]
    files = written(tmp_path, copy_jsonl="\n".join([*rows, "no JSON"]))

    found = answers(home, *files, code=1)

    assert found[0]["error"] == "line 7 is no JSON object"
    assert {(one["a"], one["b"]) for one in found[1:] if one["same"]} == {("one", 2), (5, 6)}
    assert len(found) == 1 + 15
    assert {one["verdict"] for one in found[1:] if 4 in (one["a"], one["b"])} == {"cannot tell"}
    assert "passages" not in found[1]
    assert "passages" in answers(home, "--passages", *files, code=1)[1]


def test_of_many_lines_only_those_that_share_something_are_answered(home: Home, tmp_path: Path) -> None:
    many = [f"Number {number} came to Harrow Bay by boat {number} and left. " * 12 for number in range(50)]
    rows = [json.dumps({"id": place, "text": text}) for place, text in enumerate([STORY, *many, without(STORY, 0)])]

    found = answers(home, *written(tmp_path, copy_jsonl="\n".join(rows)))

    assert [(one["a"], one["b"], one["same"]) for one in found] == [(0, 51, True)]


def test_what_two_files_call_alike_is_told_apart(home: Home, tmp_path: Path) -> None:
    feed = "<rss version='2.0'><channel><item><guid>g</guid><description>{}</description></item></channel></rss>"
    files = written(tmp_path, a_xml=feed.format(STORY), b_xml=feed.format(OTHER), c_xml=feed.format(STORY))

    found = answers(home, "--json", *files)

    assert [(one["a"], one["b"], one["same"]) for one in found] == [
        (f"{files[0]} g", f"{files[1]} g", False),
        (f"{files[0]} g", f"{files[2]} g", True),
        (f"{files[1]} g", f"{files[2]} g", False),
    ]


def test_mistakes_are_told_in_one_line(home: Home, tmp_path: Path) -> None:
    (text,) = written(tmp_path, a_txt=STORY)

    assert "nothing to compare it with" in home.run("same", text, code=2)
    assert "1 could not be read" in home.run("same", text, str(tmp_path / "none.txt"), code=1)
    assert "required: FILE" in home.run("same", code=2)


def test_the_help_says_what_the_core_does(home: Home) -> None:
    from wiredesk.management.commands.same import FEW
    from wiredesk.news import match, wording

    said = " ".join(home.run("same", "--help").split())

    assert f"from {match.SAME:.0%}".replace("%", " %") in said
    assert f"from {match.ASK:.0%}".replace("%", " %") in said
    assert f"under {wording.SHORT} words" in said
    assert f"up to {FEW} pieces" in said


def test_five_megabytes_are_compared_in_a_moment(home: Home, tmp_path: Path) -> None:
    files = written(tmp_path, a_txt=STORY * 4_500, b_txt=CHINESE * 9_000, c_txt="x" * 5_000_000)
    begun = time.perf_counter()

    home.run("same", *files)

    assert time.perf_counter() - begun < 15  # the program's start and a busy machine included
