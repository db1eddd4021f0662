"""What a provider told comes about: money is received with its 領収書, a session ends, a refund is done.

Each notice is one transaction. It locks the booking first, as whoever receives money at the counter does, so of two
that come at once the second sees what the first did; then what was not owed is received as surplus (超過), never lost.
"""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

import structlog
from django.db import IntegrityError, models, transaction

from apps.bookings.mail import mail_context
from apps.bookings.models import Booking, EventSource, OnlineSession, OnlineState, PaymentMethod, ProviderEvent
from apps.bookings.queries.online import online_terms_on
from apps.bookings.queries.payments import standing_of_payment
from apps.bookings.rules.online import ENDS, PERMITS, Asked, Outcome, surplus, wait_after, weigh
from apps.bookings.rules.states import ALLOWED, TENTATIVE
from apps.bookings.services.acting import under_lock
from apps.bookings.services.decide import formalise, permit
from apps.bookings.services.fees.asking import reduction_traces
from apps.bookings.services.fees.online.noticing import contract
from apps.bookings.services.fees.online.refund import refund_told
from apps.bookings.services.fees.receiving import receipt_of
from kernel import clock
from kernel.clock import TOKYO
from kernel.errors import DomainError
from shared.actor import SYSTEM
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.outbox.messages import message
from shared.payments.protocol import BadNoticeError, EventKind

BATCH: Final = 50
REFUNDS: Final = frozenset({EventKind.REFUNDED, EventKind.REFUND_FAILED})
log = structlog.get_logger(__name__)


def settle_events(*, at_most: int = BATCH) -> int:
    """Let up to ``at_most`` notices that are due come about; how many did. What fails is tried again later."""
    due = ProviderEvent.objects.filter(is_settled=False, due_at__lte=clock.now()).order_by("received_at", "id")
    return sum(_settle(one) for one in list(due.values_list("pk", flat=True)[:at_most]))


def _settle(event: UUID) -> bool:
    try:
        with transaction.atomic():
            found = ProviderEvent.objects.select_for_update(skip_locked=True).filter(pk=event, is_settled=False).first()
            if found is None:
                return False
            _check_again(found)
            outcome, session = _come_about(found)
            _settled(found, outcome, session)
    except (DomainError, BadNoticeError, IntegrityError) as error:
        log.warning("a payment's notice does not come about", notice=str(event), error=type(error).__name__)
        _put_off(event)
        return False
    return True


def _check_again(event: ProviderEvent) -> None:
    """The row's own word is not enough: what the portal dropped in must be what the provider signed."""
    if event.source != EventSource.NOTICE:
        return
    said = contract(event.provider).verify(event.body.encode(), event.signature, now=event.received_at)
    ours = (event.event, event.kind, event.reference, event.amount, event.method, event.payment_ref, event.refund_ref)
    if ours != (said.id, said.kind, said.reference, said.amount, said.method, said.payment, said.refund):
        raise BadNoticeError("row")


def _come_about(event: ProviderEvent) -> tuple[Outcome, OnlineSession | None]:
    of = OnlineSession.objects.filter(reference=event.reference, provider=event.provider)
    booking_id = of.values_list("booking_id", flat=True).first()
    if booking_id is None:
        return Outcome.UNKNOWN, None
    booking = under_lock(booking_id)
    session = of.select_for_update().get()
    if event.kind in REFUNDS:
        return refund_told(session, event), session
    asked = Asked(session.state, session.amount, session.payment_ref)
    outcome = weigh(asked, kind=event.kind, amount=event.amount, payment=event.payment_ref)
    if outcome is Outcome.RECEIVED and _is_known(event, session):
        outcome = Outcome.MISMATCH
    if outcome is Outcome.RECEIVED:
        _settled(event, outcome, session)
        _receive(event, session, booking)
    elif outcome is Outcome.MISMATCH:
        _differ(event, session)
    elif outcome is Outcome.NOTED:
        _end(session, ENDS[event.kind])
    return outcome, session


def _is_known(event: ProviderEvent, session: OnlineSession) -> bool:
    """Whether another session was paid by the same payment."""
    same = OnlineSession.objects.filter(provider=event.provider, payment_ref=event.payment_ref)
    return same.exclude(pk=session.pk).exists()


