"""The city reviews a roster: approves it, or returns it with reasons by row (市審査)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from apps.compliance.models.roster import RosterRow
from apps.compliance.roster_errors import ReasonNeededError
from apps.compliance.rules.roster import Act
from apps.compliance.services.roster.acting import submission_for, write
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


def approve(*, actor: Actor, submission: UUID, note: str = "", seen_version: int | None = None) -> None:
    """Approve the roster, or take note of a notice. The errors of ``submission_for``."""
    _decide(actor, Act.APPROVE, submission, note=note, faults={}, seen_version=seen_version)


def send_back(
    *,
    actor: Actor,
    submission: UUID,
    note: str,
    faults: Mapping[UUID, str],
    seen_version: int | None = None,
) -> None:
    """Return the roster; ``faults`` is row -> what is wrong with it. The errors of ``submission_for``;
    ``ReasonNeededError`` without any reason."""
    given = {row: text.strip() for row, text in faults.items() if text.strip()}
    if not note.strip() and not given:
        raise ReasonNeededError(field="note")
    _decide(actor, Act.RETURN, submission, note=note, faults=given, seen_version=seen_version)


def _decide(
    actor: Actor, act: Act, submission: UUID, *, note: str, faults: Mapping[UUID, str], seen_version: int | None
) -> None:
    with transaction.atomic():
        found = submission_for(act, submission=submission, seen_version=seen_version)
        rows = RosterRow.objects.filter(submission=found)
        rows.exclude(fault="").update(fault="")
        for row, text in faults.items():
            rows.filter(pk=row).update(fault=text[:200])
        write(found, decided_at=clock.now(), decided_by=actor.id, decision_note=note.strip()[:300])
        record(
            actor,
            Action.PERMISSION,
            object_type="staff_roster",
            object_id=submission,
            act=act.value,
            tenant=found.tenant,
            faults=len(faults),
        )
