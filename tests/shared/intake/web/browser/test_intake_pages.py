"""The pages of taking in under axe, on a phone and a PC, and the whole way as a manager goes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from apps.registrants.models import Registrant
from shared.intake.models import Job, JobState
from shared.intake.services.work import work
from tests.shared.intake.files import (
    CLUB,
    HANAKO,
    PEOPLE_HEADER,
    TARO,
    checked,
    csv_of,
    handed_over,
    rejected,
    taken_in,
)
from tests.support.accessibility import faults
from tests.support.browsing import OpenPage
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.browser
HOST = "chuo.localhost"
BAD = TARO.replace("S23.4.1", "S65.4.1").replace("1001", "1009")
ODD = CLUB.replace("有効", "甲").replace("団体,", "2,")


def files() -> str:
    taken_in(csv_of(TARO, BAD), name="利用者登録台帳_平成29年3月末_印西市中央老人福祉センター分.csv")
    checked(csv_of(HANAKO, ODD))
    return "/intake/"


def upload() -> str:
    return "/intake/new/"


def columns() -> str:
    return f"/intake/{handed_over(csv_of(TARO)).pk}/mapping/"


def columns_after_a_check() -> str:
    return f"/intake/{checked(csv_of(TARO, BAD, ODD)).pk}/mapping/"


def result() -> str:
    return f"/intake/{checked(csv_of(TARO, BAD, ODD, HANAKO.replace('270', ''))).pk}/"


def result_with_columns_that_are_not_taken() -> str:
    header = f"{PEOPLE_HEADER},団体の緊急連絡先（昼間、夜間及び休日の別）,血液型"
    return f"/intake/{checked(csv_of(f'{TARO},あり,A', f'{CLUB},なし,', header=header)).pk}/"


def columns_of_a_wide_file() -> str:
    more = "".join(f",余分な項目{number}" for number in range(100))
    texts = (TARO.replace("有効", f"甲{number}").replace("1001", str(number)) + ",1" * 100 for number in range(3))
    return f"/intake/{checked(csv_of(*texts, header=PEOPLE_HEADER + more)).pk}/mapping/"


def waiting() -> str:
    job = checked(csv_of(TARO, HANAKO))
    with as_tenant(CHUO):
        Job.objects.filter(pk=job.pk).update(state=JobState.TO_RUN, rows_done=0)
    return f"/intake/{job.pk}/"


def at_work() -> str:
    job = checked(csv_of(TARO, HANAKO))
    with as_tenant(CHUO):
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, rows_done=1)
    return f"/intake/{job.pk}/"


def done() -> str:
    return f"/intake/{taken_in(csv_of(TARO, BAD)).pk}/"


def rows() -> str:
    taken_in(csv_of(BAD, ODD), name="利用者登録台帳_平成29年3月末_印西市中央老人福祉センター分.csv")
    return "/intake/rows/"


def rows_of_one_file() -> str:
    return f"/intake/rows/?file_id={taken_in(csv_of(BAD, ODD)).pk}"


def row() -> str:
    [one] = rejected(taken_in(csv_of(BAD)))
    return f"/intake/rows/{one.pk}/"


MAKERS = [
    files, upload, columns, columns_after_a_check, columns_of_a_wide_file, result,
    result_with_columns_that_are_not_taken, waiting, at_work, done, rows, rows_of_one_file, row,
]  # fmt: skip


@pytest.mark.parametrize("make", MAKERS)
def test_a_page_has_no_violation_and_fits(visit: OpenPage, desk: Client, make: Callable[[], str]) -> None:
    page = visit(HOST, make(), client=desk)
    assert faults(page) == {}


def test_from_the_file_to_the_records_and_the_row_that_was_left(visit: OpenPage, desk: Client, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(csv_of(TARO, BAD, header=PEOPLE_HEADER))
    page = visit(HOST, "/intake/new/", client=desk)
    page.get_by_label("利用者（個人・団体）").check()
    page.get_by_label("元のシステムの名前").fill("旧システム")
    page.get_by_label("CSVファイル").set_input_files(file)
    page.get_by_role("button", name="読み込む").click()
    page.get_by_role("button", name="保存して点検する").click()
    page.get_by_text("2行のうち0行").wait_for()
    worked()
    page.get_by_role("heading", name="点検の結果").wait_for()  # the page looks by itself
    page.get_by_role("button", name="取り込む").click()
    page.get_by_role("button", name="中止する").click()
    page.get_by_text("中止しました。").wait_for()
    page.get_by_role("button", name="取り込む").click()
    worked()
    page.get_by_role("link", name="未処理の1行を直して取り込む").click()
    page.get_by_role("link", name="3行目").click()
    page.get_by_label("生年月日", exact=True).fill("昭和23年4月1日")
    page.get_by_role("button", name="直して取り込む").click()
    page.get_by_text("未処理の行はありません").wait_for()
    with as_tenant(CHUO):
        assert Registrant.objects.count() == 2


def worked() -> None:
    with as_tenant(CHUO):
        work()
