"""What the migrations make is what the models say, though the models are not rendered anew after each step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections, migrations, models
from django.db.migrations.state import ModelState, ProjectState
from psycopg import sql

from tenants.migrating import GrowingState
from tenants.scope import OWNER, SHARED_SCHEMA
from tests.support.tenants import CHUO

Columns = dict[str, tuple[str, bool]]
COLUMNS = """
SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
"""
NAMES = """
SELECT conname FROM pg_constraint WHERE conrelid = %(table)s::regclass
UNION SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indrelid = %(table)s::regclass
"""
REFERRED = """
SELECT attname, confrelid::regclass::text FROM pg_constraint
JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] WHERE conrelid = %s::regclass AND contype = 'f'
"""


def wanted() -> Iterator[tuple[str, type[models.Model]]]:
    """Every table that the project has, by schema."""
    for schema, names in ((SHARED_SCHEMA, settings.SHARED_APPS), (CHUO, settings.TENANT_APPS)):
        for name in names:
            config = next(one for one in apps.get_app_configs() if one.name == name)
            yield from (
                (schema, model) for model in config.get_models(include_auto_created=True) if model._meta.managed
            )


TABLES = sorted(wanted(), key=lambda one: (one[0], one[1]._meta.db_table))


def concrete(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_fields if field.column]


def declared(superuser: psycopg.Connection, model: type[models.Model]) -> Columns:
    """The columns as the model says, in PostgreSQL's words."""
    parts = [
        sql.SQL("{} {}").format(sql.Identifier(field.column), sql.SQL(field.db_type(connections[OWNER])))
        for field in concrete(model)
    ]
    with superuser.transaction(force_rollback=True):
        superuser.execute("SET LOCAL search_path = shared, extensions")
        superuser.execute(sql.SQL("CREATE TEMPORARY TABLE said ({})").format(sql.SQL(", ").join(parts)))
        types = {name: kind for name, kind, _ in superuser.execute(COLUMNS, ["said"])}
    return {field.column: (types[field.column], not field.null) for field in concrete(model)}


@pytest.mark.usefixtures("database")
def test_every_table_has_the_columns_constraints_and_indexes_of_its_model(superuser: psycopg.Connection) -> None:
    assert len(TABLES) > 120
    for schema, model in TABLES:
        table = f"{schema}.{model._meta.db_table}"
        there = {name: (kind, bound) for name, kind, bound in superuser.execute(COLUMNS, [table])}
        columns = declared(superuser, model)
        assert {name: there.get(name) for name in columns} == columns, table
        names = {name for (name,) in superuser.execute(NAMES, {"table": table})}
        own = [*model._meta.constraints, *model._meta.indexes]
        assert {one.name for one in own} <= names, table


@pytest.mark.usefixtures("database")
def test_every_reference_leads_to_the_table_of_the_other_model(superuser: psycopg.Connection) -> None:
    for schema, model in TABLES:
        found = superuser.execute(REFERRED, [f"{schema}.{model._meta.db_table}"])
        referred: dict[str, str] = dict(found.fetchall())
        for field in concrete(model):
            if field.is_relation and field.db_constraint:
                assert referred[field.column].rsplit(".", 1)[-1] == field.related_model._meta.db_table, field


def grown(state: ProjectState) -> ProjectState:
    """``state``, rendered, after steps of each kind."""
    state.add_model(ModelState("shop", "Good", [("id", models.AutoField(primary_key=True))]))
    assert state.apps.get_model("shop", "good")
    steps: list[Any] = [
        migrations.CreateModel("Sale", [("id", models.AutoField(primary_key=True))]),
        migrations.AddField("Sale", "good", models.ForeignKey("shop.Good", models.CASCADE)),
        migrations.AddField("Good", "price", models.IntegerField(default=0)),
        migrations.AddConstraint(
            "Good", models.CheckConstraint(condition=models.Q(price__gte=0), name="a_price_is_no_debt")
        ),
        migrations.AlterField("Good", "id", models.BigAutoField(primary_key=True)),
    ]
    for step in steps:
        step.state_forwards("shop", state)
    return state


def test_a_model_that_grows_is_as_django_renders_it_and_a_changed_key_reaches_those_who_refer_to_it() -> None:
    ours, plain = grown(GrowingState()), grown(ProjectState())
    for name in ("good", "sale"):
        one, other = (state.apps.get_model("shop", name) for state in (ours, plain))
        kinds = [[(f.name, f.db_type(connections[OWNER])) for f in concrete(model)] for model in (one, other)]
        assert kinds[0] == kinds[1]
        assert one._meta.constraints == other._meta.constraints
    assert ours.apps.get_model("shop", "sale")._meta.get_field("good").db_type(connections[OWNER]) == "bigint"


def test_a_function_in_python_finds_all_models_rendered_afresh() -> None:
    state = grown(GrowingState())
    state.clear_delayed_apps_cache()  # as Django does before it calls one
    good, sale = (state.apps.get_model("shop", name) for name in ("good", "sale"))
    assert sale._meta.get_field("good").remote_field.model is good
    assert [one.related_model for one in good._meta.related_objects] == [sale]
