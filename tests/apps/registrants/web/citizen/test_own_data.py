"""What a citizen sees of a registration besides its fields, what is kept from them, and what stops a withdrawal."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.test import Client

from apps.bookings.models import (
    Booking,
    Measure,
    MeasureKind,
    MeasureState,
    PastBooking,
    PastState,
    PaymentMethod,
    PenaltyEvent,
    PenaltyPoint,
    Wait,
    WaitState,
)
from apps.bookings.rules.deadlines import RefundStep
from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.fees.receiving import receive
from apps.registrants.models import CitizenRequest, GroupMember
from apps.registrants.services.suspend import suspend
from kernel import clock
from shared.actor import SYSTEM
from tests import factories
from tests.factories import Citizen
from tests.support.clients import signed_in
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO


def address(citizen: Citizen, act: str = "") -> str:
    return f"/places/{CHUO}/registrations/{citizen.registrant.pk}/{act}"


def shown(portal: Client, citizen: Citizen, act: str = "") -> str:
    return portal.get(address(citizen, act)).content.decode()


@pytest.fixture
def booking(citizen: Citizen) -> Booking:
    room = factories.meeting_room()
    factories.terms(room.facility, refunds=(RefundStep(10, 90),), payment=DueTerms("before_use", days=7))
    fee_tables(room)
    return factories.booking_awaiting_permit(citizen, room, slots=[1, 2])


def point(booking: Booking, **values: object) -> None:
    with as_tenant(CHUO):
        PenaltyPoint.objects.create(
            registrant_id=booking.registrant_id,
            booking=booking,
            day=clock.today(),
            points=Decimal(2),
            note="職員だけの記録",
            given_at=clock.now(),
            **values,
        )


def measure(booking: Booking, state: MeasureState, **values: object) -> None:
    decided = {"decided_at": clock.now(), "decided_by": uuid.uuid4(), "reason": "職員だけの理由"}
    with as_tenant(CHUO):
        Measure.objects.create(
            registrant_id=booking.registrant_id,
            facility=booking.room.facility,
            kind=MeasureKind.SUSPEND,
            days=30,
            points=3,
            state=state,
            proposed_at=clock.now(),
            first=clock.today(),
            last=clock.today() + dt.timedelta(days=30),
            **({} if state == MeasureState.PROPOSED else decided),
            **values,
        )


def past_use(citizen: Citizen) -> None:
    with as_tenant(CHUO):
        PastBooking.objects.create(
            source_key="old:1",
            number="H28-77",
            registrant=citizen.registrant,
            room_name="旧会議室",
            day=dt.date(2016, 5, 1),
            state=PastState.PERMITTED,
            fee=800,
            paid=300,
        )


def test_fees_points_and_measures_are_told_and_what_staff_wrote_is_not(
    portal: Client, citizen: Citizen, booking: Booking
) -> None:
    point(booking, event=PenaltyEvent.NO_SHOW)
    measure(booking, MeasureState.TAKEN)
    past_use(citizen)
    page = shown(portal, citizen)
    for told in ("納めていない使用料", "2,500円", booking.number, "無断不使用", "2点", "利用停止（全館）", "500円"):
        assert told in page
    assert f"/places/{CHUO}/bookings/{booking.pk}/" in page
    for hidden in ("職員だけの記録", "職員だけの理由"):
        assert hidden not in page


def test_what_is_only_proposed_or_was_taken_back_is_not_told(
    portal: Client, citizen: Citizen, booking: Booking
) -> None:
    measure(booking, MeasureState.PROPOSED)
    point(booking, event=PenaltyEvent.NO_SHOW, void_at=clock.now(), void_reason="誤り")
    page = shown(portal, citizen)
    assert "無断不使用" not in page
    assert "利用についての措置" not in page


def test_another_registrants_matters_are_not_among_them(portal: Client, citizen: Citizen) -> None:
    room = factories.meeting_room()
    fee_tables(room)
    others = factories.booking_awaiting_permit(room=room)
    point(others, event=PenaltyEvent.NO_SHOW)
    page = shown(portal, citizen)
    assert "使用料・措置など" not in page


def test_it_costs_the_same_statements_for_one_matter_and_for_many(
    portal: Client, citizen: Citizen, booking: Booking
) -> None:
    shown(portal, citizen)
    with count_statements() as one:
        shown(portal, citizen)
    for event in (PenaltyEvent.NO_SHOW, PenaltyEvent.SUBLET):
        point(booking, event=event)
    factories.booking_awaiting_permit(citizen, booking.room, slots=[3])
    past_use(citizen)
    with count_statements() as many:
        page = shown(portal, citizen)
    assert page.count("点</") == 2
    assert one.count == many.count, str(many)


def test_a_suspension_tells_its_last_day(portal: Client, citizen: Citizen) -> None:
    last = clock.today() + dt.timedelta(days=10)
    with as_tenant(CHUO):
        suspend(actor=SYSTEM, registrant=citizen.registrant.pk, reason="試験", first=clock.today(), last=last)
    page = shown(portal, citizen)
    assert "まで利用停止です。" in page
    assert f"{last.month}月{last.day}日" in page


def test_members_and_contacts_are_kept_from_the_page_and_it_says_why(portal_client: Client) -> None:
    citizen = factories.citizen_with_registration(kind="group", group_name="架空合唱団", birth_date=None)
    factories.emergency_contact(citizen.registrant)
    with as_tenant(CHUO):
        GroupMember.objects.create(
            group=citizen.registrant, position=1, name="構成員 一郎", name_key="イチロウ", residence="resident"
        )
    page = shown(signed_in(portal_client, citizen.account), citizen)
    assert "構成員 一郎" not in page
    assert "0476-00-0009" not in page
    assert "ほかの方の情報のため、表示しません。" in page


def test_a_withdrawal_tells_beforehand_what_stands_in_its_way_each_with_its_page(
    portal: Client, citizen: Citizen, booking: Booking
) -> None:
    past_use(citizen)
    page = shown(portal, citizen, "withdraw/")
    assert f'href="/places/{CHUO}/bookings/{booking.pk}/"' in page
    assert booking.number in page
    assert "H28-77" in page
    assert "廃止を届け出る</button>" not in page


def test_a_withdrawal_beside_a_booking_is_not_taken(portal: Client, citizen: Citizen, booking: Booking) -> None:
    answer = portal.post(address(citizen, "withdraw/"), {"is_meant": "on"})
    assert answer.status_code == 409
    assert "先に済ませていただくことが2件あるため" in answer.content.decode()  # the booking, and its fee
    with as_tenant(CHUO):
        assert not CitizenRequest.objects.exists()


def test_once_all_is_settled_the_withdrawal_is_taken(portal: Client, citizen: Citizen, booking: Booking) -> None:
    with as_tenant(CHUO):
        cancel_by_staff(actor=SYSTEM, booking=booking.pk, reason="電話による申出")
    assert "廃止を届け出る</button>" in shown(portal, citizen, "withdraw/")
    assert portal.post(address(citizen, "withdraw/"), {"is_meant": "on"}).status_code == 302


def test_money_that_goes_back_stands_in_the_way(portal: Client, citizen: Citizen, booking: Booking) -> None:
    with as_tenant(CHUO):
        receive(actor=SYSTEM, booking=booking.pk, amount=2500, method=PaymentMethod.CASH)
        cancel_by_staff(actor=SYSTEM, booking=booking.pk, reason="電話による申出")
    assert "終わっていない還付　<a" in shown(portal, citizen, "withdraw/")
    assert "還付される使用料" in shown(portal, citizen)


def test_letting_a_registration_go_is_told_with_what_it_ends_and_the_way_back(portal: Client, citizen: Citizen) -> None:
    before_the_button, _ = shown(portal, citizen, "unlink/").split("結び付きを解除する</button>")
    assert "空き待ち" in before_the_button
    assert "施設から新しい結び付け番号を受け取る" in before_the_button


@pytest.mark.parametrize("way", ["unlink", "end", "desk"])
def test_nobody_stays_in_a_line_who_can_no_longer_be_told(
    portal: Client, citizen: Citizen, booking: Booking, way: str
) -> None:
    with as_tenant(CHUO):
        wait = Wait.objects.create(
            registrant=citizen.registrant,
            room=booking.room,
            day=booking.day,
            during=booking.during,
            slot_numbers=[1],
            slot_labels=["午前"],
            asked_at=clock.now(),
        )
    assert "空き待ち" in shown(portal, citizen)
    if way == "unlink":
        portal.post(address(citizen, "unlink/"))
    elif way == "end":
        portal.post("/account/end/", {"current": factories.PASSWORD, "is_meant": "on"})
    else:
        with as_tenant(CHUO):
            citizen.registrant.portal_account = None
            citizen.registrant.save(update_fields=["portal_account"])
    with as_tenant(CHUO):
        wait.refresh_from_db()
    assert wait.state == WaitState.WITHDRAWN
