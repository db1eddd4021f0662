"""An annex (附属の室場) does not stay booked without its room: it goes with it, or the room is not moved away."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from psycopg.errors import LockNotAvailable

from apps.bookings.errors import StalePageError
from apps.bookings.gear_errors import AnnexStandsError
from apps.bookings.models import Booking, Room
from apps.bookings.queries.annexes import families_of, resting_on
from apps.bookings.rules.states import HOLD
from apps.bookings.services.acting import booking_for
from apps.bookings.services.occupying import Claim, lock_ahead


def booking_to_end(
    act: str, *, booking: UUID, seen_version: int | None, who: str | None = None
) -> tuple[Booking, list[Booking]]:
    """``booking_for`` with the annexes that rest on the booking, all locked; nothing comes to rest on it meanwhile.

    Two statements where the room has no annex. ``StalePageError`` as ``annexes_of`` raises it.
    """
    has_annexes = Room.objects.filter(parent__bookings=booking).exists()
    if has_annexes:
        lock_families([booking])
    found = booking_for(act, booking=booking, seen_version=seen_version, who=who)
    return found, _resting(found) if has_annexes else []


def lock_families(bookings: Collection[UUID]) -> None:
    """Lock bookings, and what was booked of their rooms' annexes beside them, in the order of their keys; a statement.

    Whoever works on several bookings in one transaction begins with this.
    """
    rows = Booking.objects.filter(pk__in=families_of(bookings))
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def annexes_of(booking: Booking) -> list[Booking]:
    """The annexes that rest on a booking whose family is locked; one statement where the room has none.

    ``StalePageError`` for one that came since its family was locked, and that somebody works on already.
    """
    return _resting(booking) if Room.objects.filter(parent=booking.room_id).exists() else []


def _resting(booking: Booking) -> list[Booking]:
    """Looked for under the registrant's lock, which whoever books an annex takes too.

    Whoever works on an annex takes that lock after its row: here nobody is waited for any more.
    """
    if booking.state == HOLD:
        return []
    now = booking.during.lower
    lock_ahead([Claim((), now, now, registrant=booking.registrant_id)])
    try:
        with transaction.atomic():
            return list(resting_on(booking).select_for_update(of=("self",), nowait=True))
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise StalePageError from None
        raise


def check_annexes_stay(booking: Booking, room: UUID, span: DateTimeTZRange) -> None:
    """Raise ``AnnexStandsError`` where a move to ``room`` and ``span`` leaves an annex alone; one statement."""
    found = resting_on(booking).exclude(state=HOLD)
    if room == booking.room_id:
        found = found.exclude(during__contained_by=span)
    number = found.values_list("number", flat=True).first()
    if number is not None:
        raise AnnexStandsError(annex=number)
