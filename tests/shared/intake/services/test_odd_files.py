"""The odd files of old systems, from the upload to the run: read as they were meant, or on the list; never misread."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from apps.bookings.models import PastBooking
from apps.registrants.models import Registrant
from shared.intake.models import Job
from tests import factories
from tests.shared.intake.files import CLUB, HANAKO, PEOPLE_HEADER, TARO, csv_of, rejected, taken_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
GROUPS = "団体番号,団体名,代表者名"
USES = "予約番号,利用日,室場,開始時刻,終了時刻,人数,使用料,収納状況"
USE = "R-1,H30.5.10,会議室,9:00,12:00,12,500,済"
BOM = "\ufeff"


def people() -> list[tuple[str, str]]:
    """Whom there is: the source's key, and the name."""
    with as_tenant(CHUO):
        found = Registrant.objects.order_by("source_key")
        return [(str(one.source_key).split(":")[1], one.group_name or one.family_name) for one in found]


def bad(job: Job) -> list[tuple[int, str]]:
    return [(row.line, row.problems[0]["code"]) for row in rejected(job)]


def use_of(line: str) -> tuple[list[tuple[int, str]], PastBooking | None]:
    """What became of the row of a past use."""
    factories.meeting_room()
    job = taken_in(csv_of(line, header=USES), kind="uses")
    with as_tenant(CHUO):
        return bad(job), PastBooking.objects.first()


def test_the_mark_of_utf8_may_begin_any_line() -> None:
    data = (BOM + BOM).encode() + csv_of(TARO, f'{BOM}"1002"{HANAKO[4:]}', encoding="utf-8")
    assert (bad(taken_in(data)), people()) == ([], [("1001", "架空"), ("1002", "架空")])


@pytest.mark.parametrize("end", ["\x1a", "\r\n\x1a", "\r\n\x1a\x1a"])
def test_what_ends_a_file_of_old_programs_is_no_row(end: str) -> None:
    assert bad(taken_in(csv_of(TARO).removesuffix(b"\r\n") + end.encode())) == []


def test_files_that_were_put_one_behind_the_other_bring_their_headings_to_the_list() -> None:
    job = taken_in(
        csv_of("2001,架空体操の会,見本　次郎", header=GROUPS) + csv_of("2002,架空合唱団,見本　花", header=GROUPS)
    )
    assert (bad(job), people()) == ([(3, "row_headings")], [("2001", "架空体操の会"), ("2002", "架空合唱団")])


def test_a_second_line_of_headings_is_no_group() -> None:
    job = taken_in(csv_of("団体ID,団体名称,代表者", "2001,架空体操の会,見本　次郎", header="団体番号,,連絡先"))
    assert bad(job)[0] == (2, "row_headings")


def test_a_line_of_totals_is_on_the_list() -> None:
    job = taken_in(csv_of("2001,架空体操の会,見本　次郎", "合計,1団体,", ",合計,", header=GROUPS))
    assert bad(job) == [(3, "row_code_total"), (4, "row_missing")]


def test_columns_of_one_name_are_told_apart() -> None:
    header = PEOPLE_HEADER.replace("郵便番号", "電話（2）").replace("住所", "電話").replace("電話番号", "電話")
    job = taken_in(csv_of(TARO, header=header))
    assert job.header[6:9] == ["電話（2）", "電話", "電話（3）"]
    assert job.mapping["columns"]["電話"] == "phone"


def test_cells_that_a_spreadsheet_is_to_take_for_text_are_what_is_in_them() -> None:
    quoted = ",".join(f'"=""{cell}"""' for cell in TARO.replace("1001", "0101").split(","))
    plain = ",".join(f'="{cell}"' for cell in HANAKO.replace("1002", "0102").split(","))
    assert bad(taken_in(csv_of(quoted, plain))) == []
    with as_tenant(CHUO):
        found = [(one.source_key, one.given_name, one.phone) for one in Registrant.objects.order_by("source_key")]
    assert found == [("旧システム:0101", "太郎", "0476-00-0101"), ("旧システム:0102", "花子", "0476-00-0102")]


def test_a_dumps_null_is_nothing_and_a_browsers_references_are_characters() -> None:
    line = TARO.replace("架空　太郎", "&#39641;橋　太郎").replace("270-1300", "NULL").replace("有効", "\\N")
    job = taken_in(csv_of(line))
    assert (bad(job), people()) == ([], [("1001", "髙橋")])
    assert {one["code"] for one in job.warnings} == {"row_no_postal_code"}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("同上", "row_text_ditto"),
        ("〃", "row_text_ditto"),
        ("#N/A", "row_text_sheet"),
        ("########", "row_text_lost"),
        ("〓橋　太郎", "row_text_lost"),
        ("?橋　太郎", "row_text_lost"),
        ("&#0;橋", "row_text_control_character"),
    ],
)
def test_what_stands_for_a_name_that_is_elsewhere_or_lost_is_no_name(cell: str, code: str) -> None:
    assert bad(taken_in(csv_of(TARO.replace("架空　太郎", cell)))) == [(2, code)]


