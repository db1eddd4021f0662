"""A citizen's account at the portal: opened, found again, changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from shared.accounts.models import AccountToken, PortalAccount, PortalSession
from shared.audit.models import AuditEntry
from shared.outbox.models import Message
from tests import factories
from tests.support.accounts import mailed_link, mails
from tests.support.clients import client_at, signed_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_portal
from tests.support.statements import count_statements

NEW = "sakura@citizens.example"
GOOD = "kame-ga-hashiru-7"
CHOSEN = {"login_id": "sakura", "password": GOOD, "again": GOOD}


def ask(client: Client, email: str = NEW, way: str = "new") -> Any:
    return client.post(f"/account/{way}/", {"email": email})


def choose(client: Client, link: str, **values: str) -> Any:
    return client.post(f"/account/new/{link}/", CHOSEN | values)


def account(login_id: str = "sakura") -> PortalAccount | None:
    with as_portal():
        return PortalAccount.objects.filter(login_id=login_id).first()


def test_an_account_is_opened_from_the_mail_and_its_holder_is_signed_in(portal_client: Client) -> None:
    assert ask(portal_client).headers["Location"] == "/account/sent/"
    answer = choose(portal_client, mailed_link("sign_up"))
    assert answer.headers["Location"] == "/registrations/"
    shown = portal_client.get("/account/").content.decode()
    assert "sakura" in shown
    assert NEW in shown


def test_nothing_exists_before_the_mail_is_answered(portal_client: Client) -> None:
    ask(portal_client)
    with as_portal():
        assert PortalAccount.objects.count() == 0


@pytest.mark.parametrize("way", ["new", "reset"])
def test_the_answer_is_the_same_whether_the_address_is_known_or_not(portal_client: Client, way: str) -> None:
    known = factories.portal_account(email="Known@citizens.example")
    answers = [ask(portal_client, email, way) for email in (known.email.upper(), NEW)]
    told = {(one.status_code, one.headers["Location"], one.content) for one in answers}
    assert told == {(302, "/account/sent/", b"")}
    assert sorted(mails()) == (["known", "sign_up"] if way == "new" else ["reset", "unknown"])


@pytest.mark.parametrize("way", ["new", "reset"])
def test_a_known_address_costs_the_statements_of_one_that_is_not(portal_client: Client, way: str) -> None:
    known = factories.portal_account(email="known@citizens.example")
    ask(portal_client, "first@citizens.example", way)
    counts = []
    for email in (known.email, NEW):
        with count_statements() as counted:
            ask(portal_client, email, way)
        counts.append(counted.count)
    assert counts[0] == counts[1]


def test_a_link_opens_one_account(portal_client: Client) -> None:
    ask(portal_client)
    link = mailed_link("sign_up")
    choose(portal_client, link)
    for client in (portal_client, client_at(settings.PORTAL_HOST)):
        assert choose(client, link, login_id="another").status_code == 410
        assert client.get(f"/account/new/{link}/").status_code == 410
    assert account("another") is None


def test_two_links_of_one_address_open_one_account(portal_client: Client) -> None:
    ask(portal_client)
    first = mailed_link("sign_up")
    ask(portal_client)
    choose(portal_client, mailed_link("sign_up"))
    assert choose(client_at(settings.PORTAL_HOST), first, login_id="another").status_code == 410
    with as_portal():
        assert PortalAccount.objects.count() == 1


def test_a_link_is_dead_after_a_day(portal_client: Client, freeze: Freeze) -> None:
    clock = freeze("2026-06-01 09:00")
    ask(portal_client)
    link = mailed_link("sign_up")
    clock.move_to("2026-06-02T09:00:01+09:00")
    assert choose(portal_client, link).status_code == 410


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"login_id": ""}, "IDを入力してください。"),
        ({"login_id": "さくら"}, "IDは、英小文字・数字"),
        ({"login_id": "ab"}, "IDは、英小文字・数字"),
        ({"login_id": "さくら🌸", "again": "x"}, "IDは、英小文字・数字"),
        ({"login_id": "taken"}, "このIDは使えません。"),
        ({"login_id": "x\x00yzz"}, "使えない文字"),
        ({"again": "another-one-12"}, "上に入力したパスワードと違います。"),
        ({"password": "kame-7", "again": "kame-7"}, "パスワードは10文字以上にしてください。"),
        ({"password": "12345678901234", "again": "12345678901234"}, "使えません。"),
        ({"password": "adgjmptw93", "again": "adgjmptw93"} | {"login_id": "adgjmptw93x"}, "似たパスワード"),
        ({"password": "qwertyuiop", "again": "qwertyuiop"}, "推測されやすい"),
        ({"password": "x" * 100_000, "again": "x"}, "1000文字"),
    ],
)
def test_what_cannot_be_is_told_and_the_link_stays_good(
    portal_client: Client, typed: dict[str, str], told: str
) -> None:
    factories.portal_account(login_id="taken")
    ask(portal_client)
    answer = choose(portal_client, mailed_link("sign_up"), **typed)
    assert answer.status_code in {409, 422}
    assert told in answer.content.decode()
    assert choose(portal_client, mailed_link("sign_up")).status_code == 302


def test_the_id_is_kept_in_half_width_and_lower_case(portal_client: Client) -> None:
    ask(portal_client)
    choose(portal_client, mailed_link("sign_up"), login_id="ＳＡＫＵＲＡ")
    assert account("sakura")


@pytest.mark.parametrize("typed", ["", "sakura", "a@b", "@", "s\x00@citizens.example", "a" * 300 + "@citizens.example"])
def test_what_is_no_address_is_told(portal_client: Client, typed: str) -> None:
    assert ask(portal_client, typed).status_code == 422
    assert mails() == []


def test_one_address_is_not_flooded_and_nobody_is_told(portal_client: Client) -> None:
    answers = {ask(portal_client).status_code for _ in range(8)}
    assert (answers, len(mails())) == ({302}, 5)


def test_one_client_is_stopped_and_another_is_not(portal_client: Client) -> None:
    for number in range(30):
        ask(portal_client, f"{number}@citizens.example")
    answer = ask(portal_client)
    assert answer.status_code == 429
    assert "60分ほどたってから" in answer.content.decode()
    elsewhere = Client(HTTP_HOST=settings.PORTAL_HOST, REMOTE_ADDR="192.0.2.7")
    assert ask(elsewhere).status_code == 302


def test_a_password_is_reset_by_mail_and_every_session_ends(portal_client: Client) -> None:
    holder = factories.portal_account(login_id="sakura", email=NEW)
    elsewhere = signed_in(client_at(settings.PORTAL_HOST), holder)
    assert elsewhere.get("/account/").status_code == 200
    ask(portal_client, way="reset")
    link = mailed_link("reset")
    answer = portal_client.post(f"/account/reset/{link}/", {"password": GOOD, "again": GOOD})
    assert answer.headers["Location"] == "/account/"
    assert portal_client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert portal_client.post(f"/account/reset/{link}/", {"password": "x", "again": "x"}).status_code == 410
    assert mails()[-1] == "password_changed"
    with as_portal():
        assert PortalSession.objects.count() == 1
        assert PortalAccount.objects.get().check_password(GOOD)


def test_a_reset_voids_the_links_mailed_before(portal_client: Client) -> None:
    factories.portal_account(email=NEW)
    ask(portal_client, way="reset")
    first = mailed_link("reset")
    ask(portal_client, way="reset")
    portal_client.post(f"/account/reset/{mailed_link('reset')}/", {"password": GOOD, "again": GOOD})
    assert portal_client.get(f"/account/reset/{first}/").status_code == 410


def test_a_slip_with_a_wrong_code_opens_nothing(portal_client: Client) -> None:
    answer = portal_client.post("/account/reset/slip/", {"code": "AAAA-AAAA", "password": GOOD, "again": GOOD})
    assert answer.status_code == 422
    assert "再設定番号が違うか" in answer.content.decode()


def test_a_password_is_changed_by_who_knows_it(portal: Client, citizen: factories.Citizen) -> None:
    elsewhere = signed_in(client_at(settings.PORTAL_HOST), citizen.account)
    wrong = portal.post("/account/password/", {"current": "x", "password": GOOD, "again": GOOD})
    assert (wrong.status_code, "今のパスワードが違います。" in wrong.content.decode()) == (422, True)
    values = {"current": factories.PASSWORD, "password": GOOD, "again": GOOD}
    assert portal.post("/account/password/", values).status_code == 302
    assert (portal.get("/account/").status_code, elsewhere.get("/account/").status_code) == (200, 302)


def test_another_address_counts_when_it_answers(portal: Client, citizen: factories.Citizen) -> None:
    before = citizen.account.email
    portal.post("/account/address/", {"email": NEW, "current": factories.PASSWORD})
    assert before in portal.get("/account/").content.decode()
    link = mailed_link("change_mail")
    assert before in portal.get("/account/").content.decode()
    assert NEW in portal.get(f"/account/address/{link}/").content.decode()
    assert portal.post(f"/account/address/{link}/").status_code == 302
    assert NEW in portal.get("/account/").content.decode()
    assert mails() == ["change_mail", "address_changed"]
    with as_portal():
        told = AccountToken.objects.get(purpose="notice")
    assert told.email == before


def test_an_address_that_another_holds_is_answered_alike(portal: Client) -> None:
    factories.portal_account(email=NEW)
    answer = portal.post("/account/address/", {"email": NEW, "current": factories.PASSWORD})
    assert (answer.headers["Location"], mails()) == ("/account/sent/", ["known"])


@pytest.mark.parametrize("address", ["", "password/", "address/"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in(portal_client: Client, address: str) -> None:
    assert portal_client.get(f"/account/{address}").headers["Location"].startswith("/login/")


def test_neither_outbox_nor_audit_nor_tokens_hold_what_opens_an_account(portal_client: Client) -> None:
    ask(portal_client)
    link = mailed_link("sign_up")
    choose(portal_client, link)
    with as_city():
        kept = str([vars(one) for one in [*Message.objects.all(), *AuditEntry.objects.all()]])
    with as_portal():
        kept += str([vars(one) for one in AccountToken.objects.all()])
    assert link not in kept
    assert GOOD not in kept


def test_wrong_passwords_stop_the_client_that_sends_them_and_nobody_else(portal_client: Client) -> None:
    holder = factories.portal_account(login_id="sakura")
    wrong = {"login_id": "sakura", "password": "wrong"}
    statuses = [portal_client.post("/login/", wrong).status_code for _ in range(6)]
    assert (statuses[4], statuses[5]) == (422, 429)
    elsewhere = Client(HTTP_HOST=settings.PORTAL_HOST, REMOTE_ADDR="192.0.2.7")
    right = {"login_id": holder.login_id, "password": factories.PASSWORD}
    assert elsewhere.post("/login/", right).status_code == 302
