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
    "bookings.registrationpaper",
    "bookings.wait",
    "bookings.feesheet",
    "bookings.feeline",
    "bookings.reductionrequest",
    "bookings.payment",
    "bookings.paymentvoid",
    "bookings.refund",
    "bookings.refundpayout",
    "bookings.feenotice",
    "bookings.userecord",
    "bookings.equipmentuse",
    "bookings.onlinesession",
    "bookings.onlinerefund",
    "bookings.displacementhit",
)
UNDISCLOSED: Final = {
    "bookings.providerevent": "what a provider told of a payment: the payment itself, which is told, says it",
    "bookings.papermark": "what anybody may be told of a document by its code: the document itself is told",
    "bookings.printjobitem": "which permits were printed as one file: the document itself, which is told, says it",
    "bookings.reminder": "when a mail reminded of a booking: the booking itself is told",
    "bookings.series": "which bookings were made together: the bookings themselves are told",
    "bookings.occupation": "which part is taken when: the booking itself, which is told, says it",
}
