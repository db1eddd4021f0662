"""What neither side can do to a month by any statement of its own: columns, rows, turns, figures, the three items."""

from __future__ import annotations

import psycopg
import pytest

from apps.compliance.rules.monitoring.seed import REQUIRED
from tests.apps.compliance import monitoring as months
from tests.support.fixtures import Freeze
from tests.support.raw import raw, raw_owner
from tests.support.tenants import CHUO, SPORTS

Refused = (psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation)
FACILITY = f"tenant_{CHUO}"
CITY = "kashikan_city"
INVENTED_FIGURE = (
    "INSERT INTO shared.compliance_monitoringfact (month_id, tenant, code, value, sentence, sentence_en, wants_look)"
    " SELECT id, tenant, 'invented', 0, '', '', false FROM shared.compliance_monitoringmonth"
)
ANOTHERS_ACT = (
    "INSERT INTO shared.compliance_monitoringact (month_id, tenant, at, side, act, note, snapshot)"
    " SELECT id, tenant, now(), 'city', 'close', '', '{}' FROM shared.compliance_monitoringmonth"
)


@pytest.fixture(autouse=True)
def _in_april(freeze: Freeze, database: None) -> None:
    freeze("2026-04-03 10:00")


def refused(role: str, statement: str) -> bool:
    with raw(role, schema=CHUO if role == FACILITY else "") as connection:
        try:
            connection.execute(statement)
        except Refused:
            return True
    return False


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shared.compliance_monitoringresult SET city_result = 'fit'",
        "UPDATE shared.compliance_monitoringmonth SET grade = 'A'",
        "UPDATE shared.compliance_monitoringmonth SET state = 'closed'",
        "UPDATE shared.compliance_monitoringmonth SET complaints = 0",
        "UPDATE shared.compliance_monitoringresult SET own_result = 'fit'",
        "UPDATE shared.compliance_monitoringmonth SET state = 'self_check'",
        "UPDATE shared.compliance_monitoringfinding SET deadline = '2030-01-01'",
        "UPDATE shared.compliance_monitoringfinding SET state = 'confirmed'",
        "UPDATE shared.compliance_monitoringfact SET value = 0",
        "UPDATE shared.compliance_monitoringact SET note = ''",
        "DELETE FROM shared.compliance_monitoringact",
        "DELETE FROM shared.compliance_monitoringmonth",
        "DELETE FROM shared.compliance_monitoringresult",
        "INSERT INTO shared.compliance_monitoringmonth SELECT * FROM shared.compliance_monitoringmonth",
        INVENTED_FIGURE,
        ANOTHERS_ACT,
        "SELECT * FROM shared.compliance_monitoringmailbox",
        "INSERT INTO shared.compliance_monitoringitem SELECT * FROM shared.compliance_monitoringitem",
    ],
)
def test_a_facility_that_has_reported_changes_nothing_and_never_what_is_the_citys(statement: str) -> None:
    months.with_finding()
    assert refused(FACILITY, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shared.compliance_monitoringresult SET own_result = 'unfit'",
        "UPDATE shared.compliance_monitoringmonth SET complaints = 9",
        "UPDATE shared.compliance_monitoringmonth SET state = 'reported'",
        "UPDATE shared.compliance_monitoringresult SET city_result = 'fit'",
        "UPDATE shared.compliance_monitoringmonth SET checker = 'x'",
        "UPDATE shared.compliance_monitoringmonth SET state = 'closed', grade = 'A', closed_at = now()",
        "DELETE FROM shared.compliance_monitoringresult",
        "UPDATE shared.compliance_monitoringitem SET is_on = false",
        "DELETE FROM shared.compliance_monitoringitem",
        "SELECT shared.monitoring_open('2026-02-01')",
    ],
)
def test_the_city_does_not_write_the_self_check_nor_before_its_turn(statement: str) -> None:
    months.filled_in()
    assert refused(CITY, statement)


def test_no_month_is_closed_with_an_item_unjudged_or_a_finding_open() -> None:
    closing = "UPDATE shared.compliance_monitoringmonth SET state = 'closed', grade = 'A', closed_at = now()"
    months.reported()
    assert refused(CITY, closing)
    months.planned(SPORTS)
    assert refused(CITY, f"{closing} WHERE tenant = '{SPORTS}'")


def test_another_facilitys_months_are_neither_seen_nor_touched() -> None:
    sheet = months.made(SPORTS)
    with raw(FACILITY, schema=CHUO) as connection:
        for table in ("month", "result", "fact", "act", "finding", "photo", "year"):
            assert connection.execute(f"SELECT count(*) FROM shared.compliance_monitoring{table}").fetchone() == (0,)
        assert connection.execute("UPDATE shared.compliance_monitoringmonth SET complaints = 3").rowcount == 0
    assert refused(
        FACILITY,
        "INSERT INTO shared.compliance_monitoringact (month_id, tenant, at, side, act, note, snapshot)"
        f" VALUES ('{sheet.pk}', '{CHUO}', now(), 'facility', 'report', '', '{{}}')",
    )


@pytest.mark.parametrize("code", REQUIRED)
@pytest.mark.parametrize("change", ["is_on = false", "text = '別の項目'", "is_required = false", "filled_by = 'city'"])
def test_the_three_items_are_not_switched_off_or_reworded(code: str, change: str) -> None:
    column, _, value = change.partition(" = ")
    columns = {
        name: name
        for name in (
            "category", "position", "text", "method", "evidence", "filled_by", "facts", "is_required", "is_on", "reason"
        )
    } | {column: value}  # fmt: skip
    names, values = ", ".join(columns), ", ".join(columns.values())
    assert refused(
        CITY,
        f"INSERT INTO shared.compliance_monitoringitem (code, version, changed_at, {names})"
        f" SELECT code, 2, now(), {values} FROM shared.compliance_monitoringitem WHERE code = '{code}'",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM shared.compliance_monitoringitem WHERE is_required",
        "UPDATE shared.compliance_monitoringitem SET is_on = false",
        "TRUNCATE shared.compliance_monitoringitem",
    ],
)
def test_not_even_the_owner_removes_an_item(statement: str) -> None:
    with raw_owner() as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(statement)
