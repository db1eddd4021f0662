"""The page of one registrant."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client

from apps.bookings.models import Booking
from apps.registrants.models import Act, IdentityCheck, Registrant
from apps.registrants.services.acting import leave_trace
from apps.registrants.services.suspend import suspend
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.staff.models import StaffAccount
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO


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
def test_it_takes_fifteen_statements_whatever_was_booked_and_done(
    desk: Client, clerk: StaffAccount, number: int
) -> None:
    registrant = factories.individual()
    for _ in range(number):
        factories.counter_booking(registrant, factories.meeting_room())
        done(registrant, clerk)
    with count_statements() as statements:
        desk.get(f"/registrants/{registrant.pk}/")
    assert statements.count == 15, statements


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
        "使用料の収納は、まだこのシステムで扱っていません。",
        "登録のあとの処理はありません。",
        "本人確認の記録はありません。",
    ):
        assert told in shown


def test_only_what_the_clerk_may_do_is_offered(desk: Client, manager: Client) -> None:
    address = f"/registrants/{factories.individual().pk}/"
    assert "利用停止にする" not in text_of(desk.get(address))
    assert "利用停止にする" in text_of(manager.get(address))


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
