"""Rooms, what is offered, and bookings of one tenant."""

from apps.bookings.models.booking import (
    Booking,
    BookingAct,
    BookingState,
    Channel,
    Series,
    StaffNote,
)
from apps.bookings.models.document import Document, DocumentKind, NumberSeries
from apps.bookings.models.life import (
    BookingTerms,
    ChangeRequest,
    ChangeState,
    Measure,
    MeasureKind,
    MeasureState,
    PenaltyEvent,
    PenaltyPoint,
    Wait,
    WaitState,
)
from apps.bookings.models.occupation import Block, Occupation, OccupationKind
from apps.bookings.models.offer import ClosingKind, ClosingRule, Timetable, TimetableSlot
from apps.bookings.models.past import PastBooking, PastState
from apps.bookings.models.room import Facility, Part, Purpose, Reception, Room, RoomPart, RoomPurpose
from apps.bookings.models.use import Counter, CounterSet, DayCount, MonthDeed, Outcome, UseRecord

__all__ = [
    "Block",
    "Booking",
    "BookingAct",
    "BookingState",
    "BookingTerms",
    "ChangeRequest",
    "ChangeState",
    "Channel",
    "ClosingKind",
    "ClosingRule",
    "Counter",
    "CounterSet",
    "DayCount",
    "Document",
    "DocumentKind",
    "Facility",
    "Measure",
    "MeasureKind",
    "MeasureState",
    "MonthDeed",
    "NumberSeries",
    "Occupation",
    "OccupationKind",
    "Outcome",
    "Part",
    "PastBooking",
    "PastState",
    "PenaltyEvent",
    "PenaltyPoint",
    "Purpose",
    "Reception",
    "Room",
    "RoomPart",
    "RoomPurpose",
    "Series",
    "StaffNote",
    "Timetable",
    "TimetableSlot",
    "UseRecord",
    "Wait",
    "WaitState",
]
