"""A roster that is pasted from a spreadsheet: its lines become rows, or keep their text with what is wrong."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules.roster_entry import MOST_MEMBERS
from apps.registrants.rules.roster_paste import Line, LineFault, read_pasted

TODAY = dt.date(2026, 4, 1)


def read(text: str, room: int = MOST_MEMBERS) -> tuple[Line, ...]:
    return read_pasted(text, TODAY, room=room).lines


def pasted(text: str, room: int = MOST_MEMBERS) -> list[tuple[str, ...] | LineFault | None]:
    return [line.cells or line.fault for line in read(text, room)]


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
    found = read(text, 5)
    assert [(line.number, line.fault) for line in found] == [
        (1, LineFault.TOO_MANY_COLUMNS),
        (2, LineFault.NAME_MISSING),
        (3, LineFault.NO_SUCH_RESIDENCE),
    ]
    assert [line.text for line in found] == text.split("\n")


def test_what_has_no_room_is_told_and_kept() -> None:
    assert pasted("ア\nイ\nウ", room=2)[2] == LineFault.TOO_MANY_LINES


def test_headings_tell_which_column_is_which_and_others_are_left_out() -> None:
    text = "No.\t居住区分\t氏名\tふりがな\t住所\t年齢\t備考\n1\t在勤\t見本太郎\tみほんたろう\t架空町1\t70\t会長\n"
    assert pasted(text) == [("見本太郎", "みほんたろう", "70", "worker", "")]
    assert read_pasted(text, TODAY, room=9).heading == text.split("\n", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("born", "age", "found"),
    [
        ("S23.4.1", "78", "S23.4.1"),
        ("S23.4.1", "77歳", "S23.4.1"),
        ("S23.4.1", "", "S23.4.1"),
        ("", "78", "78"),
        ("いつか", "78", "いつか"),
        ("S23.4.1", "87", LineFault.AGE_DIFFERS),
    ],
)
def test_an_age_beside_a_birth_date_is_held_against_it(born: str, age: str, found: str | LineFault) -> None:
    [cells] = pasted(f"氏名\t生年月日\t年齢\n見本太郎\t{born}\t{age}")
    assert (cells[2] if isinstance(cells, tuple) else cells) == found


def test_a_cell_in_quotation_marks_may_go_over_lines_or_hold_what_parts_columns() -> None:
    text = '"見本\n太郎"\tミホンタロウ\t70\t在住\n"架空, 花子",カクウハナコ,70,在住'
    assert pasted(text) == [
        ("見本 太郎", "ミホンタロウ", "70", "resident", ""),
        ("架空, 花子", "カクウハナコ", "70", "resident", ""),
    ]


def test_a_lone_quotation_mark_takes_no_other_line_with_it() -> None:
    assert [cells[0] for cells in pasted('"見本太郎\tミホン\n架空花子\tカクウ') if isinstance(cells, tuple)] == [
        '"見本太郎',
        "架空花子",
    ]


@given(st.text('見本\t,"\r\n1氏名年齢在住　 \x00', max_size=60), st.integers(0, 3))
def test_no_line_is_lost(text: str, room: int) -> None:
    found = read_pasted(text, TODAY, room=room)
    lines = text.splitlines()
    kept = [line.text for line in found.lines]
    assert all(text in "\n".join(lines) for text in [*kept, found.heading])
    assert len([line for line in found.lines if line.fault is None]) <= room
