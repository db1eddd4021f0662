"""The facility fills in its self-check section by section, and hands it in with the month's report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from apps.compliance.models.monitoring import MonitoringMonth, MonitoringResult, MonthState
from apps.compliance.monitoring_errors import NoteMissingError, ReportIncompleteError
from apps.compliance.queries.monitoring.months import answer_of, counts_lacking
from apps.compliance.rules.monitoring.report import missing, wants_note
from apps.compliance.rules.monitoring.words import State
from apps.compliance.services.monitoring.acting import change, keep_out_phones, leave_trace, month_for
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@dataclass(frozen=True, slots=True)
class Own:
    """What the facility says of one item."""

    result: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The month's report beside the items: numbers, and free texts without personal data."""

    complaints: int | None
    complaint_text: str = ""
    accidents: int | None = None
    accident_text: str = ""
    survey_text: str = ""
    facility_note: str = ""


def save_section(
    *,
    actor: Actor,
    tenant: str,
    month: dt.date,
    answers: Mapping[str, Own],
    is_draft: bool = False,
    confirmed: bool = False,
) -> None:
    """Keep what was filled in of some items; code -> answer. What is not yet filled in may be missing.

    A draft (saved while it is typed) may lack the words for what is wrong. Raises the errors of ``month_for``,
    ``NoteMissingError``, ``PhoneInTextError``; items that are not of the month are passed over.
    """
    keep_out_phones({f"note-{code}": one.note for code, one in answers.items()}, confirmed=confirmed)
    for code, one in answers.items():
        if not is_draft and wants_note(one.result) and not one.note.strip():
            raise NoteMissingError(field=f"note-{code}")
    now = clock.now()
    with transaction.atomic():
        found = month_for(tenant, month, {State.SELF_CHECK})
        rows = list(found.results.filter(code__in=answers))
        for row in rows:
            said = answers[row.code]
            row.own_result, row.own_note, row.own_at, row.own_by = said.result, said.note.strip(), now, actor.id
        MonitoringResult.objects.bulk_update(rows, ["own_result", "own_note", "own_at", "own_by"])
        record(
            actor,
            Action.CHANGE,
            object_type="monitoring",
            object_id=found.pk,
            act="draft" if is_draft else "section",
            items=len(rows),
        )


def save_report(*, actor: Actor, tenant: str, month: dt.date, report: Report, confirmed: bool = False) -> None:
    """Keep the report's numbers and texts. Raises the errors of ``month_for``, ``PhoneInTextError``."""
    values = asdict(report)
    keep_out_phones({name: text for name, text in values.items() if isinstance(text, str)}, confirmed=confirmed)
    with transaction.atomic():
        found = month_for(tenant, month, {State.SELF_CHECK})
        change(found, **values)
        record(actor, Action.CHANGE, object_type="monitoring", object_id=found.pk, act="numbers")


def submit_report(*, actor: Actor, tenant: str, month: dt.date, seen_version: int | None = None) -> None:
    """Hand self-check and report in; from then on they stay. ``ReportIncompleteError``, and ``month_for``'s."""
    with transaction.atomic():
        found = month_for(tenant, month, {State.SELF_CHECK}, seen_version=seen_version)
        results = list(found.results.all())
        if lacking := missing(map(answer_of, results)) + counts_lacking(found):
            raise ReportIncompleteError(missing=lacking)
        change(found, state=MonthState.REPORTED, reported_at=clock.now(), reported_by=actor.id)
        leave_trace(actor, found, "report", snapshot=_snapshot(found, results))


def days_late(month: MonitoringMonth, due: dt.date) -> int:
    """How many days after ``due`` the report came."""
    return (localdate(month.reported_at) - due).days if month.reported_at else 0


def _snapshot(month: MonitoringMonth, results: list[MonitoringResult]) -> dict[str, Any]:
    return {
        "items": {one.code: [one.own_result, one.own_note] for one in results},
        "complaints": month.complaints,
        "complaint_text": month.complaint_text,
        "accidents": month.accidents,
        "accident_text": month.accident_text,
        "survey_text": month.survey_text,
        "facility_note": month.facility_note,
    }
