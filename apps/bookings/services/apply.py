"""A citizen applies for the slot that is held (申請)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from apps.bookings.errors import HoldExpiredError, RegistrantNotActiveError, SlotTakenError
from apps.bookings.models import Booking, BookingState, Occupation, OccupationKind
from apps.bookings.queries.grounds import Ground, Locked, Seen, lock_hold, seen_hold
from apps.bookings.rules.ceilings import check_people, check_unpaid
from apps.bookings.rules.choice import check_headcount, check_purpose
from apps.bookings.rules.fees.use import EquipmentUse
from apps.bookings.rules.limits import check_limits
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.measures import check_not_suspended
from apps.bookings.rules.reception import check_hours, check_online
from apps.bookings.rules.states import AFTER_RECEPTION, PERMITTED, TENTATIVE, UNDER_REVIEW, check_act
from apps.bookings.rules.terms import due_at
from apps.bookings.services.acting import change, traces
from apps.bookings.services.fees.charging import NO_WISH, FeeWish, charged
from apps.bookings.services.fees.pricing import Wanted, price_for
from apps.bookings.services.lending import lend
from apps.bookings.services.occupying import Claim, conflicts_told, occupations, secure
from apps.bookings.services.starting import counted_booking, counted_since
from apps.bookings.services.unpaid import count_unpaid
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together

KEEP: Final = """
WITH kept AS (
    UPDATE bookings_occupation SET kind = 'booking', expires_at = NULL WHERE booking_id = %(booking)s RETURNING part_id
)
UPDATE bookings_booking SET state = %(state)s, due_at = %(due_at)s, hold_expires_at = %(hold_expires_at)s,
    purpose_id = %(purpose_id)s, headcount = %(headcount)s, event_name = %(event_name)s, applied_at = %(applied_at)s,
    decided_at = %(decided_at)s, version = version + 1
WHERE id = %(booking)s AND (SELECT array_agg(part_id ORDER BY part_id) FROM kept) = %(parts)s
"""
MAILS: Final = {PERMITTED: "permitted", TENTATIVE: "tentative", UNDER_REVIEW: "applied"}


@dataclass(frozen=True, slots=True)
class Application:
    """What the applicant says of the use (申請の内容)."""

    purpose: str
    headcount: int
    event_name: str = ""
    fee: FeeWish = NO_WISH

    @property
    def equipment(self) -> tuple[EquipmentUse, ...]:
        """What is to be reserved with it (附属設備), the same that the fee counts."""
        return self.fee.facts.equipment


def apply_for_hold(
    *,
    actor: Actor,
    booking: UUID,
    application: Application,
    seen_version: int | None = None,
    seen: Seen | None = None,
) -> Booking:
    """Turn a hold into an application, permitted at once where the room is received so (即時許可).

    An application sent twice is made once. A hold that is over is taken up again if the slot is still free,
    else ``HoldExpiredError``. A registration that ended or was suspended since the hold applies for nothing:
    ``RegistrantNotActiveError``. Raises also the errors of ``booking_for``, ``lend`` and of the application's rules.
    ``seen``: the ground as it was read for the form; where anything of it has been written since, it is read again.
    """
    with conflicts_told(), transaction.atomic():
        held = lock_hold(booking)
        found = held.booking
        check_act("apply", state=found.state, version=found.version, seen_version=seen_version)
        ground = seen.ground if seen and seen.ground.stamp == held.stamp else seen_hold(booking).ground
        if not held.is_active:
            raise RegistrantNotActiveError
        check_online(held.who.is_counter_only)
        check_not_suspended(held.measures, {clock.today(), found.day})
        check_purpose(ground.offer, application.purpose)
        check_headcount(ground.offer, application.headcount)
        check_people(ground.terms.ceilings, application.headcount)
        _keep(held, ground, _values(found, ground, application))
        lend(found, application.equipment, public=True)
        wanted, facts = Wanted.of(found), application.fee.facts
        priced = price_for(ground.tables, wanted, ground.offer, facts, held.who.home)
        if priced and priced.fee.total and ground.terms.ceilings.unpaid:
            check_unpaid(ground.terms.ceilings, count_unpaid(found.registrant_id, booking=found.pk))
        insert_together(
            *charged(actor, found, priced, application.fee, ground.terms.payment),
            *traces(actor, found, "apply", mail=MAILS[BookingState(found.state)], account=held.who.account),
        )
    return found


def _values(found: Booking, ground: Ground, application: Application) -> dict[str, Any]:
    """What the booking becomes."""
    state, now = BookingState(AFTER_RECEPTION[ground.offer.reception]), clock.now()
    return {
        "state": state,
        "due_at": due_at(ground.terms.tentative, found.day, found.during.lower, now) if state == TENTATIVE else None,
        "hold_expires_at": None,
        "purpose_id": application.purpose,
        "headcount": application.headcount,
        "event_name": application.event_name.strip(),
        "applied_at": now,
        "decided_at": now if state == PERMITTED else None,
    }


def _keep(held: Locked, ground: Ground, values: dict[str, Any]) -> None:
    """Make the held parts the booking's own; lock, look and count again if the hold is over."""
    found, now = held.booking, clock.now()
    if found.hold_expires_at is None or found.hold_expires_at <= now or not _kept(found, ground.offer, values):
        _take_again(held, ground, now)
        change(found, **values)


def _kept(found: Booking, offer: Offer, values: dict[str, Any]) -> bool:
    """Write ``values`` if what the hold occupies is what the room consists of; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, {**values, "booking": found.pk, "parts": list(offer.parts)})
        if not cursor.rowcount:
            return False
    for name, value in values.items():
        setattr(found, name, value)
    found.version += 1
    return True


def _take_again(held: Locked, ground: Ground, now: dt.datetime) -> None:
    booking, offer = held.booking, ground.offer
    claim = Claim(
        offer.parts,
        booking.during.lower,
        booking.during.upper,
        registrant=booking.registrant_id,
        booking=booking.pk,
        since=counted_since(booking.day, now),
    )
    check_hours(offer, now)
    try:
        secured = secure(claim, now=now)
    except SlotTakenError:
        raise HoldExpiredError from None
    wish = counted_booking(booking, offer, now=now)
    terms = ground.terms
    check_limits(terms.limits, terms.ceilings, asking=held.who.asking, wish=wish, others=secured.others)
    booking.occupations.all().delete()
    Occupation.objects.bulk_create(occupations(claim, kind=OccupationKind.BOOKING, booking=booking.pk))
