"""The city's findings (指摘): asked with a number and a deadline, taken back, their plans confirmed or returned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from apps.compliance.models.monitoring import MonitoringMonth, MonthState
from apps.compliance.models.monitoring_findings import FindingState, MonitoringFinding
from apps.compliance.monitoring_errors import DeadlinePastError, FindingDecidedError, UnknownFindingError
from apps.compliance.rules.monitoring.words import OPEN_FINDINGS, TO_ANSWER
from apps.compliance.rules.monitoring.words import FindingState as Now
from apps.compliance.services.monitoring.acting import change, leave_trace, month_for, stated
from apps.compliance.services.monitoring.check import CITYS_TURN
from kernel import clock
from shared.actor import Actor

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('monitoring findings ' || %s, 0))"


def issue_finding(
    *,
    actor: Actor,
    tenant: str,
    month: dt.date,
    text: str,
    deadline: dt.date,
    item: str = "",
    seen_version: int | None = None,
) -> MonitoringFinding:
    """Ask for an improvement by ``deadline``; ``item`` is a code of the sheet. Numbered through the fiscal year.

    Raises ``ReasonMissingError``, ``DeadlinePastError``, and the errors of ``month_for``.
    """
    asked = stated(text, field="text")
    if deadline < clock.today():
        raise DeadlinePastError(field="deadline")
    with transaction.atomic():
        found = month_for(tenant, month, CITYS_TURN, seen_version=seen_version)
        finding = MonitoringFinding(
            month=found,
            tenant=tenant,
            result=found.results.filter(code=item).first() if item else None,
            fiscal_year=found.fiscal_year,
            number=_next_number(found),
            text=asked,
            deadline=deadline,
            made_at=clock.now(),
            made_by=actor.id,
        )
        told = {"finding": finding.number, "text": asked, "deadline": deadline.isoformat(), "item": item}
        leave_trace(
            actor, found, "finding", note=f"{finding.number}", snapshot=told, rows=[finding], finding=finding.number
        )
        change(found, state=MonthState.IMPROVING)
    return finding


def confirm_plan(*, actor: Actor, finding: UUID, answer: str = "") -> None:
    """The improvement is done (改善を確認)."""
    _decide(actor, finding, "confirm", before={Now.PLANNED}, after=FindingState.CONFIRMED, answer=answer.strip())


def return_plan(*, actor: Actor, finding: UUID, answer: str) -> None:
    """The plan does not do; the facility writes another. The former one stays in the history."""
    _decide(
        actor,
        finding,
        "plan_return",
        before={Now.PLANNED},
        after=FindingState.RETURNED,
        answer=stated(answer, field="answer"),
    )


def withdraw_finding(*, actor: Actor, finding: UUID, answer: str) -> None:
    """Take a finding back; its number stays used."""
    _decide(
        actor,
        finding,
        "withdraw",
        before=OPEN_FINDINGS,
        after=FindingState.WITHDRAWN,
        answer=stated(answer, field="answer"),
    )


def _decide(
    actor: Actor, finding: UUID, act: str, *, before: Collection[Now], after: FindingState, answer: str
) -> None:
    """Raises ``UnknownFindingError``, ``FindingDecidedError``, and the errors of ``month_for``."""
    with transaction.atomic():
        asked = MonitoringFinding.objects.select_related("month").filter(pk=finding).first()
        if asked is None:
            raise UnknownFindingError
        month = month_for(asked.tenant, asked.month.month, CITYS_TURN)
        decided = month.findings.filter(pk=finding, state__in=before).update(
            state=after, answer=answer, decided_at=clock.now(), decided_by=actor.id
        )
        if not decided:
            raise FindingDecidedError
        if (state := _state_after(month)) != month.state:
            change(month, state=state)
        told = {"finding": asked.number, "answer": answer}
        leave_trace(actor, month, act, note=f"{asked.number}", snapshot=told, finding=asked.number)


def _state_after(month: MonitoringMonth) -> MonthState:
    """Whose turn it is by the findings: the facility's while one wants a plan."""
    states = {Now(state) for state in month.findings.values_list("state", flat=True)}
    if states & TO_ANSWER:
        return MonthState.IMPROVING
    return MonthState.PLANNED if states - {Now.WITHDRAWN} else MonthState.REPORTED


def _next_number(month: MonitoringMonth) -> int:
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [month.tenant])
    asked = MonitoringFinding.objects.filter(tenant=month.tenant, fiscal_year=month.fiscal_year)
    return (asked.aggregate(last=Max("number"))["last"] or 0) + 1
