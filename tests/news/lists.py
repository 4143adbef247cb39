"""The shipped lists of agencies and names, as the shell would hand them to the core."""

from __future__ import annotations

from pathlib import Path

from wiredesk.news import agencies, spelling

_NEWS = Path(agencies.__file__).parent
AGENCIES = agencies.read((_NEWS / "agencies.toml").read_text(encoding="utf-8"))
LORE = spelling.read((_NEWS / "names.toml").read_text(encoding="utf-8"))
