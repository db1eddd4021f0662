"""A citizen chooses a slot: it is held at once (仮押え)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from apps.bookings.models import Booking, BookingState, Channel, OccupationKind
from apps.bookings.rules.reception import check_online, check_portal
from apps.bookings.rules.residency import who_books
from apps.bookings.rules.window import check_window
from apps.bookings.services.occupying import conflicts_told, occupations
from apps.bookings.services.starting import Wish, asked, start
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def hold_slot(*, actor: Actor, wish: Wish) -> Booking:
    """Hold the wished slots for the room's hold time and return the hold.

    The same key again returns the same booking, whatever has become of it. Raises the errors of
    ``asked``, ``check_online``, ``check_portal``, ``check_window`` and ``start``.
    """
    with conflicts_told(), transaction.atomic():
        by = asked(wish)
        offer = by.offer
        check_online(by.who.is_counter_only)
        check_portal(offer, wish.day, clock.now(), by.who.asking.kind)
        check_window(offer, wish.day, clock.now(), who_books(by.who.home, offer, wish.day))
        begun = start(wish, by, state=BookingState.HOLD)
        if begun.secured.existing is not None:
            return Booking.objects.get(pk=begun.secured.existing)
        expires_at = begun.now + dt.timedelta(minutes=offer.hold_minutes)
        booking = begun.booking(state=BookingState.HOLD, channel=Channel.PORTAL, hold_expires_at=expires_at)
        insert_together(
            booking,
            *occupations(begun.claim, kind=OccupationKind.HOLD, booking=booking.pk, expires_at=expires_at),
            entry(
                actor,
                Action.CREATE,
                object_type="booking",
                object_id=booking.pk,
                persons=[booking.registrant_id],
                state=BookingState.HOLD,
            ),
        )
    return booking
