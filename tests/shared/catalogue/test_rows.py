"""Rules of rows."""

from __future__ import annotations

from decimal import Decimal

from shared.catalogue.models import CatalogueFacility
from shared.catalogue.rules.layout import HEADINGS, read_layout
from shared.catalogue.rules.problems import Problem
from shared.catalogue.rules.rows import CODE_LENGTHS, LENGTHS, PARSERS, WAYS_TO_SAY, Entry, read_row
from tests.shared.catalogue.files import CITY, NEWER, OLDER, facility

LAYOUT = read_layout(OLDER, code_given=False)


def read(city_code: str = "", **cells: str) -> Entry | list[Problem]:
    row = facility(**cells)
    return read_row(LAYOUT, [row.get(heading, "") for heading in OLDER], 7, city_code=city_code)


def entry(city_code: str = "", **cells: str) -> Entry:
    found = read(city_code, **cells)
    assert isinstance(found, Entry)
    return found


def newer(**cells: str) -> Entry:
    row = {"全国地方公共団体コード": CITY, "ID": "A1", "名称": "架空館", "名称_カナ": "カクウカン", **cells}
    found = read_row(read_layout(NEWER, code_given=False), [row.get(heading, "") for heading in NEWER], 2)
    assert isinstance(found, Entry)
    return found


def test_a_row_of_the_older_set_is_an_entry() -> None:
    found = entry(緯度="35.8", 経度="140.1", 終了時間="21:00")
    assert found.key == (CITY, "0001")
    assert found.values["name"] == "架空市民体育館"
    assert (found.values["latitude"], found.values["longitude"]) == (Decimal("35.8"), Decimal("140.1"))


def test_all_problems_of_a_row_are_told_with_line_and_heading() -> None:
    assert read(電話番号="市役所", 開始時間="朝") == [
        Problem("no_phone", 7, "電話番号"),
        Problem("no_time", 7, "開始時間"),
    ]


def test_each_required_cell_that_is_empty_is_told() -> None:
    found = read(名称=" ", 名称_カナ="", 住所="　")
    assert isinstance(found, list)
    assert [(problem.code, problem.column) for problem in found] == [
        ("empty", "名称"), ("empty", "名称_カナ"), ("empty", "住所"),
    ]  # fmt: skip


def test_a_row_that_is_too_short_is_told() -> None:
    assert read_row(LAYOUT, ["122319", "1"], 3) == [Problem("wrong_number_of_cells", 3, "", {"wanted": 24, "found": 2})]


def test_a_row_with_a_cell_too_many_is_told_unless_it_is_blank() -> None:
    cells = [facility().get(heading, "") for heading in OLDER]
    assert isinstance(read_row(LAYOUT, [*cells, " "], 3), Entry)
    assert read_row(LAYOUT, [*cells, "x"], 3) == [Problem("wrong_number_of_cells", 3, "", {"wanted": 24, "found": 25})]


def test_one_of_two_coordinates_is_told() -> None:
    assert read(緯度="35.8") == [Problem("half_a_point", 7, "緯度")]


def test_a_row_of_another_city_is_told_when_one_is_named() -> None:
    assert read("121002") == [Problem("other_municipality", 7, "都道府県コード又は市区町村コード", {"code": "121002"})]


def test_an_empty_code_is_the_named_city() -> None:
    assert entry(CITY, 都道府県コード又は市区町村コード="").municipality_code == CITY


def test_without_a_named_city_an_empty_code_is_told() -> None:
    assert read(都道府県コード又は市区町村コード="") == [Problem("empty", 7, "都道府県コード又は市区町村コード")]


def test_the_prefecture_is_known_by_the_code() -> None:
    assert entry(都道府県名="").values["prefecture"] == "千葉県"


def test_the_city_is_known_by_the_name_of_the_public_body() -> None:
    assert newer(地方公共団体名="千葉県印西市", 所在地_連結表記="印西市架空1").values["municipality"] == "印西市"


def test_an_address_is_put_together_from_its_parts() -> None:
    found = newer(地方公共団体名="印西市", 所在地_町字="架空一丁目", 所在地_番地以下="2番地")
    assert found.values["address"] == "千葉県印西市架空一丁目2番地"


def test_a_column_that_the_file_lacks_says_nothing() -> None:
    assert "phone" not in newer(所在地_連結表記="架空1").values


def test_every_field_has_a_parser_and_every_value_a_column_in_the_catalogue() -> None:
    assert set(PARSERS) == set(HEADINGS)
    columns = {field.name for field in CatalogueFacility._meta.concrete_fields}
    assert set(HEADINGS) - set(WAYS_TO_SAY) <= columns


def test_what_a_cell_may_hold_the_catalogue_can_keep() -> None:
    lengths = {column.name: column.max_length for column in CatalogueFacility._meta.concrete_fields}
    for field, longest in (LENGTHS | CODE_LENGTHS).items():
        if field not in WAYS_TO_SAY:
            kept = lengths[field]
            assert kept is None or longest <= kept, field
