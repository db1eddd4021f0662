"""The city's months: the board at a glance, the check, findings, judgement, photographs, the checklist, PDFs."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.compliance.models.monitoring import MonitoringItem, MonitoringMonth
from apps.compliance.models.monitoring_findings import (
    MonitoringFinding,
    MonitoringMailbox,
    MonitoringPhoto,
    MonitoringYear,
)
from apps.compliance.queries.monitoring.items import checklist
from apps.compliance.services.monitoring.close import close_month
from shared.audit.models import Action, AuditEntry
from shared.staff.models import Role
from tests import factories
from tests.apps.bookings.web.staff.asking import Response, text_of
from tests.apps.compliance import monitoring as months
from tests.apps.compliance.photos import jpeg_with_gps
from tests.support.clients import client_at, signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO, SPORTS

MONTH = "/monitoring/chuo/months/2026-03/"


@pytest.fixture(autouse=True)
def _in_april(freeze: Freeze) -> None:
    freeze("2026-04-10 10:00")


def sent(client: Client, sheet: MonitoringMonth, act: str, **typed: str) -> Response:
    return client.post(f"{MONTH}{act}/", typed | {"version": str(months.now_of(sheet).version)})


def test_the_board_shows_each_facilitys_year_in_words(city: Client) -> None:
    months.made()
    months.reported(SPORTS)
    page = text_of(city.get("/monitoring/?year=2025"))
    assert "2025年度の月次モニタリング" in page
    assert "記入・遅" in page
    assert "架空市民体育館 令和8年3月（2026年）" in page
    assert "あと20日" in page


def test_the_board_costs_the_same_for_one_facility_and_for_three(city: Client) -> None:
    counts = []
    for schema in (CHUO, SPORTS, BUNKA):
        months.reported(schema)
        with count_statements() as statements:
            city.get("/monitoring/?year=2025")
        counts.append(statements.count)
    assert len(set(counts)) == 1


def test_the_board_can_show_only_what_waits_for_the_city(city: Client) -> None:
    months.made()
    months.reported(SPORTS)
    rows = city.get("/monitoring/?year=2025&waiting=1").content.decode()
    assert "/monitoring/sports/years/2025/" in rows
    assert "/monitoring/chuo/years/2025/" not in rows


def test_the_board_leads_to_no_year_of_which_no_month_is_over(city: Client) -> None:
    assert ["次の年度" in text_of(city.get(f"/monitoring/?year={year}")) for year in (2024, 2025)] == [True, False]


@pytest.mark.parametrize("year", ["abcd", "12", "３０００", "99999"])
def test_nonsense_for_a_year_is_a_bad_request(city: Client, year: str) -> None:
    assert city.get(f"/monitoring/?year={year}").status_code == 400


def test_who_only_looks_judges_nothing(database: None) -> None:
    months.reported()
    looker = signed_in(client_at("city.localhost"), factories.city_officer(roles=[Role.SYSTEMS]))
    assert looker.get(MONTH).status_code == 200
    assert "改善を指摘する" not in text_of(looker.get(MONTH))
    for act in ("visit", "return", "finding", "close", "photos", "order", "reopen"):
        assert looker.post(f"{MONTH}{act}/").status_code == 403
    assert looker.post("/monitoring/chuo/years/2025/").status_code == 403


def test_an_auditor_does_not_see_the_board(database: None) -> None:
    auditor = signed_in(client_at("city.localhost"), factories.city_officer(roles=[Role.AUDITOR]))
    assert auditor.get("/monitoring/").status_code == 403


def test_the_results_of_a_group_are_kept(city: Client) -> None:
    sheet = months.reported()
    answer = city.post(f"{MONTH}check/staff/", {"result-pledges": "fit", "result-notice_posted": "unfit"})
    assert answer.status_code == 422
    typed = {"result-pledges": "fit", "result-notice_posted": "unfit", "note-notice_posted": "掲示がない"}
    following = city.post(f"{MONTH}check/staff/", typed).headers["Location"]
    assert following.removeprefix(MONTH).strip("/").split("/") == ["check", "work"]
    with as_city():
        assert sheet.results.get(code="notice_posted").city_result == "unfit"
        assert sheet.acts.get(act="check").snapshot == {
            "items": {"pledges": ["fit", ""], "notice_posted": ["unfit", "掲示がない"]}
        }


def test_the_citys_results_wait_for_the_report(city: Client) -> None:
    months.made()
    assert city.post(f"{MONTH}check/staff/", {"result-pledges": "fit"}).status_code == 409


@pytest.mark.parametrize("day", ["2026-02-28", "2026-04-11"])
def test_a_check_is_not_of_another_time(city: Client, day: str) -> None:
    sheet = months.reported()
    assert sent(city, sheet, "visit", checked_on=day, checker="見本").status_code == 422


def test_a_page_that_somebody_overtook_changes_nothing(city: Client) -> None:
    sheet = months.reported()
    typed = {"version": "1", "checked_on": "2026-04-09", "checker": "見本"}
    answer = city.post(f"{MONTH}visit/", typed)
    assert answer.status_code == 409
    assert 'value="見本"' in answer.content.decode()
    assert months.now_of(sheet).checked_on is None


def test_a_returned_report_can_be_filled_in_again(city: Client) -> None:
    sheet = months.reported()
    assert sent(city, sheet, "return", reason="").status_code == 422
    assert sent(city, sheet, "return", reason="苦情の件数を確かめてください").status_code == 302
    assert months.now_of(sheet).state == "self_check"


def test_a_finding_is_numbered_answered_and_confirmed(city: Client) -> None:
    sheet = months.checked(keys_kept="partly")
    typed = {"item": "keys_kept", "text": "鍵の使用記録を付けること", "deadline": "2026-04-24"}
    assert sent(city, sheet, "finding", **typed).status_code == 302
    assert sent(city, sheet, "finding", **typed | {"deadline": "2026-04-09"}).status_code == 422
    with as_city():
        finding = MonitoringFinding.objects.get()
    assert (finding.fiscal_year, finding.number, months.now_of(sheet).state) == (2025, 1, "improving")
    assert "指摘2025-1" in text_of(city.get(MONTH))


def test_a_plan_is_returned_and_then_confirmed(city: Client) -> None:
    finding = months.planned()
    address = f"/monitoring/findings/{finding.pk}/"
    assert city.post(address, {"decision": "return", "answer": ""}).status_code == 422
    assert city.post(address, {"decision": "return", "answer": "いつからか書いてください"}).status_code == 302
    with as_city():
        now = MonitoringFinding.objects.select_related("month").get()
        assert (now.state, now.month.state) == ("returned", "improving")
        assert now.month.acts.get(act="plan").snapshot["plan"] == "記録簿を置く"
    assert city.post(address, {"decision": "confirm"}).status_code == 422


def test_a_month_is_judged_by_the_rule_with_its_reasons(city: Client) -> None:
    sheet = months.checked(keys_kept="unfit")
    page = text_of(city.get(f"{MONTH}close/"))
    assert "★の項目に不適が1件" in page
    assert sent(city, sheet, "close", grade="C").status_code == 302
    now = months.now_of(sheet)
    assert (now.state, now.grade, now.computed_grade) == ("closed", "C", "C")
    assert "報告の遅れが5日" in text_of(city.get(MONTH))


def test_another_grade_than_the_rules_wants_a_reason(city: Client) -> None:
    sheet = months.checked()
    assert sent(city, sheet, "close", grade="A").status_code == 422
    assert sent(city, sheet, "close", grade="A", reason="災害による遅れのため").status_code == 302
    now = months.now_of(sheet)
    assert (now.grade, now.computed_grade, now.override_reason) == ("A", "B", "災害による遅れのため")


def test_a_month_with_gaps_or_open_findings_is_not_judged(city: Client) -> None:
    months.reported()
    assert "市の結果がありません。" in text_of(city.get(f"{MONTH}close/", follow=True))
    finding = months.planned(SPORTS)
    assert finding.state
    page = city.get("/monitoring/sports/months/2026-03/close/", follow=True)
    assert "改善の確認が終わっていない指摘が1件あります。" in text_of(page)


def test_a_judgement_is_taken_back_and_stays_in_the_history(city: Client) -> None:
    sheet = months.checked()
    with as_city():
        close_month(actor=months.CITY, tenant=CHUO, month=months.MARCH)
    assert sent(city, sheet, "reopen", reason="見落としがあったため").status_code == 302
    with as_city():
        assert sheet.acts.get(act="reopen").snapshot["grade"] == "B"
    assert (months.now_of(sheet).state, months.now_of(sheet).grade) == ("reported", "")


def photo_sent(client: Client, content: bytes, name: str = "写真.jpg") -> Response:
    file = SimpleUploadedFile(name, content, content_type="image/jpeg")
    return client.post(f"{MONTH}photos/", {"photo": file, "item": "pc_fixed", "caption": "ワイヤ錠"})


def test_a_photograph_is_kept_without_where_it_was_taken(city: Client, manager: Client) -> None:
    months.reported()
    assert b"GPS-PLACE" in jpeg_with_gps()
    assert photo_sent(city, jpeg_with_gps()).status_code == 302
    with as_city():
        kept = MonitoringPhoto.objects.get()
    assert bytes(kept.content).startswith(b"\x89PNG")
    assert b"GPS-PLACE" not in bytes(kept.content)
    assert b"Exif" not in bytes(kept.content)
    for client, address in ((city, "/monitoring/photos"), (manager, "/office/monitoring/photos")):
        answer = client.get(f"{address}/{kept.pk}/")
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"GIF89a" + bytes(40),
        b"\xff\xd8\xff\xe0broken",
        b"\x89PNG\r\n\x1a\n" + bytes(30),
        b"%PDF-1.7",
    ],
)
def test_what_is_no_photograph_is_refused_by_its_content(city: Client, content: bytes) -> None:
    months.reported()
    answer = photo_sent(city, content)
    assert answer.status_code == 422
    assert "JPEGかPNGの写真を選んでください。" in text_of(answer)
    with as_city():
        assert not MonitoringPhoto.objects.exists()


def test_a_photograph_of_another_facility_is_not_found(city: Client) -> None:
    months.reported()
    photo_sent(city, jpeg_with_gps())
    with as_city():
        kept = MonitoringPhoto.objects.get()
    stranger = signed_in(client_at("sports.localhost"), factories.clerk(SPORTS, roles=[Role.FACILITY_MANAGER]))
    assert stranger.get(f"/office/monitoring/photos/{kept.pk}/").status_code == 404
    assert client_at("city.localhost").get(f"/monitoring/photos/{kept.pk}/").status_code == 302
    assert city.get(f"/monitoring/photos/{uuid4()}/").status_code == 404


def test_a_photograph_that_should_not_be_there_is_emptied(city: Client) -> None:
    months.reported()
    photo_sent(city, jpeg_with_gps())
    with as_city():
        kept = MonitoringPhoto.objects.get()
    assert city.post(f"/monitoring/photos/{kept.pk}/remove/", {"reason": "来館者が写っていた"}).status_code == 302
    assert city.get(f"/monitoring/photos/{kept.pk}/").status_code == 404
    with as_city():
        assert bytes(MonitoringPhoto.objects.get().content) == b""
    assert "来館者が写っていた" in text_of(city.get(MONTH))


def test_the_checklist_gets_a_version_and_older_months_keep_theirs(city: Client) -> None:
    old = months.made()
    typed = {
        "category": "work", "text": "消火器を点検している", "method": "目視", "evidence": "", "filled_by": "facility",
        "position": "270", "is_on": "on", "reason": "消防の指導による",
    }  # fmt: skip
    assert city.post("/monitoring/items/drill/", typed).status_code == 302
    assert city.post("/monitoring/items/new/", typed | {"text": "新しい項目"}).status_code == 302
    with as_tenant(CHUO):
        assert old.results.get(code="drill").version == 1
    new = months.made(SPORTS)
    with as_tenant(SPORTS):
        assert new.results.get(code="drill").text == "消火器を点検している"
        assert new.results.filter(text="新しい項目").exists()


def test_the_three_items_are_not_switched_off(city: Client) -> None:
    kept = {
        "category": "papers", "method": "目視", "filled_by": "facility", "position": "10", "reason": "見本",
    }  # fmt: skip
    with as_city():
        text = checklist()[0].text
    for typed in ({"text": text}, {"text": "別の項目", "is_on": "on"}):
        answer = city.post("/monitoring/items/papers_locked/", kept | typed)
        assert answer.status_code == 422
        assert "★の項目は" in text_of(answer)
    assert city.post("/monitoring/items/papers_locked/", kept | {"text": text, "is_on": "on"}).status_code == 302
    with as_city():
        assert MonitoringItem.objects.filter(code="papers_locked").count() == 2


def test_mailboxes_are_kept_and_the_audit_holds_no_address(city: Client) -> None:
    typed = {"operator": "center@example.jp", "department": ""}
    assert city.post("/monitoring/chuo/mailboxes/", typed).status_code == 302
    assert city.post("/monitoring/mailboxes/", {"general": "soukatsu@example.jp"}).status_code == 302
    assert city.post("/monitoring/mailboxes/", {"general": "not an address"}).status_code == 422
    with as_city():
        assert set(MonitoringMailbox.objects.values_list("tenant", "side")) == {(CHUO, "operator"), ("", "general")}
        told = list(AuditEntry.objects.filter(object_type="monitoring_mailbox").values_list("detail", flat=True))
    assert "example" not in str(told)


def test_a_year_is_summed_up_and_a_correction_is_a_version(city: Client) -> None:
    address = "/monitoring/chuo/years/2025/"
    months.checked()
    assert city.post(address, {"grade": "A", "comment": "良好"}).status_code == 422
    with as_city():
        close_month(actor=months.CITY, tenant=CHUO, month=months.MARCH)
    for comment in ("良好", "おおむね良好"):
        assert city.post(address, {"grade": "A", "comment": comment}).status_code == 302
    with as_city():
        rows = list(MonitoringYear.objects.values_list("version", "computed_grade", "comment"))
    assert rows == [(2, "B", "おおむね良好"), (1, "B", "良好")]
    assert "おおむね良好" in text_of(city.get(address))


def test_the_sheet_is_printed_and_that_is_recorded(city: Client) -> None:
    months.with_finding(keys_kept="partly")
    answer = city.post(f"{MONTH}sheet/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    with as_city():
        printed = AuditEntry.objects.filter(action=Action.PRINT).values_list("detail__form", flat=True)
        assert list(printed) == ["sheet"]


def test_there_is_no_order_without_a_finding(city: Client) -> None:
    months.reported()
    assert city.post(f"{MONTH}order/").status_code == 404


@pytest.mark.parametrize("address", ["/monitoring/nobody/months/2026-03/", "/monitoring/chuo/months/2026-01/"])
def test_what_is_not_there_is_not_found(city: Client, address: str) -> None:
    assert city.get(address).status_code == 404
