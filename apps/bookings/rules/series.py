"""Days of a series (定期利用・繰り返し予約): every week or the nth weekday, without the closed days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from apps.bookings.errors import BookingError, SlotTakenError
from apps.bookings.life_errors import EmptySeriesError
from apps.bookings.rules.choice import choose_among
from apps.bookings.rules.days import closing_on, slots_on, span_of
from apps.bookings.rules.listing import Offer
from kernel.businessdays import nth_weekday

WEEKLY, MONTHLY = "weekly", "monthly"
MOST: Final = 60
"""Days of one series."""
SKIP: Final = "skip"
FREE, CLOSED, TAKEN, NO_SLOT, PAST = "free", "closed", "taken", "no_slot", "past"


@dataclass(frozen=True, slots=True)
class Pattern:
    """From ``first`` to ``last`` on ``weekday`` (1 Monday … 7 Sunday): every ``every`` weeks, or ``nths`` of a month.

    ``nths``: 1 to 5, or -1 for the last.
    """

    kind: str
    weekday: int
    first: dt.date
    last: dt.date
    every: int = 1
    nths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picked:
    """A day of a series in the room and the slots that are booked on it."""

    day: dt.date
    room: UUID
    slots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another room that is free at the time, with its slots of those hours."""

    offer: Offer
    slots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A day of the series, what stands against it, and the rooms that may be taken instead.

    ``note`` tells the closing's label.
    """

    day: dt.date
    conflict: str
    note: str = ""
    others: tuple[Other, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether it can be booked as it is."""
        return self.conflict == FREE


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken of the parts (面), and the present instant."""

    spans: Mapping[UUID, Sequence[tuple[dt.datetime, dt.datetime]]]
    now: dt.datetime

    def is_free(self, offer: Offer, starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
        """Whether all parts of the room are free from ``starts_at`` to ``ends_at``."""
        return not any(
            begins < ends_at and starts_at < ends for part in offer.parts for begins, ends in self.spans.get(part, ())
        )


@dataclass(frozen=True, slots=True)
class Use:
    """What the rooms are wanted for: slots of one room, a purpose, so many people."""

    slots: tuple[int, ...]
    purpose: str = ""
    headcount: int = 1


def days_of(pattern: Pattern) -> list[dt.date]:
    """The days, in order; ``EmptySeriesError`` when there is none, or more than ``MOST``."""
    found: list[dt.date] = []
    for day in _weekly(pattern) if pattern.kind == WEEKLY else _monthly(pattern):
        if len(found) == MOST:
            raise EmptySeriesError(field="last", most=MOST)
        found.append(day)
    if not found:
        raise EmptySeriesError(field="last", most=MOST)
    return found


def plan(offer: Offer, others: Iterable[Offer], days: Iterable[dt.date], use: Use, taken: Taken) -> list[Planned]:
    """Each day with what stands against it: closed, no such slots, begun, taken, or nothing.

    Where something does but that it has begun, the ``others`` (rooms) that allow the use and are free at that time.
    """
    fitting = [one for one in others if one.room != offer.room and allows(one, use)]
    return [_planned(offer, fitting, day, use, taken) for day in days]


def allows(offer: Offer, use: Use) -> bool:
    """Whether the room takes that purpose and so many people."""
    return use.headcount <= offer.capacity and use.purpose in {one.code for one in offer.purposes}


def picked(
    planned: Iterable[Planned], choices: Mapping[dt.date, str], *, room: UUID, slots: tuple[int, ...]
) -> list[Picked]:
    """What is booked: the free days, and those for which another room was chosen; what was left out is not.

    ``EmptySeriesError`` when none remains, ``SlotTakenError`` (with ``on``) for a room that is not, or no more, free.
    """
    found = [one for one in (_picked(one, choices, room, slots) for one in planned) if one is not None]
    if not found:
        raise EmptySeriesError(most=MOST)
    return found


def slots_of_hours(offer: Offer, day: dt.date, starts_at: dt.datetime, ends_at: dt.datetime) -> tuple[int, ...]:
    """The slots of a room that take exactly that time on ``day``; none where it is closed or has none such."""
    offered = slots_on(offer, day) if closing_on(offer, day) is None else ()
    spans = [span_of(one, day) for one in offered]
    first = next((at for at, (starts, _ends) in enumerate(spans) if starts == starts_at), None)
    last = next((at for at, (_starts, ends) in enumerate(spans) if ends == ends_at), None)
    if first is None or last is None:
        return ()
    return tuple(one.number for one in offered[first : last + 1])


def _planned(offer: Offer, others: Iterable[Offer], day: dt.date, use: Use, taken: Taken) -> Planned:
    hours = _hours(offer, day, use.slots)
    if hours is None:
        return Planned(day, NO_SLOT)
    starts_at, ends_at = hours
    if starts_at <= taken.now:
        return Planned(day, PAST)
    closing = closing_on(offer, day)
    if closing is None and taken.is_free(offer, starts_at, ends_at):
        return Planned(day, FREE)
    free = [one for one in others if taken.is_free(one, starts_at, ends_at)]
    instead = ((one, slots_of_hours(one, day, starts_at, ends_at)) for one in free)
    conflict, note = (TAKEN, "") if closing is None else (CLOSED, closing.label)
    return Planned(day, conflict, note, tuple(Other(one, slots) for one, slots in instead if slots))


def _hours(offer: Offer, day: dt.date, numbers: tuple[int, ...]) -> tuple[dt.datetime, dt.datetime] | None:
    """When the slots begin and end, whether the house is open or not; None where there are no such slots."""
    try:
        choice = choose_among(slots_on(offer, day), day, numbers)
    except BookingError:
        return None
    return choice.starts_at, choice.ends_at


def _picked(one: Planned, choices: Mapping[dt.date, str], room: UUID, slots: tuple[int, ...]) -> Picked | None:
    choice = choices.get(one.day, str(room) if one.is_free else SKIP)
    if choice == SKIP:
        return None
    if one.is_free and choice == str(room):
        return Picked(one.day, room, slots)
    other = next((other for other in one.others if str(other.offer.room) == choice), None)
    if other is None:
        raise SlotTakenError(field="slots", on=one.day.isoformat())
    return Picked(one.day, other.offer.room, other.slots)


def _weekly(pattern: Pattern) -> Iterator[dt.date]:
    day = pattern.first + dt.timedelta(days=(pattern.weekday - pattern.first.isoweekday()) % 7)
    while day <= pattern.last:
        yield day
        day += dt.timedelta(weeks=max(1, pattern.every))


def _monthly(pattern: Pattern) -> Iterator[dt.date]:
    month = pattern.first.replace(day=1)
    while month <= pattern.last:
        days = {nth_weekday(month.year, month.month, pattern.weekday, nth) for nth in pattern.nths}
        yield from sorted(day for day in days if day is not None and pattern.first <= day <= pattern.last)
        month = (month + dt.timedelta(days=32)).replace(day=1)
