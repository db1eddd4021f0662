"""The database's own guard: nobody with open money is closed, and whoever is closed comes to owe nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from apps.bookings.errors import ClosedRegistrationError
from apps.bookings.models import Booking, PastBooking, PaymentMethod, PayoutMethod, Wait, WaitState
from apps.bookings.queries.obstacles import open_money
from apps.bookings.queries.past import unpaid_obstacles
from apps.bookings.rules.deadlines import RefundStep
from apps.bookings.rules.fees.use import Facts
from apps.bookings.services.cancel import call_off, cancel_by_staff
from apps.bookings.services.fees.receiving import receive, void
from apps.bookings.services.fees.refunding import decide_refund, pay_out, reverse_payout, withdraw_refund
from apps.bookings.services.fees.settling import settle_fee
from apps.registrants.errors import ClosingObstructedError
from apps.registrants.models import CloseCause, Registrant
from apps.registrants.services.acting import enter_state
from apps.registrants.services.close import close, reopen
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.fees import fee_tables
from tests.support.raw import raw_superuser
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff", id=UUID(int=7))
DEARER = Facts(commercial=True)
CLOSED_SPAN = (
    "UPDATE chuo.registrants_statespan SET state = 'closed', during = daterange(current_date - 1, NULL)"
    " WHERE registrant_id = %s"
)
CLOSED_COLUMN = "UPDATE chuo.registrants_registrant SET state = 'closed' WHERE id = %s"


def used(citizen: factories.Citizen | None = None) -> Booking:
    """A use that is over by the database's clock, of 1,000円."""
    room = factories.meeting_room()
    fee_tables(room)
    booking = factories.permitted_booking(citizen or factories.citizen_with_registration(), room)
    with as_tenant(CHUO), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bookings_booking SET day = day - 60, during = tstzrange(lower(during) - interval '60 days',"
            " upper(during) - interval '60 days') WHERE id = %s",
            [booking.pk],
        )
        booking.refresh_from_db()
    return booking


def paid(booking: Booking, amount: int = 1000) -> UUID:
    with as_tenant(CHUO):
        return receive(actor=CLERK, booking=booking.pk, amount=amount, method=PaymentMethod.CASH).pk


def closed(registrant: UUID) -> None:
    with as_tenant(CHUO):
        close(
            actor=CLERK,
            registrant=registrant,
            cause=CloseCause.WITHDRAWN,
            reason="届出による",
            effective_on=clock.today(),
        )


def is_open(registrant: UUID) -> bool:
    """Whether money is open, once it is known that the database and the desk say the same."""
    with as_tenant(CHUO):
        desk = bool(open_money(registrant) or unpaid_obstacles(registrant))
    with raw_superuser() as superuser:
        said = superuser.execute("SELECT shared.money_is_open('chuo', %s, NULL)", [registrant]).fetchone()
    assert said == (desk,)
    return desk


def refused_raw(superuser: psycopg.Connection, registrant: UUID, name: str) -> None:
    """A closing from yesterday is refused on its span, and on the column that follows."""
    for statement in (CLOSED_SPAN, CLOSED_COLUMN):
        with pytest.raises(psycopg.errors.CheckViolation, match=name):
            superuser.execute(statement, [registrant])


def test_the_database_says_of_open_money_what_the_desk_says_through_the_life_of_a_fee() -> None:
    citizen = factories.citizen_with_registration()
    who, booking = citizen.registrant.pk, used(citizen)
    seen = [is_open(who)]
    first = paid(booking, 400)
    seen.append(is_open(who))
    paid(booking, 600)
    seen.append(is_open(who))
    with as_tenant(CHUO):
        void(actor=CLERK, payment=first, reason="金額の誤り")
    seen.append(is_open(who))
    paid(booking, 400)
    with as_tenant(CHUO):
        settle_fee(actor=CLERK, booking=booking.pk, facts=DEARER)
    seen.append(is_open(who))
    paid(booking)
    with as_tenant(CHUO):
        settle_fee(actor=CLERK, booking=booking.pk, facts=Facts())
    seen.append(is_open(who))
    with as_tenant(CHUO):
        refund = decide_refund(actor=CLERK, booking=booking.pk).pk
    seen.append(is_open(who))
    with as_tenant(CHUO):
        payout = pay_out(actor=CLERK, refund=refund, amount=1000, method=PayoutMethod.CASH).pk
    seen.append(is_open(who))
    with as_tenant(CHUO):
        reverse_payout(actor=CLERK, payout=payout, reason="入力の誤り")
    seen.append(is_open(who))
    assert seen == [True, True, False, True, True, True, True, False, True]


