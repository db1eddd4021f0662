"""What another system's record says of a card's life."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules.old_cards import OldLife, life_of

TODAY = dt.date(2026, 4, 1)
BEFORE, AHEAD = dt.date(2020, 4, 1), dt.date(2030, 4, 1)
DAYS = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))


@pytest.mark.parametrize(
    ("state", "cause", "valid_until", "lapsed_on", "life"),
    [
        ("active", "", None, None, OldLife("active")),
        ("active", "", AHEAD, None, OldLife("active")),
        ("active", "", TODAY, None, OldLife("active")),
        ("active", "", BEFORE, None, OldLife("lapsed", BEFORE, "expired")),
        ("active", "", None, BEFORE, OldLife("lapsed", BEFORE, "returned")),
        ("active", "moved", None, BEFORE, OldLife("lapsed", BEFORE, "moved")),
        ("active", "", None, AHEAD, OldLife("active")),
        ("suspended", "", BEFORE, BEFORE, OldLife("suspended")),
        ("lapsed", "died", AHEAD, BEFORE, OldLife("lapsed", BEFORE, "died")),
        ("lapsed", "", BEFORE, None, OldLife("lapsed", BEFORE, "returned")),
        ("lapsed", "", AHEAD, None, OldLife("lapsed", TODAY, "returned")),
        ("lapsed", "", None, None, OldLife("lapsed", TODAY, "returned")),
    ],
)
def test_what_a_card_is_today(
    state: str, cause: str, valid_until: dt.date | None, lapsed_on: dt.date | None, life: OldLife
) -> None:
    assert life_of(state, cause, valid_until=valid_until, lapsed_on=lapsed_on, today=TODAY) == life


@given(st.sampled_from(["active", "suspended", "lapsed"]), st.sampled_from(["", "moved"]), DAYS, DAYS)
def test_a_void_card_has_a_day_that_has_come_and_a_cause_and_no_other_has(
    state: str, cause: str, valid_until: dt.date | None, lapsed_on: dt.date | None
) -> None:
    life = life_of(state, cause, valid_until=valid_until, lapsed_on=lapsed_on, today=TODAY)
    if life.state == "lapsed":
        assert life.lapsed_on is not None
        assert life.lapsed_on <= TODAY
        assert life.lapse_cause
    else:
        assert (life.lapsed_on, life.lapse_cause) == (None, "")
