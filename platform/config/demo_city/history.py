"""Telling the stories to the product's own services, each act at its time and as the role of who acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Final
from unittest.mock import patch
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet

from apps.bookings.errors import BookingError
from apps.bookings.models import Booking, BookingAct, OccupationKind
from apps.bookings.services.apply import Application, apply_for_hold
from apps.bookings.services.block import block_room
from apps.bookings.services.cancel import cancel_by_citizen, cancel_by_staff
from apps.bookings.services.counter import book_at_counter
from apps.bookings.services.decide import permit, refuse
from apps.bookings.services.hold import hold_slot
from apps.bookings.services.starting import Wish
from config.demo_city.gear import taken_along
from config.demo_city.logins import CITIZENS
from config.demo_city.plans.shape import FacilityPlan, RoomPlan, TenantPlan
from config.demo_city.registrants import registrant_id
from config.demo_city.rooms import room_id
from config.demo_city.stories import End, Story
from kernel import clock
from shared.actor import Actor
from shared.outbox.models import Message, MessageState
from shared.staff.models import StaffAccount
from tenants.scope import desk_scope, portal_scope, unit_of_work

Act = tuple[dt.datetime, Callable[[], object]]
FILLING_IN: Final = dt.timedelta(minutes=4)
"""What a citizen takes from the choice of a slot to the application."""
BLOCKED_BEFORE: Final = dt.timedelta(days=100)
STILL_TO_SEND: Final = dt.timedelta(days=10)
"""Mails to the logins of so many last days are left for the worker to send."""


@contextmanager
def as_of(moment: dt.datetime) -> Iterator[None]:
    """Let the services take ``moment`` for the present: a demonstration needs a past. Nothing else may do this."""
    with patch.object(clock, "now", lambda: moment):
        yield


class History:
    """The bookings of one tenant for ``first`` and later days, told act by act."""

    def __init__(self, plan: TenantPlan, first: dt.date) -> None:
        self._plan = plan
        with self._desk():
            self._bookings = dict(Booking.objects.values_list("idempotency_key", "pk"))
            self._last = BookingAct.objects.filter(booking__day__gte=first).aggregate(last=Max("at"))["last"]
            self._clerk = Actor(kind="staff", id=StaffAccount.objects.values_list("pk", flat=True).first())
            self._others_mails = list(_waiting().values_list("pk", flat=True))

    def tell(self, told: Iterable[Story], days: Sequence[dt.date]) -> int:
        """Do what stories and blocks say, in order of time, from the last act up to now; how many bookings came of it.

        An act that the rules forbid by then is left out: the slot was taken, the day is closed, a person decided.
        """
        before, now = len(self._bookings), clock.now()
        acts = [*self._blocks(days), *(act for story in told for act in self._acts(story))]
        for moment, act in sorted(acts, key=lambda one: one[0]):
            if moment <= now and (self._last is None or moment > self._last):
                with as_of(moment):
                    _try(act)
        return len(self._bookings) - before

    def hold_one(self, candidates: Iterable[Story]) -> None:
        """Hold the first of the candidates' slots that is free, as a citizen does who is about to apply."""
        for story in candidates:
            if story.key in self._bookings or (story.account and _try(partial(self._hold, story, story.account))):
                return

    def _acts(self, story: Story) -> Iterator[Act]:
        if story.key not in self._bookings:
            yield story.applied_at, partial(self._apply, story)
        if story.is_decided_by_desk:
            yield story.decided_at, partial(self._decide, story)
        if story.is_given_up:
            yield story.cancelled_at, partial(self._cancel, story)

    def _apply(self, story: Story) -> None:
        application = Application(
            story.visit.purpose, story.visit.headcount, story.visit.event_name, fee=taken_along(story)
        )
        if story.account is not None:
            held = self._hold(story, story.account)
            with self._portal(story.account), as_of(clock.now() + FILLING_IN):
                apply_for_hold(actor=_citizen(story.account), booking=held.pk, application=application)
            return
        with self._desk():
            made = book_at_counter(actor=self._clerk, wish=self._wish(story), application=application)
        self._bookings[story.key] = made.pk

    def _hold(self, story: Story, account: UUID) -> Booking:
        with self._portal(account):
            held = hold_slot(actor=_citizen(account), wish=self._wish(story))
        self._bookings[story.key] = held.pk
        return held

    def _decide(self, story: Story) -> None:
        booking = self._bookings.get(story.key)
        if booking is None:
            return
        with self._desk():
            if story.end is End.REFUSED:
                refuse(actor=self._clerk, booking=booking, reason=story.reason)
            else:
                permit(actor=self._clerk, booking=booking)

    def _cancel(self, story: Story) -> None:
        booking = self._bookings.get(story.key)
        if booking is None:
            return
        if story.end is End.CANCELLED_BY_CITIZEN and story.account is not None:
            with self._portal(story.account):
                cancel_by_citizen(actor=_citizen(story.account), booking=booking)
        else:
            with self._desk():
                cancel_by_staff(actor=self._clerk, booking=booking, reason=story.reason)

    def _blocks(self, days: Sequence[dt.date]) -> Iterator[Act]:
        rooms = {room.name: (facility, room) for facility in self._plan.facilities for room in facility.rooms}
        for day in days:
            for block in self._plan.blocks:
                if day.isoweekday() == block.weekday and (day.day - 1) // 7 + 1 == block.week:
                    facility, room = rooms[block.room]
                    act = partial(self._block, facility, room, day, OccupationKind(block.kind), block.label)
                    yield clock.at(day, dt.time(9)) - BLOCKED_BEFORE, act

    def _block(self, facility: FacilityPlan, room: RoomPlan, day: dt.date, kind: OccupationKind, label: str) -> None:
        starts, ends = dt.time.fromisoformat(room.slots[0][2]), dt.time.fromisoformat(room.slots[-1][3])
        with self._desk():
            block_room(
                actor=self._clerk,
                room=room_id(self._plan, facility, room),
                starts_at=clock.at(day, starts),
                ends_at=clock.at(day, ends),
                kind=kind,
                label=label,
            )

    def settle_mails(self) -> None:
        """Mails of the past count as sent, but the logins' last ones: a worker must not send months of them."""
        recent = Q(recipient__in=[one.account for one in CITIZENS], created_at__gt=clock.now() - STILL_TO_SEND)
        with self._desk():
            _waiting().exclude(recent).exclude(pk__in=self._others_mails).update(
                state=MessageState.SENT, attempts=1, sent_at=F("created_at")
            )

    def _wish(self, story: Story) -> Wish:
        visit = story.visit
        return Wish(
            registrant=registrant_id(self._plan, visit.number),
            room=room_id(self._plan, visit.facility, visit.room),
            day=story.day,
            slots=visit.slots,
            key=story.key,
        )

    def _desk(self) -> AbstractContextManager[None]:
        return unit_of_work(desk_scope(self._plan.schema))

    def _portal(self, account: UUID) -> AbstractContextManager[None]:
        return unit_of_work(portal_scope(self._plan.schema, account))


def _try(act: Callable[[], object]) -> bool:
    """Whether the rules allowed the act."""
    try:
        act()
    except BookingError:
        return False
    return True


def _citizen(account: UUID) -> Actor:
    return Actor(kind="citizen", id=account)


def _waiting() -> QuerySet[Message]:
    return Message.objects.filter(state=MessageState.PENDING)
