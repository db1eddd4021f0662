"""What the catalogue of the live database says about schemas, owners, grants and foreign keys."""

from __future__ import annotations

from typing import LiteralString

import psycopg

from tenants.rights import rights_in
from tests.isolation.reviewed import CITY_REGISTRANT_COLUMNS, FUNCTIONS, MEMBERS
from tests.support.raw import raw_owner
from tests.support.tenants import TENANTS

OURS = "(n.nspname = ANY ('{shared,gate,chuo,sports,bunka}'))"

OUR_ROLES = "rolname ~ '^(kashikan|tenant)_' AND rolname !~ '_temporary_'"
"""Roles of the cluster, without those that another worker's test has made for itself."""


def rows(connection: psycopg.Connection, query: LiteralString, *values: object) -> set[tuple[object, ...]]:
    return set(connection.execute(query, values or None).fetchall())


def test_no_foreign_key_leaves_its_schema(superuser: psycopg.Connection) -> None:
    keys = superuser.execute(
        "SELECT c.conname, f.relnamespace::regnamespace::text, t.relnamespace::regnamespace::text FROM pg_constraint c"
        " JOIN pg_class f ON f.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid WHERE c.contype = 'f'"
    ).fetchall()
    assert keys
    assert [key for key in keys if key[1] != key[2]] == []


def test_extensions_stand_in_their_own_schema_and_nothing_else_does(superuser: psycopg.Connection) -> None:
    places = rows(superuser, "SELECT extname, extnamespace::regnamespace::text FROM pg_extension")
    ours = {(name, "extensions") for name in ("btree_gist", "pg_trgm", "unaccent")}
    assert places == ours | {("plpgsql", "pg_catalog")}
    strangers = (
        "SELECT proname FROM pg_proc p WHERE pronamespace = 'extensions'::regnamespace AND NOT EXISTS"
        " (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        " UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'extensions'::regnamespace"
    )
    assert rows(superuser, strangers) == set()


def test_the_schema_public_is_empty(superuser: psycopg.Connection) -> None:
    assert rows(superuser, "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace") == set()
    assert rows(superuser, "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace") == set()


def test_the_owner_owns_everything(superuser: psycopg.Connection) -> None:
    owners = rows(
        superuser,
        f"SELECT relowner::regrole::text FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE {OURS}"
        f" UNION SELECT proowner::regrole::text FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE {OURS}"
        f" UNION SELECT nspowner::regrole::text FROM pg_namespace n WHERE {OURS}",
    )
    assert owners == {("kashikan_owner",)}


def test_no_privilege_may_be_passed_on_and_none_is_everybodys(superuser: psycopg.Connection) -> None:
    held = rows(
        superuser,
        "SELECT object, grantee::regrole::text, privilege_type, is_grantable FROM ("
        f" SELECT relname AS object, (aclexplode(relacl)).* FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
        f" WHERE {OURS} UNION ALL SELECT proname, (aclexplode(coalesce(proacl, acldefault('f', proowner)))).*"
        f" FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE {OURS} AND n.nspname <> 'gate'"
        f" UNION ALL SELECT nspname, (aclexplode(nspacl)).* FROM pg_namespace n WHERE {OURS}) held"
        " WHERE grantee <> 'kashikan_owner'::regrole"
        " AND (is_grantable OR grantee = 0 OR privilege_type IN ('TRIGGER', 'REFERENCES', 'MAINTAIN', 'CREATE'))",
    )
    assert held == set()


def test_roles_are_members_of_what_the_reviewed_list_says(superuser: psycopg.Connection) -> None:
    members = rows(
        superuser,
        "SELECT g.rolname, m.rolname FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid"
        " JOIN pg_roles m ON m.oid = a.member WHERE g.rolname ~ '^(kashikan|tenant)_' AND m.rolname <> 'kashikan_owner'"
        " AND (g.rolname || m.rolname) !~ '_temporary_'",
    )
    wanted = {
        (group.format(schema), member.format(schema))
        for group, names in MEMBERS.items()
        for member in names
        for schema in TENANTS
    }
    assert members == wanted


def test_no_role_has_an_attribute_that_passes_by_the_rules(superuser: psycopg.Connection) -> None:
    powerful = rows(
        superuser,
        f"SELECT rolname FROM pg_roles WHERE {OUR_ROLES}"
        " AND (rolsuper OR rolbypassrls OR rolreplication OR rolcreatedb OR (rolcreaterole AND rolname !~ '_owner$'))",
    )
    logins = rows(superuser, f"SELECT rolname FROM pg_roles WHERE rolcanlogin AND {OUR_ROLES}")
    inherited = rows(
        superuser,
        "SELECT m.rolname, g.rolname FROM pg_roles m, pg_roles g WHERE m.rolname IN ('kashikan_web', 'kashikan_desk')"
        " AND m.oid <> g.oid AND pg_has_role(m.oid, g.oid, 'USAGE')",
    )
    assert powerful == set()
    assert logins == {("kashikan_owner",), ("kashikan_web",)}
    assert inherited == set()


def test_a_function_that_runs_as_the_owner_fixes_its_search_path(superuser: psycopg.Connection) -> None:
    definers = superuser.execute(
        "SELECT n.nspname || '.' || p.proname, p.proconfig FROM pg_proc p"
        f" JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prosecdef AND {OURS}"
    ).fetchall()
    assert {name for name, _ in definers} <= set(FUNCTIONS)
    assert {tuple(settings) for _, settings in definers} == {("search_path=shared, pg_temp",)}


def test_no_table_of_a_tenant_lacks_declared_rights(superuser: psycopg.Connection) -> None:
    for schema in (*TENANTS, "shared"):
        tables = {
            row[0] for row in superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
        }
        assert tables - set(rights_in(schema)) <= {"django_migrations", "django_content_type"}


def test_row_rules_are_enforced_where_they_are_declared(superuser: psycopg.Connection) -> None:
    for schema in (*TENANTS, "shared"):
        enforced = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s AND rowsecurity", [schema])
        assert {row[0] for row in enforced} == {table for table, said in rights_in(schema).items() if said.rows}


def test_all_tenants_have_the_same_tables_columns_triggers_and_rules(superuser: psycopg.Connection) -> None:
    shapes = [
        rows(
            superuser,
            "SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a"
            " JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = to_regnamespace(%s) AND a.attnum > 0"
            " UNION ALL SELECT 'trigger', c.relname, t.tgname, p.proname FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE c.relnamespace = to_regnamespace(%s) AND NOT t.tgisinternal"
            " UNION ALL SELECT 'rule', tablename, policyname, replace(concat(qual, with_check), schemaname || '.', '')"
            " FROM pg_policies WHERE schemaname = %s",
            *[schema] * 3,
        )
        for schema in TENANTS
    ]
    assert shapes[0]
    assert shapes[0] == shapes[1] == shapes[2]


def test_the_city_sees_the_reviewed_columns_of_a_person() -> None:
    with raw_owner() as connection:
        columns = rows(
            connection,
            "SELECT attname FROM pg_attribute WHERE attrelid = 'shared.city_registrant'::regclass AND attnum > 0",
        )
    assert {name for (name,) in columns} == CITY_REGISTRANT_COLUMNS
