from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.clock import TOKYO
from kernel.spans import Span, SpanError, day_span, merge, month_span

BASE = datetime(2026, 4, 1, 0, 0, tzinfo=TOKYO)


def minutes(start: int, end: int) -> Span:
    return Span(BASE + timedelta(minutes=start), BASE + timedelta(minutes=end))


starts = st.integers(0, 60)
spans = st.builds(lambda start, length: minutes(start, start + length), starts, st.integers(1, 30))
instants = st.integers(-5, 100).map(lambda minute: BASE + timedelta(minutes=minute))


@pytest.mark.parametrize("length", [0, -1])
def test_a_span_without_length_or_upside_down_is_refused(length: int) -> None:
    with pytest.raises(SpanError) as refusal:
        minutes(10, 10 + length)
    assert refusal.value.code == "upside_down"


@pytest.mark.parametrize("naive_end", ["start", "end"])
def test_a_span_with_a_naive_end_is_refused(naive_end: str) -> None:
    ends: dict[str, Any] = {"start": BASE, "end": BASE + timedelta(hours=1)}
    ends[naive_end] = ends[naive_end].replace(tzinfo=None)
    with pytest.raises(SpanError) as refusal:
        Span(**ends)
    assert refusal.value.code == "naive"


def test_the_same_instants_in_two_zones_are_one_span() -> None:
    tokyo = minutes(0, 60)
    utc = Span(tokyo.start.astimezone(UTC), tokyo.end.astimezone(UTC))
    assert tokyo == utc
    assert hash(tokyo) == hash(utc)


def test_the_start_belongs_to_a_span_and_the_end_does_not() -> None:
    span = minutes(0, 60)
    assert span.contains(span.start)
    assert span.contains(span.end - timedelta(microseconds=1))
    assert not span.contains(span.end)
    assert not span.contains(span.start - timedelta(microseconds=1))


def test_spans_that_touch_abut_and_do_not_overlap() -> None:
    morning, afternoon = minutes(0, 60), minutes(60, 120)
    assert morning.abuts(afternoon)
    assert afternoon.abuts(morning)
    assert not morning.overlaps(afternoon)


def test_spans_with_a_gap_or_in_common_do_not_abut() -> None:
    assert not minutes(0, 60).abuts(minutes(61, 120))
    assert not minutes(0, 60).abuts(minutes(59, 120))


def test_a_span_covers_itself_and_what_lies_in_it() -> None:
    assert minutes(0, 60).covers(minutes(0, 60))
    assert minutes(0, 60).covers(minutes(10, 20))
    assert not minutes(0, 60).covers(minutes(10, 61))
    assert not minutes(10, 60).covers(minutes(9, 20))


@given(spans, spans)
def test_overlap_is_mutual_and_means_an_instant_in_common(one: Span, other: Span) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(other) == one.contains(max(one.start, other.start)) & other.contains(
        max(one.start, other.start)
    )


def test_padding_adds_time_before_and_after() -> None:
    assert minutes(30, 60).padded(timedelta(minutes=15), timedelta(minutes=5)) == minutes(15, 65)
    assert minutes(30, 60).padded() == minutes(30, 60)


@pytest.mark.parametrize("side", ["before", "after"])
def test_padding_below_zero_is_refused(side: str) -> None:
    with pytest.raises(SpanError) as refusal:
        minutes(0, 60).padded(**{side: timedelta(minutes=-1)})
    assert refusal.value.code == "negative"


def test_a_span_on_a_day_is_in_japanese_time() -> None:
    span = Span.on(date(2026, 4, 1), time(9), time(12))
    assert span.start == datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
    assert span.duration == timedelta(hours=3)


def test_an_end_of_midnight_is_the_end_of_the_day() -> None:
    span = Span.on(date(2026, 12, 31), time(18), time(0))
    assert span.end == datetime(2027, 1, 1, tzinfo=TOKYO)


def test_a_span_on_a_day_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(SpanError) as refusal:
        Span.on(date(2026, 4, 1), time(12), time(9))
    assert refusal.value.code == "upside_down"


def test_a_day_runs_from_midnight_to_midnight_in_japan() -> None:
    day = day_span(date(2026, 4, 1))
    assert day.start == datetime(2026, 3, 31, 15, 0, tzinfo=UTC)
    assert day.duration == timedelta(days=1)


@pytest.mark.parametrize(("year", "month", "days"), [(2026, 2, 28), (2028, 2, 29), (2026, 4, 30), (2026, 12, 31)])
def test_a_month_has_all_its_days(year: int, month: int, days: int) -> None:
    span = month_span(year, month)
    assert span.start == datetime(year, month, 1, tzinfo=TOKYO)
    assert span.duration == timedelta(days=days)


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (0, 1), (9999, 12), (10000, 1)])
def test_a_month_that_does_not_exist_is_refused(year: int, month: int) -> None:
    with pytest.raises(SpanError) as refusal:
        month_span(year, month)
    assert refusal.value.code == "out_of_range"


def test_the_last_day_python_knows_is_refused() -> None:
    with pytest.raises(SpanError) as refusal:
        day_span(date.max)
    assert refusal.value.code == "out_of_range"


def test_merging_joins_what_overlaps_or_abuts_and_keeps_gaps() -> None:
    scattered = [minutes(50, 60), minutes(0, 10), minutes(10, 20), minutes(15, 30), minutes(52, 55)]
    assert merge(scattered) == (minutes(0, 30), minutes(50, 60))


def test_merging_nothing_gives_nothing() -> None:
    assert merge([]) == ()


@given(st.lists(spans, max_size=6), instants)
def test_merging_keeps_exactly_the_same_instants(many: list[Span], moment: datetime) -> None:
    assert any(span.contains(moment) for span in merge(many)) == any(span.contains(moment) for span in many)


@given(st.lists(spans, max_size=6))
def test_merged_spans_stand_apart_in_order(many: list[Span]) -> None:
    merged = merge(many)
    assert all(earlier.end < later.start for earlier, later in pairwise(merged))
