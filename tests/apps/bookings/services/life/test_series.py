"""A series is one object: booked whole or not, permitted, changed and given up together, one mail each."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from apps.bookings.errors import SlotTakenError
from apps.bookings.models import Booking, Document, Occupation, Series
from apps.bookings.rules.limits import Limit
from apps.bookings.rules.series import Pattern
from apps.bookings.services import series as several
from apps.bookings.services.apply import Application
from apps.bookings.services.starting import Wish
from shared.actor import Actor
from shared.outbox.models import Message
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff", id=uuid.uuid4())
DAYS = [factories.soon() + dt.timedelta(weeks=number) for number in range(4)]


def booked(citizen: factories.Citizen, room: object, key: uuid.UUID | None = None, override: str = "") -> Series:
    wish = Wish(citizen.registrant.pk, room.pk, DAYS[0], (1,), key or uuid.uuid4())  # type: ignore[attr-defined]
    pattern = Pattern("weekly", DAYS[0].isoweekday(), DAYS[0], DAYS[-1])
    with as_tenant(CHUO):
        return several.book_series(
            actor=STAFF, wish=wish, days=DAYS, application=Application("meeting", 10, "例会"), pattern=pattern,
            override=override,
        )  # fmt: skip


def mails() -> list[tuple[str, int]]:
    rows = Message.objects.order_by("created_at").values_list("context__done", "context__count")
    return list(rows)


def test_a_series_is_booked_permitted_and_cancelled_as_one() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    made = booked(citizen, room)
    with as_tenant(CHUO):
        assert several.permit_series(actor=STAFF, series=made.pk) == (4, [])
        assert Document.objects.count() == 4
        some = list(Booking.objects.order_by("day").values_list("pk", flat=True))[2:]
        done = several.cancel_series(actor=STAFF, series=made.pk, bookings=some, reason="活動をやめるため", cause="own")
        assert (done, Occupation.objects.count()) == (2, 2)
        assert mails() == [("applied", 4), ("permitted", 4), ("cancelled", 2)]


def test_one_day_that_is_taken_and_nothing_is_booked() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    factories.booking_awaiting_permit(room=room, day=DAYS[2])
    with pytest.raises(SlotTakenError) as caught:
        booked(citizen, room)
    assert caught.value.params["on"] == DAYS[2].isoformat()
    with as_tenant(CHUO):
        assert (Booking.objects.count(), Series.objects.count()) == (1, 0)


def test_the_same_key_again_gives_the_same_series() -> None:
    citizen, room, key = factories.citizen_with_registration(), factories.meeting_room(), uuid.uuid4()
    assert booked(citizen, room, key).pk == booked(citizen, room, key).pk
    with as_tenant(CHUO):
        assert Booking.objects.count() == 4


def test_a_limit_that_counts_a_series_once_lets_it_through() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    factories.terms(room.facility, limits=(Limit("room", "month", 1, series_as_one=True),))
    booked(citizen, room)
    with as_tenant(CHUO):
        assert Booking.objects.count() == 4


def test_a_series_moves_whole_also_onto_its_own_days() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    made = booked(citizen, room)
    with as_tenant(CHUO):
        every = list(Booking.objects.values_list("pk", flat=True))
        moved = several.change_series(actor=STAFF, series=made.pk, bookings=every, room=room.pk, slots=(2,), shift=7)
        assert moved == 4
        assert sorted(Booking.objects.values_list("day", flat=True)) == [day + dt.timedelta(days=7) for day in DAYS]
        assert mails()[-1] == ("changed", 4)
