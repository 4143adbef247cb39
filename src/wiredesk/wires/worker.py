"""The process that reads strangers' pages: one page in, one answer out, until it is stopped or breaks.

Started by wires.extract with nothing but two pipes; it knows no records, no network and no secrets. It bounds its own
memory and processor time, page by page, so that a page can hurt nothing but this process.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import warnings

import msgspec

from wiredesk.news.errors import NewsError
from wiredesk.wires.extract import OUT_OF_MEMORY, Answer, receive, send
from wiredesk.wires.pagebytes import Webpage
from wiredesk.wires.webpages import whole_text

if sys.platform != "win32":  # there the time limit of wires.extract stands alone
    import resource

MAX_OPEN_FILES = 64


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
