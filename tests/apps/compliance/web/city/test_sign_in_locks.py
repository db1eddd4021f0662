"""The city sees which sign-ins are held up at any place, and ends one with a reason; nobody else does."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.test import Client

from shared.audit.models import Action, AuditEntry
from shared.staff.models import Role, SignInPair, StaffAccount
from tests import factories
from tests.shared.staff.support import at_desk, code_of, enter, with_app
from tests.support.clients import client_at, signed_in
from tests.support.fixtures import Freeze
from tests.support.raw import raw
from tests.support.scopes import as_city, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, TENANTS

pytestmark = pytest.mark.usefixtures("database")
PAGE = "/office/sign-in-locks/"
LINK = re.compile(r'href="(/office/sign-in-locks/[a-z]+/[0-9]+/)"')


@pytest.fixture
def office() -> Client:
    return signed_in(client_at(settings.CITY_HOST), factories.city_officer(roles=[Role.SYSTEMS]))


def lock(account: StaffAccount | str, address: str = "192.0.2.7", schema: str = CHUO) -> None:
    """Fail as often as locks ``account`` from ``address``."""
    for _ in range(5):
        assert enter(at_desk(address, schema), account, "wrong").status_code == 422


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_lock_is_shown_with_id_name_and_origin_and_is_ended_with_a_reason(office: Client) -> None:
    clerk = factories.clerk(name="架空　忘太郎")
    lock(clerk)
    assert enter(at_desk("192.0.2.7"), clerk).status_code == 429
    shown = text(office.get(PAGE))
    assert all(one in shown for one in (clerk.login_id, "架空　忘太郎", "192.0.2.7"))
    [address] = LINK.findall(shown)
    assert clerk.login_id in text(office.get(address))
    assert office.post(address, {"reason": "本人の入力誤り"}).status_code == 302
    assert LINK.findall(text(office.get(PAGE))) == []
    assert enter(at_desk("192.0.2.7"), clerk).status_code == 302
    with as_tenant(CHUO):
        there = AuditEntry.objects.get(action=Action.PERMISSION)
    with as_city():
        here = AuditEntry.objects.get(action=Action.PERMISSION)
    assert (there.object_type, there.purpose) == (here.object_type, here.purpose) == ("sign_in_lock", "本人の入力誤り")
    assert here.detail["account"] == str(clerk.pk)


def test_a_lock_of_codes_is_the_accounts_too(office: Client) -> None:
    clerk = factories.clerk()
    secret = with_app(clerk)
    for _ in range(5):
        client = at_desk()
        enter(client, clerk)
        client.post("/account/prove/", {"code": "000000"})
    shown = text(office.get(PAGE))
    assert clerk.login_id in shown
    [address] = LINK.findall(shown)
    office.post(address, {"reason": "本人の入力誤り"})
    client = at_desk()
    enter(client, clerk)
    assert client.post("/account/prove/", {"code": code_of(secret)}).status_code == 302


def test_an_id_that_nobody_has_is_never_shown_as_it_was_typed(office: Client) -> None:
    lock("typed-a-password")
    shown = text(office.get(PAGE))
    assert "登録のないID" in shown
    assert "typed-a-password" not in shown


def test_a_lock_of_the_citys_own_site_is_shown_and_ended(office: Client) -> None:
    officer = factories.city_officer(roles=[Role.GENERAL])
    for _ in range(5):
        enter(client_at(settings.CITY_HOST), officer, "wrong")
    [address] = LINK.findall(text(office.get(PAGE)))
    assert address.startswith("/office/sign-in-locks/shared/")
    assert office.post(address, {"reason": "本人の入力誤り"}).status_code == 302
    assert enter(client_at(settings.CITY_HOST), officer).status_code == 302


def test_a_lock_that_is_over_is_not_there(freeze: Freeze) -> None:
    now = freeze("2026-04-01 09:00")
    lock(factories.clerk())
    client = signed_in(client_at(settings.CITY_HOST), factories.city_officer(roles=[Role.SYSTEMS]))
    [address] = LINK.findall(text(client.get(PAGE)))
    now.shift(dt.timedelta(minutes=14))
    assert LINK.findall(text(client.get(PAGE))) == [address]
    now.shift(dt.timedelta(minutes=1))
    assert LINK.findall(text(client.get(PAGE))) == []
    assert client.post(address, {"reason": "本人の入力誤り"}).status_code == 404


def test_without_a_reason_it_stays(office: Client) -> None:
    clerk = factories.clerk()
    lock(clerk)
    [address] = LINK.findall(text(office.get(PAGE)))
    assert office.post(address, {"reason": ""}).status_code == 422
    assert enter(at_desk("192.0.2.7"), clerk).status_code == 429


@pytest.mark.parametrize("roles", [[Role.GENERAL], [Role.AUDITOR], [Role.DEPARTMENT]])
def test_the_database_refuses_it_to_anybody_else(roles: list[Role], clerk: StaffAccount) -> None:
    lock(clerk)
    officer = factories.city_officer(roles=roles)
    assert signed_in(client_at(settings.CITY_HOST), officer).get(PAGE).status_code == 403
    with as_tenant(CHUO):
        pair = SignInPair.objects.filter(tries__gte=5).exclude(origin="").exclude(who="").get().pk
    asked = "SELECT shared.clear_sign_in_lock('chuo', %s, %s, '', NULL, '')"
    with raw("kashikan_city", schema="shared") as city, pytest.raises(psycopg.errors.CheckViolation):
        city.execute(asked, [pair, officer.pk])
    with raw(f"tenant_{CHUO}", schema=CHUO) as desk, pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk.execute(asked, [pair, officer.pk])


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_statements_whatever_there_is(office: Client, number: int) -> None:
    for schema in TENANTS[:number]:
        lock(factories.clerk(schema), schema=schema)
    office.get("/")
    with count_statements() as sent:
        assert len(LINK.findall(text(office.get(PAGE)))) == number
    assert sent.count <= 12, sent
