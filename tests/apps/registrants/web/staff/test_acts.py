"""Suspend, lift, renew, close, reopen at the desk: small pages, refusals beside their fields, nothing lost."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client

from apps.registrants.models import Registrant, RegistrationAct, RegistrationPolicy
from kernel import clock
from shared.audit.models import Action
from shared.staff.models import Role
from tests import factories
from tests.apps.bookings.web.staff.asking import Response, audited, text_of, version_in
from tests.support.clients import signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

ACTS = ("suspend", "lift", "renew", "close", "reopen")


@pytest.fixture(autouse=True)
def _on_a_spring_day(freeze: Freeze) -> None:
    freeze("2026-05-01 10:00")


@pytest.fixture
def person(database: None) -> Registrant:
    return factories.individual()


def now_of(person: Registrant) -> Registrant:
    with as_tenant(CHUO):
        return Registrant.objects.get(pk=person.pk)


def sent(client: Client, person: Registrant, act: str, **typed: object) -> Response:
    address = f"/registrants/{person.pk}/{act}/"
    return client.post(address, {"version": now_of(person).version} | typed)


def test_a_suspension_is_recorded_from_its_page(manager: Client, person: Registrant) -> None:
    page = manager.get(f"/registrants/{person.pk}/suspend/")
    typed = {"version": version_in(page), "first": clock.today().isoformat(), "last": "", "reason": "無断不使用"}
    answer = manager.post(f"/registrants/{person.pk}/suspend/", typed, follow=True)
    assert "利用停止を記録しました。" in text_of(answer)
    assert now_of(person).state == "suspended"


def test_a_reason_is_kept_as_it_reads_and_not_as_it_would_show(manager: Client, person: Registrant) -> None:
    reason = "無断\u202e不使\u202c用\u200b 👨\u200d👧 のため"
    sent(manager, person, "suspend", first="2026-05-01", last="", reason=reason)
    with as_tenant(CHUO):
        assert RegistrationAct.objects.get().reason == "無断不使用 👨\u200d👧 のため"


def test_days_are_read_in_either_calendar(manager: Client, person: Registrant) -> None:
    sent(manager, person, "suspend", first="令和10年4月1日", last="R10.4.30", reason="無断不使用")
    with as_tenant(CHUO):
        act = RegistrationAct.objects.get()
    assert (act.effective_on, act.until) == (dt.date(2028, 4, 1), dt.date(2028, 4, 30))


def test_a_suspension_is_lifted_closed_and_reopened(manager: Client, person: Registrant) -> None:
    today = clock.today().isoformat()
    states = []
    for act, typed in (
        ("suspend", {"first": today, "reason": "無断不使用"}),
        ("lift", {"effective_on": today, "reason": "申出"}),
        ("close", {"cause": "moved", "effective_on": today, "reason": "転出"}),
        ("reopen", {"reason": "取り違え"}),
    ):
        assert sent(manager, person, act, **typed).status_code == 302
        states.append(now_of(person).state)
    assert states == ["suspended", "active", "closed", "active"]


def test_a_renewal_proposes_the_end_by_the_policy(manager: Client) -> None:
    person = factories.individual(valid_until=clock.today())
    with as_tenant(CHUO):
        RegistrationPolicy.objects.create(valid_from=dt.date(2020, 4, 1), renewal="years", validity_years=1)
    tomorrow = clock.today() + dt.timedelta(1)
    until = tomorrow.replace(year=tomorrow.year + 1) - dt.timedelta(1)
    assert f'value="{until.isoformat()}"' in text_of(manager.get(f"/registrants/{person.pk}/renew/"))
    sent(manager, person, "renew", valid_until=until.isoformat(), reason="更新の申請による")
    assert now_of(person).valid_until == until


def test_what_stands_in_the_way_of_closing_is_listed_with_links_and_what_was_typed_stays(
    manager: Client, person: Registrant
) -> None:
    booking = factories.counter_booking(person, factories.meeting_room())
    typed = {"cause": "withdrawn", "effective_on": clock.today().isoformat(), "reason": "市外へ移るため"}
    answer = sent(manager, person, "close", **typed)
    assert answer.status_code == 409
    for told in ("先に片付けることが1件あるため", f"/bookings/{booking.pk}/", booking.number, "市外へ移るため"):
        assert told in text_of(answer)
    assert now_of(person).state == "active"


@pytest.mark.parametrize(
    ("act", "typed", "told"),
    [
        ("suspend", {"first": "2020-04-01", "reason": "x"}, "過ぎた日は指定できません。"),
        ("suspend", {"first": "2028-04-02", "last": "2028-04-01", "reason": "x"}, "最後の日は、始まる日以降に"),
        ("suspend", {"first": "2028-02-30", "reason": "x"}, "その日付はありません。"),
        ("suspend", {"first": "そのうち", "reason": "x"}, "日付は 2026-04-01 の形で"),
        ("suspend", {"first": "2028-04-01", "reason": " 　"}, "理由を入力してください。"),
        ("suspend", {"first": "2028-04-01", "reason": "長" * 501}, "理由は500文字以内で"),
        ("suspend", {"first": "2028-04-01", "reason": "点\x00検"}, "使えない文字が含まれています。"),
        ("renew", {"valid_until": "2020-03-31", "reason": "x"}, "新しい有効期限は、今日以降で"),
        ("close", {"effective_on": "2028-04-01", "reason": "x"}, "抹消の事由を選択してください。"),
        ("close", {"cause": "expired", "effective_on": "2028-04-01", "reason": "x"}, "抹消の事由を選択してください。"),
        ("close", {"cause": "moved", "effective_on": "2000-04-01", "reason": "x"}, "登録日より前の日は"),
    ],
)
def test_what_makes_no_sense_is_told_beside_its_field(
    manager: Client, person: Registrant, act: str, typed: dict[str, str], told: str
) -> None:
    answer = sent(manager, person, act, **typed)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert now_of(person).version == 1


@pytest.mark.parametrize("version", ["", "0", "９", "9" * 5000, "-1"])
def test_an_older_page_changes_nothing_and_keeps_the_reason(manager: Client, person: Registrant, version: str) -> None:
    answer = sent(manager, person, "suspend", version=version, first="2028-04-01", reason="無断不使用")
    assert answer.status_code == 409
    assert "ほかの人がこの登録を変更しました。" in text_of(answer)
    assert "無断不使用" in text_of(answer)


def test_an_act_that_the_state_does_not_allow_is_not_offered_and_refused(manager: Client, person: Registrant) -> None:
    assert "この登録の状態では、その処理はできません。" in text_of(manager.get(f"/registrants/{person.pk}/reopen/"))
    answer = sent(manager, person, "reopen", reason="取り違え")
    assert answer.status_code == 409
    assert "取り違え" in text_of(answer)


@pytest.mark.parametrize("act", ACTS)
def test_another_tenants_registrant_is_not_found(manager: Client, act: str) -> None:
    elsewhere = factories.individual(BUNKA)
    for registrant in (elsewhere.pk, uuid.uuid4()):
        assert manager.get(f"/registrants/{registrant}/{act}/").status_code == 404
        assert manager.post(f"/registrants/{registrant}/{act}/", {"reason": "x"}).status_code in {404, 422}
    with as_tenant(BUNKA):
        assert Registrant.objects.get(pk=elsewhere.pk).version == 1


@pytest.mark.parametrize("act", ACTS)
def test_whoever_has_no_role_for_it_is_refused_and_that_is_audited(
    accountant: Client, person: Registrant, act: str
) -> None:
    assert sent(accountant, person, act, first="2028-04-01", reason="x").status_code == 403
    assert [entry.object_id for entry in audited(Action.DENIED, "page")] == [act]


@pytest.mark.parametrize(("act", "status"), [("renew", 200), ("close", 200), ("suspend", 403), ("reopen", 403)])
def test_the_counter_renews_and_closes_and_the_manager_does_the_rest(
    desk_client: object, person: Registrant, act: str, status: int
) -> None:
    client = signed_in(desk_client(CHUO), factories.clerk(roles=[Role.RECEPTION]))  # type: ignore[operator]
    assert client.get(f"/registrants/{person.pk}/{act}/").status_code == status


@pytest.mark.parametrize("act", ACTS)
def test_a_page_takes_few_statements(manager: Client, person: Registrant, act: str) -> None:
    with count_statements() as statements:
        manager.get(f"/registrants/{person.pk}/{act}/")
    assert statements.count <= 7, statements
