"""A series is one object: booked whole or not, permitted, changed and given up together, one mail each."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

import psycopg
import pytest

from apps.bookings.errors import CalendarChangedError, SlotTakenError
from apps.bookings.life_errors import LimitReachedError, TooManyUnpaidError
from apps.bookings.models import Booking, BookingAct, Document, FeeSheet, Occupation, Room, Series
from apps.bookings.rules.fees.tables import Price, Tariff, TariffMode
from apps.bookings.rules.limits import Ceilings, Limit
from apps.bookings.rules.series import Pattern, Picked
from apps.bookings.services import book_series as module
from apps.bookings.services import occupying_many
from apps.bookings.services import series as several
from apps.bookings.services.apply import Application
from apps.bookings.services.book_series import SeriesWish, book_series
from shared.actor import Actor
from shared.outbox.models import Message
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff", id=uuid.uuid4())
DAYS = [factories.soon() + dt.timedelta(weeks=number) for number in range(4)]


SAID = Application("meeting", 10, "例会")


def picked(room: Room, days: Sequence[dt.date] = DAYS) -> list[Picked]:
    return [Picked(day, room.pk, (1,)) for day in days]


def booked(
    citizen: factories.Citizen, wanted: Room | Sequence[Picked], key: uuid.UUID | None = None, override: str = ""
) -> Series:
    found = picked(wanted) if isinstance(wanted, Room) else wanted
    pattern = Pattern("weekly", found[0].day.isoweekday(), found[0].day, found[-1].day)
    wish = SeriesWish(citizen.registrant.pk, found, pattern, key or uuid.uuid4())
    with as_tenant(CHUO):
        return book_series(actor=STAFF, wish=wish, application=SAID, override=override)


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


def test_a_day_in_another_room_is_of_the_same_series() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    other = factories.meeting_room(at=room.facility)
    factories.booking_awaiting_permit(room=room, day=DAYS[1])
    made = booked(citizen, [*picked(room, DAYS[:1]), Picked(DAYS[1], other.pk, (1,))])
    with as_tenant(CHUO):
        rooms = list(made.bookings.order_by("day").values_list("room", flat=True))
        lines = Message.objects.get(template="bookings/mail/series").context["lines"]
    assert rooms == [room.pk, other.pk]
    assert [line["room"] for line in lines] == [room.name, other.name]


def test_each_day_has_the_fee_of_its_own_tables() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    fee_tables(room)
    dearer = Tariff(TariffMode.SLOTS, (Price(3000, (1,)),), article="別表第１")
    fee_tables(room, valid_from=DAYS[2], only=["tariff"], tariff=dearer)
    booked(citizen, room)
    with as_tenant(CHUO):
        assert list(FeeSheet.objects.order_by("booking__day").values_list("total", flat=True)) == [
            1000,
            1000,
            3000,
            3000,
        ]


def test_a_limit_counts_the_days_of_the_series_one_after_another() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    factories.terms(room.facility, limits=(Limit("facility", "month", 2),), ceilings=Ceilings(holds=0))
    month = (DAYS[0] + dt.timedelta(days=32)).replace(day=1)
    days = [month + dt.timedelta(weeks=number) for number in range(3)]
    with pytest.raises(LimitReachedError) as caught:
        booked(citizen, picked(room, days))
    assert caught.value.params["on"] == days[2].isoformat()
    booked(citizen, picked(room, days), override="市の後援のため")
    with as_tenant(CHUO):
        assert BookingAct.objects.filter(act="override", reason="市の後援のため").count() == 3


def test_a_series_stops_at_the_ceiling_of_what_is_unpaid() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    fee_tables(room, only=["tariff"])
    factories.terms(room.facility, ceilings=Ceilings(holds=0, unpaid=3))
    with pytest.raises(TooManyUnpaidError) as caught:
        booked(citizen, room)
    assert (caught.value.params["on"], caught.value.params["now"]) == (DAYS[3].isoformat(), 3)


@pytest.mark.parametrize("changed", ["capacity", "hold_minutes"])
def test_a_listing_that_was_written_meanwhile_is_told_with_its_day(
    changed: str, monkeypatch: pytest.MonkeyPatch, superuser: psycopg.Connection
) -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    usual = occupying_many.secure_all

    def late(*args: Any, **kwargs: Any) -> Any:
        superuser.execute(f"UPDATE chuo.bookings_room SET {changed} = {changed} + 1 WHERE id = %s", [room.pk])
        return usual(*args, **kwargs)

    monkeypatch.setattr(module, "secure_all", late)
    with pytest.raises(CalendarChangedError) as caught:
        booked(citizen, room)
    assert caught.value.params["on"] == DAYS[0].isoformat()


def test_a_lapsed_hold_is_in_nobodys_way(superuser: psycopg.Connection) -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    factories.booking_on_hold(factories.citizen_with_registration(), room, day=DAYS[1])
    superuser.execute("UPDATE chuo.bookings_booking SET hold_expires_at = now() - interval '5 minutes'")
    superuser.execute("UPDATE chuo.bookings_occupation SET expires_at = now() - interval '5 minutes'")
    booked(citizen, room)
    with as_tenant(CHUO):
        assert Occupation.objects.count() == 4


@pytest.mark.race
def test_of_many_series_at_once_one_gets_the_days() -> None:
    room = factories.meeting_room()
    people = [factories.citizen_with_registration() for _ in range(6)]

    def work(number: int) -> bool:
        try:
            booked(people[number], picked(room, DAYS[number % 2 :]))
        except SlotTakenError:
            return False
        return True

    assert sum(together(6, work)) == 1


def test_a_series_takes_the_same_statements_for_two_days_and_for_forty() -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    fee_tables(room)
    counts = []
    for slot, number in ((1, 2), (2, 40)):
        days = [DAYS[0] + dt.timedelta(weeks=week) for week in range(number)]
        with count_statements() as statements:
            booked(citizen, [Picked(day, room.pk, (slot,)) for day in days])
        counts.append(statements.count)
    assert counts == [8, 8]
