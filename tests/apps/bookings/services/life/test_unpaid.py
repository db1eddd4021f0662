"""The ceiling of bookings that are to be paid for (同時未払い数上限): counted in money, under the registrant's lock."""

from __future__ import annotations

import datetime as dt
import uuid

import psycopg
import pytest
from django.db import Error, connection, transaction

from apps.bookings.life_errors import TooManyUnpaidError
from apps.bookings.models import Booking, FeeTableKind, Payment, PaymentMethod, Refund
from apps.bookings.queries.ledgers import OWING, with_ledger
from apps.bookings.rules.fees.tables import Price, Tariff, TariffMode
from apps.bookings.rules.limits import Ceilings
from apps.bookings.services.apply import Application, apply_for_hold
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.counter import book_at_counter
from apps.bookings.services.fees.receiving import receive, void
from apps.bookings.services.hold import hold_slot
from apps.bookings.services.starting import Wish
from apps.bookings.services.unpaid import count_unpaid
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.fees import fee_tables
from tests.support.scopes import as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff", id=uuid.uuid4())
SAID = Application("meeting", 10, "例会")
FREE = Tariff(TariffMode.SLOTS, tuple(Price(0, (number,)) for number in range(1, 7)), article="別表")


class Place:
    """A room that costs something, where somebody may have so many unpaid bookings."""

    def __init__(self, most: int) -> None:
        self.room, self.citizen = factories.meeting_room(), factories.citizen_with_registration()
        fee_tables(self.room, only=(FeeTableKind.TARIFF,))
        factories.terms(self.room.facility, ceilings=Ceilings(holds=0, unpaid=most))

    def day(self, number: int) -> dt.date:
        return factories.soon() + dt.timedelta(days=number)

    def booked(self, number: int, **values: object) -> Booking:
        return factories.booking_awaiting_permit(self.citizen, self.room, day=self.day(number), **values)  # type: ignore[arg-type]

    def unpaid(self) -> int:
        with as_tenant(CHUO), transaction.atomic():
            return count_unpaid(self.citizen.registrant.pk, booking=uuid.uuid4())


def paid(booking: Booking, amount: int) -> Payment:
    with as_tenant(CHUO):
        return receive(actor=STAFF, booking=booking.pk, amount=amount, method=PaymentMethod.CASH)


def test_one_more_than_the_ceiling_is_told_with_rule_and_count() -> None:
    place = Place(2)
    place.booked(0)
    place.booked(1)
    with pytest.raises(TooManyUnpaidError) as caught:
        factories.booking_on_hold(place.citizen, place.room, day=place.day(2))
    assert (caught.value.params["most"], caught.value.params["now"]) == (2, 2)


def test_a_part_is_unpaid_and_the_whole_is_paid_until_it_is_voided() -> None:
    place = Place(9)
    booking = place.booked(0)
    paid(booking, 400)
    assert place.unpaid() == 1
    rest = paid(booking, 600)
    assert place.unpaid() == 0
    with as_tenant(CHUO):
        void(actor=STAFF, payment=rest.pk, reason="金額の誤り")
    assert place.unpaid() == 1


def owing(place: Place) -> int:
    with as_tenant(CHUO):
        mine = Booking.objects.filter(registrant=place.citizen.registrant.pk)
        return with_ledger(mine).filter(OWING).count()


def test_what_went_back_is_unpaid_again_as_the_ledger_says(superuser: psycopg.Connection) -> None:
    place = Place(9)
    booking = place.booked(0)
    assert (place.unpaid(), owing(place)) == (1, 1)
    paid(booking, 1000)
    assert (place.unpaid(), owing(place)) == (0, 0)
    with as_tenant(CHUO):
        Refund.objects.create(
            booking=booking, kind="excess", fiscal_year=2026, serial=1, day=clock.today(), decided_at=clock.now(),
            base=300, percent=100, amount=300, content={},
        )  # fmt: skip
    assert (place.unpaid(), owing(place)) == (1, 1)


def test_what_is_free_given_up_or_held_is_not_unpaid() -> None:
    place = Place(9)
    free = factories.meeting_room(at=place.room.facility)
    fee_tables(free, only=(FeeTableKind.TARIFF,), tariff=FREE)
    factories.booking_awaiting_permit(place.citizen, free)
    without = factories.meeting_room(at=place.room.facility)
    factories.booking_awaiting_permit(place.citizen, without)
    factories.booking_on_hold(place.citizen, place.room, day=place.day(3))
    assert place.unpaid() == 0
    booking = place.booked(0)
    assert place.unpaid() == 1
    with as_tenant(CHUO):
        cancel_by_staff(actor=STAFF, booking=booking.pk, reason="都合により", cause="own")
    assert place.unpaid() == 0


