"""What a public use (行政使用) moved is never dearer than where it was: now, with more equipment, and when settled."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.models import Booking, FeeCause, FeeSheet, Room
from apps.bookings.rules.fees.codec import decode
from apps.bookings.rules.fees.lines import Breakdown, Column, Line, Step, not_dearer
from apps.bookings.rules.fees.tables import Price, Tariff, TariffMode
from apps.bookings.rules.fees.use import EquipmentUse, Facts
from apps.bookings.services.change import Target, change_by_staff, move_aside
from apps.bookings.services.fees.pricing import charge_anew
from apps.bookings.services.fees.settling import settle_fee
from apps.bookings.services.lending import equip_by_staff
from shared.actor import Actor
from tests import factories
from tests.factories import AFTERNOON, MORNING
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff")


def tariff(yen: int) -> Tariff:
    return Tariff(TariffMode.SLOTS, tuple(Price(yen, (number,)) for number in range(1, 7)), article="別表第１")


@pytest.fixture
def rooms(database: None) -> tuple[Room, Room, Room]:
    """Of 1,000円 a slot, of 9,000円, and of 300円, in one facility."""
    at = factories.facility()
    found = tuple(factories.meeting_room(at=at, name=name) for name in ("第1", "第2", "第3"))
    for room, yen in zip(found, (1000, 9000, 300), strict=True):
        fee_tables(room, only=() if room == found[0] else ["tariff"], tariff=tariff(yen))
    return found  # type: ignore[return-value]  # three


def moved(booking: Booking, room: Room, slots: tuple[int, ...] = (MORNING,)) -> Booking:
    to = Target(room.pk, booking.day, slots)
    with transaction.atomic():
        return move_aside(actor=STAFF, booking=booking.pk, to=to, reason="投票所とするため")


def totals(booking: Booking) -> list[int]:
    return list(FeeSheet.objects.filter(booking=booking.pk).order_by("number").values_list("total", flat=True))


def test_a_dearer_room_costs_what_the_first_one_did_then_and_later(rooms: tuple[Room, Room, Room]) -> None:
    cheap, dear, _ = rooms
    booking = factories.permitted_booking(room=cheap)
    with as_tenant(CHUO):
        moved(booking, dear)
        assert totals(booking) == [1000, 1000]
        equip_by_staff(actor=STAFF, booking=booking.pk, items=[EquipmentUse("piano", 1)])
        assert totals(booking)[-1] == 2000, "the room as before, and the piano"
        settle_fee(actor=STAFF, booking=booking.pk, facts=Facts(commercial=True))
        assert totals(booking)[-1] == 3000, "twice the first room's, and the piano"
        assert FeeSheet.objects.filter(booking=booking.pk, facts__stead__room=str(cheap.pk)).count() == 3


def test_a_cheaper_room_costs_less(rooms: tuple[Room, Room, Room]) -> None:
    first, _, cheaper = rooms
    booking = factories.permitted_booking(room=first)
    with as_tenant(CHUO):
        moved(booking, cheaper)
        assert totals(booking) == [1000, 300]


def test_moved_twice_it_is_the_first_place_that_counts(rooms: tuple[Room, Room, Room]) -> None:
    first, dear, cheaper = rooms
    booking = factories.permitted_booking(room=first)
    with as_tenant(CHUO):
        moved(booking, cheaper)
        moved(booking, dear)
        assert totals(booking) == [1000, 300, 300]
        newest = FeeSheet.objects.filter(booking=booking.pk).order_by("number").last()
        assert newest is not None
        kept = decode(Facts, newest.facts).stead
        assert kept is not None
        assert kept.room == str(first.pk)


def test_what_the_renter_changes_by_choice_costs_what_it_costs(rooms: tuple[Room, Room, Room]) -> None:
    first, dear, _ = rooms
    booking = factories.permitted_booking(room=first)
    with as_tenant(CHUO):
        moved(booking, dear)
        to = Target(dear.pk, booking.day + dt.timedelta(days=1), (AFTERNOON,))
        change_by_staff(actor=STAFF, booking=booking.pk, to=to)
        assert totals(booking)[-1] == 9000
        found = Booking.objects.select_related("room").get(pk=booking.pk)
        charge_anew(STAFF, found, FeeCause.SETTLEMENT)
        assert totals(booking)[-1] == 9000


def test_a_table_that_was_raised_meanwhile_does_not_raise_what_is_moved(rooms: tuple[Room, Room, Room]) -> None:
    first, dear, _ = rooms
    booking = factories.permitted_booking(room=first)
    fee_tables(first, only=["tariff"], tariff=tariff(5000), valid_from=booking.day)
    with as_tenant(CHUO):
        moved(booking, dear)
        assert totals(booking) == [1000, 1000]


def test_what_cost_nothing_costs_nothing(rooms: tuple[Room, Room, Room]) -> None:
    _, dear, _ = rooms
    free = factories.meeting_room(at=dear.facility, name="第4")
    booking = factories.permitted_booking(room=free)
    with as_tenant(CHUO):
        assert totals(booking) == []
        moved(booking, dear)
        assert totals(booking) == [0]
        found = Booking.objects.select_related("room").get(pk=booking.pk)
        charge_anew(STAFF, found, FeeCause.SETTLEMENT)
        assert set(totals(booking)) == {0}


def fee(total: int) -> Breakdown:
    return Breakdown((Line(Step.BASE, Column.BASE, "base", total),), Fraction(0), 0)


@given(st.integers(0, 10**6), st.none() | st.integers(0, 10**6))
def test_the_lower_one_is_charged_and_nothing_of_what_cost_nothing(here: int, before: int | None) -> None:
    charged = not_dearer(fee(here), None if before is None else fee(before))
    assert (charged.total if charged else 0) == min(here, before or 0)


def test_the_fact_outlives_its_keeping() -> None:
    facts = decode(Facts, {"stead": {"room": "r", "day": "2026-10-01", "slots": [1, 2]}})
    assert facts.stead is not None
    assert (replace(facts, stead=None), facts.stead.slots) == (Facts(), (1, 2))
