"""Bookings of all facilities, for the city: never a renter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from psycopg import sql

from apps.bookings.queries.availability import days_of_month
from shared.rows import Rows

LISTED: Final = sql.SQL(
    """
SELECT number, facility, room_name, room_name_en, day, starts_at, ends_at, state, channel, headcount,
       purpose_name, purpose_name_en
FROM shared.city_booking
WHERE day BETWEEN %s AND %s AND applied_at IS NOT NULL
  AND (%s::uuid IS NULL OR facility = %s) AND (%s = '' OR state = %s)
ORDER BY day, starts_at, facility, room, id
"""
)


@dataclass(frozen=True, slots=True)
class CityBooking:
    """A line of the city's list of bookings (予約), without its person."""

    number: str
    facility: UUID
    room_name: str
    room_name_en: str
    day: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: str
    channel: str
    headcount: int | None
    purpose_name: str | None
    purpose_name_en: str | None


def bookings_of_month(month: dt.date, *, facility: UUID | None = None, state: str = "") -> Rows[CityBooking]:
    """The applications for days of ``month``, first day first; of one facility or in one state if wanted."""
    days = days_of_month(month)
    return Rows(LISTED, [days[0], days[-1], facility, facility, state, state], CityBooking)
