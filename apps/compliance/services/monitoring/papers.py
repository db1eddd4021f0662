"""The papers of a month: its sheet for filing, and the order to improve."""

from __future__ import annotations

import datetime as dt

from django.utils.timezone import localdate
from django.utils.translation import override

from apps.compliance.documents.monitoring import (
    FindingLine,
    GroupLines,
    ItemLine,
    OrderPaper,
    SheetPaper,
    order_pdf,
    sheet_pdf,
)
from apps.compliance.models.monitoring import MonitoringResult
from apps.compliance.models.monitoring_findings import MonitoringFinding
from apps.compliance.monitoring_errors import UnknownFindingError
from apps.compliance.monitoring_texts import REASONS
from apps.compliance.queries.monitoring.months import Sheet, sheet_of
from apps.compliance.rules.monitoring.words import OPEN_FINDINGS, FindingState
from kernel import clock
from kernel.wareki import format_date
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from tenants.models import OperatorAssignment, OperatorKind, Tenant


def print_sheet(*, actor: Actor, tenant: str, month: dt.date) -> bytes:
    """月次モニタリング点検表, in Japanese whatever the page's language. ``UnknownMonthError``."""
    sheet = sheet_of(tenant, month)
    name = Tenant.objects.values_list("name", flat=True).get(schema_name=tenant)
    with override("ja"):
        pdf = sheet_pdf(_sheet(sheet, name), printed_on=clock.today())
    record(actor, Action.PRINT, object_type="monitoring", object_id=sheet.month.pk, form="sheet")
    return pdf


def print_order(*, actor: Actor, tenant: str, month: dt.date) -> bytes:
    """改善指示書 for the open findings of a month. ``UnknownMonthError``; ``UnknownFindingError`` without any."""
    sheet = sheet_of(tenant, month)
    found = [one for one in sheet.findings if FindingState(one.state) in OPEN_FINDINGS]
    if not found:
        raise UnknownFindingError
    named = Tenant.objects.get(schema_name=tenant)
    last_day = (month + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    run = OperatorAssignment.objects.select_related("operator").filter(tenant=named, during__contains=last_day).first()
    with override("ja"):
        paper = OrderPaper(
            addressee=_addressee(run),
            authority=_authority(named),
            facility=named.name,
            month=_month(month),
            agreement=f"協定（{run.agreement_number}）" if run and run.agreement_number else "",
            is_manager=run is not None and run.operator.kind == OperatorKind.MANAGER,
            findings=[_finding(one) for one in found],
        )
        pdf = order_pdf(paper, printed_on=clock.today())
    record(actor, Action.PRINT, object_type="monitoring", object_id=sheet.month.pk, form="order", findings=len(found))
    return pdf


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


def _sheet(sheet: Sheet, name: str) -> SheetPaper:
    month = sheet.month
    return SheetPaper(
        facility=name,
        operator=month.operator,
        month=_month(month.month),
        state=month.get_state_display(),
        reported_on=format_date(localdate(month.reported_at)) if month.reported_at else "",
        checked_on=format_date(month.checked_on) if month.checked_on else "",
        checker=month.checker,
        grade=month.get_grade_display() if month.grade else "",
        reasons=[str(REASONS[code]).format(number=number) for code, number in month.grade_reasons],
        override=month.override_reason,
        complaints=_count(month.complaints),
        complaint_text=month.complaint_text,
        accidents=_count(month.accidents),
        accident_text=month.accident_text,
        survey=month.survey_text,
        facility_note=month.facility_note,
        city_note=month.city_note,
        groups=[
            GroupLines(str(part.category.label), [_item(item, sheet) for item in part.items]) for part in sheet.sections
        ],
        findings=[_finding(one) for one in sheet.findings],
    )


def _item(item: MonitoringResult, sheet: Sheet) -> ItemLine:
    return ItemLine(
        text=item.text,
        is_required=item.is_required,
        own=item.get_own_result_display() or "－",
        own_note=item.own_note,
        city=item.get_city_result_display() or "－",
        city_note=item.city_note,
        facts=[fact.sentence for fact in sheet.facts_of(item)],
    )


def _finding(finding: MonitoringFinding) -> FindingLine:
    return FindingLine(
        number=f"{finding.fiscal_year}-{finding.number}",
        text=finding.text,
        deadline=format_date(finding.deadline),
        plan=finding.plan_text,
        state=finding.get_state_display(),
    )


def _month(month: dt.date) -> str:
    return format_date(month).removesuffix("1日")


def _count(number: int | None) -> str:
    return "－" if number is None else f"{number}件"
