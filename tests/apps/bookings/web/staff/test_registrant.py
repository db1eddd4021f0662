"""The page of one registrant."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client

from apps.bookings.models import Booking, Measure, PaymentMethod, PenaltyPoint, Wait
from apps.bookings.rules.series import Pattern, Picked
from apps.bookings.services.apply import Application
from apps.bookings.services.book_series import SeriesWish, book_series
from apps.bookings.services.cancel import call_off
from apps.bookings.services.fees.receiving import receive
from apps.bookings.services.starting import Wish
from apps.bookings.services.waits import join_line
from apps.registrants.models import Act, IdentityCheck, Registrant
from apps.registrants.services.acting import leave_trace
from apps.registrants.services.merge import merge
from apps.registrants.services.suspend import suspend
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.frame.templatetags.frame import wareki
from shared.staff.models import StaffAccount
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

CLERK = Actor(kind="staff", id=uuid.UUID(int=7))


def test_it_shows_what_is_registered_and_the_bookings(desk: Client) -> None:
    registrant = factories.group(address="架空市架空町9番地", phone="0476-00-0345")
    booking = factories.counter_booking(registrant, factories.meeting_room())
    shown = text_of(desk.get(f"/registrants/{registrant.pk}/"))
    for told in (registrant.number, registrant.group_name, "〒270-1300", "架空町9番地", "0476-00-0345", booking.number):
        assert told in shown


def test_an_individuals_birthday_is_told_in_the_japanese_calendar(desk: Client) -> None:
    assert "昭和25年4月1日" in text_of(desk.get(f"/registrants/{factories.individual().pk}/"))


def test_emergency_contacts_are_not_on_it(desk: Client) -> None:
    registrant = factories.individual()
    contact = factories.emergency_contact(registrant)
    shown = text_of(desk.get(f"/registrants/{registrant.pk}/"))
    assert contact.name not in shown
    assert contact.phone not in shown


def test_only_an_individual_has_emergency_contacts(desk: Client) -> None:
    person, club = factories.individual(), factories.group()
    assert "緊急連絡先" in text_of(desk.get(f"/registrants/{person.pk}/"))
    assert "緊急連絡先" not in text_of(desk.get(f"/registrants/{club.pk}/"))


def test_the_view_is_audited(desk: Client, clerk: StaffAccount) -> None:
    registrant = factories.individual()
    desk.get(f"/registrants/{registrant.pk}/")
    [entry] = audited(Action.VIEW, "registrant")
    assert (entry.actor_id, entry.object_id) == (clerk.pk, str(registrant.pk))


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_twenty_four_statements_whatever_was_booked_and_done(
    desk: Client, clerk: StaffAccount, number: int
) -> None:
    registrant = factories.individual()
    for _ in range(number):
        busy(registrant)
        done(registrant, clerk)
    desk.get("/registrants/")  # the directory is read every five seconds
    desk.get(f"/registrants/{registrant.pk}/")  # the process knows the directory now
    with count_statements() as statements:
        desk.get(f"/registrants/{registrant.pk}/")
    assert statements.count == 24, statements


def test_what_is_owed_and_what_goes_back_is_told_with_its_sums(desk: Client) -> None:
    registrant, room = factories.individual(), factories.meeting_room()
    fee_tables(room)
    owing = [factories.counter_booking(registrant, room, slots=(slot,)) for slot in (1, 2)]
    given_up, paid = factories.counter_booking(registrant, room, slots=(3,)), priced(registrant, 3)
    pay(given_up, 2000)
    pay(paid, 2000)
    with as_tenant(CHUO):
        call_off(actor=CLERK, booking=given_up.pk, reason="設備の点検")
    shown = text_of(desk.get(f"/registrants/{registrant.pk}/"))
    charges = shown[shown.index('id="charges"') : shown.index('id="penalties"')]
    still, settled = charges.split("<details ")
    assert all(one.number in still for one in [*owing, given_up])
    assert paid.number in settled
    for told in ("1,000円", "1,500円", "2,500円", "2,000円", "未収納", "超過（還付が必要）"):
        assert told in still
    assert "完納" in settled
    assert "未納の使用料が2,500円あります。" in shown
    assert "扱っていません" not in shown


def test_points_measures_series_and_lines_are_on_it(desk: Client, manager: Client) -> None:
    registrant = factories.individual()
    found = busy(registrant)
    shown = text_of(desk.get(f"/registrants/{registrant.pk}/"))
    for told in ("この1年の点数は1点です。", "又貸し", "措置の案：利用停止", "定期利用", "2回", "空き待ち中"):
        assert told in shown
    address = f'href="/penalties/{found.pk}/"'
    assert address not in shown
    assert address in text_of(manager.get(f"/registrants/{registrant.pk}/"))


def test_a_record_that_was_merged_into_it_is_named_with_the_last_day_of_undoing(desk: Client) -> None:
    kept, gone = factories.individual(), factories.individual()
    with as_tenant(CHUO):
        merge(actor=CLERK, kept=kept.pk, gone=gone.pk, reason="同じ人の二重登録")
    shown = text_of(desk.get(f"/registrants/{kept.pk}/"))
    last = wareki(clock.today() + dt.timedelta(days=30))
    assert f"{last}まで元に戻せます" in shown
    assert f'href="/registrants/{gone.pk}/"' in shown


def test_what_was_done_is_told_with_who_and_why(desk: Client, clerk: StaffAccount) -> None:
    registrant = factories.individual()
    done(registrant, clerk)
    shown = text_of(desk.get(f"/registrants/{registrant.pk}/"))
    for told in ("更新", clerk.name, "窓口で申出", "運転免許証"):
        assert told in shown


def test_a_suspension_to_come_is_told(desk: Client, clerk: StaffAccount) -> None:
    registrant = factories.individual()
    with as_tenant(CHUO):
        suspend(
            actor=Actor(kind="staff", id=clerk.pk),
            registrant=registrant.pk,
            first=dt.date(2030, 4, 1),
            last=None,
            reason="無断不使用",
        )
    shown = text_of(desk.get(f"/registrants/{registrant.pk}/"))
    assert "令和12年4月1日（月）から 利用停止" in shown


def test_past_and_coming_bookings_are_told_apart(desk: Client) -> None:
    registrant = factories.individual()
    ahead = factories.counter_booking(registrant, factories.meeting_room())
    past = factories.counter_booking(registrant, factories.meeting_room())
    with as_tenant(CHUO):
        Booking.objects.filter(pk=past.pk).update(
            during=DateTimeTZRange(clock.now() - dt.timedelta(hours=3), clock.now() - dt.timedelta(hours=1))
        )
    shown = text_of(desk.get(f"/registrants/{registrant.pk}/"))
    assert shown.index(ahead.number) < shown.index("これまでの予約") < shown.index(past.number)


def test_what_there_is_not_is_said_plainly(desk: Client) -> None:
    shown = text_of(desk.get(f"/registrants/{factories.individual().pk}/"))
    for told in (
        "これからの予約はありません。",
        "これまでの予約はありません。",
        "未納の使用料と、終わっていない還付はありません。",
        "ペナルティの点数はありません。",
        "登録のあとの処理はありません。",
        "本人確認の記録はありません。",
    ):
        assert told in shown


def test_only_what_the_clerk_may_do_is_offered(desk: Client, manager: Client) -> None:
    address = f"/registrants/{factories.individual().pk}/"
    assert "利用停止にする" not in text_of(desk.get(address))
    assert "利用停止にする" in text_of(manager.get(address))


def priced(registrant: Registrant, slot: int) -> Booking:
    room = factories.meeting_room()
    fee_tables(room)
    return factories.counter_booking(registrant, room, slots=(slot,))


def pay(booking: Booking, amount: int) -> None:
    with as_tenant(CHUO):
        receive(actor=CLERK, booking=booking.pk, amount=amount, method=PaymentMethod.CASH)


def busy(registrant: Registrant) -> Measure:
    """One of each: a booking with its fee, paid and unpaid, a point with its measure, a series, a place in a line."""
    booking = priced(registrant, 1)
    pay(priced(registrant, 2), 1500)
    facility = booking.room.facility_id
    days = [factories.soon() + dt.timedelta(weeks=number) for number in range(2)]
    room, taken = factories.meeting_room(), factories.meeting_room()
    picked = [Picked(day, room.pk, (1,)) for day in days]
    series = SeriesWish(registrant.pk, picked, Pattern("weekly", days[0].isoweekday(), days[0], days[1]), uuid.uuid4())
    factories.counter_booking(factories.individual(), taken, slots=(1,))
    wish = Wish(registrant.pk, taken.pk, days[0], (1,), uuid.uuid4())
    with as_tenant(CHUO):
        book_series(actor=CLERK, wish=series, application=Application("meeting", 10, "例会"))
        Wait.objects.filter(registrant=registrant).update(state="over")
        join_line(actor=CLERK, wish=wish)
        PenaltyPoint.objects.create(
            registrant=registrant, booking=booking, event="sublet", day=clock.today(), points=1, given_at=clock.now()
        )
        return Measure.objects.create(
            registrant=registrant, facility_id=facility, kind="suspend", days=30, points=1, proposed_at=clock.now()
        )


def done(registrant: Registrant, clerk: StaffAccount) -> None:
    actor = Actor(kind="staff", id=clerk.pk)
    with as_tenant(CHUO):
        leave_trace(actor, registrant.pk, Act.RENEW, reason="窓口で申出")
        IdentityCheck.objects.create(
            registrant=registrant, document="driving_licence", on=clock.today(), by=clerk.pk, at=clock.now()
        )


def test_another_tenants_registrant_is_not_found(desk: Client) -> None:
    assert desk.get(f"/registrants/{factories.individual(BUNKA).pk}/").status_code == 404
    assert desk.get(f"/registrants/{uuid.uuid4()}/").status_code == 404
