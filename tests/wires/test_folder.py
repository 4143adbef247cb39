"""A folder as a feed: what is read, when, and what is left alone."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from wiredesk.wires import folder
from wiredesk.wires.folder import Seen


def put(path: Path, body: bytes = b"x", age: float = 10) -> Path:
    path.write_bytes(body)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def names(place: Path, seen: dict[str, Seen] | None = None, later: float = 10) -> list[str]:
    return [drop.name for drop in folder.scan(place, seen or {}, time.time() + later)]


def test_files_come_oldest_first_and_stay_where_they_are(tmp_path: Path) -> None:
    put(tmp_path / "b", age=20)
    put(tmp_path / "a", age=10)

    assert names(tmp_path) == ["b", "a"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_file_is_read_again_only_when_it_changes(tmp_path: Path) -> None:
    about = put(tmp_path / "a").stat()
    seen = {"a": Seen(size=about.st_size, mtime_ns=about.st_mtime_ns)}

    assert names(tmp_path, seen) == []
    put(tmp_path / "a", b"xy", age=5)
    assert names(tmp_path, seen) == ["a"]


def test_a_file_that_is_being_written_is_left_for_later(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"half")

    assert names(tmp_path, later=0) == []
    assert names(tmp_path, later=3) == ["a"]


@pytest.mark.parametrize("name", [".hidden", "a.tmp", "a.part", "a~"])
def test_unfinished_and_hidden_files_are_not_read(tmp_path: Path, name: str) -> None:
    put(tmp_path / name)

    assert names(tmp_path) == []


def test_folders_and_links_that_lead_out_are_not_read(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", put(tmp_path / "secret")
    inside.mkdir()
    (inside / "deep").mkdir()
    (inside / "link").symlink_to(outside)
    (inside / "dangling").symlink_to(inside / "nothing")

    assert names(inside) == []


def test_a_file_that_is_too_large_is_named_and_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_FILE", 2)
    put(tmp_path / "a", b"abc")

    (drop,) = folder.scan(tmp_path, {}, time.time() + 10)
    assert (drop.body, drop.error) == (b"", "larger than 0 MB")
