"""Ages by the law on counting them (年齢計算ニ関スル法律, 民法143条): whole years from the day of birth.

The law lets an age be attained at the end of the day before the birthday; what a facility grants, it grants from the
birthday on. Born on 29 February: in a common year the birthday is 1 March. Source: domain handbook 5.1.
"""

from __future__ import annotations

from datetime import date


def age_on(birth: date, day: date) -> int:
    """満年齢 of somebody born on `birth`, on `day`. ValueError for a day before the birth."""
    if day < birth:
        raise ValueError("nobody has an age before birth")
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def day_of_age(birth: date, years: int) -> date:
    """The birthday on which somebody born on `birth` is `years` old. ValueError where Python's calendar ends."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        if (birth.month, birth.day) != (2, 29):
            raise
        return date(birth.year + years, 3, 1)