@pytest.mark.parametrize(
    ("percent", "is_owed"), [(90, True), (0, False)], ids=["what is given up goes back", "nothing goes back"]
)
def test_they_say_the_same_of_what_was_given_up(percent: int, is_owed: bool) -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    factories.terms(room.facility, refunds=(RefundStep(0, percent),))
    fee_tables(room)
    hold = factories.booking_on_hold(citizen, room, slots=[2])
    booking = factories.permitted_booking(citizen, room)
    seen = [is_open(citizen.registrant.pk)]
    paid(booking)
    with as_tenant(CHUO):
        cancel_by_staff(actor=CLERK, booking=booking.pk, reason="電話による申出")
    seen.append(is_open(citizen.registrant.pk))
    with as_tenant(CHUO):
        refund = decide_refund(actor=CLERK, booking=booking.pk, percent=50, reason="天候").pk
    seen.append(is_open(citizen.registrant.pk))
    with as_tenant(CHUO):
        withdraw_refund(actor=CLERK, refund=refund, reason="入力の誤り")
    seen.append(is_open(citizen.registrant.pk))
    assert hold.state == "hold"
    assert seen == [True, is_owed, True, is_owed]


@pytest.mark.parametrize(
    ("values", "is_owed"),
    [
        ({"fee": 1000, "paid": 0}, True),
        ({"fee": 1000, "paid": 1000}, False),
        ({"fee": 1000, "paid": None}, False),
        ({"fee": 1000, "paid": 0, "state": "cancelled"}, False),
        ({"fee": 1000, "paid": 0, "settled_on": dt.date(2020, 1, 1)}, False),
    ],
)
def test_they_say_the_same_of_uses_of_before(
    superuser: psycopg.Connection, values: dict[str, Any], is_owed: bool
) -> None:
    person = factories.individual()
    past = {"source_key": "old:1", "number": "1", "room_name": "見本", "day": dt.date(2016, 1, 1), "state": "permitted"}
    with as_tenant(CHUO):
        PastBooking.objects.create(registrant=person, **past | values)
    assert is_open(person.pk) is is_owed
    if is_owed:
        refused_raw(superuser, person.pk, "money is open")


def test_postgresql_closes_nobody_who_owes_or_is_owed(superuser: psycopg.Connection) -> None:
    owing, owed = used(), used()
    paid(owed)
    with as_tenant(CHUO):
        call_off(actor=CLERK, booking=owed.pk, reason="職員の誤りによるため")
    for booking in (owing, owed):
        assert is_open(booking.registrant_id)
        refused_raw(superuser, booking.registrant_id, "money is open")


def test_no_service_closes_by_another_way_whoever_owes() -> None:
    booking = used()
    with as_tenant(CHUO), transaction.atomic():
        found = Registrant.objects.get(pk=booking.registrant_id)
        with pytest.raises(IntegrityError, match="money is open"):
            enter_state(found, "closed", first=clock.today())


def test_a_closing_ahead_is_not_looked_at_before_its_day(superuser: psycopg.Connection) -> None:
    booking = used()
    superuser.execute(CLOSED_SPAN.replace("- 1", "+ 2"), [booking.registrant_id])
    with pytest.raises(psycopg.errors.CheckViolation, match="money is open"):
        superuser.execute(CLOSED_COLUMN, [booking.registrant_id])


