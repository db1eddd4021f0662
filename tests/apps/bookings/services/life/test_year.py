"""A year of ten rooms by random acts: at its end the ledger, the occupancy, the statistics and the money agree.

Hypothesis drives the services against PostgreSQL: a hall of two halves, and seven rooms in two facilities; citizens,
clerks, the clock. The counting at the end is done by hand from the rows, by no function of the product.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import Any, ClassVar

import psycopg
import pytest
import time_machine
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from apps.bookings.errors import BookingError
from apps.bookings.models import (
    Booking,
    BookingAct,
    FeeSheet,
    Occupation,
    OccupationKind,
    Payment,
    PaymentMethod,
    PaymentVoid,
    Reception,
    Room,
    UseRecord,
    Wait,
    WaitState,
)
from apps.bookings.queries.availability import days_of_month
from apps.bookings.queries.day_use import day_of_use, days_missing
from apps.bookings.queries.payments import cash_of
from apps.bookings.queries.reports import MonthReport, month_reports
from apps.bookings.rules.days import slots_on
from apps.bookings.rules.limits import Ceilings
from apps.bookings.rules.series import Pattern, Picked
from apps.bookings.rules.states import MACHINE
from apps.bookings.rules.terms import Waiting
from apps.bookings.services import cancel, change, decide, series, waits
from apps.bookings.services.apply import Application, apply_for_hold
from apps.bookings.services.block import block_room
from apps.bookings.services.book_series import SeriesWish, book_series
from apps.bookings.services.counter import book_at_counter
from apps.bookings.services.expire import expire_tentative
from apps.bookings.services.fees import receiving
from apps.bookings.services.hold import hold_slot
from apps.bookings.services.starting import Wish
from apps.bookings.services.sweep import sweep_expired_holds
from apps.bookings.services.use.enter import UseEntry, enter_uses
from apps.bookings.services.use.months import close_month
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from tests import factories
from tests.support.fees import fee_tables
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

STAFF = Actor(kind="staff", id=uuid.UUID(int=7))
SAID = Application("meeting", 10, "例会")
ROOM, SLOT, WHO = st.integers(0, 9), st.integers(1, 3), st.integers(0, 2)
AHEAD, PICK = st.integers(0, 60), st.integers(0, 500)
STANDING = {"permitted", "used", "no_show"}
HOLDING = {"hold", "tentative", "under_review", "deferred"} | STANDING
BEGINS, ENDS = {"hold", "under_review"}, dt.timedelta(days=365)


class Year(RuleBasedStateMachine):
    """A year that begins tomorrow; a step is any act by anybody, allowed or not, or some days that pass."""

    superuser: psycopg.Connection
    clean: Callable[[], None]
    seen: ClassVar[Counter[str]] = Counter()
    """What came about in all the years, so that the test cannot pass by nothing happening."""

    @initialize()
    def begin(self) -> None:
        self.clean()
        self.now = clock.now().astimezone(TOKYO).replace(hour=10, minute=0, second=0, microsecond=0)
        self.first = self.now.date()
        self.hall = factories.hall_with_halves()
        other = factories.facility()
        self.rooms: list[Room] = [self.hall.whole, self.hall.half_a, self.hall.half_b]
        self.rooms += [factories.meeting_room(at=self.hall.facility, name=f"会議室{number}") for number in range(3)]
        self.rooms += [factories.meeting_room(at=other, name=f"和室{number}") for number in range(4)]
        for room in self.rooms:
            fee_tables(room, only=("tariff",) if room not in (self.rooms[0], self.rooms[6]) else ())
        for place in (self.hall.facility, other):
            factories.terms(place, ceilings=Ceilings(holds=0), waiting=Waiting(places=50))
        with as_tenant(CHUO):
            for number, room in enumerate(self.rooms):
                Room.objects.filter(pk=room.pk).update(reception=Reception.values[number % 3])
        self.people = [factories.citizen_with_registration() for _ in range(3)]
        self.has_begun = True

    @property
    def today(self) -> dt.date:
        return self.now.date()

    @contextlib.contextmanager
    def desk(self) -> Any:
        with time_machine.travel(self.now, tick=False), as_tenant(CHUO), contextlib.suppress(BookingError):
            yield

    @contextlib.contextmanager
    def portal(self, citizen: factories.Citizen) -> Any:
        with (
            time_machine.travel(self.now, tick=False),
            as_portal(CHUO, citizen.account.pk),
            contextlib.suppress(BookingError),
        ):
            yield

    def wish(self, who: int, room: int, ahead: int, slots: tuple[int, ...]) -> Wish:
        day = self.today + dt.timedelta(days=ahead)
        return Wish(self.people[who].registrant.pk, self.rooms[room].pk, day, slots, uuid.uuid4())

    def picked(self, pick: int) -> Booking | None:
        """Of the bookings that lie ahead one; of all where none does."""
        with as_tenant(CHUO):
            found = list(Booking.objects.filter(day__gte=self.today).order_by("created_at", "number"))
        return found[pick % len(found)] if found else None

    @rule(wishes=st.lists(st.tuples(WHO, ROOM, AHEAD, SLOT, st.integers(0, 3)), min_size=2, max_size=8))
    def choose(self, wishes: list[tuple[int, int, int, int, int]]) -> None:
        """Citizens hold slots; three of four go on and apply."""
        for who, room, ahead, slot, goes_on in wishes:
            citizen = self.people[who]
            with self.portal(citizen):
                held = hold_slot(actor=citizen.actor, wish=self.wish(who, room, ahead, (slot,)))
                if goes_on:
                    apply_for_hold(actor=citizen.actor, booking=held.pk, application=SAID)

    @rule(wishes=st.lists(st.tuples(WHO, ROOM, AHEAD, SLOT, st.integers(1, 2)), min_size=2, max_size=8))
    def at_the_counter(self, wishes: list[tuple[int, int, int, int, int]]) -> None:
        """Clerks book one slot or two, permit, and receive a part of the fee."""
        for who, room, ahead, first, count in wishes:
            slots = tuple(range(first, min(first + count, 4)))
            with self.desk():
                made = book_at_counter(actor=STAFF, wish=self.wish(who, room, ahead, slots), application=SAID)
                decide.permit(actor=STAFF, booking=made.pk)
                receiving.receive(actor=STAFF, booking=made.pk, amount=500, method=PaymentMethod.CASH)

    @rule(who=WHO, room=ROOM, ahead=AHEAD, slot=SLOT, weeks=st.integers(4, 12))
    def every_week(self, who: int, room: int, ahead: int, slot: int, weeks: int) -> None:
        wish = self.wish(who, room, ahead, (slot,))
        days = [wish.day + dt.timedelta(weeks=number) for number in range(weeks)]
        with self.desk():
            pattern = Pattern("weekly", days[0].isoweekday(), days[0], days[-1])
            picked = [Picked(day, wish.room, wish.slots) for day in days]
            asked = SeriesWish(wish.registrant, picked, pattern, wish.key)
            made = book_series(actor=STAFF, wish=asked, application=SAID)
            series.permit_series(actor=STAFF, series=made.pk)

    @rule(room=ROOM, ahead=AHEAD, kind=st.sampled_from(["city_use", "maintenance"]))
    def block(self, room: int, ahead: int, kind: str) -> None:
        day = self.today + dt.timedelta(days=ahead)
        with self.desk():
            block_room(
                actor=STAFF,
                room=self.rooms[room].pk,
                starts_at=clock.at(day, dt.time(9)),
                ends_at=clock.at(day, dt.time(21)),
                kind=OccupationKind(kind),
            )

    @rule(pick=PICK, act=st.sampled_from(["permit", "permit", "formalise", "resume"]))
    def decide(self, pick: int, act: str) -> None:
        if (found := self.picked(pick)) is not None:
            with self.desk():
                getattr(decide, act)(actor=STAFF, booking=found.pk)

    @rule(pick=PICK, act=st.sampled_from(["refuse", "defer", "revoke", "cancel_by_staff"]))
    def decide_with_reason(self, pick: int, act: str) -> None:
        if (found := self.picked(pick)) is not None:
            with self.desk():
                where = decide if hasattr(decide, act) else cancel
                getattr(where, act)(actor=STAFF, booking=found.pk, reason="点検のため")

    @rule(pick=PICK)
    def give_up(self, pick: int) -> None:
        if (found := self.picked(pick)) is not None:
            citizen = next(one for one in self.people if one.registrant.pk == found.registrant_id)
            with self.portal(citizen):
                cancel.cancel_by_citizen(actor=citizen.actor, booking=found.pk)

    @rule(pick=PICK, room=ROOM, ahead=AHEAD, slot=SLOT)
    def move(self, pick: int, room: int, ahead: int, slot: int) -> None:
        to = change.Target(self.rooms[room].pk, self.today + dt.timedelta(days=ahead), (slot,))
        if (found := self.picked(pick)) is not None:
            with self.desk():
                change.change_by_staff(actor=STAFF, booking=found.pk, to=to)

    @rule(who=WHO, room=ROOM, ahead=AHEAD, slot=SLOT)
    def wait(self, who: int, room: int, ahead: int, slot: int) -> None:
        citizen = self.people[who]
        with self.portal(citizen):
            waits.join_line(actor=citizen.actor, wish=self.wish(who, room, ahead, (slot,)))

    @rule(pick=PICK, amount=st.sampled_from([300, 1000, 1500]))
    def pay(self, pick: int, amount: int) -> None:
        if (found := self.picked(pick)) is not None:
            with self.desk():
                receiving.receive(actor=STAFF, booking=found.pk, amount=amount, method=PaymentMethod.CASH)

    @rule(pick=PICK)
    def take_back(self, pick: int) -> None:
        with as_tenant(CHUO):
            found = list(Payment.objects.filter(void=None))
        if found:
            with self.desk():
                receiving.void(actor=STAFF, payment=found[pick % len(found)].pk, reason="二重に受領したため")

    def call_off(self, pick: int) -> None:
        if (found := self.picked(pick)) is not None:
            with self.desk():
                cancel.call_off(actor=STAFF, booking=found.pk, reason="点検のため")

    @rule(days=st.integers(3, 20))
    def time_passes(self, days: int) -> None:
        """Days go by: the clock's own acts, the uses entered, months closed that are over.

        Something is called off and a payment taken back each time, whichever rules the example has.
        """
        self.call_off(days)
        self.take_back(days)
        for _ in range(days):
            self.now += dt.timedelta(days=1)
            if self.today > self.first + ENDS:
                return
            with self.desk():
                sweep_expired_holds()
                expire_tentative()
                waits.serve_lines()
        self.tell()

    def lies_ahead(self) -> bool:
        """Whether the clock has anything to do on the days to come."""
        with as_tenant(CHUO):
            waiting = Wait.objects.filter(state__in=[WaitState.WAITING, WaitState.OFFERED])
            return Booking.objects.filter(day__gte=self.today).exists() or waiting.exists()

    def quiet_days_pass(self) -> None:
        """The same without the clock's own acts: one after the other, such days are most of the year's."""
        self.take_back(20)
        self.now += dt.timedelta(days=min(20, (self.first + ENDS - self.today).days + 1))
        self.tell()

    def tell(self) -> None:
        with time_machine.travel(self.now, tick=False), as_tenant(CHUO):
            for day in days_missing(self.first, self.today):
                entries = [self.entry(one, at.categories[0].code) for at in day_of_use(day) for one in at.bookings]
                enter_uses(actor=STAFF, day=day, entries=[one for one in entries if one is not None])
        month = self.today.replace(day=1) - dt.timedelta(days=1)
        for place in {room.facility_id for room in self.rooms}:
            with self.desk():
                close_month(actor=STAFF, facility=place, month=month.replace(day=1))

    def entry(self, one: Booking, category: str) -> UseEntry | None:
        if getattr(one, "use_record", None) is not None:
            return None
        stayed_away = one.pk.int % 7 == 0
        counts = {} if stayed_away else {category: 1 + one.pk.int % 20}
        return UseEntry(one.pk, "absent" if stayed_away else "came", counts)

    def teardown(self) -> None:
        """The year goes to its end, and everything is counted."""
        if not hasattr(self, "has_begun"):
            return
        while self.today <= self.first + ENDS:
            if self.lies_ahead():
                self.time_passes(20)
            else:
                self.quiet_days_pass()
        self.tell()
        with time_machine.travel(self.now, tick=False), as_tenant(CHUO):
            bookings = list(Booking.objects.select_related("room"))
            self.check_ledger(bookings)
            self.check_occupancy(bookings)
            self.check_statistics(bookings)
            self.check_money()
            self.seen.update(one.state for one in bookings)
            self.seen.update(payment=Payment.objects.count(), void=PaymentVoid.objects.count())

    def check_ledger(self, bookings: list[Booking]) -> None:
        """Told again from its history by the machine's table, every booking comes to the state that it has."""
        acts: dict[uuid.UUID, list[str]] = defaultdict(list)
        for booking, act in BookingAct.objects.order_by("id").values_list("booking_id", "act"):
            acts[booking].append(act)
        for one in bookings:
            states = set(BEGINS)
            for act in acts[one.pk]:
                moved = {to for move in MACHINE if move.act == act and move.state in states for to in move.to}
                states = moved or states
            assert one.state in states, (one.state, acts[one.pk])

    def check_occupancy(self, bookings: list[Booking]) -> None:
        """Each part is taken by whom the ledger says, once, and the shared view shows the same."""
        parts: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
        for room, part in Room.objects.values_list("pk", "room_parts__part_id"):
            parts[room].add(part)
        wanted = {
            (part, one.during.lower, one.during.upper, one.pk)
            for one in bookings
            if one.state in HOLDING
            for part in parts[one.room_id]
        }
        rows = Occupation.objects.exclude(booking=None).values_list("part_id", "during", "booking_id")
        taken = {(part, during.lower, during.upper, booking) for part, during, booking in rows}
        assert taken == wanted
        everything = sorted(Occupation.objects.values_list("part_id", "during"), key=lambda row: (row[0], row[1].lower))
        for (part, during), (following, later) in pairwise(everything):
            assert part != following or during.upper <= later.lower
        shared = self.superuser.execute(
            "SELECT DISTINCT part, starts_at, ends_at FROM shared.occupancy_occupancy WHERE tenant = %s", [CHUO]
        ).fetchall()
        assert {(part, starts, ends) for part, starts, ends in shared} >= {row[:3] for row in wanted}

    def check_statistics(self, bookings: list[Booking]) -> None:
        """The months' figures are what one counts by hand, also of those that were closed long before the end."""
        months = sorted({one.day.replace(day=1) for one in bookings})
        uses = dict(UseRecord.objects.values_list("booking_id", "headcount"))
        for month, reports in month_reports(CHUO, months).items():
            for report in reports:
                self.check_month(report, [one for one in bookings if one.day.replace(day=1) == month], uses)

    def check_month(self, report: MonthReport, bookings: list[Booking], uses: dict[uuid.UUID, int]) -> None:
        here = [one for one in bookings if one.room.facility_id == report.usage.facility and one.applied_at]
        standing = [one for one in here if one.state in STANDING]
        assert report.usage.figures.people == sum(uses.get(one.pk, 0) for one in standing)
        assert report.usage.figures.came == sum(one.state == "used" for one in here)
        assert report.usage.figures.absent == sum(one.state == "no_show" for one in here)
        assert sum(report.usage.figures.states.values()) == len(here)
        for room in report.usage.rooms:
            if room.is_combination:
                continue
            taken = self.spans_of(room.offer.parts, standing, report.month)
            used = [
                (day, slot.number)
                for day in days_of_month(report.month)
                for slot in slots_on(room.offer, day)
                if any(lower < end and start < upper for lower, upper in taken for start, end in [_span(slot, day)])
            ]
            assert room.figures.used_slots == len(used)
            assert room.figures.used_days == len({day for day, _ in used})

    def spans_of(self, parts: tuple[uuid.UUID, ...], standing: list[Booking], month: dt.date) -> list[Any]:
        """When bookings or the city's own use take one of ``parts``."""
        rooms = set(Room.objects.filter(room_parts__part__in=parts).values_list("pk", flat=True))
        found = [(one.during.lower, one.during.upper) for one in standing if one.room_id in rooms]
        city = Occupation.objects.filter(part__in=parts, kind="city_use").values_list("during", flat=True)
        return found + [(during.lower, during.upper) for during in city]

    def check_money(self) -> None:
        """No booking's money is more than its fee was at that time, and the drawer's days add up to what came in."""
        by_day: Counter[dt.date] = Counter()
        for day, amount in Payment.objects.values_list("day", "amount"):
            by_day[day] += amount
        for day, amount in PaymentVoid.objects.values_list("day", "payment__amount"):
            by_day[day] -= amount
        assert all(cash_of(day) == amount for day, amount in by_day.items())
        serials = list(Payment.objects.order_by("fiscal_year", "serial").values_list("fiscal_year", "serial"))
        for year in {year for year, _ in serials}:
            numbers = [serial for of, serial in serials if of == year]
            assert numbers == list(range(1, len(numbers) + 1))
        for sheet in FeeSheet.objects.prefetch_related("lines"):
            assert sum(line.amount for line in sheet.lines.all()) == sheet.total


def _span(slot: Any, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    return clock.at(day, slot.starts), clock.at(day, slot.ends)


@pytest.mark.slow
@pytest.mark.usefixtures("database")
def test_at_the_end_of_a_year_ledger_occupancy_statistics_and_money_agree(
    superuser: psycopg.Connection, clean: Callable[[], None]
) -> None:
    Year.superuser, Year.clean = superuser, staticmethod(clean)
    run_state_machine_as_test(
        Year,
        settings=settings(
            max_examples=4,
            stateful_step_count=80,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Year.seen["used"] > 50
    assert {"no_show", "cancelled", "called_off", "expired", "payment", "void"} <= set(+Year.seen), Year.seen
