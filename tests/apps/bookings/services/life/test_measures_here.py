"""A measure may hold for the whole tenant or for the facility where it happened, as the facility's terms set."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import psycopg
import pytest
from django.db import IntegrityError, transaction

from apps.bookings.errors import RegistrantNotActiveError
from apps.bookings.life_errors import LimitReachedError, SuspendedHereError, UnknownProposalError
from apps.bookings.models import Booking, Measure, MeasureKind, MeasureScope, PenaltyPoint, Room
from apps.bookings.rules.penalties import PointRule, Threshold
from apps.bookings.rules.series import Pattern, Picked
from apps.bookings.services.apply import Application, apply_for_hold
from apps.bookings.services.book_series import SeriesWish, book_series
from apps.bookings.services.change import Target, change_by_citizen, change_by_staff
from apps.bookings.services.counter import book_at_counter
from apps.bookings.services.measures import lift_measure, take_measure
from apps.bookings.services.penalties import propose
from apps.bookings.services.starting import Wish
from apps.bookings.services.waits import join_line
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff", id=uuid.uuid4())
SAID = Application("meeting", 10, "例会")


class Place:
    """A room here and one elsewhere in the tenant, and somebody against whom a measure was decided here."""

    def __init__(self, kind: str = "suspend", scope: str = "facility", days: int = 30) -> None:
        self.here, self.elsewhere = factories.meeting_room(), factories.meeting_room()
        self.citizen = factories.citizen_with_registration()
        terms = factories.terms(
            self.here.facility,
            points=(PointRule("sublet", Decimal(1)),),
            thresholds=(Threshold(Decimal(1), 12, kind, days, scope),),
        )
        self.booking = factories.booking_awaiting_permit(self.citizen, self.here, slots=[3])
        with as_tenant(CHUO), transaction.atomic():
            PenaltyPoint.objects.create(
                registrant=self.citizen.registrant, booking=self.booking, event="sublet", day=clock.today(), points=1,
                given_at=clock.now(),
            )  # fmt: skip
            found = propose(self.citizen.registrant.pk, self.here.facility_id, terms)
        assert found is not None
        self.measure = found

    def decide(self, scope: MeasureScope | None = None) -> Measure:
        kind = MeasureKind(self.measure.kind)
        with as_tenant(CHUO):
            return take_measure(
                actor=STAFF, measure=self.measure.pk, kind=kind, days=self.measure.days, first=clock.today(),
                reason="又貸しのため", scope=scope,
            )  # fmt: skip

    def wish(self, room: Room, **values: object) -> Wish:
        usual = {"day": factories.soon(), "slots": (1,), "key": uuid.uuid4()}
        return Wish(self.citizen.registrant.pk, room.pk, **usual | values)  # type: ignore[arg-type]


@pytest.mark.parametrize("scope", ["facility", "tenant"])
def test_a_proposal_says_where_it_is_to_hold(scope: str) -> None:
    assert Place(scope=scope).measure.scope == scope


def test_a_registration_is_struck_off_everywhere(superuser: psycopg.Connection) -> None:
    place = Place("strike")
    assert place.measure.scope == "tenant"
    with pytest.raises(psycopg.errors.CheckViolation, match="struck_off_everywhere"):
        superuser.execute("UPDATE chuo.bookings_measure SET scope = 'facility'")


def test_a_suspension_here_holds_here_alone() -> None:
    place = Place()
    place.decide()
    with pytest.raises(SuspendedHereError):
        factories.booking_on_hold(place.citizen, place.here)
    assert factories.booking_awaiting_permit(place.citizen, place.elsewhere).state == "under_review"


def test_a_suspension_of_the_tenant_holds_everywhere() -> None:
    place = Place(scope="tenant")
    place.decide()
    for room in (place.here, place.elsewhere):
        with pytest.raises(RegistrantNotActiveError):
            factories.booking_on_hold(place.citizen, room)


def test_it_ends_by_itself() -> None:
    place = Place(days=3)
    place.decide()
    later = clock.today() + dt.timedelta(days=3)
    with pytest.raises(SuspendedHereError):
        factories.booking_on_hold(place.citizen, place.here, day=later)
    with as_tenant(CHUO):
        Measure.objects.update(first=clock.today() - dt.timedelta(days=9), last=clock.today() - dt.timedelta(days=1))
    assert factories.booking_on_hold(place.citizen, place.here).state == "hold"


def test_what_is_held_is_not_applied_for() -> None:
    place = Place()
    held = factories.booking_on_hold(place.citizen, place.here)
    place.decide()
    with as_portal(CHUO, place.citizen.account.pk), pytest.raises(SuspendedHereError):
        apply_for_hold(actor=place.citizen.actor, booking=held.pk, application=SAID)


def test_nor_is_a_booking_changed_into_it_or_waited_for() -> None:
    place = Place()
    elsewhere = factories.booking_awaiting_permit(place.citizen, place.elsewhere)
    factories.booking_awaiting_permit(room=place.here)
    place.decide()
    to = Target(place.here.pk, factories.soon(), (2,))
    with as_portal(CHUO, place.citizen.account.pk):
        with pytest.raises(SuspendedHereError):
            change_by_citizen(actor=place.citizen.actor, booking=elsewhere.pk, to=to)
        with pytest.raises(SuspendedHereError):
            join_line(actor=place.citizen.actor, wish=place.wish(place.here))
    with as_tenant(CHUO):
        with pytest.raises(SuspendedHereError):
            change_by_staff(actor=STAFF, booking=elsewhere.pk, to=to)
        changed = change_by_staff(actor=STAFF, booking=elsewhere.pk, to=to, override="市の依頼による行事のため")
    assert changed.room_id == place.here.pk


def test_the_desk_is_bound_too_unless_staff_give_a_reason() -> None:
    place = Place()
    place.decide()
    with as_tenant(CHUO):
        with pytest.raises(SuspendedHereError):
            book_at_counter(actor=STAFF, wish=place.wish(place.here), application=SAID)
        made = book_at_counter(
            actor=STAFF, wish=place.wish(place.here), application=SAID, override="市の依頼による行事のため"
        )
        assert list(made.acts.filter(act="override").values_list("reason", flat=True)) == ["市の依頼による行事のため"]


def test_a_series_is_bound_too() -> None:
    place = Place()
    place.decide()
    day = factories.soon()
    wish = SeriesWish(
        place.citizen.registrant.pk,
        [Picked(day, place.here.pk, (1,))],
        Pattern("weekly", day.isoweekday(), day, day),
        uuid.uuid4(),
    )
    with as_tenant(CHUO):
        with pytest.raises(SuspendedHereError):
            book_series(actor=STAFF, wish=wish, application=SAID)
        book_series(actor=STAFF, wish=wish, application=SAID, override="市の依頼による行事のため")
        assert Booking.objects.filter(series__isnull=False).count() == 1


def test_a_restriction_here_counts_here_alone() -> None:
    place = Place("fewer", days=0)
    place.decide()
    with pytest.raises(LimitReachedError):
        factories.booking_on_hold(place.citizen, place.here)
    factories.booking_awaiting_permit(place.citizen, place.elsewhere)


def test_a_person_decides_otherwise_and_lifts_it_again() -> None:
    place = Place(scope="tenant")
    place.decide(MeasureScope.FACILITY)
    with as_tenant(CHUO):
        lifted = lift_measure(actor=STAFF, measure=place.measure.pk, reason="事情が分かったため")
        assert lifted.state == "lifted"
        with pytest.raises(UnknownProposalError):
            lift_measure(actor=STAFF, measure=place.measure.pk, reason="二度目")
    assert factories.booking_on_hold(place.citizen, place.here).state == "hold"


def test_a_suspension_everywhere_is_lifted_at_the_registration() -> None:
    place = Place(scope="tenant")
    place.decide()
    with as_tenant(CHUO), pytest.raises(UnknownProposalError):
        lift_measure(actor=STAFF, measure=place.measure.pk, reason="事情が分かったため")


def test_the_database_lifts_none_without_a_reason() -> None:
    place = Place()
    place.decide()
    with as_tenant(CHUO), pytest.raises(IntegrityError, match="a_person_lifts_with_a_reason"):
        Measure.objects.update(state="lifted")
