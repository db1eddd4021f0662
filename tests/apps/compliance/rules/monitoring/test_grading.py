"""The grade of a month and the proposal for a year."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.compliance.rules.monitoring.grading import Judged, Plan, grade_of, year_grade
from apps.compliance.rules.monitoring.words import Grade, Result

FIT, PARTLY, UNFIT = Judged(Result.FIT), Judged(Result.PARTLY), Judged(Result.UNFIT)
REQUIRED = Judged(Result.UNFIT, required=True)
DAY = dt.date(2026, 4, 20)
IN_TIME, LATE = Plan(DAY, DAY, True), Plan(DAY, DAY + dt.timedelta(1), True)
A, B, C = Grade.A, Grade.B, Grade.C


@pytest.mark.parametrize(
    ("items", "plans", "days_late", "grade", "codes"),
    [
        ([FIT, Judged(Result.NONE)], [], 0, A, []),
        ([FIT], [], -4, A, []),
        ([FIT], [IN_TIME], 0, A, []),
        ([PARTLY, FIT], [], 0, B, ["partly"]),
        ([UNFIT, UNFIT], [], 0, B, ["unfit"]),
        ([UNFIT, UNFIT, UNFIT], [], 0, C, ["unfit"]),
        ([REQUIRED], [], 0, C, ["required_unfit", "unfit"]),
        ([Judged(Result.PARTLY, required=True)], [], 0, B, ["partly"]),
        ([FIT], [LATE], 0, B, ["plan_late"]),
        ([FIT], [Plan(DAY, None, False)], 0, C, ["unconfirmed"]),
        ([FIT], [], 1, B, ["report_late"]),
        ([FIT], [], 7, B, ["report_late"]),
        ([FIT], [], 8, C, ["report_late"]),
    ],
)
def test_the_worst_reason_gives_the_grade(
    items: list[Judged], plans: list[Plan], days_late: int, grade: Grade, codes: list[str]
) -> None:
    graded = grade_of(items, plans, days_late=days_late)
    assert (graded.grade, [reason.code for reason in graded.reasons]) == (grade, codes)


@given(st.lists(st.builds(Judged, st.sampled_from(Result), st.booleans())), st.integers(-5, 30))
def test_one_more_thing_wrong_never_gives_a_better_grade(items: list[Judged], days_late: int) -> None:
    before = grade_of(items, [], days_late=days_late).grade
    assert grade_of([*items, UNFIT], [], days_late=days_late).grade >= before


@pytest.mark.parametrize(
    ("months", "grade"),
    [
        ([], None),
        ([A] * 12, A),
        ([A] * 11 + [B], A),
        ([A] * 10 + [B, B], B),
        ([A] * 11 + [C], B),
        ([A] * 9 + [C] * 3, C),
        ([B], B),
    ],
)
def test_a_year_is_proposed_from_its_months(months: list[Grade], grade: Grade | None) -> None:
    assert year_grade(months) is grade
