"""The provider is asked where no notice came, and a 仮予約 becomes what the terms say when it is paid."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from apps.bookings.models import Booking, BookingState, Document, OnlineSession
from apps.bookings.online_errors import OnlineOffError, PaymentOpenError, ProviderAwayError
from apps.bookings.queries.online import waiting_schemas
from apps.bookings.rules.online import SETTLED_LATE
from apps.bookings.services.expire import expire_tentative
from apps.bookings.services.fees.online.asking import ask_providers
from apps.bookings.tasks import sweep_payments, work_payments
from config.env import PaymentKey
from kernel import clock
from kernel.clock import TOKYO
from tenants.scope import NOBODY, unit_of_work
from tests import factories
from tests.support.fees import fee_tables
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO
from tests.support.testpay import Case, TestPay, begin, bring, payments_of, session_now, settle, switch_on

pytestmark = pytest.mark.usefixtures("database")


def ask() -> int:
    """The sweep, some time later."""
    with as_tenant(CHUO):
        OnlineSession.objects.update(ask_at=clock.now())
        return ask_providers()


def test_a_payment_whose_notice_never_came_is_found_by_asking(online_case: Case) -> None:
    session = online_case.begin()
    assert ask() == 0
    online_case.pay.pay(session)
    [lost] = online_case.pay.notices()
    assert ask() == 1
    assert settle() == 1
    assert len(payments_of(online_case.booking.pk)) == 1
    assert bring(lost) == 200
    assert settle() == 0
    assert len(payments_of(online_case.booking.pk)) == 1


def test_while_the_provider_is_away_nothing_changes(online_case: Case) -> None:
    session = online_case.begin()
    online_case.pay.direct(down=True)
    assert ask() == 0
    assert session_now(session).state == "open"
    online_case.pay.direct(down=False)


def test_a_provider_that_is_away_at_the_beginning_loses_nothing(online_case: Case) -> None:
    online_case.pay.direct(down=True)
    with pytest.raises(ProviderAwayError):
        online_case.begin()
    online_case.pay.direct(down=False)
    assert online_case.begin().state == "open"
    with as_tenant(CHUO):
        assert OnlineSession.objects.count() == 1


def test_a_session_that_is_over_and_of_which_nothing_is_known_is_released(online_case: Case, freeze: Freeze) -> None:
    session = online_case.begin()
    with as_tenant(CHUO):
        OnlineSession.objects.update(ask_at=clock.now())
    over = session.expires_at.astimezone(TOKYO) + SETTLED_LATE + dt.timedelta(seconds=1)
    freeze(f"{over.replace(tzinfo=None):%Y-%m-%d %H:%M:%S}")
    with pytest.raises(PaymentOpenError):
        online_case.begin()
    with as_tenant(CHUO):
        ask_providers()
    assert session_now(session).state == "expired"
    assert online_case.begin().pk != session.pk


def test_money_that_comes_after_its_session_expired_is_received(online_case: Case) -> None:
    """Late: the provider took it in time and told long afterwards."""
    session = online_case.begin()
    online_case.pay.pay(session)
    [late] = online_case.pay.notices()
    with as_tenant(CHUO):
        OnlineSession.objects.update(state="expired")
    bring(late)
    settle()
    assert session_now(session).state == "paid"
    assert [one.amount for one in payments_of(online_case.booking.pk)] == [2500]


def test_of_two_sessions_that_are_both_paid_the_second_is_surplus(online_case: Case) -> None:
    first = online_case.begin()
    with as_tenant(CHUO):
        OnlineSession.objects.update(state="expired")
    second = online_case.begin()
    for one in (second, first):
        online_case.pay.pay(one)
    for notice in online_case.pay.notices():
        bring(notice)
    settle()
    assert sorted(session_now(one).surplus for one in (first, second)) == [0, 2500]
    assert len(payments_of(online_case.booking.pk)) == 2


def test_where_it_is_not_set_nobody_pays_online(testpay: TestPay) -> None:
    room = factories.meeting_room()
    fee_tables(room)
    citizen = factories.citizen_with_registration()
    with pytest.raises(OnlineOffError):
        begin(citizen, factories.booking_awaiting_permit(citizen, room))


@pytest.mark.parametrize(("on_paid", "state"), [("permit", "permitted"), ("review", "under_review")])
def test_a_tentative_booking_that_is_paid_becomes_what_the_terms_say(
    testpay: TestPay, on_paid: str, state: str
) -> None:
    room = factories.meeting_room(reception="tentative")
    fee_tables(room)
    switch_on(on_paid=on_paid)
    citizen = factories.citizen_with_registration()
    booking = factories.booking_awaiting_permit(citizen, room)
    assert booking.state == BookingState.TENTATIVE
    testpay.pay(begin(citizen, booking))
    bring(testpay.notices()[0])
    settle()
    with as_tenant(CHUO):
        assert Booking.objects.get(pk=booking.pk).state == state
        assert Document.objects.filter(kind="permit").exists() == (on_paid == "permit")
        assert expire_tentative() == 0


def test_the_sweep_finds_whom_something_waits_for_and_the_worker_does_all_of_it(online_case: Case) -> None:
    online_case.pay.pay(online_case.begin())
    with unit_of_work(NOBODY):
        assert waiting_schemas() == []
    bring(online_case.pay.notices()[0])
    with unit_of_work(NOBODY):
        assert waiting_schemas() == [CHUO]
    work_payments(CHUO)
    assert len(payments_of(online_case.booking.pk)) == 1
    sweep_payments()


def test_a_rotated_key_signs_what_comes_next(online_case: Case, settings: Settings) -> None:
    """The new key is made known first; then the provider begins to sign with it."""
    new = "the next word of chuo, for tests and for nobody else"
    online_case.pay.pay(online_case.begin())
    online_case.pay.direct(rotate={CHUO: {"k2": new}})
    [notice] = online_case.pay.notices()
    assert bring(notice) == 400
    settings.PAYMENT_KEYS = (*settings.PAYMENT_KEYS, PaymentKey(CHUO, "k2", new))
    assert bring(notice) == 200
    assert settle() == 1
