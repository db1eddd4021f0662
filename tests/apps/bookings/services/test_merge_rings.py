"""A merge or a closing against whoever works on a series or serves a line: nobody waits in a ring."""

from __future__ import annotations

import uuid

import psycopg
import pytest

from apps.bookings.models import Booking, FeeSheet, Series, Wait
from apps.bookings.services.series import change_series
from apps.bookings.services.starting import Wish
from apps.bookings.services.waits import join_line, serve_lines
from apps.registrants.errors import ClosingObstructedError, WrongStateError
from apps.registrants.models import CloseCause, Registrant
from apps.registrants.services.close import close
from apps.registrants.services.merge import merge
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.apps.bookings.services.life.test_series import booked
from tests.apps.bookings.services.life.test_waits import freed, taken
from tests.support.fees import fee_tables
from tests.support.queueing import queued
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("database")]
CLERK = Actor(kind="staff", id=uuid.UUID(int=7))


def merged(gone: Registrant) -> Registrant:
    kept = factories.individual()
    with as_tenant(CHUO):
        merge(actor=CLERK, kept=kept.pk, gone=gone.pk, reason="同じ人の二重登録")
    return kept


def closed(person: Registrant) -> str:
    with as_tenant(CHUO):
        try:
            close(
                actor=CLERK,
                registrant=person.pk,
                cause=CloseCause.WITHDRAWN,
                reason="届出による",
                effective_on=clock.today(),
            )
        except (ClosingObstructedError, WrongStateError):
            return "refused"
    return "closed"


def test_a_series_that_is_charged_anew_while_two_records_become_one(superuser: psycopg.Connection) -> None:
    citizen, room = factories.citizen_with_registration(), factories.meeting_room()
    fee_tables(room)
    series = booked(citizen, room)
    with as_tenant(CHUO):
        ids = list(Booking.objects.order_by("day").values_list("pk", flat=True))

    def changed() -> int:
        with as_tenant(CHUO):
            return change_series(actor=CLERK, series=series.pk, bookings=ids, room=room.pk, slots=(2,))

    kept, number = queued(superuser, "bookings_booking", ids[0], lambda: merged(citizen.registrant), changed)
    with as_tenant(CHUO):
        assert number == len(ids)
        assert Series.objects.get().registrant == kept
        assert {one.registrant for one in Booking.objects.select_related("registrant")} == {kept}
        assert FeeSheet.objects.count() == 2 * len(ids)


def test_somebody_who_waits_in_a_line_is_closed_while_two_records_become_one(superuser: psycopg.Connection) -> None:
    room, _, _ = taken()
    citizen = factories.citizen_with_registration()
    with as_tenant(CHUO):
        wait = join_line(actor=CLERK, wish=Wish(citizen.registrant.pk, room.pk, factories.soon(), (1,), uuid.uuid4()))
    kept, outcome = queued(
        superuser,
        "bookings_wait",
        wait.pk,
        lambda: merged(citizen.registrant),
        lambda: closed(citizen.registrant),
    )
    assert outcome == "refused"
    with as_tenant(CHUO):
        assert Wait.objects.get().registrant == kept


def test_the_first_in_line_is_served_while_the_registration_is_closed(superuser: psycopg.Connection) -> None:
    _, (first, _) = freed()
    with as_tenant(CHUO):
        wait = Wait.objects.get(registrant=first.registrant)

    def served() -> int:
        with as_tenant(CHUO):
            return serve_lines()

    assert queued(superuser, "bookings_wait", wait.pk, served, lambda: closed(first.registrant)) == [1, "refused"]
    with as_tenant(CHUO):
        assert Booking.objects.get(state="hold").registrant == first.registrant
