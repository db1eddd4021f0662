"""Signing in and out, the same at the three sites."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from shared.audit.models import Action, AuditEntry
from tests import factories
from tests.support.clients import client_at
from tests.support.scopes import as_city, as_portal, as_tenant
from tests.support.tenants import BUNKA, CHUO

WRONG = "IDまたはパスワードが違います。"


def enter(client: Client, login_id: str, password: str = factories.PASSWORD, **values: str) -> Any:
    return client.post("/login/", {"login_id": login_id, "password": password} | values)


def entries(schema: str = CHUO) -> list[AuditEntry]:
    with as_tenant(schema):
        return list(AuditEntry.objects.all())


@pytest.mark.parametrize(
    ("host", "make"),
    [
        (f"{CHUO}.localhost", factories.clerk),
        (settings.CITY_HOST, factories.city_officer),
        (settings.PORTAL_HOST, factories.portal_account),
    ],
)
def test_each_site_knows_its_own_accounts(database: None, host: str, make: Callable[[], Any]) -> None:
    account, client = make(), client_at(host)
    assert "違います。" not in client.get("/login/").content.decode()
    assert enter(client, account.login_id).status_code == 302
    assert client.get("/login/").headers["Location"] == "/"


@pytest.mark.parametrize("make", [factories.city_officer, factories.portal_account, lambda: factories.clerk(BUNKA)])
def test_nobody_elses_account_opens_a_desk(desk_client: Callable[[str], Client], make: Callable[[], Any]) -> None:
    answer = enter(desk_client(CHUO), make().login_id)
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()


def test_the_id_is_read_in_any_case_and_width(desk_client: Callable[[str], Client]) -> None:
    factories.clerk(login_id="kamome01")
    assert enter(desk_client(CHUO), " ＫＡＭＯＭＥ０１ ").status_code == 302


@pytest.mark.parametrize(
    ("login_id", "password"), [("kamome01", "wrong"), ("nobody", "wrong"), ("stopped", factories.PASSWORD)]
)
def test_one_sentence_for_whatever_was_wrong(
    desk_client: Callable[[str], Client], login_id: str, password: str
) -> None:
    factories.clerk(login_id="kamome01")
    factories.clerk(login_id="stopped", is_active=False)
    answer = enter(desk_client(CHUO), login_id, password)
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()
    assert password not in answer.content.decode()


def test_a_failure_is_audited_with_the_account_and_never_with_what_was_typed(
    desk_client: Callable[[str], Client],
) -> None:
    clerk = factories.clerk(login_id="kamome01")
    enter(desk_client(CHUO), "kamome01", "wrong-secret")
    enter(desk_client(CHUO), "typed-my-password-here", "x")
    unknown, known = entries()
    assert {unknown.action, known.action} == {Action.LOGIN_FAILED}
    assert (unknown.object_id, known.object_id) == ("", str(clerk.pk))
    assert {unknown.actor_kind, unknown.address} == {"visitor", "127.0.0.1"}
    assert "wrong-secret" not in str([vars(entry) for entry in entries()])
    assert "typed-my-password" not in str([vars(entry) for entry in entries()])


def test_coming_and_going_are_audited(desk_client: Callable[[str], Client]) -> None:
    clerk, client = factories.clerk(), desk_client(CHUO)
    enter(client, clerk.login_id)
    client.post("/logout/")
    assert [(entry.action, entry.actor_kind, entry.actor_id) for entry in entries()] == [
        (Action.LOGOUT, "staff", clerk.pk),
        (Action.LOGIN, "staff", clerk.pk),
    ]


def test_the_entry_of_a_sign_in_says_who_that_is_here_and_in_which_session(
    desk_client: Callable[[str], Client],
) -> None:
    clerk, client = factories.clerk(), desk_client(CHUO)
    enter(client, clerk.login_id)
    client.post("/logout/")
    out, came = entries()
    assert came.roles == out.roles == clerk.roles
    assert came.session == out.session != ""
    citizen = client_at(settings.PORTAL_HOST)
    enter(citizen, factories.portal_account().login_id)
    citizen.post("/logout/")
    with as_city():
        out, came = AuditEntry.objects.order_by("-id")
    assert came.session == out.session != ""


def test_a_citizen_who_guesses_is_held_up_and_others_elsewhere_are_not(database: None) -> None:
    account = factories.portal_account()
    here = client_at(settings.PORTAL_HOST)
    assert [enter(here, account.login_id, "wrong").status_code for _ in range(6)] == [422] * 5 + [429]
    assert enter(here, account.login_id).status_code == 429
    there = client_at(settings.PORTAL_HOST)
    there.defaults["REMOTE_ADDR"] = "192.0.2.9"
    assert enter(there, account.login_id).status_code == 302


@pytest.mark.race
def test_guesses_at_the_portal_sent_at_once_do_not_slip_through(database: None) -> None:
    login_id = factories.portal_account().login_id

    def send(_n: int) -> int:
        try:
            status: int = enter(client_at(settings.PORTAL_HOST), login_id, "wrong").status_code
            return status
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(send, range(12))) == [422] * 5 + [429] * 7


@pytest.mark.parametrize("scope", [as_city, as_portal])
def test_the_other_sites_audit_in_the_shared_schema(database: None, scope: Callable[[], Any]) -> None:
    is_city = scope is as_city
    account = factories.city_officer() if is_city else factories.portal_account()
    enter(client_at(settings.CITY_HOST if is_city else settings.PORTAL_HOST), account.login_id)
    with as_city():
        entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_kind) == (Action.LOGIN, "city" if is_city else "citizen")


@pytest.mark.parametrize(
    ("target", "led"),
    [
        ("/inbox/?day=2026-04-01", "/inbox/?day=2026-04-01"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_on_this_host(desk_client: Callable[[str], Client], target: str, led: str) -> None:
    answer = enter(desk_client(CHUO), factories.clerk().login_id, next=target)
    assert answer.headers["Location"] == led


def test_a_page_that_was_asked_for_is_found_again(desk_client: Callable[[str], Client]) -> None:
    client = desk_client(CHUO)
    sent = client.get("/inbox/?day=2026-04-01")
    assert sent.headers["Location"] == "/login/?next=%2Finbox%2F%3Fday%3D2026-04-01"
    assert 'name="next" value="/inbox/?day=2026-04-01"' in client.get(sent.headers["Location"]).content.decode()


def test_signing_in_begins_a_new_session(desk_client: Callable[[str], Client]) -> None:
    client, clerk = desk_client(CHUO), factories.clerk()
    enter(client, clerk.login_id)
    before = client.cookies["kashikan_desk"].value
    enter(client, clerk.login_id)
    assert client.cookies["kashikan_desk"].value != before


def test_signing_out_ends_the_session_on_the_server(desk_client: Callable[[str], Client]) -> None:
    client = desk_client(CHUO)
    enter(client, factories.clerk().login_id)
    kept = client.cookies["kashikan_desk"].value
    client.post("/logout/")
    client.cookies["kashikan_desk"] = kept
    assert client.get("/inbox/").status_code == 302


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"login_id": "", "password": "x"}, "IDを入力してください。"),
        ({"login_id": "x", "password": ""}, "パスワードを入力してください。"),
        ({"login_id": "x" * 100_000, "password": "x"}, "60文字"),
        ({"login_id": "x", "password": "x" * 100_000}, "1000文字"),
        ({"login_id": "x\x00", "password": "x"}, "使えない文字"),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_field(
    desk_client: Callable[[str], Client], typed: dict[str, str], told: str
) -> None:
    answer = desk_client(CHUO).post("/login/", typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert entries() == []


def test_a_form_without_the_token_is_refused(database: None) -> None:
    client = Client(HTTP_HOST=f"{CHUO}.localhost", enforce_csrf_checks=True)
    assert enter(client, factories.clerk().login_id).status_code == 403


def test_a_fragment_asked_for_without_a_session_moves_the_whole_page(desk_client: Callable[[str], Client]) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://{CHUO}.localhost/registrants/"}
    answer = desk_client(CHUO).get("/registrants/", headers=headers)
    assert answer.headers["HX-Redirect"] == "/login/?next=%2Fregistrants%2F"
