"""Passkeys: what a browser and a device may send, and what is taken of it. The device here signs really, and lies."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from kernel import clock
from shared.audit.models import Action, AuditEntry
from shared.policies.models import SignInPolicy
from shared.staff.models import Passkey, RecoveryCode, Role, SignInEvent, SignInSign, StaffAccount
from shared.staff.rules.passkeys import MOST, shows_copy
from shared.staff.rules.policy import BOUNDS, DEFAULT
from shared.staff.second_factor import has_second_factor
from shared.staff.tasks import forget_staff_proofs
from tests import factories
from tests.shared.staff.support import at_desk, code_of, enter, is_inside, with_app
from tests.shared.staff.test_terms import end
from tests.support.authenticator import Device
from tests.support.clients import client_at, signed_in
from tests.support.fixtures import Freeze
from tests.support.raw import raw
from tests.support.scopes import as_city, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

pytestmark = pytest.mark.usefixtures("database")
ORIGIN, ELSEWHERE = f"http://{CHUO}.localhost", f"http://{BUNKA}.localhost"
OPTIONS = re.compile(r'data-options="([^"]+)"')
SHOWN = re.compile(r"<li><code>([a-z0-9]{5}-[a-z0-9]{5})</code></li>")


def options_in(answer: Any) -> dict[str, Any]:
    found = OPTIONS.search(answer.content.decode())
    assert found is not None, answer.content.decode()
    options: dict[str, Any] = json.loads(html.unescape(found[1]))
    return options


def asked_to_add(client: Client, name: str = "見本の鍵") -> dict[str, Any]:
    return options_in(client.post("/account/passkeys/", {"name": name, "current": factories.PASSWORD}))


def register(client: Client, device: Device, origin: str = ORIGIN, name: str = "見本の鍵") -> Any:
    """Register a passkey of ``device`` through the pages; the last answer."""
    answer = device.make(asked_to_add(client, name), origin=origin)
    return client.post("/account/passkeys/new/", {"answer": answer})


def registered(account: StaffAccount, schema: str = CHUO) -> Device:
    """A device with a passkey of ``account``."""
    device = Device()
    client = signed_in(at_desk(schema=schema), account)
    assert register(client, device, f"http://{schema}.localhost").status_code == 200
    return device


def waiting(account: StaffAccount, schema: str = CHUO) -> tuple[Client, dict[str, Any]]:
    """A browser whose password fitted, and what it is to ask the device."""
    client = at_desk(schema=schema)
    assert enter(client, account).headers["Location"] == "/account/prove/"
    return client, options_in(client.get("/account/prove/"))


def prove(client: Client, answer: str) -> Any:
    return client.post("/account/prove/", {"answer": answer})


def allow_alone(place: str = CHUO, **values: Any) -> None:
    """Let a passkey be the whole sign-in at ``place``."""
    kept = {name: getattr(DEFAULT, name) for name in BOUNDS} | values
    with as_city():
        SignInPolicy.objects.create(
            place=place,
            valid_from=clock.today(),
            second_factor_roles=[],
            passkey_alone=True,
            reason="見本",
            made_at=clock.now(),
            **kept,
        )


def begin_alone(client: Client) -> dict[str, Any]:
    options: dict[str, Any] = client.post("/account/passkey/begin/").json()
    return options


def failures(why: str) -> int:
    with as_tenant(CHUO):
        return AuditEntry.objects.filter(action=Action.LOGIN_FAILED, detail__why=why).count()


@pytest.mark.parametrize(
    ("kept", "told", "is_copy"),
    [(0, 0, False), (0, 1, False), (1, 2, False), (1, 9, False), (1, 1, True), (2, 1, True), (1, 0, True)],
)
def test_a_count_that_does_not_go_up_shows_a_copy_unless_the_device_does_not_count(
    kept: int, told: int, *, is_copy: bool
) -> None:
    assert shows_copy(kept=kept, told=told) is is_copy


def test_a_passkey_is_registered_with_the_password_listed_and_audited(clerk: StaffAccount, desk: Client) -> None:
    assert len(SHOWN.findall(register(desk, Device()).content.decode())) == 10
    listed = desk.get("/account/passkeys/").content.decode()
    assert "見本の鍵" in listed
    assert "まだ使っていません" in listed
    with as_tenant(CHUO):
        told = AuditEntry.objects.get(action=Action.CHANGE, actor_id=clerk.pk)
        assert told.detail == {"fields": ["passkeys"], "added": str(Passkey.objects.get().pk)}
        assert Passkey.objects.get().host == f"{CHUO}.localhost"


def test_a_second_passkey_leaves_the_recovery_codes_as_they_are(desk: Client) -> None:
    register(desk, Device())
    assert register(desk, Device()).headers["Location"] == "/account/passkeys/"
    with as_tenant(CHUO):
        assert RecoveryCode.objects.count() == 10


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"name": "鍵", "current": "wrong"}, 422),
        ({"name": "鍵", "current": ""}, 422),
        ({"name": "", "current": factories.PASSWORD}, 422),
        ({"name": "x" * 41, "current": factories.PASSWORD}, 422),
    ],
)
def test_without_the_password_or_a_name_no_device_is_asked(desk: Client, values: Any, status: int) -> None:
    answer = desk.post("/account/passkeys/", values)
    assert (answer.status_code, "data-options" in answer.content.decode()) == (status, False)
    assert values["name"] in answer.content.decode()


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": ELSEWHERE},
        {"origin": f"{ORIGIN}:81"},
        {"origin": f"https://{CHUO}.localhost"},
        {"origin": ORIGIN, "host": f"{BUNKA}.localhost"},
        {"origin": ORIGIN, "host": "localhost"},
    ],
)
def test_a_passkey_of_another_origin_or_host_is_not_registered(desk: Client, lie: Any) -> None:
    answer = Device().make(asked_to_add(desk), **lie)
    assert desk.post("/account/passkeys/new/", {"answer": answer}).status_code == 422
    with as_tenant(CHUO):
        assert not Passkey.objects.exists()


def test_an_answer_to_no_challenge_registers_nothing(desk: Client) -> None:
    options = asked_to_add(desk)
    answer = Device().make(options | {"challenge": "AAAA"}, origin=ORIGIN)
    assert desk.post("/account/passkeys/new/", {"answer": answer}).status_code == 422
    answer = Device().make(options, origin=ORIGIN)
    assert desk.post("/account/passkeys/new/", {"answer": answer}).status_code == 409  # it is used up
    with as_tenant(CHUO):
        assert not Passkey.objects.exists()


@pytest.mark.parametrize("answer", ["", "x", "{}", "[]", "null", "\x00", "[" * 9_000, "x" * 30_000, '{"id": 1}'])
def test_whatever_else_is_sent_is_refused_and_told(desk: Client, answer: str) -> None:
    asked_to_add(desk)
    assert desk.post("/account/passkeys/new/", {"answer": answer}).status_code == 422


def test_a_challenge_is_over_after_five_minutes(desk: Client, freeze: Freeze) -> None:
    now = freeze("2026-04-01 09:00")
    client = signed_in(at_desk(), factories.clerk())
    options = asked_to_add(client)
    now.shift(dt.timedelta(minutes=5))
    answer = client.post("/account/passkeys/new/", {"answer": Device().make(options, origin=ORIGIN)})
    assert answer.status_code == 409


def test_somebody_elses_passkey_is_not_registered_a_second_time(desk: Client) -> None:
    device = Device()
    register(signed_in(at_desk(), factories.clerk()), device)
    assert register(desk, device).status_code == 422
    with as_tenant(CHUO):
        assert Passkey.objects.count() == 1


def test_ten_are_the_most(desk: Client) -> None:
    statuses = [register(desk, Device()).status_code for _ in range(MOST + 1)]
    assert statuses == [200, *[302] * (MOST - 1), 409]


def test_password_and_passkey_are_the_way_in_and_the_use_is_kept() -> None:
    clerk = factories.clerk()
    device = registered(clerk)
    client, options = waiting(clerk)
    assert len(options["allowCredentials"]) == 1
    answer = prove(client, device.answer(options, origin=ORIGIN))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_inside(client)
    with as_tenant(CHUO):
        row = Passkey.objects.get()
        assert (row.uses, row.used_at is not None) == (1, True)
        told = AuditEntry.objects.filter(action=Action.LOGIN).order_by("-id")[0]
        assert (told.detail, told.roles, bool(told.session)) == ({"how": "password+passkey"}, clerk.roles, True)


def test_a_passkey_opens_nothing_without_the_password() -> None:
    device = registered(factories.clerk())
    client = at_desk()
    answer = device.answer({"challenge": "AAAA", "rpId": f"{CHUO}.localhost"}, origin=ORIGIN)
    assert prove(client, answer).headers["Location"] == "/"
    assert client.post("/account/passkey/begin/").status_code == 404
    assert client.post("/account/passkey/enter/", {"answer": answer}).status_code == 404
    assert not is_inside(client)


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": ELSEWHERE},
        {"origin": "https://example.com"},
        {"origin": ORIGIN, "host": f"{BUNKA}.localhost"},
        {"origin": ORIGIN, "host": "localhost"},
        {"origin": ORIGIN, "kind": "webauthn.create"},
    ],
)
def test_an_answer_of_another_origin_host_or_kind_does_not_enter(lie: Any) -> None:
    clerk = factories.clerk()
    device = registered(clerk)
    client, options = waiting(clerk)
    answer = prove(client, device.answer(options, **lie))
    assert (answer.status_code, "確認できませんでした" in answer.content.decode()) == (422, True)
    assert not is_inside(client)
    assert failures("passkey") == 1


def test_an_answer_is_good_once_also_in_another_session() -> None:
    clerk = factories.clerk()
    device = registered(clerk)
    client, options = waiting(clerk)
    answer = device.answer(options, origin=ORIGIN)
    again, _ = waiting(clerk)
    assert prove(client, answer).status_code == 302
    assert prove(client, answer).status_code == 302  # nobody waits any more: back to the first page
    assert prove(again, answer).status_code == 422
    assert not is_inside(again)


@pytest.mark.race
def test_one_challenge_answered_eight_times_at_once_is_taken_once(desk: Client) -> None:
    options = asked_to_add(desk)
    cookie = desk.cookies["kashikan_desk"].value

    def send(_n: int) -> int:
        client = at_desk()
        client.cookies["kashikan_desk"] = cookie
        try:
            answer = client.post("/account/passkeys/new/", {"answer": Device().make(options, origin=ORIGIN)})
            return answer.status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(send, range(8))) == [200, *[409] * 7]


def test_another_persons_passkey_is_not_a_second_factor_here() -> None:
    clerk, other = factories.clerk(), factories.clerk()
    registered(clerk)
    device = registered(other)
    client, options = waiting(clerk)
    assert prove(client, device.answer(options, origin=ORIGIN)).status_code == 422
    assert not is_inside(client)


def test_a_passkey_that_names_another_holder_is_refused() -> None:
    clerk = factories.clerk()
    device = registered(clerk)
    client, options = waiting(clerk)
    device.holder = factories.clerk().pk.bytes
    assert prove(client, device.answer(options, origin=ORIGIN)).status_code == 422


def test_a_forged_signature_is_refused() -> None:
    clerk = factories.clerk()
    device = registered(clerk)
    forged = Device(credential=device.credential, holder=device.holder)
    client, options = waiting(clerk)
    assert prove(client, forged.answer(options, origin=ORIGIN)).status_code == 422


def test_a_passkey_of_one_desk_is_worth_nothing_at_another() -> None:
    here, there = factories.clerk(), factories.clerk(BUNKA)
    device = registered(here)
    registered(there, BUNKA)
    client, options = waiting(there, BUNKA)
    device.holder = there.pk.bytes
    assert prove(client, device.answer(options, origin=ELSEWHERE)).status_code == 422
    allow_alone(BUNKA)
    client = at_desk(schema=BUNKA)
    answer = device.answer(begin_alone(client), origin=ELSEWHERE)
    assert client.post("/account/passkey/enter/", {"answer": answer}).status_code == 422


def test_a_passkey_of_another_host_of_the_same_desk_asks_for_a_code(superuser: psycopg.Connection) -> None:
    clerk = factories.clerk()
    registered(clerk)
    superuser.execute(f"UPDATE {CHUO}.staff_passkey SET host = 'former.localhost'")
    client = at_desk()
    assert enter(client, clerk).headers["Location"] == "/account/prove/"
    assert "data-options" not in client.get("/account/prove/").content.decode()


@pytest.mark.parametrize("uses", [0, 4, 5])
def test_a_lower_count_stops_the_passkey_is_told_and_seen_by_the_city(uses: int) -> None:
    clerk = factories.clerk()
    device = registered(clerk)
    device.uses = 4
    client, options = waiting(clerk)
    assert prove(client, device.answer(options, origin=ORIGIN)).status_code == 302
    device.uses = uses - 1
    client, options = waiting(clerk)
    refused = prove(client, device.answer(options, origin=ORIGIN))
    assert (refused.status_code, "複製された疑い" in refused.content.decode()) == (422, True)
    with as_tenant(CHUO):
        assert SignInEvent.objects.get(sign=SignInSign.COPIED).account_id == clerk.pk
        assert Passkey.objects.get().copied_at is not None
        assert has_second_factor(clerk)  # the password alone opens no more than before
    assert failures("passkey_copied") == 1
    office = signed_in(client_at(settings.CITY_HOST), factories.city_officer(roles=[Role.SYSTEMS]))
    assert "複製された疑いのあるパスキー" in office.get("/office/sign-in-signs/").content.decode()
    client = at_desk()
    enter(client, clerk)
    assert "data-options" not in client.get("/account/prove/").content.decode()


def test_a_device_that_does_not_count_enters_again_and_again() -> None:
    clerk = factories.clerk()
    device = registered(clerk)
    for _ in range(2):
        device.uses = -1
        client, options = waiting(clerk)
        assert prove(client, device.answer(options, origin=ORIGIN)).status_code == 302


def test_five_wrong_answers_lock_codes_and_passkeys_from_there() -> None:
    clerk = factories.clerk()
    secret = with_app(clerk)
    device = registered(clerk)
    for _ in range(5):
        client, options = waiting(clerk)
        assert prove(client, device.answer(options, origin=ELSEWHERE)).status_code == 422
    client, options = waiting(clerk)
    assert prove(client, device.answer(options, origin=ORIGIN)).status_code == 429
    assert client.post("/account/prove/", {"code": code_of(secret)}).status_code == 429


def test_a_recovery_code_still_enters() -> None:
    clerk, device = factories.clerk(), Device()
    code = SHOWN.findall(register(signed_in(at_desk(), clerk), device).content.decode())[0]
    client, _ = waiting(clerk)
    assert client.post("/account/prove/", {"code": code}).status_code == 302
    assert is_inside(client)


def test_where_the_place_allows_it_a_passkey_is_the_whole_sign_in() -> None:
    allow_alone()
    clerk = factories.clerk()
    device, client = registered(clerk), at_desk()
    assert "パスキーでログインする" in client.get("/login/?next=/usage/").content.decode()
    options = begin_alone(client)
    assert (options["allowCredentials"], options["userVerification"]) == ([], "required")
    before = client.cookies["kashikan_desk"].value
    answer = device.answer(options, origin=ORIGIN)
    entered = client.post("/account/passkey/enter/", {"answer": answer, "next": "/usage/"})
    assert entered.headers["Location"] == "/usage/"
    assert is_inside(client)
    assert client.cookies["kashikan_desk"].value != before
    with as_tenant(CHUO):
        assert AuditEntry.objects.filter(action=Action.LOGIN).order_by("-id")[0].detail == {"how": "passkey"}


def test_alone_it_must_be_found_by_the_device_and_verify_its_holder(desk: Client) -> None:
    allow_alone()
    options = asked_to_add(desk)
    chosen = options["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")
    answer = Device(verifies=False).make(options, origin=ORIGIN)
    assert desk.post("/account/passkeys/new/", {"answer": answer}).status_code == 422


def test_a_holder_whom_the_device_did_not_verify_enters_with_the_password_only() -> None:
    clerk = factories.clerk()
    device = registered(clerk)
    allow_alone()
    device.verifies = False
    client = at_desk()
    answer = device.answer(begin_alone(client), origin=ORIGIN)
    assert client.post("/account/passkey/enter/", {"answer": answer}).status_code == 422
    assert not is_inside(client)
    client, options = waiting(clerk)
    assert prove(client, device.answer(options, origin=ORIGIN)).status_code == 302


def test_an_answer_beside_the_password_is_none_to_a_challenge_without_it() -> None:
    allow_alone()
    clerk = factories.clerk()
    device = registered(clerk)
    client, options = waiting(clerk)
    answer = device.answer(options, origin=ORIGIN)
    assert client.post("/account/passkey/enter/", {"answer": answer}).status_code == 409


def test_a_suspended_account_does_not_enter_by_its_passkey(superuser: psycopg.Connection) -> None:
    allow_alone()
    device, client = registered(factories.clerk()), at_desk()
    superuser.execute(f"UPDATE {CHUO}.staff_staffaccount SET is_active = false")
    answer = device.answer(begin_alone(client), origin=ORIGIN)
    assert client.post("/account/passkey/enter/", {"answer": answer}).status_code == 422
    assert not is_inside(client)


def test_the_way_back_is_on_this_host_only() -> None:
    allow_alone()
    device, client = registered(factories.clerk()), at_desk()
    answer = device.answer(begin_alone(client), origin=ORIGIN)
    sent = client.post("/account/passkey/enter/", {"answer": answer, "next": "https://example.com/"})
    assert sent.headers["Location"] == "/"


def test_who_is_signed_in_begins_no_other_sign_in(desk: Client) -> None:
    allow_alone()
    assert desk.post("/account/passkey/begin/").status_code == 404
    assert is_inside(desk)


def test_a_passkey_is_the_second_factor_of_whoever_is_in_charge() -> None:
    client = signed_in(at_desk(), factories.clerk(roles=[Role.FACILITY_MANAGER]), entered=False)
    assert "/account/passkeys/" in client.get("/account/second-factor/").content.decode()
    assert client.get("/account/passkeys/").status_code == 200
    assert register(client, Device()).status_code == 200
    assert client.get("/account/").status_code == 200


def test_with_a_one_time_password_none_is_registered(superuser: psycopg.Connection) -> None:
    clerk = factories.clerk()
    superuser.execute(f"UPDATE {CHUO}.staff_staffaccount SET one_time_until = now() + interval '1 day'")
    client = signed_in(at_desk(), clerk, entered=False)
    assert client.get("/account/passkeys/").headers["Location"] == "/account/password/"


def test_it_is_removed_with_the_password_and_the_codes_with_the_last(clerk: StaffAccount, desk: Client) -> None:
    register(desk, Device())
    with as_tenant(CHUO):
        address = f"/account/passkeys/{Passkey.objects.get().pk}/"
    assert desk.post(address, {"current": "wrong"}).status_code == 422
    assert desk.post(address, {"current": factories.PASSWORD}).status_code == 302
    assert desk.get(address).status_code == 404
    with as_tenant(CHUO):
        assert not has_second_factor(clerk)
        assert not RecoveryCode.objects.exists()
        assert "removed" in AuditEntry.objects.filter(action=Action.CHANGE).order_by("-id")[0].detail


def test_nobody_removes_somebody_elses(desk: Client) -> None:
    registered(factories.clerk())
    with as_tenant(CHUO):
        address = f"/account/passkeys/{Passkey.objects.get().pk}/"
    assert desk.post(address, {"current": factories.PASSWORD}).status_code == 404
    with as_tenant(CHUO):
        assert Passkey.objects.exists()


def test_the_city_takes_it_away_with_the_second_factor() -> None:
    clerk = factories.clerk()
    registered(clerk)
    office = signed_in(client_at(settings.CITY_HOST), factories.city_officer(roles=[Role.SYSTEMS]))
    assert "パスキー1個" in office.get("/office/second-factors/").content.decode()
    assert office.post(f"/office/second-factors/{CHUO}/{clerk.pk}/", {"reason": "端末の紛失"}).status_code == 302
    with as_tenant(CHUO):
        assert not Passkey.objects.exists()
        assert not RecoveryCode.objects.exists()


@pytest.mark.parametrize(
    ("values", "is_kept"),
    [
        ("ends_on = (now() AT TIME ZONE 'Asia/Tokyo')::date - 1", False),
        ("is_active = false, suspended_why = 'leaving', suspended_at = now()", False),
        ("ends_on = (now() AT TIME ZONE 'Asia/Tokyo')::date", True),
        ("is_active = false, suspended_why = 'leave', suspended_at = now()", True),
    ],
)
def test_when_the_account_ends_what_proved_it_goes(
    superuser: psycopg.Connection, values: str, *, is_kept: bool
) -> None:
    clerk, other = factories.clerk(), factories.clerk()
    with_app(clerk)
    registered(clerk)
    registered(other)
    superuser.execute(f"UPDATE {CHUO}.staff_staffaccount SET {values} WHERE id = %s", [clerk.pk])
    forget_staff_proofs(CHUO)
    with as_tenant(CHUO):
        assert has_second_factor(other)
        assert has_second_factor(clerk) is is_kept
        assert RecoveryCode.objects.filter(account=clerk).exists() is is_kept
        assert AuditEntry.objects.filter(action=Action.DELETE, object_id=str(clerk.pk)).exists() is not is_kept


def test_when_the_operators_term_ends_it_goes_too(freeze: Freeze) -> None:
    freeze("2027-03-31 23:00")
    clerk = factories.clerk()
    registered(clerk)
    end(CHUO, dt.date(2027, 3, 31))
    forget_staff_proofs(CHUO)
    with as_tenant(CHUO):
        assert has_second_factor(clerk)
    freeze("2027-04-01 00:00")
    forget_staff_proofs(CHUO)
    with as_tenant(CHUO):
        assert not has_second_factor(clerk)


def test_the_citys_own_passkeys_lie_in_the_shared_schema_and_open_its_own_host() -> None:
    officer = factories.city_officer(roles=[Role.SYSTEMS])
    client, device = signed_in(client_at(settings.CITY_HOST), officer), Device()
    origin = f"http://{settings.CITY_HOST}"
    assert register(client, device, origin).status_code == 200
    with as_city():
        assert Passkey.objects.get().host == settings.CITY_HOST
    client = client_at(settings.CITY_HOST)
    enter(client, officer)
    answer = device.answer(options_in(client.get("/account/prove/")), origin=origin)
    assert prove(client, answer).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_as_many_statements_whatever_there_is(number: int) -> None:
    clerk = factories.clerk()
    client = signed_in(at_desk(), clerk)
    for _ in range(number):
        register(client, Device())
    client.get("/")
    with count_statements() as sent:
        client.get("/account/passkeys/")
    assert sent.count <= 4, sent
    waits, _ = waiting(clerk)
    with count_statements() as sent:
        waits.get("/account/prove/")
    assert sent.count <= 6, sent


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE staff_passkey SET public_key = 'x'",
        "UPDATE staff_passkey SET credential = 'x'",
        "UPDATE staff_passkey SET account_id = gen_random_uuid()",
        "UPDATE staff_passkey SET host = 'x'",
        "SELECT 1 FROM bunka.staff_passkey",
        "SELECT 1 FROM shared.staff_passkey",
    ],
)
def test_a_desk_is_refused_another_key_another_holder_and_what_is_elsewhere(statement: str) -> None:
    with raw(f"tenant_{CHUO}", schema=CHUO) as desk, pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk.execute(statement)


@pytest.mark.parametrize("values", ["uses = -1", "uses = 4294967296", "name = ''"])
def test_postgresql_keeps_counts_and_names(values: str, superuser: psycopg.Connection) -> None:
    registered(factories.clerk())
    with pytest.raises(psycopg.errors.CheckViolation):
        superuser.execute(f"UPDATE {CHUO}.staff_passkey SET {values}")
