"""The desk's months: what is to be done, the self-check section by section, nothing lost, handed in, answered."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.compliance.models.monitoring import MonitoringMonth
from apps.compliance.models.monitoring_findings import MonitoringFinding
from tests.apps.bookings.web.staff.asking import Response, text_of
from tests.apps.compliance import monitoring as months
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS

MONTH = "/office/monitoring/2026-03/"


@pytest.fixture(autouse=True)
def _in_april(freeze: Freeze) -> None:
    freeze("2026-04-03 10:00")


def own_result(sheet: MonitoringMonth, code: str) -> tuple[str, str]:
    with as_tenant(CHUO):
        row = sheet.results.get(code=code)
    return row.own_result, row.own_note


def kept(client: Client, **typed: str) -> Response:
    return client.post(f"{MONTH}papers/", typed, headers={"HX-Request": "true"})


def test_the_list_says_what_is_to_be_done_and_by_when(manager: Client) -> None:
    months.made()
    page = text_of(manager.get("/office/monitoring/"))
    assert "自己点検と月次報告を記入して提出します。" in page
    assert "期限：令和8年4月5日" in page
    assert "あと2日" in page


def test_the_list_costs_the_same_for_one_month_and_for_three(manager: Client) -> None:
    counts = []
    for number in (3, 2, 1):
        months.made(month=months.MARCH.replace(month=number))
        with count_statements() as statements:
            manager.get("/office/monitoring/")
        counts.append(statements.count)
    assert len(set(counts)) == 1


def test_somebody_at_the_counter_may_not_see_it(receptionist: Client) -> None:
    assert receptionist.get("/office/monitoring/").status_code == 403


def test_another_facilitys_month_is_not_found(manager: Client) -> None:
    months.made(SPORTS)
    assert manager.get(MONTH).status_code == 404


@pytest.mark.parametrize("month", ["2026-13", "2026-4", "nothing", "9999-01"])
def test_nonsense_for_a_month_is_a_bad_request(manager: Client, month: str) -> None:
    assert manager.get(f"/office/monitoring/{month}/").status_code == 400


def test_what_is_typed_is_kept_at_once(manager: Client) -> None:
    sheet = months.made()
    answer = kept(manager, **{"result-papers_locked": "partly", "note-papers_locked": ""})
    assert "10:00に保存しました" in answer.content.decode()
    assert own_result(sheet, "papers_locked") == ("partly", "")


def test_a_sent_section_leads_to_the_next(manager: Client) -> None:
    sheet = months.made()
    answer = manager.post(f"{MONTH}papers/", {"result-papers_locked": "fit"})
    assert answer.headers["Location"] == f"{MONTH}devices/"
    assert own_result(sheet, "papers_locked") == ("fit", "")


def test_what_is_wrong_has_to_be_said_when_the_section_is_sent(manager: Client) -> None:
    months.made()
    answer = manager.post(f"{MONTH}papers/", {"result-papers_locked": "unfit", "result-keys_kept": "fit"})
    assert answer.status_code == 422
    assert "「一部不適」「不適」のときは、内容を入力してください。" in text_of(answer)
    assert 'value="unfit"' in answer.content.decode()


def test_what_looks_like_a_telephone_number_is_asked_about(manager: Client) -> None:
    sheet = months.made()
    typed = {"result-papers_locked": "partly", "note-papers_locked": "０４７６-42-5111へ連絡"}
    assert "電話番号のような数字" in text_of(kept(manager, **typed))
    answer = manager.post(f"{MONTH}papers/", typed)
    assert (answer.status_code, own_result(sheet, "papers_locked")) == (422, ("", ""))
    assert "電話番号ではないことを確かめました" in text_of(answer)
    assert manager.post(f"{MONTH}papers/", typed | {"no_phone": "on"}).status_code == 302


def test_the_report_is_kept_and_handed_in(manager: Client) -> None:
    sheet = months.filled_in()
    typed = {"complaints": "２", "accidents": "0", "survey_text": "満足が8割"}
    assert manager.post(f"{MONTH}report/", typed).status_code == 302
    version = months.now_of(sheet).version
    answer = manager.post(f"{MONTH}submit/", {"version": version}, follow=True)
    assert "自己点検を市に報告しました。" in text_of(answer)
    now = months.now_of(sheet)
    assert (now.state, now.complaints, now.survey_text) == ("reported", 2, "満足が8割")
    with as_city():
        assert now.acts.get(act="report").snapshot["complaints"] == 2


def test_a_report_with_gaps_is_not_handed_in(manager: Client) -> None:
    sheet = months.made()
    answer = manager.post(f"{MONTH}submit/", {"version": sheet.version})
    assert answer.status_code == 422
    assert "件が記入されていません。" in text_of(answer)


def test_a_report_that_was_handed_in_stays(manager: Client) -> None:
    sheet = months.reported()
    assert (
        manager.post(f"{MONTH}papers/", {"result-papers_locked": "unfit", "note-papers_locked": "x"}).status_code == 409
    )
    assert manager.post(f"{MONTH}report/", {"complaints": "0", "accidents": "0"}).status_code == 409
    assert manager.post(f"{MONTH}submit/", {"version": sheet.version}).status_code == 409


def test_the_last_plan_gives_the_month_back_to_the_city(manager: Client) -> None:
    finding = months.with_finding(papers_locked="partly")
    address = f"/office/monitoring/findings/{finding.pk}/"
    assert "鍵を管理すること" in text_of(manager.get(address))
    assert manager.post(address, {"text": "", "until": "2026-04-20"}).status_code == 422
    assert manager.post(address, {"text": "記録簿を置く", "until": "2026-04-01"}).status_code == 422
    answer = manager.post(address, {"text": "記録簿を置く", "until": "2026-04-20"}, follow=True)
    assert "改善計画を市に提出しました。" in text_of(answer)
    with as_city():
        now = MonitoringFinding.objects.select_related("month").get(pk=finding.pk)
    assert (now.state, now.month.state, now.plan_text) == ("planned", "planned", "記録簿を置く")
    assert manager.post(address, {"text": "x", "until": "2026-04-20"}).status_code == 409


def test_another_facilitys_finding_is_not_found(manager: Client) -> None:
    finding = months.with_finding(SPORTS)
    assert manager.get(f"/office/monitoring/findings/{finding.pk}/").status_code == 404
