"""納付期限: kept with the fee, reminded of once, dunned by act, and what nobody paid for is cancelled by itself."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from apps.bookings.models import Booking, FeeNotice, FeeSheet, Occupation, PaymentMethod, Room
from apps.bookings.queries.ledgers import ledger_of
from apps.bookings.refund_errors import NothingOverdueError
from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.rules.fees.ledger import PaymentState
from apps.bookings.services.decide import permit
from apps.bookings.services.fees.asking import ask_for_reduction
from apps.bookings.services.fees.overdue import cancel_overdue, dun, remind_due
from apps.bookings.services.fees.receiving import receive
from apps.bookings.tasks import keep_states
from kernel import clock
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.outbox.models import Message
from tests import factories
from tests.support.fees import fee_tables
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff", id=UUID(int=7))
SEVEN = DueTerms("before_use", days=7, lapse=True, remind=3)


def room_with(terms: DueTerms) -> Room:
    found = factories.meeting_room()
    factories.terms(found.facility, payment=terms)
    fee_tables(found)
    return found


def permitted(room: Room, *, left: int = 14) -> Booking:
    """A permitted booking of 2,500円, used in ``left`` days."""
    booking = factories.booking_awaiting_permit(room=room, day=clock.today() + dt.timedelta(days=left), slots=(1, 2))
    with as_tenant(CHUO):
        return permit(actor=CLERK, booking=booking.pk, silent=True)


def pass_by(freeze: Freeze, *, days: int) -> None:
    freeze(f"{clock.now().astimezone(clock.TOKYO) + dt.timedelta(days=days):%Y-%m-%d %H:%M}")


def mails(name: str) -> int:
    with as_tenant(CHUO):
        return Message.objects.filter(template=f"bookings/mail/{name}").count()


def state(booking: Booking) -> str:
    with as_tenant(CHUO):
        return Booking.objects.get(pk=booking.pk).state


def test_a_fee_keeps_the_day_by_which_it_is_paid() -> None:
    booking = permitted(room_with(SEVEN))
    with as_tenant(CHUO):
        sheet = FeeSheet.objects.get(booking=booking)
    assert (sheet.due_kind, sheet.due_on) == ("before_use", booking.day - dt.timedelta(days=7))


def test_where_nothing_is_set_no_day_is_due_and_nothing_lapses(freeze: Freeze) -> None:
    booking = permitted(room_with(DueTerms()))
    pass_by(freeze, days=13)
    with as_tenant(CHUO):
        assert FeeSheet.objects.get(booking=booking).due_on is None
        assert (remind_due(), cancel_overdue()) == (0, 0)


def test_whoever_owes_is_reminded_once_before_the_day(freeze: Freeze) -> None:
    room = room_with(SEVEN)
    booking, paid = permitted(room), permitted(room, left=15)
    with as_tenant(CHUO):
        receive(actor=CLERK, booking=paid.pk, amount=2500, method=PaymentMethod.CASH)
        assert remind_due() == 0
    pass_by(freeze, days=5)
    with as_tenant(CHUO):
        assert (remind_due(), remind_due()) == (1, 0)
        assert FeeNotice.objects.get().sheet.booking_id == booking.pk
        context = Message.objects.get(template="bookings/mail/fee_due_soon").context
    assert (context["owed"], context["pay_by"]) == ("2,500円", f"{booking.day - dt.timedelta(days=7)}")


def test_what_nobody_paid_for_is_cancelled_the_day_after_and_its_room_is_free(freeze: Freeze) -> None:
    booking = permitted(room_with(SEVEN))
    pass_by(freeze, days=7)
    with as_tenant(CHUO):
        assert cancel_overdue() == 0
    pass_by(freeze, days=1)
    keep_states(CHUO)
    with as_tenant(CHUO):
        found = Booking.objects.get(pk=booking.pk)
        assert (found.state, found.cause, found.refund_percent) == ("cancelled", "unpaid", 0)
        assert not Occupation.objects.filter(booking=booking).exists()
        assert AuditEntry.objects.filter(object_id=str(booking.pk), actor_kind="system").count() >= 1
        assert ledger_of(booking.pk).state == PaymentState.NOTHING_BACK
    assert mails("cancelled") == 1


def test_what_was_paid_in_part_waits_for_a_reduction_or_for_the_decision_is_left_to_a_person(freeze: Freeze) -> None:
    room = room_with(SEVEN)
    partly, reduced = permitted(room), permitted(room, left=15)
    waiting = factories.booking_awaiting_permit(room=room, day=clock.today() + dt.timedelta(days=16))
    with as_tenant(CHUO):
        receive(actor=CLERK, booking=partly.pk, amount=1000, method=PaymentMethod.CASH)
        ask_for_reduction(actor=CLERK, booking=reduced.pk, ground="support")
    pass_by(freeze, days=12)
    with as_tenant(CHUO):
        assert cancel_overdue() == 0
    assert [state(one) for one in (partly, reduced, waiting)] == ["permitted", "permitted", "under_review"]


def test_where_the_facility_does_not_want_it_nothing_lapses(freeze: Freeze) -> None:
    booking = permitted(room_with(DueTerms("before_use", days=7)))
    pass_by(freeze, days=10)
    with as_tenant(CHUO):
        assert cancel_overdue() == 0
    assert state(booking) == "permitted"


def test_only_what_is_overdue_is_dunned_each_time_by_act(freeze: Freeze) -> None:
    room = room_with(SEVEN)
    late, early = permitted(room), permitted(room, left=30)
    pass_by(freeze, days=9)
    chosen = [late.pk, early.pk]
    with as_tenant(CHUO):
        assert [dun(actor=CLERK, bookings=chosen) for _ in range(2)] == [1, 1]
        assert list(FeeNotice.objects.values_list("kind", "by")) == [("dunning", CLERK.id)] * 2
        with pytest.raises(NothingOverdueError):
            dun(actor=CLERK, bookings=[early.pk])
    assert mails("fee_overdue") == 2
