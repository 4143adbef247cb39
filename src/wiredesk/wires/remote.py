"""A folder of another machine as a feed: which of its files are new and whole, read with caps on names, bytes and time.

Speaks no protocol (ftp.py and sftp.py do) and knows no records.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol

from wiredesk.wires.channel import failure
from wiredesk.wires.fetch import FetchError
from wiredesk.wires.folder import MAX_FILE, MAX_FILES, Drop, Seen, is_unfinished
from wiredesk.wires.guard import Refused

MAX_NAME = 255  # bytes
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")


class UnknownKey(FetchError):
    """The server has a host key that nobody confirmed; `fingerprint` is what it showed."""

    def __init__(self, message: str, fingerprint: str) -> None:
        super().__init__(message, "host-key")
        self.fingerprint = fingerprint


def fingerprint(text: str) -> str:
    """A fingerprint as ssh-keygen writes it, in its one form. Refused for anything else."""
    found = _FINGERPRINT.fullmatch(text.strip().rstrip("="))
    if not found:
        raise Refused("A host key's fingerprint looks like SHA256: and 43 characters, as ssh-keygen -l shows it.")
    return found[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file as the server lists it. `grain_ns` is how exactly: times nearer to each other than that are the same."""

    name: bytes
    size: int
    mtime_ns: int
    grain_ns: int = 1

    def is_as(self, size: int, mtime_ns: int) -> bool:
        """Whether it is as it was then."""
        return self.size == size and abs(self.mtime_ns - mtime_ns) < self.grain_ns


class Folder(Protocol):
    """One folder over an open connection. All of it raises FetchError, OSError or TimeoutError."""

    def files(self) -> AsyncGenerator[Listed, None]:
        """Every regular file, under the name that the server gives it."""

    async def read(self, file: Listed, most: int) -> bytes:
        """The bytes of a file, and no more than `most` of them."""

    async def remove(self, file: Listed) -> None:
        """Delete a file on the server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """The most that one look takes; what is beyond waits for the next one."""

    names: int = MAX_FILES
    file: int = MAX_FILE
    files: int = 500
    size: int = 20 * 2**20  # of all files of a look together, the last of them excepted
    seconds: float = 120.0
    settled: float = 3.0  # between two looks that must find a file as it was


@dataclass(slots=True, kw_only=True)
class Look:
    """What a look found. `error` is a sentence; `has_more` says that the next look need not wait."""

    drops: list[Drop] = field(default_factory=list)
    error: str = ""
    has_more: bool = False
    removed: int = 0


async def look(folder: Folder, seen: Mapping[str, Seen], *, removes: bool = False, caps: Caps | None = None) -> Look:
    """New and changed files, oldest first. What went well before something failed is kept; FetchError if nothing did.

    A file that is not the same over two looks is left, as are hidden and unfinished ones. `removes` deletes what an
    earlier look brought and the desk has kept, and nothing else.
    """
    caps = caps or Caps()
    end = monotonic() + caps.seconds
    found = Look()
    try:
        async with asyncio.timeout(caps.seconds):
            listed = await _listed(folder, caps, found)
            fresh = {name: file for name, file in listed.items() if not _is_known(file, seen.get(name))}
            if fresh:
                await asyncio.sleep(caps.settled)
                again = await _listed(folder, caps, Look())
                whole = [(name, file) for name, file in fresh.items() if _is_same(file, again.get(name))]
                await _read_all(folder, whole, caps, found)
            if removes:
                await _remove(folder, listed, seen, caps, found)
    except (FetchError, OSError, TimeoutError) as error:
        failed = failure(error)
        if not found.drops and not found.removed:
            raise failed from None
        found.has_more = monotonic() >= end
        found.error = found.error or ("" if found.has_more else str(failed))
    return found


async def _listed(folder: Folder, caps: Caps, found: Look) -> dict[str, Listed]:
    """Files by their names as they can be written down; what must not be asked for is left out, and said."""
    listed: dict[str, Listed] = {}
    first_odd, odds, count = b"", 0, 0
    async with aclosing(folder.files()) as files:
        async for file in files:
            count += 1
            if count > caps.names:
                found.error = f"The folder lists more than {caps.names:,} names; those behind them are not looked at."
                break
            name = said(file.name)
            if file.name in (b"", b".", b".."):
                continue
            if not is_plain(file.name):
                first_odd, odds = first_odd or file.name[:80], odds + 1
            elif not is_unfinished(name):
                listed[name] = file
    if odds:
        text = f"{odds} files have names that are not asked for, such as {said(first_odd)[:80]!r}."
        found.error = found.error or text
    return listed


def is_plain(name: bytes) -> bool:
    """Whether a name is one name: no path, nothing a server could read as a second command."""
    return 0 < len(name) <= MAX_NAME and not any(byte < 0x20 or byte == 0x7F or byte in b"/\\" for byte in name)


def said(name: bytes) -> str:
    """A file's name as it can be written down: bytes that are no UTF-8 as \\xe9, as for folders of this machine."""
    return name.decode("utf-8", "backslashreplace")


def _is_known(file: Listed, seen: Seen | None) -> bool:
    return seen is not None and file.is_as(seen.size, seen.mtime_ns)


def _is_same(file: Listed, again: Listed | None) -> bool:
    return again is not None and file.is_as(again.size, again.mtime_ns)


async def _read_all(folder: Folder, files: Iterable[tuple[str, Listed]], caps: Caps, found: Look) -> None:
    size = 0
    for name, file in sorted(files, key=lambda one: (one[1].mtime_ns, one[0])):
        if size >= caps.size or len(found.drops) >= caps.files:
            found.has_more = True
            return
        try:
            drop = await _read(folder, name, file, caps)
        except Refused as refusal:  # it may let us another time
            found.error = found.error or f"{name} cannot be read: {refusal}"
            continue
        size += len(drop.body)
        found.drops.append(drop)


async def _read(folder: Folder, name: str, file: Listed, caps: Caps) -> Drop:
    """The bytes, or why they are not taken: then the file is asked for again when the server lists it otherwise.

    Refused if the server does not give it.
    """
    body, error = b"", ""
    if file.size > caps.file:
        error = f"larger than {caps.file // 2**20} MB"
    else:
        body = await folder.read(file, file.size + 1)
        if len(body) != file.size:
            more = "more than that" if len(body) > file.size else f"{len(body)}"
            body, error = b"", f"the server lists {file.size} bytes and sent {more}"
    return Drop(name=name, size=file.size, mtime_ns=file.mtime_ns, body=body, error=error)


async def _remove(
    folder: Folder, listed: Mapping[str, Listed], seen: Mapping[str, Seen], caps: Caps, found: Look
) -> None:
    for name, file in listed.items():
        known = seen.get(name)
        if known is None or not known.is_kept or not _is_known(file, known):
            continue
        if found.removed >= caps.files:
            found.has_more = True
            return
        try:
            await folder.remove(file)
        except Refused as refusal:
            found.error = found.error or f"{name} cannot be removed: {refusal}"
            return
        found.removed += 1
