"""No row of TRUST that every commit is held to is without a test that bears its number."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROWS = "s1 s2 s3 s5 s6 s7 s8 s9 s10 s11 s12 s14 s18 s19 s20 f1 f10 f16 f18 f20 f23 f25".split()


def test_every_row_of_the_commit_run_is_in_the_name_of_a_test() -> None:
    names = [
        name
        for path in TESTS.rglob("test_*.py")
        for name in re.findall(r"^def (test_(?:[sf]\d+_)+)", path.read_text(), re.MULTILINE)
    ]

    assert [row for row in ROWS if not any(f"_{row}_" in name for name in names)] == []
