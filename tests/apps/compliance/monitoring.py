"""Months of the monthly monitoring, as the tests need them. Enter no scope around these."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from apps.compliance.models.monitoring import MonitoringMonth
from apps.compliance.models.monitoring_findings import MonitoringFinding
from apps.compliance.rules.monitoring.words import Source
from apps.compliance.services.monitoring.check import save_results, save_visit
from apps.compliance.services.monitoring.findings import issue_finding
from apps.compliance.services.monitoring.make import make_month
from apps.compliance.services.monitoring.plan import submit_plan
from apps.compliance.services.monitoring.self_check import Own, Report, save_report, save_section, submit_report
from kernel import clock
from shared.actor import Actor
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO

MARCH = dt.date(2026, 3, 1)
STAFF = Actor(kind="staff", id=UUID(int=1))
CITY = Actor(kind="city", id=UUID(int=2))


def made(schema: str = CHUO, month: dt.date = MARCH) -> MonitoringMonth:
    """A sheet that nobody has filled in."""
    with as_tenant(schema):
        assert make_month(schema, month)
        return MonitoringMonth.objects.get(tenant=schema, month=month)


def filled_in(schema: str = CHUO, month: dt.date = MARCH) -> MonitoringMonth:
    """A sheet with everything that the facility fills in, not yet handed in."""
    sheet = made(schema, month)
    with as_tenant(schema):
        codes = sheet.results.exclude(filled_by=Source.CITY).values_list("code", flat=True)
        save_section(actor=STAFF, tenant=schema, month=month, answers={code: Own("fit") for code in codes})
        save_report(actor=STAFF, tenant=schema, month=month, report=Report(complaints=1, accidents=0))
    return sheet


def reported(schema: str = CHUO, month: dt.date = MARCH) -> MonitoringMonth:
    """A sheet that waits for the city."""
    sheet = filled_in(schema, month)
    with as_tenant(schema):
        submit_report(actor=STAFF, tenant=schema, month=month)
    return sheet


def checked(schema: str = CHUO, month: dt.date = MARCH, **results: str) -> MonitoringMonth:
    """A sheet that the city has looked at: everything 適 but ``results`` (code = result)."""
    sheet = reported(schema, month)
    with as_city():
        found = {code: Own("fit") for code in sheet.results.values_list("code", flat=True)}
        found |= {code: Own(result, "架空の所見") for code, result in results.items()}
        save_results(actor=CITY, tenant=schema, month=month, results=found)
        save_visit(actor=CITY, tenant=schema, month=month, checked_on=clock.today(), checker="架空市福祉課　見本")
    return sheet


def with_finding(schema: str = CHUO, month: dt.date = MARCH, **results: str) -> MonitoringFinding:
    """A finding that wants an improvement plan."""
    return found(checked(schema, month, **results))


def found(sheet: MonitoringMonth) -> MonitoringFinding:
    """The same on a sheet that waits for the city."""
    with as_city():
        deadline = clock.today() + dt.timedelta(days=14)
        return issue_finding(
            actor=CITY, tenant=sheet.tenant, month=sheet.month, text="鍵を管理すること", deadline=deadline
        )


def planned(schema: str = CHUO, month: dt.date = MARCH) -> MonitoringFinding:
    """A finding whose plan waits for the city."""
    finding = with_finding(schema, month)
    with as_tenant(schema):
        until = clock.today() + dt.timedelta(days=20)
        submit_plan(actor=STAFF, finding=finding.pk, text="記録簿を置く", until=until)
    return finding


def now_of(sheet: MonitoringMonth) -> MonitoringMonth:
    """The sheet as it stands now."""
    with as_city():
        return MonitoringMonth.objects.get(pk=sheet.pk)


def nobody() -> UUID:
    """An id of nothing."""
    return uuid4()
