"""What can be wrong about equipment, masters and the portal's hours, told by ``gear_texts``."""

from __future__ import annotations

from apps.bookings.errors import BookingError


class OutsideHoursError(BookingError):
    """The portal does not receive at this hour (インターネット受付時間帯). Parameter: ``opens_at``."""

    code = "outside_hours"


class MonthNotOpenError(BookingError):
    """The month of use is not open for bookings on the portal (公開月)."""

    code = "month_not_open"


class OnlyForError(BookingError):
    """The room is let on the portal to individuals only, or to groups only. The code names which."""

    code = "only_for"

    def __init__(self, *, only: str) -> None:
        super().__init__(field="registrant")
        self.code = f"only_for_{only}"  # type: ignore[misc]  # the sentence names whom


class AnnexAloneError(BookingError):
    """An annex (附属室場) without its parent then. Parameter: ``parent``."""

    code = "annex_alone"


class AnnexStandsError(BookingError):
    """The parent is to be moved away from its annex. Parameter: ``annex``, its number."""

    code = "annex_stands"
    status = 409


class RoomBookedError(BookingError):
    """A room with bookings after that day (廃止日). Parameter: ``count``."""

    code = "room_booked"
    status = 409


class RoomExistsError(BookingError):
    """A room of that name, or of the very same parts, is there already."""

    code = "room_exists"
    status = 409


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
