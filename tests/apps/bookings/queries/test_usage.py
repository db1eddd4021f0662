"""The month's figures from real bookings and blocks of several tenants."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.bookings.models import ClosingKind, ClosingRule, OccupationKind, Room
from apps.bookings.queries.usage import usage_of_month
from apps.bookings.rules.usage import FacilityUsage, total
from apps.bookings.services.block import block_room
from apps.bookings.services.cancel import cancel_by_citizen
from kernel.clock import at
from shared.actor import Actor
from tests import factories
from tests.apps.compliance.web.city.asking import permitted
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS, TENANTS

MAY = dt.date(2026, 5, 1)
DAY = dt.date(2026, 5, 21)


@pytest.fixture(autouse=True)
def today(database: None, freeze: Freeze) -> None:
    freeze("2026-05-01 09:00")


def blocked(room: Room, kind: OccupationKind, day: dt.date) -> None:
    with as_tenant(CHUO):
        start, end = at(day, dt.time(9)), at(day, dt.time(21))
        block_room(actor=Actor("staff"), room=room.pk, kind=kind, starts_at=start, ends_at=end)


def in_may() -> list[FacilityUsage]:
    with as_city():
        return usage_of_month(MAY)


def test_a_room_offers_every_slot_of_its_open_days() -> None:
    facility = factories.facility(CHUO)
    factories.meeting_room(at=facility)
    with as_tenant(CHUO):
        ClosingRule.objects.create(facility=facility, kind=ClosingKind.WEEKLY, weekday=1)
        ClosingRule.objects.create(facility=facility, kind=ClosingKind.HOLIDAY)
    [found] = in_may()
    assert (found.figures.days, found.figures.slots) == (31 - 4 - 3, 72)  # Mondays; 3, 5 and 6 May beside Monday 4 May


def test_bookings_and_blocks_are_counted_where_they_belong() -> None:
    room = factories.meeting_room()
    permitted(CHUO, room, DAY, [1, 2], headcount=12)
    blocked(room, OccupationKind.MAINTENANCE, DAY + dt.timedelta(days=1))
    blocked(room, OccupationKind.CITY_USE, DAY + dt.timedelta(days=2))
    [found] = in_may()
    figures = found.figures
    assert (figures.slots, figures.used_slots, figures.city_slots) == (90, 5, 3)
    assert (figures.days, figures.used_days, figures.headcount) == (30, 2, 12)


def test_each_application_is_counted_in_its_state() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    permitted(CHUO, room, DAY)
    factories.booking_awaiting_permit(citizen, room, day=DAY, slots=[2])
    factories.refused_booking(citizen, room, day=DAY, slots=[3])
    factories.cancelled_booking(citizen, room, day=DAY, slots=[3])
    [found] = in_may()
    assert found.figures.states == {"permitted": 1, "under_review": 1, "refused": 1, "cancelled": 1}
    assert found.figures.used_slots == 1


def test_a_hold_is_no_application_even_when_it_was_given_up() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    given_up = factories.booking_on_hold(citizen, room, day=DAY)
    with as_portal(CHUO, citizen.account.pk):
        cancel_by_citizen(actor=citizen.actor, booking=given_up.pk)
    factories.booking_on_hold(citizen, room, day=DAY)
    [found] = in_may()
    assert found.figures.states == {}
    assert found.figures.used_slots == 0


def test_other_months_are_left_out() -> None:
    room = factories.meeting_room()
    permitted(CHUO, room, dt.date(2026, 5, 31))
    permitted(CHUO, room, dt.date(2026, 6, 1))
    [found] = in_may()
    assert found.figures.used_slots == 1


def test_whoever_uses_the_whole_hall_uses_both_halves() -> None:
    hall = factories.hall_with_halves(SPORTS)
    permitted(SPORTS, hall.whole, DAY)
    [found] = in_may()
    used = {room.offer.room: room.figures.used_slots for room in found.rooms}
    assert used == {hall.whole.pk: 0, hall.half_a.pk: 1, hall.half_b.pk: 1}
    assert (found.figures.slots, found.figures.used_slots) == (186, 2)


def test_facilities_of_all_tenants_stand_in_the_catalogues_order() -> None:
    kana = {CHUO: "ハ", SPORTS: "ア", TENANTS[2]: "タ"}
    for schema, first in kana.items():
        permitted(schema, factories.meeting_room(schema, at=factories.facility(schema, name_kana=first)), DAY)
    found = in_may()
    assert [one.rooms[0].offer.tenant for one in found] == [SPORTS, TENANTS[2], CHUO]
    assert total(found).used_slots == 3


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_scope_and_four_statements_whatever_there_is(number: int) -> None:
    for schema in TENANTS[:number]:
        for _ in range(number):
            room = factories.meeting_room(schema)
            for slot in range(1, number + 1):
                permitted(schema, room, DAY, [slot])
    with as_city(), count_statements() as statements:
        assert total(usage_of_month(MAY)).used_slots == number**3
    assert statements.count == 5, statements
