"""The `wiredesk` command: Django's command line with the settings chosen."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one command; what there is stands in wiredesk/management/commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiredesk.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        if sys.argv[1:] in ([], ["help"], ["--help"], ["-h"]):
            _print_overview()
        else:
            execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"wiredesk: {error}")


def _print_overview() -> None:
    import django

    django.setup()
    from wiredesk.management.help import overview

    print(overview())
