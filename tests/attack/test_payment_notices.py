"""The one address that anybody may post to and that leads to money: forged, replayed, changed, misdirected, huge."""

from __future__ import annotations

import json

import psycopg
import pytest
from django.test import Client

from kernel import clock
from shared.audit.models import Action, AuditEntry
from shared.payments.signing import digest
from tests.attack.strangers import rows_of
from tests.support.clients import client_at
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO, SPORTS
from tests.support.testpay import HOOKS, NAME, Case, bring, payments_of, session_now, settle, switch_on

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def paid(online_case: Case) -> dict[str, str]:
    """A true notice of a payment that nobody has brought yet."""
    online_case.pay.pay(online_case.begin())
    [notice] = online_case.pay.notices()
    return notice


def signed(body: str, *, key: str = HOOKS[CHUO], kid: str = "k1", age: int = 0) -> str:
    """A signature made here, as somebody who knows ``key`` makes it."""
    stamp = str(int(clock.now().timestamp()) - age)
    return f"t={stamp},k={kid},v={digest(key, stamp, body.encode())}"


def test_a_true_notice_is_kept_and_comes_about(paid: dict[str, str], online_case: Case) -> None:
    assert bring(paid) == 200
    assert settle() == 1
    assert len(payments_of(online_case.booking.pk)) == 1


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "t=1,k=k1,v=00",
        "t=abc,k=k1,v=00",
        "k=k1,v=00",
        "t=1764144000,t=1764144000,k=k1,v=00",
        "é" * 10,
        "t=1," * 300,
        "t=9999999999999999999999,k=k1,v=00",
    ],
)
def test_a_forged_signature_writes_nothing_but_its_refusal(
    paid: dict[str, str], superuser: psycopg.Connection, signature: str
) -> None:
    before = rows_of(superuser, CHUO)
    assert bring(paid, signature=signature) == 400
    assert rows_of(superuser, CHUO) == before
    with as_tenant(CHUO):
        assert AuditEntry.objects.filter(action=Action.DENIED, object_type="payment_notice").count() == 1


def test_a_notice_under_an_unknown_or_another_key_is_refused(paid: dict[str, str]) -> None:
    body = paid["body"]
    assert bring(paid, signature=signed(body, key=HOOKS[SPORTS])) == 400
    assert bring(paid, signature=signed(body, kid="k9")) == 400
    assert bring(paid, signature=signed(body)) == 200


@pytest.mark.parametrize("age", [301, -301, 86_400])
def test_a_replay_of_another_time_is_refused(paid: dict[str, str], age: int) -> None:
    assert bring(paid, signature=signed(paid["body"], age=age)) == 400


def test_an_amount_changed_on_the_way_is_refused(
    paid: dict[str, str], superuser: psycopg.Connection, online_case: Case
) -> None:
    before = rows_of(superuser, CHUO)
    changed = json.dumps(json.loads(paid["body"]) | {"amount": 1})
    assert bring(paid, body=changed) == 400
    assert rows_of(superuser, CHUO) == before
    assert settle() == 0
    assert payments_of(online_case.booking.pk) == []


def test_another_tenants_session_is_out_of_reach(paid: dict[str, str], online_case: Case) -> None:
    """Signed by that other tenant's own contract too: its word moves nothing here, and stays where it was told."""
    switch_on(SPORTS)
    assert bring(paid, SPORTS) == 400
    body = paid["body"]
    assert bring({"body": body, "signature": signed(body, key=HOOKS[SPORTS])}, SPORTS) == 200
    assert settle(SPORTS) == 1
    assert settle(CHUO) == 0
    assert payments_of(online_case.booking.pk) == []


def test_a_huge_body_is_refused_before_it_is_read(paid: dict[str, str]) -> None:
    assert bring(paid, body="x" * 16_385) == 413
    assert bring(paid, body="x" * 6_000_000) == 413


@pytest.mark.parametrize(
    "body",
    ["", "{}", "[]", "null", '{"id": 1}', "\x00", '{"id": "a", "kind": "paid", "reference": "b", "amount": true}'],
)
def test_a_signed_body_that_makes_no_sense_is_refused(online_case: Case, body: str) -> None:
    assert bring({"body": body, "signature": signed(body)}) == 400


@pytest.mark.parametrize("change", [{"amount": -1}, {"amount": 10**12}, {"at": "yesterday"}, {"kind": "gift"}])
def test_a_signed_value_that_cannot_be_is_refused(paid: dict[str, str], change: dict[str, object]) -> None:
    body = json.dumps(json.loads(paid["body"]) | change)
    assert bring({"body": body, "signature": signed(body)}) == 400


def test_where_nothing_is_paid_online_there_is_no_such_address(paid: dict[str, str]) -> None:
    assert bring(paid, SPORTS) == 404
    assert bring(paid, provider_name="other") == 404
    assert bring(paid, "nosuch") == 404


def test_only_so_many_refusals_of_one_address_are_recorded(paid: dict[str, str]) -> None:
    for _ in range(25):
        assert bring(paid, signature="t=1,k=k1,v=00") == 400
    with as_tenant(CHUO):
        assert AuditEntry.objects.filter(object_type="payment_notice").count() == 20


def test_what_the_portal_drops_in_unsigned_moves_nothing(online_case: Case, superuser: psycopg.Connection) -> None:
    """A portal that was taken over could write the row; the worker asks for the signature again."""
    session = online_case.begin()
    superuser.execute(
        "INSERT INTO chuo.bookings_providerevent (id, provider, event, source, kind, reference, amount, method,"
        " payment_ref, refund_ref, at, received_at, body, signature, is_settled, outcome, attempts, due_at,"
        " cleared_why)"
        " VALUES (gen_random_uuid(), %s, 'evt', 'notice', 'paid', %s, 2500, 'card', 'pay', '', now(), now(), '{}',"
        " 't=1,k=k1,v=00', false, '', 0, now(), '')",
        [NAME, session.reference],
    )
    assert settle() == 0
    assert session_now(session).state == "open"
    assert payments_of(online_case.booking.pk) == []


def test_the_address_takes_no_other_method() -> None:
    client: Client = client_at("yoyaku.localhost")
    for method in ("GET", "PUT", "DELETE"):
        assert client.generic(method, f"/places/{CHUO}/payments/{NAME}/events/").status_code == 405
