"""Times of day of other systems: read where one thing only can be meant."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.intake.rules.cells import UnfitError
from shared.intake.rules.times import minute_of_day
from tests.shared.intake.rules.test_numerals import spelt

FIGURES = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        ("９時", 9, 0),
        ("9:30:00", 9, 30),
        ("0900", 9, 0),
        ("900", 9, 0),
        ("093000", 9, 30),
        ("24:00", 24, 0),
        ("2400", 24, 0),
        ("0:00", 0, 0),
        ("午前9時", 9, 0),
        ("午後1時30分", 13, 30),
        ("午後 １：３０", 13, 30),
        ("午前0時", 0, 0),
        ("午後0時30分", 12, 30),
        ("正午", 12, 0),
        ("9時半", 9, 30),
        ("午後九時半", 21, 30),
        ("二十一時三十分", 21, 30),
        ("PM 5:15", 17, 15),
        ("11:59 am", 11, 59),
        ("12:00", 12, 0),
        ("9時5分", 9, 5),
        ("2018/05/10 09:30", 9, 30),
        ("2018-5-10T9:30:00", 9, 30),
        ("2018年5月10日 午前9時30分", 9, 30),
    ],
)
def test_a_time_is_read_in_the_forms_that_occur(written: str, hour: int, minute: int) -> None:
    assert minute_of_day(written) == 60 * hour + minute


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("午前12時", "row_time_twelve"),
        ("午後12時30分", "row_time_twelve"),
        ("PM12:00", "row_time_twelve"),
        ("午前正午", "row_time_twelve"),
        ("午前13時", "row_time"),
        ("午後24時", "row_time"),
        ("午前午後9時", "row_time"),
        ("翌1:00", "row_time_next_day"),
        ("翌日1時", "row_time_next_day"),
        ("25:00", "row_time_next_day"),
        ("24:30", "row_time_next_day"),
        ("9:3", "row_time"),  # 9:03, or 9:30 of which something was eaten
        ("9:60", "row_time"),
        ("99:00", "row_time"),
        ("朝", "row_time"),
        ("9.5", "row_time"),
        ("0.375", "row_time"),
        ("9時頃", "row_time"),
        ("9:00～12:00", "row_time"),
        ("9" * 100, "row_time"),
    ],
)
def test_what_could_be_meant_in_two_ways_or_makes_no_sense_is_not_read(written: str, code: str) -> None:
    with pytest.raises(UnfitError) as refused:
        minute_of_day(written)
    assert refused.value.code == code


@pytest.mark.parametrize("written", ["", " ", "　", "2018/05/10 "])
def test_no_time_is_no_time(written: str) -> None:
    assert minute_of_day(written) is None


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_minute_of_a_day_is_read_alike_in_all_forms(hour: int, minute: int) -> None:
    half = "午前" if hour < 12 else "午後"
    forms = [f"{hour}:{minute:02}", f"{hour:02}{minute:02}", f"{hour}時{minute}分", f"{half}{hour % 12}時{minute}分"]
    forms += [forms[0].translate(FIGURES), f"{half}{spelt(hour % 12)}時{spelt(minute)}分", f"{hour:02}:{minute:02}:59"]
    assert {minute_of_day(form) for form in forms} == {60 * hour + minute}


@given(st.text("0123456789:時分半正午前後翌AMPM十二 ", max_size=12) | st.text(max_size=70))
def test_a_time_is_within_its_day_or_refused(written: str) -> None:
    with suppress(UnfitError):
        assert minute_of_day(written) in {None, *range(24 * 60 + 1)}
