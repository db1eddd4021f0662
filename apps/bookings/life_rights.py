"""Which role may do what with the tables of ``models.life``."""

from __future__ import annotations

from typing import Final

from tenants.rights import OWN_ACCOUNT, Rights, RowRule

_OWN_REGISTRATIONS: Final = (
    "registrant_id IN (SELECT id FROM registrants_registrant"  # noqa: S608  # a constant
    f" WHERE portal_account = {OWN_ACCOUNT})"
)
_OWN_BOOKING: Final = "EXISTS (SELECT FROM bookings_booking b WHERE b.id = booking_id)"
ALL: Final = "SELECT, INSERT, UPDATE, DELETE"


def _whole(*commands: str) -> tuple[RowRule, ...]:
    return tuple(RowRule(role="tenant", command=command, using="true") for command in commands)


LIFE_RIGHTS: Final = {
    "bookings_bookingterms": Rights(tenant=ALL, portal="SELECT"),
    "bookings_series": Rights(tenant="SELECT, INSERT, UPDATE (registrant_id)"),
    "bookings_changerequest": Rights(
        tenant="SELECT, INSERT, UPDATE",
        portal="SELECT, INSERT, UPDATE (state, decided_at, reason)",
        rows=(
            RowRule(role="portal", command="SELECT", using=_OWN_BOOKING),
            RowRule(role="portal", command="INSERT", using=f"state = 'asked' AND {_OWN_BOOKING}"),
            RowRule(
                role="portal",
                command="UPDATE",
                using=f"state = 'asked' AND {_OWN_BOOKING}",
                check=f"state IN ('asked', 'withdrawn') AND {_OWN_BOOKING}",
            ),
            *_whole("SELECT", "INSERT", "UPDATE"),
        ),
    ),
    "bookings_penaltypoint": Rights(
        tenant="SELECT, INSERT, UPDATE (void_at, void_by, void_reason, registrant_id)",
        portal="SELECT (id, registrant_id, event, day, points, void_at)",
        rows=(RowRule(role="portal", command="SELECT", using=_OWN_REGISTRATIONS),),
    ),
    "bookings_measure": Rights(
        tenant=ALL,
        portal="SELECT (id, registrant_id, facility_id, kind, scope, state, first, last)",
        rows=(
            RowRule(role="portal", command="SELECT", using=_OWN_REGISTRATIONS),
            RowRule(role="tenant", command="DELETE", using="state = 'proposed'"),
            *_whole("SELECT", "INSERT", "UPDATE"),
        ),
    ),
    "bookings_wait": Rights(
        tenant="SELECT, INSERT, UPDATE",
        portal="SELECT, INSERT, UPDATE (state)",
        rows=(
            RowRule(role="portal", command="SELECT", using=_OWN_REGISTRATIONS),
            RowRule(
                role="portal", command="INSERT", using=f"state = 'waiting' AND hold_id IS NULL AND {_OWN_REGISTRATIONS}"
            ),
            RowRule(
                role="portal",
                command="UPDATE",
                using=_OWN_REGISTRATIONS,
                check=f"state = 'withdrawn' AND {_OWN_REGISTRATIONS}",
            ),
            *_whole("SELECT", "INSERT", "UPDATE"),
        ),
    ),
}
