"""A room's booking ends with its annex while somebody else works on that annex: nobody waits in a ring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import psycopg
import pytest
import time_machine
from django.db import transaction
from psycopg import sql

from apps.bookings.errors import BookingError, StalePageError
from apps.bookings.life_errors import UnknownSeriesError
from apps.bookings.models import Booking, Series
from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.rules.terms import Tentative
from apps.bookings.services import cancel
from apps.bookings.services.annexes import annexes_of
from apps.bookings.services.change import Target, change_by_staff
from apps.bookings.services.displacement.choosing import choose_for_all
from apps.bookings.services.expire import expire_tentative
from apps.bookings.services.fees.overdue import cancel_overdue
from apps.bookings.services.series import cancel_series
from apps.registrants.services.merge import merge
from kernel import clock
from tests import factories
from tests.apps.bookings.services.displacement.acts import carried_out, looked_for, whole_day
from tests.apps.bookings.services.life.test_annexes import REASON, STAFF, House, both, fresh, house, permitted
from tests.apps.bookings.services.life.test_series import booked, picked
from tests.factories import MORNING
from tests.support.fees import fee_tables
from tests.support.queueing import queued
from tests.support.raw import raw_superuser
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("database")]
Pair = tuple[Booking, Booking]
T = TypeVar("T")


def drawn(make: Callable[[], tuple[T, Pair]]) -> tuple[T, Pair]:
    """Two bookings of which the second has the lower key: keys are drawn by lot."""
    while True:
        whole, (first, second) = make()
        if second.pk < first.pk:
            return whole, (first, second)
        for one in (second, first):
            with as_tenant(CHUO):
                cancel.call_off(actor=STAFF, booking=one.pk, reason=REASON)


def tentative() -> tuple[House, Pair]:
    """A hall that is to be confirmed in time, and an annex that is permitted."""
    at = house(reception="tentative", of_annex="immediate")
    factories.terms(at.hall.facility, tentative=Tentative(days=3))
    return at, both(at)


def unpaid() -> tuple[House, Pair]:
    """A hall that was to be paid for in advance, with an annex, both permitted."""
    at = house()
    factories.terms(at.hall.facility, payment=DueTerms("before_use", days=7, lapse=True))
    fee_tables(at.hall)
    found = both(at, day=clock.today() + dt.timedelta(days=14))
    permitted(*found)
    return at, found


def merged(at: House) -> str:
    kept = factories.individual()
    with as_tenant(CHUO):
        merge(actor=STAFF, kept=kept.pk, gone=at.citizen.registrant.pk, reason="同じ人の二重登録")
    return "merged"


def told(act: Callable[[], object]) -> object:
    """What an act at the desk gives, or the error that the clerk is told."""
    with as_tenant(CHUO):
        try:
            return act()
        except BookingError as error:
            return type(error)


def test_what_expires_with_its_annex_while_two_records_become_one(superuser: psycopg.Connection) -> None:
    at, (hall, annex) = drawn(tentative)
    assert hall.due_at is not None
    with time_machine.travel(hall.due_at, tick=False):
        works = (partial(merged, at), partial(told, expire_tentative))
        assert queued(superuser, "bookings_booking", annex.pk, *works) == ["merged", 1]
    assert (fresh(hall).state, fresh(annex).state) == ("expired", "cancelled")


def test_what_expires_with_its_annex_while_a_clerk_moves_the_annex(superuser: psycopg.Connection) -> None:
    at, (hall, annex) = tentative()
    other = factories.meeting_room(at=at.hall.facility, name="和室")
    assert hall.due_at is not None

    def moved() -> object:
        to = Target(other.pk, annex.day, (MORNING,))
        return told(lambda: change_by_staff(actor=STAFF, booking=annex.pk, to=to).room_id)

    with time_machine.travel(hall.due_at, tick=False):
        works = (moved, partial(told, expire_tentative))
        assert queued(superuser, "bookings_booking", annex.pk, *works) == [other.pk, 1]
    assert (fresh(hall).state, fresh(annex).state) == ("expired", "permitted")


def test_what_is_not_paid_goes_with_its_annex_while_two_records_become_one(superuser: psycopg.Connection) -> None:
    at, (hall, annex) = drawn(unpaid)
    with time_machine.travel(clock.now() + dt.timedelta(days=8), tick=False):
        works = (partial(merged, at), partial(told, cancel_overdue))
        assert queued(superuser, "bookings_booking", annex.pk, *works) == ["merged", 1]
    assert {fresh(hall).cause, fresh(annex).cause} == {"unpaid"}


def test_a_series_is_given_up_while_its_room_is_needed_for_a_public_use(superuser: psycopg.Connection) -> None:
    room, days = factories.meeting_room(), [factories.soon(), factories.soon() + dt.timedelta(weeks=1)]

    def made() -> tuple[Series, Pair]:
        series = booked(factories.citizen_with_registration(), picked(room, days))
        with as_tenant(CHUO):
            first, second = Booking.objects.filter(series=series).order_by("day")
        return series, (first, second)

    series, (first, second) = drawn(made)
    with as_tenant(CHUO):
        found = looked_for(room, spans=[whole_day(day) for day in days])
        choose_for_all(actor=STAFF, displacement=found.pk, fate="cancel")
    ids = [first.pk, second.pk]
    given_up = partial(cancel_series, actor=STAFF, series=series.pk, bookings=ids, reason=REASON, cause="own")
    works = (lambda: told(lambda: carried_out(found).state), lambda: told(given_up))
    assert queued(superuser, "bookings_booking", second.pk, *works) == ["done", UnknownSeriesError]


def test_an_annex_that_came_meanwhile_and_is_worked_on_is_not_waited_for() -> None:
    _at, (hall, annex) = tentative()
    with raw_superuser() as other, other.transaction(), as_tenant(CHUO), transaction.atomic():
        other.execute(
            sql.SQL("SELECT FROM {} WHERE id = %s FOR UPDATE").format(sql.Identifier(CHUO, "bookings_booking")),
            [annex.pk],
        )
        with pytest.raises(StalePageError):
            annexes_of(Booking.objects.select_for_update(of=("self",)).get(pk=hall.pk))
