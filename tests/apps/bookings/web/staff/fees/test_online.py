"""The desk compares what was paid online with the receipts, gives back, and sets whether it is used."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.bookings.models import OnlinePaymentTerms, OnlineRefund, OnlineSession, ProviderEvent
from apps.bookings.queries.online import online_terms_on
from apps.bookings.services.cancel import call_off
from apps.bookings.services.fees.refunding import decide_refund
from kernel import clock
from shared.actor import SYSTEM
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO
from tests.support.testpay import API, HOOKS, NAME, Case, TestPay, begin, bring, session_now, settle

pytestmark = pytest.mark.usefixtures("database")


def url(name: str, *args: Any) -> str:
    return reverse(f"desk:{name}", args=args, urlconf="config.urls.desk")


def paid(case: Case, **wish: Any) -> OnlineSession:
    session = case.begin()
    case.pay.pay(session, **wish)
    bring(case.pay.notices()[0])
    settle()
    return session


def test_what_was_paid_online_agrees_with_the_receipts_and_stands_apart_from_the_drawer(
    accountant: Client, online_case: Case
) -> None:
    paid(online_case)
    page = accountant.get(url("online")).content.decode()
    assert page.count("2,500円") >= 3
    assert online_case.booking.number in page
    sheet = accountant.get(url("cash")).content.decode()
    assert "オンライン決済の照合" in sheet
    assert "日計の現金は 0円 です" in sheet


def test_the_list_costs_the_same_for_one_payment_and_for_three(accountant: Client, online_case: Case) -> None:
    paid(online_case)
    accountant.get(url("online"))
    with count_statements() as one:
        accountant.get(url("online"))
    for days in (1, 2):
        day = factories.soon() + dt.timedelta(days=days)
        other = factories.booking_awaiting_permit(online_case.citizen, online_case.booking.room, day=day)
        online_case.pay.pay(begin(online_case.citizen, other))
        bring(online_case.pay.notices()[0])
    settle()
    with count_statements() as three:
        page = accountant.get(url("online")).content.decode()
    assert page.count("支払い済み") >= 3
    assert len(three.texts) == len(one.texts)


def test_another_amount_is_shown_given_back_and_noted(accountant: Client, online_case: Case) -> None:
    session = paid(online_case, amount=2000)
    page = accountant.get(url("online")).content.decode()
    assert "額が違う、または二重の支払い" in page
    assert accountant.post(url("online_unreceived", session.pk), {"reason": ""}).status_code == 422
    assert accountant.post(url("online_unreceived", session.pk), {"reason": "額が違うため"}).status_code == 302
    assert accountant.post(url("online_unreceived", session.pk), {"reason": "もう一度"}).status_code == 409
    assert accountant.post(url("online_clear", session.pk), {"reason": "返金を依頼した"}).status_code == 302
    assert session_now(session).cleared_why == "返金を依頼した"
    with as_tenant(CHUO):
        event = ProviderEvent.objects.get(outcome="mismatch")
    assert accountant.post(url("online_clear_stray", event.pk), {"reason": "返金を依頼した"}).status_code == 302
    assert "確認が必要なもの" not in accountant.get(url("online")).content.decode()


def test_a_decision_is_carried_out_through_the_provider_from_the_bookings_payments(
    accountant: Client, online_case: Case
) -> None:
    paid(online_case)
    with as_tenant(CHUO):
        call_off(actor=SYSTEM, booking=online_case.booking.pk, reason="架空の設備の故障")
        refund = decide_refund(actor=SYSTEM, booking=online_case.booking.pk)
    payments = url("payments", online_case.booking.pk)
    assert "決済サービスから返金する" in accountant.get(payments).content.decode()
    assert accountant.post(url("online_back", refund.pk)).status_code == 302
    page = accountant.get(payments).content.decode()
    assert "返金待ち" in page
    assert "決済サービスから返金する" not in page
    with as_tenant(CHUO):
        assert OnlineRefund.objects.get().amount == 2500


def test_only_who_closes_the_day_gives_back(receptionist: Client, online_case: Case) -> None:
    session = paid(online_case, amount=2000)
    assert receptionist.get(url("online")).status_code == 200
    assert receptionist.post(url("online_unreceived", session.pk), {"reason": "x"}).status_code == 403
    assert receptionist.post(url("online_clear", session.pk), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["first=x&last=y", "first=2026-01-01&last=2027-01-01", "first=2026-02-01&last=2026-01-01"],
)
def test_days_that_make_no_sense_are_told(accountant: Client, query: str) -> None:
    assert accountant.get(f"{url('online')}?{query}").status_code == 422


def said(**values: Any) -> dict[str, Any]:
    told = {"is_on": "on", "provider": NAME, "basis": "contract", "agent": "架空決済株式会社　令和8年4月1日契約"}
    return {"valid_from": f"{clock.today()}", **told, "minutes": "30", "on_paid": "permit", **values}


def test_the_manager_switches_it_on_after_seeing_what_changes(manager: Client, testpay: TestPay) -> None:
    address = url("settings_new", "online")
    page = manager.post(address, said()).content.decode()
    assert "架空決済株式会社" in page
    assert "使わない" in page
    with as_tenant(CHUO):
        assert not OnlinePaymentTerms.objects.exists()
    assert manager.post(address, said(confirmed="1")).status_code == 302
    with as_tenant(CHUO):
        assert online_terms_on(clock.today()).is_on
        assert not online_terms_on(clock.today() - dt.timedelta(days=1)).is_on


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"basis": "agent"}, "根拠を選び直してください"),
        ({"agent": " "}, "根拠を選び直してください"),
        ({"provider": ""}, "接続されていないか"),
        ({"minutes": "5"}, "10から120まで"),
        ({"valid_from": "2020-01-01"}, "今日以後"),
    ],
)
def test_terms_that_cannot_be_kept_come_back_filled(
    manager: Client, testpay: TestPay, change: dict[str, str], told: str
) -> None:
    answer = manager.post(url("settings_new", "online"), said(confirmed="1", **change))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    with as_tenant(CHUO):
        assert not OnlinePaymentTerms.objects.exists()


def test_without_a_contract_nothing_can_be_switched_on(manager: Client) -> None:
    answer = manager.post(url("settings_new", "online"), said(confirmed="1"))
    assert answer.status_code == 422


def test_the_keys_stand_on_no_page(manager: Client, testpay: TestPay) -> None:
    page = manager.get(url("settings_new", "online")).content.decode()
    assert API[CHUO] not in page
    assert HOOKS[CHUO] not in page
