"""What the application declares about fees: rights of the database's roles."""

from __future__ import annotations

from typing import Final

from apps.bookings.online_apps import PAYMENT_OF_CITIZEN
from tenants.rights import Rights, RowRule

OWN_BOOKING: Final = (
    "EXISTS (SELECT FROM bookings_booking b WHERE b.id = booking_id)"  # the booking's own row rule applies inside
)
OWN_FEE: Final = "EXISTS (SELECT FROM bookings_feesheet s WHERE s.id = sheet_id)"
OWN_PAYMENT: Final = "EXISTS (SELECT FROM bookings_payment p WHERE p.id = payment_id)"
ADDED: Final = "true"
"""Of a line that a citizen's application writes: its sheet comes in the same statement, where no row rule sees it yet.
A line for any other sheet does not stay: at the commit the lines must add up to the sheet, and number what it says."""
OWN_REFUND: Final = "EXISTS (SELECT FROM bookings_refund f WHERE f.id = refund_id)"

FEE_RIGHTS: Final = {
    "bookings_feetable": Rights(tenant="SELECT, INSERT, DELETE", portal="SELECT"),
    "bookings_feesheet": Rights(
        tenant="SELECT, INSERT",
        portal="SELECT, INSERT",
        rows=(
            RowRule(role="portal", command="SELECT", using=OWN_BOOKING),
            RowRule(role="portal", command="INSERT", using=f"cause IN ('application', 'change') AND {OWN_BOOKING}"),
        ),
    ),
    "bookings_feeline": Rights(
        tenant="SELECT, INSERT",
        portal="SELECT, INSERT",
        rows=(
            RowRule(role="portal", command="SELECT", using=OWN_FEE),
            RowRule(role="portal", command="INSERT", using=ADDED),
        ),
    ),
    "bookings_reductionrequest": Rights(
        tenant=(
            "SELECT, INSERT, UPDATE (state, evidence_at, evidence_by, decided_at, decided_by, reason, document_id,"
            " sheet_id)"
        ),
        portal="SELECT (id, booking_id, ground, ground_label, article, asked_at, state, decided_at, reason), INSERT",
        rows=(
            RowRule(role="portal", command="SELECT", using=OWN_BOOKING),
            RowRule(
                role="portal", command="INSERT", using=f"state = 'asked' AND evidence_at IS NULL AND {OWN_BOOKING}"
            ),
        ),
    ),
    "bookings_receiptseries": Rights(tenant="SELECT, INSERT, UPDATE"),
    "bookings_payment": Rights(
        tenant="SELECT, INSERT, UPDATE (printed)",
        portal=f"SELECT ({PAYMENT_OF_CITIZEN}), UPDATE (printed)",
        rows=(
            RowRule(role="portal", command="SELECT", using=OWN_BOOKING),
            RowRule(role="portal", command="UPDATE", using=f"online_id IS NOT NULL AND {OWN_BOOKING}"),
        ),
    ),
    "bookings_paymentvoid": Rights(
        tenant="SELECT, INSERT",
        portal="SELECT (payment_id, day)",
        rows=(RowRule(role="portal", command="SELECT", using=OWN_PAYMENT),),
    ),
    "bookings_cashday": Rights(tenant="SELECT, INSERT"),
    "bookings_refundseries": Rights(tenant="SELECT, INSERT, UPDATE"),
    "bookings_refund": Rights(
        tenant="SELECT, INSERT, UPDATE (printed, void_at, void_by, void_reason)",
        portal="SELECT (id, booking_id, kind, day, amount, void_at)",
        rows=(RowRule(role="portal", command="SELECT", using=OWN_BOOKING),),
    ),
    "bookings_refundpayout": Rights(
        tenant="SELECT, INSERT",
        portal="SELECT (id, refund_id, day, method, amount)",
        rows=(RowRule(role="portal", command="SELECT", using=OWN_REFUND),),
    ),
    "bookings_feenotice": Rights(tenant="SELECT, INSERT"),
}
