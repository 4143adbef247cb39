"""The `wiredesk` command: Django's command line with the settings chosen."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one command; what there is stands in wiredesk/management/commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiredesk.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
