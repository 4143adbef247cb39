"""The `wiredesk` command: Django's command line with the settings chosen."""

from __future__ import annotations

import os
import sys

# Commands of Django's that work on our tables; any of them may be the first on an empty home.
NEED_TABLES = ("createsuperuser", "changepassword", "shell", "dumpdata", "clearsessions")


def main() -> None:
    """Run one command; what there is stands in wiredesk/management/commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiredesk.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        if sys.argv[1:] in ([], ["help"], ["--help"], ["-h"]):
            _print_overview()
        else:
            if sys.argv[1] in NEED_TABLES and "--help" not in sys.argv:
                _ensure_tables()
            execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"wiredesk: {error}")


def _ensure_tables() -> None:
    import django

    django.setup()
    from wiredesk.desk import store

    store.ensure()


def _print_overview() -> None:
    import django

    django.setup()
    from wiredesk.management.help import overview

    print(overview())
