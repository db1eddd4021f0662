"""A payment online, from its beginning to the receipt, with the test provider as a process of its own."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from apps.bookings.errors import NothingOwedError, TooMuchReceivedError
from apps.bookings.models import OnlineSession, Payment, PaymentMethod
from apps.bookings.queries.payments import standing_of_payment
from apps.bookings.rules.fees.ledger import PaymentState
from apps.bookings.services.cancel import cancel_by_citizen
from apps.bookings.services.fees.online.settling import settle_events
from apps.bookings.services.fees.receiving import receive
from shared.actor import SYSTEM
from shared.outbox.models import Message
from tests.apps.bookings.services.test_races import together
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO
from tests.support.testpay import Case, bring, payments_of, session_now, settle

pytestmark = pytest.mark.usefixtures("database")


def state(case: Case) -> PaymentState:
    with as_tenant(CHUO):
        return standing_of_payment(case.booking.pk).state


def test_a_fee_is_paid_on_the_providers_page_and_received_by_its_notice(online_case: Case) -> None:
    session = online_case.begin()
    assert (session.state, session.amount) == ("open", 2500)
    assert session.url.startswith(f"http://127.0.0.1:{online_case.pay.port}/pay/")
    online_case.pay.pay(session, method="code")
    [notice] = online_case.pay.notices()
    assert bring(notice) == 200
    assert state(online_case) == PaymentState.UNPAID
    assert settle() == 1
    [payment] = payments_of(online_case.booking.pk)
    assert (payment.amount, payment.method, payment.serial) == (2500, PaymentMethod.CODE, 1)
    assert payment.received_by is None
    assert state(online_case) == PaymentState.PAID
    assert session_now(session).state == "paid"
    with as_tenant(CHUO):
        assert Message.objects.filter(template="bookings/mail/paid").count() == 1


def test_to_begin_again_opens_the_same_page(online_case: Case) -> None:
    assert online_case.begin().url == online_case.begin().url
    with as_tenant(CHUO):
        assert OnlineSession.objects.count() == 1


def test_what_is_paid_is_not_begun_again(online_case: Case) -> None:
    online_case.pay.pay(online_case.begin())
    bring(online_case.pay.notices()[0])
    settle()
    with pytest.raises(NothingOwedError):
        online_case.begin()


@pytest.mark.race
def test_a_notice_that_comes_twice_at_once_is_received_once(online_case: Case) -> None:
    online_case.pay.direct(copies=2)
    online_case.pay.pay(online_case.begin())
    online_case.pay.direct(copies=1)
    notices = online_case.pay.notices()
    assert together(2, lambda number: bring(notices[number])) == [200, 200]

    def work(_number: int) -> int:
        with as_tenant(CHUO):
            return settle_events()

    assert sum(together(3, work)) == 1
    assert [one.amount for one in payments_of(online_case.booking.pk)] == [2500]


@pytest.mark.race
def test_the_counter_and_the_notice_at_once_lose_nothing_and_the_later_one_is_surplus(online_case: Case) -> None:
    session = online_case.begin()
    online_case.pay.pay(session)
    bring(online_case.pay.notices()[0])

    def work(number: int) -> str:
        with as_tenant(CHUO):
            if number == 0:
                return f"settled {settle_events()}"
            try:
                receive(actor=SYSTEM, booking=online_case.booking.pk, amount=2500, method=PaymentMethod.CASH)
            except (NothingOwedError, TooMuchReceivedError):
                return "refused"
            return "received"

    settled, counter = together(2, work)
    settle()
    assert settled == "settled 1"
    amounts = sorted(one.amount for one in payments_of(online_case.booking.pk))
    if counter == "received":
        assert (amounts, session_now(session).surplus, state(online_case)) == ([2500, 2500], 2500, PaymentState.OVER)
    else:
        assert (amounts, session_now(session).surplus, state(online_case)) == ([2500], 0, PaymentState.PAID)


def test_who_was_paid_at_the_counter_first_has_the_online_payment_as_surplus(online_case: Case) -> None:
    session = online_case.begin()
    with as_tenant(CHUO):
        receive(actor=SYSTEM, booking=online_case.booking.pk, amount=1000, method=PaymentMethod.CASH)
    online_case.pay.pay(session)
    bring(online_case.pay.notices()[0])
    settle()
    assert session_now(session).surplus == 1000
    assert state(online_case) == PaymentState.OVER
    assert [one.serial for one in payments_of(online_case.booking.pk)] == [1, 2]


def test_money_that_comes_after_the_booking_was_given_up_is_all_surplus(online_case: Case) -> None:
    session = online_case.begin()
    with as_tenant(CHUO):
        cancel_by_citizen(actor=online_case.citizen.actor, booking=online_case.booking.pk)
    online_case.pay.pay(session)
    bring(online_case.pay.notices()[0])
    settle()
    assert (session_now(session).state, session_now(session).surplus) == ("paid", 2500)
    assert [one.amount for one in payments_of(online_case.booking.pk)] == [2500]


@pytest.mark.parametrize("end", ["failed", "cancelled", "expired"])
def test_a_session_that_ends_without_money_lets_another_begin(online_case: Case, end: str) -> None:
    first = online_case.begin()
    online_case.pay.end(first, end)
    bring(online_case.pay.notices()[0])
    settle()
    assert session_now(first).state == end
    assert online_case.begin().pk != first.pk
    assert payments_of(online_case.booking.pk) == []


def test_the_end_that_is_told_after_the_payment_changes_nothing(online_case: Case) -> None:
    """Out of order: what was paid stays paid."""
    session = online_case.begin()
    online_case.pay.pay(session)
    [paid] = online_case.pay.notices()
    bring(paid)
    settle()
    bring(paid)
    assert settle() == 0
    assert session_now(session).state == "paid"


def test_another_amount_is_not_received_and_staff_are_shown_it(online_case: Case) -> None:
    session = online_case.begin()
    online_case.pay.pay(session, amount=2000)
    bring(online_case.pay.notices()[0])
    settle()
    assert session_now(session).state == "mismatch"
    assert payments_of(online_case.booking.pk) == []


def test_the_database_receives_nothing_online_without_a_notice(online_case: Case) -> None:
    session = online_case.begin()
    with as_tenant(CHUO):
        payment = Payment(
            booking=online_case.booking,
            fiscal_year=2026,
            serial=99,
            day="2026-11-27",
            received_at="2026-11-27T00:00Z",
            method="card",
            amount=2500,
            content={},
            online=session,
        )
        with pytest.raises(IntegrityError, match="rests on a notice"):
            payment.save(force_insert=True)
