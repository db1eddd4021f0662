"""The inbox of registrations, and the decisions on them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from apps.registrants.models import Act, Registrant, RegistrationAct, RegistrationPolicy, Renewal
from apps.registrants.services.acting import leave_trace
from kernel import clock
from shared.actor import SYSTEM
from tests import factories
from tests.apps.registrants.web.staff.registering import provisional, shown
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO


@pytest.fixture
def waiting(database: None) -> Registrant:
    return factories.individual(state="under_review")


def decide(client: Client, found: Registrant, act: str, **typed: str) -> Any:
    return client.post(f"/registrants/{found.pk}/{act}/", {"version": str(found.version)} | typed)


def state_of(found: Registrant) -> str:
    with as_tenant(CHUO):
        return str(Registrant.objects.get(pk=found.pk).state)


def test_what_waits_for_a_decision_stands_first(desk: Client, waiting: Registrant) -> None:
    early, elsewhere = provisional(), factories.individual(BUNKA, state="under_review")
    page = shown(desk.get("/registrations/"))
    assert str(waiting.pk) in page
    assert str(early.pk) not in page
    assert str(elsewhere.pk) not in page
    assert str(early.pk) in shown(desk.get("/registrations/?state=provisional"))


def test_closings_that_are_put_off_have_a_list_of_their_own(desk: Client, waiting: Registrant) -> None:
    late = factories.individual()
    with as_tenant(CHUO):
        leave_trace(SYSTEM, late.pk, Act.PUT_OFF, reason="未納の使用料があるため")
    page = shown(desk.get("/registrations/?state=put_off"))
    assert str(late.pk) in page
    assert str(waiting.pk) not in page
    assert "その翌日に自動で抹消されます" in page
    told = "未納の使用料があるため、抹消の日を過ぎても抹消していません。"
    assert told in shown(desk.get(f"/registrants/{late.pk}/"))
    with as_tenant(CHUO):
        leave_trace(SYSTEM, late.pk, Act.REOPEN, reason="届出の取下げ")
    assert told not in shown(desk.get(f"/registrants/{late.pk}/"))


@pytest.mark.parametrize("state", ["active", "x", "' OR 1=1"])
def test_another_state_shows_what_waits_for_a_decision(desk: Client, waiting: Registrant, state: str) -> None:
    factories.individual(given_name="有効")
    page = shown(desk.get("/registrations/", {"state": state}))
    assert str(waiting.pk) in page
    assert "架空　有効" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_inbox_takes_ten_statements_whatever_waits(desk: Client, number: int) -> None:
    for _ in range(number):
        factories.individual(state="under_review")
    with count_statements() as statements:
        desk.get("/registrations/")
    assert statements.count == 10, statements


def test_approving_makes_it_active_with_a_term_from_today(manager: Client, waiting: Registrant) -> None:
    with as_tenant(CHUO):
        RegistrationPolicy.objects.create(valid_from=dt.date(2020, 4, 1), renewal=Renewal.FISCAL_YEAR, validity_years=1)
    assert "登録を承認する" in shown(manager.get(f"/registrants/{waiting.pk}/"))
    decide(manager, waiting, "approve")
    with as_tenant(CHUO):
        found = Registrant.objects.get(pk=waiting.pk)
    assert found.state == "active"
    assert found.valid_until is not None
    assert (found.valid_until.month, found.valid_until.day) == (3, 31)


def test_refusing_needs_a_reason_and_keeps_it(manager: Client, waiting: Registrant) -> None:
    answer = decide(manager, waiting, "refuse", reason=" ")
    assert answer.status_code == 422
    assert "理由を入力してください。" in shown(answer)
    assert state_of(waiting) == "under_review"
    decide(manager, waiting, "refuse", reason="市外の方のため")
    assert state_of(waiting) == "refused"
    with as_tenant(CHUO):
        assert RegistrationAct.objects.get(act="refuse").reason == "市外の方のため"


def test_a_provisional_registration_is_refused_too_but_not_approved(manager: Client) -> None:
    assert decide(manager, provisional(), "approve").status_code == 409
    early = provisional()
    decide(manager, early, "refuse", reason="本人が来ないため")
    assert state_of(early) == "refused"


@pytest.mark.parametrize("act", ["approve", "refuse"])
def test_a_stale_decision_is_refused(manager: Client, waiting: Registrant, act: str) -> None:
    answer = decide(manager, waiting, act, version="4", reason="長い理由を入力した")
    assert answer.status_code == 409
    assert state_of(waiting) == "under_review"
    assert ("長い理由を入力した" in shown(answer)) == (act == "refuse")
    assert ("不承認にする" in shown(answer)) == (act == "refuse")
    assert ("今の操作では何も記録していません。" in shown(answer)) == (act == "approve")


def test_a_decided_one_is_decided_once(manager: Client, waiting: Registrant) -> None:
    decide(manager, waiting, "approve")
    assert decide(manager, waiting, "refuse", version="2", reason="x").status_code == 409
    assert "この登録は、審査を待っていません。" in shown(manager.get(f"/registrants/{waiting.pk}/refuse/"))


@pytest.mark.parametrize("act", ["approve", "refuse"])
def test_only_the_manager_decides(receptionist: Client, waiting: Registrant, act: str) -> None:
    assert decide(receptionist, waiting, act, reason="x").status_code == 403
    assert state_of(waiting) == "under_review"
    assert "登録を承認する" not in shown(receptionist.get(f"/registrants/{waiting.pk}/"))


def test_the_day_of_the_decision_is_the_day_of_the_act(manager: Client, waiting: Registrant) -> None:
    decide(manager, waiting, "approve")
    with as_tenant(CHUO):
        assert RegistrationAct.objects.get(act="approve").effective_on == clock.today()
