"""How much one registrant may book: the cities' examples of the handbook, and the edges."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.errors import BookingError
from apps.bookings.life_errors import LimitReachedError, SameTimeError, TooManyHoldsError, TooManyUnpaidError
from apps.bookings.life_texts import LIFE_ERROR_TEXTS
from apps.bookings.rules.ceilings import check_unpaid
from apps.bookings.rules.limits import Asking, Ceilings, Counted, Limit, check_limits, check_people, period_of
from kernel.clock import TOKYO

ROOM, OTHER, HALL = UUID(int=1), UUID(int=2), UUID(int=3)
HERE, THERE = UUID(int=10), UUID(int=11)
TODAY = dt.date(2026, 4, 1)
CLUB, PERSON = Asking("group"), Asking("individual", "resident")
NONE = Ceilings(holds=0)


def booked(day: str = "2026-05-10", **values: Any) -> Counted:
    on = dt.date.fromisoformat(day)
    at = dt.datetime.combine(on, dt.time(9), TOKYO)
    usual: dict[str, Any] = {
        "id": uuid4(), "room": ROOM, "facility": HERE, "day": on, "applied_on": TODAY, "slots": 1,
        "state": "under_review", "starts_at": at, "ends_at": at + dt.timedelta(hours=3),
    }  # fmt: skip
    return Counted(**usual | values)


def days(count: int, **values: Any) -> list[Counted]:
    return [booked(f"2026-05-{number:02}", **values) for number in range(1, count + 1)]


def verdict(limit: Limit | None, others: list[Counted], *, ceilings: Ceilings = NONE, **values: Any) -> str:
    wish = booked("2026-05-31", **values.pop("wish", {}))
    try:
        check_limits([limit] if limit else [], ceilings, asking=values.get("asking", CLUB), wish=wish, others=others)
    except BookingError as error:
        return str(LIFE_ERROR_TEXTS[error.code]).format(**error.params)
    return "ok"


SODEGAURA = Limit("facility", "month", 8)
KIMITSU = Limit("facility", "month", 5, series_as_one=True)


def test_sodegaura_lets_one_apply_eight_times_a_month() -> None:
    assert verdict(SODEGAURA, days(7)) == "ok"
    assert verdict(SODEGAURA, days(8)) == "この施設の月間の申込は8回までです（現在8回）。"


def test_kimitsu_counts_a_series_once() -> None:
    series = days(4, series=UUID(int=99))
    assert verdict(KIMITSU, series + days(3)) == "ok"
    assert verdict(KIMITSU, series + days(4)) == "この施設の月間の申込は5回までです（現在5回）。"
    assert verdict(replace(KIMITSU, series_as_one=False), series + days(3)).startswith("この施設の月間")


def test_yokohama_stops_at_twelve_that_are_not_paid() -> None:
    yokohama = Ceilings(unpaid=12)
    check_unpaid(yokohama, 11)
    check_unpaid(Ceilings(), 100)
    with pytest.raises(TooManyUnpaidError) as caught:
        check_unpaid(yokohama, 12)
    told = str(LIFE_ERROR_TEXTS[caught.value.code]).format(**caught.value.params)
    assert told == "未払いの予約は12件までです（現在12件）。使用料を納めると、次の申込みができます。"


def test_what_nobody_has_decided_on_has_a_ceiling_too() -> None:
    ceilings = Ceilings(holds=0, pending=12)
    assert verdict(None, days(11), ceilings=ceilings) == "ok"
    assert verdict(None, days(11) + days(3, state="permitted"), ceilings=ceilings) == "ok"
    assert verdict(None, days(12), ceilings=ceilings) == "未確定の予約は12件までです（現在12件）。"


def test_the_handbooks_own_sentence() -> None:
    limit = Limit("room", "month", 4)
    assert verdict(limit, days(4) + days(9, room=OTHER)) == "この室場の月間の申込は4回までです（現在4回）。"
    assert verdict(limit, days(3) + days(9, room=OTHER)) == "ok"


@pytest.mark.parametrize(
    ("limit", "others", "expected"),
    [
        (Limit("room", "day", 1), [booked("2026-05-31")], "この室場の1日の申込は1回までです（現在1回）。"),
        (Limit("facility", "day", 1), [booked("2026-05-31", facility=THERE)], "ok"),
        (
            Limit("tenant", "day", 1),
            [booked("2026-05-31", facility=THERE)],
            "この施設（全館）の1日の申込は1回までです（現在1回）。",
        ),
        (
            Limit("rooms", "month", 1, rooms=(ROOM, OTHER)),
            days(1, room=OTHER),
            "この区分の室場の月間の申込は1回までです（現在1回）。",
        ),
        (Limit("rooms", "month", 1, rooms=(ROOM, OTHER)), days(1, room=HALL), "ok"),
        (Limit("facility", "month", 1, rooms=(HALL,)), days(5), "ok"),
        (Limit("facility", "month", 1, kind="individual"), days(5), "ok"),
        (Limit("facility", "month", 3, unit="slots"), [booked(slots=2)], "ok"),
        (
            Limit("facility", "month", 3, unit="slots"),
            [booked(slots=3)],
            "この施設の月間の申込は3コマまでです（現在3コマ）。",
        ),
        (Limit("facility", "month", 1), [booked("2026-06-01")], "ok"),
        (
            Limit("facility", "month", 1, by="application"),
            [booked("2026-06-01")],
            "この施設の月間の申込は1回までです（現在1回）。",
        ),
        (Limit("facility", "month", 1, by="application"), [booked(applied_on=dt.date(2026, 3, 31))], "ok"),
        (Limit("facility", "month", 1), [booked(by_draw=True)], "ok"),
    ],
)
def test_a_limit_counts_its_scope_period_and_unit(limit: Limit, others: list[Counted], expected: str) -> None:
    assert verdict(limit, others) == expected


def test_a_limit_for_residents_is_not_for_others() -> None:
    limit = Limit("facility", "month", 1, residence="city")
    assert verdict(limit, days(1), asking=Asking("individual", "worker")) != "ok"
    assert verdict(limit, days(1), asking=Asking("individual", "outside")) == "ok"
    assert verdict(replace(limit, residence="outside"), days(1), asking=Asking("individual", "outside")) != "ok"


def test_a_week_begins_on_monday_or_as_set_on_sunday() -> None:
    sunday = booked("2026-05-31")
    assert period_of(Limit("room", "week", 1), sunday) == (dt.date(2026, 5, 25), dt.date(2026, 5, 31))
    assert period_of(Limit("room", "week", 1, sunday_first=True), sunday) == (dt.date(2026, 5, 31), dt.date(2026, 6, 6))


def test_nobody_is_at_two_places_at_a_time() -> None:
    apart = booked("2026-05-31", room=OTHER)
    next_to = booked("2026-05-31", starts_at=apart.ends_at, ends_at=apart.ends_at + dt.timedelta(hours=1))
    ceilings = Ceilings(holds=0, same_time=True)
    assert verdict(None, [next_to], ceilings=ceilings) == "ok"
    assert verdict(None, [apart]) == "ok"
    with pytest.raises(SameTimeError):
        check_limits([], ceilings, asking=CLUB, wish=booked("2026-05-31"), others=[apart])


def test_holds_at_a_time_have_an_end() -> None:
    held = days(2, state="hold")
    with pytest.raises(TooManyHoldsError):
        check_limits([], Ceilings(holds=2), asking=PERSON, wish=booked(state="hold"), others=held)
    check_limits([], Ceilings(holds=2), asking=PERSON, wish=booked(), others=held)


def test_a_booking_does_not_count_beside_itself() -> None:
    mine = booked("2026-05-10")
    check_limits([Limit("room", "month", 1)], NONE, asking=CLUB, wish=mine, others=[mine])


def test_the_longest_run_and_the_least_headcount() -> None:
    assert verdict(None, [], ceilings=Ceilings(slots=2), wish={"slots": 3}) == "続けて申し込めるのは2コマまでです。"
    check_people(Ceilings(people=5), 5)
    with pytest.raises(BookingError):
        check_people(Ceilings(people=5), 4)


@given(st.integers(1, 6), st.integers(0, 12), st.sampled_from(["day", "week", "month"]))
def test_one_after_another_nobody_gets_beyond_the_limit(most: int, tries: int, period: str) -> None:
    limit = Limit("facility", period, most)
    got: list[Counted] = []
    for number in range(tries):
        wish = booked(f"2026-05-{11 + number % 3:02}")
        try:
            check_limits([limit], NONE, asking=CLUB, wish=wish, others=got)
        except LimitReachedError:
            continue
        got.append(wish)
    for one in got:
        first, last = period_of(limit, one)
        assert sum(first <= other.day <= last for other in got) <= most
