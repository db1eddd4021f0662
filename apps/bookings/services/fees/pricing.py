"""What a booking costs, and keeping it: computed once, stored with all its lines, never altered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Max

from apps.bookings.errors import FeeChangedError, NoPriceError
from apps.bookings.models import Booking, FeeCause, FeeLine, FeeSheet
from apps.bookings.queries.equipment import reserved
from apps.bookings.queries.fees import InForce, fee_of, granted_code, tables_on
from apps.bookings.queries.offers import offer_of
from apps.bookings.queries.residency import home_of
from apps.bookings.rules.days import slots_on
from apps.bookings.rules.fees.codec import decode, encode
from apps.bookings.rules.fees.compute import compute
from apps.bookings.rules.fees.lines import Breakdown, not_dearer
from apps.bookings.rules.fees.use import EquipmentUse, Facts, Use, UsedSlot, minutes_of
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.residency import Home, lives_outside
from apps.bookings.services.acting import owing_told
from apps.bookings.services.fees.dues import NOT_SET, DueDay, due_for
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together
from tenants.scope import scoped_connection


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose use of which slots of a room is priced."""

    registrant: UUID
    day: dt.date
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, booking: Booking) -> Wanted:
        """What a booking is."""
        return cls(booking.registrant_id, booking.day, tuple(booking.slot_numbers))


@dataclass(frozen=True, slots=True)
class Priced:
    """A use with its fee, and the tables that it was computed by."""

    in_force: InForce
    use: Use
    fee: Breakdown


def price(wanted: Wanted, offer: Offer, facts: Facts) -> Priced | None:
    """The fee of a use; None where the tables of the day say nothing about it. Two statements.

    Whether the registrant lives outside the city is found out here, whatever ``facts`` say. Raises
    ``UnknownReductionError``.
    """
    in_force = tables_on(offer.facility, offer.room, wanted.day)
    return price_for(in_force, wanted, offer, facts, home_of(wanted.registrant)) if in_force else None


def price_for(in_force: InForce | None, wanted: Wanted, offer: Offer, facts: Facts, home: Home) -> Priced | None:
    """The fee of somebody with that home (市外), by tables that were read already, if any; no statement."""
    if in_force is None:
        return None
    return price_by(in_force, wanted, offer, replace(facts, outside=lives_outside(home, offer.city)))


def price_by(in_force: InForce, wanted: Wanted, offer: Offer, facts: Facts) -> Priced | None:
    """The fee by tables that were read already; no statement. None where they have no price for a slot."""
    use = Use(str(offer.room), wanted.day, used_slots(offer, wanted.day, wanted.numbers), facts)
    try:
        return Priced(in_force, use, compute(in_force.tables, use))
    except NoPriceError:
        return None


def used_slots(offer: Offer, day: dt.date, numbers: Sequence[int] | None = None) -> tuple[UsedSlot, ...]:
    """The day's slots of these numbers, or all of them, as the fee looks at them."""
    return tuple(
        UsedSlot(slot.number, slot.label, *minutes_of(slot.starts, slot.ends))
        for slot in slots_on(offer, day)
        if numbers is None or slot.number in numbers
    )


def check_seen(priced: Priced | None, seen: int | None) -> None:
    """Raise ``FeeChangedError`` when the applicant was shown another fee."""
    if priced is not None and seen is not None and seen != priced.fee.total:
        raise FeeChangedError(total=f"{priced.fee.total:,}")


def store(
    actor: Actor, booking: UUID, priced: Priced, cause: FeeCause, *, number: int = 1, due: DueDay = NOT_SET
) -> FeeSheet:
    """Keep a fee as the booking's ``number``-th; one statement. At the commit its lines must add up.

    ``ClosedRegistrationError`` where it would be owed by a registration that is closed.
    """
    sheet, *lines = fee_rows(actor, booking, priced, cause, number=number, due=due)
    with owing_told():
        insert_together(sheet, *lines)
    return sheet


def fee_rows(
    actor: Actor, booking: UUID, priced: Priced, cause: FeeCause, *, number: int = 1, due: DueDay = NOT_SET
) -> tuple[FeeSheet, *tuple[FeeLine, ...]]:
    """A fee with its lines, unsaved."""
    sheet = FeeSheet(
        booking_id=booking,
        number=number,
        cause=cause,
        made_at=clock.now(),
        actor_kind=actor.kind,
        actor_id=actor.id,
        tables=list(priced.in_force.ids),
        facts=encode(priced.use.facts),
        total=priced.fee.total,
        tax_rate=str(priced.fee.tax_rate),
        tax=priced.fee.tax,
        line_count=len(priced.fee.lines),
        due_kind=due.kind,
        due_on=due.day,
    )
    return sheet, *_lines(sheet, priced.fee)


def _lines(sheet: FeeSheet, fee: Breakdown) -> list[FeeLine]:
    return [
        FeeLine(
            sheet_id=sheet.pk,
            position=position,
            step=line.step,
            column=line.column,
            key=line.key,
            label=line.label[:100],
            detail=line.detail[:40],
            article=line.article[:100],
            amount=line.amount,
        )
        for position, line in enumerate(fee.lines, start=1)
    ]


def facts_of(booking: UUID) -> Facts:
    """What the newest fee of a booking was computed of, or nothing special."""
    found = fee_of(booking)
    return decode(Facts, found.sheet.facts) if found else Facts()


def charge_anew(
    actor: Actor,
    booking: Booking,
    cause: FeeCause,
    *,
    facts: Facts | None = None,
    granting: str = "",
    by_choice: bool = False,
) -> FeeSheet | None:
    """Compute the fee of a booking anew and keep it beside the older ones; inside a transaction, the booking locked.

    Whoever changes a booking's day, room or slots calls this after the change, with ``FeeCause.CHANGE`` and
    ``by_choice``. A reduction that was granted goes on, ``granting`` is one that is granted now; equipment is what is
    reserved. None where no tables hold: the older fee stays. What a public use moved stays no dearer than it was,
    until it is changed by choice.
    """
    before = facts_of(booking.pk)
    said = replace(before if facts is None else facts, stead=None if by_choice else before.stead)
    priced = priced_now(booking, with_what_stands(booking, said, granting=granting))
    if priced is None:
        return None
    due = due_for(booking, booking.room.facility_id)
    return store(actor, booking.pk, priced, cause, number=last_number(booking.pk) + 1, due=due)


def with_what_stands(booking: Booking, facts: Facts, *, granting: str = "") -> Facts:
    """``facts`` with the reduction that is granted and the equipment that is reserved."""
    items = tuple(EquipmentUse(one.kind.code, one.quantity) for one in reserved(booking.pk))
    return replace(facts, reduction=granting or granted_code(booking.pk), equipment=items)


def priced_now(booking: Booking, facts: Facts) -> Priced | None:
    """What the use costs; where a public use moved it, no more than it would cost where it was."""
    here = price(Wanted.of(booking), _offer(booking.room_id), facts)
    if here is None or facts.stead is None:
        return here
    was = facts.stead
    wanted = Wanted(booking.registrant_id, dt.date.fromisoformat(was.day), was.slots)
    before = price(wanted, _offer(UUID(was.room)), facts)
    charged = not_dearer(here.fee, before.fee if before else None)
    return here if charged is here.fee else before


def last_number(booking: UUID) -> int:
    """The number of the booking's newest fee; 0 without one."""
    return FeeSheet.objects.filter(booking=booking).aggregate(last=Max("number"))["last"] or 0


def _offer(room: UUID) -> Offer:
    return offer_of(room, schema=scoped_connection().scope.schema)
