"""The fee that comes with an application, and what becomes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from apps.bookings.errors import (
    EvidenceMissingError,
    FeeChangedError,
    NoReductionAskedError,
    ReasonMissingError,
    ReductionAskedError,
    UnknownReductionError,
)
from apps.bookings.fee_disclosure import sections
from apps.bookings.models import (
    Booking,
    BookingAct,
    Document,
    DocumentKind,
    FeeCause,
    FeeSheet,
    ReductionRequest,
    ReductionState,
    Room,
)
from apps.bookings.queries.fee_handover import KINDS
from apps.bookings.queries.fees import fee_of, fees_of
from apps.bookings.rules.fees.tables import Price, Tariff, TariffMode
from apps.bookings.rules.fees.use import ClimateUse, EquipmentUse, Facts
from apps.bookings.services.apply import Application, apply_for_hold
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.decide import permit
from apps.bookings.services.fees.asking import ask_for_reduction
from apps.bookings.services.fees.charging import FeeWish
from apps.bookings.services.fees.deciding import confirm_evidence, grant_reduction, refuse_reduction
from apps.bookings.services.fees.pricing import charge_anew
from shared.actor import Actor
from shared.outbox.models import Message
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.fees import fee_tables
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
BOTH = (factories.MORNING, factories.AFTERNOON)


@pytest.fixture
def room(database: None) -> Room:
    room = factories.meeting_room()
    fee_tables(room)
    return room


def clerk() -> Actor:
    return Actor(kind="staff", id=factories.clerk().pk)


def columns_of(booking: Booking) -> list[int]:
    with as_tenant(CHUO):
        fee = fee_of(booking.pk)
    assert fee is not None
    return [amount for _, amount in fee.columns()]


def asked(room: Room, **values: Any) -> Booking:
    return factories.booking_awaiting_permit(room=room, slots=BOTH, fee=FeeWish(reduction="support"), **values)


def apply(citizen: factories.Citizen, held: Booking, wish: FeeWish) -> None:
    with as_portal(CHUO, citizen.account.pk):
        apply_for_hold(actor=citizen.actor, booking=held.pk, application=Application(factories.MEETING, 5, "会", wish))


def granted(booking: Booking) -> None:
    with as_tenant(CHUO):
        confirm_evidence(actor=clerk(), booking=booking.pk)
        grant_reduction(actor=clerk(), booking=booking.pk)


def test_the_worked_example_from_the_application_to_the_decision_ends_at_4000_yen(room: Room) -> None:
    citizen = factories.citizen_with_registration(address="別の市架空町1番地")
    facts = Facts(climate=(ClimateUse("heating"),))
    booking = factories.booking_awaiting_permit(
        citizen, room, slots=BOTH, fee=FeeWish(facts, reduction="support", seen=6500)
    )
    assert columns_of(booking) == [2500, 2500, 0, 5000, 1500, 0, 6500]
    granted(booking)
    assert columns_of(booking) == [2500, 2500, -2500, 2500, 1500, 0, 4000]


def test_the_lines_are_kept_with_their_articles_and_the_versions_they_rest_on(room: Room) -> None:
    booking = factories.booking_awaiting_permit(room=room, slots=BOTH)
    with as_tenant(CHUO):
        fee = fee_of(booking.pk)
    assert fee is not None
    assert [(line.key, line.article, line.amount) for line in fee.lines] == [
        ("base_slot", "別表第１", 1000),
        ("base_slot", "別表第１", 1500),
        ("middle_free", "別表第１", 0),
    ]
    assert (len(fee.sheet.tables), fee.sheet.tax_rate, fee.sheet.tax) == (6, "1/10", 227)


def test_a_fee_that_was_not_shown_is_not_charged_and_nothing_is_written(room: Room) -> None:
    citizen = factories.citizen_with_registration()
    held = factories.booking_on_hold(citizen, room)
    with pytest.raises(FeeChangedError):
        apply(citizen, held, FeeWish(seen=900))
    with as_tenant(CHUO):
        assert Booking.objects.get().state == "hold"
        assert not FeeSheet.objects.exists()


def test_a_booking_of_a_room_without_tables_has_no_fee() -> None:
    booking = factories.booking_awaiting_permit()
    with as_tenant(CHUO):
        assert fee_of(booking.pk) is None


def test_a_clerk_books_with_the_fee_of_the_day(room: Room) -> None:
    facts = Facts(commercial=True, equipment=(EquipmentUse("piano", 1),))
    booking = factories.counter_booking(factories.individual(), room, fee=FeeWish(facts))
    assert columns_of(booking) == [1000, 1000, 0, 2000, 0, 1000, 3000]


def test_whoever_says_to_live_in_the_city_is_charged_by_the_address(room: Room) -> None:
    outsider = factories.individual(address="別の市架空町1番地")
    booking = factories.counter_booking(outsider, room, fee=FeeWish(Facts(outside=False)))
    assert columns_of(booking)[1] == 1000


def test_a_later_table_holds_for_later_days_and_alters_no_fee_that_was_computed(room: Room) -> None:
    day = factories.soon()
    before = factories.booking_awaiting_permit(room=room, day=day)
    dearer = Tariff(TariffMode.SLOTS, tuple(Price(9000, (number,)) for number in (1, 2, 3)))
    fee_tables(room, valid_from=day, tariff=dearer, only=["tariff"])
    after = factories.booking_awaiting_permit(room=room, day=day, slots=(factories.EVENING,))
    earlier = factories.booking_awaiting_permit(room=room, day=day - dt.timedelta(days=1))
    assert [columns_of(one)[-1] for one in (before, after, earlier)] == [1000, 9000, 1000]


def test_a_changed_booking_is_charged_anew_and_keeps_its_older_fee(room: Room) -> None:
    booking = asked(room)
    granted(booking)
    with as_tenant(CHUO), transaction.atomic():
        booking.slot_numbers = [factories.MORNING]
        charge_anew(clerk(), booking, FeeCause.CHANGE)
    with as_tenant(CHUO):
        fees = fees_of(booking.pk)
    assert [(fee.sheet.cause, fee.sheet.total) for fee in fees] == [
        ("change", 500),
        ("reduction", 1250),
        ("application", 2500),
    ]


def test_the_real_hours_of_heating_settle_the_fee(room: Room) -> None:
    booking = factories.booking_awaiting_permit(room=room)
    with as_tenant(CHUO), transaction.atomic():
        charge_anew(clerk(), booking, FeeCause.SETTLEMENT, facts=replace(Facts(), climate=(ClimateUse("heating"),)))
    assert columns_of(booking)[4] == 300


def test_a_granted_reduction_is_noticed_numbered_and_traced(room: Room) -> None:
    booking = asked(room)
    granted(booking)
    with as_tenant(CHUO):
        found = ReductionRequest.objects.get()
        assert (found.state, found.article) == (ReductionState.GRANTED, "第９条第２号")
        assert found.sheet is not None
        assert Document.objects.get().kind == DocumentKind.REDUCTION
        acts = set(BookingAct.objects.values_list("act", flat=True))
        assert acts == {"apply", "reduction_ask", "reduction_seen", "reduction_grant"}
        assert Message.objects.filter(template="bookings/mail/reduction_decided").count() == 1


def test_a_reduction_without_its_evidence_is_not_granted(room: Room) -> None:
    booking = asked(room)
    with as_tenant(CHUO), pytest.raises(EvidenceMissingError):
        grant_reduction(actor=clerk(), booking=booking.pk)


def test_a_refused_reduction_leaves_the_fee_and_may_be_asked_for_again(room: Room) -> None:
    booking = asked(room)
    with as_tenant(CHUO):
        refuse_reduction(actor=clerk(), booking=booking.pk, reason="後援の決定がないため")
        ask_for_reduction(actor=clerk(), booking=booking.pk, ground="city")
        confirm_evidence(actor=clerk(), booking=booking.pk)
        grant_reduction(actor=clerk(), booking=booking.pk)
        assert Document.objects.filter(kind=DocumentKind.REDUCTION).count() == 2
    assert columns_of(booking)[-1] == 0


def test_a_refusal_needs_its_reason(room: Room) -> None:
    booking = asked(room)
    with as_tenant(CHUO), pytest.raises(ReasonMissingError):
        refuse_reduction(actor=clerk(), booking=booking.pk, reason=" ")


def test_a_reduction_is_asked_for_once_at_a_time_and_decided_once(room: Room) -> None:
    booking = asked(room)
    with as_tenant(CHUO):
        with pytest.raises(ReductionAskedError):
            ask_for_reduction(actor=clerk(), booking=booking.pk, ground="city")
        refuse_reduction(actor=clerk(), booking=booking.pk, reason="該当しないため")
        with pytest.raises(NoReductionAskedError):
            refuse_reduction(actor=clerk(), booking=booking.pk, reason="該当しないため")


def test_a_ground_that_the_ordinance_does_not_know_is_refused(room: Room) -> None:
    with pytest.raises(UnknownReductionError):
        factories.counter_booking(factories.individual(), room, fee=FeeWish(reduction="friend"))


def test_what_is_open_about_fees_is_handed_over_without_persons(room: Room) -> None:
    booking = asked(room)
    gone = asked(room, day=factories.soon() + dt.timedelta(days=1))
    factories.counter_booking(factories.individual(), room, day=factories.soon() + dt.timedelta(days=2))
    with as_tenant(CHUO):
        permit(actor=clerk(), booking=booking.pk)
        cancel_by_staff(actor=clerk(), booking=gone.pk, reason="休館のため")
        waiting, fees, unpaid, back = (kind.read() for kind in KINDS)
    assert [(row.number, row.word) for row in waiting.rows] == [(booking.number, "市の後援")]
    assert [(row.number, row.word) for row in fees.rows] == [(booking.number, "2,500円")]
    assert unpaid == fees
    assert back.count == 0


def test_a_person_is_told_of_fees_and_reductions(room: Room) -> None:
    citizen = factories.citizen_with_registration()
    booking = factories.booking_awaiting_permit(citizen, room, fee=FeeWish(reduction="support"))
    with as_tenant(CHUO):
        fee, lines, reductions, _paid = sections(citizen.registrant.pk)
    assert fee.rows[0][0] == booking.number
    assert fee.rows[0][3:] == ("1,000円", "90円")
    assert lines.rows == [(booking.number, "午前", "別表第１", "1,000円")]
    assert reductions.rows[0][1] == "第９条第２号（市の後援）"


@pytest.mark.race
def test_of_two_who_decide_at_once_one_decides(room: Room) -> None:
    booking = asked(room)
    with as_tenant(CHUO):
        confirm_evidence(actor=clerk(), booking=booking.pk)
    deciders = [clerk(), clerk()]

    def decide(number: int) -> bool:
        with as_tenant(CHUO):
            try:
                grant_reduction(actor=deciders[number], booking=booking.pk)
            except NoReductionAskedError:
                return False
        return True

    assert sorted(together(2, decide)) == [False, True]
    with as_tenant(CHUO):
        assert FeeSheet.objects.filter(cause=FeeCause.REDUCTION).count() == 1
        assert Document.objects.count() == 1
