"""What stands in a tenant of the demonstration once it is filled: filled once, and only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from apps.bookings.models import Booking, BookingAct, BookingState, Channel, Document, Occupation, OccupationKind
from apps.bookings.rules.states import STANDING
from apps.compliance.queries.roster import own_submissions
from apps.compliance.rules.roster import Standing
from apps.registrants.models import CardKind
from kernel import clock
from shared.catalogue.models import CatalogueFacility
from shared.outbox.models import Message, MessageState
from shared.staff.models import Role
from tests import factories
from tests.config.demo_city.days import NOON
from tests.config.demo_city.test_fill import WELFARE, filled, handed_over
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO


@pytest.fixture(scope="module", autouse=True)
def _filled(database_of_module: None) -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        factories.clerk(roles=[Role.FACILITY_MANAGER])
        filled()
        yield


def test_it_brings_bookings_of_past_and_future_in_their_states() -> None:
    with as_tenant(CHUO):
        past = Booking.objects.filter(day__lt=clock.today())
        ahead = Booking.objects.filter(day__gt=clock.today())
        assert past.filter(state__in=STANDING).count() > 5
        assert set(ahead.values_list("state", flat=True)) >= {BookingState.PERMITTED, BookingState.HOLD}
        assert set(Booking.objects.values_list("channel", flat=True)) == set(Channel)


def test_it_does_everything_at_its_time() -> None:
    with as_tenant(CHUO):
        for booking in Booking.objects.exclude(applied_at=None):
            assert booking.applied_at is not None
            assert booking.created_at <= booking.applied_at < booking.during.lower
            assert booking.applied_at <= clock.now()
        numbers = list(Document.objects.order_by("issued_on", "serial").values_list("fiscal_year", "serial"))
        assert numbers == sorted(numbers)


def test_citizens_apply_as_themselves_and_only_for_themselves() -> None:
    with as_tenant(CHUO):
        applied = BookingAct.objects.filter(act="apply", actor_kind="citizen").select_related("booking__registrant")
        assert applied
        assert all(act.actor_id == act.booking.registrant.portal_account for act in applied)


def test_some_groups_have_cards_and_some_of_these_still_wait_to_be_handed_over() -> None:
    with as_tenant(CHUO):
        assert handed_over(CardKind.GROUP) == {True, False}


def test_blocks_keep_rooms_from_being_offered() -> None:
    with as_tenant(CHUO):
        kinds = set(Occupation.objects.values_list("kind", flat=True))
    assert {OccupationKind.CITY_USE, OccupationKind.MAINTENANCE} <= kinds


def test_no_mail_of_the_past_waits_for_a_worker() -> None:
    with as_tenant(CHUO):
        assert Message.objects.filter(state=MessageState.SENT).exists()
        assert not Message.objects.filter(state=MessageState.PENDING).exists()


def test_only_the_facilities_with_rooms_can_be_booked() -> None:
    with as_city():
        complex_ = CatalogueFacility.objects.filter(building="総合福祉センター")
        assert {one.name for one in complex_ if one.tenant} == {one.name for one in WELFARE.facilities}
        assert complex_.count() == 4


def test_the_managers_roster_stands_in_each_of_its_states() -> None:
    with as_tenant(CHUO):
        standings = {one.standing for one in own_submissions()}
    assert standings == set(Standing) - {Standing.RECEIVED, Standing.NOTED}
