"""Sessions of staff: over when idle, over at a set hour, one a person, told why; never brought back to life."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import connections
from django.test import Client

from shared.audit.models import Action, AuditEntry
from shared.staff.models import SignInEvent, SignInSign, StaffAccount, StaffSession
from shared.staff.sessions import StaffSessionStore
from tests import factories
from tests.shared.staff.support import at_desk, enter, is_inside
from tests.support.clients import client_at
from tests.support.fixtures import Freeze
from tests.support.raw import raw
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

pytestmark = pytest.mark.usefixtures("database")
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def inside() -> Client:
    client = at_desk()
    assert enter(client, factories.clerk()).status_code == 302
    return client


def told_at_sign_in(client: Client) -> str:
    answer = client.get("/inbox/")
    assert answer.headers["Location"].startswith("/login/")
    return str(client.get(answer.headers["Location"]).content.decode())


def rows() -> list[StaffSession]:
    with as_tenant(CHUO):
        return list(StaffSession.objects.order_by("began_at", "pk"))


def test_fifteen_idle_minutes_end_it_and_say_so_once(freeze: Freeze) -> None:
    now, client = freeze("2026-04-01 09:00"), at_desk()
    enter(client, factories.clerk())
    now.shift(15 * MINUTE)
    assert "しばらく操作がなかったため" in told_at_sign_in(client)
    assert "しばらく操作がなかったため" not in told_at_sign_in(client)


def test_each_request_puts_the_end_off(freeze: Freeze) -> None:
    now, client = freeze("2026-04-01 09:00"), at_desk()
    enter(client, factories.clerk())
    for _ in range(10):
        now.shift(14 * MINUTE)
        assert is_inside(client)


def test_ten_hours_end_it_whatever_is_done(freeze: Freeze) -> None:
    now, client = freeze("2026-04-01 09:00"), at_desk()
    enter(client, factories.clerk())
    for _ in range(59):
        now.shift(10 * MINUTE)
        assert is_inside(client)
    now.shift(10 * MINUTE)
    assert "長い時間がたったため" in told_at_sign_in(client)


def test_the_end_is_written_at_most_once_a_minute(freeze: Freeze) -> None:
    now, client = freeze("2026-04-01 09:00"), at_desk()
    enter(client, factories.clerk())
    is_inside(client)
    counts = []
    for seconds in (0, 59, 1, 30):
        now.shift(dt.timedelta(seconds=seconds))
        with count_statements() as sent:
            is_inside(client)
        counts.append(sum("UPDATE" in text and "staff_staffsession" in text for text in sent.texts))
    assert counts == [0, 0, 1, 0]


@pytest.mark.parametrize("by_itself", ["progress", "board"])
def test_a_page_that_asks_by_itself_keeps_nobody_in(freeze: Freeze, by_itself: str) -> None:
    now, client = freeze("2026-04-01 09:00"), at_desk()
    enter(client, factories.clerk())
    is_inside(client)
    for _ in range(3):
        now.shift(5 * MINUTE)
        client.get("/account/", headers={"HX-Trigger": by_itself})
    assert not is_inside(client)


def test_a_second_sign_in_ends_the_first_which_is_told() -> None:
    clerk, first, second = factories.clerk(), at_desk(), at_desk("192.0.2.7")
    enter(first, clerk)
    enter(second, clerk)
    assert is_inside(second)
    assert "同じIDで別の場所からログイン" in told_at_sign_in(first)
    assert [one.ended_why for one in rows()] == ["elsewhere", ""]


def test_both_are_audited_and_two_places_are_noticed() -> None:
    clerk = factories.clerk()
    for address in ("127.0.0.1", "192.0.2.7"):
        enter(at_desk(address), clerk)
    with as_tenant(CHUO):
        acts = [(one.action, one.detail.get("why", "")) for one in AuditEntry.objects.order_by("id")]
        signs = list(SignInEvent.objects.values_list("sign", "address"))
    assert acts == [(Action.LOGIN, ""), (Action.LOGOUT, "elsewhere"), (Action.LOGIN, "")]
    assert signs == [(SignInSign.TWO_PLACES, "192.0.2.7")]


def test_the_same_place_twice_is_no_sign() -> None:
    clerk = factories.clerk()
    for _ in range(2):
        enter(at_desk(), clerk)
    with as_tenant(CHUO):
        assert not SignInEvent.objects.exists()


@pytest.mark.race
def test_of_sixteen_who_enter_at_once_one_session_is_left() -> None:
    clerk = factories.clerk()

    def come(_n: int) -> Client:
        client = at_desk()
        try:
            enter(client, clerk)
        finally:
            connections.close_all()
        return client

    with ThreadPoolExecutor(16) as pool:
        clients = list(pool.map(come, range(16)))
    assert Counter(map(is_inside, clients)) == {True: 1, False: 15}


def test_a_session_that_was_ended_is_not_saved_back_to_life() -> None:
    clerk, first = factories.clerk(), at_desk()
    enter(first, clerk)
    with as_tenant(CHUO):
        store = StaffSessionStore(first.cookies["kashikan_desk"].value)
        store["kept"] = 1
    enter(at_desk(), clerk)
    with as_tenant(CHUO), pytest.raises(UpdateError):
        store.save()
    assert not is_inside(first)


def test_signing_out_everywhere_ends_this_one_too(inside: Client) -> None:
    assert inside.post("/account/everywhere/").headers["Location"] == "/"
    assert [one.ended_why for one in rows()] in ([], ["everywhere"])
    assert not is_inside(inside)


def test_a_session_that_was_there_before_is_not_taken_over() -> None:
    clerk, client = factories.clerk(), at_desk()
    client.cookies["kashikan_desk"] = "chosen-by-somebody-else-000000000"
    enter(client, clerk)
    assert client.cookies["kashikan_desk"].value != "chosen-by-somebody-else-000000000"
    other = at_desk()
    other.cookies["kashikan_desk"] = "chosen-by-somebody-else-000000000"
    assert not is_inside(other)


def test_a_cookie_is_worth_nothing_at_another_desk(inside: Client) -> None:
    other = at_desk(schema=BUNKA)
    other.cookies["kashikan_desk"] = inside.cookies["kashikan_desk"].value
    assert not is_inside(other)


def test_the_cookies_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECURE_COOKIES", True)
    client = at_desk()
    enter(client, factories.clerk())
    cookie = client.cookies["kashikan_desk"]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["domain"], cookie["max-age"], cookie["expires"]) == ("", "", "")


def test_staying_answers_with_a_token_and_the_minutes(inside: Client) -> None:
    answer: Any = inside.get("/account/stay/").json()
    assert answer["minutes"] == 15
    assert len(answer["token"]) == 64


def test_a_citizens_session_is_over_after_thirty_idle_minutes(freeze: Freeze) -> None:
    now, account = freeze("2026-04-01 09:00"), factories.portal_account()
    client = client_at(settings.PORTAL_HOST)
    client.post("/login/", {"login_id": account.login_id, "password": factories.PASSWORD})
    now.shift(29 * MINUTE)
    assert client.get("/account/").status_code == 200
    now.shift(30 * MINUTE)
    answer = client.get("/account/")
    assert answer.headers["Location"].startswith("/login/")
    assert "しばらく操作がなかったため" in client.get(answer.headers["Location"]).content.decode()


def test_a_desk_cannot_change_whose_session_it_is_elsewhere(clerk: StaffAccount) -> None:
    with raw(f"tenant_{BUNKA}", schema=BUNKA) as desk, pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk.execute(f"UPDATE {CHUO}.staff_staffsession SET ended_at = NULL")
