"""A tariff as a grid, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.errors import BadTableError
from apps.bookings.rules.fees.grid import Cells, as_few, cells_of, prices_from, runs_of
from apps.bookings.rules.fees.tables import Days, Price, Who

amounts = st.integers(0, 5)


def test_the_rows_are_each_slot_and_then_what_is_booked_together() -> None:
    assert runs_of([1, 2, 3]) == [(1,), (2,), (3,), (1, 2), (2, 3), (1, 2, 3)]
    assert runs_of([1]) == [(1,)]
    assert runs_of(range(1, 9))[-1] == tuple(range(1, 9))


@pytest.mark.parametrize(
    ("cells", "prices"),
    [
        ((100, None, None, None), (Price(100, (1,)),)),
        ((100, 200, None, None), (Price(100, (1,)), Price(200, (1,), who=Who.OUTSIDE))),
        ((100, None, 120, None), (Price(100, (1,)), Price(120, (1,), days=Days.HOLIDAY))),
        ((None, None, None, None), ()),
    ],
)
def test_a_blank_cell_follows_another_one(cells: Cells, prices: tuple[Price, ...]) -> None:
    assert prices_from({(1,): cells}) == prices


def test_a_row_without_its_first_cell_is_refused() -> None:
    with pytest.raises(BadTableError):
        prices_from({(1,): (None, 100, None, None)})


@given(st.tuples(amounts, amounts, amounts, amounts))
def test_a_full_row_comes_back_as_it_went(cells: tuple[int, int, int, int]) -> None:
    assert cells_of(prices_from({(1, 2): cells}), (1, 2)) == cells


@given(st.tuples(amounts, amounts, amounts, amounts))
def test_a_row_with_blanks_says_the_same(cells: tuple[int, int, int, int]) -> None:
    assert cells_of(prices_from({(1,): as_few(cells)}), (1,)) == cells
