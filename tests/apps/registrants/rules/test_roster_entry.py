"""A row of a roster as it is typed."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.registrants.rules.entry import EntryError
from apps.registrants.rules.roster_entry import Born, MemberEntry, read_born, residence_of

TODAY = dt.date(2026, 4, 1)


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("S23.4.1", Born(date=dt.date(1948, 4, 1))),
        ("昭和23年4月1日", Born(date=dt.date(1948, 4, 1))),
        ("1948-04-01", Born(date=dt.date(1948, 4, 1))),
        ("１９４８／４／１", Born(date=dt.date(1948, 4, 1))),
        ("19480401", Born(date=dt.date(1948, 4, 1))),
        ("70", Born(age=70)),
        ("７０歳", Born(age=70)),
        ("満70才", Born(age=70)),
        ("0", Born(age=0)),
    ],
)
def test_a_birth_date_or_an_age_is_read(typed: str, born: Born) -> None:
    assert read_born(typed, TODAY) == born


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("130", "too_long_ago"),
        ("S65.4.1", "outside_era"),
        ("2026-04-02", "in_future"),
        ("七十", "date_unreadable"),
        ("-5", "date_unreadable"),
        ("", "missing"),
    ],
)
def test_what_is_neither_is_told(typed: str, fault: str) -> None:
    with pytest.raises(EntryError) as told:
        read_born(typed, TODAY)
    assert told.value.code == fault


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("市内在住", "resident"),
        ("在 勤", "worker"),
        ("学", "student"),
        ("その他", "outside"),
        ("市民", "resident"),
        ("", ""),
        ("県内", None),
    ],
)
def test_residences_are_read_as_rosters_write_them(word: str, code: str | None) -> None:
    assert residence_of(word) == code


def test_an_age_carries_the_day_on_which_it_was_told() -> None:
    aged = MemberEntry("見本太郎", "", Born(age=70), "resident").member(TODAY)
    dated = MemberEntry("見本太郎", "", Born(date=TODAY), "resident").member(TODAY)
    assert (aged.told_on, dated.told_on) == (TODAY, None)
