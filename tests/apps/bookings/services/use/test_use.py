"""Entering who came, closing a month: whole or not at all, and nothing is entered into what was sent."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import IntegrityError, connections

from apps.bookings.models import Booking, DayCount, MonthDeed, Occupation, Room, UseRecord
from apps.bookings.queries.day_use import day_of_use, days_missing
from apps.bookings.queries.reports import month_reports
from apps.bookings.services.use.counters import set_counters
from apps.bookings.services.use.enter import UseEntry, count_day, enter_uses
from apps.bookings.services.use.months import close_month, reopen_month
from kernel.errors import DomainError
from shared.actor import Actor
from tests import factories
from tests.support.fixtures import Freeze
from tests.support.raw import raw
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO
from tests.support.waiting import Gate

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff")
DAY = dt.date(2026, 4, 10)
APRIL = DAY.replace(day=1)


@pytest.fixture
def used(freeze: Freeze) -> Booking:
    """A permitted booking whose day is over, in a month that is over."""
    return used_booking(freeze, factories.meeting_room())


def used_booking(freeze: Freeze, room: Room, day: dt.date = DAY, slot: int = factories.MORNING) -> Booking:
    freeze("2026-04-01 09:00")
    booking = factories.permitted_booking(room=room, day=day, slots=[slot])
    freeze("2026-05-02 09:00")
    return booking


def entered(booking: Booking, outcome: str = "came", people: int | None = 8, seen: int = 0) -> int:
    counts = {"all": people}
    return enter_uses(actor=CLERK, day=booking.day, entries=[UseEntry(booking.pk, outcome, counts, seen)])


def test_an_entry_is_kept_and_the_same_again_changes_nothing(used: Booking) -> None:
    with as_tenant(CHUO):
        assert entered(used) == 1
        assert entered(used, seen=1) == 0
        assert entered(used, people=9, seen=1) == 1
        kept = UseRecord.objects.get()
    assert (kept.outcome, kept.headcount, kept.counts, kept.version) == ("came", 9, {"all": 9}, 2)


def test_a_page_made_before_another_entry_is_stale_and_writes_nothing(used: Booking) -> None:
    with as_tenant(CHUO):
        entered(used)
        with pytest.raises(DomainError) as refused:
            entered(used, people=3)
        assert refused.value.code == "stale_page"
        assert UseRecord.objects.get().headcount == 8


def test_one_wrong_entry_of_the_page_stops_them_all(used: Booking, freeze: Freeze) -> None:
    other = used_booking(freeze, used.room, slot=factories.AFTERNOON)
    entries = [UseEntry(used.pk, "came", {"all": 5}), UseEntry(other.pk, "absent", {"all": 5})]
    with as_tenant(CHUO):
        with pytest.raises(DomainError):
            enter_uses(actor=CLERK, day=DAY, entries=entries)
        assert not UseRecord.objects.exists()


def test_a_day_costs_the_same_statements_whatever_is_entered(freeze: Freeze) -> None:
    room = factories.meeting_room()
    slots = (factories.MORNING, factories.AFTERNOON, factories.EVENING)
    some = [used_booking(freeze, room, slot=slot) for slot in slots]
    more = [used_booking(freeze, room, DAY + dt.timedelta(days=1))]
    with as_tenant(CHUO):
        assert Booking.objects.exists()  # the scope is entered with the first statement
        with count_statements() as one:
            entered(more[0])
        with count_statements() as three:
            enter_uses(actor=CLERK, day=DAY, entries=[UseEntry(b.pk, "came", {"all": 5}) for b in some])
    assert three.count == one.count <= 12, three


def test_what_is_not_permitted_or_of_another_day_is_not_entered(used: Booking, freeze: Freeze) -> None:
    freeze("2026-04-01 09:00")
    waiting = factories.booking_awaiting_permit(room=used.room, day=DAY, slots=[factories.EVENING])
    freeze("2026-05-02 09:00")
    with as_tenant(CHUO):
        with pytest.raises(DomainError) as refused:
            entered(waiting)
        assert refused.value.code == "wrong_state"
        with pytest.raises(DomainError) as unknown:
            enter_uses(actor=CLERK, day=DAY + dt.timedelta(days=1), entries=[UseEntry(used.pk, "came", {"all": 5})])
        assert unknown.value.code == "unknown_booking"


def test_new_categories_part_the_people_from_their_day_on(used: Booking, freeze: Freeze) -> None:
    freeze("2026-04-05 09:00")
    with as_tenant(CHUO):
        names = [("60歳以上", "60 and over"), ("その他", "Others")]
        set_counters(actor=CLERK, facility=used.room.facility_id, valid_from=dt.date(2026, 4, 6), names=names)
    freeze("2026-05-02 09:00")
    with as_tenant(CHUO):
        [before] = day_of_use(dt.date(2026, 4, 5))
        [after] = day_of_use(DAY)
        assert [one.code for one in before.categories] == ["all"]
        assert [one.code for one in after.categories] == ["c1", "c2"]
        enter_uses(actor=CLERK, day=DAY, entries=[UseEntry(used.pk, "came", {"c1": 5, "c2": 2})])
        [report] = month_reports(CHUO, [APRIL])[APRIL]
    assert (report.usage.figures.people, dict(report.usage.figures.counts)) == (7, {"c1": 5, "c2": 2})


def test_individuals_of_a_day_are_counted_beside_the_bookings(used: Booking) -> None:
    with as_tenant(CHUO):
        count_day(actor=CLERK, facility=used.room.facility_id, day=DAY, counts={"all": 31})
        [report] = month_reports(CHUO, [APRIL])[APRIL]
        assert DayCount.objects.get().headcount == report.individuals.people == 31


def test_a_month_with_a_use_that_nobody_entered_is_not_closed(used: Booking) -> None:
    with as_tenant(CHUO):
        assert days_missing(APRIL, dt.date(2026, 5, 1)) == {DAY: 1}
        with pytest.raises(DomainError) as refused:
            close_month(actor=CLERK, facility=used.room.facility_id, month=APRIL)
    assert refused.value.code == "use_missing"


def test_a_month_is_closed_when_it_is_over(used: Booking, freeze: Freeze) -> None:
    freeze("2026-04-30 23:59")
    with as_tenant(CHUO):
        entered(used)
        with pytest.raises(DomainError) as refused:
            close_month(actor=CLERK, facility=used.room.facility_id, month=APRIL)
    assert refused.value.code == "month_not_over"


def test_a_closed_month_stays_as_it_was_sent_until_it_is_opened_with_a_reason(used: Booking) -> None:
    place = used.room.facility_id
    with as_tenant(CHUO):
        entered(used)
        close_month(actor=CLERK, facility=place, month=APRIL)
        with pytest.raises(DomainError) as closed:
            entered(used, people=9, seen=1)
        with pytest.raises(DomainError):
            reopen_month(actor=CLERK, facility=place, month=APRIL, reason="　", seen_number=1)
        reopen_month(actor=CLERK, facility=place, month=APRIL, reason="人数の転記誤り", seen_number=1)
        entered(used, people=9, seen=1)
        close_month(actor=CLERK, facility=place, month=APRIL, seen_number=2)
        first, _opened, second = MonthDeed.objects.order_by("number")
    assert closed.value.code == "month_closed"
    assert (first.figures["facility"]["people"], second.figures["facility"]["people"]) == (8, 9)


def test_sent_figures_survive_whatever_becomes_of_the_booking(used: Booking) -> None:
    with as_tenant(CHUO):
        entered(used)
        close_month(actor=CLERK, facility=used.room.facility_id, month=APRIL)
        before = month_reports(CHUO, [APRIL])[APRIL][0].usage.figures
        Occupation.objects.filter(booking=used.pk).delete()
        Booking.objects.filter(pk=used.pk).update(state="cancelled")
        after = month_reports(CHUO, [APRIL])[APRIL][0].usage.figures
    assert before == after


def test_a_year_costs_as_many_statements_as_a_month(used: Booking) -> None:
    with as_tenant(CHUO):
        assert Booking.objects.exists()  # the scope is entered with the first statement
        with count_statements() as one:
            month_reports(CHUO, [APRIL])
        with count_statements() as many:
            month_reports(CHUO, [dt.date(2026, month, 1) for month in range(1, 13)])
    assert many.count == one.count <= 12, many


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE bookings_userecord SET headcount = 99, counts = '{}'",
        (
            "INSERT INTO bookings_daycount (facility_id, day, counts, headcount, entered_at, version)"
            " SELECT facility_id, '2026-04-12', '{}', 5, now(), 1 FROM bookings_monthdeed"
        ),
        "UPDATE bookings_daycount SET headcount = 99",
        (
            "INSERT INTO bookings_monthdeed (facility_id, month, number, deed, reason, figures, at)"
            " SELECT facility_id, month, 2, 'close', '', '{}', now() FROM bookings_monthdeed"
        ),
        (
            "INSERT INTO bookings_monthdeed (facility_id, month, number, deed, reason, figures, at)"
            " SELECT facility_id, month, 3, 'reopen', 'x', '{}', now() FROM bookings_monthdeed"
        ),
        (
            "INSERT INTO bookings_monthdeed (facility_id, month, number, deed, reason, figures, at)"
            " SELECT facility_id, month, 2, 'reopen', '', '{}', now() FROM bookings_monthdeed"
        ),
        "UPDATE bookings_monthdeed SET figures = '{}'",
        "DELETE FROM bookings_monthdeed",
        "DELETE FROM bookings_userecord",
    ],
)
def test_the_database_lets_nothing_into_a_month_that_was_sent(used: Booking, attempt: str) -> None:
    with as_tenant(CHUO):
        entered(used)
        count_day(actor=CLERK, facility=used.room.facility_id, day=DAY, counts={"all": 31})
        close_month(actor=CLERK, facility=used.room.facility_id, month=APRIL)
    with raw(f"tenant_{CHUO}", schema=CHUO) as connection, pytest.raises(psycopg.Error):
        connection.execute(attempt)


def test_a_use_is_on_the_day_of_its_booking(used: Booking) -> None:
    with (
        raw(f"tenant_{CHUO}", schema=CHUO) as connection,
        pytest.raises(psycopg.errors.CheckViolation, match="a use is on its day"),
    ):
        connection.execute(
            "INSERT INTO bookings_userecord (booking_id, day, outcome, headcount, counts, entered_at, version)"
            " VALUES (%s, '2026-03-31', 'came', 5, '{}', now(), 1)",
            [used.pk],
        )


@pytest.mark.race
def test_an_entry_beside_a_closing_is_in_its_figures_or_refused(freeze: Freeze) -> None:
    rooms = [factories.meeting_room() for _ in range(6)]
    bookings = [used_booking(freeze, room) for room in rooms]
    with as_tenant(CHUO):
        for one in bookings:
            entered(one)
    outcomes: list[bool] = []

    def enter(booking: Booking, start: Gate) -> bool:
        start.wait()
        try:
            with as_tenant(CHUO):
                entered(booking, people=20, seen=1)
        except (DomainError, IntegrityError):
            return False
        finally:
            connections.close_all()
        return True

    def close(booking: Booking, start: Gate) -> bool:
        start.wait()
        try:
            with as_tenant(CHUO):
                close_month(actor=CLERK, facility=booking.room.facility_id, month=APRIL)
        finally:
            connections.close_all()
        return True

    for booking in bookings:
        start = Gate(2)
        with ThreadPoolExecutor(2) as threads:
            entering, closing = threads.submit(enter, booking, start), threads.submit(close, booking, start)
            assert closing.result()
            outcomes.append(entering.result())
    with as_tenant(CHUO):
        sent = {deed.facility_id: deed.figures["facility"]["people"] for deed in MonthDeed.objects.all()}
        kept = {one.booking_id: one.headcount for one in UseRecord.objects.all()}
    for booking, written in zip(bookings, outcomes, strict=True):
        assert kept[booking.pk] == (20 if written else 8)
        assert sent[booking.room.facility_id] == kept[booking.pk]
