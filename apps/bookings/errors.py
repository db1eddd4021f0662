"""What can be wrong with a booking: stable codes, told by ``apps.bookings.texts``."""

from __future__ import annotations

from kernel.errors import DomainError


class BookingError(DomainError):
    """Any rule of bookings that was not met."""


class UnknownRoomError(BookingError):
    """No such room here."""

    code = "unknown_room"
    status = 404


class UnknownBookingError(BookingError):
    """No such booking among those that the caller may see."""

    code = "unknown_booking"
    status = 404


class UnknownRegistrantError(BookingError):
    """No such registrant here, or not the caller's."""

    code = "unknown_registrant"


class RegistrantNotActiveError(BookingError):
    """The registration is not in force (state or term)."""

    code = "registrant_not_active"
    status = 403


class ClosedRegistrationError(BookingError):
    """The registration is closed: nothing may come to be owed by it or to it before the closing is taken back."""

    code = "registration_closed"
    status = 409


class CounterOnlyError(BookingError):
    """The registration reserves at the counter only (インターネット利用不可)."""

    code = "counter_only"
    status = 403


class UnknownSlotError(BookingError):
    """The day has no such slot, or none was chosen."""

    code = "unknown_slot"


class SlotsNotAdjoiningError(BookingError):
    """Several slots of one booking must follow one another."""

    code = "slots_not_adjoining"


class ClosedDayError(BookingError):
    """The facility or room is closed on that day (休館日). Parameter: ``label``."""

    code = "closed_day"


class PastError(BookingError):
    """The slot has begun or is over."""

    code = "past"


class BeforeWindowError(BookingError):
    """Applications are not yet received (受付開始前). Parameter: ``opens_at``, day and time."""

    code = "before_window"


class ResidentsOnlyError(BookingError):
    """The portal receives applications of residents (市内) only."""

    code = "residents_only"


class AfterWindowError(BookingError):
    """Applications are no longer received on the portal (受付終了)."""

    code = "after_window"


class SlotTakenError(BookingError):
    """Somebody else has the slot."""

    code = "slot_taken"
    status = 409


class OverCapacityError(BookingError):
    """More persons than the room holds. Parameter: ``capacity``."""

    code = "over_capacity"


class NobodyComesError(BookingError):
    """A headcount below one."""

    code = "nobody_comes"


class PurposeNotAllowedError(BookingError):
    """The room is not offered for that purpose."""

    code = "purpose_not_allowed"


class WrongStateError(BookingError):
    """The booking's state does not allow that act."""

    code = "wrong_state"
    status = 409


class StalePageError(BookingError):
    """The booking was changed since the page was made."""

    code = "stale_page"
    status = 409


class HoldExpiredError(BookingError):
    """The hold's time is over and somebody else has the slot."""

    code = "hold_expired"
    status = 409


class TooLateToCancelError(BookingError):
    """A citizen cancels until the day before; later the counter is asked."""

    code = "too_late_to_cancel"


class ReasonMissingError(BookingError):
    """A refusal or a cancellation by staff needs a reason (理由の提示)."""

    code = "reason_missing"


class UnknownGroundError(BookingError):
    """A refusal names one of the grounds of the ordinance (根拠規定)."""

    code = "unknown_ground"


class NoOperatorError(BookingError):
    """Nobody is entered as the facility's operator on that day, so nobody can sign (許可権者)."""

    code = "no_operator"
    status = 409


class UnknownDocumentError(BookingError):
    """The booking has no such document."""

    code = "unknown_document"
    status = 404


class NoteMissingError(BookingError):
    """A note without text."""

    code = "note_missing"


class TooLongError(BookingError):
    """A text longer than its column. Parameter: ``limit`` in characters."""

    code = "too_long"


class SpanUpsideDownError(BookingError):
    """The last day lies before the first one."""

    code = "span_upside_down"


class SeriesTooLongError(BookingError):
    """Too many days in one series. Parameter: ``most``."""

    code = "series_too_long"


class NoSlotsError(BookingError):
    """A timetable without slots."""

    code = "no_slots"


