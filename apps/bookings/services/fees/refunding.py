"""Giving money back (還付): what goes back by the rules, what somebody decides, what is handed out.

``rate_for`` is the one place that says which share of a fee goes back when a booking ends; whoever cancels, calls off
or displaces keeps its percent with the booking. ``due_of`` says how much that is now.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from django.utils import translation

from apps.bookings.documents.stored import as_stored
from apps.bookings.errors import BookingError
from apps.bookings.models import (
    Booking,
    PaperMark,
    PayoutMethod,
    Refund,
    RefundKind,
    RefundPayout,
)
from apps.bookings.online_errors import ByProviderError
from apps.bookings.queries.ledgers import ledger_from, with_ledger
from apps.bookings.queries.refunds import payout_to_reverse
from apps.bookings.queries.terms import terms_on
from apps.bookings.refund_errors import (
    NothingToRefundError,
    RefundChangedError,
    RefundHandedOutError,
    RefundReasonError,
    RefundShareError,
    TooMuchHandedOutError,
    UnknownRefundError,
)
from apps.bookings.refund_texts import BASIS_TEXTS
from apps.bookings.rules.deadlines import BY_DAYS, BY_REFUSAL, BY_REVOCATION, Cause, Rate, rate_of
from apps.bookings.rules.fees.ledger import Ledger, back_of
from apps.bookings.rules.states import REFUSED, REVOKED, check_reason
from apps.bookings.rules.terms import Terms
from apps.bookings.services.acting import traces, under_lock
from apps.bookings.services.fees.receiving import told
from apps.bookings.services.fees.refund_sheet import refund_number, refund_sheet
from apps.bookings.services.marks import marked
from apps.bookings.services.papers import papers_on
from kernel import clock
from kernel.clock import TOKYO
from kernel.wareki import fiscal_year
from shared.actor import Actor
from shared.inserts import insert_together

NEXT_REFUND: Final = """
INSERT INTO bookings_refundseries (fiscal_year, last) VALUES (%s, 1)
ON CONFLICT (fiscal_year) DO UPDATE SET last = bookings_refundseries.last + 1 RETURNING last
"""
REFUSALS: Final[dict[str, type[BookingError]]] = {
    "no more is handed out than was decided": TooMuchHandedOutError,
    "what was handed out is not withdrawn": RefundHandedOutError,
    "one_refund_of_what_ended": NothingToRefundError,
    "no more goes back than came in": NothingToRefundError,
    "an online payout rests on the provider": ByProviderError,
    "a payout is taken back once and whole": UnknownRefundError,
}
"""How the database refuses -> what is told."""


@dataclass(frozen=True, slots=True)
class Due:
    """What goes back of a booking's money and nobody decided on yet: how much, why, by which provision.

    ``base`` is what is held, ``amount`` the part of it that goes back at ``percent``.
    """

    kind: RefundKind
    base: int
    percent: int
    amount: int
    rule: str
    article: str
    ledger: Ledger

    def at(self, percent: int) -> int:
        """What would go back at another share. ``RefundShareError`` for none, or for an excess."""
        if self.ledger.ending is None:
            if percent != self.percent:
                raise RefundShareError(field="percent")
            return self.amount
        if not 0 <= percent <= 100:
            raise RefundShareError(field="percent")
        fee = self.ledger.shared(self.base)
        return self.base - fee + back_of(fee, percent, self.ledger.ending.rounding)


def rate_for(booking: Booking, cause: Cause, terms: Terms) -> Rate:
    """Which share goes back when ``booking`` is given up today for ``cause``; the facility's own returns all of it."""
    return rate_of(cause, terms.refunds, day=booking.day, today=clock.today(), room=booking.room_id)


