"""The test provider as a process of its own, with contracts of two tenants, and the product told of it."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from apps.bookings.models import Booking, OnlinePaymentTerms, OnlineSession, Payment
from apps.bookings.services.fees.online.beginning import begin_online
from apps.bookings.services.fees.online.settling import settle_events
from config.env import PaymentKey, PaymentProvider
from kernel import clock
from tests import factories
from tests.support.clients import client_at
from tests.support.databases import ROOT
from tests.support.fees import fee_tables
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO, SPORTS
from tests.support.waiting import PATIENCE

LOOPBACK: Final = "127.0.0.1"
CONTROL: Final = "the word that directs the test provider"
NAME: Final = "demo"
API: Final = {name: f"{name}-asks-with-this-word-in-tests-only" for name in (CHUO, SPORTS)}
HOOKS: Final = {name: f"{name}-is-told-with-this-word-in-tests" for name in (CHUO, SPORTS)}


@dataclass(frozen=True, slots=True)
class TestPay:
    """The running provider: its port, and what a test may direct."""

    __test__ = False
    port: int

    def direct(self, **wish: Any) -> dict[str, Any]:
        """Have it do something; what it says."""
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=PATIENCE)
        try:
            connection.request("POST", "/control", json.dumps(wish), {"X-Control": CONTROL})
            answer = connection.getresponse()
            said: dict[str, Any] = json.loads(answer.read())
        finally:
            connection.close()
        assert answer.status == 200, said
        return said

    def fresh(self) -> None:
        """As at the start: notices wait until a test takes them."""
        hooks = {name: {"k1": HOOKS[name]} for name in HOOKS}
        self.direct(hold=True, copies=1, down=False, refunds="now", take=True, rotate=hooks)

    def pay(self, session: OnlineSession, **wish: Any) -> None:
        """The payer pays on the provider's page."""
        self.direct(merchant=wish.pop("merchant", CHUO), pay=session.reference, **wish)

    def end(self, session: OnlineSession, state: str) -> None:
        """It fails, is given up or expires there."""
        self.direct(merchant=CHUO, end=session.reference, state=state)

    def notices(self) -> list[dict[str, str]]:
        """What it has to tell, signed now; a test brings it itself, in whatever order."""
        taken: list[dict[str, str]] = self.direct(take=True)["notices"]
        return taken


@contextmanager
def provider() -> Iterator[TestPay]:
    """Have the process until the block ends."""
    merchants = {
        name: {"api": API[name], "hooks": {"k1": HOOKS[name]}, "notify": f"http://yoyaku.localhost/{name}"}
        for name in API
    }
    told = {"TESTPAY_MERCHANTS": json.dumps(merchants), "TESTPAY_CONTROL": CONTROL}
    paths = {"PYTHONPATH": os.pathsep.join([str(ROOT / "platform"), str(ROOT)])}
    command = [sys.executable, "-m", "config.testpay"]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | told | paths, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield TestPay(int(process.stdout.readline().split()[-1]))
        finally:
            process.terminate()


def know(settings: Settings, port: int) -> None:
    """Tell the product of the provider and of the contracts' secrets."""
    adapter = "shared.payments.loopback:LoopbackProvider"
    settings.PAYMENT_PROVIDERS = (PaymentProvider(NAME, adapter, f"http://{LOOPBACK}:{port}"),)
    settings.PAYMENT_KEYS = tuple(
        PaymentKey(name, kid, secret) for name in API for kid, secret in (("api", API[name]), ("k1", HOOKS[name]))
    )


def switch_on(schema: str = CHUO, **values: Any) -> None:
    """The tenant takes payments online from today on."""
    told = {"provider": NAME, "basis": "contract", "agent": "架空決済株式会社", "minutes": 30, "on_paid": "permit"}
    with as_tenant(schema):
        OnlinePaymentTerms.objects.create(
            valid_from=clock.today(), decided_at=clock.now(), **{"is_on": True, **told, **values}
        )


def begin(citizen: factories.Citizen, booking: Booking, schema: str = CHUO) -> OnlineSession:
    """The citizen begins to pay."""
    with as_portal(schema, citizen.account.pk):
        return begin_online(
            actor=citizen.actor, booking=booking.pk, return_url=lambda pk: f"http://yoyaku.localhost/back/{pk}/"
        )


def bring(notice: dict[str, str], schema: str = CHUO, provider_name: str = NAME, **changed: str) -> int:
    """Post a notice to the portal as the provider would; the status."""
    said = notice | changed
    answer = Client.post(
        client_at("yoyaku.localhost"),
        f"/places/{schema}/payments/{provider_name}/events/",
        said["body"].encode(),
        content_type="application/json",
        headers={"X-Payment-Signature": said["signature"]},
    )
    return answer.status_code


def settle(schema: str = CHUO) -> int:
    """The worker lets what was told come about."""
    with as_tenant(schema):
        return settle_events()


def session_now(session: OnlineSession, schema: str = CHUO) -> OnlineSession:
    """The session as it stands."""
    with as_tenant(schema):
        return OnlineSession.objects.get(pk=session.pk)


def payments_of(booking: UUID, schema: str = CHUO) -> list[Payment]:
    """What was received for a booking."""
    with as_tenant(schema):
        return list(Payment.objects.filter(booking=booking).order_by("fiscal_year", "serial"))


@dataclass(frozen=True, slots=True)
class Case:
    """A citizen with a booking of 2,500円, at a facility that takes payments online."""

    citizen: factories.Citizen
    booking: Booking
    pay: TestPay

    def begin(self) -> OnlineSession:
        """The citizen begins to pay."""
        return begin(self.citizen, self.booking)


@pytest.fixture(scope="session")
def testpay_process() -> Iterator[TestPay]:
    """The provider, once for all tests."""
    with provider() as pay:
        yield pay


@pytest.fixture
def testpay(testpay_process: TestPay, settings: Settings, database: None) -> TestPay:
    """The provider as at the start, known to the product."""
    testpay_process.fresh()
    know(settings, testpay_process.port)
    return testpay_process


@pytest.fixture
def online_case(testpay: TestPay) -> Case:
    """A booking that can be paid online."""
    room = factories.meeting_room()
    fee_tables(room)
    switch_on()
    citizen = factories.citizen_with_registration()
    return Case(citizen, factories.booking_awaiting_permit(citizen, room, slots=[1, 2]), testpay)
