"""Giving money back through the provider: decided once, sent by the worker under one key until it is done."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction

from apps.bookings.models import OnlineRefund, OnlineRefundState, OnlineSession, ProviderEvent
from apps.bookings.online_errors import NotOnlineError, OnlineOffError, RefundTooMuchError, UnknownSessionError
from apps.bookings.rules.online import Outcome, wait_after
from apps.bookings.rules.states import check_reason
from apps.bookings.services.fees.online.noticing import contract
from kernel import clock
from shared.actor import SYSTEM, Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.payments.protocol import Event, EventKind, ProviderDownError, ProviderRefusedError

BATCH: Final = 20
WORKING: Final = dt.timedelta(minutes=5)
"""So long the provider may work on it before it is asked again, under the same key."""
OPEN: Final = (OnlineRefundState.ASKED, OnlineRefundState.SENT)
log = structlog.get_logger(__name__)


def ask_refund(*, actor: Actor, session: UUID, amount: int, reason: str) -> OnlineRefund:
    """Have ``amount`` of what was paid by a session go back; the worker sends it.

    Raises ``UnknownSessionError``, ``NotOnlineError``, ``RefundTooMuchError``, ``ReasonMissingError``.
    """
    cleaned = check_reason(reason)
    try:
        with transaction.atomic():
            found = OnlineSession.objects.select_related("booking").filter(pk=session).first()
            if found is None:
                raise UnknownSessionError
            if not found.payment_ref:
                raise NotOnlineError
            if amount <= 0:
                raise RefundTooMuchError(field="amount")
            now = clock.now()
            row = OnlineRefund(
                session=found, amount=amount, reason=cleaned, asked_at=now, asked_by=actor.id, due_at=now
            )
            persons = [found.booking.registrant_id]
            insert_together(
                row, entry(actor, Action.CREATE, object_type="online_refund", object_id=row.pk, persons=persons)
            )
            return row
    except IntegrityError as error:
        if "no more goes back than was taken" not in str(error):
            raise
        raise RefundTooMuchError(field="amount") from None


def send_refunds(*, at_most: int = BATCH) -> int:
    """Send up to ``at_most`` refunds that are due to their provider; how many are done. The rest is tried again."""
    now = clock.now()
    due = OnlineRefund.objects.filter(state__in=OPEN, due_at__lte=now).select_related("session").order_by("due_at")
    return sum(_send(one) for one in list(due[:at_most]) if _claimed(one))


def _claimed(refund: OnlineRefund) -> bool:
    """Nobody else sends it meanwhile; if this worker dies, it is sent again under the same key."""
    refund.attempts += 1
    until = clock.now() + wait_after(refund.attempts)
    ours = OnlineRefund.objects.filter(pk=refund.pk, state__in=OPEN, due_at=refund.due_at)
    return bool(ours.update(attempts=refund.attempts, due_at=until))


def _send(refund: OnlineRefund) -> bool:
    session = refund.session
    try:
        event = contract(session.provider).refund(session.payment_ref, refund.amount, key=str(refund.pk))
    except (ProviderDownError, OnlineOffError):
        log.warning("provider does not take a refund", refund=str(refund.pk), attempt=refund.attempts)
        OnlineRefund.objects.filter(pk=refund.pk).update(error="away")
        return False
    except ProviderRefusedError as refused:
        _end(refund.pk, OnlineRefundState.FAILED, error=refused.code)
        return False
    if event is None:
        waiting = {"state": OnlineRefundState.SENT, "due_at": clock.now() + WORKING, "error": ""}
        OnlineRefund.objects.filter(pk=refund.pk, state__in=OPEN).update(**waiting)
        return False
    return _end(refund.pk, *_fate(event, refund))


def _fate(event: Event, refund: OnlineRefund) -> tuple[OnlineRefundState, str]:
    if event.kind == EventKind.REFUNDED and event.amount == refund.amount:
        return OnlineRefundState.DONE, ""
    return OnlineRefundState.FAILED, "refused" if event.kind == EventKind.REFUND_FAILED else "amount"


def refund_told(session: OnlineSession, event: ProviderEvent) -> Outcome:
    """A notice says what became of a refund. One that we did not ask for is a mismatch, which staff are shown."""
    key = _key(event.refund_ref)
    found = OnlineRefund.objects.filter(session=session, pk=key).first() if key else None
    if found is None or found.amount != event.amount:
        return Outcome.MISMATCH
    done = event.kind == EventKind.REFUNDED
    if found.state not in OPEN:
        is_same = (found.state == OnlineRefundState.DONE) == done
        return Outcome.AGAIN if is_same else Outcome.MISMATCH
    _end(found.pk, OnlineRefundState.DONE if done else OnlineRefundState.FAILED, "" if done else "refused")
    return Outcome.REFUNDED if done else Outcome.REFUND_FAILED


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _end(refund: UUID, state: OnlineRefundState, error: str = "") -> bool:
    """Note what became of it, once; whether it is done."""
    with transaction.atomic():
        found = OnlineRefund.objects.select_for_update().filter(pk=refund, state__in=OPEN).first()
        if found is not None:
            found.state, found.error, found.done_at = state, error, clock.now()
            found.save(update_fields=["state", "error", "done_at"])
            insert_together(
                entry(SYSTEM, Action.CHANGE, object_type="online_refund", object_id=refund, act=state.value)
            )
    return state == OnlineRefundState.DONE
