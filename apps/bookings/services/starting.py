"""Begin a booking: the part that a citizen's hold and a counter booking have in common."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Subquery
from django.db.models.expressions import RawSQL

from apps.bookings.errors import RegistrantNotActiveError, UnknownRegistrantError
from apps.bookings.models import Booking
from apps.bookings.queries.offers import COLUMNS, only
from apps.bookings.rules.choice import Choice, choose
from apps.bookings.rules.listing import Offer, offer_from
from apps.bookings.rules.numbering import receipt_number
from apps.bookings.rules.window import check_not_begun
from apps.bookings.services.occupying import Claim, Secured, secure
from apps.registrants.models import Registrant
from apps.registrants.queries.standing import in_force
from kernel import clock
from kernel.clock import TOKYO
from shared.occupancy.models import RoomListing
from tenants.scope import scoped_connection


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
        return Booking(
            number=receipt_number(self.now.astimezone(TOKYO).date(), self.secured.serial),
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


def offer_to(wish: Wish) -> Offer:
    """The room's offer, once the registrant is known to be in force; one statement.

    Raises ``UnknownRoomError``, ``UnknownRegistrantError`` or ``RegistrantNotActiveError``.
    """
    schema = scoped_connection().scope.schema
    registrant = Registrant.objects.filter(pk=wish.registrant)
    ready = in_force(clock.today(), until=wish.day).filter(pk=wish.registrant)
    row = (
        RoomListing.objects.filter(room=wish.room, tenant=schema)
        .annotate(
            known=Subquery(registrant.values("pk")),
            in_force=Subquery(ready.values("pk")),
            listed=RawSQL("occupancy_roomlisting.xmin::text", []),
        )
        .values(*COLUMNS, "known", "in_force", "listed")
        .first()
    )
    known, active = (row.pop("known"), row.pop("in_force")) if row else (None, None)
    listed = row.pop("listed") if row else ""
    offer = only([replace(offer_from(**row), listed=listed)] if row else [])
    if known is None:
        raise UnknownRegistrantError(field="registrant")
    if active is None:
        raise RegistrantNotActiveError(field="registrant")
    return offer


def start(wish: Wish, offer: Offer) -> Start:
    """Check the choice against the offer, then lock and look; inside a transaction.

    Raises the errors of ``choose``, ``PastError`` and ``SlotTakenError``.
    """
    now = clock.now()
    choice = choose(offer, wish.day, wish.slots)
    check_not_begun(choice.starts_at, now)
    claim = Claim(offer.parts, choice.starts_at, choice.ends_at, registrant=wish.registrant, key=wish.key)
    claim = replace(claim, room=offer.room, listed=offer.listed or None)
    return Start(wish, offer, choice, claim, secure(claim, now=now), now)
