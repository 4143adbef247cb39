"""The process that reads strangers' pages: one page in, one answer out, until it is stopped or breaks.

Started by wires.extract with nothing but two pipes; it knows no records, no network and no secrets. It bounds its own
memory and processor time, page by page, so that a page can hurt nothing but this process.
"""

from __future__ import annotations

import contextlib
import logging
import os
import struct
import sys
import warnings
from typing import IO

import msgspec

from wiredesk.news.errors import NewsError
from wiredesk.news.item import Value
from wiredesk.news.webpage import Whole
from wiredesk.wires.webpages import Webpage, whole_text

if sys.platform != "win32":  # there the time limit of wires.extract stands alone
    import resource

LENGTH = struct.Struct(">Q")
MAX_MESSAGE = 64 * 2**20
OUT_OF_MEMORY = 41  # exit codes
MAX_OPEN_FILES = 64


class Answer(Value, frozen=True, kw_only=True):
    """What became of a page: its copy, or in words why there is none."""

    whole: Whole | None = None
    error: str = ""


def main(memory: int, seconds: int) -> None:
    """Answer page after page: `memory` in bytes for the process, `seconds` of processor time for a page."""
    logging.disable()
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # no library can talk into the answers
    _bound(memory)
    send(answers, b"ready")
    while page := receive(sys.stdin.buffer):
        _bound_time(seconds)
        send(answers, msgspec.json.encode(_answer(msgspec.msgpack.decode(page, type=Webpage))))


def _answer(page: Webpage) -> Answer:
    try:
        return Answer(whole=whole_text(page))
    except NewsError as error:
        return Answer(error=str(error))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # the task runner of this process: it says so and goes on
        return Answer(error=f"The page could not be read ({type(error).__name__}).")


def _bound(memory: int) -> None:
    if sys.platform == "win32":
        return
    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
    )
    for limit, most in limits:
        with contextlib.suppress(ValueError, OSError):  # a system may know less of it, or bound it lower already
            resource.setrlimit(limit, (most, most))


def _bound_time(seconds: int) -> None:
    """So much processor time from now on; the soft limit ends the process by SIGXCPU."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def send(pipe: IO[bytes], message: bytes) -> None:
    """One message: its length, then itself."""
    pipe.write(LENGTH.pack(len(message)) + message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """One message; nothing where the other side has ended, or says what no message is."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return b""
    length = LENGTH.unpack(head)[0]
    message = pipe.read(length) if length <= MAX_MESSAGE else b""
    return message if len(message) == length else b""
