"""The city takes the next step of an incident (市受理、影響調査、速報、確報、本人通知、再発防止、完了)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from apps.compliance.incident_errors import AfterNowError, NoticedBeforeError, StepNotDueError
from apps.compliance.models.incidents import IncidentAct
from apps.compliance.queries.incidents import seen_of
from apps.compliance.rules.incident_items import check_items
from apps.compliance.rules.incidents import Step
from apps.compliance.services.incidents.parts import Signer, signed, taken
from kernel import clock
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def take_step(*, signer: Signer, incident: UUID, step: Step, on: dt.date, note: str) -> None:
    """Record ``step`` as taken ``on``. Raises ``UnknownIncidentError``, ``StepNotDueError``, ``ItemsMissingError``,
    ``AfterNowError`` or ``NoticedBeforeError``.
    """
    with transaction.atomic():
        found = taken(incident)
        seen = seen_of(found)
        if step not in seen.course.next:
            raise StepNotDueError
        check_items(step, seen.version.items)
        if on > clock.today():
            raise AfterNowError(field="on")
        if on < seen.known:
            raise NoticedBeforeError(field="on")
        insert_together(
            IncidentAct(**signed(signer, found), step=step, on=on, note=note.strip()),
            entry(signer.actor, Action.CHANGE, object_type="incident", object_id=found.pk, act=step.value),
        )
