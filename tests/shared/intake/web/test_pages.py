"""From the upload to the run at the desk, and who may."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.registrants.models import Registrant
from shared.audit.models import Action
from shared.intake import inspecting, upload
from shared.intake.models import Chunk, Job, JobState
from shared.intake.services.work import work
from shared.staff.models import StaffAccount
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.shared.intake.files import CLUB, HANAKO, TARO, checked, csv_of, handed_over, rejected, taken_in
from tests.support.clients import signed_in
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

NOBODYS = UUID(int=7)


def given(data: bytes) -> dict[str, object]:
    return {"kind": "people", "source": "旧システム", "file": SimpleUploadedFile("利用者.csv", data)}


def jobs() -> list[Job]:
    with as_tenant(CHUO):
        return list(Job.objects.all())


def choices(job: Job) -> dict[str, str]:
    return {f"column{place}": job.mapping["columns"].get(name, "") for place, name in enumerate(job.header)}


def test_from_the_upload_to_the_run(desk: Client) -> None:
    assert desk.post("/intake/new/", given(csv_of(TARO, HANAKO, CLUB))).status_code == 302
    [job] = jobs()
    assert "利用者番号" in text_of(desk.get(f"/intake/{job.pk}/mapping/"))
    assert desk.post(f"/intake/{job.pk}/mapping/", choices(job)).headers["Location"] == f"/intake/{job.pk}/"
    with as_tenant(CHUO):
        work()
    assert "点検の結果" in text_of(desk.get(f"/intake/{job.pk}/"))
    desk.post(f"/intake/{job.pk}/run/")
    with as_tenant(CHUO):
        work()
        assert Registrant.objects.count() == 3
        assert Chunk.objects.count() == 0
    assert "取込みの結果" in text_of(desk.get(f"/intake/{job.pk}/"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04" + bytes(100), "ZIPファイル"),
        (b"", "何も書かれていません"),
        (bytes(range(256)) * 50, "文字のファイルではありません"),
        ("利用者番号,氏名\n1,架空".encode("utf-16"), "UTF-16"),
        (b"\x81\n" * 100, "文字コードがわかりません"),
        ("見出しだけ,の,ファイル\n".encode(), "データの行がありません"),
        ("一列\n値\n".encode(), "列が1つしか"),
        (b"a," * 300 + b"\n" + b"b," * 300, "列が多すぎます"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_told_and_not_kept(desk: Client, data: bytes, told: str) -> None:
    answer = desk.post("/intake/new/", given(data))
    assert (answer.status_code, told in text_of(answer)) == (422, True)
    assert "旧システム" in text_of(answer)
    assert jobs() == []


def test_a_file_that_is_too_big_is_told_and_not_kept(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "LIMIT_BYTES", 300)
    answer = desk.post("/intake/new/", given(csv_of(*[TARO] * 10)))
    assert (answer.status_code, "ファイルが大きすぎます" in text_of(answer)) == (413, True)
    assert jobs() == []


def test_the_limit_is_below_200_megabytes() -> None:
    assert inspecting.LIMIT_BYTES < 200 * 1000**2


def test_two_columns_of_one_field_are_told(desk: Client) -> None:
    job = handed_over(csv_of(TARO))
    answer = desk.post(f"/intake/{job.pk}/mapping/", choices(job) | {"column1": "key"})
    assert (answer.status_code, "2つの列" in text_of(answer)) == (422, True)


def test_a_field_that_is_needed_is_told(desk: Client) -> None:
    job = handed_over(csv_of(TARO))
    answer = desk.post(f"/intake/{job.pk}/mapping/", choices(job) | {"column0": ""})
    assert "次の項目に列を選んでください：元のシステムの番号" in text_of(answer)


def test_the_mapping_can_be_saved_and_loaded_as_a_file(desk: Client) -> None:
    job = handed_over(csv_of(TARO))
    kept = desk.get(f"/intake/{job.pk}/mapping.json").content.replace(b'"address"', b'"address_rest"')
    answer = desk.post(f"/intake/{job.pk}/mapping/", {"load": "1", "file": SimpleUploadedFile("m.json", kept)})
    assert '<option value="address_rest" selected>' in text_of(answer)


@pytest.mark.parametrize(
    "data", [b"no json", b"[]", b'{"kind": "cards"}', b'{"columns": {"a": "nonsense"}}', b"\xff\x00"]
)
def test_a_file_that_is_no_mapping_is_told(desk: Client, data: bytes) -> None:
    job = handed_over(csv_of(TARO))
    answer = desk.post(f"/intake/{job.pk}/mapping/", {"load": "1", "file": SimpleUploadedFile("m.json", data)})
    assert (answer.status_code, "対応表のファイルとして読めません" in text_of(answer)) == (422, True)


def test_what_was_chosen_is_chosen_for_the_next_file_of_the_source(desk: Client) -> None:
    job = handed_over(csv_of(TARO))
    desk.post(f"/intake/{job.pk}/mapping/", choices(job) | {"column10": ""})
    assert handed_over(csv_of(HANAKO)).mapping["columns"]["状態"] == ""


def test_the_same_file_again_is_told(desk: Client) -> None:
    taken_in(csv_of(TARO))
    job = handed_over(csv_of(TARO))
    assert "取り込み済みです" in text_of(desk.get(f"/intake/{job.pk}/mapping/"))


def test_the_list_to_save_has_lines_and_reasons_and_nothing_of_a_person(desk: Client) -> None:
    job = checked(csv_of(TARO.replace("S23.4.1", "S65.4.1"), HANAKO))
    text = desk.get(f"/intake/{job.pk}/problems.csv").content.decode("utf-8-sig")
    assert "2,生年月日,その元号の期間にない日付です。" in text
    assert not any(private in text for private in ("架空", "S65", "1001", "0476"))


def test_a_bad_row_is_corrected_and_taken_in(desk: Client) -> None:
    job = taken_in(csv_of(TARO.replace("S23.4.1", "S65.4.1")))
    [row] = rejected(job)
    wrong = desk.post(f"/intake/rows/{row.pk}/", row.values)
    assert (wrong.status_code, "その元号の期間にない日付です。" in text_of(wrong)) == (422, True)
    assert desk.post(f"/intake/rows/{row.pk}/", row.values | {"birth_date": "S23.4.1"}).status_code == 302
    [row] = rejected(job)
    assert (row.state, row.cells, row.values) == ("taken", [], {})
    with as_tenant(CHUO):
        assert Registrant.objects.get().source_key == "旧システム:1001"


def test_a_row_that_was_taken_in_is_not_on_the_list_again_with_the_next_file(desk: Client) -> None:
    data = csv_of(TARO.replace("S23.4.1", "S65.4.1"))
    [row] = rejected(taken_in(data))
    desk.post(f"/intake/rows/{row.pk}/", row.values | {"birth_date": "S23.4.1"})
    again = taken_in(data)
    assert (rejected(again), again.counts["known"]) == ([], 1)


def test_a_row_is_dismissed_with_a_reason_only(desk: Client) -> None:
    [row] = rejected(job := taken_in(csv_of(TARO.replace("1001", ""))))
    assert desk.post(f"/intake/rows/{row.pk}/dismiss/", {"reason": " "}).status_code == 422
    assert desk.post(f"/intake/rows/{row.pk}/dismiss/", {"reason": "空の行"}).status_code == 302
    [row] = rejected(job)
    assert (row.state, row.reason) == ("dismissed", "空の行")
    assert desk.post(f"/intake/rows/{row.pk}/", row.values).status_code == 409


def test_a_file_is_given_up(desk: Client) -> None:
    job = checked(csv_of(TARO))
    desk.post(f"/intake/{job.pk}/discard/")
    with as_tenant(CHUO):
        assert Chunk.objects.count() == 0
    assert jobs()[0].state == JobState.DISCARDED
    assert desk.post(f"/intake/{job.pk}/run/").status_code == 409


def test_progress_is_shown_while_a_worker_is_at_it(desk: Client) -> None:
    job = checked(csv_of(TARO))
    desk.post(f"/intake/{job.pk}/run/")
    with as_tenant(CHUO):
        Job.objects.update(state=JobState.RUNNING, rows_done=1)
    assert "100%" in text_of(desk.get(f"/intake/{job.pk}/", headers={"HX-Request": "true"}))
    assert "every 2s" in text_of(desk.get(f"/intake/{job.pk}/"))
    with as_tenant(CHUO):
        work()
    assert desk.get(f"/intake/{job.pk}/", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("many", [1, 3])
def test_the_lists_take_the_same_statements_whatever_is_on_them(desk: Client, many: int) -> None:
    for number in range(many):
        taken_in(csv_of(TARO.replace("S23.4.1", "S65.4.1").replace("1001", f"900{number}")))
    with count_statements() as files:
        desk.get("/intake/")
    with count_statements() as rows:
        desk.get("/intake/rows/")
    assert (files.count, rows.count) == (6, 5), (files, rows)


def test_who_looks_at_rows_is_in_the_audit(desk: Client, manager: StaffAccount) -> None:
    job = checked(csv_of(TARO.replace("S23.4.1", "S65.4.1")))
    desk.get(f"/intake/{job.pk}/")
    [entry] = audited(Action.VIEW, "intake")
    assert (entry.actor_id, entry.detail) == (manager.pk, {"shown": 1})


@pytest.mark.parametrize("page", ["", "new/", "rows/", f"{NOBODYS}/", f"{NOBODYS}/mapping/", f"{NOBODYS}/problems.csv"])
def test_only_the_facilitys_manager_may(desk_client: Callable[[str], Client], clerk: StaffAccount, page: str) -> None:
    assert signed_in(desk_client(CHUO), clerk).get(f"/intake/{page}").status_code == 403


@pytest.mark.parametrize("page", [f"{NOBODYS}/", f"{NOBODYS}/mapping/", f"{NOBODYS}/problems.csv", "rows/999999/"])
def test_what_is_not_there_is_not_found(desk: Client, page: str) -> None:
    assert desk.get(f"/intake/{page}").status_code == 404
