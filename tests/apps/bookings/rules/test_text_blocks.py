from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.text_blocks import NoTextBlockError, TextBlock, UnknownFieldError, in_force


def block(version: int, effective_from: date, text: str = "{mayor}に") -> TextBlock:
    return TextBlock("notice", version, effective_from, "見出し", (text,))


FIRST = block(1, date(2016, 4, 1))
SECOND = block(2, date(2026, 4, 1))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2016, 4, 1), FIRST),
        (date(2026, 3, 31), FIRST),
        (date(2026, 4, 1), SECOND),
        (date(2030, 1, 1), SECOND),
    ],
)
def test_the_version_that_began_last_is_in_force(on: date, expected: TextBlock) -> None:
    assert in_force("notice", on=on, blocks=(SECOND, FIRST)) is expected


def test_a_correction_from_the_same_day_wins_by_its_version() -> None:
    correction = block(3, date(2026, 4, 1))

    assert in_force("notice", on=date(2026, 4, 1), blocks=(correction, SECOND)) is correction


def test_before_the_first_version_there_is_none() -> None:
    with pytest.raises(NoTextBlockError):
        in_force("notice", on=date(2016, 3, 31), blocks=(FIRST, SECOND))


def test_a_block_of_another_name_does_not_answer() -> None:
    with pytest.raises(NoTextBlockError):
        in_force("other", on=date(2026, 4, 1), blocks=(FIRST, SECOND))


@given(st.text())
def test_a_value_is_set_as_it_is_whatever_it_holds(value: str) -> None:
    assert FIRST.filled({"mayor": value}) == (f"{value}に",)


@pytest.mark.parametrize(
    "text", ["{unknown}", "{mayor.__class__}", "{mayor[0]}", "{mayor!r}", "{mayor:>9}", "{}", "{0}"]
)
def test_a_block_that_asks_for_more_than_a_given_name_is_refused(text: str) -> None:
    with pytest.raises(UnknownFieldError):
        block(1, date(2016, 4, 1), text).filled({"mayor": "印西市長"})
