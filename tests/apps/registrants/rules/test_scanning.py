"""What a scan at the counter means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules.scanning import Outcome, Shown, age_band, judged

TODAY = date(2026, 11, 26)
HELD = Shown("active", 2, date(2026, 4, 1), None, holder_in_force=True)


@pytest.mark.parametrize(
    ("card", "branch", "outcome"),
    [
        (HELD, 2, Outcome.VALID),
        (HELD, None, Outcome.VALID),
        (HELD, 1, Outcome.OLD_PRINT),
        (HELD, 3, Outcome.UNKNOWN_PRINT),
        (HELD, 0, Outcome.UNKNOWN_PRINT),
        (replace(HELD, state="suspended"), 2, Outcome.SUSPENDED),
        (replace(HELD, state="suspended"), 1, Outcome.SUSPENDED),
        (replace(HELD, state="lapsed"), 2, Outcome.LAPSED),
        (replace(HELD, state="applied", branch=0), 1, Outcome.UNKNOWN),
        (replace(HELD, valid_until=date(2026, 11, 25)), 2, Outcome.EXPIRED),
        (replace(HELD, valid_until=TODAY), 2, Outcome.VALID),
        (replace(HELD, valid_from=date(2026, 11, 27)), 2, Outcome.NOT_YET),
        (replace(HELD, valid_from=TODAY), 2, Outcome.VALID),
        (replace(HELD, holder_in_force=False), 2, Outcome.NOT_IN_FORCE),
        (replace(HELD, valid_from=None), 2, Outcome.VALID),
    ],
)
def test_a_card_is_judged_by_its_state_its_print_and_its_days(
    card: Shown, branch: int | None, outcome: Outcome
) -> None:
    assert judged(card, branch, TODAY) is outcome


@given(
    st.sampled_from(["applied", "active", "suspended", "lapsed"]),
    st.integers(0, 5),
    st.none() | st.integers(0, 6),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.booleans(),
)
def test_only_the_valid_print_of_a_card_in_force_is_valid(
    state: str, valid: int, branch: int | None, last: date | None, in_force: bool
) -> None:
    shown = Shown(state, valid, None, last, in_force)
    is_good = state == "active" and branch in {None, valid} and in_force and (last is None or last >= TODAY)
    assert (judged(shown, branch, TODAY) is Outcome.VALID) is is_good


@pytest.mark.parametrize(
    ("birth", "band"),
    [
        (None, ""),
        (date(1966, 11, 27), "0"),
        (date(1966, 11, 26), "60"),
        (date(1961, 11, 27), "60"),
        (date(1961, 11, 26), "65"),
        (date(1941, 11, 26), "85"),
        (date(1920, 1, 1), "85"),
    ],
)
def test_visits_are_counted_by_bands_of_five_years(birth: date | None, band: str) -> None:
    assert age_band(birth, TODAY) == band
