"""The city looks on the spot (現地確認), or gives the self-check back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from apps.compliance.models.monitoring import MonitoringResult, MonthState
from apps.compliance.monitoring_errors import CheckDayError, NoteMissingError
from apps.compliance.rules.monitoring.report import wants_note
from apps.compliance.rules.monitoring.words import State
from apps.compliance.services.monitoring.acting import change, leave_trace, month_for, stated
from apps.compliance.services.monitoring.self_check import Own
from kernel import clock
from shared.actor import Actor

CITYS_TURN = frozenset({State.REPORTED, State.IMPROVING, State.PLANNED})


def save_results(*, actor: Actor, tenant: str, month: dt.date, results: Mapping[str, Own]) -> None:
    """Keep the city's results; code -> result. Items may still be missing: the judgement asks for all.

    Raises ``NoteMissingError``, and the errors of ``month_for``.
    """
    for code, one in results.items():
        if wants_note(one.result) and not one.note.strip():
            raise NoteMissingError(field=f"note-{code}")
    now = clock.now()
    with transaction.atomic():
        found = month_for(tenant, month, CITYS_TURN)
        rows = list(found.results.filter(code__in=results))
        for row in rows:
            said = results[row.code]
            row.city_result, row.city_note, row.city_at, row.city_by = said.result, said.note.strip(), now, actor.id
        MonitoringResult.objects.bulk_update(rows, ["city_result", "city_note", "city_at", "city_by"])
        told = {row.code: [row.city_result, row.city_note] for row in rows}
        leave_trace(actor, found, "check", snapshot={"items": told}, items=len(rows))


def save_visit(
    *,
    actor: Actor,
    tenant: str,
    month: dt.date,
    checked_on: dt.date,
    checker: str,
    note: str = "",
    seen_version: int | None = None,
) -> None:
    """Keep when who of the city was there, and what they say of the whole.

    Raises ``CheckDayError``, and the errors of ``month_for``.
    """
    if not month <= checked_on <= clock.today():
        raise CheckDayError(field="checked_on")
    values = {"checker": checker.strip(), "city_note": note.strip()}
    with transaction.atomic():
        found = month_for(tenant, month, CITYS_TURN, seen_version=seen_version)
        change(found, checked_on=checked_on, **values)
        leave_trace(actor, found, "check", snapshot={"checked_on": checked_on.isoformat()} | values)


def return_report(*, actor: Actor, tenant: str, month: dt.date, reason: str, seen_version: int | None = None) -> None:
    """Give the self-check back to be filled in anew; what was handed in stays in the history."""
    why = stated(reason)
    with transaction.atomic():
        found = month_for(tenant, month, {State.REPORTED}, seen_version=seen_version)
        change(found, state=MonthState.SELF_CHECK)
        leave_trace(actor, found, "return", note=why)
