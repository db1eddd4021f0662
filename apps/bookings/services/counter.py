"""A clerk books at the counter for a registrant (窓口予約)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from apps.bookings.models import Booking, BookingState, Channel, OccupationKind
from apps.bookings.queries.rooms import room_with_facility
from apps.bookings.rules.choice import check_headcount, check_purpose
from apps.bookings.services.acting import traces
from apps.bookings.services.apply import Application
from apps.bookings.services.fees.charging import charge
from apps.bookings.services.occupying import conflicts_told, occupations
from apps.bookings.services.starting import Wish, offer_to, start
from apps.registrants.models import Registrant
from shared.actor import Actor
from shared.inserts import insert_together


def book_at_counter(*, actor: Actor, wish: Wish, application: Application) -> Booking:
    """Book for a registrant at once, to be permitted by a decision like any application.

    The portal's window does not bind the counter; a closed day, a slot that has begun and the room's rules do.
    The same key again returns the same booking.
    """
    with conflicts_told(), transaction.atomic():
        offer = offer_to(wish)
        check_purpose(offer, application.purpose)
        check_headcount(offer, application.headcount)
        begun = start(wish, offer)
        if begun.secured.existing is not None:
            return Booking.objects.get(pk=begun.secured.existing)
        booking = begun.booking(
            state=BookingState.UNDER_REVIEW,
            channel=Channel.COUNTER,
            purpose_id=application.purpose,
            headcount=application.headcount,
            event_name=application.event_name.strip(),
            applied_at=begun.now,
        )
        booking.room = room_with_facility(wish.room)
        account = Registrant.objects.filter(pk=wish.registrant).values_list(F("portal_account"), flat=True).get()
        insert_together(
            booking,
            *occupations(begun.claim, kind=OccupationKind.BOOKING, booking=booking.pk),
            *traces(actor, booking, "apply", mail="applied", account=account),
        )
        charge(actor, booking, offer, application.fee)
    return booking
