"""The tests' own footing: factories make valid rows, and every test begins with empty tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from apps.bookings.models import BookingState, Occupation
from apps.registrants.models import Registrant
from kernel import clock
from tenants import directory
from tests import factories
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS, TENANTS

pytestmark = pytest.mark.usefixtures("database")


def test_bookings_reach_every_state_through_the_services() -> None:
    room = factories.meeting_room()
    citizen = factories.citizen_with_registration()
    assert factories.booking_on_hold(citizen, room, slots=[3]).state == BookingState.HOLD
    assert factories.permitted_booking(citizen, room, slots=[1]).state == BookingState.PERMITTED
    assert factories.refused_booking(citizen, room, slots=[2]).state == BookingState.REFUSED
    assert factories.cancelled_booking(citizen, room, slots=[2]).state == BookingState.CANCELLED
    assert factories.counter_booking(citizen.registrant, room, slots=[2]).state == BookingState.UNDER_REVIEW


def test_the_whole_hall_takes_the_parts_of_both_halves() -> None:
    hall = factories.hall_with_halves(SPORTS)
    factories.booking_awaiting_permit(factories.citizen_with_registration(SPORTS), hall.whole)
    with as_tenant(SPORTS):
        taken = set(Occupation.objects.values_list("part", flat=True))
        halves = {part.pk for half in (hall.half_a, hall.half_b) for part in half.parts.all()}
    assert taken == halves


@pytest.mark.parametrize("_turn", ["first", "second"])
def test_each_test_begins_with_empty_tables(_turn: str) -> None:
    with as_tenant(CHUO):
        assert list(Registrant.objects.all()) == []
    factories.group()


@pytest.mark.parametrize("_turn", ["first", "second"])
def test_each_test_begins_with_the_three_tenants_and_their_hosts(_turn: str, superuser: psycopg.Connection) -> None:
    assert directory.current().hosts == {f"{schema}.localhost": schema for schema in TENANTS}
    superuser.execute("DELETE FROM shared.tenants_host")
    superuser.execute("UPDATE shared.tenants_tenant SET state = 'suspended' WHERE schema_name = 'chuo'")


def test_counting_sees_begin_commit_and_the_scope() -> None:
    with as_tenant(CHUO), count_statements() as sent, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT %s", ['a "quoted"\nvalue'])
    assert [text.split()[0] for text in sent.texts] == ["SELECT", "BEGIN", "SELECT", "COMMIT"]


def test_a_frozen_clock_stands_at_a_time_in_tokyo(freeze: Freeze) -> None:
    freeze("2026-04-01 00:30")
    assert clock.now() == dt.datetime(2026, 3, 31, 15, 30, tzinfo=dt.UTC)
    assert clock.today() == dt.date(2026, 4, 1)


def test_clients_reach_their_sites(
    portal_client: Client, city_client: Client, desk_client: Callable[[str], Client]
) -> None:
    for client, kind in ((portal_client, "portal"), (city_client, "city"), (desk_client(CHUO), "desk")):
        request = client.get("/there-is-no-such-page/").wsgi_request
        assert request.place.kind == kind  # type: ignore[attr-defined]  # a SiteRequest
