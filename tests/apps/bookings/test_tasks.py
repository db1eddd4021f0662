"""Holds that are over are forgotten, and nothing else is."""

from __future__ import annotations

import psycopg
import pytest

from apps.bookings.models import Booking, Occupation
from apps.bookings.tasks import forget_holds
from shared.occupancy.models import Occupancy
from tests.factories import (
    EVENING,
    Citizen,
    booking_awaiting_permit,
    booking_on_hold,
    citizen_with_registration,
    meeting_room,
)
from tests.support.raw import raw_superuser
from tests.support.scopes import as_portal, as_tenant

pytestmark = pytest.mark.usefixtures("database")


def ended_hold(superuser: psycopg.Connection, citizen: Citizen | None = None, ago: str = "2 hours") -> Booking:
    citizen = citizen or citizen_with_registration()
    hold = booking_on_hold(citizen, meeting_room(citizen.schema))
    statement = "UPDATE {0}.bookings_booking SET hold_expires_at = now() - %s::interval WHERE id = %s"
    superuser.execute(statement.format(citizen.schema), [ago, hold.pk])
    return hold


def test_a_hold_that_is_long_over_is_gone_with_its_occupation(superuser: psycopg.Connection) -> None:
    ended_hold(superuser)
    forget_holds("chuo")
    with as_tenant("chuo"):
        assert (Booking.objects.count(), Occupation.objects.count()) == (0, 0)
    with as_portal():
        assert Occupancy.objects.count() == 0


def test_a_hold_that_has_just_ended_may_still_be_taken_up_again(superuser: psycopg.Connection) -> None:
    ended_hold(superuser, ago="5 minutes")
    forget_holds("chuo")
    with as_tenant("chuo"):
        assert Booking.objects.count() == 1


def test_a_hold_that_lasts_and_an_application_stay() -> None:
    citizen, room = citizen_with_registration(), meeting_room()
    booking_awaiting_permit(citizen, room)
    booking_on_hold(citizen, room, slots=(EVENING,))
    forget_holds("chuo")
    with as_tenant("chuo"):
        assert Booking.objects.count() == 2


def test_another_tenants_holds_stay(superuser: psycopg.Connection) -> None:
    ended_hold(superuser, citizen_with_registration("sports"))
    forget_holds("chuo")
    with as_tenant("sports"):
        assert Booking.objects.count() == 1


def test_a_hold_that_is_being_applied_for_is_left_alone(superuser: psycopg.Connection) -> None:
    hold = ended_hold(superuser)
    with raw_superuser() as applicant, applicant.transaction():
        applicant.execute("SELECT id FROM chuo.bookings_booking WHERE id = %s FOR UPDATE", [hold.pk])
        forget_holds("chuo")
    with as_tenant("chuo"):
        assert Booking.objects.count() == 1
