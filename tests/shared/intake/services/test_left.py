"""What the file says and no record takes: told by the check, column by column and field by field."""

from __future__ import annotations

from typing import Any

import pytest

from shared.intake.models import Job
from tests.shared.intake.files import CLUB, HANAKO, PEOPLE_HEADER, TARO, checked, csv_of, taken_in

pytestmark = pytest.mark.usefixtures("database")
CONTACTS = "緊急連絡先氏名,続柄,緊急連絡先電話"
CONTACT = "架空　花子,妻,0476-00-0199"
WIDE = f"{PEOPLE_HEADER},血液型,空の列,血液型"


def left(job: Job) -> list[tuple[str, int, list[int]]]:
    return [
        (one["params"]["column"], one["count"], one["lines"])
        for one in job.warnings
        if one["code"] == "row_column_left"
    ]


def out(job: Job) -> set[tuple[str, int]]:
    return {(one["field"], one["count"]) for one in job.warnings if one["code"] == "row_left_out"}


def test_a_column_that_no_field_uses_is_told_with_the_rows_in_which_something_stands() -> None:
    job = checked(csv_of(f"{TARO},A,　,", f"{HANAKO},,,B", f"{CLUB},O, ,AB", header=WIDE))
    assert left(job) == [("血液型", 2, [2, 4]), ("血液型（2）", 2, [3, 4])]
    assert left(checked(csv_of(TARO, HANAKO))) == []


def test_the_first_few_lines_of_a_column_are_told_and_all_its_rows_are_counted() -> None:
    lines = [f"{TARO.replace('1001', str(number))},A,," for number in range(30)]
    assert left(checked(csv_of(*lines, header=WIDE))) == [("血液型", 30, [2, 3, 4, 5, 6])]


def test_a_run_tells_it_too() -> None:
    assert left(taken_in(csv_of(f"{TARO},A,,", header=WIDE))) == [("血液型", 1, [2])]


def test_a_column_of_an_item_that_is_not_collected_here_is_told() -> None:
    header = f"{PEOPLE_HEADER},性別"
    job = checked(csv_of(f"{TARO},男", header=header))
    assert left(job) == [("性別", 1, [2])]


def test_what_a_group_or_an_individual_does_not_have_is_told() -> None:
    group = f"{CLUB.replace('ｼﾞﾛｳ,,', 'ｼﾞﾛｳ,S40.1.1,')},{CONTACT}"
    job = checked(csv_of(group, f"{TARO},{CONTACT}", header=f"{PEOPLE_HEADER},{CONTACTS}"))
    assert out(job) == {("birth_date", 1), ("contact1_name", 1), ("contact1_relation", 1), ("contact1_phone", 1)}
    person = TARO.replace("個人,,", "個人,架空体操の会,")
    assert out(checked(csv_of(person))) == {("group_name", 1)}


@pytest.mark.parametrize(
    ("right", "told"), [("特認", set()), ("年齢", {("special_reason", 1)}), ("", {("special_reason", 1)})]
)
def test_the_reason_of_an_exception_that_is_none_is_told(right: str, told: set[Any]) -> None:
    taken_in(csv_of(TARO))
    header = "カード番号,利用者番号,カード種別,交付日,資格区分,備考"
    assert out(checked(csv_of(f"K-1,1001,登録証,H25.5.1,{right},覚え書き", header=header), kind="cards")) == told
