"""Many rows of one model by one statement, from plain values: several times as fast as through model instances."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert ``rows`` of values, in the order of the field ``names``; rules, triggers and row rules hold as ever.

    Values are what JSON knows; days, instants and ids as text. Fields that are not named get their defaults.
    """
    if not rows:
        return
    by_name = {field.name: field for field in model._meta.concrete_fields}
    left = (field for name, field in by_name.items() if name not in names)
    others = [field for field in left if not isinstance(field, models.AutoField)]
    written = [*(by_name[name] for name in names), *others]
    columns = [str(field.column) for field in written]
    typed = [f'"{field.column}" {field.db_type(connection)}' for field in written]
    statement = sql.SQL("INSERT INTO {} ({}) SELECT * FROM json_to_recordset(%s::json) AS row ({})").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join([sql.Identifier(column) for column in columns]),
        sql.SQL(", ".join(typed)),  # types of our own models
    )
    whole = (dict(zip(columns, [*row, *(field.get_default() for field in others)], strict=True)) for row in rows)
    data = json.dumps(list(whole), ensure_ascii=False, default=str)
    with connection.cursor() as cursor:
        cursor.execute(statement, [data])
