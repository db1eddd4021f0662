"""The city says for how long a kind of record is kept (保存期間の定め). A version is added, none is changed."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from apps.compliance.models.retention import RetentionPeriod
from apps.compliance.retention_errors import PeriodBackdatedError, UnknownKindError
from apps.compliance.rules.retention import check_period
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.retention import kinds
from shared.staff.models import StaffAccount


def set_period(
    *, actor: Actor, kind: str, tenant: str, months: int | None, valid_from: dt.date, reason: str
) -> RetentionPeriod:
    """Add a version for all facilities (empty ``tenant``) or for one; without ``months`` that one follows the others
    again. ``UnknownKindError``, and the errors of ``check_period``."""
    if kind not in kinds():
        raise UnknownKindError(field="kind")
    told = check_period(months, kinds()[kind].least, valid_from, clock.today(), reason)
    officer = StaffAccount.objects.get(pk=str(actor.id))
    try:
        with transaction.atomic():
            made = RetentionPeriod.objects.create(
                kind=kind,
                tenant=tenant,
                months=months,
                valid_from=valid_from,
                reason=told,
                set_at=clock.now(),
                set_by=officer.pk,
                set_name=officer.name,
            )
            record(
                actor,
                Action.CREATE,
                object_type="retention_period",
                object_id=made.pk,
                kind=kind,
                tenant=tenant,
                months=months,
            )
    except IntegrityError:
        raise PeriodBackdatedError(field="valid_from") from None
    return made
