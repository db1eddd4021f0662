"""Giving money back through the provider: decided once, sent by the worker under one key until it is done."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Max, Q, Sum

from apps.bookings.models import (
    OnlineRefund,
    OnlineRefundState,
    OnlineSession,
    OnlineState,
    PayoutMethod,
    ProviderEvent,
    Refund,
)
from apps.bookings.online_errors import (
    NothingOnlineError,
    NotOnlineError,
    OnlineOffError,
    RefundTooMuchError,
    UnknownSessionError,
)
from apps.bookings.refund_errors import TooMuchHandedOutError
from apps.bookings.rules.online import Outcome, wait_after
from apps.bookings.rules.states import check_reason
from apps.bookings.services.acting import traces, under_lock
from apps.bookings.services.fees.online.noticing import contract
from apps.bookings.services.fees.refunding import open_of, payout_of, refund_under_lock, refusals_told
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


def give_back(*, actor: Actor, refund: UUID, amount: int | None = None) -> list[OnlineRefund]:
    """Carry a decision (還付) out through the provider: what is open of it, or ``amount``; the worker sends it.

    The newest payment goes back first; one decision may need several. Nothing is handed out before the provider has
    done it. Raises ``UnknownRefundError``, ``TooMuchHandedOutError``, ``NothingOnlineError``.
    """
    with refusals_told(), transaction.atomic():
        found, booking = refund_under_lock(refund)
        underway = OnlineRefund.objects.filter(refund=found.pk, state__in=OPEN).aggregate(sum=Sum("amount"))["sum"]
        rest = open_of(found) - (underway or 0)
        wanted = rest if amount is None else amount
        if not 0 < wanted <= rest:
            raise TooMuchHandedOutError(field="amount")
        rows = [_asked(actor, one, part, found.rule or "還付", found) for one, part in _parts(booking.pk, wanted)]
        insert_together(*rows, *traces(actor, booking, "refund_online", mail="", account=None))
    return rows


def _parts(booking: UUID, wanted: int) -> list[tuple[OnlineSession, int]]:
    """How ``wanted`` is taken from what was paid online. ``NothingOnlineError``."""
    back = Sum("refunds__amount", filter=~Q(refunds__state=OnlineRefundState.FAILED))
    paid = OnlineSession.objects.filter(booking=booking, state=OnlineState.PAID).annotate(back=back)
    parts: list[tuple[OnlineSession, int]] = []
    for one in paid.order_by("-surplus", "-settled_at"):
        if part := min(wanted, one.amount - (one.back or 0)):
            parts.append((one, part))
            wanted -= part
    if wanted:
        raise NothingOnlineError(field="amount")
    return parts


def give_back_unreceived(*, actor: Actor, session: UUID, reason: str) -> OnlineRefund:
    """Have the provider give back what it took and was not received (不一致), as much as it said that it took.

    Raises ``UnknownSessionError``, ``NotOnlineError``, ``RefundTooMuchError``, ``ReasonMissingError``.
    """
    cleaned = check_reason(reason)
    try:
        with transaction.atomic():
            found = OnlineSession.objects.select_related("booking").filter(pk=session).first()
            if found is None:
                raise UnknownSessionError
            told = ProviderEvent.objects.filter(session=found, kind=EventKind.PAID).aggregate(most=Max("amount"))
            if found.state != OnlineState.MISMATCH or not found.payment_ref or not told["most"]:
                raise NotOnlineError
            row = _asked(actor, found, told["most"], cleaned, None)
            insert_together(row, *traces(actor, found.booking, "refund_online", mail="", account=None, reason=cleaned))
            return row
    except IntegrityError as error:
        if "no more goes back than was taken" not in str(error):
            raise
        raise RefundTooMuchError from None


def _asked(actor: Actor, session: OnlineSession, amount: int, reason: str, refund: Refund | None) -> OnlineRefund:
    now = clock.now()
    return OnlineRefund(
        refund=refund, session=session, amount=amount, reason=reason, asked_at=now, asked_by=actor.id, due_at=now
    )


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
    """Note what became of it, once, and hand it out (還付の支払) if it is done; whether it is.

    The booking is locked first, as by everybody who moves its money.
    """
    with transaction.atomic():
        under_lock(OnlineRefund.objects.values_list("session__booking", flat=True).get(pk=refund))
        found = OnlineRefund.objects.select_for_update(of=("self",)).filter(pk=refund, state__in=OPEN)
        mine = found.select_related("refund").first()
        if mine is not None:
            mine.state, mine.error, mine.done_at = state, error, clock.now()
            mine.save(update_fields=["state", "error", "done_at"])
            if mine.refund is not None and state == OnlineRefundState.DONE:
                insert_together(payout_of(SYSTEM, mine.refund, mine.amount, PayoutMethod.ONLINE))
            insert_together(
                entry(SYSTEM, Action.CHANGE, object_type="online_refund", object_id=refund, act=state.value)
            )
    return state == OnlineRefundState.DONE
