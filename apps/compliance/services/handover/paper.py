"""The 引継書 of a case, of what is open at this moment: printed only with its entry in the audit."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.compliance.documents.handover import HandoverSheet, SheetList, SheetRow, handover_pdf
from apps.compliance.handover_texts import STEPS
from apps.compliance.queries.handover import CaseView, case_of
from apps.compliance.rules.handover import Step
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.handover import OpenKind, kinds

WRITTEN = (Step.PLAN, Step.LISTS, Step.FINAL)


def print_paper(*, actor: Actor, case: UUID) -> bytes:
    """The paper as PDF. ``UnknownHandoverError``."""
    view = case_of(case, clock.today())
    with transaction.atomic():
        lists = tuple(_list(kind) for kind in kinds().values())
        record(actor, Action.PRINT, object_type="handover", object_id=case, lists=len(lists))
    return handover_pdf(_sheet(view, lists))


def _sheet(view: CaseView, lists: tuple[SheetList, ...]) -> HandoverSheet:
    written = [(act, Step(act.step)) for act in view.acts if act.step in WRITTEN and act.note]
    return HandoverSheet(
        facility=view.case.outgoing.tenant.name,
        outgoing=view.case.outgoing.operator.name,
        incoming=view.follower.operator.name if view.follower else "",
        last_day=view.case.last_day,
        printed_on=clock.today(),
        notes=tuple((str(STEPS[step][0]), act.note) for act, step in written),
        lists=lists,
    )


def _list(kind: OpenKind) -> SheetList:
    found = kind.read()
    rows = tuple(SheetRow(row.number, row.day, row.word) for row in found.rows)
    return SheetList(str(kind.label), found.count, rows, found.digest)
