"""Half-open spans of instants: the start belongs to a span, the end to whatever follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from kernel.clock import at
from kernel.errors import CodedError

MIDNIGHT = time(0, 0)


class SpanError(CodedError):
    """Codes: `naive` (an end without zone), `upside_down` (start not before end), `negative` (padding below zero),
    `out_of_range` (no such month, or beyond the years 1 to 9999)."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` (in it) to `end` (not in it), both aware; ordered by start, then end. Raises SpanError."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            raise SpanError("naive")
        if self.start >= self.end:
            raise SpanError("upside_down")

    @classmethod
    def on(cls, day: date, start: time, end: time) -> Self:
        """The span of wall-clock times on one day in Japan; an `end` of 00:00 is the next midnight (24:00)."""
        last = next_day(day) if end == MIDNIGHT else day
        return cls(at(day, start), at(last, end))

    @property
    def duration(self) -> timedelta:
        """Its length, always above zero."""
        return self.end - self.start

    def contains(self, moment: datetime) -> bool:
        """Whether the aware `moment` lies in the span; the end does not."""
        return self.start <= moment < self.end

    def covers(self, other: "Span") -> bool:
        """Whether all of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether they share an instant; spans that only touch do not."""
        return self.start < other.end and other.start < self.end

    def abuts(self, other: "Span") -> bool:
        """Whether one begins at the instant the other ends."""
        return self.end == other.start or other.end == self.start

    def padded(self, before: timedelta = timedelta(), after: timedelta = timedelta()) -> Self:
        """This span with time for preparation and tidying (準備・片付) added; neither may be below zero."""
        if before < timedelta() or after < timedelta():
            raise SpanError("negative")
        return type(self)(self.start - before, self.end + after)


def next_day(day: date) -> date:
    """The day after; SpanError `out_of_range` after the last day that Python can hold."""
    if day == date.max:
        raise SpanError("out_of_range")
    return day + timedelta(days=1)


def day_span(day: date) -> Span:
    """The whole day in Japan."""
    return between(day, next_day(day))


def month_span(year: int, month: int) -> Span:
    """The whole month (1 to 12) in Japan."""
    try:
        first = date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        raise SpanError("out_of_range") from None
    return between(first, following)


def between(first: date, until: date) -> Span:
    """From the first moment of `first` to the first moment of `until` in Japan."""
    return Span(at(first, MIDNIGHT), at(until, MIDNIGHT))


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same instants as few spans as can be, in order; spans that overlap or abut become one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