class LongTimetableError(BookingError):
    """A timetable with too many slots. Parameter: ``most``."""

    code = "too_many_slots_in_timetable"


class SlotsOverlapError(BookingError):
    """A slot begins before the one before it ends, or ends before it begins. Parameter: ``label``."""

    code = "slots_overlap"


class UnitDoesNotFitError(BookingError):
    """The hours cannot be cut into whole units. Parameter: ``minutes``."""

    code = "unit_does_not_fit"


class NothingWantedError(BookingError):
    """Less than one piece of equipment."""

    code = "nothing_wanted"


class NoStockError(BookingError):
    """More pieces than are left at that time. Parameters: ``name``, ``left``."""

    code = "no_stock"
    status = 409


class DisturbedError(BookingError):
    """A loud use beside a quiet one, where the rooms do not allow it. Parameter: ``room``."""

    code = "disturbed"
    status = 409


class DayPastError(BookingError):
    """A setting from a day that is over: what has held is not rewritten."""

    code = "setting_of_the_past"


class BookingsHitError(BookingError):
    """A closing would hit bookings that are neither dealt with nor left (休館日にかかる予約). Parameter: ``count``."""

    code = "bookings_hit"
    status = 409


class CalendarChangedError(BookingError):
    """The room's settings changed while the application was on its way."""

    code = "calendar_changed"
    status = 409


class UnknownSettingError(BookingError):
    """No such setting here."""

    code = "unknown_setting"
    status = 404


class NoDayOfMonthError(BookingError):
    """A day of the month that no month has. ``field`` names the end of the window."""

    code = "no_day_of_month"


class SettingExistsError(BookingError):
    """There is one from the same day for the same thing."""

    code = "setting_exists"
    status = 409


class NoPriceError(BookingError):
    """The tables of the day say nothing about what was booked."""

    code = "no_price"


class UnknownReductionError(BookingError):
    """The ordinance knows no such ground of reduction on that day."""

    code = "unknown_reduction"


class UnknownEquipmentError(BookingError):
    """The house has no such equipment on that day."""

    code = "unknown_equipment"


class BadTableError(BookingError):
    """A fee table that cannot be: what is wrong is ``reason``, about ``label`` if it is about something."""

    code = "bad_table"


class TableInForceError(BookingError):
    """What has been in force, or what a fee rests on, is not overwritten (適用開始日)."""

    code = "table_in_force"
    status = 409


class FeeChangedError(BookingError):
    """The fee is another one than the applicant was shown. Parameter: ``total``."""

    code = "fee_changed"
    status = 409


class UnknownFeeTableError(BookingError):
    """No such fee table here."""

    code = "unknown_fee_table"
    status = 404


class NoReductionAskedError(BookingError):
    """Nobody asked for a reduction of this booking's fee, or it is decided already."""

    code = "no_reduction_asked"
    status = 409


class ReductionAskedError(BookingError):
    """A reduction of this booking's fee is asked for already, or granted."""

    code = "reduction_asked"
    status = 409


class EvidenceMissingError(BookingError):
    """A reduction is granted only when somebody has seen the evidence (確認済)."""

    code = "evidence_missing"


class NothingOwedError(BookingError):
    """Nothing is to be paid for the booking, or all of it was."""

    code = "nothing_owed"
    status = 409


class TooMuchReceivedError(BookingError):
    """An amount of nothing, or more than is owed."""

    code = "too_much_received"


class DayClosedError(BookingError):
    """The day's sheet is closed, so nothing is received or given back on it."""

    code = "day_closed"
    status = 409


class CashDayError(BookingError):
    """The day is closed already, lies ahead, or changed while it was counted."""

    code = "cash_day"
    status = 409


class DifferenceUnexplainedError(BookingError):
    """The drawer holds something else than was received, and no reason was given. Parameter: ``difference``."""

    code = "difference_unexplained"


class UnknownPaymentError(BookingError):
    """No such payment here, or a void one."""

    code = "unknown_payment"
    status = 404
