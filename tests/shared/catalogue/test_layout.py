"""Rules of the header."""

from __future__ import annotations

import pytest

from shared.catalogue.rules.layout import HEADINGS, fold, read_layout
from shared.catalogue.rules.problems import FileRefusedError, Problem
from tests.shared.catalogue.files import NEWER, OLDER


def problems_of(headings: tuple[str, ...], *, code_given: bool = False) -> tuple[Problem, ...]:
    with pytest.raises(FileRefusedError) as refused:
        read_layout(headings, code_given=code_given)
    return refused.value.problems


def test_every_column_of_the_older_set_means_something() -> None:
    assert read_layout(OLDER, code_given=False).ignored == ()


def test_columns_of_the_newer_set_that_mean_nothing_here_are_told() -> None:
    layout = read_layout(NEWER, code_given=False)
    assert layout.ignored == ("高度の種別", "画像")
    assert layout.columns["address"] == NEWER.index("所在地_連結表記")


def test_width_case_and_spaces_of_a_heading_do_not_matter() -> None:
    sloppy = tuple({"NO": "ｎｏ", "名称_カナ": "名称＿カナ", "URL": " url "}.get(name, name) for name in OLDER)
    assert read_layout(sloppy, code_given=False).columns == read_layout(OLDER, code_given=False).columns


def test_each_missing_required_column_is_named() -> None:
    found = problems_of(("NO", "名称", "電話番号"))
    assert [problem.column for problem in found] == ["都道府県コード又は市区町村コード", "名称_カナ", "住所"]
    assert {problem.code for problem in found} == {"heading_missing"}


def test_the_code_column_may_be_missing_when_the_city_is_named() -> None:
    assert "municipality_code" not in read_layout(OLDER[1:], code_given=True).columns


def test_an_address_in_parts_stands_for_the_whole() -> None:
    assert "address" not in read_layout(("ID", "名称", "名称_カナ", "所在地_町字"), code_given=True).columns


def test_a_heading_that_stands_twice_is_refused() -> None:
    assert problems_of((*OLDER, "備 考")) == (Problem("heading_twice", 1, "備 考"),)


def test_of_two_headings_for_one_field_the_usual_one_is_read() -> None:
    layout = read_layout(("所在地_連結表記", *OLDER), code_given=False)
    assert layout.heading("address") == "住所"
    assert layout.ignored == ("所在地_連結表記",)


def test_empty_headings_at_the_end_are_no_columns() -> None:
    assert read_layout((*OLDER, "", ""), code_given=False).ignored == ()


def test_no_heading_means_two_fields() -> None:
    spellings = [fold(name) for names in HEADINGS.values() for name in names]
    assert len(spellings) == len(set(spellings))
