"""No sequence of acts frees a slot that is occupied or occupies one twice, and every act leaves a history.

Hypothesis drives the services against PostgreSQL: a hall of two halves and its whole, three slots, two people, clerks,
the clock. After every step the ledger and the occupations agree.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from apps.bookings.errors import BookingError
from apps.bookings.models import Booking, BookingAct, Occupation, Reception, Room
from apps.bookings.rules.limits import Ceilings
from apps.bookings.rules.states import MACHINE, OCCUPYING
from apps.bookings.rules.terms import Waiting
from apps.bookings.services import cancel, change, decide, waits
from apps.bookings.services.apply import Application, apply_for_hold
from apps.bookings.services.counter import book_at_counter
from apps.bookings.services.expire import expire_tentative
from apps.bookings.services.hold import hold_slot
from apps.bookings.services.starting import Wish
from apps.bookings.services.sweep import sweep_expired_holds
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

STAFF = Actor(kind="staff", id=uuid.UUID(int=7))
SAID = Application("meeting", 10, "例会")
ROOM, SLOT, WHO, PICK = st.integers(0, 2), st.integers(1, 3), st.integers(0, 1), st.integers(0, 50)


class Life(RuleBasedStateMachine):
    """Bookings of one day in a hall and its halves; a step is any act by anybody, allowed or not."""

    superuser: psycopg.Connection
    clean: Callable[[], None]

    @initialize()
    def begin(self) -> None:
        self.clean()
        hall = factories.hall_with_halves()
        factories.terms(hall.facility, ceilings=Ceilings(holds=0), waiting=Waiting(places=50))
        self.rooms: list[Room] = [hall.whole, hall.half_a, hall.half_b]
        with as_tenant(CHUO):
            for room, reception in zip(self.rooms, Reception.values, strict=True):
                Room.objects.filter(pk=room.pk).update(reception=reception)
        self.people = [factories.citizen_with_registration() for _ in range(2)]
        self.day = clock.today() + dt.timedelta(days=10)
        self.known: dict[uuid.UUID, str] = {}

    def wish(self, who: int, room: int, slot: int) -> Wish:
        return Wish(self.people[who].registrant.pk, self.rooms[room].pk, self.day, (slot,), uuid.uuid4())

    def picked(self, pick: int) -> Booking | None:
        with as_tenant(CHUO):
            found = list(Booking.objects.order_by("created_at", "id"))
        return found[pick % len(found)] if found else None

    def owner(self, booking: Booking) -> factories.Citizen:
        return next(one for one in self.people if one.registrant.pk == booking.registrant_id)

    @rule(who=WHO, room=ROOM, slot=SLOT, applies=st.booleans())
    def choose(self, who: int, room: int, slot: int, applies: bool) -> None:
        citizen = self.people[who]
        with as_portal(CHUO, citizen.account.pk), contextlib.suppress(BookingError):
            held = hold_slot(actor=citizen.actor, wish=self.wish(who, room, slot))
            if applies:
                apply_for_hold(actor=citizen.actor, booking=held.pk, application=SAID)

    @rule(who=WHO, room=ROOM, slot=SLOT)
    def at_the_counter(self, who: int, room: int, slot: int) -> None:
        with as_tenant(CHUO), contextlib.suppress(BookingError):
            book_at_counter(actor=STAFF, wish=self.wish(who, room, slot), application=SAID)

    @rule(pick=PICK)
    def apply(self, pick: int) -> None:
        if (found := self.picked(pick)) is None:
            return
        citizen = self.owner(found)
        with as_portal(CHUO, citizen.account.pk), contextlib.suppress(BookingError):
            apply_for_hold(actor=citizen.actor, booking=found.pk, application=SAID)

    @rule(pick=PICK, act=st.sampled_from(["permit", "formalise", "resume"]))
    def decide(self, pick: int, act: str) -> None:
        if (found := self.picked(pick)) is None:
            return
        with as_tenant(CHUO), contextlib.suppress(BookingError):
            getattr(decide, act)(actor=STAFF, booking=found.pk)

    @rule(pick=PICK, act=st.sampled_from(["refuse", "defer", "revoke", "call_off", "cancel_by_staff"]))
    def decide_with_reason(self, pick: int, act: str) -> None:
        if (found := self.picked(pick)) is None:
            return
        with as_tenant(CHUO), contextlib.suppress(BookingError):
            getattr(decide if hasattr(decide, act) else cancel, act)(actor=STAFF, booking=found.pk, reason="点検のため")

    @rule(pick=PICK)
    def cancel_as_citizen(self, pick: int) -> None:
        if (found := self.picked(pick)) is None:
            return
        citizen = self.owner(found)
        with as_portal(CHUO, citizen.account.pk), contextlib.suppress(BookingError):
            cancel.cancel_by_citizen(actor=citizen.actor, booking=found.pk)

    @rule(pick=PICK, room=ROOM, slot=SLOT, staff=st.booleans())
    def change(self, pick: int, room: int, slot: int, staff: bool) -> None:
        if (found := self.picked(pick)) is None:
            return
        to, citizen = change.Target(self.rooms[room].pk, self.day, (slot,)), self.owner(found)
        scope = as_tenant(CHUO) if staff else as_portal(CHUO, citizen.account.pk)
        with scope, contextlib.suppress(BookingError):
            if staff:
                change.change_by_staff(actor=STAFF, booking=found.pk, to=to)
            else:
                change.change_by_citizen(actor=citizen.actor, booking=found.pk, to=to)

    @rule(who=WHO, room=ROOM, slot=SLOT)
    def wait(self, who: int, room: int, slot: int) -> None:
        citizen = self.people[who]
        with as_portal(CHUO, citizen.account.pk), contextlib.suppress(BookingError):
            waits.join_line(actor=citizen.actor, wish=self.wish(who, room, slot))

    @rule(hours=st.sampled_from([1, 30, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        """What the clock would bring about, brought about by moving the deadlines back."""
        for table, column in (("booking", "hold_expires_at"), ("booking", "due_at"), ("occupation", "expires_at")):
            self.superuser.execute(
                f"UPDATE chuo.bookings_{table} SET {column} = {column} - make_interval(hours => %s)"
                f" WHERE {column} IS NOT NULL",
                [hours],
            )
        with as_tenant(CHUO):
            sweep_expired_holds()
            expire_tentative()
            waits.serve_lines()

    @precondition(lambda self: self.known)
    @rule(pick=PICK, act=st.sampled_from(["come", "stay_away"]))
    def on_the_day(self, pick: int, act: str) -> None:
        if (found := self.picked(pick)) is None:
            return
        at = dt.datetime.combine(self.day, dt.time(23), clock.TOKYO)
        with time_machine.travel(at, tick=False), as_tenant(CHUO), contextlib.suppress(BookingError):
            decide.attend(actor=STAFF, booking=found.pk, act=act)

    @invariant()
    def ledger_and_occupations_agree(self) -> None:
        if not hasattr(self, "day"):
            return
        with as_tenant(CHUO):
            bookings = {one.pk: one for one in Booking.objects.all()}
            taken = list(Occupation.objects.values_list("booking_id", "part_id", "during"))
            parts = {room.pk: set(room.room_parts.values_list("part_id", flat=True)) for room in self.rooms}
            acts = set(BookingAct.objects.values_list("booking_id", "act"))
        for one in bookings.values():
            mine = {(part, during) for booking, part, during in taken if booking == one.pk}
            stale = one.state == "hold" and one.hold_expires_at is not None and one.hold_expires_at <= clock.now()
            wanted = {(part, one.during) for part in parts[one.room_id]} if one.state in OCCUPYING else set()
            assert mine == wanted or (stale and mine < wanted), (one.state, mine, wanted)
            self._check_move(one, acts)
        for number, (_, part, during) in enumerate(taken):
            for _, other, span in taken[number + 1 :]:
                assert part != other or not (during.lower < span.upper and span.lower < during.upper)

    def _check_move(self, one: Booking, acts: set[tuple[Any, str]]) -> None:
        """A new state is that of an arrow of the table, or of several at once, and its act is in the history."""
        was = self.known.get(one.pk)
        if was != one.state and one.state != "hold":
            names = {move.act for move in MACHINE if one.state in move.to}
            assert any((one.pk, name) in acts for name in names), (was, one.state)
        self.known[one.pk] = one.state


@pytest.mark.slow
@pytest.mark.usefixtures("database")
def test_no_sequence_of_acts_frees_an_occupied_slot_or_occupies_one_twice(
    superuser: psycopg.Connection, clean: Callable[[], None]
) -> None:
    Life.superuser, Life.clean = superuser, staticmethod(clean)
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
