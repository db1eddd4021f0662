"""Many at once on the same slots: exactly one winner each time, and nobody sees a deadlock."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connections

from apps.bookings.errors import SlotTakenError
from apps.bookings.models import Booking, Occupation, Room
from apps.bookings.rules.limits import Ceilings
from apps.bookings.services.decide import permit
from apps.bookings.services.hold import hold_slot
from apps.bookings.services.starting import Wish
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO
from tests.support.waiting import Gate

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("database")]
ROUNDS = 200
TRIES = [(offset, slot) for offset in range(7, 75) for slot in (1, 2, 3)][:ROUNDS]


def together(count: int, work: Callable[[int], Any]) -> list[Any]:
    """``work(number)`` in ``count`` threads that start at the same moment."""
    barrier = Gate(count)

    def run(number: int) -> Any:
        barrier.wait()
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def attempt(citizen: factories.Citizen, room: Room, offset: int, slot: int) -> UUID | None:
    """The booking if the slot was won, None if it was taken; any other error is the test's failure."""
    day = clock.today() + dt.timedelta(days=offset)
    wish = Wish(citizen.registrant.pk, room.pk, day, (slot,), uuid.uuid4())
    try:
        return hold_slot(actor=citizen.actor, wish=wish).pk
    except SlotTakenError:
        return None


def contend(database: str, citizen: factories.Citizen, room: Room, barrier: Any, results: Any) -> None:
    """One of two processes: try every slot, each at the same instant as the other."""
    connections.close_all()
    assert os.environ["DATABASE_URL"] == database
    with as_portal(CHUO, citizen.account.pk):
        for number, (offset, slot) in enumerate(TRIES):
            barrier.wait()
            results.put((number, attempt(citizen, room, offset, slot)))


def test_two_people_in_two_processes_want_one_slot_two_hundred_times() -> None:
    room = factories.meeting_room()
    factories.terms(room.facility, ceilings=Ceilings(holds=0))
    people = [factories.citizen_with_registration() for _ in range(2)]
    context = multiprocessing.get_context("fork")
    barrier, results = context.Barrier(2, timeout=30), context.Queue()
    connections.close_all()
    workers = [
        context.Process(target=contend, args=(os.environ["DATABASE_URL"], one, room, barrier, results))
        for one in people
    ]
    for worker in workers:
        worker.start()
    outcomes = [results.get(timeout=60) for _ in range(2 * ROUNDS)]
    for worker in workers:
        worker.join(timeout=30)
    winners = Counter(number for number, booking in outcomes if booking is not None)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert winners == Counter(range(ROUNDS))


def test_sixteen_threads_on_a_hall_and_its_halves_leave_no_slot_doubled_and_none_empty() -> None:
    hall = factories.hall_with_halves()
    factories.terms(hall.facility, ceilings=Ceilings(holds=0))
    people = [factories.citizen_with_registration() for _ in range(16)]
    rooms = [hall.whole, hall.half_a, hall.half_b]

    def work(number: int) -> list[UUID | None]:
        with as_portal(CHUO, people[number].account.pk):
            return [attempt(people[number], rooms[(number + offset) % 3], offset, slot) for offset, slot in TRIES[:28]]

    together(16, work)
    slots: dict[Any, set[UUID]] = defaultdict(set)
    with as_tenant(CHUO):
        for booking in Booking.objects.all():
            slots[(booking.day, booking.slot_numbers[0])].add(booking.room_id)
        assert Occupation.objects.count() == 2 * len(slots)
    assert len(slots) == 28
    whole_or_both = ({hall.whole.pk}, {hall.half_a.pk, hall.half_b.pk})
    assert all(rooms_won in whole_or_both for rooms_won in slots.values())


def test_a_request_sent_twice_at_once_books_once() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    wish = Wish(citizen.registrant.pk, room.pk, factories.soon(), (1,), uuid.uuid4())

    def work(_number: int) -> UUID:
        with as_portal(CHUO, citizen.account.pk):
            return hold_slot(actor=citizen.actor, wish=wish).pk

    assert len(set(together(8, work))) == 1


def test_permits_given_at_once_have_numbers_without_gap_or_double() -> None:
    room = factories.meeting_room()
    days = [factories.soon() + dt.timedelta(days=number) for number in range(8)]
    bookings = [factories.booking_awaiting_permit(room=room, day=day).pk for day in days]

    def work(number: int) -> None:
        with as_tenant(CHUO):
            permit(actor=Actor(kind="staff"), booking=bookings[number])

    together(8, work)
    with as_tenant(CHUO):
        serials = sorted(Booking.objects.values_list("documents__serial", flat=True))
    assert serials == list(range(1, 9))


def test_raw_sql_cannot_double_book_a_part(superuser: psycopg.Connection) -> None:
    factories.booking_awaiting_permit()
    with pytest.raises(psycopg.errors.ExclusionViolation):
        superuser.execute(
            "INSERT INTO chuo.bookings_occupation (id, part_id, during, kind, booking_id)"
            " SELECT gen_random_uuid(), part_id, during, kind, booking_id FROM chuo.bookings_occupation"
        )
