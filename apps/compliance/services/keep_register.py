"""A row of a register is added, or one is corrected by a new one. Nothing is ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from apps.compliance.models.registers import RegisterRow
from apps.compliance.queries.registers import Register, row_of
from apps.compliance.register_errors import CorrectedAlreadyError
from apps.compliance.rules.registers import check_correction, check_row
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.staff.models import StaffAccount

LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('register ' || %s || ' ' || %s, 0))"


def add_row(*, actor: Actor, tenant: str, register: Register, values: Mapping[str, Any]) -> RegisterRow:
    """Add a row with the next number. The errors of ``check_row``."""
    check_row(register.code, values, clock.today())
    with transaction.atomic():
        return _added(actor, tenant, register, values)


def correct_row(
    *, actor: Actor, tenant: str, register: Register, row: UUID, values: Mapping[str, Any], reason: str
) -> RegisterRow:
    """Add a row that stands for ``row`` from now on; the former stays. The errors of ``check_row`` and
    ``check_correction``, ``UnknownRegisterRowError``, ``CorrectedAlreadyError``."""
    check_row(register.code, values, clock.today())
    told = check_correction(reason)
    with transaction.atomic():
        _lock(tenant, register)
        former = row_of(register, row)
        if register.model._default_manager.filter(corrects=former.pk).exists():
            raise CorrectedAlreadyError
        return _added(actor, tenant, register, {**values, "corrects": former, "correction_reason": told})


def _added(actor: Actor, tenant: str, register: Register, values: Mapping[str, Any]) -> RegisterRow:
    _lock(tenant, register)
    rows = register.model._default_manager.filter(tenant=tenant).order_by("-serial")
    last = rows.values_list("serial", flat=True).first() or 0
    clerk = StaffAccount.objects.get(pk=str(actor.id))
    made = register.model(
        tenant=tenant,
        serial=last + 1,
        recorded_at=clock.now(),
        recorded_by=clerk.pk,
        recorded_name=clerk.name,
        **values,
    )
    made.save(force_insert=True)
    act = "correct" if made.corrects else "add"
    record(actor, Action.CREATE, object_type="register", object_id=made.pk, register=register.code, act=act)
    return made


def _lock(tenant: str, register: Register) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [tenant, register.code])
