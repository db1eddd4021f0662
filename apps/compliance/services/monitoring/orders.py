"""改善指示書: issued for the findings that are open, kept as it was issued, printed again as it is kept."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import override

from apps.compliance.documents.monitoring import ORDER_LAYOUT, OrderLine, OrderPaper, order_data, order_pdf
from apps.compliance.models.monitoring import MonitoringMonth
from apps.compliance.models.monitoring_findings import MonitoringOrder
from apps.compliance.monitoring_errors import UnknownFindingError, UnknownOrderError
from apps.compliance.rules.monitoring.words import OPEN_FINDINGS, State
from apps.compliance.services.monitoring.acting import leave_trace, month_for
from apps.compliance.services.monitoring.check import CITYS_TURN
from apps.compliance.services.monitoring.papers import finding_line, month_words
from kernel import clock
from kernel.wareki import format_date
from shared.actor import Actor
from shared.audit.models import Action
from tenants.models import OperatorAssignment, OperatorKind, Tenant


def issue_order(*, actor: Actor, tenant: str, month: dt.date) -> bytes:
    """Issue an order for the open findings of a month; an order that says the same already is printed again.

    Raises ``UnknownFindingError`` without an open finding, and the errors of ``month_for``.
    """
    with transaction.atomic():
        found = month_for(tenant, month, CITYS_TURN)
        paper = order_data(_paper(found))
        last = found.orders.last()
        if last is not None and last.paper == paper:
            return _again(actor, found, last)
        order = MonitoringOrder(
            month=found,
            tenant=tenant,
            number=last.number + 1 if last else 1,
            issued_on=clock.today(),
            issued_at=clock.now(),
            issued_by=actor.id,
            layout=ORDER_LAYOUT,
            paper=paper,
        )
        leave_trace(
            actor, found, "order", note=f"{order.number}", action=Action.PRINT, rows=[order], order=order.number
        )
        return order_pdf(paper, layout=order.layout, issued_on=order.issued_on)


def print_order_again(*, actor: Actor, tenant: str, month: dt.date, number: int) -> bytes:
    """The order as it was issued, marked 再交付. Raises ``UnknownMonthError``, ``UnknownOrderError``."""
    with transaction.atomic():
        found = month_for(tenant, month, frozenset(State))
        order = found.orders.filter(number=number).first()
        if order is None:
            raise UnknownOrderError
        return _again(actor, found, order)


def _again(actor: Actor, month: MonitoringMonth, order: MonitoringOrder) -> bytes:
    count = month.acts.filter(act="order_again", note=f"{order.number}").count() + 1
    leave_trace(actor, month, "order_again", note=f"{order.number}", action=Action.PRINT, order=order.number)
    mark = f"再交付（第{count}回）　{format_date(clock.today())}"
    return order_pdf(order.paper, layout=order.layout, issued_on=order.issued_on, again=mark)


def _paper(month: MonitoringMonth) -> OrderPaper:
    findings = list(month.findings.filter(state__in=OPEN_FINDINGS))
    if not findings:
        raise UnknownFindingError
    named = Tenant.objects.get(schema_name=month.tenant)
    last_day = (month.month + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    run = OperatorAssignment.objects.select_related("operator").filter(tenant=named, during__contains=last_day).first()
    with override("ja"):
        return OrderPaper(
            addressee=_addressee(run),
            authority=_authority(named),
            facility=named.name,
            month=month_words(month.month),
            agreement=f"協定（{run.agreement_number}）" if run and run.agreement_number else "",
            is_manager=run is not None and run.operator.kind == OperatorKind.MANAGER,
            findings=[OrderLine(one.number, one.text, one.deadline) for one in map(finding_line, findings)],
        )


def _authority(tenant: Tenant) -> str:
    """印西市長: the mayor of the municipality whose facility it is."""
    return f"{tenant.facilities.values_list('municipality', flat=True).first() or '市'}長"


def _addressee(run: OperatorAssignment | None) -> str:
    if run is None:
        return ""
    operator = run.operator
    if operator.kind == OperatorKind.CITY:
        return f"{operator.name}長"
    return f"指定管理者\n{operator.name}\n{operator.representative_title}　{operator.representative_name}"
