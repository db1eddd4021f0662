"""The demonstration shows money on all its ways: paid, part paid, overdue, given back, put to another fee."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.bookings.models import Booking, FeeNotice, Payment, Refund
from apps.bookings.queries.ledgers import ledger_from, with_ledger
from apps.bookings.rules.fees.ledger import PaymentState
from config.demo_city.fees import set_fees, take_money
from config.demo_city.life import set_demo_terms
from config.demo_city.refunds import give_money_back, pay_for_the_past
from kernel import clock
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


def test_every_way_of_money_is_shown_once() -> None:
    factories.clerk()
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    with as_tenant(CHUO):
        set_fees()
        set_demo_terms()
    days = [clock.today() + dt.timedelta(days=days) for days in (2, *range(10, 32))]
    made = [factories.permitted_booking(citizen, room, day=day) for day in days]
    with as_tenant(CHUO):
        over = [one.pk for one in made[1:6]]
        for offset, booking in enumerate(over, start=1):
            Booking.objects.filter(pk=booking).update(day=clock.today() - dt.timedelta(days=offset))
        for _ in range(2):
            pay_for_the_past()
            take_money()
            give_money_back()
        states = {ledger_from(one).state for one in with_ledger(Booking.objects.all())}
        assert states == set(PaymentState) - {PaymentState.FREE, PaymentState.NOTHING_BACK}
        serials = list(Payment.objects.order_by("serial").values_list("serial", flat=True))
        assert serials == list(range(1, len(serials) + 1))
        assert Refund.objects.count() == 3
        assert FeeNotice.objects.count() <= 2
