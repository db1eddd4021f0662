"""Equipment in use at one time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.stock import Lent, Stock, left, peak, stock_on
from kernel.clock import at

DAY = dt.date(2026, 12, 1)


def hour(number: int) -> dt.datetime:
    return at(DAY, dt.time(number))


def lent(quantity: int, first: int, last: int) -> Lent:
    return Lent(quantity, hour(first), hour(last))


def test_the_newest_figure_that_has_begun_holds() -> None:
    stocks = [Stock(dt.date(2020, 1, 1), 3), Stock(dt.date(2026, 12, 1), 5), Stock(dt.date(2027, 4, 1), 2)]
    assert [stock_on(stocks, day) for day in (dt.date(2019, 12, 31), dt.date(2026, 11, 30), DAY)] == [0, 3, 5]


def test_uses_one_after_another_do_not_add_up() -> None:
    assert peak([lent(2, 9, 12), lent(3, 12, 15), lent(1, 11, 13)], hour(9), hour(15)) == 4


def test_what_only_touches_the_span_is_not_out_in_it() -> None:
    assert peak([lent(2, 9, 12), lent(2, 15, 18)], hour(12), hour(15)) == 0


@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 21), st.integers(1, 2)), max_size=8),
    st.integers(0, 21),
)
def test_the_peak_is_the_most_of_any_hour(uses: list[tuple[int, int, int]], first: int) -> None:
    out = [lent(quantity, starts, min(starts + length, 23)) for quantity, starts, length in uses]
    by_hour = (sum(one.quantity for one in out if one.starts_at <= hour(n) < one.ends_at) for n in (first, first + 1))
    assert peak(out, hour(first), hour(first + 2)) == max(by_hour)


STOCKS = [Stock(dt.date(2020, 1, 1), 3), Stock(dt.date(2026, 12, 2), 5)]


@pytest.mark.parametrize(
    ("out", "starts", "ends", "had"),
    [
        ([], hour(9), hour(12), 3),
        ([lent(2, 9, 12)], hour(9), hour(12), 1),
        ([lent(2, 9, 12)], hour(12), hour(15), 3),
        ([lent(4, 9, 12)], hour(9), hour(12), 0),  # the stock was lowered by hand: nothing is left, not less
        ([lent(3, 20, 23)], hour(19), at(dt.date(2026, 12, 2), dt.time(9)), 0),
        (
            [Lent(4, at(dt.date(2026, 12, 2), dt.time()), at(dt.date(2026, 12, 3), dt.time()))],
            hour(9),
            at(dt.date(2026, 12, 2), dt.time(9)),
            1,
        ),
        ([], hour(9), at(dt.date(2026, 12, 2), dt.time()), 3),
        ([], at(dt.date(2026, 12, 2), dt.time()), at(dt.date(2026, 12, 2), dt.time(9)), 5),
    ],
)
def test_what_is_left_is_the_least_of_any_instant(
    out: list[Lent], starts: dt.datetime, ends: dt.datetime, had: int
) -> None:
    assert left(STOCKS, out, starts, ends) == had
