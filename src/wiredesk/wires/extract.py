"""Whole text from a web page, read in a process of its own with limits on time, processor and memory.

A page that hangs or explodes is an answer in words, and the process that read it is replaced by a new one. Nothing is
kept between pages.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

import msgspec

from wiredesk.news.errors import NewsError
from wiredesk.news.webpage import Whole
from wiredesk.wires import worker
from wiredesk.wires.webpages import MAX_BYTES, Webpage
from wiredesk.wires.worker import Answer

PAGES = 200  # a process reads so many, then another one takes over: what libraries leak ends with it
START = 30.0  # seconds in which a process has to be up
_CODE = (
    "import sys; memory, seconds, *sys.path = sys.argv[1:]; "
    "from wiredesk.wires import worker; {}; worker.main(int(memory), int(seconds))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one page may cost: seconds on the clock, seconds of processor time, bytes of memory."""

    seconds: float = 8.0
    processor: int = 4
    memory: int = 2**30


class Extractor:
    """Reads pages one after the other; use as a context manager. Several threads may share it: they wait in line."""

    code = "pass"  # run in the process before its first page: tests of what pages can do to it have something here

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Extractor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            self._end()

    def extract(self, page: Webpage) -> Whole:
        """The copy of a page. NewsError, in words for editors, where it cannot be read or costs too much."""
        if len(page.body) > MAX_BYTES:
            raise NewsError(f"The page is larger than {MAX_BYTES // 2**20} MB.")
        with self._lock:
            message = self._asked(msgspec.msgpack.encode(page))
        answer = msgspec.json.decode(message, type=Answer)
        if answer.whole is None:
            raise NewsError(answer.error)
        return answer.whole

    def _asked(self, page: bytes) -> bytes:
        process = self._started()
        message, is_late = _within(self.limits.seconds, process, lambda: self._talk(process, page))
        self._read += 1
        if message:
            if self._read >= PAGES:
                self._end()
            return message
        code = process.wait()
        self._end()
        raise NewsError(_why(code, self.limits, is_late=is_late))

    def _talk(self, process: subprocess.Popen[bytes], page: bytes) -> bytes:
        assert process.stdin and process.stdout  # noqa: S101  they are pipes
        worker.send(process.stdin, page)
        return worker.receive(process.stdout)

    def _started(self) -> subprocess.Popen[bytes]:
        """The process that is up, or a new one. It gets no environment: what this one knows, it need not know."""
        if self._process is None:
            limits = self.limits
            arguments = [str(limits.memory), str(limits.processor), *filter(None, sys.path)]
            process = subprocess.Popen(  # noqa: S603  our own interpreter and our own code
                [sys.executable, "-I", "-c", _CODE.format(self.code), *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONUTF8": "1"},
                start_new_session=True,
            )
            out = process.stdout
            assert out  # noqa: S101  it is a pipe
            self._process, self._read = process, 0
            greeting, _ = _within(START, process, lambda: worker.receive(out))
            if greeting != b"ready":
                self._end()
                raise NewsError("The process that reads pages could not be started.")
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    with suppress(OSError):  # what was not yet written has nobody to read it
                        pipe.close()


def _within(seconds: float, process: subprocess.Popen[bytes], talk: Callable[[], bytes]) -> tuple[bytes, bool]:
    """What a process says, and whether it was too late: then it is ended, and so is any waiting for it."""
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        return talk(), late.is_set()
    except OSError:  # the pipe broke, since the process is gone
        return b"", late.is_set()
    finally:
        timer.cancel()
        timer.join()


def _why(code: int, limits: Limits, *, is_late: bool) -> str:
    """Why a process ended in the middle of a page."""
    if is_late:
        return f"Reading the page took longer than {limits.seconds:g} seconds."
    if code == -getattr(signal, "SIGXCPU", 0):
        return f"Reading the page took more than {limits.processor} seconds of processor time."
    if code == worker.OUT_OF_MEMORY:
        return f"Reading the page needed more than {limits.memory // 2**20} MB of memory."
    return "The page broke the program that reads pages."
