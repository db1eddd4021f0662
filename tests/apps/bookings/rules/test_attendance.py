"""Who came, and how many: what may be entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.attendance import (
    ABSENT,
    CAME,
    MOST,
    Category,
    Entered,
    check_categories,
    check_day,
    check_use,
    coded,
)
from kernel.errors import DomainError

MEN, WOMEN = Category("c1", "男性"), Category("c2", "女性")
BOTH = (MEN, WOMEN)
TODAY = dt.date(2026, 5, 20)


@pytest.mark.parametrize(
    ("outcome", "typed", "kept"),
    [
        (CAME, {"c1": 3, "c2": 4}, Entered(CAME, 7, {"c1": 3, "c2": 4})),
        (CAME, {"c1": 3, "c2": None}, Entered(CAME, 3, {"c1": 3})),
        (CAME, {"c1": 0, "c2": MOST}, Entered(CAME, MOST, {"c2": MOST})),
        (ABSENT, {"c1": None, "c2": 0}, Entered(ABSENT, 0, {})),
        (ABSENT, {}, Entered(ABSENT, 0, {})),
    ],
)
def test_a_use_is_kept_with_its_sum(outcome: str, typed: Mapping[str, int | None], kept: Entered) -> None:
    assert check_use(outcome, typed, BOTH) == kept


@pytest.mark.parametrize(
    ("outcome", "typed", "code"),
    [
        (CAME, {"c1": None, "c2": 0}, "nobody_came"),
        (ABSENT, {"c1": 1}, "absent_with_people"),
        (CAME, {"c1": -1}, "too_many_people"),
        (CAME, {"c1": MOST + 1}, "too_many_people"),
        (CAME, {"c3": 1}, "unknown_counter"),
    ],
)
def test_what_is_no_use_is_refused(outcome: str, typed: Mapping[str, int | None], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_use(outcome, typed, BOTH)
    assert refused.value.code == code


def test_a_use_is_entered_on_its_day_or_later() -> None:
    check_day(TODAY, TODAY)
    with pytest.raises(DomainError):
        check_day(TODAY + dt.timedelta(days=1), TODAY)


@pytest.mark.parametrize(
    ("day", "names", "code"),
    [
        (TODAY - dt.timedelta(days=1), ["男性"], "counters_in_past"),
        (TODAY, ["男性", "男性"], "counters_twice"),
    ],
)
def test_categories_hold_from_today_and_differ(day: dt.date, names: list[str], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_categories(day, names, today=TODAY)
    assert refused.value.code == code


@given(
    st.lists(st.sampled_from("甲乙丙丁戊"), unique=True),
    st.lists(st.sampled_from("甲乙丙丁戊"), unique=True),
)
def test_a_category_that_was_there_keeps_its_code_and_no_code_means_two(first: list[str], second: list[str]) -> None:
    before = {one.name: one.code for one in coded([(name, "") for name in first], {})}
    after = {one.name: one.code for one in coded([(name, "") for name in second], before)}
    assert all(after[name] == before[name] for name in set(before) & set(after))
    every = before | after
    assert len(set(every.values())) == len(every)
