"""The fee of a booking that a public use (行政使用) moves: not dearer now, and remembered so that it never is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from apps.bookings.models import Booking, FeeCause, FeeSheet
from apps.bookings.queries.fees import Fee, InForce, fee_of, tables_by, tables_on
from apps.bookings.rules.fees.codec import decode
from apps.bookings.rules.fees.lines import Breakdown
from apps.bookings.rules.fees.use import Facts, Stead, Use
from apps.bookings.services.fees.dues import DueDay
from apps.bookings.services.fees.pricing import Priced, priced_now, store, with_what_stands
from shared.actor import Actor


def stead_of(booking: Booking) -> Stead:
    """The use as it stands now, before it is moved."""
    return Stead(str(booking.room_id), booking.day.isoformat(), tuple(booking.slot_numbers))


def charge_aside(actor: Actor, booking: Booking, before: Stead) -> FeeSheet | None:
    """Keep the fee of a booking that was moved from ``before``, with that fact; inside a transaction, it locked.

    A lower fee of the new place holds; else the older one is kept anew, due as before. Moved twice, it is the first
    place that counts. None for a booking that costs nothing at either place.
    """
    older = fee_of(booking.pk)
    facts = decode(Facts, older.sheet.facts) if older else Facts()
    facts = with_what_stands(booking, replace(facts, stead=facts.stead or before))
    lower = priced_now(booking, facts)
    if older is None:
        held = tables_on(booking.room.facility_id, booking.room_id, booking.day)
        return None if held is None else store(actor, booking.pk, _nothing(booking, held, facts), FeeCause.CHANGE)
    keeps = lower is None or lower.fee.total > older.sheet.total
    fee = _as_it_was(booking, older, facts) if keeps or lower is None else lower
    due = DueDay(older.sheet.due_kind, older.sheet.due_on)
    return store(actor, booking.pk, fee, FeeCause.CHANGE, number=older.sheet.number + 1, due=due)


def _nothing(booking: Booking, held: InForce, facts: Facts) -> Priced:
    """It cost nothing where it was, so it costs nothing."""
    return Priced(replace(held, ids=()), _use(booking, facts), Breakdown((), Fraction(0), 0))


def _as_it_was(booking: Booking, older: Fee, facts: Facts) -> Priced:
    """The older fee, line by line, by the tables that it was computed by."""
    sheet = older.sheet
    return Priced(
        tables_by(sheet.tables), _use(booking, facts), Breakdown(older.lines, Fraction(sheet.tax_rate), sheet.tax)
    )


def _use(booking: Booking, facts: Facts) -> Use:
    return Use(str(booking.room_id), booking.day, (), facts)
