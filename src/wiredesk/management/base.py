"""What Wiredesk's commands have in common: a database that is there, errors in one line, JSON where scripts read."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from wiredesk.desk import store
from wiredesk.news.errors import NewsError


class Command(BaseCommand):
    """Base of all: exit 0 done; 1 found something wrong or failed, one line on stderr; 2 bad usage."""

    needs_database = True
    run: Callable[..., None]  # the command itself, given its options by name
    requires_system_checks: tuple[str, ...] = ()
    suppressed_base_arguments = {
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
    }

    def run_from_argv(self, argv: list[str]) -> None:
        """Run from the command line and leave with the right code."""
        self._called_from_command_line = True  # so that bad usage leaves with 2
        options = vars(self.create_parser(argv[0], argv[1]).parse_args(argv[2:]))
        try:
            if self.needs_database:
                store.ensure()
            self.run(**options)
        except (CommandError, NewsError) as error:
            print(f"wiredesk {argv[1]}: {error}", file=sys.stderr)
            sys.exit(error.returncode if isinstance(error, CommandError) else 1)
        except BrokenPipeError:
            # The reader of a pipe has gone (`| head`): nothing is wrong, and nothing more can be said.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except KeyboardInterrupt:
            sys.exit(130)
        finally:
            connections.close_all()

    def handle(self, *args: Any, **options: Any) -> None:
        """As called from Python (django.core.management.call_command)."""
        if self.needs_database:
            store.ensure()
        self.run(**options)

    def say(self, text: str) -> None:
        """One line of output."""
        self.stdout.write(text)
        self.stdout.flush()

    def show(self, rows: Iterable[Mapping[str, Any]], *, as_json: bool, columns: Sequence[str], empty: str) -> None:
        """Records: a JSON list for scripts, one record a line; a table for people."""
        if as_json:
            lines = (json.dumps(row, ensure_ascii=False, default=str) for row in rows)
            self.say(f"[{_joined(lines)}]")
            return
        from rich.console import Console  # takes as long to load as half of Django, and scripts need none of it
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in columns:
            table.add_column(column.capitalize(), overflow="fold")
        for row in rows:
            table.add_row(*(Text(_shown(row.get(column))) for column in columns))
        console = Console(highlight=False)
        console.print(table if table.row_count else Text(empty))


def print_styled(lines: Iterable[Iterable[tuple[str, str]]]) -> None:
    """Lines of text for people, each of pieces with their style; colours only in a terminal, no line is cut."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True)


def add_json(parser: ArgumentParser) -> None:
    """The switch that all commands share which print records."""
    parser.add_argument("--json", action="store_true", dest="as_json", help="as JSON, for scripts")


def add_newest(parser: ArgumentParser) -> None:
    """How much of what a feed already holds is taken when it is first seen."""
    parser.add_argument(
        "--newest",
        type=_count,
        default=20,
        metavar="N",
        help="take so many of the items a feed holds at first sight, or `all` (default: 20)",
    )


def _count(text: str) -> int | None:
    if text == "all":
        return None
    if not text.isdecimal():
        raise ArgumentTypeError("a number, or all")
    return int(text)


def now() -> datetime:
    """This moment, aware, UTC."""
    return datetime.now(UTC)


def moment(at: datetime | None) -> str | None:
    """A time as scripts read it: RFC 3339, UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def editor() -> str:
    """Who acts on the command line: the user of the machine."""
    return os.environ.get("USER") or os.environ.get("LOGNAME") or "command line"


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _joined(lines: Iterable[str]) -> str:
    return ",\n ".join(lines)
