"""A clerk books at the counter for a registrant (窓口予約)."""

from __future__ import annotations

from django.db import models, transaction

from apps.bookings.models import Booking, BookingState, Channel, OccupationKind
from apps.bookings.queries.fees import tables_on
from apps.bookings.queries.rooms import room_of
from apps.bookings.rules.choice import check_headcount, check_purpose
from apps.bookings.rules.limits import check_people
from apps.bookings.rules.states import check_reason
from apps.bookings.services.acting import traces
from apps.bookings.services.apply import Application
from apps.bookings.services.fees.charging import charged
from apps.bookings.services.fees.pricing import Wanted, price_for
from apps.bookings.services.occupying import conflicts_told, occupations
from apps.bookings.services.starting import Wish, asked, start
from shared.actor import Actor
from shared.inserts import insert_together


def book_at_counter(*, actor: Actor, wish: Wish, application: Application, override: str = "") -> Booking:
    """Book for a registrant at once, to be permitted by a decision like any application.

    The portal's window does not bind the counter; a closed day, a slot that has begun and the room's rules do.
    The limits do, unless ``override`` gives the reason for setting them aside (制限の解除), which is kept. The same
    key again returns the same booking.
    """
    reason = check_reason(override) if override else ""
    with conflicts_told(), transaction.atomic():
        by = asked(wish)
        offer = by.offer
        check_purpose(offer, application.purpose)
        check_headcount(offer, application.headcount)
        if not reason:
            check_people(by.terms.ceilings, application.headcount)
        begun = start(wish, by, overridden=bool(reason))
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
        tables = tables_on(offer.facility, offer.room, wish.day)
        priced = price_for(tables, Wanted.of(booking), offer, application.fee.facts, by.who.home)
        booking.room = room_of(offer)
        insert_together(
            booking,
            *occupations(begun.claim, kind=OccupationKind.BOOKING, booking=booking.pk),
            *traces(actor, booking, "apply", mail="applied", account=by.who.account),
            *(overriding(actor, booking, reason) if reason else ()),
            *charged(actor, booking, priced, application.fee, by.terms.payment),
        )
    return booking


def overriding(actor: Actor, booking: Booking, reason: str) -> list[models.Model]:
    """The traces of limits that were set aside for a booking, with the reason."""
    return traces(actor, booking, "override", mail="", account=None, reason=reason)
