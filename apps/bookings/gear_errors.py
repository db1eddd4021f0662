"""What can be wrong about equipment, masters and the portal's hours, told by ``gear_texts``."""

from __future__ import annotations

from apps.bookings.errors import BookingError


class NotLentThenError(BookingError):
    """What the booking has reserved is not lent on that day, or in that room. Parameter: ``name``."""

    code = "not_lent_then"
    status = 409


class EquipmentReservedError(BookingError):
    """Bookings after that day have it reserved. Parameter: ``count``."""

    code = "equipment_reserved"
    status = 409


class TooLateForEquipmentError(BookingError):
    """The item's deadline on the portal (予約取消期限) is over. Parameters: ``name``, ``until``."""

    code = "too_late_for_equipment"
