"""Profiles by name and from files."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from wiredesk.desk import profiles
from wiredesk.news.errors import NewsError


@pytest.mark.parametrize("name", profiles.shipped())
def test_every_shipped_profile_is_read(name: str) -> None:
    assert profiles.named(name).code


def test_a_profile_of_ones_own_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('code = "own"\nzone = "Europe/Rome"\n')

    found = profiles.named(str(tmp_path / "own.toml"))
    assert (found.code, found.clock) == ("own", ZoneInfo("Europe/Rome"))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'zone = "Nowhere/At_All"', "there is no time zone 'Nowhere/At_All'"),
        (b'zone = "../etc"', "there is no time zone"),
        (b"code = \xff", "no text in UTF-8"),
        (b"#" * 1_000_001, "larger than 1000 kB"),
        (b"code = ", "the profile cannot be read"),
    ],
)
def test_a_file_that_is_no_profile_is_refused_in_words(tmp_path: Path, body: bytes, reason: str) -> None:
    (tmp_path / "own.toml").write_bytes(body)

    with pytest.raises(NewsError, match=reason):
        profiles.named(str(tmp_path / "own.toml"))


@pytest.mark.parametrize("name", ["nobody", "", "\0", "."])
def test_a_profile_that_is_not_there_is_refused_in_words(name: str) -> None:
    with pytest.raises(NewsError, match="a profile is a file or one of "):
        profiles.named(name)
