"""Which role may do what with equipment and the facility's masters."""

from __future__ import annotations

from typing import Final

from tenants.rights import Rights, RowRule

ALL: Final = "SELECT, INSERT, UPDATE, DELETE"
_OPEN_BOOKING: Final = (
    "EXISTS (SELECT FROM bookings_booking b JOIN bookings_room r ON r.id = b.room_id WHERE b.id = booking_id"
    " AND (b.state IN ('hold', 'under_review', 'tentative') OR (b.state, r.reception) = ('permitted', 'immediate')))"
)
"""A booking of the citizen's own that the facility has not decided on; its own row rule applies inside."""
_LENT_TO_ME: Final = (
    "EXISTS (SELECT FROM bookings_equipmentuse u JOIN bookings_booking b ON b.id = u.booking_id"
    " WHERE u.equipment_id = bookings_equipment.id)"
)
_PUBLIC_ITEM: Final = "EXISTS (SELECT FROM bookings_equipment e WHERE e.id = equipment_id AND e.is_public)"

GEAR_RIGHTS: Final = {
    **{f"bookings_{table}": Rights(tenant=ALL) for table in ("house", "openmonth", "portalhours")},
    "bookings_equipment": Rights(
        tenant=ALL,
        portal="SELECT",
        rows=(RowRule(role="portal", command="SELECT", using=f"is_public OR {_LENT_TO_ME}"),),
    ),
    "bookings_equipmentroom": Rights(tenant=ALL, portal="SELECT"),
    "bookings_equipmentstock": Rights(tenant=ALL, portal="SELECT"),
    "bookings_equipmentuse": Rights(
        tenant=ALL,
        portal=ALL,
        rows=(
            RowRule(role="portal", command="SELECT", using="true"),
            RowRule(role="portal", command="INSERT", using=f"{_OPEN_BOOKING} AND {_PUBLIC_ITEM}"),
            RowRule(role="portal", command="UPDATE", using=_OPEN_BOOKING),
            RowRule(role="portal", command="DELETE", using=_OPEN_BOOKING),
        ),
    ),
}
"""What is out names nobody: whoever applies must see how many are left."""
