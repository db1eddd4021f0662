"""An open payment of a booking that ended is closed at the provider, and what came a moment before goes back whole."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from apps.bookings.models import Booking, OnlineSession, PaymentMethod
from apps.bookings.queries.online import waiting_schemas
from apps.bookings.services import cancel, decide
from apps.bookings.services.fees.receiving import receive
from apps.bookings.services.fees.refunding import due_of
from apps.bookings.tasks import work_payments
from kernel import clock
from shared.actor import Actor
from tenants.scope import NOBODY, unit_of_work
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO
from tests.support.testpay import Case, bring, payments_of, session_now, settle

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff", id=uuid4())


def waits() -> bool:
    with unit_of_work(NOBODY):
        return CHUO in waiting_schemas()


def at_the_desk(act: Callable[..., Booking], booking: UUID) -> None:
    with as_tenant(CHUO):
        act(actor=STAFF, booking=booking, reason="設備が故障したため")


def given_up(case: Case) -> None:
    with as_portal(CHUO, case.citizen.account.pk):
        cancel.cancel_by_citizen(actor=case.citizen.actor, booking=case.booking.pk)


ENDS: dict[str, Callable[[Case], None]] = {
    "by the citizen": given_up,
    "by staff": lambda case: at_the_desk(cancel.cancel_by_staff, case.booking.pk),
    "refused": lambda case: at_the_desk(decide.refuse, case.booking.pk),
    "called off": lambda case: at_the_desk(cancel.call_off, case.booking.pk),
}


@pytest.mark.parametrize("way", sorted(ENDS))
def test_whatever_ends_the_booking_the_payment_is_closed_and_nobody_pays_it(online_case: Case, way: str) -> None:
    session = online_case.begin()
    assert not waits()
    ENDS[way](online_case)
    assert waits()
    work_payments(CHUO)
    assert session_now(session).state == "cancelled"
    online_case.pay.pay(session)
    for notice in online_case.pay.notices():
        assert bring(notice) == 200
    settle()
    assert payments_of(online_case.booking.pk) == []
    assert not waits()


def test_whoever_paid_a_moment_before_gets_all_of_it_back_however_late_the_notice(online_case: Case) -> None:
    session = online_case.begin()
    online_case.pay.pay(session)
    given_up(online_case)
    work_payments(CHUO)
    assert (session_now(session).state, session_now(session).surplus) == ("paid", 2500)
    [late] = online_case.pay.notices()
    assert bring(late) == 200
    settle()
    assert [one.amount for one in payments_of(online_case.booking.pk)] == [2500]
    with as_tenant(CHUO):
        due = due_of(Booking.objects.select_related("room__facility").get(pk=online_case.booking.pk))
    assert due is not None
    assert due.amount == 2500


def test_a_provider_that_is_away_is_told_later(online_case: Case) -> None:
    session = online_case.begin()
    given_up(online_case)
    online_case.pay.direct(down=True)
    work_payments(CHUO)
    assert session_now(session).state == "open"
    online_case.pay.direct(down=False)
    with as_tenant(CHUO):
        OnlineSession.objects.update(ask_at=clock.now())
    work_payments(CHUO)
    assert session_now(session).state == "cancelled"


def test_one_whose_fee_was_paid_at_the_counter_is_closed_when_it_is_asked_of(online_case: Case) -> None:
    session = online_case.begin()
    with as_tenant(CHUO):
        receive(actor=STAFF, booking=online_case.booking.pk, amount=2500, method=PaymentMethod.CASH)
        OnlineSession.objects.update(ask_at=clock.now())
    work_payments(CHUO)
    assert session_now(session).state == "cancelled"
    assert len(payments_of(online_case.booking.pk)) == 1
