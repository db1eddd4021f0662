"""The page of one registrant."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from shared.audit.models import Action
from shared.staff.models import StaffAccount
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA


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
    assert "緊急連絡先を表示する" in text_of(desk.get(f"/registrants/{person.pk}/"))
    assert "緊急連絡先を表示する" not in text_of(desk.get(f"/registrants/{club.pk}/"))


def test_the_view_is_audited(desk: Client, clerk: StaffAccount) -> None:
    registrant = factories.individual()
    desk.get(f"/registrants/{registrant.pk}/")
    [entry] = audited(Action.VIEW, "registrant")
    assert (entry.actor_id, entry.object_id) == (clerk.pk, str(registrant.pk))


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_seven_statements_whatever_was_booked(desk: Client, number: int) -> None:
    registrant = factories.individual()
    for _ in range(number):
        factories.counter_booking(registrant, factories.meeting_room())
    with count_statements() as statements:
        desk.get(f"/registrants/{registrant.pk}/")
    assert statements.count == 7, statements


def test_another_tenants_registrant_is_not_found(desk: Client) -> None:
    assert desk.get(f"/registrants/{factories.individual(BUNKA).pk}/").status_code == 404
    assert desk.get(f"/registrants/{uuid.uuid4()}/").status_code == 404
