"""Terms of operators: where today is, and when the end is near."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.compliance.rules.terms import Standing, Term

TERM = Term(dt.date(2022, 4, 1), dt.date(2027, 3, 31))


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (dt.date(2022, 3, 31), Standing.COMING),
        (dt.date(2022, 4, 1), Standing.CURRENT),
        (dt.date(2027, 3, 31), Standing.CURRENT),
        (dt.date(2027, 4, 1), Standing.PAST),
    ],
)
def test_the_first_and_the_last_day_are_in_the_term(today: dt.date, standing: Standing) -> None:
    assert TERM.standing(today) is standing


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (dt.date(2026, 12, 30), None),
        (dt.date(2026, 12, 31), 90),
        (dt.date(2027, 3, 30), 1),
        (dt.date(2027, 3, 31), 0),
        (dt.date(2027, 4, 1), None),
        (dt.date(2022, 3, 31), None),
    ],
)
def test_the_end_is_pointed_out_from_ninety_days_before(today: dt.date, left: int | None) -> None:
    assert TERM.ends_in(today) == left


def test_an_open_term_runs_on_and_never_ends() -> None:
    open_ended = Term(None, None)
    assert open_ended.standing(dt.date(2026, 5, 1)) is Standing.CURRENT
    assert open_ended.ends_in(dt.date(2026, 5, 1)) is None
