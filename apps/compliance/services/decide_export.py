"""The city decides about an export (持出しの承認・不承認). It writes its own columns, and its own audit."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from apps.compliance.errors import (
    ExportConditionError,
    ExportSamePersonError,
    ExportStateError,
    UnknownExportError,
)
from apps.compliance.models.exports import ExportRequest
from apps.compliance.rules.exports import Decision, check_margin, management_number, same_person, year_of
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.staff.models import StaffAccount

NEXT: Final = """
INSERT INTO compliance_exportseries (fiscal_year, last) VALUES (%s, 1)
ON CONFLICT (fiscal_year) DO UPDATE SET last = compliance_exportseries.last + 1 RETURNING last
"""


def approve_export(*, actor: Actor, request: UUID, condition: str, margin: int) -> str:
    """Approve, with the next 管理番号 of the fiscal year, which is the answer.

    ``margin``: by how many people the number may have changed when the file is made. ``UnknownExportError``,
    ``ExportStateError``, ``ExportSamePersonError``, ``ExportMarginError``.
    """
    check_margin(margin)
    year = year_of(clock.today())
    with transaction.atomic():
        found, officer = _for_decision(actor, request)
        with connection.cursor() as cursor:
            cursor.execute(NEXT, [year])
            serial: int = cursor.fetchone()[0]
        number = management_number(year, serial)
        _decide(found, officer, Decision.APPROVED, condition, margin=margin, fiscal_year=year, serial=serial)
        _trace(actor, found, Decision.APPROVED, number=number, margin=margin)
    return number


def refuse_export(*, actor: Actor, request: UUID, reason: str) -> None:
    """Refuse, with a reason. The errors of ``approve_export``, and ``ExportConditionError`` without one."""
    if not reason.strip():
        raise ExportConditionError(field="condition")
    with transaction.atomic():
        found, officer = _for_decision(actor, request)
        _decide(found, officer, Decision.REFUSED, reason)
        _trace(actor, found, Decision.REFUSED)


def _for_decision(actor: Actor, request: UUID) -> tuple[ExportRequest, StaffAccount]:
    found = ExportRequest.objects.select_for_update().filter(pk=request).first()
    if found is None:
        raise UnknownExportError
    if found.decision or found.outcome:
        raise ExportStateError
    officer = StaffAccount.objects.get(pk=str(actor.id))
    if same_person(officer.login_id, officer.name, found.asked_login, found.asked_name):
        raise ExportSamePersonError
    return found, officer


def _decide(found: ExportRequest, officer: StaffAccount, decision: Decision, condition: str, **more: int) -> None:
    ExportRequest.objects.filter(pk=found.pk).update(
        decision=decision,
        decided_at=clock.now(),
        decided_by=officer.pk,
        decided_login=officer.login_id,
        decided_name=officer.name,
        condition=condition.strip(),
        **more,
    )


def _trace(actor: Actor, found: ExportRequest, decision: Decision, **detail: Any) -> None:
    record(
        actor,
        Action.EXPORT,
        object_type="export",
        object_id=found.pk,
        purpose=found.note,
        act=decision.value,
        tenant=found.tenant,
        count=found.expected,
        **detail,
    )
