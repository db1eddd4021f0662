"""Begin a booking: the part that a citizen's hold and a counter booking have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from apps.bookings.models import Booking
from apps.bookings.queries.grounds import Asked, ground_of_wish, grounds_of_wishes
from apps.bookings.rules.annex import check_parent
from apps.bookings.rules.ceilings import check_unpaid
from apps.bookings.rules.choice import Choice, choose
from apps.bookings.rules.limits import Counted, check_limits
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.measures import check_not_suspended, restrictions
from apps.bookings.rules.numbering import receipt_number
from apps.bookings.rules.states import UNDER_REVIEW
from apps.bookings.rules.window import check_not_begun
from apps.bookings.services.occupying import Claim, Secured, secure
from kernel import clock
from kernel.clock import TOKYO


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants which room when. ``key`` makes the same request, sent twice, book once."""

    registrant: UUID
    room: UUID
    day: dt.date
    slots: tuple[int, ...]
    key: UUID


@dataclass(frozen=True, slots=True)
class Start:
    """A wish that met the rules and whose parts are locked and free."""

    wish: Wish
    offer: Offer
    choice: Choice
    claim: Claim
    secured: Secured
    now: dt.datetime

    def booking(self, **fields: Any) -> Booking:
        """An unsaved booking with all that follows from the wish; ``fields`` say the rest."""
        return self.numbered(self.secured.serial, **fields)

    def numbered(self, serial: int, **fields: Any) -> Booking:
        """The same under a receipt number of one's own."""
        return Booking(
            number=receipt_number(self.now.astimezone(TOKYO).date(), serial),
            registrant_id=self.wish.registrant,
            room_id=self.wish.room,
            day=self.choice.day,
            during=self.claim.span,
            slot_numbers=self.choice.numbers,
            slot_labels=self.choice.labels,
            idempotency_key=self.wish.key,
            created_at=self.now,
            **fields,
        )


def asked(wish: Wish, *, whatever_state: bool = False) -> Asked:
    """What a wish is judged by, once the registrant is known to be in force; one statement.

    ``whatever_state``: the registration may be suspended or over, for a use that it has already.
    Raises ``UnknownRoomError``, ``UnknownRegistrantError`` or ``RegistrantNotActiveError``.
    """
    return _restricted(ground_of_wish(wish.registrant, wish.room, wish.day, whatever_state=whatever_state))


def asked_all(registrant: UUID, rooms: Collection[UUID], days: Collection[dt.date]) -> dict[UUID, Asked]:
    """The same of several rooms on several days, by room; one statement."""
    return {room: _restricted(found) for room, found in grounds_of_wishes(registrant, rooms, days).items()}


def _restricted(found: Asked) -> Asked:
    """With the limits of whoever is restricted by a measure."""
    more = tuple(restrictions(found.measures, clock.today()))
    return replace(found, terms=replace(found.terms, limits=(*more, *found.terms.limits))) if more else found


def check_admitted(by: Asked, days: Collection[dt.date]) -> None:
    """Raise ``SuspendedHereError`` where a measure suspends use of the facility today or on one of ``days``."""
    check_not_suspended(by.measures, {clock.today(), *days})


def start(
    wish: Wish, by: Asked, *, state: str = UNDER_REVIEW, series: UUID | None = None, overridden: bool = False
) -> Start:
    """Check the choice against the offer, then lock, look and count; inside a transaction.

    ``state`` is that of the booking to come. ``overridden``: staff set the limits aside, with a reason.
    Raises the errors of ``choose`` and ``check_limits``, ``SuspendedHereError``, ``PastError``, ``SlotTakenError``.
    """
    now = clock.now()
    if not overridden:
        check_admitted(by, {wish.day})
    choice = choose(by.offer, wish.day, wish.slots)
    check_not_begun(choice.starts_at, now)
    claim = Claim(
        by.offer.parts,
        choice.starts_at,
        choice.ends_at,
        registrant=wish.registrant,
        key=wish.key,
        since=counted_since(wish.day, now),
        room=by.offer.room,
        listed=by.offer.listed or None,
        unpaid=bool(by.terms.ceilings.unpaid) and not overridden,
    )
    secured = secure(claim, now=now)
    if secured.existing is None and not overridden:
        check_parent(by.offer, choice.starts_at, choice.ends_at, secured.others)
        wanted = counted_wish(by.offer, choice, state=state, now=now, series=series)
        check_limits(by.terms.limits, by.terms.ceilings, asking=by.who.asking, wish=wanted, others=secured.others)
        check_unpaid(by.terms.ceilings, secured.unpaid)
    return Start(wish, by.offer, choice, claim, secured, now)


def counted_since(day: dt.date, now: dt.datetime) -> dt.date:
    """From when on bookings may count beside one for ``day`` that is asked for now: a month before the earlier one."""
    return min(day, now.astimezone(TOKYO).date()) - dt.timedelta(days=31)


def counted_wish(
    offer: Offer,
    choice: Choice,
    *,
    state: str,
    now: dt.datetime,
    series: UUID | None = None,
    booking: UUID | None = None,
) -> Counted:
    """The wish as the limits see it; ``booking`` is the one that it is a change of."""
    return Counted(
        id=booking or uuid4(),
        room=offer.room,
        facility=offer.facility,
        day=choice.day,
        applied_on=now.astimezone(TOKYO).date(),
        slots=len(choice.slots),
        state=state,
        starts_at=choice.starts_at,
        ends_at=choice.ends_at,
        series=series,
    )


def counted_booking(booking: Booking, offer: Offer, *, now: dt.datetime, state: str = UNDER_REVIEW) -> Counted:
    """A booking that there is already, as the limits see it."""
    return Counted(
        id=booking.pk,
        room=offer.room,
        facility=offer.facility,
        day=booking.day,
        applied_on=now.astimezone(TOKYO).date(),
        slots=len(booking.slot_numbers),
        state=state,
        starts_at=booking.during.lower,
        ends_at=booking.during.upper,
        series=booking.series_id,
    )
