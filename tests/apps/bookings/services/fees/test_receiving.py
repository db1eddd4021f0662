"""Money at the counter: parts, gapless receipts, voids, closed days; and the database's own guard of it."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest
from django.db import Error, IntegrityError, connection, transaction

from apps.bookings.errors import (
    CashDayError,
    DayClosedError,
    DifferenceUnexplainedError,
    NothingOwedError,
    TooMuchReceivedError,
    UnknownPaymentError,
)
from apps.bookings.models import Booking, Payment, PaymentMethod
from apps.bookings.queries.payments import day_sheet, standing_of_payment
from apps.bookings.rules.fees.ledger import PaymentState
from apps.bookings.services.fees.receiving import close_day, receive, void
from kernel import clock
from shared.actor import SYSTEM
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CASH = PaymentMethod.CASH


@pytest.fixture
def booking(database: None) -> Booking:
    """A booking that costs 2,500円."""
    room = factories.meeting_room()
    fee_tables(room)
    return factories.booking_awaiting_permit(room=room, slots=[1, 2])


def pay(booking: Booking, amount: int, method: PaymentMethod = CASH) -> Payment:
    with as_tenant(CHUO):
        return receive(actor=SYSTEM, booking=booking.pk, amount=amount, method=method)


def state(booking: Booking) -> PaymentState:
    with as_tenant(CHUO):
        return standing_of_payment(booking.pk).state


def test_a_fee_is_paid_in_parts_under_numbers_without_a_gap(booking: Booking) -> None:
    states = [state(booking)]
    serials = []
    for amount in (1000, 1500):
        serials.append(pay(booking, amount).serial)
        states.append(state(booking))
    assert states == [PaymentState.UNPAID, PaymentState.PARTLY, PaymentState.PAID]
    assert serials == [1, 2]


@pytest.mark.parametrize("amount", [0, 2501, -1])
def test_no_more_is_received_than_is_owed_and_no_number_is_lost(booking: Booking, amount: int) -> None:
    with pytest.raises(TooMuchReceivedError):
        pay(booking, amount)
    assert pay(booking, 2500).serial == 1
    with pytest.raises(NothingOwedError):
        pay(booking, 1)


def test_a_booking_without_a_fee_owes_nothing() -> None:
    with pytest.raises(NothingOwedError):
        pay(factories.booking_awaiting_permit(), 100)


def test_a_void_receipt_keeps_its_number_and_the_fee_is_owed_again(booking: Booking) -> None:
    first = pay(booking, 2500)
    with as_tenant(CHUO):
        void(actor=SYSTEM, payment=first.pk, reason="二重に収納したため")
        with pytest.raises(UnknownPaymentError):
            void(actor=SYSTEM, payment=first.pk, reason="もう一度")
    assert state(booking) == PaymentState.UNPAID
    assert pay(booking, 2500).serial == 2


def test_the_sheet_of_a_day_matches_the_drawer_by_way_of_paying(booking: Booking) -> None:
    pay(booking, 1000)
    pay(booking, 500, PaymentMethod.CARD)
    gone = pay(booking, 300)
    with as_tenant(CHUO):
        void(actor=SYSTEM, payment=gone.pk, reason="打ち間違い")
        sheet = day_sheet(clock.today())
    assert [(one.method, one.count, one.amount, one.voided) for one in sheet.sums] == [
        (PaymentMethod.CASH, 2, 1300, 300),
        (PaymentMethod.CARD, 1, 500, 0),
    ]
    assert (sheet.cash, sheet.total) == (1000, 1500)


def test_a_difference_needs_its_reason_and_a_closed_day_receives_nothing(booking: Booking) -> None:
    paid = pay(booking, 1000)
    today = clock.today()
    with as_tenant(CHUO):
        with pytest.raises(DifferenceUnexplainedError):
            close_day(actor=SYSTEM, day=today, counted=900)
        close_day(actor=SYSTEM, day=today, counted=900, reason="つり銭の渡し間違い")
        with pytest.raises(CashDayError):
            close_day(actor=SYSTEM, day=today, counted=1000)
        with pytest.raises(DayClosedError):
            void(actor=SYSTEM, payment=paid.pk, reason="遅すぎる取消し")
    with pytest.raises(DayClosedError):
        pay(booking, 500)


def test_a_day_that_lies_ahead_is_not_closed() -> None:
    with as_tenant(CHUO), pytest.raises(CashDayError):
        close_day(actor=SYSTEM, day=clock.today() + dt.timedelta(days=1), counted=0)


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bookings_payment SET amount = 1",
        "DELETE FROM bookings_payment",
        "UPDATE bookings_cashday SET counted = expected",
        "DELETE FROM bookings_cashday",
    ],
)
def test_no_statement_at_the_desk_alters_what_was_received(booking: Booking, statement: str) -> None:
    pay(booking, 1000)
    with as_tenant(CHUO):
        close_day(actor=SYSTEM, day=clock.today(), counted=1000)
        with pytest.raises(Error):
            run(statement)


def test_the_database_itself_lets_nobody_receive_too_much_or_close_a_day_wrongly(
    booking: Booking, superuser: psycopg.Connection
) -> None:
    paid = pay(booking, 2500)
    with pytest.raises(psycopg.errors.CheckViolation, match="owed"):
        superuser.execute(
            "INSERT INTO chuo.bookings_payment SELECT gen_random_uuid(), fiscal_year, 99, day, received_at,"
            " received_by, method, 1, content, 0, booking_id FROM chuo.bookings_payment WHERE id = %s",
            [paid.pk],
        )
    with as_tenant(CHUO), pytest.raises(IntegrityError, match="what was received"):
        run(
            "INSERT INTO bookings_cashday (day, expected, counted, reason, closed_at)"
            f" VALUES ('{clock.today()}', 1, 1, '', now())"
        )


@pytest.mark.race
def test_of_two_who_receive_the_same_fee_at_once_one_does(booking: Booking) -> None:
    def attempt(_number: int) -> bool:
        try:
            pay(booking, 2500)
        except NothingOwedError:
            return False
        return True

    assert sorted(together(2, attempt)) == [False, True]
    with as_tenant(CHUO):
        assert Payment.objects.count() == 1
