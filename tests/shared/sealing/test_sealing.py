"""Sealing and checking the audit: whatever is changed, removed or put in afterwards is found, and named."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import psycopg
import pytest

from shared.actor import Actor
from shared.audit.models import Action, AuditEntry, AuditSeal
from shared.audit.record import record
from shared.sealing.models import DaySeal
from shared.sealing.seals import Checked, check, places, seal, state_of
from shared.sealing.tasks import seal_all
from tests.support.outbox import until
from tests.support.raw import raw, raw_superuser
from tests.support.scopes import as_city, as_tenant
from tests.support.seals import sealed
from tests.support.tenants import CHUO, SPORTS, TENANTS
from tests.support.waiting import joined

pytestmark = pytest.mark.usefixtures("database")
Freeze = Callable[[str], object]


def write(count: int, schema: str = CHUO) -> list[int]:
    """Entries, each in a transaction of its own; their ids."""
    with as_tenant(schema):
        for number in range(count):
            record(Actor("staff"), Action.VIEW, object_type="registrant", object_id=number, page="架空")
        return list(AuditEntry.objects.order_by("id").values_list("id", flat=True))[-count:]


def sealed_now() -> int:
    with as_city():
        return seal(CHUO)


def checked(first: int = 1, last: int = 1, schema: str = CHUO) -> Checked:
    with as_city():
        return check(schema, first, last)


def forge(statement: str) -> None:
    """As the superuser, whom nothing stops."""
    with raw_superuser() as connection:
        connection.execute(statement)


def test_what_was_written_is_sealed_once_and_found_as_it_was() -> None:
    write(3)
    assert (sealed(), sealed()) == (3, 0)
    assert checked() == Checked(rows=3, block=None, fault="", row=None)


def test_a_block_holds_no_more_than_it_may() -> None:
    write(5)
    assert sealed(most=2) == 5
    with as_tenant(CHUO):
        assert list(AuditSeal.objects.values_list("id", "rows")) == [(1, 2), (2, 2), (3, 1)]
    assert checked(1, 3) == Checked(5, None, "", None)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "at + interval '1 microsecond'"),
        ("actor_kind", "'city'"),
        ("actor_id", "gen_random_uuid()"),
        ("action", "'search'"),
        ("object_type", "'card'"),
        ("object_id", "'9'"),
        ("purpose", "'x'"),
        ("detail", '\'{"page": "見本"}\''),
        ("address", "'192.0.2.9'"),
        ("request_id", "'n'"),
        ("roles", "ARRAY['auditor']"),
        ("body", "'見本会'"),
        ("terminal", "gen_random_uuid()"),
        ("session", "'s'"),
        ("persons", "ARRAY[gen_random_uuid()]"),
    ],
)
def test_a_change_of_any_column_is_found_and_its_row_named(column: str, value: str) -> None:
    ids = write(4)
    sealed(most=2)
    forge(f"UPDATE chuo.audit_auditentry SET {column} = {value} WHERE id = {ids[2]}")
    assert checked(1, 2) == Checked(4, 2, "changed", ids[2])


def test_the_columns_of_an_entry_are_those_that_are_hashed(superuser: psycopg.Connection) -> None:
    """A new column needs a new canonical form."""
    columns = superuser.execute(
        "SELECT count(*) FROM pg_attribute WHERE attrelid = 'chuo.audit_auditentry'::regclass AND attnum > 0"
    ).fetchone()
    assert columns == (17,)


def test_a_removed_row_is_found() -> None:
    ids = write(3)
    sealed()
    forge(f"DELETE FROM chuo.audit_auditentry WHERE id = {ids[1]}")
    assert checked() == Checked(2, 1, "removed", ids[1])


def test_a_row_that_was_put_in_is_found() -> None:
    ids = write(3)
    sealed()
    forge(
        "INSERT INTO chuo.audit_auditentry (id, at, actor_kind, action, object_type, object_id, purpose, detail,"
        f" request_id, xact) SELECT 9999, at, actor_kind, action, object_type, object_id, purpose, detail, request_id,"
        f" xact FROM chuo.audit_auditentry WHERE id = {ids[1]}"
    )
    assert checked() == Checked(4, 1, "inserted", 9999)


@pytest.mark.parametrize(
    ("statement", "fault", "block"),
    [
        ("DELETE FROM chuo.audit_auditseal WHERE id = 2", "seal_removed", 2),
        ("DELETE FROM chuo.audit_auditseal WHERE id = 3", "seal_removed", 3),
        ("UPDATE chuo.audit_auditseal SET root = sha256('x') WHERE id = 2", "seal_changed", 2),
        ("UPDATE chuo.audit_auditseal SET sealed_at = sealed_at + interval '1 day' WHERE id = 2", "seal_changed", 2),
        ("UPDATE chuo.audit_auditseal SET chain = sha256('x') WHERE id = 1", "seal_changed", 1),
    ],
)
def test_a_seal_that_was_touched_is_found(statement: str, fault: str, block: int) -> None:
    write(6)
    sealed(most=2)
    forge(statement)
    found = checked(1, 3)
    assert (found.block, found.fault) == (block, fault)


@pytest.mark.parametrize("role", [f"tenant_{schema}" for schema in TENANTS] + ["kashikan_portal", "kashikan_city"])
def test_nobody_pushes_a_row_into_what_is_sealed_or_writes_a_seal(role: str) -> None:
    write(1)
    sealed()
    schema = role.removeprefix("tenant_") if role.startswith("tenant_") else "chuo"
    columns = "at, actor_kind, action, object_type, object_id, purpose, detail, request_id"
    values = "now(), 'staff', 'view', '', '', '', '{}', ''"
    with raw(role) as connection:
        for statement in (
            f"INSERT INTO {schema}.audit_auditentry ({columns}, xact) VALUES ({values}, 1)",
            f"INSERT INTO {schema}.audit_auditentry ({columns}, id) VALUES ({values}, 1)",
            f"UPDATE {schema}.audit_auditseal SET rows = 0",
            f"DELETE FROM {schema}.audit_auditseal",
            "UPDATE shared.audit_dayseal SET root = ''",
            "DELETE FROM shared.audit_dayseal",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_a_row_that_is_committed_late_is_sealed_later_and_never_taken_for_a_forgery() -> None:
    late = "INSERT INTO chuo.audit_auditentry (at, actor_kind, action, object_type, object_id, purpose, detail,"
    late += " request_id) VALUES (now(), 'staff', 'view', '', '', '', '{}', '')"
    with raw("tenant_chuo") as slow:
        slow.execute("BEGIN")
        slow.execute(late)
        [early] = write(1)
        assert sealed_now() == 0  # the transaction that began before is not over
        slow.execute("COMMIT")
    assert sealed() == 2
    assert checked() == Checked(2, None, "", None)
    with as_tenant(CHUO):
        assert AuditEntry.objects.order_by("-id")[0].pk == early


def test_a_transaction_that_writes_again_after_a_seal_loses_nothing() -> None:
    late = "INSERT INTO chuo.audit_auditentry (at, actor_kind, action, object_type, object_id, purpose, detail,"
    late += " request_id) VALUES (now(), 'staff', 'view', '', '', '', '{}', '')"
    with raw("tenant_chuo") as slow:
        slow.execute("BEGIN")
        slow.execute(late)
        sealed_now()
        slow.execute(late)
        slow.execute("COMMIT")
    assert sealed() == 2


def test_two_jobs_at_once_seal_each_row_once() -> None:
    write(40)
    jobs = [threading.Thread(target=_seal_in_a_thread, daemon=True) for _ in range(4)]
    for job in jobs:
        job.start()
    joined(*jobs)
    sealed(most=10)
    with as_tenant(CHUO):
        numbers = list(AuditSeal.objects.values_list("id", "rows"))
    assert [number for number, _ in numbers] == list(range(1, len(numbers) + 1))
    assert sum(rows for _, rows in numbers) == 40
    assert checked(1, len(numbers)) == Checked(40, None, "", None)


def _seal_in_a_thread() -> None:
    with raw("kashikan_city") as connection:
        for _ in range(5):
            connection.execute("SELECT shared.audit_seal('chuo', now(), 10)")


def test_the_task_seals_every_schema_the_citys_own_too() -> None:
    write(1)
    write(2, SPORTS)
    with as_city():
        record(Actor("city"), Action.SEARCH)
    until(lambda: not _waiting())
    with as_city():
        assert {place: state_of(place).sealed for place in places()} == {
            "shared": 1,
            "bunka": 0,
            "chuo": 1,
            "sports": 2,
        }


def _waiting() -> int:
    seal_all()
    with as_city():
        return sum(state_of(place).waiting for place in places())


def test_a_day_that_is_over_is_kept_by_the_city_even_when_nothing_was_done(freeze: Freeze) -> None:
    freeze("2026-11-24 10:00")
    write(2)
    sealed()
    freeze("2026-11-26 09:00")
    write(1)
    sealed()
    with as_city():
        days = list(DaySeal.objects.order_by("day").values_list("tenant", "day", "block", "rows"))
        [first, second] = DaySeal.objects.order_by("day")
    assert days == [(CHUO, dt.date(2026, 11, 24), 1, 2), (CHUO, dt.date(2026, 11, 25), 1, 0)]
    assert bytes(first.root) == bytes(second.root)
    with as_tenant(CHUO):
        assert bytes(AuditSeal.objects.get(pk=1).chain) == bytes(first.root)


def test_another_schema_than_a_tenants_is_refused() -> None:
    with raw("kashikan_city") as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute("SELECT shared.audit_seal('pg_catalog', now(), 10)")


def test_after_a_restore_into_a_younger_cluster_nothing_is_sealed_until_the_numbers_are_set_on() -> None:
    write(1)
    sealed()
    forge("UPDATE chuo.audit_auditseal SET to_xact = to_xact + 1000000000")  # as if this cluster were younger
    write(1)
    with raw("kashikan_city") as connection, pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
        connection.execute("SELECT shared.audit_seal('chuo', now(), 10)")
    forge("SELECT shared.audit_rebase('chuo', now())")
    try:
        write(2)
        until(lambda: sealed_now() + _sealed_rows() >= 3)
    finally:
        forge("ALTER TABLE chuo.audit_auditentry ALTER COLUMN xact SET DEFAULT pg_current_xact_id()::text::bigint")


def _sealed_rows() -> int:
    with as_city():
        return state_of(CHUO).sealed
