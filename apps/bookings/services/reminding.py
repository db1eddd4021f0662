"""Reminders (お知らせメール): of a use, of a 仮予約 that expires, each once and only while it is true.

What a citizen wants stands in the shared schema; a tenant is told it for the accounts of its own registrants alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import F

from apps.bookings.mail import mail_context
from apps.bookings.models import Booking, BookingState, Reminder
from apps.bookings.queries.ledgers import ledger_from, with_ledger
from apps.bookings.queries.terms import terms_by_facility
from apps.bookings.rules.reminders import LONGEST, TENTATIVE, USE, Quiet, Wish, by_default, due
from kernel import clock
from kernel.yen import format_yen
from shared.inserts import insert_together
from shared.outbox.messages import message

BATCH: Final = 100
WISHES: Final = "SELECT account, is_told, use, tentative, quiet_from, quiet_until, stop FROM shared.reminder_wishes(%s)"


@dataclass(frozen=True, slots=True)
class Known:
    """What an account wants, if it has said so, and what its link that stops the mails is made of."""

    wish: Wish | None
    stop: UUID


def remind_of_bookings(*, at_most: int = BATCH) -> int:
    """Write the reminders that are due; how many mails. Each batch is committed by itself; run again, it goes on."""
    mails = 0
    found = list(_ahead())
    for start in range(0, len(found), at_most):
        with transaction.atomic():
            mails += _remind(_locked(one.pk for one in found[start : start + at_most]))
    return mails


def _remind(bookings: list[Booking]) -> int:
    """Of bookings under lock: what is true now is told, whatever it was when they were found."""
    known = _wishes({one.account for one in bookings})  # type: ignore[attr-defined]  # annotated
    usual = {facility: by_default(terms.reminding.days) for facility, terms in terms_by_facility(clock.today()).items()}
    told = _told(bookings)
    rows: list[models.Model] = []
    for one in bookings:
        person = known.get(one.account)  # type: ignore[attr-defined]  # annotated
        if person is not None:
            rows += _rows(one, person, person.wish or usual[one.room.facility_id], told)
    if rows:
        insert_together(*sorted(rows, key=lambda row: type(row).__name__))
    return sum(not isinstance(row, Reminder) for row in rows)


def _rows(booking: Booking, person: Known, wish: Wish, told: set[tuple[Any, ...]]) -> Iterator[models.Model]:
    """The reminders that are due, and one mail for all of them."""
    kind, target = _target(booking)
    now = clock.now()
    leads = due(target, wish.leads(kind), wish.quiet, since=booking.applied_at or booking.created_at, now=now)
    fresh = [minutes for minutes in leads if (booking.pk, kind, minutes, target) not in told]
    for minutes in fresh:
        yield Reminder(booking=booking, kind=kind, minutes=minutes, target=target, sent_at=now)
    if fresh:
        context = mail_context(booking) | _owed(booking) | {"stop": str(person.stop)}
        account: UUID = booking.account  # type: ignore[attr-defined]  # annotated
        yield message(template=f"bookings/mail/reminder_{kind}", recipient=account, context=context)


def _owed(booking: Booking) -> dict[str, str]:
    """What is still to be paid for the booking and by which day, if anything is (納付期限); no statement."""
    owed, due_on = ledger_from(booking).owed, booking.due_on  # type: ignore[attr-defined]  # annotated by with_ledger
    if owed <= 0:
        return {}
    return {"owed": format_yen(owed)} | ({"pay_by": due_on.isoformat()} if due_on else {})


def _target(booking: Booking) -> tuple[str, dt.datetime]:
    if booking.state == BookingState.TENTATIVE and booking.due_at is not None:
        return TENTATIVE, booking.due_at
    return USE, booking.during.lower


def _ahead() -> Iterable[Booking]:
    """Bookings of citizens with an account of which somebody may want to be reminded now; one statement."""
    now = clock.now()
    soon = (now, now + LONGEST)
    use = models.Q(state=BookingState.PERMITTED, during__startswith__range=soon)
    tentative = models.Q(state=BookingState.TENTATIVE, due_at__range=soon)
    found = Booking.objects.filter(use | tentative, registrant__portal_account__isnull=False)
    return found.only("pk").order_by("day", "pk")


def _locked(bookings: Iterable[UUID]) -> list[Booking]:
    """They under lock, as they and their money are now; those that another process works on are left to it."""
    return list(
        with_ledger(Booking.objects.all())
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("room__facility")
        .annotate(account=F("registrant__portal_account"))
        .filter(pk__in=list(bookings), state__in=[BookingState.PERMITTED, BookingState.TENTATIVE])
        .order_by("day", "pk")
    )


def _wishes(accounts: set[UUID]) -> dict[UUID, Known]:
    """Account -> what it wants, for the accounts that hold a registration here; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(WISHES, [list(accounts)])
        rows = cursor.fetchall()
    return {
        account: Known(Wish(tuple(use), tuple(tentative), quiet_of(starts, ends)) if is_told else None, stop)
        for account, is_told, use, tentative, starts, ends, stop in rows
    }


def quiet_of(starts: dt.time | None, ends: dt.time | None) -> Quiet | None:
    """The quiet hours of a row, if it has any."""
    return Quiet(starts, ends) if starts is not None and ends is not None else None


def _told(bookings: list[Booking]) -> set[tuple[Any, ...]]:
    rows = Reminder.objects.filter(booking__in=bookings).values_list("booking", "kind", "minutes", "target")
    return set(rows)