def _receive(event: ProviderEvent, session: OnlineSession, booking: Booking) -> None:
    standing = standing_of_payment(booking.pk)
    extra = surplus(session.amount, owed=standing.owed, is_alive=booking.state in ALLOWED["receive"])
    session.state, session.payment_ref, session.surplus = OnlineState.PAID, event.payment_ref, extra
    session.settled_at, session.url = clock.now(), ""
    session.save(update_fields=["state", "payment_ref", "surplus", "settled_at", "url"])
    method = PaymentMethod.CODE if event.method == PaymentMethod.CODE else PaymentMethod.CARD
    remains = max(0, standing.owed - session.amount)
    day = _day_of(event, session)
    payment = receipt_of(SYSTEM, booking, session.amount, method, remains=remains, day=day, online=session)
    rows: list[models.Model] = [payment, *reduction_traces(SYSTEM, booking, "pay")]
    account: UUID | None = booking.account  # type: ignore[attr-defined]  # annotated by under_lock
    if account is not None:
        told = {"amount": session.amount, "surplus": extra, "receipt": f"{payment.fiscal_year}-{payment.serial:05d}"}
        rows.append(message(template="bookings/mail/paid", recipient=account, context=mail_context(booking) | told))
    insert_together(*rows)
    if booking.state == TENTATIVE and not extra and not remains:
        _make_formal(booking)


def _make_formal(booking: Booking) -> None:
    """A 仮予約 that is paid in full is permitted, or waits for the decision; it expires no more."""
    if online_terms_on(clock.today()).on_paid == PERMITS:
        try:
            permit(actor=SYSTEM, booking=booking.pk)
        except DomainError:
            log.warning("a paid booking is not permitted by itself", booking=str(booking.pk))
        else:
            return
    formalise(actor=SYSTEM, booking=booking.pk)


def _day_of(event: ProviderEvent, session: OnlineSession) -> dt.date:
    """The day in Japan on which the payer paid, as the provider says, within reason."""
    told = event.at.astimezone(TOKYO).date()
    return min(max(told, session.created_at.astimezone(TOKYO).date()), clock.today())


def _differ(event: ProviderEvent, session: OnlineSession) -> None:
    """Nothing is received; what the provider took is kept on the notice, and staff are shown it."""
    if session.state != OnlineState.PAID:
        session.state, session.settled_at, session.url = OnlineState.MISMATCH, clock.now(), ""
        if not session.payment_ref and not _is_known(event, session):
            session.payment_ref = event.payment_ref
        session.save(update_fields=["state", "settled_at", "url", "payment_ref"])
    _record(session, "mismatch")


def _end(session: OnlineSession, state: str) -> None:
    session.state, session.settled_at, session.url = state, clock.now(), ""
    session.save(update_fields=["state", "settled_at", "url"])
    _record(session, state)


def end_expired(session: UUID) -> None:
    """A session whose time is over, and of which the provider knows no payment, is over (期限切れ)."""
    with transaction.atomic():
        waiting = [OnlineState.NEW, OnlineState.OPEN]
        found = OnlineSession.objects.select_for_update().filter(pk=session, state__in=waiting).first()
        if found is not None:
            _end(found, OnlineState.EXPIRED)


def _record(session: OnlineSession, act: str) -> None:
    insert_together(entry(SYSTEM, Action.CHANGE, object_type="online_session", object_id=session.pk, act=act))


def _settled(event: ProviderEvent, outcome: Outcome, session: OnlineSession | None) -> None:
    if event.is_settled:
        return
    event.is_settled, event.outcome, event.session, event.body = True, outcome.value, session, ""
    event.settled_at = clock.now()
    event.save(update_fields=["is_settled", "outcome", "session", "body", "settled_at"])


def _put_off(event: UUID) -> None:
    found = ProviderEvent.objects.filter(pk=event, is_settled=False)
    attempts = (found.values_list("attempts", flat=True).first() or 0) + 1
    found.update(attempts=attempts, due_at=clock.now() + wait_after(attempts))