def due_of(booking: Booking) -> Due | None:
    """What goes back of ``booking``'s money by the rules, to be decided on; None of nothing held or all decided.

    For a booking that ended, also where the share is nothing: somebody may decide on another. Two statements.
    """
    found = with_ledger(Booking.objects.filter(pk=booking.pk)).first()
    if found is None:
        return None
    ledger = ledger_from(found)
    held = ledger.received - ledger.excess
    if ledger.ending is None:
        amount = ledger.due
        return Due(RefundKind.EXCESS, amount, 100, amount, basis("excess"), "", ledger) if amount else None
    if ledger.decided or held <= 0:
        return None
    rule, article = _rule(booking)
    return Due(RefundKind.ENDED, held, ledger.ending.percent, ledger.due, rule, article, ledger)


def basis(key: str, **values: object) -> str:
    """What a share follows from, in the official language."""
    with translation.override("ja"):
        return str(BASIS_TEXTS[key]).format(**values)


def _rule(booking: Booking) -> tuple[str, str]:
    """In words what the share of a booking that ended follows from, and the article."""
    ended = (booking.ended_at or booking.decided_at or clock.now()).astimezone(TOKYO).date()
    terms = terms_on(booking.room.facility_id, ended)
    if booking.state == REVOKED:
        return basis(BY_REVOCATION), terms.refund.article
    cause = next((one for one in terms.causes if one.code == booking.cause), None)
    if booking.state == REFUSED or cause is None:
        return basis(BY_REFUSAL), terms.refund.article
    rate = rate_of(cause, terms.refunds, day=booking.day, today=ended, room=booking.room_id)
    key = "days_none" if rate.basis == BY_DAYS and rate.days is None else rate.basis
    return basis(key, left=rate.left, days=rate.days, cause=cause.name), rate.article or terms.refund.article


def decide_refund(
    *, actor: Actor, booking: UUID, percent: int | None = None, reason: str = "", seen: int | None = None
) -> Refund:
    """Decide that money goes back, under the next number; with a ``reason`` at another share than by the rules.

    ``seen`` is the amount that the page showed. Raises ``NothingToRefundError``, ``RefundChangedError``,
    ``RefundReasonError``, ``RefundShareError``, ``TooLongError``, ``NoOperatorError``, ``UnknownBookingError``.
    """
    with refusals_told(), transaction.atomic():
        found = under_lock(booking)
        due = due_of(found)
        if due is None:
            raise NothingToRefundError
        if seen is not None and seen != due.amount:
            raise RefundChangedError(amount=f"{due.amount:,}")
        share = due.percent if percent is None else percent
        amount = due.at(share)
        why = reason.strip()
        if share != due.percent:
            if not why:
                raise RefundReasonError(field="reason")
            why = check_reason(why)
        elif not amount:
            raise NothingToRefundError
        refund, *marks = _decided(actor, found, due, percent=share, reason=why)
        account: UUID | None = found.account if amount else None  # type: ignore[attr-defined]  # by booking_for
        told_of = traces(actor, found, "refund_decide", mail="refund_decided", account=account, reason=why)
        insert_together(refund, *marks, *told_of)
    return refund


def _decided(
    actor: Actor, booking: Booking, due: Due, *, percent: int, reason: str
) -> tuple[Refund] | tuple[Refund, PaperMark]:
    """The unsaved decision with its 還付請求書, and the mark of that, unless nothing goes back."""
    today = clock.today()
    year = fiscal_year(today)
    with connection.cursor() as cursor:
        cursor.execute(NEXT_REFUND, [year])
        serial: int = cursor.fetchone()[0]
    refund = Refund(
        booking=booking,
        kind=due.kind,
        fiscal_year=year,
        serial=serial,
        day=today,
        decided_at=clock.now(),
        decided_by=actor.id,
        base=due.base,
        percent=percent,
        amount=due.at(percent),
        rule=due.rule[:100],
        article=due.article[:100],
        reason=reason,
    )
    papers = papers_on(today, booking.room.facility)
    mark, check = marked(papers, "refund", refund_number(refund), refund=refund)
    refund.content = as_stored(refund_sheet(booking, refund, papers, check=check))
    refund.texts = papers.ids("refund")
    return (refund, mark) if refund.amount else (refund,)


