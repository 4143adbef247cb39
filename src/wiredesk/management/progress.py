"""A bar on the terminal for work that takes long; nothing where nobody is looking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bar(title: str, total: int, *, quiet: bool = False) -> Iterator[Callable[[], object]]:
    """Gives a function to be called for each thing done."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    # Loading rich takes as long as half of Django, and scripts need none of it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)
