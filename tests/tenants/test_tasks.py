"""Tasks run with nobody's rights until they name a tenant, and then with that tenant's alone."""

from __future__ import annotations

from contextlib import suppress

import psycopg
import pytest
from django.db import ProgrammingError, connection

from config.celery import app
from tenants import directory
from tenants.scope import NOBODY, scoped_connection
from tenants.tasks import TaskFailedError, UnknownTenantError, for_every_tenant, task, tenant_task
from tests.support.broker import queued

pytestmark = pytest.mark.usefixtures("database", "nothing_found")
app.set_default()
WHO = "SELECT current_user || ' ' || current_schema()"
found: list[str] = []


@pytest.fixture
def nothing_found() -> None:
    found.clear()


def find(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found.append(str(cursor.fetchone()[0]))


@task(name="tests.tasks.of_nobody")
def of_nobody(statement: str) -> None:
    find(statement)


@tenant_task(name="tests.tasks.of_tenant")
def of_tenant(_schema: str, statement: str) -> None:
    find(statement)


@tenant_task(name="tests.tasks.of_keeper", also_shared=True)
def of_keeper(_schema: str, statement: str) -> None:
    find(statement)


def test_a_task_without_a_schema_is_nobody_and_reads_nothing() -> None:
    with pytest.raises(TaskFailedError, match="ProgrammingError"):
        of_nobody("SELECT count(*) FROM shared.tenants_tenant")


def test_a_tenants_task_is_that_tenants_role_in_its_schema() -> None:
    of_tenant("chuo", WHO)
    assert found == ["tenant_chuo chuo"]


@pytest.mark.parametrize("table", ["registrants_registrant", "bookings_booking", "outbox_message", "audit_auditentry"])
def test_a_tenants_task_is_refused_anothers_tables(table: str) -> None:
    with pytest.raises(TaskFailedError, match="ProgrammingError"):
        of_tenant("chuo", f"SELECT count(*) FROM sports.{table}")


@pytest.mark.parametrize("schema", ["nowhere", "shared", "public", "gate", 'chuo"; --', ""])
def test_a_schema_that_is_no_tenants_is_refused(schema: str) -> None:
    with pytest.raises(UnknownTenantError):
        of_tenant(schema, WHO)
    assert found == []


@pytest.mark.parametrize("state", ["closed", "suspended"])
def test_a_tenant_that_is_not_at_work_is_refused(superuser: psycopg.Connection, state: str) -> None:
    superuser.execute("UPDATE shared.tenants_tenant SET state = %s WHERE schema_name = 'chuo'", [state])
    directory.forget()
    with pytest.raises(UnknownTenantError):
        of_tenant("chuo", WHO)
    assert found == []


def test_a_task_about_rows_that_every_schema_has_runs_in_the_shared_one_as_the_city() -> None:
    of_keeper("shared", WHO)
    of_keeper("bunka", WHO)
    assert found == ["kashikan_city shared", "tenant_bunka bunka"]


@pytest.mark.parametrize("statement", ["SELECT 1", "SELECT 1/0"])
def test_nothing_is_left_of_a_tasks_rights(statement: str) -> None:
    with suppress(TaskFailedError):
        of_tenant("chuo", statement)
    assert scoped_connection().scope == NOBODY
    with pytest.raises(ProgrammingError, match="permission denied"):
        find("SELECT count(*) FROM chuo.registrants_registrant")


def test_what_a_failing_task_had_read_is_not_in_its_error() -> None:
    with pytest.raises(TaskFailedError) as caught:
        of_tenant("chuo", "SELECT 'Yamada Hanako'::int")
    assert str(caught.value) == "DataError"
    assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)


def test_a_task_for_every_tenant_is_sent_once_for_each() -> None:
    for_every_tenant("tests.tasks.of_keeper", and_shared=True)
    schemas = ["shared", "bunka", "chuo", "sports"]
    assert queued() == [("tests.tasks.of_keeper", {"schema": schema}) for schema in schemas]