def withdraw_refund(*, actor: Actor, refund: UUID, reason: str) -> Refund:
    """Withdraw a decision of which nothing was handed out, or all was taken back; its number stays.

    Raises ``UnknownRefundError``, ``ReasonMissingError``, ``RefundHandedOutError``.
    """
    cleaned = check_reason(reason)
    with refusals_told(), transaction.atomic():
        found, booking = refund_under_lock(refund)
        values = {"void_at": clock.now(), "void_by": actor.id, "void_reason": cleaned}
        Refund.objects.filter(pk=found.pk).update(**values)
        insert_together(*_traces(actor, booking, "refund_withdraw", cleaned))
    return found


def pay_out(*, actor: Actor, refund: UUID, amount: int, method: PayoutMethod) -> RefundPayout:
    """Hand out all that is open of a refund, or a part; cash leaves today's drawer.

    Raises ``UnknownRefundError``, ``TooMuchHandedOutError``, ``DayClosedError``; ValueError for 充当.
    """
    if method == PayoutMethod.OFFSET:
        raise ValueError("offset() puts money to another fee")
    with refusals_told(), transaction.atomic():
        found, booking = refund_under_lock(refund)
        check_open(found, amount)
        payout = payout_of(actor, found, amount, method)
        insert_together(payout, *_traces(actor, booking, "refund_pay"))
    return payout


def reverse_payout(*, actor: Actor, payout: UUID, reason: str) -> RefundPayout:
    """Take back a payout that was entered by mistake, by one of its amount below zero (赤伝); nothing is overwritten.

    It counts on today's sheet. Raises ``UnknownRefundError`` for one that is not there, is taken back already, or went
    through a provider or to another fee; ``ReasonMissingError``, ``DayClosedError``.
    """
    cleaned = check_reason(reason)
    with refusals_told(), transaction.atomic():
        refund, booking = refund_under_lock(payout_to_reverse(payout).refund_id)
        wrong = payout_to_reverse(payout)
        row = payout_of(actor, refund, -wrong.amount, PayoutMethod(wrong.method))
        row.reverses, row.reason = wrong, cleaned
        insert_together(row, *_traces(actor, booking, "refund_unpay", cleaned))
    return row


def refund_under_lock(refund: UUID) -> tuple[Refund, Booking]:
    """A decision that stands, and its booking under lock. ``UnknownRefundError``."""
    of = Refund.objects.filter(pk=refund).values_list("booking_id", flat=True).first()
    if of is None:
        raise UnknownRefundError
    booking = under_lock(of)
    found = Refund.objects.filter(pk=refund, void_at=None).first()
    if found is None:
        raise UnknownRefundError
    return found, booking


def open_of(refund: Refund) -> int:
    """What of a refund was not handed out; one statement."""
    handed = RefundPayout.objects.filter(refund=refund.pk).aggregate(sum=models.Sum("amount"))["sum"]
    return refund.amount - (handed or 0)


def check_open(refund: Refund, amount: int) -> None:
    """Raise ``TooMuchHandedOutError`` unless ``amount`` is something, and open of ``refund``."""
    if not 0 < amount <= open_of(refund):
        raise TooMuchHandedOutError(field="amount")


def payout_of(actor: Actor, refund: Refund, amount: int, method: PayoutMethod) -> RefundPayout:
    """The unsaved payout of today."""
    return RefundPayout(refund=refund, day=clock.today(), at=clock.now(), by=actor.id, method=method, amount=amount)


def _traces(actor: Actor, booking: Booking, act: str, reason: str = "") -> list[models.Model]:
    return traces(actor, booking, act, mail="", account=None, reason=reason)


@contextmanager
def refusals_told() -> Iterator[None]:
    """Tell what the database's guards refuse in the domain's words."""
    try:
        yield
    except IntegrityError as error:
        found = next((kind for name, kind in REFUSALS.items() if name in str(error)), None)
        raise (told(error) if found is None else found()) from None
