"""A citizen's own bookings and registrations. The database's row rules decide what is theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db import connection

from apps.bookings.errors import UnknownBookingError
from apps.bookings.models import Booking
from apps.bookings.queries.ledgers import ending_of
from apps.bookings.rules.fees.ledger import Ledger
from apps.registrants.models import Registrant
from apps.registrants.queries.standing import in_force

OWN = """
SELECT tenant, id, number, facility_name, facility_name_en, room_name, room_name_en, day, starts_at, ends_at,
       slot_labels, state, hold_expires_at
FROM shared.own_bookings() WHERE state <> 'hold' OR hold_expires_at > %s
ORDER BY day DESC, starts_at DESC LIMIT %s
"""
MONEY: Final = """
SELECT booking, total, received, excess, granted, handed, moved, stray, has_decision, refund_percent, rounding, due_on
FROM shared.own_ledgers(%s)
"""


@dataclass(frozen=True, slots=True)
class OwnMoney:
    """How the money of a line stands, and by when what is owed is paid."""

    ledger: Ledger
    due_on: dt.date | None

    @property
    def is_told(self) -> bool:
        """Whether there is anything to tell: a fee while the booking stands, or money that came in."""
        return self.ledger.received > 0 or (self.ledger.total > 0 and self.ledger.ending is None)


@dataclass(frozen=True, slots=True)
class OwnBooking:
    """A line of the citizen's list of bookings, from any tenant."""

    tenant: str
    id: UUID
    number: str
    facility_name: str
    facility_name_en: str
    room_name: str
    room_name_en: str
    day: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    slot_labels: list[str]
    state: str
    hold_expires_at: dt.datetime | None
    money: OwnMoney | None = None


@dataclass(frozen=True, slots=True)
class OwnRegistration:
    """A registration that the citizen may book with here."""

    id: UUID
    number: str
    name: str


def own_bookings(*, now: dt.datetime, at_most: int = 200) -> list[OwnBooking]:
    """The newest bookings of the account at all tenants; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(OWN, [now, at_most])
        return [OwnBooking(*row) for row in cursor.fetchall()]


def with_money(bookings: Sequence[OwnBooking]) -> list[OwnBooking]:
    """The same, each with how its money stands, at whichever tenant; one statement."""
    states = {one.id: one.state for one in bookings}
    with connection.cursor() as cursor:
        cursor.execute(MONEY, [list(states)])
        money = {row[0]: _money(states[row[0]], row[1:]) for row in cursor.fetchall()}
    return [replace(one, money=money.get(one.id)) for one in bookings]


def _money(state: str, row: Sequence[Any]) -> OwnMoney:
    total, received, excess, granted, out, moved, stray, decided, percent, rounding, due_on = row
    ending = ending_of(state, percent, rounding)
    return OwnMoney(Ledger(total, received, excess, granted, out, moved, ending, decided, stray), due_on)


def own_booking(booking: UUID) -> Booking:
    """One of the account's bookings with room and facility; ``UnknownBookingError`` for any other."""
    found = Booking.objects.select_related("room__facility", "purpose").filter(pk=booking).first()
    if found is None:
        raise UnknownBookingError
    return found


def own_booking_to_print(booking: UUID) -> Booking:
    """The same with the registrant, as far as the citizen may read it; for a form."""
    found = own_booking(booking)
    columns = ("id", "number", "kind", "group_name", "family_name", "given_name", "address", "phone")
    found.registrant = Registrant.objects.only(*columns).get(pk=found.registrant_id)
    return found


def own_registrations(*, today: dt.date) -> list[OwnRegistration]:
    """The account's registrations in force at this tenant; one statement."""
    rows = in_force(today).order_by("number").values_list("id", "number", "group_name", "family_name", "given_name")
    return [OwnRegistration(id_, number, group or f"{family}　{given}") for id_, number, group, family, given in rows]
