"""Fees that are due: reminded of before, written about when overdue (督促), and what nobody paid for is cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from apps.bookings.errors import BookingError
from apps.bookings.models import (
    Booking,
    FeeNotice,
    FeeSheet,
    NoticeKind,
    Payment,
    ReductionRequest,
    ReductionState,
)
from apps.bookings.queries.ledgers import OWING, ledger_from, with_ledger
from apps.bookings.queries.terms import terms_by_facility
from apps.bookings.refund_errors import NothingOverdueError
from apps.bookings.rules.fees.due import IN_ADVANCE, overdue_at
from apps.bookings.rules.states import AHEAD, PERMITTED, TENTATIVE
from apps.bookings.services.acting import traces
from apps.bookings.services.annexes import lock_families
from apps.bookings.services.cancel import cancel_unpaid
from kernel import clock
from kernel.yen import format_yen
from shared.actor import SYSTEM, Actor
from shared.inserts import insert_together

BATCH: Final = 100
LAPSING: Final = frozenset({TENTATIVE, PERMITTED})
"""States in which a booking is the applicant's to pay for; what is under review is the facility's to decide."""
MOST_DUNNED: Final = 200
"""So many are written to at once."""


def remind_due(*, at_most: int = BATCH) -> int:
    """Write once to whoever owes a fee that is due within the facility's days of reminder; how many."""
    today, done = clock.today(), 0
    for facility, terms in terms_by_facility(today).items():
        if not terms.payment.remind:
            continue
        until = today + dt.timedelta(days=terms.payment.remind)
        due = FeeSheet.objects.filter(due_on__range=(today, until), total__gt=0)  # by its index
        soon = _owing().filter(pk__in=due.values("booking"), room__facility=facility, state__in=AHEAD)
        soon = soon.filter(due_on__range=(today, until))
        with transaction.atomic():
            found = list(_locked(soon.filter(~Exists(_notices(NoticeKind.REMINDER))), at_most))
            _write(SYSTEM, found, NoticeKind.REMINDER)
        done += len(found)
    return done


def cancel_overdue(*, at_most: int = BATCH) -> int:
    """Cancel up to ``at_most`` bookings that are paid in advance and of which nothing was paid in time; how many.

    Only where the facility's terms say so (期限切れ自動取消). What is paid in part, waits for a decision or for one
    about a reduction, carries an annex that was paid for, or has begun is left to a person. Each is a transaction of
    its own, so that no more is locked than one booking and its annexes.
    """
    lapsing = [facility for facility, terms in terms_by_facility(clock.today()).items() if terms.payment.lapse]
    if not lapsing:
        return 0
    late = _late(lapsing)
    return sum(_lapsed(one, late) for one in list(late.order_by("due_on", "id").values_list("pk", flat=True)[:at_most]))


def _late(lapsing: Collection[UUID]) -> QuerySet[Any]:
    asked = ReductionRequest.objects.filter(booking=OuterRef("pk"), state=ReductionState.ASKED)
    return _owing().filter(
        ~Exists(asked),
        ~Exists(_paid_annexes()),
        room__facility__in=lapsing,
        due_on__lt=clock.today(),
        due_kind__in=IN_ADVANCE,
        received=0,
        state__in=LAPSING,
        during__startswith__gt=clock.now(),
    )


def _lapsed(booking: UUID, late: QuerySet[Any]) -> int:
    """1 for a booking that was cancelled; 0 for one that was paid before it was locked, or has gone with its room."""
    try:
        with transaction.atomic():
            lock_families([booking])
            if not late.filter(pk=booking).exists():
                return 0
            cancel_unpaid(booking=booking)
    except BookingError:
        return 0
    return 1


def dun(*, actor: Actor, bookings: Sequence[UUID]) -> int:
    """Write to whoever owes the fees of ``bookings`` that are overdue (督促); how many. ``NothingOverdueError``."""
    with transaction.atomic():
        chosen = _owing().filter(pk__in=list(bookings)[:MOST_DUNNED], due_on__isnull=False)
        found = [one for one in _locked(chosen, MOST_DUNNED) if is_overdue(one)]
        if not found:
            raise NothingOverdueError(field="bookings")
        _write(actor, found, NoticeKind.DUNNING)
    return len(found)


def is_overdue(booking: Any) -> bool:
    """Whether a booking of ``with_ledger`` is past its due day."""
    if booking.due_on is None:
        return False
    return overdue_at(booking.due_kind, booking.due_on, booking.during.lower) <= clock.now()


def _owing() -> QuerySet[Any]:
    return with_ledger(Booking.objects.all()).filter(OWING)


def _paid_annexes() -> QuerySet[Payment]:
    """What was paid for annexes that would go with a booking of their room."""
    return Payment.objects.filter(
        void=None,
        booking__registrant=OuterRef("registrant"),
        booking__room__parent=OuterRef("room"),
        booking__during__overlap=OuterRef("during"),
        booking__state__in=AHEAD,
    )


def _notices(kind: NoticeKind) -> QuerySet[FeeNotice]:
    return FeeNotice.objects.filter(sheet=OuterRef("sheet_id"), kind=kind)


def _locked(found: QuerySet[Any], at_most: int) -> QuerySet[Any]:
    ordered: QuerySet[Any] = found.select_related("room__facility").order_by("due_on", "id")
    told: QuerySet[Any] = ordered.annotate(account=F("registrant__portal_account"))
    return told.select_for_update(of=("self",), skip_locked=True)[:at_most]


def _write(actor: Actor, bookings: Iterable[Any], kind: NoticeKind) -> None:
    """Keep that they were written to, with act, audit entry and mail."""
    act, mail = ("dun", "fee_overdue") if kind == NoticeKind.DUNNING else ("pay_remind", "fee_due_soon")
    rows: list[models.Model] = []
    for one in bookings:
        told = {"owed": format_yen(ledger_from(one).owed), "pay_by": one.due_on.isoformat()}
        rows.append(FeeNotice(sheet_id=one.sheet_id, kind=kind, at=clock.now(), by=actor.id))
        rows += traces(actor, one, act, mail=mail, account=one.account, more=told)
    if rows:
        insert_together(*sorted(rows, key=lambda row: type(row).__name__))
