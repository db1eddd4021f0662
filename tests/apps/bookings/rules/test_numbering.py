"""Receipt and document numbers."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.numbering import document_number, receipt_number


@pytest.mark.parametrize(("day", "year"), [("2026-03-31", "07"), ("2026-04-01", "08"), ("2029-01-01", "10")])
def test_a_receipt_number_begins_with_the_fiscal_year(day: str, year: str) -> None:
    assert receipt_number(dt.date.fromisoformat(day), 1).startswith(f"{year}-000001-")


@given(st.integers(1, 999_999), st.integers(1, 999_999))
def test_two_receipts_of_a_year_have_the_same_number_only_if_they_are_one(one: int, other: int) -> None:
    day = dt.date(2026, 5, 1)
    assert (receipt_number(day, one) == receipt_number(day, other)) is (one == other)


def test_a_document_number_is_written_as_the_city_does() -> None:
    assert document_number("印総福セ", 123) == "印総福セ指令第123号"
