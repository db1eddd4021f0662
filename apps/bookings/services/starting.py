"""Begin a booking: the part that a citizen's hold and a counter booking have in common."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.expressions import RawSQL

from apps.bookings.errors import RegistrantNotActiveError, UnknownRegistrantError
from apps.bookings.models import Booking, MeasureKind
from apps.bookings.queries.offers import COLUMNS, only
from apps.bookings.queries.terms import measures_of, terms_of
from apps.bookings.rules.annex import check_parent
from apps.bookings.rules.choice import Choice, choose
from apps.bookings.rules.limits import Asking, Counted, Limit, check_limits
from apps.bookings.rules.listing import Offer, offer_from
from apps.bookings.rules.numbering import receipt_number
from apps.bookings.rules.states import UNDER_REVIEW
from apps.bookings.rules.terms import Terms, from_json
from apps.bookings.rules.window import check_not_begun
from apps.bookings.services.occupying import Claim, Secured, secure
from apps.registrants.models import Registrant
from apps.registrants.queries.standing import in_force
from kernel import clock
from kernel.clock import TOKYO
from shared.occupancy.models import RoomListing
from tenants.scope import scoped_connection

ONE_A_MONTH: Final = Limit("tenant", "month", 1, by="application")
"""While somebody's applications are restricted by a measure (申込数の制限)."""


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


@dataclass(frozen=True, slots=True)
class Asked:
    """What a wish is judged by: the room's offer, the facility's terms, and who asks."""

    offer: Offer
    terms: Terms
    asking: Asking


def asked(wish: Wish) -> Asked:
    """The room's offer and terms, once the registrant is known to be in force; one statement.

    Raises ``UnknownRoomError``, ``UnknownRegistrantError`` or ``RegistrantNotActiveError``.
    """
    schema = scoped_connection().scope.schema
    today = clock.today()
    registrant = Registrant.objects.filter(pk=wish.registrant)
    ready = in_force(today, until=wish.day).filter(pk=wish.registrant)
    row = (
        RoomListing.objects.filter(room=wish.room, tenant=schema)
        .annotate(
            kind=Subquery(registrant.values("kind")),
            residence=Subquery(registrant.values("extras__residence")),
            in_force=Subquery(ready.values("pk")),
            terms=terms_of(OuterRef("facility"), today),
            fewer=Exists(measures_of(wish.registrant, MeasureKind.FEWER, today)),
            listed=RawSQL("occupancy_roomlisting.xmin::text", []),
        )
        .values(*COLUMNS, "kind", "residence", "in_force", "terms", "fewer", "listed")
        .first()
    )
    kind, residence, active, terms, fewer = (
        (row.pop(name) for name in ("kind", "residence", "in_force", "terms", "fewer")) if row else [None] * 5
    )
    listed = row.pop("listed") if row else ""
    offer = only([replace(offer_from(**row), listed=listed)] if row else [])
    if kind is None:
        raise UnknownRegistrantError(field="registrant")
    if active is None:
        raise RegistrantNotActiveError(field="registrant")
    found = from_json(terms)
    if fewer:
        found = replace(found, limits=(ONE_A_MONTH, *found.limits))
    return Asked(offer, found, Asking(kind, residence or ""))


def start(
    wish: Wish, by: Asked, *, state: str = UNDER_REVIEW, series: UUID | None = None, overridden: bool = False
) -> Start:
    """Check the choice against the offer, then lock, look and count; inside a transaction.

    ``state`` is that of the booking to come. ``overridden``: staff set the limits aside, with a reason.
    Raises the errors of ``choose`` and ``check_limits``, ``PastError`` and ``SlotTakenError``.
    """
    now = clock.now()
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
    )
    secured = secure(claim, now=now)
    if secured.existing is None and not overridden:
        check_parent(by.offer, choice.starts_at, choice.ends_at, secured.others)
        wanted = counted_wish(by.offer, choice, state=state, now=now, series=series)
        check_limits(by.terms.limits, by.terms.ceilings, asking=by.asking, wish=wanted, others=secured.others)
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
