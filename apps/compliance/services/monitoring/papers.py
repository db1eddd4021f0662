"""A month's sheet for filing."""

from __future__ import annotations

import datetime as dt

from django.utils.timezone import localdate
from django.utils.translation import override

from apps.compliance.documents.monitoring import (
    FindingLine,
    GroupLines,
    ItemLine,
    SheetPaper,
    sheet_pdf,
)
from apps.compliance.models.monitoring import MonitoringResult
from apps.compliance.models.monitoring_findings import MonitoringFinding
from apps.compliance.monitoring_texts import REASONS
from apps.compliance.queries.monitoring.months import Sheet, sheet_of
from kernel import clock
from kernel.wareki import format_date
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from tenants.models import Tenant


def print_sheet(*, actor: Actor, tenant: str, month: dt.date) -> bytes:
    """月次モニタリング点検表, in Japanese whatever the page's language. ``UnknownMonthError``."""
    sheet = sheet_of(tenant, month)
    name = Tenant.objects.values_list("name", flat=True).get(schema_name=tenant)
    with override("ja"):
        pdf = sheet_pdf(_sheet(sheet, name), printed_on=clock.today())
    record(actor, Action.PRINT, object_type="monitoring", object_id=sheet.month.pk, form="sheet")
    return pdf


def _sheet(sheet: Sheet, name: str) -> SheetPaper:
    month = sheet.month
    return SheetPaper(
        facility=name,
        operator=month.operator,
        month=month_words(month.month),
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
        findings=[finding_line(one) for one in sheet.findings],
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


def finding_line(finding: MonitoringFinding) -> FindingLine:
    """A finding as it is printed."""
    return FindingLine(
        number=f"{finding.fiscal_year}-{finding.number}",
        text=finding.text,
        deadline=format_date(finding.deadline),
        plan=finding.plan_text,
        state=finding.get_state_display(),
    )


def month_words(month: dt.date) -> str:
    """令和8年3月."""
    return format_date(month).removesuffix("1日")


def _count(number: int | None) -> str:
    return "－" if number is None else f"{number}件"
