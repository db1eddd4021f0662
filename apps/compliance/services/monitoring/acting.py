"""What every act on a month does: takes the row, sees that it is this side's turn, leaves its trace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import F, Model

from apps.compliance.models.monitoring import MonitoringAct, MonitoringMonth
from apps.compliance.monitoring_errors import (
    MonthChangedError,
    NotYourTurnError,
    PhoneInTextError,
    ReasonMissingError,
    UnknownMonthError,
)
from apps.compliance.rules.monitoring.report import looks_like_phone
from apps.compliance.rules.monitoring.words import State
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together

SIDES = {"staff": "facility", "city": "city", "system": "system"}


def month_for(
    tenant: str, month: dt.date, states: Collection[State], *, seen_version: int | None = None
) -> MonitoringMonth:
    """The month's row, locked. Raises ``UnknownMonthError``, ``NotYourTurnError``, ``MonthChangedError``."""
    found = MonitoringMonth.objects.select_for_update().filter(tenant=tenant, month=month).first()
    if found is None:
        raise UnknownMonthError
    if State(found.state) not in states:
        raise NotYourTurnError
    if seen_version is not None and found.version != seen_version:
        raise MonthChangedError
    return found


def change(month: MonitoringMonth, **values: Any) -> None:
    """Write ``values`` and count the change: no column that is another side's is touched."""
    MonitoringMonth.objects.filter(pk=month.pk).update(version=F("version") + 1, **values)


def leave_trace(  # an act has so many sides
    actor: Actor,
    month: MonitoringMonth,
    act: str,
    *,
    note: str = "",
    snapshot: dict[str, Any] | None = None,
    action: Action = Action.CHANGE,
    rows: Collection[Model] = (),
    **detail: Any,
) -> None:
    """Insert ``rows``, the act and its line in the audit with one statement."""
    done = MonitoringAct(
        month=month,
        tenant=month.tenant,
        at=clock.now(),
        side=SIDES[actor.kind],
        by=actor.id,
        act=act,
        note=note,
        snapshot=snapshot or {},
    )
    told = entry(
        actor,
        action,
        object_type="monitoring",
        object_id=month.pk,
        act=act,
        tenant=month.tenant,
        month=f"{month.month:%Y-%m}",
        **detail,
    )
    insert_together(*rows, done, told)


def keep_out_phones(texts: dict[str, str], *, confirmed: bool) -> None:
    """``PhoneInTextError`` beside the first text with what looks like a telephone number, unless ``confirmed``."""
    for field, text in texts.items():
        if not confirmed and looks_like_phone(text):
            raise PhoneInTextError(field=field)


def stated(reason: str, field: str = "reason") -> str:
    """The reason, tidied; ``ReasonMissingError``."""
    if not (tidy := reason.strip()):
        raise ReasonMissingError(field=field)
    return tidy
