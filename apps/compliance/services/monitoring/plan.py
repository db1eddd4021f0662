"""The facility answers a finding with its improvement plan (改善計画)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from apps.compliance.models.monitoring import MonthState
from apps.compliance.models.monitoring_findings import FindingState, MonitoringFinding
from apps.compliance.monitoring_errors import DeadlinePastError, FindingDecidedError, UnknownFindingError
from apps.compliance.rules.monitoring.words import TO_ANSWER, State
from apps.compliance.services.monitoring.acting import change, keep_out_phones, leave_trace, month_for, stated
from kernel import clock
from shared.actor import Actor


def submit_plan(*, actor: Actor, finding: UUID, text: str, until: dt.date, confirmed: bool = False) -> None:
    """Hand in a plan, to be done by ``until``. The last one that was wanted gives the month back to the city.

    Raises ``UnknownFindingError``, ``FindingDecidedError``, ``DeadlinePastError``, ``ReasonMissingError``,
    ``PhoneInTextError``, and the errors of ``month_for``.
    """
    plan = stated(text, field="text")
    keep_out_phones({"text": plan}, confirmed=confirmed)
    if until < clock.today():
        raise DeadlinePastError(field="until")
    with transaction.atomic():
        asked = MonitoringFinding.objects.select_related("month").filter(pk=finding).first()
        if asked is None:
            raise UnknownFindingError
        month = month_for(asked.tenant, asked.month.month, {State.IMPROVING})
        answered = month.findings.filter(pk=finding, state__in=TO_ANSWER).update(
            state=FindingState.PLANNED, plan_text=plan, plan_until=until, planned_at=clock.now(), planned_by=actor.id
        )
        if not answered:
            raise FindingDecidedError
        if not month.findings.filter(state__in=TO_ANSWER).exists():
            change(month, state=MonthState.PLANNED)
        told = {"finding": asked.number, "plan": plan, "until": until.isoformat()}
        leave_trace(actor, month, "plan", note=f"{asked.number}", snapshot=told, finding=asked.number)
