"""Rooms, what is offered, and bookings of one tenant."""

from apps.bookings.models.booking import (
    Booking,
    BookingAct,
    BookingState,
    Channel,
    StaffNote,
)
from apps.bookings.models.document import Document, DocumentKind, NumberSeries
from apps.bookings.models.equipment import Equipment, EquipmentStock, EquipmentUse
from apps.bookings.models.occupation import Block, BlockSeries, Occupation, OccupationKind
from apps.bookings.models.offer import (
    ALWAYS,
    ClosingBlock,
    ClosingEffect,
    ClosingKind,
    ClosingRule,
    ClosingShift,
    Timetable,
    TimetableKind,
    TimetableSlot,
)
from apps.bookings.models.past import PastBooking, PastState
from apps.bookings.models.room import (
    Facility,
    NeighbourStrictness,
    Part,
    Purpose,
    PurposeGroup,
    Reception,
    Room,
    RoomNeighbour,
    RoomPart,
    RoomPurpose,
)
from apps.bookings.models.use import Counter, CounterSet, DayCount, MonthDeed, Outcome, UseRecord
from apps.bookings.models.window import EdgeKind, EdgeShift, Whose, Window

__all__ = [
    "ALWAYS",
    "Block",
    "BlockSeries",
    "Booking",
    "BookingAct",
    "BookingState",
    "Channel",
    "ClosingBlock",
    "ClosingEffect",
    "ClosingKind",
    "ClosingRule",
    "ClosingShift",
    "Counter",
    "CounterSet",
    "DayCount",
    "Document",
    "DocumentKind",
    "EdgeKind",
    "EdgeShift",
    "Equipment",
    "EquipmentStock",
    "EquipmentUse",
    "Facility",
    "MonthDeed",
    "NeighbourStrictness",
    "NumberSeries",
    "Occupation",
    "OccupationKind",
    "Outcome",
    "Part",
    "PastBooking",
    "PastState",
    "Purpose",
    "PurposeGroup",
    "Reception",
    "Room",
    "RoomNeighbour",
    "RoomPart",
    "RoomPurpose",
    "StaffNote",
    "Timetable",
    "TimetableKind",
    "TimetableSlot",
    "UseRecord",
    "Whose",
    "Window",
]
