"""A citizen signs in by ID, by address, or by a registration's number; whoever guesses learns and gains nothing."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules.numbering import registration_series
from shared.accounts.logins import looks_like_a_number, registration_number
from shared.accounts.models import PortalAccount, PortalSignInPair
from shared.throttle import keyed
from tests import factories
from tests.factories import Citizen
from tests.support.accounts import mailed_link
from tests.support.clients import client_at, signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_portal
from tests.support.statements import count_statements
from tests.support.tenants import SPORTS

MAIL = "Sakura@citizens.example"
WRONG = "入力された内容が違います。"
GOOD = "kame-ga-hashiru-7"


def enter(login: str, password: str = factories.PASSWORD) -> Any:
    return client_at(settings.PORTAL_HOST).post("/login/", {"login_id": login, "password": password})


@pytest.fixture
def citizen(database: None) -> Citizen:
    return factories.citizen_with_registration(account=factories.portal_account(login_id="sakura", email=MAIL))


@pytest.mark.parametrize("typed", ["sakura", " ＳＡＫＵＲＡ ", MAIL, "ｓakura@CITIZENS.example"])
def test_id_and_address_open_the_account_in_any_case_and_width(citizen: Citizen, typed: str) -> None:
    assert enter(typed).status_code == 302


@pytest.mark.parametrize("change", [str, str.lower, lambda text: text.replace("-", " "), lambda text: f"　{text}"])
def test_the_number_of_a_registration_opens_it_however_it_is_typed(citizen: Citizen, change: Any) -> None:
    assert enter(change(citizen.registrant.number)).status_code == 302


def test_each_of_the_registrations_opens_the_one_account(citizen: Citizen) -> None:
    other = factories.citizen_with_registration(SPORTS, account=citizen.account)
    assert enter(other.registrant.number).status_code == 302


def test_a_registration_without_an_account_and_a_number_that_is_wrong_are_answered_alike(citizen: Citizen) -> None:
    alone = factories.individual()
    typed = [
        alone.number,
        f"{alone.number[:-1]}x",
        "Z-000001-8",
        "nobody@citizens.example",
        "nobody",
        citizen.registrant.number,
    ]
    answers = [enter(one, "not-the-password") for one in typed]
    assert {one.status_code for one in answers} == {422}
    assert all(WRONG in one.content.decode() for one in answers)


def test_a_number_costs_the_same_statements_whether_it_is_known_or_not(citizen: Citizen) -> None:
    alone = factories.individual()
    counts = []
    for number in (citizen.registrant.number, alone.number):
        client = client_at(settings.PORTAL_HOST)
        with count_statements() as counted:
            client.post("/login/", {"login_id": number, "password": "not-the-password"})
        counts.append(counted.count)
    assert counts[0] == counts[1]


def test_nobody_takes_a_number_for_an_id(portal_client: Client) -> None:
    portal_client.post("/account/new/", {"email": "new@citizens.example"})
    link = mailed_link("sign_up")
    values = {"login_id": "a0000018", "password": GOOD, "again": GOOD}
    answer = portal_client.post(f"/account/new/{link}/", values)
    assert answer.status_code == 422
    assert "このIDは使えません。" in answer.content.decode()


@given(st.integers(1, 999_999), st.sampled_from(["A", "BK", "SPO", "QWER"]))
def test_every_number_of_every_series_is_read_and_is_no_id(sequence: int, prefix: str) -> None:
    number = registration_series(prefix).make(sequence)
    assert registration_number(number.lower().replace("-", "")) == number
    assert looks_like_a_number(number)


def test_guesses_are_counted_through_a_restart_of_the_cache(citizen: Citizen) -> None:
    statuses = []
    for _ in range(6):
        statuses.append(enter("sakura", "wrong").status_code)
        cache.clear()
    assert statuses == [422] * 5 + [429]


def test_of_many_guesses_at_once_five_are_looked_at(citizen: Citizen) -> None:
    def guess(_: int) -> int:
        try:
            return int(enter("sakura", "wrong").status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(guess, range(16)))
    assert (statuses.count(422), statuses.count(429)) == (5, 11)


def names_of(citizen: Citizen) -> list[str]:
    return ["sakura", MAIL, citizen.registrant.number]


def counted_of(account: PortalAccount) -> int:
    with as_portal():
        return PortalSignInPair.objects.exclude(origin="").get(who=keyed("who", "account", account.pk)).tries


def test_all_names_of_an_account_together_give_five_guesses_and_nobody_is_told(
    citizen: Citizen, freeze: Freeze
) -> None:
    now = freeze("2026-04-01 09:00")
    guesses = [enter(name, "wrong") for name in names_of(citizen) for _ in range(2)]
    right = [enter(name) for name in names_of(citizen)]
    unknown = [enter("nobody", "wrong") for _ in range(3)]
    answers = {(one.status_code, WRONG in one.content.decode()) for one in [*guesses, *right, *unknown]}
    assert answers == {(422, True)}
    elsewhere = Client(HTTP_HOST=settings.PORTAL_HOST, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post("/login/", {"login_id": MAIL, "password": factories.PASSWORD}).status_code == 302
    now.shift(dt.timedelta(minutes=15))
    assert enter(MAIL).status_code == 302


def test_the_right_password_under_one_name_begins_the_count_of_the_account_anew(citizen: Citizen) -> None:
    for name in names_of(citizen)[1:]:
        assert [enter(name, "wrong").status_code for _ in range(2)] == [422] * 2
    assert enter("sakura").status_code == 302
    assert counted_of(citizen.account) == 0
    assert [enter("sakura", "wrong").status_code for _ in range(4)] == [422] * 4
    assert enter(MAIL).status_code == 302


def test_guesses_of_one_account_hold_up_no_other(citizen: Citizen) -> None:
    other = factories.portal_account(login_id="kaede")
    for name in names_of(citizen):
        enter(name, "wrong"), enter(name, "wrong")
    assert enter(other.login_id).status_code == 302


@pytest.mark.race
def test_guesses_under_several_names_at_once_do_not_slip_through(citizen: Citizen) -> None:
    typed = names_of(citizen) * 4

    def guess(number: int) -> int:
        try:
            return int(enter(typed[number], "wrong").status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(guess, range(len(typed))))
    assert statuses == [422] * 12
    assert counted_of(citizen.account) == 12
    assert [enter(name).status_code for name in names_of(citizen)] == [422] * 3


@pytest.mark.parametrize(
    ("kind", "unknown"), [(0, "nobody"), (1, "nobody@citizens.example"), (2, "")], ids=["ID", "address", "number"]
)
def test_a_name_that_nobody_has_and_one_whose_account_is_locked_cost_what_any_other_costs(
    citizen: Citizen, kind: int, unknown: str
) -> None:
    def statements(name: str) -> list[str]:
        client = client_at(settings.PORTAL_HOST)
        with count_statements() as counted:
            client.post("/login/", {"login_id": name, "password": "not-the-password"})
        return [text.split("FROM unnest")[0][:40] for text in counted.texts]

    known = statements(names_of(citizen)[kind])
    nobody = statements(unknown or factories.individual().number)
    for name in names_of(citizen)[kind - 1 :][:1] * 4:
        enter(name, "wrong")
    locked = statements(names_of(citizen)[kind])
    assert known == locked
    assert len(known) == len(nobody)


@pytest.mark.parametrize(
    ("address", "values"),
    [
        ("password", {"password": GOOD, "again": GOOD}),
        ("address", {"email": "another@citizens.example"}),
        ("end", {"is_meant": "on"}),
    ],
)
def test_an_open_session_is_no_place_to_guess_the_password(
    portal_client: Client, citizen: Citizen, address: str, values: dict[str, str]
) -> None:
    client = signed_in(portal_client, citizen.account)
    statuses = []
    for _ in range(6):
        statuses.append(client.post(f"/account/{address}/", {"current": "wrong", **values}).status_code)
        cache.clear()
    right = client.post(f"/account/{address}/", {"current": factories.PASSWORD, **values})
    assert [*statuses, right.status_code] == [422] * 5 + [429, 429]
    with as_portal(account=citizen.account.pk):
        assert PortalAccount.objects.get(login_id="sakura").check_password(factories.PASSWORD)


def test_the_right_password_begins_the_count_anew(portal_client: Client, citizen: Citizen) -> None:
    client = signed_in(portal_client, citizen.account)
    for _ in range(3):
        client.post("/account/address/", {"email": "x@citizens.example", "current": "wrong"})
    client.post("/account/address/", {"email": "x@citizens.example", "current": factories.PASSWORD})
    with as_portal():
        assert PortalSignInPair.objects.exclude(who="").exclude(origin="").get().tries == 0
