"""No role takes data out by itself: the facility cannot approve, the city cannot ask, and nothing goes back."""

from __future__ import annotations

from typing import LiteralString
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests import factories
from tests.apps.compliance.exporting import asked, decided, fetched, made
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import BUNKA, CHUO

REFUSED: list[tuple[str, LiteralString]] = [
    (CHUO, "UPDATE shared.compliance_exportrequest SET decision = 'approved' WHERE id = %s"),
    (CHUO, "UPDATE shared.compliance_exportrequest SET outcome = 'making' WHERE id = %s"),
    (CHUO, "UPDATE shared.compliance_exportrequest SET expected = 5000 WHERE id = %s"),
    (CHUO, "UPDATE shared.compliance_exportrequest SET fields = '{birth_date}' WHERE id = %s"),
    (CHUO, "DELETE FROM shared.compliance_exportrequest WHERE id = %s"),
    (CHUO, "SELECT * FROM shared.compliance_exportseries WHERE %s IS NOT NULL"),
    ("city", "UPDATE shared.compliance_exportrequest SET outcome = 'making' WHERE id = %s"),
    ("city", "UPDATE shared.compliance_exportrequest SET decision = 'approved' WHERE id = %s"),
    ("city", "UPDATE shared.compliance_exportrequest SET fields = '{number}' WHERE id = %s"),
    ("city", "DELETE FROM shared.compliance_exportrequest WHERE id = %s"),
    ("city", "SELECT content FROM chuo.vault_vaultfile WHERE subject = %s"),
    ("city", "SELECT person FROM chuo.vault_exportedperson WHERE request = %s"),
]
BACK: list[LiteralString] = [
    "UPDATE shared.compliance_exportrequest SET outcome = 'making' WHERE id = %s",
    "UPDATE shared.compliance_exportrequest SET outcome = 'made' WHERE id = %s",
    "UPDATE shared.compliance_exportrequest SET outcome = '' WHERE id = %s",
]
COPY: LiteralString = """
INSERT INTO shared.compliance_exportrequest (id, tenant, asked_at, asked_by, asked_login, asked_name, purpose, note,
    kind, states, fields, sensitive_reason, encoding, expected, decision, decided_login, decided_name, condition,
    margin, outcome, rows_done, decided_at, decided_by, fiscal_year, serial)
SELECT gen_random_uuid(), %s, asked_at, asked_by, asked_login, asked_name, purpose, note, kind, states, fields,
    sensitive_reason, encoding, expected, %s, 'x', 'x', condition, margin, outcome, rows_done, {}
FROM shared.compliance_exportrequest
"""
UNDECIDED: LiteralString = "NULL, NULL, NULL, NULL"
APPROVED: LiteralString = "now(), gen_random_uuid(), 2026, 999"


@pytest.fixture
def request_id(manager: Client) -> UUID:
    factories.individual()
    return asked(manager)


@pytest.mark.parametrize(("who", "statement"), REFUSED)
def test_each_hand_writes_its_own_columns_only(request_id: UUID, who: str, statement: LiteralString) -> None:
    scope = as_city() if who == "city" else as_tenant(who)
    with scope, pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement, [request_id])


@pytest.mark.parametrize("statement", BACK)
def test_one_approval_makes_one_file(manager: Client, city: Client, statement: LiteralString) -> None:
    factories.individual()
    request = made(manager, city)
    fetched(manager, request)
    with as_tenant(CHUO), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement, [request])


def test_a_decision_stays(city: Client, request_id: UUID) -> None:
    decided(city, request_id)
    statement: LiteralString = "UPDATE shared.compliance_exportrequest SET decision = %s, serial = %s WHERE id = %s"
    for decision, serial in (("refused", None), ("", None)):
        with as_city(), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement, [decision, serial, request_id])


@pytest.mark.parametrize(
    ("tenant", "decision", "rest"),
    [(BUNKA, "", UNDECIDED), (CHUO, "approved", APPROVED)],
    ids=["another's", "approved"],
)
def test_no_request_is_born_approved_or_in_anothers_name(
    request_id: UUID, tenant: str, decision: str, rest: LiteralString
) -> None:
    with as_tenant(CHUO), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        connection.cursor().execute(COPY.format(rest), [tenant, decision])


def test_a_facility_reads_its_own_requests_only(request_id: UUID) -> None:
    for schema, seen in ((CHUO, 1), (BUNKA, 0)):
        with as_tenant(schema), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM shared.compliance_exportrequest")
            assert cursor.fetchone() == (seen,)
