"""Offers for the tests of the rules: one room, three slots, closed by what the test says."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from apps.bookings.rules.listing import AllowedPurpose, Closing, Edge, Offer, Slot, Timetable, Window

PART, OTHER_PART = UUID(int=1), UUID(int=2)
MORNING = Slot(1, "午前", "Morning", dt.time(9), dt.time(12))
AFTERNOON = Slot(2, "午後", "Afternoon", dt.time(13), dt.time(17))
EVENING = Slot(3, "夜間", "Evening", dt.time(18), dt.time(21))
MONDAYS = Closing("weekly", 1, "", "", "休館日", "Closed")
HOLIDAYS = Closing("holiday", None, "", "", "祝日", "Holiday")
YEAR_END = Closing("yearly", None, "12-29", "01-03", "年末年始", "New Year")


def offer(**values: Any) -> Offer:
    """A room of 30 with 午前, 午後 and 夜間, open three months before until the day before."""
    usual: dict[str, Any] = {
        "room": UUID(int=10),
        "tenant": "chuo",
        "facility": UUID(int=11),
        "position": 0,
        "is_public": True,
        "name": "会議室",
        "name_en": "Meeting room",
        "facility_name": "架空センター",
        "facility_name_en": "",
        "capacity": 30,
        "reception": "reviewed",
        "hold_minutes": 15,
        "parts": (PART,),
        "timetables": (Timetable(dt.date(2020, 1, 1), (MORNING, AFTERNOON, EVENING)),),
        "closings": (),
        "purposes": (AllowedPurpose("meeting", "会議", "Meeting"),),
    }
    return Offer(**usual | values)


def same_day(months: int, at: str = "00:00", *, days: int = 0, shift: str = "none") -> Edge:
    """``months`` before, on the same day of the month, at ``at`` (同日方式)."""
    return Edge("same_day", months, days, dt.time.fromisoformat(at), shift)


def days_before(days: int, at: str = "23:59", *, shift: str = "none") -> Edge:
    """``days`` before the day of use at ``at``."""
    return Edge("days", 0, days, dt.time.fromisoformat(at), shift)


def month_day(months: int, day: int, at: str = "00:00", *, shift: str = "none") -> Edge:
    """The ``day`` of the month that is ``months`` before that of use (月指定方式)."""
    return Edge("month_day", months, day, dt.time.fromisoformat(at), shift)


def windows(opens: Edge, closes: Edge, *, others: Edge | None = None, **more: Any) -> tuple[Window, ...]:
    """A window for residents, and the same for others, who may begin later."""
    since = more.pop("since", dt.date(2020, 1, 1))
    return (
        Window("resident", since, opens, closes, **more),
        Window("other", since, others or opens, closes, **more),
    )
