"""Making a tenant's schema, role and rights: whole, or not at all.

Runs on the owner's connection. PostgreSQL's DDL is transactional, roles included, so one transaction
holds everything from ``CREATE ROLE`` to the last grant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pkgutil import resolve_name
from typing import Any, Final, Literal, cast

from django.apps import apps
from django.db import connections, transaction
from psycopg import sql

from tenants.migrating import Executor
from tenants.models import Host, Tenant
from tenants.rights import CityView, Rights, RowRule, city_views, function_rights, rights_in
from tenants.scope import CITY_ROLE, OWNER, PORTAL_ROLE, SHARED_SCHEMA, owner_scope, tenant_role, unit_of_work

Progress = Callable[[str], None]
Stage = Literal["schema", "tables", "rights", "views"]
Stages = Callable[[Stage, int, int], None]
"""Told before each stage, and within "tables" after every migration: how many are done, and of how many."""

DESK_ROLE = "kashikan_desk"
TENANT_GROUP = "kashikan_tenant"
GRANTEES: Final = """
SELECT DISTINCT r.rolname FROM pg_namespace n
CROSS JOIN LATERAL (
    SELECT (aclexplode(n.nspacl)).grantee
    UNION SELECT (aclexplode(c.relacl)).grantee FROM pg_class c WHERE c.relnamespace = n.oid
    UNION SELECT (aclexplode(a.attacl)).grantee
          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = n.oid
    UNION SELECT (aclexplode(p.proacl)).grantee FROM pg_proc p WHERE p.pronamespace = n.oid
) held JOIN pg_roles r ON r.oid = held.grantee
WHERE n.nspname = %s AND r.oid <> n.nspowner
"""
"""Whoever holds a privilege on a schema or on something in it, beside PUBLIC and the owner."""


def silent(_message: str) -> None:
    """Progress that nobody watches."""


def unwatched(_stage: Stage, _done: int, _of: int) -> None:
    """Stages that nobody watches."""


def nothing_more(_tenant: Tenant) -> None:
    """What follows in the same transaction when nothing does."""


def provision(
    *,
    tenant: Tenant,
    host: str,
    progress: Progress = silent,
    stages: Stages = unwatched,
    then: Callable[[Tenant], None] = nothing_more,
) -> Tenant:
    """Make ``tenant`` with its schema, role, rights and first host; nothing remains if any part fails.

    ``then`` is called with the tenant in the same transaction, whose unqualified names mean the shared schema.
    A role that the cluster has already is refused: nobody knows whose it is. (Two cities do not share a cluster.)
    ``ValidationError`` for a tenant that makes no sense.
    """
    tenant.clean_fields()
    schema = tenant.schema_name
    with unit_of_work(owner_scope(schema), alias=OWNER), transaction.atomic(using=OWNER):
        progress(f"{schema}: 役割とスキーマ")
        stages("schema", 0, 0)
        Tenant.objects.using(OWNER).bulk_create([tenant])  # django-tenants' save() would make a schema of its own
        Host.objects.using(OWNER).create(domain=host, tenant=tenant, is_primary=True)
        _create_role_and_schema(schema)
        _apply_migrations(schema, progress, stages)
        stages("rights", 0, 0)
        grant_rights(schema)
        stages("views", 0, 0)
        rebuild_city_views()
        _run(sql.SQL("SET LOCAL search_path = {}").format(sql.SQL(owner_scope().search_path)))
        then(tenant)
    return tenant


@contextmanager
def owner_by_default() -> Iterator[None]:
    """In this thread, what names no connection runs on the owner's: the services, inside the owner's transaction."""
    usual = connections["default"]
    connections["default"] = connections[OWNER]
    try:
        yield
    finally:
        connections["default"] = usual


def migrate_everything(progress: Progress = silent) -> None:
    """Bring the shared schema, then every tenant's, to the newest migration; rights follow."""
    migrate_schema(SHARED_SCHEMA, progress)
    with unit_of_work(owner_scope(), alias=OWNER):
        _plant_seeds()
        schemas = list(Tenant.objects.using(OWNER).values_list("schema_name", flat=True))
    for schema in schemas:
        migrate_schema(schema, progress)
    with unit_of_work(owner_scope(), alias=OWNER), transaction.atomic(using=OWNER):
        rebuild_city_views()


