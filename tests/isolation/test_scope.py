"""The scope of a connection: what rollbacks, exceptions, threads and lost connections leave of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, ProgrammingError, connection, transaction

from apps.registrants.models import Registrant
from tenants.scope import NOBODY, Scope, ScopeError, desk_scope, enter, scoped_connection
from tests import factories
from tests.support.scopes import as_city, as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO, SPORTS, TENANTS
from tests.support.waiting import Gate

pytestmark = pytest.mark.usefixtures("database")


def whereabouts() -> tuple[str, str]:
    """Role and schema as PostgreSQL has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_schema()")
        role, schema = cursor.fetchone()
    return role, schema


def provoke() -> None:
    """An error that aborts the transaction."""
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def test_without_a_scope_nothing_is_read() -> None:
    factories.individual(CHUO)
    with pytest.raises(ProgrammingError, match="does not exist"):
        Registrant.objects.count()
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM chuo.registrants_registrant")


def test_the_scope_comes_in_one_round_trip() -> None:
    with count_statements() as sent, as_tenant(CHUO):
        Registrant.objects.exists()
    assert len(sent.texts) == 2


def test_a_unit_of_work_inside_another_gives_the_outer_scope_back() -> None:
    with as_tenant(CHUO):
        with as_city():
            assert whereabouts() == ("kashikan_city", "shared")
        assert whereabouts() == ("tenant_chuo", "chuo")
    assert scoped_connection().scope == NOBODY


def test_an_exception_in_a_unit_of_work_gives_up_its_scope() -> None:
    with pytest.raises(ZeroDivisionError), as_tenant(CHUO):
        raise ZeroDivisionError
    assert scoped_connection().scope == NOBODY
    assert whereabouts()[0] == "kashikan_web"


@pytest.mark.parametrize("inner", [as_city(), as_portal(CHUO), as_tenant(SPORTS)])
def test_changing_role_or_schema_inside_a_transaction_raises(inner: object) -> None:
    with as_tenant(CHUO), transaction.atomic():
        with pytest.raises(ScopeError), inner:  # type: ignore[attr-defined]  # a context manager
            pytest.fail("the scope was changed")
        assert whereabouts() == ("tenant_chuo", "chuo")
    with as_tenant(SPORTS):
        assert whereabouts() == ("tenant_sports", "sports")


def test_changing_the_scope_inside_a_transaction_begun_by_hand_raises() -> None:
    with as_tenant(CHUO):
        transaction.set_autocommit(False)
        try:
            with pytest.raises(ScopeError):
                enter(desk_scope(SPORTS))
            transaction.rollback()
        finally:
            transaction.set_autocommit(True)
        assert whereabouts() == ("tenant_chuo", "chuo")


def set_schema(schema: str) -> None:
    """django-tenants' own entry."""
    cast("Any", connection).set_schema(schema)


def test_the_entry_of_django_tenants_changes_the_schema_and_keeps_the_role() -> None:
    factories.individual(SPORTS)
    with as_tenant(CHUO):
        set_schema(SPORTS)
        with pytest.raises(ProgrammingError):
            Registrant.objects.count()
        assert scoped_connection().scope == Scope(role="tenant_chuo", schema=SPORTS)
    with as_tenant(CHUO), transaction.atomic(), pytest.raises(ScopeError):
        set_schema(SPORTS)


def test_a_rollback_does_not_lose_the_scope() -> None:
    with as_tenant(CHUO):
        with transaction.atomic():
            provoke()
            transaction.set_rollback(True)
        assert whereabouts() == ("tenant_chuo", "chuo")


def test_a_savepoint_that_is_rolled_back_does_not_lose_the_scope() -> None:
    with as_tenant(CHUO), transaction.atomic():
        savepoint = transaction.savepoint()
        provoke()
        transaction.savepoint_rollback(savepoint)
        assert whereabouts() == ("tenant_chuo", "chuo")


def test_a_transaction_that_is_a_connections_first_act_keeps_the_scope_when_it_is_rolled_back() -> None:
    connection.close()
    with as_tenant(CHUO):
        with transaction.atomic():
            assert whereabouts() == ("tenant_chuo", "chuo")
            transaction.set_rollback(True)
        assert whereabouts() == ("tenant_chuo", "chuo")


def test_a_role_set_by_hand_in_a_transaction_ends_with_the_unit_of_work() -> None:
    with as_tenant(CHUO), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET ROLE tenant_sports")
    with as_tenant(CHUO):
        assert whereabouts() == ("tenant_chuo", "chuo")


def test_a_cursor_on_the_server_reads_in_the_scope() -> None:
    for schema in (CHUO, SPORTS):
        factories.individual(schema, family_name=schema)
    for schema in (SPORTS, CHUO):
        with as_tenant(schema):
            assert [found.family_name for found in Registrant.objects.iterator(chunk_size=1)] == [schema]


def test_a_connection_that_died_and_was_made_again_applies_the_scope_again(superuser: psycopg.Connection) -> None:
    with as_tenant(CHUO):
        whereabouts()
        superuser.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        with pytest.raises(OperationalError):
            whereabouts()
        connection.close_if_unusable_or_obsolete()
        assert whereabouts() == ("tenant_chuo", "chuo")


def test_each_thread_has_its_own_scope() -> None:
    together = Gate(len(TENANTS))

    def work(schema: str) -> list[tuple[str, str]]:
        with as_tenant(schema):
            found = []
            for _ in range(20):
                together.wait()
                found.append(whereabouts())
        connection.close()
        return found

    with ThreadPoolExecutor(len(TENANTS)) as pool:
        for schema, found in zip(TENANTS, pool.map(work, TENANTS), strict=True):
            assert set(found) == {(f"tenant_{schema}", schema)}


def test_a_new_thread_begins_without_any_right() -> None:
    def work() -> tuple[str, str]:
        try:
            return whereabouts()
        finally:
            connection.close()

    with as_tenant(BUNKA), ThreadPoolExecutor(1) as pool:
        assert pool.submit(work).result() == ("kashikan_web", "pg_catalog")
