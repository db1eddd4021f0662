"""What is remembered of a month is never shown after it changed."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest

from apps.bookings.models import Room
from apps.bookings.queries.availability import days_of_month, vacancies
from apps.bookings.queries.offers import offers_of_facility
from apps.bookings.rules.availability import Mark
from apps.bookings.services.decide import refuse
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.scopes import as_portal, as_tenant

pytestmark = pytest.mark.usefixtures("database")


def mark_of(room: Room, day: dt.date) -> Mark:
    with as_portal():
        offers = offers_of_facility(room.facility_id)
        [marks] = vacancies(offers, days_of_month(day)).rooms
    return next(one.mark for one in marks.days if one.day == day)


def test_a_hold_an_application_and_its_end_are_shown_at_once() -> None:
    room, day = factories.meeting_room(), factories.soon()
    assert mark_of(room, day) is Mark.FREE
    held = factories.booking_awaiting_permit(room=room, day=day)
    assert mark_of(room, day) is Mark.SOME
    with as_tenant("chuo"):
        refuse(actor=Actor(kind="staff"), booking=held.pk, reason="点検のため")
    assert mark_of(room, day) is Mark.FREE


def test_a_hold_that_is_over_is_free_without_any_change_of_rows(superuser: psycopg.Connection) -> None:
    room, day = factories.meeting_room(), factories.soon()
    factories.booking_on_hold(factories.citizen_with_registration(), room, day=day)
    assert mark_of(room, day) is Mark.SOME
    superuser.execute("UPDATE chuo.bookings_occupation SET expires_at = %s", [clock.now() - dt.timedelta(seconds=1)])
    assert mark_of(room, day) is Mark.FREE


def test_one_slot_for_another_is_another_stamp() -> None:
    room, day = factories.meeting_room(), factories.soon()
    citizen = factories.citizen_with_registration()
    first = factories.booking_awaiting_permit(citizen, room, day=day)
    assert mark_of(room, day) is Mark.SOME
    with as_tenant("chuo"):
        refuse(actor=Actor(kind="staff"), booking=first.pk, reason="点検のため")
    next_day = day + dt.timedelta(days=1)
    factories.booking_awaiting_permit(citizen, room, day=next_day)
    assert mark_of(room, day) is Mark.FREE


def test_a_changed_timetable_or_window_is_shown_at_once() -> None:
    room, day = factories.meeting_room(), factories.soon()
    assert mark_of(room, day) is Mark.FREE
    factories.window(room, opens_months=0)
    assert mark_of(room, day) is Mark.OUTSIDE
