"""Past uses from another system."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.bookings.models import Occupation, PastBooking, Room
from apps.bookings.queries.past import unpaid_obstacles, unpaid_of
from apps.bookings.queries.usage import usage_of_month
from apps.bookings.services.settle_past import settle_past
from apps.registrants.models import Registrant
from shared.intake.models import Job
from tests import factories
from tests.shared.intake.files import CLERK, CLUB, TARO, checked, csv_of, rejected, taken_in
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
HEADER = "予約番号,利用者番号,利用日,室場,開始時刻,終了時刻,人数,使用料,入金額,状態"
USE = 'R-1,2001,H30.5.10,会議室,9:00,12:00,12人,"1,200円",0,許可'
WHOLE_DAY = "R-2,2001,2018/05/11,会議室,09:00:00,21時00分,５,600,600,利用済"
CANCELLED = "R-3,1001,平成30年5月12日,会議室,9:00,12:00,3,,,取消"


def taken(*lines: str, header: str = HEADER, values: dict[str, dict[str, str]] | None = None) -> Job:
    return taken_in(csv_of(*lines, header=header), kind="uses", name="予約.csv", values=values)


def uses() -> list[PastBooking]:
    with as_tenant(CHUO):
        return list(PastBooking.objects.order_by("source_key"))


@pytest.fixture
def room() -> Room:
    found = factories.meeting_room()
    taken_in(csv_of(TARO, CLUB))
    return found


def test_uses_become_history_of_the_registrant_and_occupy_nothing(room: Room) -> None:
    job = taken(USE, WHOLE_DAY, CANCELLED)
    first, second, third = uses()
    assert (job.counts["new"], job.counts["refused"]) == (3, 0)
    assert (first.room_id, first.day, first.headcount, first.fee, first.paid) == (
        room.pk,
        dt.date(2018, 5, 10),
        12,
        1200,
        0,
    )
    assert first.starts_at == dt.datetime(2018, 5, 10, 0, tzinfo=dt.UTC)
    assert (second.headcount, third.state) == (5, "cancelled")
    with as_tenant(CHUO):
        assert first.registrant_id == Registrant.objects.get(source_key="旧システム:2001").pk
        assert Occupation.objects.count() == 0


def test_the_same_file_again_changes_nothing(room: Room) -> None:
    taken(USE, WHOLE_DAY, CANCELLED)
    job = taken(USE, WHOLE_DAY, CANCELLED)
    assert (job.counts["new"], job.counts["changed"], job.counts["unchanged"]) == (0, 0, 3)


def test_a_later_file_brings_what_changed(room: Room) -> None:
    taken(USE)
    job = taken(USE.replace("12人", "15人"))
    assert (job.counts["changed"], uses()[0].headcount) == (1, 15)


def test_past_uses_count_in_the_citys_figures(room: Room) -> None:
    with as_tenant(CHUO):
        room.timetables.update(valid_from=dt.date(2018, 1, 1))
    taken(USE, WHOLE_DAY, CANCELLED)
    with as_city():
        [found] = usage_of_month(dt.date(2018, 5, 1))
    figures = found.figures
    assert (figures.used_slots, figures.used_days, figures.headcount) == (4, 2, 17)
    assert dict(figures.states) == {"permitted": 2, "cancelled": 1}


def test_a_use_whose_hours_are_not_known_counts_with_its_people_alone(room: Room) -> None:
    with as_tenant(CHUO):
        room.timetables.update(valid_from=dt.date(2018, 1, 1))
    job = taken("R-1,2001,H30.5.10,会議室,,,12,,,許可")
    with as_city():
        [found] = usage_of_month(dt.date(2018, 5, 1))
    assert [one["code"] for one in job.warnings] == ["row_no_hours"]
    assert (found.figures.used_slots, found.figures.headcount, found.figures.states["permitted"]) == (0, 12, 1)


def test_slots_of_other_names_have_the_hours_of_the_rooms_timetable(room: Room) -> None:
    taken("R-1,2001,H30.5.10,会議室,午前・午後", header="予約番号,利用者番号,利用日,室場,利用区分")
    [use] = uses()
    assert (use.starts_at, use.ends_at) == (
        dt.datetime(2018, 5, 10, 0, tzinfo=dt.UTC),
        dt.datetime(2018, 5, 10, 8, tzinfo=dt.UTC),
    )


def test_a_room_that_is_not_known_is_asked_for_and_then_understood(room: Room) -> None:
    old = USE.replace("会議室", "旧会議室")
    job = checked(csv_of(old, header=HEADER), kind="uses")
    assert rejected(job)[0].problems[0]["code"] == "row_choice"
    assert job.texts == {"room": {"旧会議室": 1}, "state": {"許可": 1}}
    job = taken(old, values={"room": {"旧会議室": str(room.pk)}})
    assert (job.counts["new"], uses()[0].room_id) == (1, room.pk)


def test_a_room_that_is_let_no_more_keeps_its_name(room: Room) -> None:
    taken(USE.replace("会議室", "旧会議室"), values={"room": {"旧会議室": "-"}})
    [use] = uses()
    assert (use.room_id, use.room_name) == (None, "旧会議室")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (USE.replace("2001", "9999"), "row_no_registrant"),
        (USE.replace("H30.5.10", "2099/5/10"), "row_day_ahead"),
        (USE.replace("12:00", "8:00"), "row_ends_before"),
        (USE.replace("12人", "多数"), "row_number"),
        (USE.replace("12人", "-5"), "row_negative"),
        (USE.replace("9:00", "25:00"), "row_time_next_day"),
        (USE.replace("H30.5.10", ""), "row_missing"),
    ],
)
def test_a_row_that_cannot_be_read_is_kept_with_its_reason(room: Room, line: str, code: str) -> None:
    [bad] = rejected(taken(line))
    assert [problem["code"] for problem in bad.problems] == [code]
    assert uses() == []


def test_what_was_not_paid_stands_in_the_way_of_closing_until_it_is_settled(room: Room) -> None:
    taken(USE, WHOLE_DAY)
    with as_tenant(CHUO):
        club = Registrant.objects.get(source_key="旧システム:2001")
        [owed] = unpaid_of(club.pk)
        assert (owed.number, owed.owed) == ("R-1", 1200)
        assert [one.label for one in unpaid_obstacles(club.pk)] == ["R-1"]
        settle_past(actor=CLERK, use=owed.pk)
        assert unpaid_of(club.pk) == []


def test_what_was_settled_here_stays_settled_with_the_next_file(room: Room) -> None:
    taken(USE)
    with as_tenant(CHUO):
        settle_past(actor=CLERK, use=uses()[0].pk)
    taken(USE)
    assert uses()[0].owed == 0


def test_a_headcount_that_no_room_holds_is_told_and_not_counted(room: Room) -> None:
    job = taken(USE.replace("12人", "999999999"), USE.replace("R-1", "R-9").replace("12人", "−5"))
    assert [row.problems for row in rejected(job)] == [
        [{"code": "row_number_too_large", "field": "headcount", "params": {"most": "99,999"}}],
        [{"code": "row_negative", "field": "headcount", "params": {}}],
    ]
    assert uses() == []
