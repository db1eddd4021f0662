"""Reading rows: lines, quotation marks, twins."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.catalogue.reading import open_catalogue
from shared.catalogue.rules.problems import FileRefusedError, Problem
from shared.catalogue.rules.rows import Entry
from tests.shared.catalogue.files import CITY, facility, file_of, text_of, written


def found_in(path: Path) -> list[Entry | Problem]:
    return list(open_catalogue(path).entries())


def problems_in(path: Path) -> list[tuple[str, int, str]]:
    return [(one.code, one.line, one.column) for one in found_in(path) if isinstance(one, Problem)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_read(tmp_path: Path, line_end: str) -> None:
    path = written(tmp_path, text_of([facility(), facility(NO="2")], line_end=line_end))
    assert [one.number for one in found_in(path) if isinstance(one, Entry)] == ["0001", "2"]


def test_a_cell_may_have_several_lines(tmp_path: Path) -> None:
    [entry] = found_in(file_of(tmp_path, facility(説明='一行目\r\n二行目, "引用"')))
    assert isinstance(entry, Entry)
    assert entry.values["description"] == '一行目\n二行目, "引用"'


def test_lines_are_counted_as_an_editor_does_after_a_cell_of_several_lines(tmp_path: Path) -> None:
    path = file_of(tmp_path, facility(説明="一\n二\n三"), facility(NO="2", 電話番号="x"))
    assert problems_in(path) == [("no_phone", 5, "電話番号")]


def test_blank_rows_are_no_facilities(tmp_path: Path) -> None:
    path = written(tmp_path, text_of([facility()]) + "\r\n,,,\r\n" + "," * 23 + "\r\n　\r\n")
    assert len(found_in(path)) == 1


def test_full_width_figures_make_the_same_facility(tmp_path: Path) -> None:
    path = file_of(tmp_path, facility(NO="12"), facility(NO="１２"))
    assert found_in(path)[1] == Problem("number_twice", 3, "NO", {"number": "12", "line": 2})


def test_the_same_number_in_two_cities_is_two_facilities(tmp_path: Path) -> None:
    path = file_of(tmp_path, facility(), facility(都道府県コード又は市区町村コード="121002"))
    assert problems_in(path) == []


def test_a_broken_quotation_mark_is_told_and_the_next_row_still_read(tmp_path: Path) -> None:
    path = written(tmp_path, text_of([facility()]) + '122319,"2"x,\r\n' + "122319,3\r\n")
    assert problems_in(path) == [("broken_quotes", 3, ""), ("wrong_number_of_cells", 4, "")]


def test_a_quotation_mark_that_is_not_closed_is_told_where_it_opens(tmp_path: Path) -> None:
    path = written(tmp_path, text_of([facility()]) + '122319,"2,\r\n122319,3\r\n')
    assert problems_in(path) == [("broken_quotes", 3, "")]


def test_a_header_may_follow_blank_lines(tmp_path: Path) -> None:
    assert len(found_in(written(tmp_path, "\r\n" + text_of([facility()])))) == 1


@pytest.mark.parametrize(("text", "code"), [("\r\n\r\n", "empty_file"), ('"NO', "broken_quotes")])
def test_a_file_without_a_header_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        open_catalogue(written(tmp_path, text))
    assert [problem.code for problem in refused.value.problems] == [code]


def test_the_same_rows_are_read_from_every_encoding(tmp_path: Path) -> None:
    rows = [facility(備考="①髙﨑"), facility(NO="2")]
    read = [found_in(file_of(tmp_path, *rows, encoding=name)) for name in ("utf-8", "utf-8-sig", "cp932")]
    assert read[0] == read[1] == read[2]
    assert isinstance(read[0][0], Entry)
    assert read[0][0].municipality_code == CITY