def migrate_schema(schema: str, progress: Progress = silent) -> None:
    """Migrate one schema and grant the rights that its tables declare."""
    with unit_of_work(owner_scope(schema), alias=OWNER):
        _apply_migrations(schema, progress)
        with transaction.atomic(using=OWNER):
            grant_rights(schema)


def _plant_seeds() -> None:
    """What the shared schema begins with: the functions named in ``AppConfig.seeds`` add what is missing."""
    for config in apps.get_app_configs():
        for name in getattr(config, "seeds", ()):
            resolve_name(name)()


def grant_rights(schema: str) -> None:
    """Replace all privileges and row rules in ``schema`` by the declared ones, whoever holds them now.

    Inside a transaction.
    """
    _one_at_a_time()
    roles = _roles(schema)
    _revoke_all(schema)
    _grant("USAGE ON SCHEMA {}", _name(schema), roles.values())
    for table, rights in sorted(rights_in(schema).items()):
        _grant_table(schema, table, rights, roles)
    if schema == SHARED_SCHEMA:
        _build_functions()
        for function, kind in sorted(function_rights().items()):
            _grant("EXECUTE ON FUNCTION {}", sql.SQL(f"{SHARED_SCHEMA}.{function}"), [roles[kind]])
        _grant_city_views()


def _build_functions() -> None:
    """Functions that follow from declarations in code: ``AppConfig.built_functions`` names who writes their SQL."""
    for config in apps.get_app_configs():
        for name in getattr(config, "built_functions", ()):
            for statement in resolve_name(name)():
                _run(sql.SQL(statement))


def rebuild_city_views() -> None:
    """The city's UNION ALL views over all tenants (design, section 2b). Inside a transaction."""
    _one_at_a_time()
    schemas = list(Tenant.objects.using(OWNER).values_list("schema_name", flat=True))
    for name, view in city_views().items():
        _run(sql.SQL("DROP VIEW IF EXISTS {}").format(_view(name)))
        _run(sql.SQL("CREATE VIEW {} AS {}").format(_view(name), _union(view, schemas)))
    _grant_city_views()


def _one_at_a_time() -> None:
    """Until the transaction ends. Who waited then sees the tenants that the one before has committed."""
    _run(sql.SQL("SELECT pg_advisory_xact_lock(hashtext('kashikan provisioning'))"))


def _grant_city_views() -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT viewname FROM pg_views WHERE schemaname = %s", [SHARED_SCHEMA])
        existing = {row[0] for row in cursor.fetchall()}
    for name in existing & set(city_views()):
        _grant("SELECT ON {}", _view(name), [CITY_ROLE])


def _union(view: CityView, schemas: list[str]) -> sql.Composable:
    columns = sql.SQL(", ").join(
        sql.SQL("NULL::{} AS {}").format(sql.SQL(kind), _name(column)) for column, kind in view.columns.items()
    )
    none = sql.SQL("SELECT {} WHERE false").format(columns)
    branches = [sql.SQL(view.select).format(schema=_name(schema), tenant=sql.Literal(schema)) for schema in schemas]
    return sql.SQL(" UNION ALL ").join([none, *branches])


def _create_role_and_schema(schema: str) -> None:
    role = _name(tenant_role(schema))
    _run(sql.SQL("CREATE ROLE {} NOLOGIN INHERIT").format(role))
    _run(sql.SQL("GRANT {} TO {}").format(role, _name(DESK_ROLE)))
    _run(sql.SQL("GRANT {} TO {}").format(_name(TENANT_GROUP), role))
    _run(sql.SQL("CREATE SCHEMA {}").format(_name(schema)))


def _apply_migrations(schema: str, progress: Progress, stages: Stages = unwatched) -> None:
    _ensure_own_history(schema)
    done = 0

    def tell(action: str, migration: Any | None = None, fake: bool = False) -> None:
        nonlocal done
        if action == "apply_success":
            done += 1
            progress(f"{schema}: {migration}")
            stages("tables", done, total)

    executor = Executor(connections[OWNER], cast("Any", tell))
    leaves = executor.loader.graph.leaf_nodes()
    total = len(executor.migration_plan(leaves))
    stages("tables", 0, total)
    executor.migrate(leaves)


