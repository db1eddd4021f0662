"""Holidays, business days (開庁日) and counting by months. Source: domain handbook 12.

The days of the equinoxes are official only from February of the year before; an override corrects a forecast.
"""

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

import jpholiday

HolidayOverrides = Mapping[date, str | None]
"""What a change of law makes of a day: the holiday's name, or None for a working day."""

NO_OVERRIDES: HolidayOverrides = MappingProxyType({})


def holiday_name(day: date, overrides: HolidayOverrides = NO_OVERRIDES) -> str | None:
    """The national holiday on a day, 振替休日 and 国民の休日 too, or None. Right from 1986 on."""
    return overrides[day] if day in overrides else jpholiday.is_holiday_name(day)


def is_holiday(day: date, overrides: HolidayOverrides = NO_OVERRIDES) -> bool:
    """Whether a day is a national holiday; Saturdays and Sundays as such are not."""
    return holiday_name(day, overrides) is not None


def is_business_day(day: date, overrides: HolidayOverrides = NO_OVERRIDES) -> bool:
    """Whether the city's offices work: no Saturday, Sunday, holiday, nor 29 December to 3 January."""
    return not (_is_weekend(day) or _is_year_end(day) or is_holiday(day, overrides))


def on_or_next_business_day(day: date, overrides: HolidayOverrides = NO_OVERRIDES) -> date:
    """The day itself where it is a business day, else the first one after it."""
    while not is_business_day(day, overrides):
        day += timedelta(days=1)
    return day


def next_business_day(day: date, overrides: HolidayOverrides = NO_OVERRIDES) -> date:
    """The first business day after a day, never the day itself."""
    return on_or_next_business_day(day + timedelta(days=1), overrides)


def months_before(day: date, months: int) -> date:
    """The same day `months` earlier (応当日); where that month has no such day, its last one.

    ValueError outside the years 1 to 9999.
    """
    return _shifted(day, -months)


def months_after(day: date, months: int) -> date:
    """The same day `months` later, by the rule of `months_before`."""
    return _shifted(day, months)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The `nth` (1 to 5, or -1 for the last) `weekday` of a month, None where there is no fifth.

    `weekday` is 1 for Monday to 7 for Sunday, as in the national data standard (domain handbook 11).
    """
    days = [date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]
    matching = [day for day in days if day.isoweekday() == weekday]
    if nth == -1:
        return matching[-1]
    return matching[nth - 1] if nth <= len(matching) else None


def weekday_ordinal(day: date) -> int:
    """Which one of its weekday in the month a day is: 3 for the third Monday (第3月曜)."""
    return (day.day - 1) // 7 + 1


def _is_weekend(day: date) -> bool:
    return day.isoweekday() >= 6


def _is_year_end(day: date) -> bool:
    return (day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3)


def _shifted(day: date, months: int) -> date:
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month_index + 1)[1]
    return date(year, month_index + 1, min(day.day, last))
