"""From the upload to the run at the desk, and who may."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.files import uploadhandler
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.registrants.models import EmergencyContact, Registrant
from shared.audit.models import Action
from shared.intake import upload
from shared.intake.models import Chunk, Job, JobState
from shared.intake.services.work import work
from shared.staff.models import StaffAccount
from tests.apps.bookings.web.staff.asking import audited, text_of
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


def loaded(desk: Client, job: Job, data: bytes) -> Any:
    return desk.post(f"/intake/{job.pk}/mapping/", {"load": "1", "file": SimpleUploadedFile("m.json", data)})


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
    done = text_of(desk.get(f"/intake/{job.pk}/"))
    assert "取込みの結果" in done
    assert 'href="/registrants/duplicates/"' in done


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04" + bytes(100), "ZIPファイル"),
        (b"", "何も書かれていません"),
        (bytes(range(256)) * 50, "文字のファイルではありません"),
        ("利用者番号,氏名\n1,架空\n".encode("utf-16-le"), "文字のファイルではありません"),  # without its mark
        ("利用者番号,氏名\n1,架空\n".encode("utf-32"), "文字のファイルではありません"),
        (b"\xff\xfe" + b"\x00\xd8\n\x00" * 100, "文字コードがわかりません"),
        (b"\xff\xfe", "何も書かれていません"),
        ("利用者番号\t氏名\r1\t架空\r".encode("utf-16"), "改行の形が古く"),
        (b"\x81\n" * 100, "文字コードがわかりません"),
        ("見出しだけ,の,ファイル\n".encode(), "データの行がありません"),
        ("一列\n値\n".encode(), "列が1つしか"),
        ("利用者一覧,,,\n,,,\n利用者番号,氏名,フリガナ,生年月日\n1,架空,カクウ,S23.4.1\n".encode(), "表題などの行"),
        ("利用者一覧\n利用者番号,氏名\n1,架空\n".encode(), "表題などの行"),
        ("sep=,\n利用者番号,氏名\n1,架空\n".encode(), "表題などの行"),
        ("利用者番号,氏名\n1,架空\n".encode("iso2022_jp"), "文字コードがわかりません"),
        ("利用者番号,氏名\n1,架空\n".encode("euc_jp"), "文字コードがわかりません"),
        (b"a," * 1001 + b"\n" + b"b," * 1001, "列が多すぎます（1000列まで）"),
        ("利用者番号,氏名\r1,架空\r".encode(), "改行の形が古く"),
        (b"x," + b"y" * (10 * 1024 * 1024) + b"\n1,2\n", "1行が長すぎます"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "Excelのブック"),
        (b"\xef\xbb\xbf", "何も書かれていません"),
        (b"\r\n\r\n", "何も書かれていません"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_told_and_not_kept(desk: Client, data: bytes, told: str) -> None:
    answer = desk.post("/intake/new/", given(data))
    assert (answer.status_code, told in text_of(answer)) == (422, True)
    assert "旧システム" in text_of(answer)
    assert jobs() == []
    [entry] = audited(Action.CREATE, "intake")
    assert (entry.detail["act"], entry.detail["why"].startswith("intake_file_")) == ("refused", True)


def test_a_file_that_is_too_big_is_told_and_not_kept(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "LIMIT_BYTES", 300)
    answer = desk.post("/intake/new/", given(csv_of(*[TARO] * 10)))
    assert (answer.status_code, "ファイルが大きすぎます" in text_of(answer)) == (413, True)
    assert "任意" not in text_of(answer)
    assert jobs() == []


def test_a_few_texts_without_a_meaning_lead_to_where_it_is_chosen(desk: Client) -> None:
    good = [TARO.replace("1001", str(number)) for number in range(20)]
    told = "意味のわからない値があります"
    assert told in text_of(desk.get(f"/intake/{checked(csv_of(*good, HANAKO.replace('有効', '甲'))).pk}/"))
    assert told not in text_of(desk.get(f"/intake/{checked(csv_of(*good)).pk}/"))


def test_a_file_touches_no_disk_on_its_way_to_a_page_that_takes_none(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def touched(*_: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr(uploadhandler, "TemporaryUploadedFile", touched)
    assert desk.post("/login/", given(csv_of(TARO))).status_code == 422
    with pytest.raises(AssertionError, match="a file was opened"):
        desk.post("/intake/new/", given(csv_of(TARO)))


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
    assert list(json.loads(kept)["columns"]) == job.header  # as the file has them, for whoever edits it
    answer = loaded(desk, job, kept)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/intake/{job.pk}/mapping/")
    assert '<option value="address_rest" selected>' in text_of(desk.get(f"/intake/{job.pk}/mapping/"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"no json", "対応表のファイルとして読めません"),
        (b"[]", "対応表のファイルとして読めません"),
        (b"\xff\x00", "対応表のファイルとして読めません"),
        (b"", "対応表のファイルとして読めません"),
        (b'{"kind": "cards"}', "ほかの種類のファイルのための対応表です"),
        (b'{\n"columns": {"a": "key",}}', "2行目に、書き方の誤りがあります"),
        ('{"columns": {"氏名": "name", "氏名": "key"}}'.encode(), "「氏名」が2回書かれています"),
        (b'{"columns": {"a": "nonsense"}}', "この取込みにはない項目「nonsense」があります"),
    ],
)
def test_what_is_wrong_with_a_mapping_file_is_told_beside_its_field(desk: Client, data: bytes, told: str) -> None:
    job = handed_over(csv_of(TARO))
    answer = loaded(desk, job, data)
    assert (answer.status_code, text_of(answer).count(told)) == (422, 2)  # above, and beside the field
    assert jobs()[0].mapping == job.mapping


def test_the_meanings_of_a_mapping_file_are_shown_and_used(desk: Client) -> None:
    job = handed_over(csv_of(TARO.replace("有効", "甲")))
    kept = json.dumps(job.mapping | {"kind": "people", "values": {"state": {"甲": "suspended"}}}).encode()
    loaded(desk, job, kept)
    page = desk.get(f"/intake/{job.pk}/mapping/")
    assert "甲" in text_of(page)
    form = page.context["form"]
    desk.post(f"/intake/{job.pk}/mapping/", {name: form[name].initial or "" for name in form.fields})
    with as_tenant(CHUO):
        work()
    assert (jobs()[0].counts["new"], jobs()[0].counts["refused"]) == (1, 0)
    assert jobs()[0].mapping["values"] == {"state": {"甲": "suspended"}}


def test_the_check_shows_how_each_text_is_read_and_the_clerk_may_change_it(desk: Client) -> None:
    job = checked(csv_of(CLUB.replace("団体,", "1,")))
    page = desk.get(f"/intake/{job.pk}/mapping/")
    assert "値の読み方を確かめる・変える" in text_of(page)
    form = page.context["form"]
    [name] = [one["field"].name for one in form.understood() if one["text"] == "1"]
    said = {one: form[one].initial or "" for one in form.fields}
    assert said[name] == "individual"
    desk.post(f"/intake/{job.pk}/mapping/", said | {name: "group"})
    with as_tenant(CHUO):
        work()
    assert (jobs()[0].counts["new"], jobs()[0].mapping["values"]) == (1, {"kind": {"1": "group"}})


def test_a_remark_is_told_with_its_figures(desk: Client) -> None:
    header = "カード番号,利用者番号,カード種別,状態,交付日,資格区分,特認理由"
    taken_in(csv_of(TARO))
    job = checked(csv_of("K-1,1001,登録証,有効,H25.5.1,特認," + "長" * 301, header=header), kind="cards")
    assert "長すぎます（300文字まで）。" in text_of(desk.get(f"/intake/{job.pk}/"))
    assert "長すぎます（300文字まで）。" in desk.get(f"/intake/{job.pk}/problems.csv").content.decode("utf-8-sig")


def test_a_run_is_stopped_on_its_page_and_asked_for_again(desk: Client) -> None:
    job = checked(csv_of(TARO))
    desk.post(f"/intake/{job.pk}/run/")
    assert "中止する" in text_of(desk.get(f"/intake/{job.pk}/"))
    assert "何も取り込まれていません" in text_of(desk.post(f"/intake/{job.pk}/stop/", follow=True))
    assert desk.post(f"/intake/{job.pk}/stop/").status_code == 409
    with as_tenant(CHUO):
        assert work() == 0
    assert desk.post(f"/intake/{job.pk}/run/").status_code == 302


def test_a_file_most_of_whose_rows_are_bad_is_told_before_it_is_taken_in(desk: Client) -> None:
    job = checked(csv_of(TARO.replace("S23.4.1", "昨日"), HANAKO))
    assert "取り込めない行が多くあります" in text_of(desk.get(f"/intake/{job.pk}/"))


def test_a_file_without_headings_is_told(desk: Client) -> None:
    answer = desk.post("/intake/new/", given(csv_of(HANAKO, header=TARO)))
    assert (answer.status_code, "1行目が見出しではないようです" in text_of(answer)) == (422, True)
    assert jobs() == []


def test_open_rows_are_chosen_by_file_and_reason_and_set_aside_together(desk: Client) -> None:
    bad = [TARO.replace("S23.4.1", "昨日").replace("1001", str(number)) for number in range(3)]
    job = taken_in(csv_of(*bad, CLUB.replace("有効", "甲")))
    taken_in(csv_of(HANAKO.replace("昭和25年5月3日", "")))
    page = f"/intake/rows/?file_id={job.pk}&why=row_date_unreadable"
    assert "未処理の行が3行あります" in text_of(desk.get(page))
    chosen = {"file_id": str(job.pk), "why": "row_date_unreadable"}
    assert desk.post("/intake/rows/dismiss/", chosen | {"reason": ""}).status_code == 422
    assert desk.post("/intake/rows/dismiss/", {"reason": "すべて"}).status_code == 422
    assert desk.post("/intake/rows/dismiss/", chosen | {"reason": "古い記録"}).status_code == 302
    assert [row.state for row in rejected(job)] == ["dismissed"] * 3 + ["open"]
    assert "未処理の行が2行あります" in text_of(desk.get("/intake/rows/"))


@pytest.mark.parametrize(
    "query", ["file_id=x", "why=<script>", "file_id=&why=row_", "page=99999", f"file_id={NOBODYS}"]
)
def test_a_choice_that_makes_no_sense_breaks_nothing(desk: Client, query: str) -> None:
    taken_in(csv_of(TARO.replace("S23.4.1", "昨日")))
    assert desk.get(f"/intake/rows/?{query}").status_code in {200, 422}


def test_rows_are_read_again_on_their_page(desk: Client) -> None:
    header = "団体番号,氏名,居住区分"
    job = taken_in(csv_of("2001,見本　一郎,在住", header=header), kind="members")
    taken_in(csv_of(CLUB))
    answer = desk.post("/intake/rows/read-again/", {"file_id": str(job.pk), "why": ""}, follow=True)
    assert "1行を取り込みました。0行は、まだ取り込めません。" in text_of(answer)
    assert desk.post("/intake/rows/read-again/", {"why": ""}).status_code == 422


def test_what_was_chosen_is_chosen_for_the_next_file_of_the_source(desk: Client) -> None:
    job = handed_over(csv_of(TARO))
    desk.post(f"/intake/{job.pk}/mapping/", choices(job) | {"column10": ""})
    assert handed_over(csv_of(HANAKO)).mapping["columns"]["状態"] == ""


def test_the_same_file_again_is_told(desk: Client) -> None:
    taken_in(csv_of(TARO))
    job = handed_over(csv_of(TARO))
    assert "取り込み済みです" in text_of(desk.get(f"/intake/{job.pk}/mapping/"))


def test_a_file_that_was_sent_twice_is_told(desk: Client) -> None:
    job = handed_over(csv_of(TARO))
    twin = handed_over(csv_of(TARO))
    assert f'href="/intake/{job.pk}/"' in desk.get(f"/intake/{twin.pk}/mapping/").text
    desk.post(f"/intake/{job.pk}/discard/")
    assert "もう1つ" not in desk.get(f"/intake/{twin.pk}/mapping/").text


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


def test_a_corrected_row_empties_nothing_that_its_file_does_not_speak_of(desk: Client) -> None:
    contact = f"{TARO},架空　花子,妻,0476-00-0199"
    taken_in(csv_of(contact, header=f"{PEOPLE_HEADER},緊急連絡先氏名,続柄,緊急連絡先電話"))
    [row] = rejected(taken_in(csv_of(TARO, TARO.replace("1番地", "9番地"))))
    page = desk.get(f"/intake/rows/{row.pk}/")
    everything = {name: row.values.get(name, "") for name in page.context["form"].fields}
    assert desk.post(f"/intake/rows/{row.pk}/", everything).status_code == 302
    with as_tenant(CHUO):
        assert Registrant.objects.get().address == "架空市架空町9番地"
        assert [one.name for one in EmergencyContact.objects.all()] == ["架空　花子"]


def test_a_rows_page_asks_for_what_stands_in_the_file_and_leads_back_to_the_list_it_came_from(desk: Client) -> None:
    [row] = rejected(job := taken_in(csv_of(TARO.replace("S23.4.1", "S65.4.1"))))
    way = f"?file_id={job.pk}&why=row_date_outside_era"
    assert f'href="/intake/rows/{row.pk}/{way.replace("&", "&amp;")}"' in desk.get(f"/intake/rows/{way}").text
    form = desk.get(f"/intake/rows/{row.pk}/{way}").context["form"]
    assert {one.name for one in form.in_file} == set(row.values)
    assert "item_gender" not in form.fields  # this facility does not collect it
    answer = desk.post(f"/intake/rows/{row.pk}/{way}", row.values | {"birth_date": "S23.4.1"})
    assert answer.headers["Location"] == f"/intake/rows/{way}"


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
    assert (files.count, rows.count) == (6, 7), (files, rows)


def test_pages_bring_the_beginnings_of_wide_rows_and_no_more_of_them(desk: Client) -> None:
    narrow = taken_in(csv_of("1009,個人,,架空,,S65.4.1,,,,,"))
    wide = taken_in(csv_of(*(f"{number},個人,,架空,,S65.4.1,,{'甲' * 200_000},,," for number in range(60))))
    counts, most = [], []
    for path in ("{}/", "rows/?file_id={}"):
        for job in (narrow, wide):
            desk.get("/intake/" + path.format(job.pk))  # the code of the page is loaded now
            tracemalloc.start()
            with count_statements() as statements:
                answer = desk.get("/intake/" + path.format(job.pk))
            most.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
            counts.append(statements.count)
            assert "その元号の期間にない日付です" in text_of(answer)
    assert (counts[0], counts[2]) == (counts[1], counts[3])
    assert max(most) < 4_000_000  # one of the rows takes 400,000


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
