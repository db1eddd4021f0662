"""A roster as it is typed or pasted."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules.entry import EntryError
from apps.registrants.rules.roster_entry import (
    MOST_MEMBERS,
    Born,
    LineFault,
    MemberEntry,
    read_born,
    read_pasted,
    residence_of,
)

TODAY = dt.date(2026, 4, 1)


def pasted(text: str, room: int = MOST_MEMBERS) -> list[tuple[str, ...] | LineFault | None]:
    return [line.cells or line.fault for line in read_pasted(text, room=room)]


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


def test_lines_from_a_spreadsheet_become_rows() -> None:
    text = "見本　太郎\tミホン　タロウ\tS23.4.1\t市内在住\t0476-00-0001\r\n架空 花子\t\t70歳\t在勤\n"
    assert pasted(text) == [
        ("見本　太郎", "ミホン　タロウ", "S23.4.1", "resident", "0476-00-0001"),
        ("架空 花子", "", "70歳", "worker", ""),
    ]


def test_headings_running_numbers_and_empty_lines_go() -> None:
    text = "No.\t氏名\tフリガナ\n\n1\t見本太郎\tミホンタロウ\n\t\t\n２\t架空花子\tカクウハナコ\t\t\t\t\n"
    assert [cells[0] for cells in pasted(text) if isinstance(cells, tuple)] == ["見本太郎", "架空花子"]


def test_a_line_without_tabs_is_parted_by_commas() -> None:
    assert pasted("見本太郎,ミホンタロウ,70,市外") == [("見本太郎", "ミホンタロウ", "70", "outside", "")]


def test_a_name_alone_is_enough() -> None:
    assert pasted("見本太郎") == [("見本太郎", "", "", "", "")]


def test_a_line_that_cannot_become_a_row_keeps_its_number_and_text() -> None:
    text = "見本太郎\ta\tb\tc\td\te\n\tミホン\n架空花子\t\t\t火星"
    found = read_pasted(text, room=5)
    assert [(line.number, line.fault) for line in found] == [
        (1, LineFault.TOO_MANY_COLUMNS),
        (2, LineFault.NAME_MISSING),
        (3, LineFault.NO_SUCH_RESIDENCE),
    ]
    assert [line.text for line in found] == text.split("\n")


def test_what_has_no_room_is_told_and_kept() -> None:
    assert pasted("ア\nイ\nウ", room=2)[2] == LineFault.TOO_MANY_LINES


@pytest.mark.parametrize(
    ("word", "code"),
    [("市内在住", "resident"), ("在 勤", "worker"), ("学", "student"), ("その他", "outside"), ("", ""), ("県内", None)],
)
def test_residences_are_read_as_rosters_write_them(word: str, code: str | None) -> None:
    assert residence_of(word) == code


def test_an_age_carries_the_day_on_which_it_was_told() -> None:
    aged = MemberEntry("見本太郎", "", Born(age=70), "resident").member(TODAY)
    dated = MemberEntry("見本太郎", "", Born(date=TODAY), "resident").member(TODAY)
    assert (aged.told_on, dated.told_on) == (TODAY, None)


@given(st.text("見本\t,\r\n1氏名在住　 \x00", max_size=60), st.integers(0, 3))
def test_no_line_is_lost(text: str, room: int) -> None:
    found = read_pasted(text, room=room)
    lines = text.splitlines()
    assert all(lines[line.number - 1] == line.text for line in found)
    assert len([line for line in found if line.fault is None]) <= room
