"""Sample wires: invented sources that send invented stories, so that a newcomer sees a living site without a network.

Their scripts (*.json beside this file) say what each wire sends and when, counted from the beginning. Due files are
written into folders, and the folders are followed like any other: through the same intake as everything else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

from wiredesk.desk import following
from wiredesk.desk.following import Wish
from wiredesk.desk.models import Feed
from wiredesk.news.licence_file import licence_from
from wiredesk.news.presets import PRESETS
from wiredesk.wires.sample import write


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """One sample source with its feed. `script` is what it sends: documents, each with its moment and its items."""

    folder: str
    source: str
    url: str
    title: str
    section: str
    licence: Any
    kind: str
    script: list[dict[str, Any]]


def wires() -> Iterator[Wire]:
    """The wires that come with the program, in a fixed order."""
    for file in sorted(resources.files(__package__).iterdir(), key=lambda one: one.name):
        if file.name.endswith(".json"):
            yield Wire(folder=file.name.removesuffix(".json"), **json.loads(file.read_text(encoding="utf-8")))


def begin(home: Path, now: datetime) -> None:
    """Follow the sample wires, and start their clocks unless they run already."""
    home.mkdir(parents=True, exist_ok=True)
    started = home / "started"
    if not started.exists():
        started.write_text(now.isoformat())
    for wire in wires():
        folder = home / wire.folder
        folder.mkdir(exist_ok=True)
        terms = PRESETS[wire.licence] if isinstance(wire.licence, str) else licence_from(wire.licence, wire.folder)
        wish = Wish(
            url=str(folder.resolve()),
            way=Feed.Way.FOLDER,
            title=wire.title,
            source=wire.source,
            source_url=wire.url,
            section=wire.section,
            licence=terms,
            newest=None,
        )
        following.follow(wish, now=now)
    play(home, now)


def play(home: Path, now: datetime) -> int:
    """Write the files whose moment has come and that are not there yet; how many. Nothing where no sample was begun."""
    try:
        start = datetime.fromisoformat((home / "started").read_text()).astimezone(UTC)
    except (OSError, ValueError):
        return 0
    return sum(_play(wire, home / wire.folder, start, now) for wire in wires())


def _play(wire: Wire, folder: Path, start: datetime, now: datetime) -> int:
    written = 0
    for number, document in enumerate(wire.script, 1):
        path = folder / f"{number:03}.{write.SUFFIX[wire.kind]}"
        if start + timedelta(seconds=document["after"]) > now or path.exists():
            continue
        hidden = folder / f".{path.name}"
        hidden.write_bytes(write.document(wire.kind, wire.title, wire.url, document["items"], start))
        hidden.rename(path)
        written += 1
    return written
