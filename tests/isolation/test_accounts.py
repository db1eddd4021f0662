"""Nobody at a facility creates or raises an account, and nobody at the city does so by a statement of their own."""

from __future__ import annotations

import psycopg
import pytest
from django.test import Client

from shared.staff.models import StaffAccount
from tests import factories
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
