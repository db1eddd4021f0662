"""Provisioning makes a tenant whole or leaves nothing, and a migration puts every right back as declared."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections, migrations, transaction
from psycopg import sql

from tenants import directory
from tenants.models import Tenant
from tenants.provisioning import migrate_everything, provision, rebuild_city_views
from tenants.rights import CityView
from tenants.scope import OWNER
from tests import factories
from tests.isolation.probing import observed, relations
from tests.isolation.reviewed import expected
from tests.support.provisioning import new_tenant, remove
from tests.support.raw import raw_superuser
from tests.support.scopes import as_owner, as_tenant
from tests.support.tenants import CHUO, TENANTS

pytestmark = pytest.mark.usefixtures("database")
Snapshot = dict[str, set[tuple[object, ...]]]
HELD = """
SELECT 'schema', n.nspname, '', h.* FROM pg_namespace n, LATERAL aclexplode(n.nspacl) h WHERE n.nspname !~ '^pg_'
UNION ALL SELECT 'relation', n.nspname, c.relname, h.*
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, LATERAL aclexplode(c.relacl) h WHERE n.nspname !~ '^pg_'
UNION ALL SELECT 'column', c.relnamespace::regnamespace::text, c.relname || '.' || a.attname, h.*
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid, LATERAL aclexplode(a.attacl) h
UNION ALL SELECT 'function', n.nspname, p.proname, h.* FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace,
LATERAL aclexplode(p.proacl) h WHERE n.nspname !~ '^pg_'
"""
FACTS = {
    "privileges": HELD,
    "relations": "SELECT relnamespace::regnamespace::text, relname, relrowsecurity FROM pg_class"
    " WHERE relnamespace::regnamespace::text !~ '^pg_'",
    "rules": "SELECT schemaname, tablename, roles::text[], cmd, qual, with_check FROM pg_policies",
    "views": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'shared'",
    "tenants": "SELECT schema_name FROM shared.tenants_tenant",
    "hosts": "SELECT domain FROM shared.tenants_host",
}


@pytest.fixture
def make(superuser: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Tenant]]:
    """``new_tenant``, and everything of it is taken away afterwards."""
    made: list[Tenant] = []

    def make_one(**values: str) -> Tenant:
        made.append(new_tenant(**values))
        return made[-1]

    yield make_one
    monkeypatch.undo()
    for tenant in made:
        remove(superuser, tenant.schema_name)


def snapshot(superuser: psycopg.Connection) -> Snapshot:
    """What is in the database and who may do what with it, by name."""
    return {name: set(map(_hashable, superuser.execute(query))) for name, query in FACTS.items()}


def _hashable(row: tuple[Any, ...]) -> tuple[object, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in row)


def has_role(superuser: psycopg.Connection, tenant: Tenant) -> bool:
    role = f"tenant_{tenant.schema_name}"
    return superuser.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def test_a_provisioned_tenant_has_the_reviewed_rights_and_no_others(
    make: Callable[..., Tenant], superuser: psycopg.Connection
) -> None:
    schema = provision(tenant=make(), host="new.localhost").schema_name
    everything = relations(superuser)
    own = [relation for relation in everything if relation.schema == schema]
    assert observed(f"tenant_{schema}", everything) == expected(f"tenant_{schema}", (*TENANTS, schema))
    assert observed("kashikan_portal", own) == {schema: expected("kashikan_portal", (schema,))[schema]}
    for role in (f"tenant_{CHUO}", "kashikan_city", "kashikan_desk", ""):
        assert observed(role, own) == {}


def test_a_provisioned_tenant_is_known_to_the_directory_and_to_the_city(
    make: Callable[..., Tenant], superuser: psycopg.Connection
) -> None:
    schema = provision(tenant=make(), host="new.localhost").schema_name
    directory.forget()
    assert directory.schema_of_host("new.localhost") == schema
    assert directory.is_open(schema)
    factories.booking_awaiting_permit(factories.citizen_with_registration(schema))
    for view in ("city_registrant", "city_booking"):
        assert superuser.execute(f"SELECT tenant FROM shared.{view}").fetchall() == [(schema,)]


def break_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    last = import_module("apps.bookings.migrations.0002_mirrors_and_receipts").Migration
    monkeypatch.setattr(last, "operations", [*last.operations, migrations.RunSQL("SELECT 1 / 0")])


def forget_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    config: Any = apps.get_app_config("bookings")
    monkeypatch.setattr(config, "rights", {name: said for name, said in config.rights.items() if "note" not in name})


def break_view(monkeypatch: pytest.MonkeyPatch) -> None:
    config: Any = apps.get_app_config("bookings")
    broken = CityView(columns={"tenant": "text"}, select="SELECT {tenant}::text FROM {schema}.no_such_table")
    monkeypatch.setattr(config, "city_views", {"city_booking": broken})


@pytest.mark.parametrize(
    ("harm", "error"), [(break_migration, DatabaseError), (forget_rights, LookupError), (break_view, DatabaseError)]
)
def test_provisioning_that_fails_in_the_code_leaves_nothing(
    harm: Callable[[pytest.MonkeyPatch], None],
    error: type[Exception],
    make: Callable[..., Tenant],
    superuser: psycopg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, tenant = snapshot(superuser), make()
    harm(monkeypatch)
    with pytest.raises(error):
        provision(tenant=tenant, host="new.localhost")
    assert snapshot(superuser) == before
    assert not has_role(superuser, tenant)


@pytest.mark.parametrize(
    ("values", "host", "error"),
    [
        ({}, "chuo.localhost", DatabaseError),
        ({}, "New.localhost", DatabaseError),
        ({"number_prefix": "A"}, "new.localhost", DatabaseError),
        ({"schema_name": "New Tenant"}, "new.localhost", ValidationError),
        ({"schema_name": "pg_new"}, "new.localhost", DatabaseError),
        ({"schema_name": "x" * 41}, "new.localhost", ValidationError),
        ({"number_prefix": "1"}, "new.localhost", ValidationError),
        ({"name": ""}, "new.localhost", ValidationError),
    ],
    ids=[
        "host taken",
        "host not lower case",
        "prefix taken",
        "bad name",
        "reserved name",
        "long name",
        "bad prefix",
        "nameless",
    ],
)
def test_provisioning_of_something_that_cannot_be_leaves_nothing(
    values: dict[str, str],
    host: str,
    error: type[Exception],
    make: Callable[..., Tenant],
    superuser: psycopg.Connection,
) -> None:
    before, tenant = snapshot(superuser), make(**values)
    with pytest.raises(error):
        provision(tenant=tenant, host=host)
    assert snapshot(superuser) == before
    assert not has_role(superuser, tenant)


@pytest.mark.parametrize("schema", ["shared", "extensions", "gate", "public", "information_schema", "chuo"])
def test_a_schema_that_is_there_already_is_not_taken_over(schema: str, superuser: psycopg.Connection) -> None:
    before, tenant = snapshot(superuser), new_tenant(schema_name=schema)
    with pytest.raises(DatabaseError):
        provision(tenant=tenant, host="new.localhost")
    assert snapshot(superuser) == before
    assert has_role(superuser, tenant) == (schema in TENANTS)


def test_a_role_that_is_there_already_is_not_taken_over(
    make: Callable[..., Tenant], superuser: psycopg.Connection
) -> None:
    tenant = make()
    role = sql.Identifier(f"tenant_{tenant.schema_name}")
    superuser.execute(sql.SQL("CREATE ROLE {}").format(role))
    before = snapshot(superuser)
    with pytest.raises(DatabaseError, match="already exists"):
        provision(tenant=tenant, host="new.localhost")
    assert snapshot(superuser) == before
    groups = "SELECT FROM pg_auth_members WHERE %s::regrole IN (roleid, member)"
    assert superuser.execute(groups, [f"tenant_{tenant.schema_name}"]).fetchall() == []


def in_thread(work: Callable[[], object]) -> None:
    try:
        work()
    finally:
        connections.close_all()


def rebuild() -> None:
    with as_owner(), transaction.atomic(using=OWNER):
        rebuild_city_views()


def wait_until_blocked(superuser: psycopg.Connection, *, number: int) -> None:
    """Wait until so many of the owner's connections to this database wait for a lock."""
    waiting = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND usename = 'kashikan_owner' AND wait_event_type = 'Lock'"
    )
    for _ in range(2000):
        if superuser.execute(waiting).fetchone() == (number,):
            return
        time.sleep(0.01)
    pytest.fail("nobody waits")


