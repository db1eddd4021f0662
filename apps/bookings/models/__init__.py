"""Rooms, what is offered, and bookings of one tenant."""

from apps.bookings.models.booking import (
    Booking,
    BookingAct,
    BookingState,
    Channel,
    StaffNote,
)
from apps.bookings.models.document import Document, DocumentKind, NumberSeries
from apps.bookings.models.fees import (
    FeeCause,
    FeeLine,
    FeeSheet,
    FeeTable,
    FeeTableKind,
    ReductionRequest,
    ReductionState,
)
from apps.bookings.models.occupation import Block, Occupation, OccupationKind
from apps.bookings.models.offer import ClosingKind, ClosingRule, Timetable, TimetableSlot
from apps.bookings.models.past import PastBooking, PastState
from apps.bookings.models.payments import CashDay, Payment, PaymentMethod, PaymentVoid, ReceiptSeries
from apps.bookings.models.room import Facility, Part, Purpose, Reception, Room, RoomPart, RoomPurpose
from apps.bookings.models.use import Counter, CounterSet, DayCount, MonthDeed, Outcome, UseRecord

__all__ = [
    "Block",
    "Booking",
    "BookingAct",
    "BookingState",
    "CashDay",
    "Channel",
    "ClosingKind",
    "ClosingRule",
    "Counter",
    "CounterSet",
    "DayCount",
    "Document",
    "DocumentKind",
    "Facility",
    "FeeCause",
    "FeeLine",
    "FeeSheet",
    "FeeTable",
    "FeeTableKind",
    "MonthDeed",
    "NumberSeries",
    "Occupation",
    "OccupationKind",
    "Outcome",
    "Part",
    "PastBooking",
    "PastState",
    "Payment",
    "PaymentMethod",
    "PaymentVoid",
    "Purpose",
    "ReceiptSeries",
    "Reception",
    "ReductionRequest",
    "ReductionState",
    "Room",
    "RoomPart",
    "RoomPurpose",
    "StaffNote",
    "Timetable",
    "TimetableSlot",
    "UseRecord",
]
