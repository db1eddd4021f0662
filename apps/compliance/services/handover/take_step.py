"""Taking a step of a change of operator: by the facility, by the city, or by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from apps.compliance.models.handover import HandoverAct, HandoverCase
from apps.compliance.queries.handover import case_of
from apps.compliance.rules.handover import (
    WITH_LISTS,
    ReturnedThing,
    Side,
    Step,
    check_note,
    check_returned,
    check_step,
)
from kernel import clock
from shared.actor import SYSTEM, Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.handover import kinds
from shared.inserts import insert_together
from shared.staff.models import StaffAccount

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
"""Two who take a step of one case take it one after the other; no role may lock the case's row."""


def take_step(*, actor: Actor, case: UUID, step: Step, note: str = "", returned: Sequence[ReturnedThing] = ()) -> None:
    """Take ``step``. With a list step the lists are counted in the same transaction.

    Raises the errors of ``apps.compliance.handover_errors``.
    """
    side = Side.CITY if actor.kind == "city" else Side.FACILITY
    today = clock.today()
    with transaction.atomic():
        _one_at_a_time(case)
        found = case_of(case, today)
        check_step(step, side, found.done(), found.case.last_day, today)
        tidy = check_note(step, note)
        lines = check_returned(returned, found.case.last_day, today) if step is Step.RETURNED else []
        name = StaffAccount.objects.values_list("name", flat=True).get(pk=str(actor.id))
        act = HandoverAct(actor=actor.id, name=name, note=tidy, lines=[_cells(line) for line in lines])
        _write(actor, found.case, act, step, side)


def close_by_clock(*, case: HandoverCase) -> bool:
    """Record the final lists of a term that has ended, if nobody did; whether that was so. As the tenant's role."""
    with transaction.atomic():
        _one_at_a_time(case.pk)
        found = case_of(case.pk, clock.today())
        if Step.FINAL in found.done() or clock.today() <= found.case.last_day:
            return False
        _write(SYSTEM, found.case, HandoverAct(), Step.FINAL, "system")
    return True


def _one_at_a_time(case: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [str(case)])


def _write(actor: Actor, case: HandoverCase, act: HandoverAct, step: Step, side: str) -> None:
    act.case, act.step, act.side, act.at = case, step, side, clock.now()
    act.lists = _counted() if step in WITH_LISTS else []
    counts = {str(one["code"]): one["count"] for one in act.lists}
    written = entry(actor, Action.CHANGE, object_type="handover", object_id=case.pk, step=str(step), **counts)
    insert_together(act, written)


def _counted() -> list[dict[str, Any]]:
    counted = ((kind.code, kind.read()) for kind in kinds().values())
    return [{"code": code, "count": found.count, "digest": found.digest} for code, found in counted]


def _cells(line: ReturnedThing) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(line).items()}
