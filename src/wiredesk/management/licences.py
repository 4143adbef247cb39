"""A licence as named on the command line: a preset, one that is filed already, or a file of terms."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from wiredesk.desk import models
from wiredesk.news.errors import NewsError
from wiredesk.news.licence import Licence
from wiredesk.news.licence_file import licence_from
from wiredesk.news.presets import PRESETS


def licence_named(name: str) -> Licence | None:
    """The licence, or None where none was named. Raises NewsError that lists what there is."""
    if not name:
        return None
    if name in PRESETS:
        return PRESETS[name]
    filed = models.Licence.objects.filter(name=name).first()
    if filed:
        return filed.as_value()
    path = Path(name)
    if not path.is_file():
        raise NewsError(f"no licence {name!r}: name a file of terms or one of {', '.join(PRESETS)}")
    return licence_from(_terms(path), path.stem)


def _terms(path: Path) -> dict[str, object]:
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        terms = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except ValueError as error:
        raise NewsError(f"{path.name}: {error}") from None
    if not isinstance(terms, dict):
        raise NewsError(f"{path.name}: the terms are not a table of names and values")
    return terms