def _ensure_own_history(schema: str) -> None:
    """Each schema has its own ``django_migrations``; the shared one must not be found in its place."""
    _run(
        sql.SQL(
            "CREATE TABLE IF NOT EXISTS {}.django_migrations (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,"
            " app varchar(255) NOT NULL, name varchar(255) NOT NULL, applied timestamptz NOT NULL)"
        ).format(_name(schema))
    )


def _roles(schema: str) -> dict[str, str]:
    """Kind of role -> role, for those that may enter ``schema``."""
    if schema == SHARED_SCHEMA:
        return {"portal": PORTAL_ROLE, "city": CITY_ROLE, "tenant": TENANT_GROUP}
    return {"portal": PORTAL_ROLE, "tenant": tenant_role(schema)}


def _revoke_all(schema: str) -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(GRANTEES, [schema])
        holders = [sql.SQL("PUBLIC"), *(_name(row[0]) for row in cursor.fetchall())]
    for target in ("ALL TABLES IN SCHEMA", "ALL SEQUENCES IN SCHEMA", "ALL FUNCTIONS IN SCHEMA", "SCHEMA"):
        statement = sql.SQL("REVOKE ALL ON {} {} FROM {}")
        _run(statement.format(sql.SQL(target), _name(schema), sql.SQL(", ").join(holders)))


def _grant_table(schema: str, table: str, rights: Rights, roles: dict[str, str]) -> None:
    for kind, privileges in rights.privileges(schema).items():
        _grant(f"{privileges} ON {{}}", sql.Identifier(schema, table), [roles[kind]])
        for sequence in rights.sequences:
            _grant("USAGE ON SEQUENCE {}", sql.Identifier(schema, sequence), [roles[kind]])
    _replace_row_rules(schema, table, rights, roles)


def _grant(privilege: str, target: sql.Composable, roles: Iterable[str]) -> None:
    names = sql.SQL(", ").join(_name(role) for role in roles)
    _run(sql.SQL(f"GRANT {privilege} TO {{}}").format(target, names))


def _replace_row_rules(schema: str, table: str, rights: Rights, roles: dict[str, str]) -> None:
    target = sql.Identifier(schema, table)
    _drop_row_rules(schema, table)
    switch = sql.SQL("ENABLE") if rights.rows else sql.SQL("DISABLE")
    _run(sql.SQL("ALTER TABLE {} {} ROW LEVEL SECURITY").format(target, switch))
    ruled = {rule.role for rule in rights.rows}
    free = [RowRule(role=kind, using="true") for kind in rights.privileges(schema) if kind not in ruled]
    for number, rule in enumerate([*rights.rows, *free] if rights.rows else []):
        check = sql.SQL("") if rule.command in {"SELECT", "DELETE"} else _check(rule)
        using = sql.SQL("") if rule.command == "INSERT" else sql.SQL("USING ({})").format(sql.SQL(rule.using))
        _run(
            sql.SQL("CREATE POLICY {} ON {} FOR {} TO {} {} {}").format(
                _name(f"row_rule_{number}"), target, sql.SQL(rule.command), _name(roles[rule.role]), using, check
            )
        )


def _check(rule: RowRule) -> sql.Composable:
    return sql.SQL("WITH CHECK ({})").format(sql.SQL(rule.check or rule.using))


def _drop_row_rules(schema: str, table: str) -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT policyname FROM pg_policies WHERE schemaname = %s AND tablename = %s", [schema, table])
        names = [row[0] for row in cursor.fetchall()]
    for name in names:
        _run(sql.SQL("DROP POLICY {} ON {}").format(_name(name), sql.Identifier(schema, table)))


def _run(statement: sql.Composable) -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(statement)


def _view(name: str) -> sql.Identifier:
    return sql.Identifier(SHARED_SCHEMA, name)


def _name(name: str) -> sql.Identifier:
    return sql.Identifier(name)
