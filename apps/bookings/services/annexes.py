"""An annex (附属の室場) does not stay booked without its room: it goes with it, or the room is not moved away."""

from __future__ import annotations

from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

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

    Two statements where the room has no annex. The rows are locked in the order of their keys, like everywhere.
    """
    has_annexes = Room.objects.filter(parent__bookings=booking).exists()
    if has_annexes:
        rows = Booking.objects.filter(pk__in=families_of([booking]))
        list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    found = booking_for(act, booking=booking, seen_version=seen_version, who=who)
    return found, _resting(found) if has_annexes else []


def annexes_of(booking: Booking) -> list[Booking]:
    """The annexes that rest on a booking whose row is locked, locked too; one statement where the room has none."""
    return _resting(booking) if Room.objects.filter(parent=booking.room_id).exists() else []


def _resting(booking: Booking) -> list[Booking]:
    """Looked for under the registrant's lock, which whoever books an annex takes too."""
    if booking.state == HOLD:
        return []
    now = booking.during.lower
    lock_ahead([Claim((), now, now, registrant=booking.registrant_id)])
    return list(resting_on(booking).select_for_update(of=("self",)))


def check_annexes_stay(booking: Booking, room: UUID, span: DateTimeTZRange) -> None:
    """Raise ``AnnexStandsError`` where a move to ``room`` and ``span`` leaves an annex alone; one statement."""
    found = resting_on(booking).exclude(state=HOLD)
    if room == booking.room_id:
        found = found.exclude(during__contained_by=span)
    number = found.values_list("number", flat=True).first()
    if number is not None:
        raise AnnexStandsError(annex=number)
