"""Birth dates as people give them, and the age they make. Source: domain handbook 2.1, 5.1."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from typing import Final

from kernel.businessdays import months_before
from kernel.errors import CodedError
from kernel.wareki import fiscal_year, parse_date

END_OF_SCHOOLING: Final = 15
"""Years of age in whose school year compulsory education ends (学校教育法17条2項)."""
OLDEST: Final = 130
"""Nobody has become so many years old: such a birth date is mistyped."""


class BirthDateError(CodedError):
    """Codes: `in_future`, `too_long_ago` (130 years or more)."""


def read_birth_date(text: str, today: date) -> date:
    """The birth date that was typed in 西暦 or 和暦. Raises WarekiError, BirthDateError."""
    return checked_birth_date(parse_date(text), today)


def checked_birth_date(day: date, today: date) -> date:
    """`day`, if somebody alive can have been born on it. Raises BirthDateError."""
    if day > today:
        raise BirthDateError("in_future")
    if day <= months_before(today, OLDEST * 12):
        raise BirthDateError("too_long_ago")
    return day


def age_on(day: date, born: date) -> int:
    """満年齢 on `day` in whole years; who was born on 29 February has the birthday on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def day_of_age(born: date, years: int) -> date:
    """The birthday on which somebody born on `born` is `years` old: `age_on` counts so from that day on.

    By law an age is attained at the end of the day before (年齢計算ニ関スル法律); a facility grants what it grants from
    the birthday on. ValueError where Python's calendar ends.
    """
    if (born.month, born.day) == (2, 29) and not isleap(born.year + years):
        return date(born.year + years, 3, 1)
    return born.replace(year=born.year + years)


def last_day_of_middle_school(born: date) -> date:
    """The last day on which somebody is of the age of 中学生: 31 March of the school year in which 15 is attained.

    Attained at the end of the day before the birthday, so who was born on 1 April belongs to the year before.
    """
    attained = day_of_age(born, END_OF_SCHOOLING) - timedelta(days=1)
    return date(fiscal_year(attained) + 1, 3, 31)
