"""The quality floors, read from one file."""

from __future__ import annotations

import tomllib
from pathlib import Path

_FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


def floor(table: str, key: str) -> float:
    """One floor: the least, or for faults and seconds the most, that the test run lets pass."""
    return float(_FLOORS[table][key])