def test_whoever_has_settled_all_is_closed_and_comes_to_owe_nothing(superuser: psycopg.Connection) -> None:
    booking = used()
    payment = paid(booking)
    closed(booking.registrant_id)
    statements = {
        "INSERT INTO chuo.bookings_feesheet (id, booking_id, number, cause, made_at, actor_kind, tables, facts,"
        " total, tax_rate, tax, line_count, due_kind) VALUES (gen_random_uuid(), %s, 2, 'settlement', now(), 'staff',"
        " '{}', '{}', 1500, '0', 0, 1, '')": booking.pk,
        "INSERT INTO chuo.bookings_paymentvoid (payment_id, day, at, reason)"
        " VALUES (%s, current_date, now(), 'x')": payment,
        "UPDATE chuo.bookings_booking SET state = 'called_off', ended_at = now(), reason = 'x'"
        " WHERE id = %s": booking.pk,
    }
    for statement, value in statements.items():
        with pytest.raises(psycopg.errors.CheckViolation, match="comes to owe nothing"):
            superuser.execute(statement, [value])


def test_the_desk_is_told_why_and_may_take_the_closing_back_first() -> None:
    booking = used()
    payment = paid(booking)
    closed(booking.registrant_id)
    acts: tuple[Callable[[], object], ...] = (
        lambda: settle_fee(actor=CLERK, booking=booking.pk, facts=DEARER),
        lambda: void(actor=CLERK, payment=payment, reason="金額の誤り"),
        lambda: call_off(actor=CLERK, booking=booking.pk, reason="職員の誤りによるため"),
    )
    with as_tenant(CHUO):
        for act in acts:
            with pytest.raises(ClosedRegistrationError):
                act()
        settle_fee(actor=CLERK, booking=booking.pk, facts=Facts())
        reopen(actor=CLERK, registrant=booking.registrant_id, reason="実績の訂正のため")
        acts[0]()
    assert is_open(booking.registrant_id)


def test_a_payout_of_a_closed_registration_is_not_taken_back() -> None:
    booking = used()
    paid(booking)
    with as_tenant(CHUO):
        call_off(actor=CLERK, booking=booking.pk, reason="職員の誤りによるため")
        refund = decide_refund(actor=CLERK, booking=booking.pk)
        payout = pay_out(actor=CLERK, refund=refund.pk, amount=1000, method=PayoutMethod.CASH)
    closed(booking.registrant_id)
    with as_tenant(CHUO), pytest.raises(ClosedRegistrationError):
        reverse_payout(actor=CLERK, payout=payout.pk, reason="入力の誤り")


@pytest.mark.race
def test_a_fee_that_is_charged_at_the_moment_of_closing_is_never_left_behind() -> None:
    bookings = [used() for _ in range(25)]
    for booking in bookings:
        paid(booking)

    def charged(booking: Booking) -> None:
        with as_tenant(CHUO):
            settle_fee(actor=CLERK, booking=booking.pk, facts=DEARER)

    def work(thread: int) -> list[str]:
        return [outcome(thread, booking) for booking in bookings]

    def outcome(thread: int, booking: Booking) -> str:
        try:
            charged(booking) if thread else closed(booking.registrant_id)
        except (ClosingObstructedError, ClosedRegistrationError):
            return "refused"
        return "done"

    outcomes = zip(*together(2, work), strict=True)
    assert [sorted(pair) for pair in outcomes] == [["done", "refused"]] * len(bookings)
    with as_tenant(CHUO):
        states = dict(Registrant.objects.values_list("pk", "state"))
    for booking in bookings:
        assert is_open(booking.registrant_id) is (states[booking.registrant_id] != "closed")


def test_a_closing_ends_the_waits_also_where_no_service_does(superuser: psycopg.Connection) -> None:
    person, other = factories.individual(), factories.individual()
    booking = factories.booking_on_hold(factories.citizen_with_registration(), factories.meeting_room())
    with as_tenant(CHUO):
        for registrant in (person, other):
            Wait.objects.create(
                registrant=registrant,
                room_id=booking.room_id,
                day=booking.day,
                during=booking.during,
                slot_numbers=booking.slot_numbers,
                slot_labels=booking.slot_labels,
                asked_at=clock.now(),
            )
    superuser.execute(CLOSED_COLUMN, [person.pk])
    with as_tenant(CHUO):
        assert Wait.objects.get(registrant=person).state == WaitState.OVER
        assert Wait.objects.get(registrant=other).state == WaitState.WAITING
