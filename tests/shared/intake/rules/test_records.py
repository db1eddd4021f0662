"""Rows of a file: nothing is skipped, whatever its quotation marks do."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.intake.rules.records import delimiter_of, fitted, headings, rows, surplus_of, swallows_a_row

CELL = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters='",\n'), max_size=8)


def read(text: str) -> list[tuple[int, list[str], bool]]:
    return [(row.line, row.cells, row.is_broken) for row in rows(text.splitlines(keepends=True), ",")]


def test_each_row_comes_with_the_line_on_which_it_begins() -> None:
    assert read('a,b\n"x\ny",z\n\nlast,1\n') == [
        (1, ["a", "b"], False),
        (2, ["x\ny", "z"], False),
        (5, ["last", "1"], False),
    ]


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\r", "\r\n"])
def test_what_other_programs_put_for_a_line_end_within_a_cell_stays_within_it(sign: str) -> None:
    found = rows([f'1,"a{sign}b",c\n', "2,d,e\n"], ",")
    assert [(row.cells[1], row.is_broken) for row in found] == [(f"a{sign}b", False), ("d", False)]


def test_a_quotation_mark_without_a_pair_costs_its_own_line_only() -> None:
    found = read('a,"b\n' + "".join(f"{number},x\n" for number in range(60)))
    assert found[0] == (1, ["a", '"b'], True)
    assert [(line, cells) for line, cells, _ in found[1:]] == [(number + 2, [str(number), "x"]) for number in range(60)]


def test_a_cell_that_is_never_closed_is_given_up_before_much_of_it_is_in_memory() -> None:
    taken = 0

    def lines() -> Iterator[str]:
        nonlocal taken
        yield 'a,"b\n'
        for _ in range(50):
            taken += 1
            yield "x" * 999_999 + "\n"

    found = rows(lines(), ",")
    assert (next(found).is_broken, taken) == (True, 2)
    assert len(list(found)) == 50


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=8))
def test_what_a_program_wrote_as_csv_is_read_as_it_was(table: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    lines = io.StringIO(text.getvalue(), newline="\n").readlines()
    written = [row for row in table if any(cell.strip() for cell in row)]
    assert [row.cells for row in rows(lines, ",")] == written


@given(st.text(st.characters(codec="utf-8", include_characters='",\n'), max_size=200))
def test_no_written_line_is_lost(text: str) -> None:
    lines = io.StringIO(text, newline="\n").readlines()
    found = list(rows(lines, ","))
    kept = "".join("".join(row.cells) for row in found)
    assert sorted(char for char in kept if char.isalnum()) == sorted(char for char in text if char.isalnum())


@pytest.mark.parametrize(
    ("header", "delimiter"), [("a,b,c", ","), ("a\tb\tc", "\t"), ("a;b", ";"), ('"a,b"\tc\td', "\t"), ("alone", ",")]
)
def test_the_delimiter_is_what_separates_the_headings(header: str, delimiter: str) -> None:
    assert delimiter_of(header) == delimiter


def test_every_column_has_a_name_of_its_own() -> None:
    assert headings(["電話", "", "電話", " 電話 "]) == ["電話", "列2", "電話（2）", "電話（3）"]
    assert headings(["電話（2）", "電話", "電話"]) == ["電話（2）", "電話", "電話（3）"]


@given(st.lists(st.sampled_from(["電話", "電話（2）", "電話（3）", "列1", "列2", "", " "]) | CELL, max_size=12))
def test_no_two_columns_are_called_alike(cells: list[str]) -> None:
    assert len(set(headings(cells))) == len(cells)


@pytest.mark.parametrize(
    ("cells", "is_told"),
    [
        (["1001", "架空　太郎,ｶｸｳ,有効\n1002,架空　花子", "ｶｸｳ", "有効"], True),
        (["1001", "架空市架空町\n1番地,101号室", "ｶｸｳ", "有効"], False),
        (["1001", "架空市架空町,1番地,2号棟,101号室", "ｶｸｳ", "有効"], False),
    ],
)
def test_a_row_that_another_row_has_swallowed_is_noticed(cells: list[str], is_told: bool) -> None:
    assert swallows_a_row(cells, ",") is is_told


def test_empty_cells_with_which_all_rows_end_are_forgiven_and_others_are_not() -> None:
    assert surplus_of(["a", "b", "", " "], 2) == 2
    assert surplus_of(["a", "b", "", "c"], 2) == surplus_of(["a"], 2) == 0
    assert fitted(["a", "b", "", " "], 2, 2) == fitted(["a", "b"], 2, 2) == ["a", "b"]
    assert fitted(["a", "b", "c"], 2, 1) is None
    assert fitted(["a"], 2, 0) is None


def test_a_comma_in_an_address_before_an_empty_last_cell_does_not_pass_for_a_row_that_fits() -> None:
    assert fitted(["1001", "架空市架空町1番地", "2号室", "0476-00-0101", ""], 4, 0) is None
    assert fitted(["1001", "架空市架空町1番地", "2号室", "0476-00-0101", "", ""], 4, 1) is None
