"""What can be wrong in a booking's life (limits, changes, cancelling, penalties, series), told by ``life_texts``."""

from __future__ import annotations

from apps.bookings.errors import BookingError, TooLateToCancelError


class LimitReachedError(BookingError):
    """A limit of section 4.4. Parameters: ``most`` and ``now``. The code names scope, period and unit of the rule."""

    code = "limit_reached"

    def __init__(self, *, scope: str, period: str, unit: str, most: int, now: int) -> None:
        super().__init__(field="slots", most=most, now=now)
        self.code = f"limit_{scope}_{period}_{unit}"  # type: ignore[misc]  # the sentence names the rule


class TooManyHoldsError(BookingError):
    """More holds at a time than one may have (同時の仮押え). Parameters: ``most``, ``now``."""

    code = "too_many_holds"


class TooManyPendingError(BookingError):
    """More undecided bookings than one may have (未確定の上限). Parameters: ``most``, ``now``."""

    code = "too_many_pending"


class TooManyUnpaidError(BookingError):
    """More bookings that are to be paid for than one may have (同時未払い数上限). Parameters: ``most``, ``now``."""

    code = "too_many_unpaid"


class TooManyAheadError(BookingError):
    """More bookings ahead than one may have. Parameters: ``most``, ``now``."""

    code = "too_many_ahead"


class SameTimeError(BookingError):
    """The registrant has another booking at that time (同時刻の重複)."""

    code = "same_time"


class TooManySlotsError(BookingError):
    """A longer run of slots than one booking may have (連続コマ). Parameter: ``most``."""

    code = "too_many_slots"


class TooFewPeopleError(BookingError):
    """Fewer persons than the room is let to (最低人数). Parameter: ``least``."""

    code = "too_few_people"


class NotByPortalError(BookingError):
    """The facility takes this act at the counter only (窓口のみ)."""

    code = "not_by_portal"
    status = 403


class TooLateForThisError(TooLateToCancelError):
    """The deadline (取消・変更の期限) is over. Parameter: ``until``, as text."""

    code = "too_late_for_this"


class UnknownCauseError(BookingError):
    """No such reason of cancellation (取消事由) for that person."""

    code = "unknown_cause"


class TermsDayOverError(BookingError):
    """Terms hold from today or later on."""

    code = "terms_day_over"


class TermsValueError(BookingError):
    """A number of the terms that cannot be. ``field`` names it."""

    code = "terms_value"


class UnknownTermsError(BookingError):
    """No terms that begin on that day and are still to come."""

    code = "unknown_terms"
    status = 404


class NothingChangesError(BookingError):
    """A change of date or room to what it is already."""

    code = "nothing_changes"


class ChangeAskedError(BookingError):
    """A change is asked for already, or there is none to decide on."""

    code = "change_asked"
    status = 409


class SuspendedHereError(BookingError):
    """Use of this facility is suspended for the registrant (利用停止). Parameter: ``last``, a day or empty."""

    code = "suspended_here"
    status = 403

    def __init__(self, *, field: str, last: str) -> None:
        super().__init__(field=field, last=last)
        if not last:
            self.code = "suspended_here_without_end"  # type: ignore[misc]  # the sentence names no day


class UnknownProposalError(BookingError):
    """No such proposal of a measure, or it is decided."""

    code = "unknown_proposal"
    status = 404


class EmptySeriesError(BookingError):
    """A series without a day, or with too many. Parameter: ``most``."""

    code = "empty_series"


class UnknownSeriesError(BookingError):
    """No such series."""

    code = "unknown_series"
    status = 404


class NotWaitableError(BookingError):
    """The slot is free, past or not offered: nothing to wait for."""

    code = "not_waitable"


class TooManyWaitsError(BookingError):
    """More places on waiting lists than one may have. Parameter: ``most``."""

    code = "too_many_waits"
