"""Many rows at once, past the ORM: what intake does for every item of every feed.

Measured (bench poll): an item is seven rows, one of 45 columns. Through the ORM they cost three times what all the
rest of intake does, most of it for model instances and statements that are made anew each time. Names come from the
models, so that nothing here has to be kept in step with them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

Row = tuple[Any, ...]
_MOST_KEYS = 500  # in one statement; databases have a limit


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values as the database keeps them (see moment()); a row that is there already is passed over."""
    run(_insertion(model, tuple(columns)), rows)


def run(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """One statement for each row of its parameters."""
    values = list(rows)
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


def add(row: Model) -> None:
    """One new row whose id was reserved."""
    fields = row._meta.concrete_fields
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    insert(type(row), [field.column for field in fields], [values])


def change(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Write these fields of rows of one model, each by its id."""
    if not rows:
        return
    model = type(rows[0])
    fields = [_field(model, name) for name in names]
    values = (
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk] for row in rows
    )
    run(_update(model, tuple(names)), values)


def pick(statement: str, *given: Any, keys: Collection[Any]) -> list[Row]:
    """Rows of a SELECT, asked for many keys: `KEYS` in the statement, its last parameter, stands for all of them."""
    listed = list(keys)
    rows: list[Row] = []
    with connection.cursor() as cursor:
        for start in range(0, len(listed), _MOST_KEYS):
            some = listed[start : start + _MOST_KEYS]
            cursor.execute(statement.replace("KEYS", ", ".join(["%s"] * len(some))), [*given, *some])
            rows += cursor.fetchall()
    return rows


def reserve(model: type[Model], count: int) -> range:
    """Ids for so many new rows, to be written before more are asked for. In a transaction that holds the writer's lock
    (SQLite, BEGIN IMMEDIATE); rolled back, they are free again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        last = cursor.fetchone()
    first = int(last[0]) + 1 if last else 1
    return range(first, first + count)


@lru_cache(maxsize=256)  # most of a batch's times are one and the same
def moment(value: datetime) -> Any:
    """A time as the database keeps it."""
    return connection.ops.adapt_datetimefield_value(value)


@cache
def _insertion(model: type[Model], columns: tuple[str, ...]) -> str:
    names, marks = ", ".join(map(_quoted, columns)), ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608  names from the model


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(f"{_quoted(_field(model, name).column)} = %s" for name in names)
    return f"UPDATE {_quoted(model._meta.db_table)} SET {columns} WHERE {_quoted('id')} = %s"  # noqa: S608  names from the model


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101  a programmer's mistake: names are of columns
    return field
