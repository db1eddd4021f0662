"""The second factor: RFC 6238's own vectors, codes that are good once, and a secret that the database cannot read."""

from __future__ import annotations

import base64
import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pyotp
import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.test import Client

from shared.at_rest import SealBrokenError, seal, unseal
from shared.audit.models import Action, AuditEntry
from shared.staff.errors import WrongCodeError
from shared.staff.models import Authenticator, RecoveryCode, Role, SignInEvent, SignInSign, StaffAccount
from shared.staff.second_factor import prove
from tests import factories
from tests.shared.staff.support import at_desk, code_of, enter, is_inside, with_app
from tests.support.clients import client_at, signed_in
from tests.support.fixtures import Freeze
from tests.support.raw import raw
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
KEY = re.compile(r'class="qr__key">([A-Z2-7 ]+)<')
SHOWN = re.compile(r"<li><code>([a-z0-9]{5}-[a-z0-9]{5})</code></li>")


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_vectors_of_rfc_6238_are_taken(seconds: int, code: str) -> None:
    account = factories.clerk()
    secret = base64.b32encode(b"12345678901234567890")
    with as_tenant(CHUO):
        sealed = seal(secret, purpose="authenticator", bound=str(account.pk))
        at = dt.datetime.fromtimestamp(seconds, dt.UTC)
        Authenticator.objects.create(account=account, sealed=sealed, made_at=at, confirmed_at=at)
        with time_machine.travel(at, tick=False):
            assert prove(account, code) == "app"


