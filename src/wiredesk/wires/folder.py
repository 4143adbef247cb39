"""A folder as a feed: each new or changed file is one delivery. Files are never moved, changed or deleted."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

MAX_FILE = 50 * 2**20
MAX_FILES = 100_000
SETTLED = 2.0  # seconds without a change after which a file counts as written
_UNFINISHED = (".tmp", ".part", ".partial", ".filepart", ".crdownload", ".swp", "~")
_IN_HAND = 0.2  # a file younger than this may still be written, however it came


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A file as it was when it was read; `is_kept` says that we have its bytes, taken or refused."""

    size: int
    mtime_ns: int
    is_kept: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """A file that is new or has changed. `error` says why its bytes were not read."""

    name: str
    size: int
    mtime_ns: int
    body: bytes = b""
    error: str = ""


def scan(folder: Path, seen: Mapping[str, Seen], now: float) -> Iterator[Drop]:
    """New and changed files, oldest first. `now` is seconds since 1970; OSError if the folder cannot be read.

    A file that is still being written is left for the next look, as are hidden and unfinished ones and links out.
    """
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            about = _ready(entry, folder, now)
            if about and seen.get(_said(entry.name)) != Seen(size=about.st_size, mtime_ns=about.st_mtime_ns):
                found.append((about.st_mtime_ns, entry.name, about.st_size))
            if len(found) >= MAX_FILES:
                break
    for mtime_ns, name, size in sorted(found):
        drop = _read(folder / name, _said(name), size, mtime_ns)
        if drop:
            yield drop


def _said(name: str) -> str:
    """A file's name as it can be written down: bytes that are no UTF-8 (older systems send them) as \\xe9."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def is_unfinished(name: str) -> bool:
    """Whether a name says that its file is hidden, or still being written."""
    return name.startswith(".") or name.lower().endswith(_UNFINISHED)


def _ready(entry: os.DirEntry[str], folder: Path, now: float) -> os.stat_result | None:
    """What is known of a file that is whole, or None for anything else."""
    if is_unfinished(entry.name):
        return None
    try:
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(folder.resolve()):
            return None
        about = entry.stat()
    except OSError:
        return None
    if not stat.S_ISREG(about.st_mode):
        return None
    age = now - max(about.st_mtime, about.st_ctime)
    was_renamed_in = about.st_ctime - about.st_mtime > _IN_HAND
    return about if age >= SETTLED or (was_renamed_in and age >= _IN_HAND) else None


def _read(path: Path, name: str, size: int, mtime_ns: int) -> Drop | None:
    """The bytes, unless the file changed while it was read or is gone: then it is looked at again next time."""
    if size > MAX_FILE:
        return Drop(name=name, size=size, mtime_ns=mtime_ns, error=f"larger than {MAX_FILE // 2**20} MB")
    try:
        body = path.read_bytes()
        after = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        return Drop(name=name, size=size, mtime_ns=mtime_ns, error=error.strerror or "cannot be read")
    if after.st_mtime_ns != mtime_ns or after.st_size != len(body):
        return None
    return Drop(name=name, size=size, mtime_ns=mtime_ns, body=body)
