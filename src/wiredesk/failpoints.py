"""Named steps of the pipeline at which a test may make the program fail, die or stop. Without a test they do nothing.

Armed by $WIREDESK_FAILPOINT = `NAME=ACTION` or `*:N=ACTION` (the N-th step of all), ACTION one of raise, kill, full.
`$WIREDESK_FAILPOINT_LOG` names a file to which every step passed is added, one name a line.
"""

from __future__ import annotations

import errno
import os
import signal


class FailpointReached(Exception):
    """A test asked for a failure here."""


class _Armed:
    """What the environment asks for, and how many steps have been passed."""

    def __init__(self, spec: str, log: str) -> None:
        self.where, _, self.action = spec.partition("=")
        self.log = log
        self.passed = 0

    def step(self, name: str) -> None:
        self.passed += 1
        if self.log:
            with open(self.log, "a", encoding="utf-8") as file:
                file.write(f"{name}\n")
        if self.where in (name, f"*:{self.passed}"):
            self._fire(name)

    def _fire(self, name: str) -> None:
        if self.action == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.action == "full":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)
        raise FailpointReached(name)


_spec, _log = os.environ.get("WIREDESK_FAILPOINT", ""), os.environ.get("WIREDESK_FAILPOINT_LOG", "")
_armed = _Armed(_spec, _log) if _spec or _log else None


def failpoint(name: str) -> None:
    """One step of the pipeline, by name: `noun.before_verb` or `noun.after_verb`."""
    if _armed:
        _armed.step(name)
