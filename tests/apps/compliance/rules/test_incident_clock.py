"""Days are counted from the day that the fact became known, which is day 1; the last of 確報 moves to a working day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.compliance.rules.incident_clock import (
    Light,
    day_light,
    deadlines,
    first_word,
    first_word_due,
    form_due,
    moment_light,
)
from kernel.businessdays import is_business_day
from kernel.clock import TOKYO


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("known", "is_unlawful", "prompt", "counted", "final"),
    [
        ("2026-04-01", False, "2026-04-05", "2026-04-30", "2026-04-30"),  # the 5th is a Sunday: 速報 does not wait
        ("2026-04-02", False, "2026-04-06", "2026-05-01", "2026-05-01"),
        ("2026-04-03", False, "2026-04-07", "2026-05-02", "2026-05-07"),  # Saturday, then four holidays in a row
        ("2026-01-30", False, "2026-02-03", "2026-02-28", "2026-03-02"),  # a short month; a Saturday
        ("2028-01-31", False, "2028-02-04", "2028-02-29", "2028-02-29"),  # a leap day
        ("2026-12-01", False, "2026-12-05", "2026-12-30", "2027-01-04"),  # the offices rest over New Year
        ("2026-12-10", False, "2026-12-14", "2027-01-08", "2027-01-08"),
        ("2026-04-01", True, "2026-04-05", "2026-05-30", "2026-06-01"),  # the 60th is a Saturday
        ("2026-11-05", True, "2026-11-09", "2027-01-03", "2027-01-04"),
        ("2027-12-31", True, "2028-01-04", "2028-02-28", "2028-02-28"),
    ],
)
def test_the_days_are_counted(known: str, is_unlawful: bool, prompt: str, counted: str, final: str) -> None:
    due = deadlines(day(known), is_unlawful=is_unlawful)
    assert (due.prompt, due.final_counted, due.final) == (day(prompt), day(counted), day(final))


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)), st.booleans())
def test_the_last_day_of_the_final_report_is_a_working_day_and_never_earlier(known: dt.date, unlawful: bool) -> None:
    due = deadlines(known, is_unlawful=unlawful)
    assert is_business_day(due.final)
    assert (due.final_counted - known).days == (59 if unlawful else 29)
    assert dt.timedelta() <= due.final - due.final_counted <= dt.timedelta(days=11)
    assert due.prompt_aim <= due.prompt <= due.final


@pytest.mark.parametrize(
    ("done", "today", "light"),
    [
        ("2026-04-30", "2026-05-09", Light.DONE),
        ("2026-05-01", "2026-05-09", Light.DONE_LATE),
        (None, "2026-04-27", Light.RUNNING),
        (None, "2026-04-28", Light.SOON),
        (None, "2026-04-30", Light.SOON),
        (None, "2026-05-01", Light.OVERDUE),
    ],
)
def test_a_clock_runs_through_its_last_day(done: str | None, today: str, light: Light) -> None:
    assert day_light(day("2026-04-30"), day(done) if done else None, day(today)) is light


@pytest.mark.parametrize(
    ("phoned", "reported", "light"),
    [
        ("2026-04-01T10:00", "2026-04-01T17:00", Light.DONE),
        ("2026-04-01T10:01", "2026-04-01T10:02", Light.DONE_LATE),
        (None, "2026-04-01T10:00", Light.DONE),
        (None, "2026-04-01T10:01", Light.DONE_LATE),
    ],
)
def test_the_city_hears_within_the_hour_by_telephone_or_by_the_report(
    phoned: str | None, reported: str, light: Light
) -> None:
    word = first_word(moment(phoned) if phoned else None, moment(reported))
    assert moment_light(first_word_due(moment("2026-04-01T09:00")), word, moment("2026-04-02T09:00")) is light


@pytest.mark.parametrize(
    ("noticed", "due"),
    [("2026-04-01T09:00", "2026-04-02T00:00"), ("2026-04-01T23:30", "2026-04-02T00:30")],
)
def test_the_written_report_is_due_the_same_day_and_never_before_the_hour_is_over(noticed: str, due: str) -> None:
    assert form_due(moment(noticed)) == moment(due)
