"""What a merge of two records means for bookings, money, points, measures, series and lines; what parting undoes."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from apps.bookings.life_errors import LimitReachedError, SuspendedHereError
from apps.bookings.models import Booking, Measure, MeasureKind, PenaltyPoint, Room, Series, Wait
from apps.bookings.queries.merging import clashing
from apps.bookings.rules.limits import Limit
from apps.bookings.rules.penalties import PointRule, Threshold
from apps.bookings.rules.series import Pattern, Picked
from apps.bookings.rules.terms import Waiting
from apps.bookings.services.apply import Application
from apps.bookings.services.book_series import SeriesWish, book_series
from apps.bookings.services.measures import dismiss_measure, take_measure
from apps.bookings.services.penalties import Book, enter_event, propose, void_point
from apps.bookings.services.series import cancel_series
from apps.bookings.services.starting import Wish
from apps.bookings.services.waits import join_line
from apps.registrants.errors import ClosingObstructedError
from apps.registrants.models import CloseCause, Registrant
from apps.registrants.services.close import close
from apps.registrants.services.merge import merge, unmerge
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff", id=UUID(int=7))
DAY = dt.timedelta(days=1)
SUBLET = (PointRule("sublet", Decimal(1)),)


def merged(kept: Registrant, gone: Registrant) -> None:
    with as_tenant(CHUO):
        merge(actor=CLERK, kept=kept.pk, gone=gone.pk, reason="同じ人の二重登録")


def parted(gone: Registrant) -> None:
    with as_tenant(CHUO):
        unmerge(actor=CLERK, registrant=gone.pk, reason="別の人と分かったため")


def place(*thresholds: Threshold, **terms: Any) -> Room:
    """A room whose facility gives a point for a 又貸し and proposes what ``thresholds`` say."""
    room = factories.meeting_room()
    factories.terms(room.facility, points=SUBLET, thresholds=thresholds, **terms)
    return room


def sublet(who: Registrant, room: Room, slot: int) -> Booking:
    """A booking that was sublet: a point, which counts today."""
    booking = factories.counter_booking(who, room, slots=(slot,))
    with as_tenant(CHUO), transaction.atomic():
        PenaltyPoint.objects.create(
            registrant=who, booking=booking, event="sublet", day=clock.today(), points=1, given_at=clock.now()
        )
        propose(who.pk, room.facility_id, Book().on(room.facility_id, clock.today()))
    return booking


def measures() -> list[tuple[UUID, str, str, Decimal]]:
    with as_tenant(CHUO):
        return sorted(Measure.objects.values_list("registrant", "kind", "state", "points"))


def of(model: Any, pk: Any) -> UUID:
    with as_tenant(CHUO):
        return UUID(str(model.objects.values_list("registrant", flat=True).get(pk=pk)))


def test_points_of_both_are_counted_together_and_apart_again() -> None:
    room = place(Threshold(Decimal(2), 12, "fewer", 30))
    kept, gone = factories.individual(), factories.individual()
    sublet(kept, room, 1)
    sublet(gone, room, 2)
    assert measures() == []
    merged(kept, gone)
    assert measures() == [(kept.pk, "fewer", "proposed", Decimal(2))]
    parted(gone)
    assert measures() == []
    with as_tenant(CHUO):
        assert set(PenaltyPoint.objects.values_list("registrant", "points")) == {
            (kept.pk, Decimal(1)),
            (gone.pk, Decimal(1)),
        }


def test_two_proposals_at_one_facility_become_one_and_two_again() -> None:
    room = place(Threshold(Decimal(1), 12, "warn"), Threshold(Decimal(2), 12, "fewer", 30))
    kept, gone = factories.individual(), factories.individual()
    sublet(kept, room, 1)
    sublet(gone, room, 2)
    before = measures()
    assert [one[1:] for one in before] == [("warn", "proposed", Decimal(1))] * 2
    merged(kept, gone)
    assert measures() == [(kept.pk, "fewer", "proposed", Decimal(2))]
    parted(gone)
    assert measures() == before


def test_points_that_were_decided_on_alone_are_looked_at_again_together() -> None:
    room = place(Threshold(Decimal(1), 12, "warn"), Threshold(Decimal(2), 12, "fewer", 30))
    kept, gone = factories.individual(), factories.individual()
    for who, slot in ((kept, 1), (gone, 2)):
        sublet(who, room, slot)
        with as_tenant(CHUO):
            found = Measure.objects.get(state="proposed")
            dismiss_measure(actor=CLERK, measure=found.pk, reason="初めてのため")
    merged(kept, gone)
    assert [one for one in measures() if one[2] == "proposed"] == [(kept.pk, "fewer", "proposed", Decimal(2))]
    parted(gone)
    assert [one for one in measures() if one[2] == "proposed"] == []


def test_a_measure_in_force_goes_on_at_the_record_that_is_kept() -> None:
    room = place(Threshold(Decimal(1), 12, "suspend", 30, "facility"))
    kept, gone = factories.individual(), factories.individual()
    sublet(gone, room, 1)
    with as_tenant(CHUO):
        found = Measure.objects.get()
        take_measure(
            actor=CLERK, measure=found.pk, kind=MeasureKind.SUSPEND, days=30, first=clock.today(), reason="又貸し"
        )
    merged(kept, gone)
    with pytest.raises(SuspendedHereError):
        factories.counter_booking(kept, room, slots=(2,))
    parted(gone)
    assert of(Measure, found.pk) == gone.pk
    factories.counter_booking(kept, room, slots=(2,))


def test_what_was_decided_after_the_merge_stays_with_the_record_that_was_kept() -> None:
    room = place(Threshold(Decimal(1), 12, "warn"))
    kept, gone = factories.individual(), factories.individual()
    sublet(gone, room, 1)
    merged(kept, gone)
    with as_tenant(CHUO):
        found = Measure.objects.get()
        take_measure(actor=CLERK, measure=found.pk, kind=MeasureKind.WARN, days=0, first=clock.today(), reason="又貸し")
    parted(gone)
    assert of(Measure, found.pk) == kept.pk


def test_points_given_after_the_merge_go_back_with_their_booking() -> None:
    room = place(Threshold(Decimal(9), 12, "warn"))
    kept, gone = factories.individual(), factories.individual()
    booking = factories.counter_booking(gone, room, slots=(1,))
    merged(kept, gone)
    with as_tenant(CHUO):
        enter_event(actor=CLERK, booking=booking.pk, event="sublet", note="別の団体が使用していた")
        point = PenaltyPoint.objects.get()
        assert point.registrant_id == kept.pk
    parted(gone)
    assert (of(Booking, booking.pk), of(PenaltyPoint, point.pk)) == (gone.pk, gone.pk)
    with as_tenant(CHUO):
        void_point(actor=CLERK, point=point.pk, reason="誤り")


def test_places_in_a_line_move_but_nobody_stands_twice() -> None:
    room = place(waiting=Waiting(places=9))
    kept, gone = factories.individual(), factories.individual()
    holder = factories.individual()
    for slot in (1, 2):
        factories.counter_booking(holder, room, slots=(slot,))
    waits = {}
    for who, slot in ((kept, 1), (gone, 1), (gone, 2)):
        wish = Wish(who.pk, room.pk, factories.soon(), (slot,), uuid.uuid4())
        with as_tenant(CHUO):
            waits[who.pk, slot] = join_line(actor=CLERK, wish=wish).pk
    merged(kept, gone)
    assert [of(Wait, pk) for pk in waits.values()] == [kept.pk, gone.pk, kept.pk]
    parted(gone)
    assert [of(Wait, pk) for pk in waits.values()] == [kept.pk, gone.pk, gone.pk]


def test_a_series_moves_whole_and_is_cancelled_by_who_was_kept() -> None:
    room = place()
    kept, gone = factories.individual(), factories.individual()
    days = [factories.soon() + dt.timedelta(weeks=number) for number in range(3)]
    pattern = Pattern("weekly", days[0].isoweekday(), days[0], days[-1])
    wish = SeriesWish(gone.pk, [Picked(day, room.pk, (1,)) for day in days], pattern, uuid.uuid4())
    with as_tenant(CHUO):
        series = book_series(actor=CLERK, wish=wish, application=Application("meeting", 10, "例会"))
    merged(kept, gone)
    assert of(Series, series.pk) == kept.pk
    with as_tenant(CHUO):
        last = Booking.objects.filter(registrant=kept.pk).order_by("day").last()
        assert last is not None
        cancel_series(actor=CLERK, series=series.pk, bookings=[last.pk], reason="活動をやめるため", cause="own")
    parted(gone)
    assert of(Series, series.pk) == gone.pk
    with as_tenant(CHUO):
        assert set(Booking.objects.values_list("registrant", flat=True)) == {gone.pk}


def test_what_is_owed_is_owed_by_who_was_kept() -> None:
    room = place()
    fee_tables(room)
    kept, gone = factories.individual(), factories.individual()
    booking = factories.counter_booking(gone, room, slots=(1,))
    merged(kept, gone)
    with pytest.raises(ClosingObstructedError) as caught, as_tenant(CHUO):
        close(actor=CLERK, registrant=kept.pk, cause=CloseCause.DIED, reason="届出", effective_on=clock.today())
    assert {one.target for one in caught.value.obstacles} == {booking.pk}


def test_limits_count_the_bookings_of_both() -> None:
    room = place(limits=(Limit("facility", "month", 2),))
    kept, gone = factories.individual(), factories.individual()
    day = factories.soon().replace(day=1) + dt.timedelta(days=32)
    for who, slot in ((kept, 1), (gone, 2)):
        factories.counter_booking(who, room, slots=(slot,), day=day)
    merged(kept, gone)
    with pytest.raises(LimitReachedError):
        factories.counter_booking(kept, room, slots=(3,), day=day)
    parted(gone)
    factories.counter_booking(kept, room, slots=(3,), day=day)


def test_bookings_at_one_time_are_told_before_and_stay_after() -> None:
    kept, gone = factories.individual(), factories.individual()
    at_once = [factories.counter_booking(who, factories.meeting_room(), slots=(1,)) for who in (kept, gone)]
    factories.counter_booking(gone, factories.meeting_room(), slots=(2,))
    with as_tenant(CHUO):
        assert {one.target for one in clashing(kept.pk, gone.pk)} == {one.pk for one in at_once}
    merged(kept, gone)
    with as_tenant(CHUO):
        assert Booking.objects.filter(registrant=kept.pk).count() == 3
        assert clashing(kept.pk, gone.pk) == []
