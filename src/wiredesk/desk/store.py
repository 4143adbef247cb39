"""The database itself: made at the first command, looked after, and asked whether it is sound."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from wiredesk.desk.models import Licence
from wiredesk.news.presets import PRESETS


def ensure() -> None:
    """Make the tables, or bring them up to date, and file the licence presets. Many processes may call it at once."""
    if not _is_behind():
        return
    with _only_one():
        if _is_behind():
            call_command("migrate", verbosity=0, interactive=False)
        for preset in PRESETS.values():
            Licence.objects.keep(preset)


def faults() -> list[str]:
    """What is wrong with the database, in words; empty if it is sound."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        broken = [str(row[0]) for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        loose = [f"{row[0]} row {row[1]} points at a {row[2]} that is not there" for row in cursor.fetchall()]
    return broken + loose


def _is_behind() -> bool:
    """Whether a migration that is on the disk has not been applied: by name, since to load them all takes long."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    except DatabaseError:
        return True
    return any((app.label, name) not in applied for app in apps.get_app_configs() for name in _migrations(app))


def _migrations(app: AppConfig) -> Iterator[str]:
    folder = Path(app.path) / "migrations"
    yield from (path.stem for path in folder.glob("[0-9]*.py")) if folder.is_dir() else ()


@contextmanager
def _only_one() -> Iterator[None]:
    """One process at a time; the lock goes with its holder, however that ends."""
    with open(settings.HOME / "setup.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
