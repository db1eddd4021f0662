"""What can be wrong with entering the use of rooms and with a facility's month: stable codes, told by ``use_texts``."""

from __future__ import annotations

from apps.bookings.errors import BookingError


class UseNotYetError(BookingError):
    """The day of use has not come."""

    code = "use_not_yet"


class AbsentWithPeopleError(BookingError):
    """Somebody who did not come (不来場) brought nobody."""

    code = "absent_with_people"


class NobodyCameError(BookingError):
    """A use with nobody in it is none."""

    code = "nobody_came"


class TooManyPeopleError(BookingError):
    """A number of people that no house holds. Parameter: ``limit``."""

    code = "too_many_people"


class UnknownCounterError(BookingError):
    """No such headcount category (人数の区分) on that day."""

    code = "unknown_counter"


class MonthClosedError(BookingError):
    """The month was closed (月締め) and sent to the city. Parameter: ``month``, as YYYY-MM."""

    code = "month_closed"
    status = 409


class MonthNotOverError(BookingError):
    """A month is closed when it is over."""

    code = "month_not_over"


class MonthNotClosedError(BookingError):
    """Only a month that is closed is opened again."""

    code = "month_not_closed"
    status = 409


class UseMissingError(BookingError):
    """Permitted bookings of the month have no entry of use. Parameter: ``count``."""

    code = "use_missing"
    status = 409


class CountersInPastError(BookingError):
    """Categories (人数の区分) hold from today or later: what was counted stays as it was counted."""

    code = "counters_in_past"


class CountersTwiceError(BookingError):
    """Two categories of one name."""

    code = "counters_twice"