def test_a_comma_in_an_address_moves_nothing_unseen() -> None:
    header = f"{PEOPLE_HEADER},備考"
    moved = f"{HANAKO.replace('2番地', '2番地,3号室').removesuffix(',有効')},"  # of 12 cells again
    job = taken_in(csv_of(f"{TARO},", f"{HANAKO.replace('2番地', '2番地,3号室')},", moved, header=header))
    assert bad(job)[0] == (3, "row_columns")


def test_rows_that_all_end_with_a_comma_too_many_are_read() -> None:
    assert bad(taken_in(csv_of(f"{TARO},", f"{HANAKO},", CLUB, f"{CLUB.replace('2001', '2002')},,"))) == [
        (5, "row_columns")
    ]


def test_a_file_in_utf8_behind_one_in_cp932_is_not_read_as_nonsense() -> None:
    job = taken_in(csv_of(*(CLUB.replace("2001", str(number)) for number in range(20))) + f"{BOM}{TARO}\r\n".encode())
    assert (job.encoding, bad(job), people()[-1]) == ("cp932", [], ("9", "架空体操の会"))
    assert ("1001", "架空") in people()


def test_a_number_that_a_spreadsheet_has_shortened_is_no_number() -> None:
    assert bad(taken_in(csv_of(TARO.replace("1001", "1.23457E+11")))) == [(2, "row_code_shortened")]


def test_two_stray_quotation_marks_make_no_row_disappear() -> None:
    first, second = TARO.replace("架空市", '"架空市'), HANAKO.replace("2番地", '2番地"')
    job = taken_in(csv_of(first, second, CLUB))
    assert (bad(job), people()) == ([(2, "row_broken")], [("2001", "架空体操の会")])
    assert "1002" in "".join(rejected(job)[0].cells)


@pytest.mark.parametrize("name", ["髙﨑", "𠮷野", "葛\U000e0100城", "①㈱", "彅", "神\ufa19"])
def test_a_name_is_kept_character_by_character(name: str) -> None:
    assert bad(taken_in(csv_of(TARO.replace("架空　太郎", f"{name}　太郎"), encoding="utf-8"))) == []
    assert people() == [("1001", name)]


@pytest.mark.parametrize("code", [b"\xed\x9e", b"\xfb\xfc", b"\xfa\xb1", b"\xee\xfc"])
def test_extended_kanji_are_read_as_cp932_has_them(code: bytes) -> None:
    """NEC's and IBM's; both codes of one kanji are one."""
    data = csv_of(TARO).replace("架空　".encode("cp932"), code + "　".encode("cp932"))
    assert bad(taken_in(data)) == []
    assert people() == [("1001", code.decode("cp932"))]


@pytest.mark.parametrize("code", [b"\xf0\x40", b"\xf9\xfc"])
def test_a_character_of_the_users_own_is_on_the_list(code: bytes) -> None:
    data = csv_of(TARO).replace("架空　".encode("cp932"), code + "　".encode("cp932"))
    assert bad(taken_in(data)) == [(2, "row_text_private_use")]


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        ("12,500", "１２人,\\500", "fee", 500),
        ("12,500", '12,"１，５００円"', "fee", 1500),
        ("9:00,12:00", "午前9時,正午", "starts_at", dt.datetime(2018, 5, 10, 0, tzinfo=dt.UTC)),
        ("9:00,12:00", "午後九時半,24:00", "ends_at", dt.datetime(2018, 5, 10, 15, tzinfo=dt.UTC)),
        ("9:00,12:00", "00:00,00:00", "starts_at", None),
        ("H30.5.10", "平成三十年五月十日", "day", dt.date(2018, 5, 10)),
        ("H30.5.10", "2018/05/10 13:25:10", "day", dt.date(2018, 5, 10)),
        ("H30.5.10", "H31.5.10", "day", dt.date(2019, 5, 10)),
        ("500,済", "500,免除", "paid", 0),
        ("500,済", "500,免除", "fee", 0),
    ],
)
def test_a_use_is_read_as_it_was_meant(old: str, new: str, field: str, value: Any) -> None:
    problems, use = use_of(USE.replace(old, new))
    assert (problems, getattr(use, field)) == ([], value)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("12,500", "12,△1,000".replace("△1,000", '"△1,000"'), "row_negative"),
        ("12,500", "10名20名,500", "row_number"),
        ("12,500", "12,1 500", "row_number"),
        ("9:00,12:00", "9:00,午後12時", "row_time_twelve"),
        ("9:00,12:00", "22:00,翌1:00", "row_time_next_day"),
        ("9:00,12:00", "22:00,25:00", "row_time_next_day"),
        ("9:00,12:00", "24:00,24:00", "row_time_next_day"),
        ("9:00,12:00", "9:3,12:00", "row_time"),
        ("H30.5.10", "H31.4.31", "row_date_no_such_date"),
        ("H30.5.10", "43230", "row_date_unreadable"),
        ("H30.5.10", "1900/1/0", "row_date_no_such_date"),
        ("H30.5.10", "0001/01/01", "row_missing"),
    ],
)
def test_a_use_that_could_be_misread_is_on_the_list(old: str, new: str, code: str) -> None:
    assert use_of(USE.replace(old, new)) == ([(2, code)], None)