def test_a_view_that_is_rebuilt_while_a_tenant_is_provisioned_has_that_tenant(
    make: Callable[..., Tenant], superuser: psycopg.Connection
) -> None:
    tenant = make()
    with ThreadPoolExecutor(2) as pool, raw_superuser() as reader:
        with reader.transaction():
            reader.execute("SELECT FROM shared.city_booking, shared.city_registrant")  # keeps the views where they are
            provisioned = pool.submit(in_thread, lambda: provision(tenant=tenant, host="new.localhost"))
            wait_until_blocked(superuser, number=1)
            rebuilt = pool.submit(in_thread, rebuild)
            wait_until_blocked(superuser, number=2)
        provisioned.result()
        rebuilt.result()
    definitions = superuser.execute("SELECT definition FROM pg_views WHERE schemaname = 'shared'").fetchall()
    assert all(f"{tenant.schema_name}." in definition for (definition,) in definitions)


def test_migrating_again_changes_nothing(superuser: psycopg.Connection) -> None:
    before = snapshot(superuser)
    migrate_everything()
    assert snapshot(superuser) == before


def test_migrating_puts_back_what_was_revoked_and_takes_away_what_was_granted(superuser: psycopg.Connection) -> None:
    before = snapshot(superuser)
    for statement in (
        "REVOKE SELECT ON chuo.bookings_room FROM tenant_chuo",
        "REVOKE USAGE ON SCHEMA chuo FROM kashikan_portal",
        "REVOKE SELECT ON shared.city_registrant FROM kashikan_city",
        "GRANT USAGE ON SCHEMA sports TO tenant_chuo, kashikan_city",
        "GRANT ALL ON sports.registrants_registrant TO tenant_chuo, kashikan_city, PUBLIC",
        "GRANT SELECT (phone) ON chuo.registrants_registrant TO kashikan_portal",
        "GRANT UPDATE ON shared.audit_auditentry TO kashikan_city",
        "GRANT SELECT ON shared.city_registrant TO kashikan_portal",
        "GRANT EXECUTE ON FUNCTION shared.mirror_rooms() TO PUBLIC",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA sports TO tenant_chuo",
        "ALTER TABLE chuo.bookings_booking DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY everything ON bunka.registrants_registrant TO kashikan_portal USING (true)",
    ):
        superuser.execute(statement)
    assert snapshot(superuser) != before
    migrate_everything()
    assert snapshot(superuser) == before


def test_migrating_keeps_the_data_of_every_tenant() -> None:
    registrant = factories.individual(CHUO)
    migrate_everything()
    with as_tenant(CHUO):
        assert type(registrant).objects.get() == registrant