def test_a_room_that_costs_nothing_is_no_matter_of_the_ceiling() -> None:
    place = Place(1)
    place.booked(0)
    without = factories.meeting_room(at=place.room.facility)
    assert factories.booking_awaiting_permit(place.citizen, without).state == "under_review"


def test_an_old_use_that_was_never_paid_counts(superuser: psycopg.Connection) -> None:
    place = Place(1)
    place.booked(0)
    superuser.execute(
        "UPDATE chuo.bookings_booking SET day = day - 400, during = tstzrange(lower(during) - interval '400 days',"
        " upper(during) - interval '400 days'), state = 'used', applied_at = applied_at - interval '400 days',"
        " created_at = created_at - interval '400 days'"
    )
    with pytest.raises(TooManyUnpaidError):
        factories.booking_on_hold(place.citizen, place.room, day=place.day(1))


def test_holds_of_before_do_not_slip_through() -> None:
    place = Place(2)
    held = [factories.booking_on_hold(place.citizen, place.room, day=place.day(number)) for number in range(3)]
    with as_portal(CHUO, place.citizen.account.pk):
        for one in held[:2]:
            apply_for_hold(actor=place.citizen.actor, booking=one.pk, application=SAID)
        with pytest.raises(TooManyUnpaidError):
            apply_for_hold(actor=place.citizen.actor, booking=held[2].pk, application=SAID)


@pytest.mark.race
def test_of_many_applications_at_once_never_more_than_the_ceiling() -> None:
    place = Place(4)
    held = [factories.booking_on_hold(place.citizen, place.room, day=place.day(number)) for number in range(12)]

    def work(number: int) -> bool:
        with as_portal(CHUO, place.citizen.account.pk):
            try:
                apply_for_hold(actor=place.citizen.actor, booking=held[number].pk, application=SAID)
            except TooManyUnpaidError:
                return False
        return True

    assert sum(together(12, work)) == 4
    assert place.unpaid() == 4


@pytest.mark.race
def test_of_desk_and_portal_at_once_never_more_than_the_ceiling() -> None:
    place = Place(3)
    held = [factories.booking_on_hold(place.citizen, place.room, day=place.day(number)) for number in range(4)]

    def work(number: int) -> bool:
        try:
            if number < 4:
                with as_portal(CHUO, place.citizen.account.pk):
                    apply_for_hold(actor=place.citizen.actor, booking=held[number].pk, application=SAID)
            else:
                wish = Wish(place.citizen.registrant.pk, place.room.pk, place.day(number), (1,), uuid.uuid4())
                with as_tenant(CHUO):
                    book_at_counter(actor=STAFF, wish=wish, application=SAID)
        except TooManyUnpaidError:
            return False
        return True

    assert sum(together(8, work)) == 3
    assert place.unpaid() == 3


def test_staff_set_it_aside_with_a_reason() -> None:
    place = Place(1)
    place.booked(0)
    wish = Wish(place.citizen.registrant.pk, place.room.pk, place.day(1), (1,), uuid.uuid4())
    with as_tenant(CHUO):
        with pytest.raises(TooManyUnpaidError):
            book_at_counter(actor=STAFF, wish=wish, application=SAID)
        made = book_at_counter(actor=STAFF, wish=wish, application=SAID, override="後日まとめて納付するため")
    assert made.state == "under_review"


def test_the_choice_takes_no_statement_more_for_it() -> None:
    place = Place(5)
    wish = Wish(place.citizen.registrant.pk, place.room.pk, place.day(1), (1,), uuid.uuid4())
    with as_portal(CHUO, place.citizen.account.pk), count_statements() as statements:
        hold_slot(actor=place.citizen.actor, wish=wish)
    assert statements.count == 7, statements


@pytest.mark.parametrize("column", ["amount", "received_by"])
def test_a_citizen_reads_of_payments_the_own_amounts_alone(column: str) -> None:
    place, stranger = Place(9), factories.citizen_with_registration()
    booking = place.booked(0)
    paid(booking, 400)
    for account, expected in ((place.citizen.account.pk, [(400,)]), (stranger.account.pk, [])):
        with as_portal(CHUO, account), connection.cursor() as cursor:
            if column == "amount":
                cursor.execute("SELECT amount FROM bookings_payment")
                assert cursor.fetchall() == expected
            else:
                with pytest.raises(Error):
                    cursor.execute("SELECT received_by FROM bookings_payment")
