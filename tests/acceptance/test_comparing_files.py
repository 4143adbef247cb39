"""`wiredesk diff` and `wiredesk merge` on files, as scripts and people call them."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.test_program import WIREDESK, Home

OLD = "The ferry carried 21 people.\n\nIt rained all day in Harrow Bay.\n\nLATE\n"
NEW = OLD.replace("21", "12").replace("all day", "all night")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def files(folder: Path, *texts: str | bytes) -> list[str]:
    paths = [folder / f"{number}.txt" for number, _ in enumerate(texts)]
    for path, text in zip(paths, texts, strict=True):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [str(path) for path in paths]


def test_diff_gives_whole_words_as_json_and_makes_no_database(home: Home, tmp_path: Path) -> None:
    found = home.records("diff", *files(tmp_path, OLD, NEW))

    assert [(one["kind"], one["before"], one["after"], one["matters"]) for one in found] == [
        ("edited", "21", "12", ["number"]),
        ("edited", "day", "night", []),
    ]
    assert not [*(tmp_path / "home").glob("*.sqlite*")]


def test_equal_texts_have_no_changes(home: Home, tmp_path: Path) -> None:
    names = files(tmp_path, OLD, OLD.replace("\n", "\r\n"))

    assert home.records("diff", *names) == []
    assert home.run("diff", *names) == "no difference\n"


def test_diff_can_be_read_in_a_pipe(home: Home, tmp_path: Path) -> None:
    moved = "LATE and quite wet\n\nThe ferry carried 21 people.\n\nIt rained  all day in Harrow Bay.\n\n"
    old, new, third, dull = files(tmp_path, OLD, NEW, moved, OLD.replace("rained all", "rained  all"))

    assert home.run("diff", old, new) == (
        "paragraph 1 edited (number)\nThe ferry carried [-21-] {+12+} people.\n"
        "paragraph 2 edited\nIt rained all [-day-] {+night+} in Harrow Bay.\n… 1 paragraph the same\n"
    )
    assert "{+LATE and quite wet+}" in home.run("diff", "-", third, stdin=OLD.encode())
    assert "paragraph 2 edited (nothing of the copy itself)" in home.run("diff", old, dull)


def test_diff_is_coloured_in_a_terminal(home: Home, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    subprocess.run(
        [WIREDESK, "diff", *files(tmp_path, OLD, NEW)], env={**home.env, "TERM": "xterm"}, stdout=theirs, check=True
    )
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        said = terminal.read(4096)

    assert b"\x1b[" in said
    assert b"[-21-]" in said


def test_html_is_compared_by_its_text_links_and_images(home: Home, tmp_path: Path) -> None:
    old, new = files(
        tmp_path,
        '<p>One <a href="https://a.example/1">link</a>.</p><script>x</script>',
        '<div>One <a href="https://a.example/2">link</a>.<img src="https://a.example/i.jpg"></div>',
    )

    assert [(one["of"], one["kind"], one["after"]) for one in home.records("diff", old, new)] == [
        ("link", "edited", "https://a.example/2"),
        ("image", "added", "https://a.example/i.jpg"),
    ]
    assert "link edited (link): [-https://a.example/1-]{+https://a.example/2+}" in home.run("diff", old, new)


def test_large_texts_are_compared_and_say_how(home: Home, tmp_path: Path) -> None:
    names = files(tmp_path, "one two " * 300_000, "two three " * 300_000)
    done = subprocess.run([WIREDESK, "diff", *names], env=home.env, capture_output=True, text=True)

    assert done.returncode == 0
    assert "letters more" in done.stdout
    assert done.stderr.startswith("wiredesk diff: too large to compare")


def test_merge_puts_a_correction_under_a_local_edit(home: Home, tmp_path: Path) -> None:
    names = files(tmp_path, OLD, OLD.replace("LATE\n", "EARLY\n"), OLD.replace("21", "12"))

    assert home.run("merge", *names) == "The ferry carried 12 people.\n\nIt rained all day in Harrow Bay.\n\nEARLY\n"
    merged = json.loads(home.run("merge", *names, "--json"))
    assert [part["by"] for part in merged["parts"]] == ["theirs", "same", "ours"]
    assert merged["conflicts"] == []


def test_merge_marks_a_paragraph_that_was_cut_here_and_changed_there(home: Home, tmp_path: Path) -> None:
    base, ours, theirs = files(tmp_path, OLD, "The ferry carried 21 people.\n\nLATE\n", NEW)
    said = home.run("merge", base, ours, theirs, code=1)

    assert said.startswith(
        f"The ferry carried 12 people.\n\n<<<<<<< ours: {ours}\n||||||| base: {base}\nIt rained all day in Harrow Bay.\n"
        f"=======\nIt rained all night in Harrow Bay.\n>>>>>>> theirs: {theirs}\n\nLATE\n"
    )
    assert "1 conflict" in said
    merged = json.loads(home.run("merge", base, ours, theirs, "--json", code=1).partition("\n")[0])
    assert [(one["why"], one["ours"]) for one in merged["conflicts"]] == [("cut here", "")]


def test_html_is_merged_by_its_blocks(home: Home, tmp_path: Path) -> None:
    names = files(tmp_path, "<p>One</p><p>Two</p>", "<p>One!</p><p>Two</p>", "<p>One</p><p>Two 2</p>")

    assert home.run("merge", *names) == "<p>One!</p>\n<p>Two 2</p>\n"


def test_what_cannot_be_read_is_told_in_one_line(home: Home, tmp_path: Path) -> None:
    good, binary, wide, latin = files(tmp_path, OLD, b"\x89PNG\0\0", OLD.encode("utf-16"), b"caf\xe9")
    none = str(tmp_path / "none")

    assert home.run("diff", good, none, code=1) == f"wiredesk diff: {none}: No such file or directory\n"
    assert home.run("merge", good, good, str(tmp_path), code=1).count("\n") == 1
    assert home.run("diff", good, binary, code=1) == f"wiredesk diff: {binary}: no text\n"
    assert home.run("diff", good, wide) == "no difference\n"
    assert "caf\ufffd" in home.run("diff", good, latin)
    home.run("diff", good, code=2)
