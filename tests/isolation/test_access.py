"""Networks, terminals, certificates and grants: closed to a tenant's role, in the database itself."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest
from psycopg import errors

from kernel import clock
from tenants.models import Terminal
from tenants.scope import OWNER
from tests.support import entrance
from tests.support.raw import raw
from tests.support.scopes import as_owner
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
TABLES = ("accessrule", "allowednetwork", "clientcertificate", "emergencygrant", "terminal")
CODE, TOKEN = "c0de" * 16, "70" * 32
ENROL = "SELECT shared.enrol_terminal(%s, %s)"


@pytest.mark.parametrize("role", ["tenant_chuo", "kashikan_tenant", "kashikan_portal", ""])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["SELECT * FROM {}", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES"])
def test_no_role_but_the_citys_touches_who_may_come_in(role: str, table: str, statement: str) -> None:
    with raw(role) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(statement.format(f"shared.tenants_{table}").encode())


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT token_hash FROM shared.tenants_terminal",
        "SELECT code_hash FROM shared.tenants_terminal",
        "UPDATE shared.tenants_terminal SET token_hash = ''",
        "UPDATE shared.tenants_emergencygrant SET ends_at = ends_at + interval '1 hour'",
        "UPDATE shared.tenants_allowednetwork SET cidr = '0.0.0.0/0'",
        "DELETE FROM shared.tenants_emergencygrant",
        "SELECT * FROM gate.access()",
    ],
)
def test_the_city_reads_no_token_and_lengthens_no_grant(statement: str) -> None:
    with raw("kashikan_city") as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def waiting(schema: str = CHUO, minutes: int = 30) -> Terminal:
    until = clock.now() + dt.timedelta(minutes=minutes)
    made, _ = entrance.terminal(schema, token_hash="", code_hash=CODE, code_until=until)
    return made


def enrolled(role: str, *values: str) -> object:
    with raw(role) as connection:
        row = connection.execute(ENROL, values or (CODE, TOKEN)).fetchone()
    return row[0] if row else None


def test_a_code_enrols_one_terminal_once() -> None:
    made = waiting()
    assert enrolled("tenant_chuo") == made.pk
    assert enrolled("tenant_chuo", CODE, "71" * 32) is None
    with as_owner():
        kept = Terminal.objects.using(OWNER).get()
    assert (kept.token_hash, kept.code_hash, kept.code_until) == (TOKEN, "", None)


def test_a_code_is_worth_nothing_at_another_tenant_nor_to_no_tenant() -> None:
    waiting(SPORTS)
    assert enrolled("tenant_chuo") is None
    assert enrolled("kashikan_tenant") is None


def test_a_code_that_is_over_or_of_a_revoked_terminal_enrols_nothing(superuser: psycopg.Connection) -> None:
    waiting(minutes=-1)
    assert enrolled("tenant_chuo") is None
    superuser.execute("UPDATE shared.tenants_terminal SET code_until = now() + interval '1 hour', revoked_at = now()")
    assert enrolled("tenant_chuo") is None


def test_an_empty_code_enrols_nothing_and_a_token_is_a_hash() -> None:
    entrance.terminal(CHUO)
    assert enrolled("tenant_chuo", "", TOKEN) is None
    with pytest.raises(errors.InvalidParameterValue):
        enrolled("tenant_chuo", CODE, "a token in clear")


def test_a_desk_notes_its_own_terminals_only(superuser: psycopg.Connection) -> None:
    made, _ = entrance.terminal(SPORTS)
    superuser.execute("UPDATE shared.tenants_terminal SET seen_on = NULL")
    for role, is_noted in (("tenant_chuo", False), ("tenant_sports", True)):
        with raw(role) as connection:
            connection.execute("SELECT shared.terminal_seen(%s)", [made.pk])
        with as_owner():
            assert (Terminal.objects.using(OWNER).get().seen_on is not None) is is_noted


@pytest.mark.parametrize(
    ("hours", "reason"), [(73, "専用線の故障"), (2, ""), (0, "専用線の故障"), (-1, "専用線の故障")]
)
def test_the_database_keeps_a_grant_short_and_reasoned(hours: int, reason: str) -> None:
    add = (
        "INSERT INTO shared.tenants_emergencygrant (id, tenant_id, starts_at, ends_at, reason, granted_at, granted_by)"
        " SELECT gen_random_uuid(), id, now(), now() + %s * interval '1 hour', %s, now(), gen_random_uuid()"
        " FROM shared.tenants_tenant LIMIT 1"
    )
    with raw("kashikan_city") as connection, pytest.raises(errors.CheckViolation):
        connection.execute(add, [hours, reason])


def test_the_database_knows_what_may_be_asked() -> None:
    add = "INSERT INTO shared.tenants_accessrule SELECT id, '{grant}', false, now() FROM shared.tenants_tenant LIMIT 1"
    with raw("kashikan_city") as connection, pytest.raises(errors.CheckViolation):
        connection.execute(add)


def test_a_network_with_host_bits_is_no_network() -> None:
    with raw("kashikan_city") as connection, pytest.raises(errors.InvalidTextRepresentation):
        connection.execute("SELECT '10.0.0.1/8'::cidr")
