"""Completed years of age (満年齢). Source: 年齢計算ニ関スル法律, 民法143条; domain handbook 5.1.

By the law an age is attained at the end of the day before the birthday. Facilities count from the birthday itself, and
so does this module. Who was born on 29 February has the birthday on 1 March in a common year.
"""

from datetime import date, timedelta


def birthday(born: date, years: int) -> date:
    """The day on which somebody born on `born` becomes `years` old. ValueError beyond the year 9999."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def age_on(born: date, day: date) -> int:
    """Completed years on `day`; negative before the birth."""
    years = day.year - born.year
    return years if birthday(born, years) <= day else years - 1


def births_of(age: int, day: date) -> tuple[date, date]:
    """The first and the last birth date of those who are `age` years old on `day`. ValueError before the year 1."""
    last = _years_before(day, age)
    return _years_before(day, age + 1) + timedelta(days=1), last


def _years_before(day: date, years: int) -> date:
    """The last birth date of those who are `years` old by `day`."""
    year = day.year - years
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
