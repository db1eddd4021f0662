"""Reminders: each step of what is due once, in the month's history, and by mail to functional mailboxes."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction

from apps.compliance.models.monitoring import MonitoringMonth, MonthState
from apps.compliance.models.monitoring_findings import MonitoringMailbox, MonitoringReminder
from apps.compliance.queries.monitoring.months import Turn, months, turn_of
from apps.compliance.rules.monitoring.clocks import addressees
from apps.compliance.services.monitoring.acting import leave_trace
from kernel import clock
from kernel.wareki import format_date
from shared.actor import SYSTEM
from shared.outbox.messages import message
from tenants.models import Tenant

TEMPLATE: Final = "compliance/monitoring/mail/reminder"
Boxes = dict[tuple[str, str], UUID]


def remind() -> int:
    """Remind of everything that is due soon or late and was not yet told at this step; how many months these were.

    As the city's role. Done again on the same day it does nothing. A fixed number of statements, and two more for each
    month that is told of.
    """
    open_months = [(one, turn_of(one, one.findings.all())) for one in months().exclude(state=MonthState.CLOSED)]
    pressing = [(one, turn) for one, turn in open_months if turn.step]
    if not pressing:
        return 0
    boxes: Boxes = {(one.tenant, one.side): one.pk for one in MonitoringMailbox.objects.all()}
    names = dict(Tenant.objects.values_list("schema_name", "name"))
    return sum(_tell(one, turn, boxes, names[one.tenant]) for one, turn in pressing)


def _tell(month: MonitoringMonth, turn: Turn, boxes: Boxes, name: str) -> bool:
    """Write the reminder with its mails, unless this step was told already."""
    if turn.due is None or turn.step is None:
        return False
    with transaction.atomic():
        _reminder, is_new = MonitoringReminder.objects.get_or_create(
            month=month, state=month.state, due_on=turn.due.on, step=turn.step.value, defaults={"at": clock.now()}
        )
        if not is_new:
            return False
        sides = addressees(turn.step, by_facility=turn.due.by_facility)
        found = [boxes.get((month.tenant if side != "general" else "", side)) for side in sides]
        context = {
            "facility": name,
            "month": format_date(month.month).removesuffix("1日"),
            "state": month.state,
            "due": format_date(turn.due.on, weekday=True),
            "step": turn.step.value,
        }
        mails = [message(template=TEMPLATE, recipient=box, context=context) for box in found if box]
        leave_trace(SYSTEM, month, "remind", rows=mails, snapshot={"step": turn.step.value}, mails=len(mails))
    return True
