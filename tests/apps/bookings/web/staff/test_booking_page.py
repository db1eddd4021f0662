"""The page of one booking: what is known, what was done, what can be done."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from apps.bookings.services.note import add_note
from shared.actor import Actor
from shared.audit.models import Action
from shared.staff.models import StaffAccount
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO


def test_it_shows_all_that_is_known(desk: Client) -> None:
    registrant = factories.group(group_name="架空朗読の会")
    booking = factories.counter_booking(registrant, factories.meeting_room(), event_name="五月の例会", headcount=12)
    shown = text_of(desk.get(f"/bookings/{booking.pk}/"))
    for told in (booking.number, "架空朗読の会", registrant.number, "五月の例会", "12人", "午前", "会議", "窓口"):
        assert told in shown


def test_the_history_names_the_staff_and_not_the_citizen(desk: Client, clerk: StaffAccount) -> None:
    citizen = factories.citizen_with_registration(family_name="見本")
    booking = factories.booking_awaiting_permit(citizen)
    desk.post(f"/bookings/{booking.pk}/permit/", {"version": booking.version})
    history = text_of(desk.get(f"/bookings/{booking.pk}/")).split('id="history"')[1]
    assert "申請者" in history
    assert clerk.name in history
    assert "見本" not in history


@pytest.mark.parametrize(
    ("make", "offered"),
    [
        (factories.booking_awaiting_permit, {"permit", "refuse", "cancel", "documents/application"}),
        (factories.permitted_booking, {"cancel", "documents/application", "documents/permit"}),
        (factories.refused_booking, {"documents/application", "documents/refusal"}),
        (factories.cancelled_booking, {"documents/application"}),
    ],
)
def test_it_offers_what_the_state_allows(desk: Client, make: object, offered: set[str]) -> None:
    assert callable(make)
    booking = make()
    shown = text_of(desk.get(f"/bookings/{booking.pk}/"))
    every = {"permit", "refuse", "cancel", "documents/application", "documents/permit", "documents/refusal"}
    assert {act for act in every if f'"/bookings/{booking.pk}/{act}/"' in shown} == offered


def test_a_hold_shows_until_when_it_is_held(desk: Client) -> None:
    held = factories.booking_on_hold(factories.citizen_with_registration(), factories.meeting_room())
    assert "仮押えの期限" in text_of(desk.get(f"/bookings/{held.pk}/"))


def test_the_view_is_audited(desk: Client, clerk: StaffAccount) -> None:
    booking = factories.booking_awaiting_permit()
    desk.get(f"/bookings/{booking.pk}/")
    [entry] = audited(Action.VIEW, "booking")
    assert (entry.actor_id, entry.object_id) == (clerk.pk, str(booking.pk))


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_twenty_one_statements_whatever_was_noted(desk: Client, number: int, clerk: StaffAccount) -> None:
    booking = factories.permitted_booking()
    with as_tenant(CHUO):
        for _ in range(number):
            add_note(actor=Actor("staff", clerk.pk), booking=booking.pk, text="鍵を渡した")
    with count_statements() as statements:
        desk.get(f"/bookings/{booking.pk}/")
    assert statements.count == 21, statements


def test_another_tenants_booking_is_not_found(desk: Client) -> None:
    booking = factories.booking_awaiting_permit(factories.citizen_with_registration(BUNKA))
    answer = desk.get(f"/bookings/{booking.pk}/")
    assert answer.status_code == 404
    assert "お探しの予約はありません。" in text_of(answer)


def test_an_unknown_booking_is_not_found(desk: Client) -> None:
    assert desk.get(f"/bookings/{uuid.uuid4()}/").status_code == 404
    assert desk.get("/bookings/1/").status_code == 404
