"""Many rows of several models in one statement, so that a use case is one round trip."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db import connections, models
from django.db.models.sql import InsertQuery


def insert_together(*rows: models.Model) -> None:
    """Insert ``rows`` of any models with one statement, in the order given; nothing is read back.

    Primary keys that the database makes stay unset on the instances. Foreign keys may point to rows of
    the same call. Runs on the default connection.
    """
    parts = [_insert(model, list(group)) for model, group in groupby(rows, key=type)]
    *firsts, (last, last_values) = parts
    named = [f"_{number} AS ({statement})" for number, (statement, _) in enumerate(firsts)]
    values = [value for _, part in firsts for value in part] + last_values
    statement = f"WITH {', '.join(named)} {last}" if named else last
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, values)


def _insert(model: type[models.Model], rows: list[models.Model]) -> tuple[str, list[Any]]:
    fields = [field for field in model._meta.concrete_fields if not _made_by_database(field, rows)]
    query = InsertQuery(model)
    query.insert_values(fields, rows)
    [(statement, values)] = query.get_compiler("default").as_sql()
    return statement, list(values)


def _made_by_database(field: models.Field[Any, Any], rows: Sequence[models.Model]) -> bool:
    return bool(field.generated or (isinstance(field, models.AutoField) and all(row.pk is None for row in rows)))
