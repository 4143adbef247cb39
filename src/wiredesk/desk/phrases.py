"""The operator's own phrases: `phrases.toml` in the home folder, read again when it changes."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from django.conf import settings

from wiredesk.news.errors import NewsError
from wiredesk.news.phrasebook import ENGLISH, Phrasebook, phrasebook

NAME = "phrases.toml"
MAX_BYTES = 64 * 2**10


def phrases() -> Phrasebook:
    """The phrases of this site. What cannot be read leaves English: `faults` says what is wrong, readers see a page."""
    try:
        return _read()
    except NewsError:
        return ENGLISH


def faults() -> list[str]:
    """What is wrong with the file, in words; empty if it is sound or not there."""
    try:
        _read()
    except NewsError as error:
        return [str(error)]
    return []


def _read() -> Phrasebook:
    try:
        stat = (settings.HOME / NAME).stat()
    except OSError:
        return ENGLISH
    return _parsed(stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=2)
def _parsed(mtime: int, size: int) -> Phrasebook:
    if size > MAX_BYTES:
        raise NewsError(f"{NAME}: larger than {MAX_BYTES} bytes")
    try:
        with open(settings.HOME / NAME, "rb") as file:
            return phrasebook(tomllib.load(file))
    except (OSError, ValueError) as error:
        raise NewsError(f"{NAME}: {error}") from None
