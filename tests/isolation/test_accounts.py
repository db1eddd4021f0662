"""Nobody at a facility creates or raises an account, and nobody at the city does so by a statement of their own."""

from __future__ import annotations

import psycopg
import pytest
from django.test import Client

from shared.staff.models import StaffAccount
from tests import factories
from tests.apps.compliance.rostering import approved, drafted, people, rows_of, submitted
from tests.support.raw import raw
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
RAISING = (
    (
        "INSERT INTO {}.staff_staffaccount (id, login_id, name, password, roles, is_active, created_at, body, title,"
        " suspended_why) VALUES (gen_random_uuid(), 'me', '架空', '', '{{facility_manager}}', true, now(), '', '', '')"
    ),
    "UPDATE {}.staff_staffaccount SET roles = '{{facility_manager,systems}}'",
    "UPDATE {}.staff_staffaccount SET is_active = true",
    "UPDATE {}.staff_staffaccount SET is_active = false",
    "UPDATE {}.staff_staffaccount SET login_id = 'other'",
    "UPDATE {}.staff_staffaccount SET name = '別人'",
    "UPDATE {}.staff_staffaccount SET starts_on = '2000-01-01'",
    "UPDATE {}.staff_staffaccount SET ends_on = NULL",
    "UPDATE {}.staff_staffaccount SET suspended_at = NULL, suspended_why = ''",
    "UPDATE {}.staff_staffaccount SET body = '', title = ''",
    "DELETE FROM {}.staff_staffaccount",
    "TRUNCATE {}.staff_staffaccount CASCADE",
    (
        "INSERT INTO {0}.staff_staffaccount SELECT * FROM {0}.staff_staffaccount ON CONFLICT (id) DO UPDATE"
        " SET roles = '{{facility_manager}}'"
    ),
    (
        "MERGE INTO {0}.staff_staffaccount a USING (SELECT 1) one ON true"
        " WHEN MATCHED THEN UPDATE SET roles = '{{facility_manager}}'"
    ),
)


@pytest.mark.parametrize(("role", "schema"), [("tenant_chuo", "chuo"), ("kashikan_city", "shared")])
@pytest.mark.parametrize("statement", RAISING)
def test_postgresql_refuses_to_make_or_raise_an_account(role: str, schema: str, statement: str) -> None:
    factories.clerk() if schema == CHUO else factories.city_officer()
    with raw(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.format(schema).encode())


@pytest.mark.parametrize(
    ("day", "lets_in"),
    [
        ("2026-04-30 23:59", False),
        ("2026-05-01 00:00", True),
        ("2026-05-31 23:59", True),
        ("2026-06-01 00:00", False),
    ],
)
def test_an_account_lets_in_on_its_days_alone(
    desk: Client, clerk: StaffAccount, freeze: object, day: str, *, lets_in: bool
) -> None:
    factories.change_account(clerk, starts_on="2026-05-01", ends_on="2026-05-31", is_active=True)
    freeze(day)  # type: ignore[operator]
    assert desk.get("/inbox/").status_code == (200 if lets_in else 302)


def test_a_suspended_account_is_out_in_its_open_session(desk: Client, clerk: StaffAccount) -> None:
    assert desk.get("/inbox/").status_code == 200
    factories.change_account(clerk, is_active=False)
    assert desk.get("/inbox/").status_code == 302


def refused_to(role: str, statement: str, *values: object) -> bool:
    """Whether PostgreSQL refuses it, by a right or a row rule, or finds no row to change."""
    with raw(role, schema="shared") as connection:
        try:
            return connection.execute(statement.encode(), values).rowcount == 0
        except psycopg.errors.InsufficientPrivilege:
            return True


APPROVING = (
    "UPDATE compliance_rostersubmission SET state = 'approved'",
    "UPDATE compliance_rostersubmission SET state = 'draft'",
    "UPDATE compliance_rostersubmission SET decided_by = gen_random_uuid(), decided_at = now()",
    "UPDATE compliance_rostersubmission SET tenant = 'sports'",
    "UPDATE compliance_rostersubmission SET kind = 'password'",
    "DELETE FROM compliance_rostersubmission",
    "UPDATE compliance_rosterrow SET roles = '{facility_manager}'",
    "UPDATE compliance_rosterrow SET fault = ''",
    "DELETE FROM compliance_rosterrow",
    "UPDATE compliance_loginseries SET last = 0",
    "SELECT * FROM compliance_loginseries",
    "SELECT * FROM city_staff_account",
)


@pytest.mark.parametrize("statement", APPROVING)
def test_a_facility_approves_and_changes_no_roster_that_was_submitted(statement: str) -> None:
    submitted(people())
    assert refused_to("tenant_chuo", statement)


