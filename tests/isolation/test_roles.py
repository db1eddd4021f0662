"""What each role may do, tried on every table, view, sequence and function of the live catalogue as psql would."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

from tests.isolation.probing import observed, probing, relations
from tests.isolation.reviewed import DRAWN_SEQUENCES, FUNCTIONS, SHARED_TABLES, TENANT_TABLES, expected
from tests.support.raw import raw, raw_owner
from tests.support.tenants import CHUO, TENANTS

CITY_VIEWS = {"city_booking", "city_registrant"}
TENANT_ROLES = [f"tenant_{schema}" for schema in TENANTS]
ROLES = [*TENANT_ROLES, "kashikan_portal", "kashikan_city", "kashikan_desk", "kashikan_tenant", ""]
ANYWHERE = (
    "CREATE TEMPORARY TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE ROLE mine",
    "DROP VIEW shared.city_registrant",
    "SET session_replication_role = replica",
    "SET ROLE kashikan_owner",
    "SET SESSION AUTHORIZATION kashikan_owner",
    "COPY (SELECT 1) TO '/tmp/stolen'",
    "COPY (SELECT 1) TO PROGRAM 'cat'",
    "SELECT pg_read_file('/etc/passwd')",
)
IN_A_SCHEMA = (
    "CREATE TABLE {}.mine (id int)",
    "CREATE FUNCTION {}.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE EXTENSION hstore SCHEMA {}",
    "ALTER SCHEMA {} RENAME TO mine",
    "DROP SCHEMA {} CASCADE",
)
ON_A_TABLE = (
    "CREATE TRIGGER mine AFTER INSERT ON {} EXECUTE FUNCTION shared.mirror_rooms()",
    "CREATE POLICY mine ON {}",
    "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "ALTER TABLE {} OWNER TO CURRENT_USER",
    "DROP TABLE {}",
)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_what_the_reviewed_list_says_and_nothing_else(role: str, superuser: psycopg.Connection) -> None:
    assert observed(role, relations(superuser)) == expected(role, TENANTS)


def test_a_citizen_who_has_signed_in_has_no_further_privilege(superuser: psycopg.Connection) -> None:
    account = uuid.uuid4()
    assert observed("kashikan_portal", relations(superuser), account=account) == expected("kashikan_portal", TENANTS)


def test_every_table_is_reviewed_and_stands_where_it_belongs(superuser: psycopg.Connection) -> None:
    found: dict[str, set[str]] = {}
    for relation in relations(superuser):
        found.setdefault(relation.schema, set()).add(relation.name)
    found.pop("testing")
    assert found == {"shared": set(SHARED_TABLES)} | {schema: set(TENANT_TABLES) for schema in TENANTS}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_draws_from_no_sequence_but_the_reviewed(role: str, superuser: psycopg.Connection) -> None:
    names = [".".join(row) for row in superuser.execute("SELECT schemaname, sequencename FROM pg_sequences")]
    with raw(role) as connection, probing(connection) as probe:
        drawn = {name for name in names if not probe.is_refused(sql.SQL("SELECT nextval({})").format(name))}
        touch = [sql.SQL("SELECT setval({}, 1)").format(name) for name in names]
        look = [sql.SQL("SELECT * FROM {}").format(sql.Identifier(*name.split("."))) for name in names]
        touched = [statement for statement in (*touch, *look) if not probe.is_refused(statement)]
    is_portal = role == "kashikan_portal"
    schemas = TENANTS if is_portal else [schema for schema in TENANTS if role == f"tenant_{schema}"]
    series = [name for name, is_portals in DRAWN_SEQUENCES.items() if is_portals or not is_portal]
    assert drawn == {f"{schema}.{name}" for schema in schemas for name in series}
    assert touched == []


def test_functions_are_executed_by_the_reviewed_roles_alone(superuser: psycopg.Connection) -> None:
    functions = superuser.execute(
        "SELECT n.nspname, p.proname, p.pronargs FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname !~ '^(pg_|information_schema$|testing$|extensions$)'"
    ).fetchall()
    executed: dict[str, set[str]] = {f"{schema}.{name}": set() for schema, name, _ in functions}
    for role in ROLES:
        with raw(role) as connection, probing(connection) as probe:
            for schema, name, arity in functions:
                nothing = sql.SQL(", ").join([sql.NULL] * arity)
                if not probe.is_refused(sql.SQL("SELECT {}({})").format(sql.Identifier(schema, name), nothing)):
                    executed[f"{schema}.{name}"].add(role)
    assert executed == FUNCTIONS


@pytest.mark.parametrize("role", ROLES)
def test_a_role_makes_alters_and_drops_nothing(role: str, superuser: psycopg.Connection) -> None:
    with raw(role) as connection, probing(connection) as probe:
        allowed = [text.as_string() for text in _alterations(superuser) if not probe.is_refused(text)]
    assert allowed == []


@pytest.mark.parametrize("role", ROLES)
def test_no_role_changes_or_removes_an_audit_entry(role: str) -> None:
    with raw(role) as connection, probing(connection) as probe:
        for schema in (*TENANTS, "shared"):
            for statement in ("UPDATE {} SET detail = '{{}}'", "DELETE FROM {}", "TRUNCATE {}"):
                assert probe.is_refused(sql.SQL(statement).format(sql.Identifier(schema, "audit_auditentry")))


def test_a_login_for_one_site_alone_can_become_nothing_else(superuser: psycopg.Connection) -> None:
    login = f"kashikan_temporary_{secrets.token_hex(4)}"
    name = sql.Identifier(login)
    superuser.execute(sql.SQL("CREATE ROLE {} LOGIN NOINHERIT IN ROLE kashikan_portal").format(name))
    try:
        with raw() as connection:
            url = make_conninfo(connection.info.dsn, user=login)
        superuser.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(_database(superuser), name))
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET ROLE kashikan_portal")
            for other in (*TENANT_ROLES, "kashikan_city", "kashikan_desk", "kashikan_tenant", "kashikan_web"):
                with pytest.raises(errors.InsufficientPrivilege):
                    connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(other)))
    finally:
        superuser.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(name))


def test_the_owner_may_do_what_the_roles_may_not() -> None:
    """So that the refusals above are the roles' and not the database's."""
    with raw_owner() as connection, probing(connection) as probe:
        assert not probe.is_refused(sql.SQL("TRUNCATE {}").format(sql.Identifier(CHUO, "audit_auditentry")))
        assert not probe.is_refused(sql.SQL("CREATE TABLE {} (id int)").format(sql.Identifier(CHUO, "mine")))


def _alterations(superuser: psycopg.Connection) -> Iterator[sql.Composable]:
    yield from (sql.SQL(template) for template in ANYWHERE)
    for schema in (*TENANTS, "shared", "gate", "extensions", "public"):
        yield from (sql.SQL(template).format(sql.Identifier(schema)) for template in IN_A_SCHEMA)
    for relation in relations(superuser):
        if relation.name not in CITY_VIEWS and relation.schema != "testing":
            yield from (sql.SQL(template).format(relation.identifier) for template in ON_A_TABLE)


def _database(superuser: psycopg.Connection) -> sql.Identifier:
    return sql.Identifier(superuser.info.dbname)
