"""Money that is open stands in the way of closing a registration (退会ブロック)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from apps.bookings.models import Booking, PaymentMethod, PayoutMethod, Wait, WaitState
from apps.bookings.queries.obstacles import open_money
from apps.bookings.services.cancel import call_off
from apps.bookings.services.fees.receiving import receive
from apps.bookings.services.fees.refunding import decide_refund, pay_out
from apps.registrants.errors import ClosingObstructedError
from apps.registrants.models import CloseCause
from apps.registrants.services.close import close
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from tests import factories
from tests.support.fees import fee_tables
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff", id=UUID(int=7))


def test_an_unpaid_use_and_an_open_refund_stand_in_the_way_until_they_are_settled(freeze: Freeze) -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    fee_tables(room)
    unpaid, gone = (factories.permitted_booking(citizen, room, slots=[slot]) for slot in (1, 2))
    with as_tenant(CHUO):
        receive(actor=CLERK, booking=gone.pk, amount=1500, method=PaymentMethod.CASH)
        call_off(actor=CLERK, booking=gone.pk, reason="投票所に使うため")
    freeze(f"{unpaid.during.upper.astimezone(TOKYO):%Y-%m-%d} 23:00")
    with as_tenant(CHUO):
        assert {one.label for one in open_money(citizen.registrant.pk)} == {unpaid.number, gone.number}
        refund = decide_refund(actor=CLERK, booking=gone.pk)
        pay_out(actor=CLERK, refund=refund.pk, amount=1500, method=PayoutMethod.CASH)
        receive(actor=CLERK, booking=unpaid.pk, amount=1000, method=PaymentMethod.CASH)
        assert open_money(citizen.registrant.pk) == []
        assert Booking.objects.filter(day__lte=clock.today()).exists()


def test_a_fee_of_a_use_before_the_day_of_closing_is_paid_first() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    fee_tables(room)
    booking = factories.permitted_booking(citizen, room)
    after = booking.day + dt.timedelta(1)
    with as_tenant(CHUO):
        with pytest.raises(ClosingObstructedError) as refused:
            closed(citizen, after)
        [one] = refused.value.obstacles
        assert (one.view, one.target) == ("desk:payments", booking.pk)
        receive(actor=CLERK, booking=booking.pk, amount=1000, method=PaymentMethod.CASH)
        closed(citizen, after)


def test_whoever_is_closed_waits_for_nothing() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    booking = factories.booking_on_hold(factories.citizen_with_registration(), room)
    with as_tenant(CHUO):
        Wait.objects.create(
            registrant=citizen.registrant,
            room=room,
            day=booking.day,
            during=booking.during,
            slot_numbers=booking.slot_numbers,
            slot_labels=booking.slot_labels,
            asked_at=clock.now(),
        )
        closed(citizen, clock.today())
        assert Wait.objects.get().state == WaitState.OVER


def closed(citizen: factories.Citizen, day: dt.date) -> None:
    close(
        actor=CLERK, registrant=citizen.registrant.pk, cause=CloseCause.WITHDRAWN, reason="届出による", effective_on=day
    )