@pytest.mark.parametrize("values", ["'approved', NULL", "'submitted', NULL", "'draft', gen_random_uuid()"])
def test_a_facility_inserts_drafts_alone(values: str) -> None:
    assert refused_to(
        "tenant_chuo",
        "INSERT INTO compliance_rostersubmission (id, tenant, kind, made_at, made_by, submitted_at, decision_note,"
        f" version, state, decided_by) VALUES (gen_random_uuid(), 'chuo', 'first', now(), gen_random_uuid(), now(), '',"
        f" 1, {values})",
    )


ADDING = (
    "INSERT INTO compliance_rosterrow (id, submission_id, tenant, position, name, login_id, kana, title, body, roles,"
    " terminal, change, reason, fault, prints, account, granted_at) VALUES (gen_random_uuid(), %s, {}, 9, '架空', '',"
    " '', '', '', '{{facility_manager}}', '', '', '', '', 0, {}, {})"
)


def test_a_facility_adds_no_row_to_what_was_submitted_or_is_anothers() -> None:
    who = people()
    assert refused_to("tenant_chuo", ADDING.format("'chuo'", "NULL", "NULL"), submitted(who))
    draft = drafted(who)
    assert refused_to("tenant_sports", ADDING.format("'sports'", "NULL", "NULL"), draft)
    assert refused_to("tenant_sports", ADDING.format("'chuo'", "NULL", "NULL"), draft)
    assert refused_to("tenant_chuo", ADDING.format("'chuo'", "gen_random_uuid()", "now()"), draft)
    assert not refused_to("tenant_chuo", ADDING.format("'chuo'", "NULL", "NULL"), draft)


def test_another_facility_reads_no_row_of_a_roster() -> None:
    submitted(people())
    for table in ("compliance_rostersubmission", "compliance_rosterrow"):
        with raw("tenant_sports", schema="shared") as connection:
            assert connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone() == (0,)


def test_the_citys_role_marks_no_row_as_granted() -> None:
    submitted(people())
    for column in ("granted_at = now()", "account = gen_random_uuid()", "roles = '{facility_manager}'", "prints = 0"):
        assert refused_to("kashikan_city", f"UPDATE compliance_rosterrow SET {column}")


HASH = "argon2$argon2id$v=19$m=102400,t=2,p=8$invented$invented"
GRANTING = "SELECT refusal FROM staff_grant(%s, %s, %s, now() + interval '14 days', NULL, '')"


def refusal(role: str, statement: str, *values: object) -> object:
    with raw(role, schema="shared") as connection:
        return connection.execute(statement.encode(), values).fetchone()[0]  # type: ignore[index]


def test_the_function_gives_an_id_to_nobody_without_an_approved_row_and_an_officer() -> None:
    who = people()
    waiting, ready = submitted(who), approved(who)
    [row], [good] = rows_of(waiting), rows_of(ready)
    nobody = "00000000-0000-0000-0000-000000000001"
    assert refusal("kashikan_city", GRANTING, who.officer.id, row.pk, HASH) == "not_approved"
    assert refusal("kashikan_city", GRANTING, who.officer.id, nobody, HASH) == "row"
    assert refusal("kashikan_city", GRANTING, who.reviewer.id, good.pk, HASH) == "role"
    assert refusal("kashikan_city", GRANTING, who.manager.id, good.pk, HASH) == "role"
    assert refusal("kashikan_city", GRANTING, None, good.pk, HASH) == "role"
    assert refusal("kashikan_city", GRANTING, who.officer.id, good.pk, "plain text") == "password"
    assert refusal("kashikan_city", GRANTING, who.officer.id, good.pk, HASH) is None
    assert refusal("kashikan_city", GRANTING, who.officer.id, good.pk, HASH) == "granted"


@pytest.mark.parametrize("role", ["tenant_chuo", "kashikan_portal", "kashikan_desk", ""])
def test_nobody_else_may_call_what_gives_changes_or_resets(role: str) -> None:
    calls = (
        "SELECT shared.staff_grant(NULL, NULL, NULL, NULL, NULL, NULL)",
        "SELECT shared.staff_change(NULL, NULL, NULL, NULL)",
        "SELECT shared.staff_reset(NULL, NULL, NULL, NULL, NULL, NULL)",
        "SELECT shared.staff_suspend(NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
        "SELECT shared.staff_trace('chuo', 'city', NULL, 'permission', NULL, '', '{}', NULL, '')",
    )
    for call in calls:
        with raw(role, schema="shared") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(call.encode())


def test_a_facility_can_only_switch_off_and_only_its_own() -> None:
    manager = factories.clerk(roles=["facility_manager"])
    own, other = factories.clerk(), factories.clerk("sports")
    call = "SELECT staff_switch_off(%s, %s, %s, NULL, '')"
    assert refusal("tenant_chuo", call, own.pk, own.pk, "emergency") == "role"
    assert refusal("tenant_chuo", call, manager.pk, other.pk, "emergency") == "account"
    assert refusal("tenant_chuo", call, manager.pk, own.pk, "return") == "why"
    assert refusal("tenant_chuo", call, manager.pk, own.pk, "emergency") is None
    assert refusal("tenant_chuo", call, manager.pk, own.pk, "emergency") == "account"
