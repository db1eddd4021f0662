from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.translation import override

from shared.frame.marks import SIGNS, Mark
from shared.frame.templatetags import frame


def rendered(source: str, **context: object) -> str:
    return Template("{% load frame %}" + source).render(Context(context))


def test_a_day_is_shown_in_the_japanese_era_with_its_weekday() -> None:
    assert frame.wareki(date(2026, 4, 1)) == "令和8年4月1日（水）"
    assert (frame.born(date(1948, 4, 1)), frame.born(None)) == ("昭和23年4月1日", "")


def test_a_day_is_shown_in_english_words_to_an_english_reader() -> None:
    with override("en"):
        assert frame.wareki(date(2026, 4, 1)) == "Wed 1 Apr 2026"
        assert frame.born(date(1948, 4, 1)) == "1 Apr 1948"


def test_an_instant_is_shown_as_the_day_in_tokyo() -> None:
    assert frame.wareki(datetime(2026, 3, 31, 15, 0, tzinfo=UTC)) == "令和8年4月1日（水）"


def test_an_instant_is_shown_as_the_time_in_tokyo() -> None:
    assert frame.clock(datetime(2026, 3, 31, 15, 5, tzinfo=UTC)) == "0:05"


def test_a_time_has_no_leading_zero() -> None:
    assert frame.clock(time(9, 0)) == "9:00"


def test_a_sum_is_grouped_and_has_its_unit() -> None:
    assert frame.yen(12000) == "12,000円"


def test_a_sum_has_the_sign_before_it_in_english() -> None:
    with override("en"):
        assert frame.yen(12000) == "¥12,000"


@pytest.mark.parametrize("show", [frame.wareki, frame.clock, frame.yen, frame.grouped, frame.masked_phone])
def test_what_is_not_there_is_shown_as_nothing(show: Callable[[None], str]) -> None:
    assert show(None) == ""


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("0476-00-1234", "0476-••-••34"),
        ("090-0000-1234", "090-••••-••34"),
        ("(0476)00-1234", "(0476)••-••34"),
        ("0476001234", "••••••••34"),
        ("12", "12"),
    ],
)
def test_a_telephone_number_keeps_its_first_group_and_last_two_digits(number: str, masked: str) -> None:
    assert frame.masked_phone(number) == masked


@pytest.mark.parametrize("code", list(Mark))
def test_a_mark_has_its_word_beside_its_sign(code: Mark) -> None:
    shown = frame.mark(code)
    assert f'aria-hidden="true">{SIGNS[code].sign}</span>' in shown
    assert f">{SIGNS[code].word}</span>" in shown


def test_a_taken_slot_says_booked_where_a_full_day_says_no_vacancy() -> None:
    assert ("予約あり" in frame.mark("full", slot=True), "予約あり" in frame.mark("full")) == (True, False)


def test_a_mark_is_said_in_the_readers_language() -> None:
    japanese = frame.mark("free")
    with override("en"):
        english = frame.mark("free")
    assert (">空き<" in japanese, ">Vacant<" in english) == (True, True)


def test_an_unknown_mark_is_a_bug_and_not_a_blank() -> None:
    with pytest.raises(ValueError, match="vacant"):
        frame.mark("vacant")


def test_the_short_word_of_a_mark_fits_a_calendar_on_a_phone() -> None:
    assert [code for code, sign in SIGNS.items() if len(str(sign.short)) > 3] == []


def test_a_badge_escapes_its_word() -> None:
    assert "&lt;b&gt;" in rendered("{% badge word %}", word="<b>")


def test_a_bar_never_leaves_its_ground() -> None:
    assert 'width="100.0%"' in rendered("{% bar 250 %}")


def test_the_time_left_is_shown_before_any_script_runs() -> None:
    now = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
    assert frame.time_left(now.replace(minute=12, second=5), now) == "12分05秒"


def test_the_time_left_of_a_hold_that_ran_out_is_zero() -> None:
    now = datetime(2026, 4, 1, 0, 5, tzinfo=UTC)
    assert frame.time_left(now.replace(minute=0), now) == "0分00秒"


def test_the_page_numbers_leave_gaps() -> None:
    page = Paginator(range(200), 10).page(10)
    assert frame.page_numbers(page) == [1, None, 8, 9, 10, 11, 12, None, 20]
