"""What an application rests on is read once for its form; whatever is written meanwhile holds all the same."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from apps.bookings.errors import BookingError, FeeChangedError, OverCapacityError, PurposeNotAllowedError
from apps.bookings.life_errors import TooFewPeopleError
from apps.bookings.models import Booking, FeeSheet, Room, RoomPurpose
from apps.bookings.queries.grounds import Seen, ground_of_wish, seen_hold
from apps.bookings.rules.limits import Ceilings
from apps.bookings.services.apply import Application, apply_for_hold
from apps.bookings.services.fees.charging import FeeWish
from apps.registrants.models import Registrant, StateSpan
from apps.registrants.queries.standing import in_force
from kernel import clock
from tests import factories
from tests.support.fees import fee_tables
from tests.support.scopes import as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
SAID = Application(factories.MEETING, 10, "例会")


class Held:
    """A hold, and its ground as the form's page read it."""

    def __init__(self) -> None:
        self.citizen, self.room = factories.citizen_with_registration(), factories.meeting_room()
        self.booking = factories.booking_on_hold(self.citizen, self.room)
        with as_portal(CHUO, self.citizen.account.pk):
            self.seen: Seen = seen_hold(self.booking.pk)

    def apply(self, said: Application = SAID) -> Booking:
        with as_portal(CHUO, self.citizen.account.pk):
            return apply_for_hold(actor=self.citizen.actor, booking=self.booking.pk, application=said, seen=self.seen)


def smaller(held: Held) -> None:
    with as_tenant(CHUO):
        Room.objects.filter(pk=held.room.pk).update(capacity=5)


def without_meetings(held: Held) -> None:
    with as_tenant(CHUO):
        RoomPurpose.objects.filter(room=held.room, purpose=factories.MEETING).delete()


def for_more_people(held: Held) -> None:
    factories.terms(held.room.facility, ceilings=Ceilings(people=20))


@pytest.mark.parametrize(
    ("happens", "error"),
    [
        (smaller, OverCapacityError),
        (without_meetings, PurposeNotAllowedError),
        (for_more_people, TooFewPeopleError),
    ],
)
def test_what_was_set_since_the_form_was_read_holds(happens: Callable[[Held], None], error: type[BookingError]) -> None:
    held = Held()
    happens(held)
    with pytest.raises(error):
        held.apply()


def test_terms_that_were_written_anew_hold() -> None:
    held = Held()
    factories.terms(held.room.facility)
    with as_portal(CHUO, held.citizen.account.pk):
        held.seen = seen_hold(held.booking.pk)
    with as_tenant(CHUO):
        held.room.facility.terms.update(content={"ceilings": {"people": 20}})
    with pytest.raises(TooFewPeopleError):
        held.apply()


def test_a_fee_that_was_set_since_the_form_was_read_is_the_fee() -> None:
    held = Held()
    fee_tables(held.room)
    with pytest.raises(FeeChangedError):
        held.apply(Application(factories.MEETING, 10, "例会", FeeWish(seen=0)))
    held.apply()
    with as_tenant(CHUO):
        assert FeeSheet.objects.get().total == 1000


def test_a_ground_of_another_booking_is_not_taken() -> None:
    held, other = Held(), Held()
    smaller(held)
    held.seen = other.seen
    with pytest.raises(OverCapacityError):
        held.apply()


def test_an_application_takes_six_statements_with_its_fee() -> None:
    held = Held()
    fee_tables(held.room)
    with as_portal(CHUO, held.citizen.account.pk):
        seen = seen_hold(held.booking.pk)
    with as_portal(CHUO, held.citizen.account.pk), count_statements() as statements:
        apply_for_hold(actor=held.citizen.actor, booking=held.booking.pk, application=SAID, seen=seen)
    assert statements.count == 6, statements


@pytest.mark.parametrize("last", [None, 0, 39, 40])
@pytest.mark.parametrize("used_in", [0, 40])
def test_who_may_book_is_the_same_in_sql_and_in_the_orm(last: int | None, used_in: int) -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    today = clock.today()
    used_on, *days = (today + dt.timedelta(days=number) for number in (used_in, -1, 0, 1, 40))
    valid_until = None if last is None else today + dt.timedelta(days=last)
    with as_tenant(CHUO):
        Registrant.objects.filter(pk=citizen.registrant.pk).update(valid_until=valid_until)
        for first, until in itertools.combinations([*days, None], 2):
            StateSpan.objects.filter(registrant=citizen.registrant).delete()
            StateSpan.objects.create(registrant=citizen.registrant, state="active", during=(first, until))
            told = in_force(today, until=used_on).filter(pk=citizen.registrant.pk).exists()
            assert may_book(citizen.registrant.pk, room.pk, used_on) == told


def may_book(registrant: uuid.UUID, room: uuid.UUID, day: dt.date) -> Any:
    try:
        return bool(ground_of_wish(registrant, room, day))
    except BookingError:
        return False
