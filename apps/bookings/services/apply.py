"""A citizen applies for the slot that is held (申請)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from apps.bookings.errors import HoldExpiredError, SlotTakenError
from apps.bookings.models import Booking, BookingState, Occupation, OccupationKind
from apps.bookings.queries.terms import offer_and_terms
from apps.bookings.rules.choice import check_headcount, check_purpose
from apps.bookings.rules.fees.use import EquipmentUse
from apps.bookings.rules.limits import Asking, check_limits, check_people
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.reception import check_hours
from apps.bookings.rules.states import AFTER_RECEPTION, PERMITTED, TENTATIVE, UNDER_REVIEW
from apps.bookings.rules.terms import Terms, due_at
from apps.bookings.services.acting import booking_for, change, leave_trace
from apps.bookings.services.fees.charging import NO_WISH, FeeWish, charge
from apps.bookings.services.lending import lend
from apps.bookings.services.occupying import Claim, conflicts_told, occupations, secure
from apps.bookings.services.starting import counted_booking, counted_since
from apps.registrants.models import Registrant
from kernel import clock
from shared.actor import Actor
from tenants.scope import scoped_connection

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
    *, actor: Actor, booking: UUID, application: Application, seen_version: int | None = None
) -> Booking:
    """Turn a hold into an application, permitted at once where the room is received so (即時許可).

    An application sent twice is made once. A hold that is over is taken up again if the slot is still free,
    else ``HoldExpiredError``. Raises also the errors of ``booking_for``, ``lend`` and of the application's rules.
    """
    with conflicts_told(), transaction.atomic():
        found = booking_for("apply", booking=booking, seen_version=seen_version)
        offer, terms = offer_and_terms(found.room_id, schema=scoped_connection().scope.schema, day=clock.today())
        check_purpose(offer, application.purpose)
        check_headcount(offer, application.headcount)
        check_people(terms.ceilings, application.headcount)
        _keep_parts(found, offer, terms)
        state = BookingState(AFTER_RECEPTION[offer.reception])
        now = clock.now()
        change(
            found,
            state=state,
            due_at=due_at(terms.tentative, found.day, found.during.lower, now) if state == TENTATIVE else None,
            hold_expires_at=None,
            purpose_id=application.purpose,
            headcount=application.headcount,
            event_name=application.event_name.strip(),
            applied_at=now,
            decided_at=now if state == PERMITTED else None,
        )
        lend(found, application.equipment, public=True)
        charge(actor, found, offer, application.fee)
        leave_trace(actor, found, "apply", mail=MAILS[state], account=found.account)  # type: ignore[attr-defined]  # annotated
    return found


def _keep_parts(booking: Booking, offer: Offer, terms: Terms) -> None:
    """Make the held parts the booking's own; lock, look and count again if the hold is over."""
    now = clock.now()
    if booking.hold_expires_at is not None and booking.hold_expires_at > now:
        kept = booking.occupations.update(kind=OccupationKind.BOOKING, expires_at=None)
        if kept == len(offer.parts):
            return
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
    kind, residence = Registrant.objects.values_list("kind", "extras__residence").get(pk=booking.registrant_id)
    check_limits(
        terms.limits,
        terms.ceilings,
        asking=Asking(kind, residence or ""),
        wish=counted_booking(booking, offer, now=now),
        others=secured.others,
    )
    booking.occupations.all().delete()
    Occupation.objects.bulk_create(occupations(claim, kind=OccupationKind.BOOKING, booking=booking.pk))
