"""Deciding on a reduction (減免の承認・不承認): the new fee and the numbered notice in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.bookings.errors import EvidenceMissingError, NoReductionAskedError
from apps.bookings.models import (
    Booking,
    Document,
    FeeCause,
    FeeSheet,
    ReductionRequest,
    ReductionState,
)
from apps.bookings.rules.states import check_reason
from apps.bookings.services.acting import booking_for, traces
from apps.bookings.services.fees.asking import reduction_traces
from apps.bookings.services.fees.pricing import charge_anew
from apps.bookings.services.issuing import reduction_document
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together


@dataclass(frozen=True, slots=True)
class Decided:
    """A booking and the notice of the decision on its reduction."""

    booking: Booking
    document: Document


def confirm_evidence(*, actor: Actor, booking: UUID) -> None:
    """Note that somebody has seen the evidence (確認済); what it says is not kept. ``NoReductionAskedError``."""
    with transaction.atomic():
        found = booking_for("charge", booking=booking, seen_version=None)
        asked = _asked(booking)
        if asked.evidence_at is None:
            asked.evidence_at, asked.evidence_by = clock.now(), actor.id
            asked.save(update_fields=["evidence_at", "evidence_by"])
            insert_together(*reduction_traces(actor, found, "reduction_seen"))


def grant_reduction(*, actor: Actor, booking: UUID) -> Decided:
    """Grant the reduction: the fee is computed anew by the ground that was asked for.

    Raises the errors of ``booking_for``, ``NoReductionAskedError``, ``EvidenceMissingError``, ``NoOperatorError``,
    and ``UnknownReductionError`` where the tables of the day do not know the ground any more.
    """
    with transaction.atomic():
        found = booking_for("charge", booking=booking, seen_version=None)
        asked = _asked(booking)
        if asked.evidence_at is None:
            raise EvidenceMissingError
        sheet = charge_anew(actor, found, FeeCause.REDUCTION, granting=asked.ground)
        if sheet is None:
            raise NoReductionAskedError
        return _decide(actor, found, asked, ReductionState.GRANTED, sheet=sheet)


def refuse_reduction(*, actor: Actor, booking: UUID, reason: str) -> Decided:
    """Refuse the reduction with a reason (理由の提示); the fee stays.

    Raises ``ReasonMissingError``, ``TooLongError``, ``NoReductionAskedError``, ``NoOperatorError`` and the errors of
    ``booking_for``.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = booking_for("charge", booking=booking, seen_version=None)
        return _decide(actor, found, _asked(booking), ReductionState.REFUSED, reason=cleaned)


def _asked(booking: UUID) -> ReductionRequest:
    found = ReductionRequest.objects.select_for_update().filter(booking=booking, state=ReductionState.ASKED).first()
    if found is None:
        raise NoReductionAskedError
    return found


def _decide(
    actor: Actor,
    booking: Booking,
    asked: ReductionRequest,
    state: ReductionState,
    *,
    reason: str = "",
    sheet: FeeSheet | None = None,
) -> Decided:
    issued = reduction_document(booking, asked, granted=state == ReductionState.GRANTED, reason=reason)
    document = issued.document
    asked.state, asked.reason = state, reason
    asked.decided_at, asked.decided_by = clock.now(), actor.id
    account: UUID | None = booking.account  # type: ignore[attr-defined]  # annotated by booking_for
    act = "reduction_grant" if state == ReductionState.GRANTED else "reduction_refuse"
    insert_together(
        *issued.rows, *traces(actor, booking, act, mail="reduction_decided", account=account, reason=reason)
    )
    asked.document, asked.sheet = document, sheet
    fields = ["state", "reason", "decided_at", "decided_by", "document", "sheet"]
    asked.save(update_fields=fields)
    return Decided(booking, document)
