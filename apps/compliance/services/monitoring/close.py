"""The city judges a month: a grade by rule, or another with a reason; and takes a judgement back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.timezone import localdate

from apps.compliance.models.monitoring import MonitoringMonth, MonthState
from apps.compliance.models.monitoring_findings import MonitoringFinding
from apps.compliance.monitoring_errors import FindingsOpenError, OverrideReasonError, UncheckedItemsError
from apps.compliance.rules.monitoring.clocks import report_due
from apps.compliance.rules.monitoring.grading import Graded, Judged, Plan, grade_of
from apps.compliance.rules.monitoring.words import OPEN_FINDINGS, FindingState, Grade, Result, State
from apps.compliance.services.monitoring.acting import change, leave_trace, month_for, stated
from apps.compliance.services.monitoring.self_check import days_late
from kernel import clock
from shared.actor import Actor


def grade_by_rule(month: MonitoringMonth) -> Graded:
    """The grade that the rule gives to what stands in the month now; two statements.

    Raises ``UncheckedItemsError``, ``FindingsOpenError``.
    """
    rows, findings = list(month.results.all()), list(month.findings.all())
    if unchecked := sum(not row.city_result for row in rows):
        raise UncheckedItemsError(missing=unchecked)
    if still := sum(FindingState(one.state) in OPEN_FINDINGS for one in findings):
        raise FindingsOpenError(open=still)
    judged = [Judged(Result(row.city_result), row.is_required) for row in rows]
    plans = [_plan(one) for one in findings if one.state != FindingState.WITHDRAWN]
    return grade_of(judged, plans, days_late=days_late(month, report_due(month.month)))


def close_month(
    *,
    actor: Actor,
    tenant: str,
    month: dt.date,
    grade: str = "",
    reason: str = "",
    seen_version: int | None = None,
) -> Graded:
    """Judge the month; an empty ``grade`` takes the rule's. What the rule said stays beside another grade.

    Raises ``OverrideReasonError``, and the errors of ``month_for`` and ``grade_by_rule``.
    """
    with transaction.atomic():
        found = month_for(tenant, month, {State.REPORTED, State.PLANNED}, seen_version=seen_version)
        graded = grade_by_rule(found)
        given = Grade(grade) if grade else graded.grade
        why = reason.strip() if given != graded.grade else ""
        if given != graded.grade and not why:
            raise OverrideReasonError(field="reason")
        values = {
            "computed_grade": graded.grade.value,
            "grade": given.value,
            "grade_reasons": [[one.code, one.number] for one in graded.reasons],
            "override_reason": why,
        }
        change(found, state=MonthState.CLOSED, closed_at=clock.now(), closed_by=actor.id, **values)
        leave_trace(actor, found, "close", note=given.value, snapshot=values, grade=given.value)
    return graded


def reopen_month(*, actor: Actor, tenant: str, month: dt.date, reason: str, seen_version: int | None = None) -> None:
    """Take a judgement back, to be judged anew; the former grade stays in the history."""
    why = stated(reason)
    with transaction.atomic():
        found = month_for(tenant, month, {State.CLOSED}, seen_version=seen_version)
        snapshot = {"grade": found.grade, "reasons": found.grade_reasons, "override": found.override_reason}
        change(found, state=MonthState.REPORTED, grade="", computed_grade="", grade_reasons=[], override_reason="")
        leave_trace(actor, found, "reopen", note=why, snapshot=snapshot)


def _plan(finding: MonitoringFinding) -> Plan:
    return Plan(
        finding.deadline,
        localdate(finding.planned_at) if finding.planned_at else None,
        finding.state == FindingState.CONFIRMED,
    )
