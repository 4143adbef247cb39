"""Where real and hostile test input is found: $WIREDESK_CORPORA, else beside the checkout. Absent: skipped by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("WIREDESK_CORPORA") or Path(__file__).resolve().parents[2] / "shared" / "corpora")
FORMATS, TRUST = ROOT / "formats", ROOT / "trust"
present = pytest.mark.skipif(not FORMATS.is_dir(), reason="corpora not present")


def files(folder: Path, *endings: str) -> list[Path]:
    """The files below a folder, in a fixed order; none where the corpora are absent."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and (not endings or path.suffix in endings)]
