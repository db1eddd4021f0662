"""Which models a disclosure (開示) tells, and which it leaves out and why."""

from __future__ import annotations

from typing import Final

DISCLOSED: Final = (
    "bookings.booking",
    "bookings.bookingact",
    "bookings.staffnote",
    "bookings.document",
    "bookings.pastbooking",
    "bookings.changerequest",
    "bookings.penaltypoint",
    "bookings.measure",
    "bookings.wait",
    "bookings.feesheet",
    "bookings.feeline",
    "bookings.reductionrequest",
    "bookings.payment",
    "bookings.paymentvoid",
    "bookings.userecord",
    "bookings.equipmentuse",
)
UNDISCLOSED: Final = {
    "bookings.series": "which bookings were made together: the bookings themselves are told",
    "bookings.occupation": "which part is taken when: the booking itself, which is told, says it",
}
