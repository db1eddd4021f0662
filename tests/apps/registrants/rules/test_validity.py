"""Until when a registration holds, by each way in which a tenant may have it end."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.errors import RenewalNotLaterError
from apps.registrants.rules.policy import Policy
from apps.registrants.rules.validity import check_renewal, renewed_until, valid_until_for

TODAY = dt.date(2026, 5, 1)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))


@pytest.mark.parametrize(
    ("renewal", "years", "day", "last"),
    [
        ("never", 3, dt.date(2026, 4, 1), None),
        ("years", 3, dt.date(2026, 4, 1), dt.date(2029, 3, 31)),
        ("years", 1, dt.date(2024, 2, 29), dt.date(2025, 2, 28)),
        ("years", 4, dt.date(2024, 2, 29), dt.date(2028, 2, 28)),
        ("fiscal_year", 1, dt.date(2026, 4, 1), dt.date(2027, 3, 31)),
        ("fiscal_year", 1, dt.date(2026, 3, 31), dt.date(2026, 3, 31)),
        ("fiscal_year", 2, dt.date(2026, 3, 31), dt.date(2027, 3, 31)),
    ],
)
def test_a_registration_ends_by_the_policy(renewal: str, years: int, day: dt.date, last: dt.date | None) -> None:
    assert valid_until_for(Policy(renewal=renewal, validity_years=years), day) == last


@given(DAYS, st.integers(1, 10))
def test_a_term_of_years_ends_on_the_day_before_the_next_begins(day: dt.date, years: int) -> None:
    last = valid_until_for(Policy(renewal="years", validity_years=years), day)
    assert last is not None
    assert 365 * years - 1 <= (last - day).days <= 366 * years


@pytest.mark.parametrize(
    ("present", "last"),
    [
        (dt.date(2026, 6, 30), dt.date(2027, 6, 30)),
        (dt.date(2026, 4, 30), dt.date(2027, 4, 30)),
        (None, dt.date(2027, 4, 30)),
    ],
)
def test_a_renewal_follows_the_present_term_or_begins_today(present: dt.date | None, last: dt.date) -> None:
    assert renewed_until(Policy(renewal="years", validity_years=1), present, TODAY) == last


@pytest.mark.parametrize(
    ("present", "wished"),
    [(dt.date(2026, 6, 30), dt.date(2026, 6, 30)), (dt.date(2025, 3, 31), dt.date(2026, 4, 30))],
)
def test_a_renewal_that_ends_no_later_or_is_over_is_refused(present: dt.date, wished: dt.date) -> None:
    with pytest.raises(RenewalNotLaterError) as refused:
        check_renewal(present, wished, TODAY)
    assert refused.value.field == "valid_until"


@pytest.mark.parametrize("wished", [None, dt.date(2026, 7, 1)])
def test_a_later_end_or_none_is_a_renewal(wished: dt.date | None) -> None:
    check_renewal(dt.date(2026, 6, 30), wished, TODAY)
