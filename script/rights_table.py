"""Writes docs/reference/rights.md: what six sources with six kinds of terms may do on every surface, by the code.

A test keeps the document and this together. Run it after a change of terms: .venv/bin/python script/rights_table.py
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from wiredesk.news.licence import CHOICES, FLAGS, Extent, Images, Licence
from wiredesk.news.presets import PRESETS
from wiredesk.news.rights import leave
from wiredesk.news.story import Standing, State
from wiredesk.news.surface import Surface

PLACE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "rights.md"
SIX = ("cc-by", "propublica-like", "the-conversation-like", "agency-contract", "planet", "headline-and-link")
_MOMENT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
_HEAD = """# Who may do what, where

Made from the code by `script/rights_table.py`; a test keeps it true.

Six sources with six kinds of terms, by the presets' names. What each surface gets of a story that is out (one that an
editor has to choose has been chosen), on a site that earns no money. Surfaces that are not built yet are judged all the
same.
"""
_BETWEEN = """
A story that waits, is held, killed, embargoed or over is on no surface; its own address and short link tell readers who
knew it that it is being checked (held) or gone (killed, over). Terms can let a headline with a link remain there.

What else the terms say:
"""


def document() -> str:
    """The whole page."""
    said = (*CHOICES, *FLAGS)
    surfaces = _table(
        "surface", ((surface.value, [_on(surface, PRESETS[name]) for name in SIX]) for surface in Surface)
    )
    terms = _table("", ((f"`{field}`", [_said(field, PRESETS[name]) for name in SIX]) for field in said))
    return f"{_HEAD}\n{surfaces}{_BETWEEN}\n{terms}"


def _table(corner: str, rows: Iterator[tuple[str, list[str]]]) -> str:
    lines = [[corner, *(f"`{name}`" for name in SIX)], ["---"] * (len(SIX) + 1)]
    lines += [[name, *cells] for name, cells in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _on(surface: Surface, licence: Licence) -> str:
    """What a surface gets of a story that is out."""
    story = Standing(state=State.LIVE, first_seen=_MOMENT, went_out=_MOMENT)
    judged = leave(story, licence, surface, _MOMENT)
    if judged.public != "shown":
        return "–"
    if judged.extent < Extent.EXCERPT:
        return "headline, link"
    extent = judged.extent.name.lower()
    return extent if judged.images is Images.ALL else f"{extent}, pictures: {judged.images.name.lower()}"


def _said(field: str, licence: Licence) -> str:
    value = getattr(licence, field)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.name).lower().replace("_", " ")


if __name__ == "__main__":
    PLACE.write_text(document(), encoding="utf-8")
