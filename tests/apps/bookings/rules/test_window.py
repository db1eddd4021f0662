"""The portal's window for applications: the arithmetic, the shifts, and the ordinances of the handbook's examples."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.errors import AfterWindowError, BeforeWindowError, PastError, ResidentsOnlyError
from apps.bookings.rules.listing import Edge, Offer
from apps.bookings.rules.window import (
    Receipt,
    Who,
    check_not_begun,
    check_window,
    depends_on_who,
    edge_day,
    is_open,
    receipt_of,
)
from kernel.businessdays import is_business_day
from kernel.clock import TOKYO, at
from tests.apps.bookings.rules.offers import (
    MONDAYS,
    YEAR_END,
    days_before,
    month_day,
    offer,
    same_day,
    windows,
)

D = dt.date.fromisoformat
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
EDGES = st.builds(
    Edge,
    st.sampled_from(["same_day", "days", "month_day"]),
    st.integers(0, 13),
    st.integers(1, 31),
    st.just(dt.time(9)),
)


def T(text: str) -> dt.datetime:  # noqa: N802  # beside D
    return dt.datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def receipt(room: Offer, day: str, who: Who = Who.RESIDENT) -> Receipt:
    found = receipt_of(room, D(day), who)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("edge", "day", "told"),
    [
        (same_day(3), "2026-05-31", "2026-02-28"),
        (same_day(3), "2028-05-31", "2028-02-29"),
        (same_day(3), "2026-12-01", "2026-09-01"),
        (same_day(3), "2027-01-15", "2026-10-15"),
        (same_day(3, days=5), "2026-05-31", "2026-02-23"),
        (same_day(0), "2026-05-31", "2026-05-31"),
        (days_before(3), "2026-03-01", "2026-02-26"),
        (days_before(0), "2026-03-01", "2026-03-01"),
        (month_day(2, 17), "2027-01-31", "2026-11-17"),
        (month_day(2, 31), "2026-04-10", "2026-02-28"),
        (month_day(1, 30), "2028-03-31", "2028-02-29"),
        (month_day(12, 1), "2027-04-15", "2026-04-01"),
    ],
)
def test_three_ways_to_tell_a_day(edge: Edge, day: str, told: str) -> None:
    assert edge_day(offer(), edge, D(day)) == D(told)


@given(EDGES, DAYS)
def test_an_edge_lies_in_the_month_that_it_names_and_not_after_the_day_of_use(edge: Edge, day: dt.date) -> None:
    told = edge_day(offer(), edge, day)
    if edge.kind == "month_day":
        assert (day.year - told.year) * 12 + day.month - told.month == edge.months
    else:
        assert told <= day


@given(EDGES, st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 30)))
def test_a_later_day_of_use_never_opens_earlier(edge: Edge, day: dt.date) -> None:
    assert edge_day(offer(), edge, day) <= edge_day(offer(), edge, day + dt.timedelta(days=1))


@given(DAYS)
def test_a_shift_to_the_offices_next_day_lands_on_one(day: dt.date) -> None:
    told = edge_day(offer(), month_day(2, 10, shift="next_office"), day)
    assert is_business_day(told)
    assert told >= edge_day(offer(), month_day(2, 10), day)


def test_a_shift_to_the_houses_next_day_passes_over_its_closed_days() -> None:
    room = offer(closings=(MONDAYS, YEAR_END))
    assert edge_day(room, month_day(1, 30, shift="next_open"), D("2027-01-20")) == D("2027-01-05")  # 1/4 is a Monday


def test_a_house_that_never_opens_shifts_nothing() -> None:
    never = replace(YEAR_END, first="01-01", last="12-31")
    assert edge_day(offer(closings=(never,)), days_before(3, shift="next_open"), D("2026-12-10")) == D("2026-12-07")


def test_it_opens_at_the_minutes_first_instant_and_closes_after_its_last() -> None:
    found = receipt(offer(windows=windows(month_day(2, 17, "09:00"), days_before(3, "17:00"))), "2026-12-20")
    assert not found.contains(T("2026-10-17 08:59:59.999999"))
    assert found.contains(T("2026-10-17 09:00:00"))
    assert found.contains(T("2026-12-17 17:00:59.999999"))
    assert not found.contains(T("2026-12-17 17:01:00"))


def test_without_a_setting_it_is_three_months_before_until_the_day_before() -> None:
    assert receipt(offer(), "2026-12-01") == Receipt(T("2026-09-01 00:00"), T("2026-12-01 00:00"))
    assert not depends_on_who(offer(), D("2026-12-01"))


def test_a_rooms_own_window_comes_before_the_facilitys_of_the_same_day() -> None:
    both = (*windows(same_day(3), days_before(1)), *windows(same_day(6), days_before(1), of_room=True))
    assert receipt(offer(windows=both), "2026-12-01").opens_at == T("2026-06-01 00:00")


def test_a_newer_window_of_the_facility_ends_a_rooms_own() -> None:
    both = (
        *windows(same_day(3), days_before(1), since=dt.date(2026, 4, 1)),
        *windows(same_day(6), days_before(1), of_room=True),
    )
    room = offer(windows=both)
    assert receipt(room, "2026-03-31").opens_at == T("2025-09-30 00:00")
    assert receipt(room, "2026-12-01").opens_at == T("2026-09-01 00:00")


def test_the_newest_window_that_has_begun_on_the_day_of_use_holds() -> None:
    both = (
        *windows(same_day(3), days_before(1)),
        *windows(same_day(2), days_before(1), since=dt.date(2027, 4, 1)),
    )
    room = offer(windows=both)
    assert receipt(room, "2027-03-31").opens_at == T("2026-12-31 00:00")
    assert receipt(room, "2027-04-01").opens_at == T("2027-02-01 00:00")


def test_whoever_has_no_window_is_not_received() -> None:
    residents = windows(same_day(2), days_before(1))[:1]
    room = offer(windows=residents)
    assert receipt_of(room, D("2026-12-01"), Who.OTHER) is None
    assert not is_open(room, D("2026-12-01"), T("2026-11-20 12:00"), Who.OTHER)
    with pytest.raises(ResidentsOnlyError):
        check_window(room, D("2026-12-01"), T("2026-11-20 12:00"), Who.OTHER)


def test_before_the_window_its_first_instant_is_told() -> None:
    with pytest.raises(BeforeWindowError) as told:
        check_window(offer(), D("2026-12-01"), at(D("2026-08-31"), dt.time(23, 59)))
    assert told.value.params == {"opens_at": "2026-09-01 00:00"}


def test_the_window_opens_at_midnight_in_tokyo() -> None:
    check_window(offer(), D("2026-12-01"), at(D("2026-09-01"), dt.time(0)))


def test_after_the_window_the_counter_is_named() -> None:
    with pytest.raises(AfterWindowError):
        check_window(offer(), D("2026-12-01"), at(D("2026-12-01"), dt.time(0)))


def test_a_slot_that_begins_this_instant_has_begun() -> None:
    now = at(D("2026-12-01"), dt.time(9))
    with pytest.raises(PastError):
        check_not_begun(now, now)
    check_not_begun(now + dt.timedelta(microseconds=1), now)


class TestOrdinancesOfTheHandbook:
    """Section 4.1: what is said there of 先着. Where it leaves the month or the hour open, the test says so."""

    def test_sodegaura_residents_from_the_17th_others_from_the_26th_until_three_days_before(self) -> None:
        opens, others = month_day(2, 17, "09:00"), month_day(2, 26)
        room = offer(windows=windows(opens, days_before(3), others=others))
        assert receipt(room, "2026-12-20") == Receipt(T("2026-10-17 09:00"), T("2026-12-18 00:00"))
        assert receipt(room, "2026-12-20", Who.OTHER) == Receipt(T("2026-10-26 00:00"), T("2026-12-18 00:00"))
        assert depends_on_who(room, D("2026-12-20"))

    def test_yachiyo_from_the_11th_at_13_until_the_day_before(self) -> None:
        room = offer(windows=windows(month_day(3, 11, "13:00"), days_before(1)))
        assert receipt(room, "2026-12-20") == Receipt(T("2026-09-11 13:00"), T("2026-12-20 00:00"))
        assert not is_open(room, D("2026-12-20"), T("2026-12-20 08:00"))  # 当日は窓口のみ

    def test_kimitsu_from_the_10th_at_8_30_or_the_next_open_day(self) -> None:
        opens = month_day(1, 10, "08:30", shift="next_open")  # which month is not told
        room = offer(windows=windows(opens, days_before(1)), closings=(MONDAYS,))
        assert receipt(room, "2026-12-20").opens_at == T("2026-11-10 08:30")  # a Tuesday
        assert receipt(room, "2026-09-20").opens_at == T("2026-08-11 08:30")  # 10 August is a Monday

    def test_kodaira_after_the_month_of_the_draw(self) -> None:
        room = offer(windows=windows(month_day(1, 1), days_before(1)))  # 2か月前の月末までに確定, その後
        assert receipt(room, "2026-12-20").opens_at == T("2026-11-01 00:00")

    def test_daito_second_round_from_the_15th_of_the_month_before(self) -> None:
        room = offer(windows=windows(month_day(1, 15), days_before(1)))
        assert receipt(room, "2027-01-31").opens_at == T("2026-12-15 00:00")