def test_the_way_in_is_password_then_code() -> None:
    clerk, client = factories.clerk(), at_desk()
    secret = with_app(clerk)
    assert enter(client, clerk).headers["Location"] == "/account/prove/"
    assert not is_inside(client)
    answer = client.post("/account/prove/", {"code": code_of(secret)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_inside(client)


def test_the_page_that_was_asked_for_is_found_after_both() -> None:
    clerk, client = factories.clerk(), at_desk()
    secret = with_app(clerk)
    client.post("/login/", {"login_id": clerk.login_id, "password": factories.PASSWORD, "next": "/usage/?m=1"})
    answer = client.post("/account/prove/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/usage/?m=1"


def test_a_code_opens_nothing_without_the_password() -> None:
    secret, client = with_app(factories.clerk()), at_desk()
    assert client.post("/account/prove/", {"code": code_of(secret)}).headers["Location"] == "/"
    assert not is_inside(client)


def test_the_patience_between_password_and_code_is_ten_minutes(freeze: Freeze) -> None:
    now, clerk, client = freeze("2026-04-01 09:00"), factories.clerk(), at_desk()
    secret = with_app(clerk)
    enter(client, clerk)
    now.shift(dt.timedelta(minutes=10))
    assert client.post("/account/prove/", {"code": code_of(secret)}).headers["Location"] == "/"


def test_a_changed_password_ends_the_waiting(superuser: psycopg.Connection) -> None:
    clerk, client = factories.clerk(), at_desk()
    secret = with_app(clerk)
    enter(client, clerk)
    superuser.execute(f"UPDATE {CHUO}.staff_staffaccount SET password = 'another'")
    assert client.post("/account/prove/", {"code": code_of(secret)}).headers["Location"] == "/"


@pytest.mark.parametrize("typed", ["000000", "", "x" * 100, "１２３", "<script>", "\x00"])
def test_a_wrong_code_is_told_and_audited_without_it(typed: str) -> None:
    clerk, client = factories.clerk(), at_desk()
    with_app(clerk)
    enter(client, clerk)
    answer = client.post("/account/prove/", {"code": typed})
    assert answer.status_code == 422
    with as_tenant(CHUO):
        assert typed not in str(list(AuditEntry.objects.values())) or not typed
    assert not is_inside(client)


def test_a_code_is_good_once(freeze: Freeze) -> None:
    freeze("2026-04-01 09:00")
    clerk = factories.clerk()
    code = code_of(with_app(clerk))
    with as_tenant(CHUO):
        assert prove(clerk, code) == "app"
        with pytest.raises(WrongCodeError):
            prove(clerk, code)


@pytest.mark.parametrize(("later", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_clocks_may_differ_by_half_a_minute(freeze: Freeze, later: int, *, is_taken: bool) -> None:
    freeze("2026-04-01 09:00")
    clerk = factories.clerk()
    code = code_of(with_app(clerk), later=later)
    with as_tenant(CHUO):
        try:
            taken = prove(clerk, f" {code[:3]} {code[3:]} ") == "app"
        except WrongCodeError:
            taken = False
    assert taken is is_taken


@pytest.mark.race
def test_one_code_sent_sixteen_times_at_once_is_taken_once(freeze: Freeze) -> None:
    freeze("2026-04-01 09:00")
    clerk = factories.clerk()
    code = code_of(with_app(clerk))

    def send(_n: int) -> bool:
        try:
            with as_tenant(CHUO):
                return prove(clerk, code) == "app"
        except WrongCodeError:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(send, range(16))) == 1


def test_five_wrong_codes_lock_even_if_the_password_is_known() -> None:
    clerk, client = factories.clerk(), at_desk()
    secret = with_app(clerk)
    statuses = []
    for _ in range(6):
        enter(client, clerk)
        statuses.append(client.post("/account/prove/", {"code": "000000"}).status_code)
    assert statuses == [422] * 5 + [429]
    assert client.post("/account/prove/", {"code": code_of(secret)}).status_code == 429


def set_up(client: Client) -> Any:
    """Set an app up through the page; the last answer."""
    began = client.post("/account/second-factor/", {"begin": "1"}).content.decode()
    found = KEY.search(began)
    assert found is not None
    return client.post("/account/second-factor/", {"code": pyotp.TOTP(found[1].replace(" ", "")).now()})


def test_setting_up_shows_a_drawing_and_the_key_and_ends_with_ten_codes(desk: Client, clerk: StaffAccount) -> None:
    began = desk.post("/account/second-factor/", {"begin": "1"}).content.decode()
    assert "<svg" in began
    assert " style=" not in began
    codes = SHOWN.findall(set_up(desk).content.decode())
    assert len(set(codes)) == 10
    with as_tenant(CHUO):
        assert RecoveryCode.objects.filter(account=clerk).count() == 10
        assert AuditEntry.objects.filter(action=Action.CHANGE).get().detail == {"fields": ["second_factor"]}
        kept = str(list(RecoveryCode.objects.values()))
    assert not any(code.replace("-", "") in kept for code in codes)


def test_a_recovery_code_enters_once_and_the_person_is_told(desk: Client, clerk: StaffAccount) -> None:
    code = SHOWN.findall(set_up(desk).content.decode())[0]
    client = at_desk()
    enter(client, clerk)
    assert client.post("/account/prove/", {"code": code.upper()}).status_code == 302
    assert "予備コードでログインした" in client.get("/account/").content.decode()
    with as_tenant(CHUO):
        assert SignInEvent.objects.get().sign == SignInSign.RECOVERY
    again = at_desk()
    enter(again, clerk)
    assert again.post("/account/prove/", {"code": code}).status_code == 422


def test_a_new_app_needs_the_password_and_replaces_the_old_one(desk: Client, clerk: StaffAccount) -> None:
    old = with_app(clerk)
    asked = desk.post("/account/second-factor/", {"begin": "1", "current": "wrong"})
    assert (asked.status_code, "今のパスワードが違います" in asked.content.decode()) == (409, True) or (
        asked.status_code == 422
    )
    began = desk.post("/account/second-factor/", {"begin": "1", "current": factories.PASSWORD}).content.decode()
    found = KEY.search(began)
    assert found is not None
    new = found[1].replace(" ", "")
    assert desk.post("/account/second-factor/", {"code": pyotp.TOTP(new).now()}).status_code == 200
    with as_tenant(CHUO):
        with pytest.raises(WrongCodeError):
            prove(clerk, code_of(old, later=1))
        assert Authenticator.objects.count() == 1


def test_new_recovery_codes_replace_the_old_ones(desk: Client, clerk: StaffAccount) -> None:
    first = SHOWN.findall(set_up(desk).content.decode())
    second = SHOWN.findall(desk.post("/account/recovery-codes/", {"current": factories.PASSWORD}).content.decode())
    assert len(second) == 10
    with as_tenant(CHUO), pytest.raises(WrongCodeError):
        prove(clerk, first[0])


@pytest.mark.parametrize("role", [Role.FACILITY_MANAGER, Role.PRIVACY_OFFICER])
def test_who_is_in_charge_sets_one_up_before_working(role: Role) -> None:
    client = signed_in(at_desk(), factories.clerk(roles=[role]), entered=False)
    assert client.get("/").headers["Location"] == "/account/second-factor/"
    assert "この役割の人は" in client.get("/account/second-factor/").content.decode()
    assert set_up(client).status_code == 200
    assert client.get("/account/").status_code == 200


def test_all_of_the_citys_staff_do(city_client: Client) -> None:
    client = signed_in(client_at(settings.CITY_HOST), factories.city_officer(roles=[Role.AUDITOR]), entered=False)
    assert client.get("/office/").headers["Location"] == "/account/second-factor/"


def test_a_receptionist_need_not() -> None:
    client = signed_in(at_desk(), factories.clerk(), entered=False)
    assert is_inside(client)


def test_what_is_sealed_opens_for_its_own_row_and_purpose_alone() -> None:
    sealed = seal(b"secret", purpose="a", bound="1")
    assert b"secret" not in sealed
    assert unseal(sealed, purpose="a", bound="1") == b"secret"
    for purpose, bound, data in (("b", "1", sealed), ("a", "2", sealed), ("a", "1", sealed[:-1] + b"\x00")):
        with pytest.raises(SealBrokenError):
            unseal(data, purpose=purpose, bound=bound)


def test_a_former_key_still_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = seal(b"secret", purpose="a", bound="1")
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [settings.SECRET_KEY])
    monkeypatch.setattr(settings, "SECRET_KEY", "another-key-that-protects-nothing-at-all")
    assert unseal(sealed, purpose="a", bound="1") == b"secret"


def test_after_a_change_of_the_key_sessions_apps_and_recovery_codes_still_hold(
    desk: Client, clerk: StaffAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = SHOWN.findall(set_up(desk).content.decode())[0]
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [settings.SECRET_KEY])
    monkeypatch.setattr(settings, "SECRET_KEY", "another-key-that-protects-nothing-at-all")
    assert is_inside(desk)
    with as_tenant(CHUO):
        assert prove(clerk, code) == "recovery"
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [])
    assert not is_inside(desk)


def test_the_row_does_not_hold_the_secret() -> None:
    clerk = factories.clerk()
    secret = with_app(clerk)
    with as_tenant(CHUO):
        row = Authenticator.objects.get()
    assert secret.encode() not in bytes(row.sealed)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE staff_authenticator SET sealed = 'x'",
        "UPDATE staff_authenticator SET account_id = gen_random_uuid()",
        "UPDATE staff_recoverycode SET hash = 'x'",
        "UPDATE staff_usedpassword SET hash = 'x'",
        "DELETE FROM staff_signinevent",
        "UPDATE staff_signinevent SET sign = 'locked'",
        "UPDATE staff_staffaccount SET roles = '{facility_manager}'",
        "UPDATE staff_staffaccount SET is_active = true",
        "INSERT INTO policies_signinpolicy (place) VALUES ('chuo')",
    ],
)
def test_a_desk_is_refused_what_it_does_not_need(statement: str) -> None:
    with raw(f"tenant_{CHUO}", schema=CHUO) as desk, pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk.execute(statement)
