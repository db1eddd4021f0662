"""The demonstration's fee tables can be, and its bookings are priced by them."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.bookings.models import FeeTable, FeeTableKind, Payment, ReductionRequest, Room
from apps.bookings.queries.fees import table_of
from apps.bookings.queries.payments import standing_of_payment
from apps.bookings.rules.fees.use import UsedSlot, minutes_of
from apps.bookings.services.fees.tables import check
from config.demo_city.fees import ask_for_reductions, set_fees, take_money
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


def slots_of(room: Room | None) -> tuple[UsedSlot, ...]:
    timetable = room.timetables.first() if room else None
    rows = timetable.slots.all() if timetable else []
    return tuple(UsedSlot(row.number, row.label, *minutes_of(row.starts, row.ends)) for row in rows)


def test_every_table_of_the_demonstration_can_be_and_is_entered_once() -> None:
    factories.meeting_room()
    factories.hall_with_halves()
    with as_tenant(CHUO):
        set_fees()
        rows = list(FeeTable.objects.select_related("room"))
        for row in rows:
            check(FeeTableKind(row.kind), table_of(row), slots_of(row.room))
        set_fees()
        assert FeeTable.objects.count() == len(rows) == 4 + 1 + 2 * 5


def test_reductions_are_asked_for_and_most_are_decided() -> None:
    factories.clerk()
    room = factories.meeting_room()
    with as_tenant(CHUO):
        set_fees()
    for days in range(6):
        factories.booking_awaiting_permit(room=room, day=factories.soon() + dt.timedelta(days=days))
    with as_tenant(CHUO):
        ask_for_reductions()
        ask_for_reductions()
        states = sorted(ReductionRequest.objects.values_list("state", flat=True))
    assert states == ["asked", "asked", "granted", "granted", "granted", "refused"]


def test_some_bookings_are_paid_and_one_in_part() -> None:
    room = factories.meeting_room()
    with as_tenant(CHUO):
        set_fees()
    for days in range(11):
        factories.permitted_booking(room=room, day=factories.soon() + dt.timedelta(days=days))
    with as_tenant(CHUO):
        take_money()
        take_money()
        states = [standing_of_payment(one.booking_id).state for one in Payment.objects.all()]
    assert states == ["paid", "paid", "paid", "partly", "paid"]
