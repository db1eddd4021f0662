"""A desk opens at 0:00 of the operator's first day and closes at 24:00 of the last, by itself and in open sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from shared.staff.models import StaffAccount
from tenants.models import OperatorAssignment
from tenants.scope import OWNER
from tests import factories
from tests.support.clients import signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_owner, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
DeskClient = Callable[[str], Client]


def end(schema: str, last: dt.date) -> None:
    """The term of whoever runs ``schema`` is cut short."""
    with as_city():
        term = OperatorAssignment.objects.get(tenant__schema_name=schema)
        OperatorAssignment.objects.filter(pk=term.pk).update(
            during=DateRange(term.during.lower, last + dt.timedelta(1))
        )


def follow(schema: str, first: dt.date) -> OperatorAssignment:
    """The same operator is designated again, from ``first`` on."""
    with as_city():
        term = OperatorAssignment.objects.filter(tenant__schema_name=schema).earliest("during")
        return OperatorAssignment.objects.create(
            tenant_id=term.tenant_id, operator_id=term.operator_id, during=DateRange(first, None)
        )


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


@pytest.mark.parametrize("schema", [CHUO, SPORTS])
def test_an_open_session_ends_with_the_last_second_of_the_term(
    schema: str, desk_client: DeskClient, freeze: Freeze
) -> None:
    freeze("2027-03-31 23:00")
    client = signed_in(desk_client(schema), factories.clerk(schema))
    end(schema, dt.date(2027, 3, 31))
    freeze("2027-03-31 23:59:59")
    assert is_in(client)
    freeze("2027-04-01 00:00:00")
    assert client.get("/")["Location"].startswith("/login/")
    assert client.post("/registrants/", {"q": "架空"}).status_code == 302


def test_whoever_follows_comes_in_at_midnight_and_not_a_second_before(desk_client: DeskClient, freeze: Freeze) -> None:
    freeze("2027-03-31 20:00")
    end(CHUO, dt.date(2027, 3, 31))
    follow(CHUO, dt.date(2027, 4, 1))
    coming = signed_in(desk_client(CHUO), factories.clerk(starts_on=dt.date(2027, 4, 1)))
    freeze("2027-03-31 23:59:59")
    assert not is_in(coming)
    freeze("2027-04-01 00:00:00")
    assert is_in(coming)


def test_an_account_of_the_term_before_does_not_enter_the_next(desk_client: DeskClient, freeze: Freeze) -> None:
    freeze("2027-03-31 20:00")
    account = factories.clerk()
    end(CHUO, dt.date(2027, 3, 31))
    follow(CHUO, dt.date(2027, 4, 1))
    freeze("2027-04-01 09:00")
    typed = {"login_id": account.login_id, "password": factories.PASSWORD}
    assert desk_client(CHUO).post("/login/", typed).status_code == 422


def test_a_term_cut_short_closes_the_sessions_that_are_open(desk: Client, freeze: Freeze) -> None:
    assert is_in(desk)
    end(CHUO, dt.date(2017, 4, 1))
    assert not is_in(desk)


def test_where_nobody_runs_the_facility_nobody_enters(desk_client: DeskClient, freeze: Freeze) -> None:
    freeze("2027-05-01 09:00")
    end(CHUO, dt.date(2027, 3, 31))
    assert not is_in(signed_in(desk_client(CHUO), factories.clerk()))


def test_one_facilitys_end_leaves_the_others_at_work(desk: Client, freeze: Freeze) -> None:
    end(SPORTS, dt.date(2017, 4, 1))
    assert is_in(desk)


def test_the_term_costs_no_statement_of_its_own(desk: Client) -> None:
    with count_statements() as before:
        desk.get("/account/")
    with as_tenant(CHUO):
        assert StaffAccount.objects.get().term == DateRange(dt.date(2017, 4, 1), None)
    assert not any("tenants_operatorassignment" in text for text in before.texts)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE staff_staffaccount SET term = '[2017-04-01,)'",
        "UPDATE staff_staffaccount SET assignment = 99",
        "UPDATE shared.tenants_operatorassignment SET during = '[2000-01-01,)'",
    ],
)
def test_a_desk_does_not_lengthen_its_own_term(clerk: StaffAccount, statement: str) -> None:
    with as_tenant(CHUO), pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)


def test_not_even_the_owner_writes_a_term_that_the_designation_does_not_have(clerk: StaffAccount) -> None:
    end(CHUO, dt.date(2027, 3, 31))
    with as_owner(CHUO):
        StaffAccount.objects.using(OWNER).update(term=DateRange(dt.date(2000, 1, 1), None))
        assert StaffAccount.objects.using(OWNER).get().term == DateRange(dt.date(2017, 4, 1), dt.date(2027, 4, 1))


@pytest.mark.parametrize(
    "change",
    [
        "during = '[2016-04-01,)'",
        "during = 'empty'",
        "during = '(,2027-04-01)'",
        "agreement_number = '別の番号'",
        "fee_regime = 'public'",
        "operator_id = 2",
        "tenant_id = 2",
    ],
)
def test_of_a_designation_only_its_end_changes(superuser: psycopg.Connection, change: str) -> None:
    statement = f"UPDATE shared.tenants_operatorassignment SET {change} WHERE agreement_number <> ''"
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        superuser.execute(statement.encode())


def test_the_citys_own_accounts_have_no_term(city: Client, freeze: Freeze) -> None:
    assert is_in(city)
