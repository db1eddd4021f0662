"""Offers for the tests of the rules: one room, three slots, closed by what the test says."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from apps.bookings.rules.listing import AllowedPurpose, Closing, Offer, Slot, Timetable

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
        "opens_months_before": 3,
        "closes_days_before": 1,
        "hold_minutes": 15,
        "parts": (PART,),
        "timetables": (Timetable(dt.date(2020, 1, 1), (MORNING, AFTERNOON, EVENING)),),
        "closings": (),
        "purposes": (AllowedPurpose("meeting", "会議", "Meeting"),),
    }
    return Offer(**usual | values)
