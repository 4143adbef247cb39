"""Secrets as they come in on the command line: asked for, piped in or out of the environment, never among the words.

Everybody on a machine may read the words of a command, and shells keep them.
"""

from __future__ import annotations

import os
import sys
from getpass import getpass

from django.core.management.base import CommandError


def told(what: str, variable: str = "") -> str:
    """The secret: from an environment variable where one is named, else typed unseen, else a line of standard input."""
    if variable:
        if variable not in os.environ:
            raise CommandError("there is no environment variable of that name")  # it may be the secret, misplaced
        return os.environ[variable]
    if sys.stdin.isatty():
        return getpass(f"{what} (what you type is not shown): ")
    return sys.stdin.readline().rstrip("\r\n")
