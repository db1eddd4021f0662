"""仮予約 expire by themselves, and whoever has one is reminded first."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from apps.bookings.errors import BookingError
from apps.bookings.models import Booking, BookingState
from apps.bookings.queries.terms import terms_by_facility
from apps.bookings.rules.states import CLOCK
from apps.bookings.services.acting import traces
from apps.bookings.services.annexes import booking_to_end
from apps.bookings.services.ending import Why, end
from kernel import clock
from shared.actor import SYSTEM
from shared.inserts import insert_together

BATCH = 100


def expire_tentative(*, at_most: int = BATCH) -> int:
    """Let up to ``at_most`` bookings whose 本申請期限 is over expire, free their rooms, write; how many expired.

    The annexes that rest on one go with it, also where they are due later or were permitted. Each is a transaction of
    its own, so that no more is locked than one booking and its annexes.
    """
    return sum(_expired(one) for one in list(_due().values_list("pk", flat=True)[:at_most]))


def _expired(booking: UUID) -> int:
    """How many expired: none of what was formally applied for, put off, or gone with its room in the meantime."""
    try:
        with transaction.atomic():
            found, annexes = booking_to_end("expire", booking=booking, seen_version=None, who=CLOCK)
            if not _due().filter(pk=booking).exists():
                return 0
            gone = end(SYSTEM, found, "expire", Why(), annexes=annexes)
    except BookingError:
        return 0
    return 1 + sum(one.state == BookingState.EXPIRED for one in gone)


def _due() -> QuerySet[Booking]:
    return Booking.objects.filter(state=BookingState.TENTATIVE, due_at__lte=clock.now()).order_by("due_at", "id")


def remind_tentative(*, at_most: int = BATCH) -> int:
    """Write once to whoever has a 仮予約 that is due within the facility's days of reminder; how many."""
    now, done = clock.now(), 0
    for facility, terms in terms_by_facility(clock.today()).items():
        if not terms.tentative.remind:
            continue
        soon = Booking.objects.filter(
            state=BookingState.TENTATIVE,
            reminded_at=None,
            room__facility=facility,
            due_at__gt=now,
            due_at__lte=now + dt.timedelta(days=terms.tentative.remind),
        )
        with transaction.atomic():
            found = list(_locked(soon, at_most))
            Booking.objects.filter(pk__in=[one.pk for one in found]).update(reminded_at=now)
            rows = [
                row for one in found for row in traces(SYSTEM, one, "remind", mail="due_soon", account=_account(one))
            ]
            if rows:
                insert_together(*sorted(rows, key=lambda row: type(row).__name__))
        done += len(found)
    return done


def _locked(found: QuerySet[Booking], at_most: int) -> QuerySet[Booking]:
    return (
        found.select_related("room__facility")
        .annotate(account=F("registrant__portal_account"))
        .order_by("due_at", "id")
        .select_for_update(of=("self",), skip_locked=True)[:at_most]
    )


def _account(booking: Booking) -> UUID | None:
    found: UUID | None = booking.account  # type: ignore[attr-defined]  # annotated by _locked
    return found
