"""Uses of before in what came after them: reports, closed months, disposals, and every job that the scheduler sends."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from typing import Any

import psycopg
import pytest
from django.db import connections

from apps.bookings.models import MonthDeed, PastBooking, Room
from apps.bookings.queries.reports import month_reports, uses_between
from apps.bookings.queries.usage import usage_of_month
from apps.bookings.rules.reports import Money, pivot
from apps.bookings.services.settle_past import settle_past
from apps.registrants.models import Registrant
from apps.registrants.services.merge import merge
from config.celery import app
from config.timetable import timetable
from kernel import clock
from shared.intake.models import Job
from shared.intake.queries import open_rows
from shared.intake.services.work_off import read_again
from shared.outbox.models import Message
from tests import factories
from tests.apps.compliance import disposing
from tests.shared.intake.files import CLERK, CLUB, TARO, checked, csv_of, rejected, taken_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO
from tests.support.waiting import joined

pytestmark = pytest.mark.usefixtures("database")
HEADER = "予約番号,利用者番号,利用日,室場,開始時刻,終了時刻,利用区分,利用目的,人数,使用料,入金額,状態"
USE = 'R-1,2001,H30.5.10,会議室,9:00,12:00,午前,体操,12人,"1,200円",0,許可'
HOURLESS = "R-2,1001,2018/05/11,会議室,,,,会議,5,600,600,利用済"
CANCELLED = "R-3,,平成30年5月12日,会議室,9:00,12:00,午前,,3,,,取消"
MAY = dt.date(2018, 5, 1)
SCHEDULED = sorted(
    {str(one["kwargs"].get("task_name", one["task"])) for one in timetable(demo=False).values()}
    | {"payments.work", "bookings.make_prints", "registrants.make_card_prints", "intake.work"}
)


def taken(*lines: str, header: str = HEADER, **told: Any) -> Job:
    return taken_in(csv_of(*lines, header=header), kind="uses", name="予約.csv", **told)


def uses() -> list[PastBooking]:
    with as_tenant(CHUO):
        return list(PastBooking.objects.order_by("source_key"))


@pytest.fixture
def room() -> Room:
    found = factories.meeting_room()
    with as_tenant(CHUO):
        found.timetables.update(valid_from=dt.date(2018, 1, 1))
    taken_in(csv_of(TARO, CLUB))
    return found


def close(room: Room, month: dt.date = MAY, *, number: int = 1, deed: str = "close") -> None:
    with as_tenant(CHUO):
        [report] = month_reports(CHUO, [month])[month]
        told: dict[str, Any] = {"figures": report.as_kept()} if deed == "close" else {"reason": "訂正のため"}
        values = {"number": number, "deed": deed, "at": clock.now(), **told}
        MonthDeed.objects.create(facility_id=room.facility_id, month=month, **values)


def test_they_count_in_the_facilitys_month_with_people_and_money_as_in_the_citys(room: Room) -> None:
    taken(USE, HOURLESS, CANCELLED)
    with as_tenant(CHUO):
        [report] = month_reports(CHUO, [MAY])[MAY]
    with as_city():
        [of_city] = usage_of_month(MAY)
    figures = report.usage.figures
    assert (figures.used_slots, figures.headcount, figures.people, figures.came) == (1, 17, 17, 2)
    assert dict(figures.states) == {"permitted": 2, "cancelled": 1}
    assert report.money == Money(fee=1800)
    assert of_city.figures == figures


def test_they_count_in_the_pivot(room: Room) -> None:
    taken(USE, HOURLESS, CANCELLED)
    with as_tenant(CHUO):
        found = uses_between(MAY, dt.date(2018, 5, 31))
    assert pivot(found, down="kind", across="purpose", measure="people").cells == {
        ("group", "体操"): 12,
        ("individual", "会議"): 5,
    }
    assert pivot(found, down="slot", across="channel", measure="fee").cells == {("午前", "before"): 1200}
    assert pivot(found, down="room", across="month", measure="uses").total == 2


def test_nothing_comes_into_a_month_that_was_closed_until_it_is_opened_again(room: Room) -> None:
    close(room)
    job = taken(USE, HOURLESS.replace("2018/05/11", "2018/06/11"))
    assert [one["code"] for one in rejected(job)[0].problems] == ["row_month_closed"]
    assert [use.number for use in uses()] == ["R-2"]
    close(room, number=2, deed="reopen")
    with as_tenant(CHUO):
        assert read_again(actor=CLERK, rows=open_rows().filter(job=job)) == (1, 0)
    assert [use.number for use in uses()] == ["R-1", "R-2"]


def test_a_check_says_so_beforehand_and_what_was_there_before_the_closing_stays(room: Room) -> None:
    taken(USE)
    close(room)
    job = checked(csv_of(USE, HOURLESS, header=HEADER), kind="uses")
    assert (job.counts["unchanged"], job.counts["refused"]) == (1, 1)
    assert taken(USE.replace("12人", "13人")).counts["refused"] == 1
    assert uses()[0].headcount == 12


def test_a_room_that_is_let_no_more_is_in_no_report_and_not_kept_out(room: Room) -> None:
    close(room)
    assert taken(USE.replace("会議室", "旧室"), values={"room": {"旧室": "-"}}).counts["new"] == 1


ANOTHER = (
    "INSERT INTO chuo.bookings_pastbooking (id, source_key, number, room_id, room_name, day, slot_label, purpose_name,"
    " event_name, state, headcount) SELECT gen_random_uuid(), 'x:1', '1', id, '', '2018-05-20', '', '', '',"
    " 'permitted', 7 FROM chuo.bookings_room LIMIT 1"
)


@pytest.mark.parametrize(
    "statement",
    [
        ANOTHER,
        "UPDATE chuo.bookings_pastbooking SET headcount = 99",
        "UPDATE chuo.bookings_pastbooking SET fee = 1",
        "UPDATE chuo.bookings_pastbooking SET state = 'cancelled'",
        "UPDATE chuo.bookings_pastbooking SET day = '2018-06-01', starts_at = NULL, ends_at = NULL",
        "UPDATE chuo.bookings_pastbooking SET room_id = NULL",
    ],
)
def test_the_database_itself_keeps_figures_of_a_closed_month(
    room: Room, superuser: psycopg.Connection, statement: str
) -> None:
    taken(USE)
    close(room)
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        superuser.execute(statement)
    assert refused.value.diag.constraint_name == "nothing_is_entered_into_a_closed_month"


def test_whose_a_use_was_and_that_it_was_paid_may_be_noted_after_the_closing(room: Room) -> None:
    taken(USE)
    close(room)
    other = factories.group()
    with as_tenant(CHUO):
        settle_past(actor=CLERK, use=uses()[0].pk)
        club = Registrant.objects.get(source_key="旧システム:2001")
        merge(actor=CLERK, kept=other.pk, gone=club.pk, reason="同じ団体のため")
    assert (uses()[0].settled_on, uses()[0].registrant_id) == (clock.today(), other.pk)


@pytest.mark.race
def test_a_closing_and_an_import_at_once_take_turns(room: Room, superuser: psycopg.Connection) -> None:
    """While a use of May is written and not yet there for others, May cannot be closed without it."""
    done: list[str] = []

    def closes() -> None:
        try:
            close(room)
            done.append("closed")
        finally:
            connections.close_all()

    superuser.autocommit = False
    superuser.execute(ANOTHER)
    thread = threading.Thread(target=closes, daemon=True)
    thread.start()
    thread.join(0.5)
    assert done == []
    superuser.commit()
    superuser.autocommit = True
    joined(thread)
    assert done == ["closed"]


def test_what_was_anonymised_is_not_counted_twice_when_the_file_comes_again(room: Room, freeze: Freeze) -> None:
    freeze(disposing.NOW)
    taken(USE, HOURLESS)
    assert disposing.disposed("past_bookings").done == 1  # the other one is held: it was never paid
    job = taken(USE, HOURLESS)
    assert (job.counts["kept"], job.counts["unchanged"], job.counts["new"], len(uses())) == (1, 1, 0, 2)
    assert [one["code"] for one in job.warnings] == ["row_no_hours", "row_forgotten"]


def test_a_file_with_fewer_columns_empties_nothing(room: Room) -> None:
    taken(USE)
    job = taken("R-1,2001,H30.5.10,会議室,9:00,12:00", header="予約番号,利用者番号,利用日,室場,開始時刻,終了時刻")
    assert job.counts["unchanged"] == 1
    job = taken(
        "R-1,2001,H30.5.10,会議室,9:00,12:00,済", header="予約番号,利用者番号,利用日,室場,開始時刻,終了時刻,収納状況"
    )
    [use] = uses()
    assert (use.headcount, use.fee, use.purpose_name) == (12, 1200, "体操")


def test_a_fixed_room_is_kept_by_its_name(room: Room) -> None:
    job = taken("R-1,2001,H30.5.10", header="予約番号,利用者番号,利用日", constants={"room": str(room.pk)})
    [use] = uses()
    assert (job.counts["new"], use.room_id, use.room_name) == (1, room.pk, "会議室")


def test_two_facilities_rooms_of_one_name_are_told_apart(room: Room) -> None:
    other = factories.meeting_room(at=factories.facility(), name="和室")
    header = "予約番号,利用者番号,利用日,施設,室場"
    lines = ["R-1,2001,H30.5.10,甲館,和室", "R-2,2001,H30.5.10,乙館,和室"]
    job = checked(csv_of(*lines, header=header), kind="uses")
    assert job.texts == {"room": {"甲館和室": 1, "乙館和室": 1}}
    taken(*lines, header=header, values={"room": {"甲館和室": str(room.pk), "乙館和室": str(other.pk)}})
    assert [use.room_id for use in uses()] == [room.pk, other.pk]


def state_of_history(superuser: psycopg.Connection) -> Sequence[object]:
    return superuser.execute("SELECT to_jsonb(p) FROM chuo.bookings_pastbooking p ORDER BY source_key").fetchall()


@pytest.mark.parametrize("now", ["2018-05-12 09:00", "2026-11-27 09:00"])
def test_no_scheduled_job_reminds_of_lapses_or_touches_a_use_of_before(
    room: Room, superuser: psycopg.Connection, freeze: Freeze, now: str
) -> None:
    taken(USE, HOURLESS, CANCELLED)
    before = state_of_history(superuser)
    freeze(now)
    app.loader.import_default_modules()
    ran = [name for name in SCHEDULED if ran_for_chuo(name)]
    assert {"bookings.keep_states", "bookings.remind", "registrants.keep_states", "payments.work"} <= set(ran)
    assert state_of_history(superuser) == before
    with as_tenant(CHUO):
        assert not Message.objects.exists()
        assert not Registrant.objects.filter(forgotten_on__isnull=False).exists()


def ran_for_chuo(name: str) -> bool:
    """Run the task for one tenant; whether it is one of a tenant's."""
    task = app.tasks[name]
    if "schema" not in task.run.__code__.co_varnames[: task.run.__code__.co_argcount]:
        return False
    task(schema=CHUO)
    return True
