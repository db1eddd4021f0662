"""A person decides on a measure that was proposed (措置の決定・見送り), and a notice with reason and 教示 is issued."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.bookings.documents.data import NoticeSheet, Reprint
from apps.bookings.documents.render import notice_pdf
from apps.bookings.documents.stored import as_stored, from_stored
from apps.bookings.errors import UnknownDocumentError
from apps.bookings.life_errors import UnknownProposalError
from apps.bookings.models import Measure, MeasureKind, MeasureScope, MeasureState
from apps.bookings.rules.measures import LASTING
from apps.bookings.rules.numbering import document_number
from apps.bookings.rules.states import check_reason
from apps.bookings.services.issuing import next_serial
from apps.bookings.services.marks import marked
from apps.bookings.services.papers import papers_on
from apps.bookings.services.sheets import measure_sheet
from apps.registrants.models import CloseCause
from apps.registrants.rules.standing import check_not_past
from apps.registrants.services.close import close
from apps.registrants.services.suspend import suspend
from kernel import clock
from kernel.wareki import fiscal_year
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.inserts import insert_together
from shared.outbox.messages import message

ISSUED = (MeasureState.TAKEN, MeasureState.LIFTED)


def take_measure(
    *,
    actor: Actor,
    measure: UUID,
    kind: MeasureKind,
    days: int,
    first: dt.date,
    reason: str,
    scope: MeasureScope | None = None,
) -> Measure:
    """Decide on a measure, the proposed one or another, from ``first`` on for ``days`` days (0: without end).

    It holds where the proposal says, or in ``scope``. 利用停止 of the whole tenant is the registrants' own suspension;
    one of the facility is looked at by the write path. 登録の抹消 is the registrants' closing. Raises
    ``UnknownProposalError`` for one that is decided, ``ReasonMissingError``, ``NoOperatorError``, and the errors of
    ``suspend`` and ``close``.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = _locked(measure)
        found.scope = MeasureScope.TENANT if kind == MeasureKind.STRIKE else scope or found.scope
        last = first + dt.timedelta(days=days - 1) if days and kind in LASTING else None
        if kind == MeasureKind.SUSPEND and found.scope == MeasureScope.FACILITY:
            check_not_past(first, clock.today(), field="first")
        elif kind == MeasureKind.SUSPEND:
            suspend(
                actor=actor,
                registrant=found.registrant_id,
                first=first,
                last=last,
                reason=cleaned,
                is_told=False,
            )
        if kind == MeasureKind.STRIKE:
            close(
                actor=actor,
                registrant=found.registrant_id,
                cause=CloseCause.EX_OFFICIO,
                reason=cleaned,
                effective_on=first,
                is_told=False,
            )
        found.kind, found.days, found.first, found.last, found.reason = kind, days, first, last, cleaned
        _decide(actor, found, MeasureState.TAKEN)
        _issue(found)
        found.save()
        _told(actor, found)
    return found


def dismiss_measure(*, actor: Actor, measure: UUID, reason: str) -> Measure:
    """Leave it (見送り), with a reason that stays among staff. ``UnknownProposalError``, ``ReasonMissingError``."""
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = _locked(measure)
        found.reason = cleaned
        _decide(actor, found, MeasureState.DISMISSED)
        found.save()
        record(
            actor,
            Action.CHANGE,
            object_type="measure",
            object_id=measure,
            persons=[found.registrant_id],
            act="dismiss",
        )
    return found


def lift_measure(*, actor: Actor, measure: UUID, reason: str) -> Measure:
    """End a measure before its time, from now on, with a reason; its notice stays what it is.

    ``UnknownProposalError`` for one that is not in force, or that ends with the registration's own suspension,
    ``ReasonMissingError``.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = Measure.objects.select_for_update().filter(pk=measure, state=MeasureState.TAKEN).first()
        if found is None or not may_lift(found, clock.today()):
            raise UnknownProposalError
        found.state, found.lift_reason = MeasureState.LIFTED, cleaned
        found.lifted_at, found.lifted_by = clock.now(), actor.id
        found.save(update_fields=["state", "lift_reason", "lifted_at", "lifted_by"])
        record(
            actor,
            Action.CHANGE,
            object_type="measure",
            object_id=measure,
            persons=[found.registrant_id],
            act="lift",
        )
    return found


def may_lift(measure: Measure, today: dt.date) -> bool:
    """Whether it is in force or to come, and ends here: a suspension everywhere is lifted at the registration."""
    is_everywhere = measure.kind == MeasureKind.SUSPEND and measure.scope == MeasureScope.TENANT
    lasts = measure.kind in LASTING and (measure.last is None or measure.last >= today)
    return measure.state == MeasureState.TAKEN and lasts and not is_everywhere


def print_notice(*, actor: Actor, measure: UUID) -> bytes:
    """The notice as it was issued; from the second time on it says 再交付. ``UnknownDocumentError``."""
    with transaction.atomic():
        found = Measure.objects.select_for_update().filter(pk=measure, state__in=ISSUED).first()
        if found is None or found.notice is None:
            raise UnknownDocumentError
        sheet = from_stored(NoticeSheet, found.notice)
        reprint = Reprint(found.printed, clock.today()) if found.printed else None
        pdf = notice_pdf(replace(sheet, reprint=reprint))
        Measure.objects.filter(pk=measure).update(printed=F("printed") + 1)
        record(
            actor, Action.PRINT, object_type="measure", object_id=measure, persons=[found.registrant_id], form="notice"
        )
    return pdf


def _locked(measure: UUID) -> Measure:
    found = (
        Measure.objects.select_for_update(of=("self",))
        .select_related("registrant", "facility")
        .filter(pk=measure, state=MeasureState.PROPOSED)
        .first()
    )
    if found is None:
        raise UnknownProposalError
    return found


def _decide(actor: Actor, found: Measure, state: MeasureState) -> None:
    found.state, found.decided_at, found.decided_by = state, clock.now(), actor.id


def _issue(found: Measure) -> None:
    today = clock.today()
    papers = papers_on(today, found.facility)
    found.fiscal_year = fiscal_year(today)
    found.serial = next_serial(found.fiscal_year)
    mark, check = marked(papers, "measure", document_number(papers.issuer.symbol, found.serial), measure=found.pk)
    found.notice = as_stored(measure_sheet(found, papers, serial=found.serial, check=check))
    insert_together(mark)


def _told(actor: Actor, found: Measure) -> None:
    record(
        actor,
        Action.CHANGE,
        object_type="measure",
        object_id=found.pk,
        persons=[found.registrant_id],
        act="take",
        kind=found.kind,
    )
    account = found.registrant.portal_account
    if account is not None:
        context = {
            "facility_name": found.facility.name,
            "facility_name_en": found.facility.name_en,
            "kind": found.kind,
            "scope": found.scope,
            "first": found.first.isoformat() if found.first else "",
            "last": found.last.isoformat() if found.last else "",
            "reason": found.reason,
        }
        insert_together(message(template="bookings/mail/measure", recipient=account, context=context))
