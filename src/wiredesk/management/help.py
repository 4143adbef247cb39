"""What `wiredesk` says of itself when asked for nothing in particular."""

from __future__ import annotations

from pkgutil import iter_modules

from django.core.management import load_command_class

from wiredesk.management import commands

FIRST = ("run", "follow", "poll", "feeds", "stories", "story", "publish", "hold", "release", "kill", "doctor")


def overview() -> str:
    """The commands, those of every day first."""
    names = [module.name for module in iter_modules(commands.__path__)]
    ordered = [name for name in FIRST if name in names] + sorted(name for name in names if name not in FIRST)
    lines = (f"  {name:10}{load_command_class('wiredesk', name).help}" for name in ordered)
    return "\n".join(
        [
            "usage: wiredesk COMMAND [...]",
            "",
            *lines,
            "",
            "wiredesk COMMAND --help tells more; all of Django's commands work too.",
        ]
    )
