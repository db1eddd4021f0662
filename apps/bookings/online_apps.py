"""What the application declares about paying online: rights of the database's roles."""

from __future__ import annotations

from typing import Final

from tenants.rights import Rights, RowRule

OWN_BOOKING: Final = (
    "EXISTS (SELECT FROM bookings_booking b WHERE b.id = booking_id)"  # the booking's own row rule applies inside
)
SESSION_OF_CITIZEN: Final = (
    "id, booking_id, sheet_id, reference, provider, amount, state, created_at, expires_at, provider_ref, url,"
    " settled_at, surplus"
)
PAYMENT_OF_CITIZEN: Final = "id, booking_id, fiscal_year, serial, day, method, amount, content, printed, online_id"

ONLINE_RIGHTS: Final = {
    "bookings_onlinepaymentterms": Rights(tenant="SELECT, INSERT, UPDATE, DELETE", portal="SELECT"),
    "bookings_onlinesession": Rights(
        tenant=(
            "SELECT, INSERT, UPDATE (state, ask_at, provider_ref, url, payment_ref, settled_at, surplus, cleared_at,"
            " cleared_by, cleared_why)"
        ),
        portal=f"SELECT ({SESSION_OF_CITIZEN}), INSERT, UPDATE (state, provider_ref, url)",
        rows=(
            RowRule(role="portal", command="SELECT", using=OWN_BOOKING),
            RowRule(role="portal", command="INSERT", using=f"state = 'new' AND {OWN_BOOKING}"),
            RowRule(
                role="portal",
                command="UPDATE",
                using=f"state = 'new' AND {OWN_BOOKING}",
                check=f"state = 'open' AND {OWN_BOOKING}",
            ),
        ),
    ),
    "bookings_providerevent": Rights(
        tenant=(
            "SELECT, INSERT, UPDATE (is_settled, outcome, session_id, settled_at, attempts, due_at, body, cleared_at,"
            " cleared_by, cleared_why)"
        ),
        portal="INSERT",
        rows=(
            RowRule(
                role="portal",
                command="INSERT",
                using="source = 'notice' AND NOT is_settled AND session_id IS NULL AND outcome = ''",
            ),
        ),
    ),
    "bookings_onlinerefund": Rights(
        tenant="SELECT, INSERT, UPDATE (state, attempts, due_at, done_at, error)",
    ),
}
"""A citizen begins a payment of the own booking and opens it; the portal drops in what a provider tells, and reads
none of it. Whatever moves money is the tenant's."""
