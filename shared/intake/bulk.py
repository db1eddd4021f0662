"""Many rows of one model by one statement, from plain values: several times as fast as through model instances."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert ``rows`` of values, in the order of the field ``names``; rules, triggers and row rules hold as ever.

    Values are what JSON knows; days, instants and ids as text.
    """
    if not rows:
        return
    by_name = {field.name: field for field in model._meta.concrete_fields}
    columns = [str(by_name[name].column) for name in names]
    typed = [f'"{by_name[name].column}" {by_name[name].db_type(connection)}' for name in names]
    statement = sql.SQL("INSERT INTO {} ({}) SELECT * FROM json_to_recordset(%s::json) AS row ({})").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join([sql.Identifier(column) for column in columns]),
        sql.SQL(", ".join(typed)),  # types of our own models
    )
    data = json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, default=str)
    with connection.cursor() as cursor:
        cursor.execute(statement, [data])
