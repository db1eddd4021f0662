"""The desk's board (予定表): a day of all rooms, a week of one room with time across, a week of all rooms by days.

What stands in which cell, and how wide it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import gcd
from typing import Final
from uuid import UUID

from apps.bookings.rules.days import closing_on, slots_on, span_of
from apps.bookings.rules.listing import Offer, Slot
from kernel.clock import TOKYO
from kernel.spans import day_span

FINEST: Final = 5
"""The board does not distinguish less than so many minutes."""
HOUR: Final = 60
USUAL_HOURS: Final = (9 * HOUR, 21 * HOUR)
"""What an empty board shows, in minutes of the day."""


class CellKind(StrEnum):
    """What a cell of the board is."""

    FREE = "free"  # 空き
    USED = "used"  # 予約・仮押え・枠
    OVER = "over"  # 終了
    CLOSED = "closed"  # 休館
    SHUT = "shut"  # 時間外


@dataclass(frozen=True, slots=True)
class Use:
    """Something that occupies a part: a booking (予約・仮押え) or a block (休館・保守・主催事業).

    ``subject`` is the booking's or block's id, the same on every part that it takes; ``room`` the room that it
    was made for; ``label`` whose it is, or what the block is for.
    """

    part: UUID
    subject: UUID
    room: UUID
    kind: str
    state: str
    label: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    renter: UUID | None = None
    """The registrant whose booking it is."""
    slots: int = 0
    """How many slots a booking takes."""
    version: int = 0
    headcount: int | None = None
    pieces: int = 0
    """How many kinds of equipment (附属設備) go with it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: ``columns`` wide, from ``starts_at`` to ``ends_at``."""

    kind: CellKind
    starts_at: dt.datetime
    ends_at: dt.datetime
    columns: int
    slot: Slot | None = None
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One room's day. ``closed_for`` is the closing rule's label, or empty; ``slots`` all that the day offers."""

    offer: Offer
    day: dt.date
    slots: tuple[Slot, ...]
    cells: tuple[Cell, ...]
    closed_for: str
    closed_for_en: str


@dataclass(frozen=True, slots=True)
class Hour:
    """A column heading: the hour, and how many columns it spans."""

    hour: int
    columns: int


@dataclass(frozen=True, slots=True)
class Board:
    """A day of all rooms, or days of one room, with time across."""

    day: dt.date
    hours: tuple[Hour, ...]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> int:
        """All columns, that of the rooms' names included."""
        return 1 + sum(hour.columns for hour in self.hours)


@dataclass(frozen=True, slots=True)
class RoomWeek:
    """One room's days, each without what is shut."""

    offer: Offer
    days: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Rooms down, days across (週の一覧)."""

    days: tuple[dt.date, ...]
    rows: tuple[RoomWeek, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a row in minutes of the day."""

    first: int
    last: int
    kind: CellKind
    slot: Slot | None = None
    uses: tuple[Use, ...] = ()


def board_of(day: dt.date, offers: Sequence[Offer], uses: Iterable[Use], now: dt.datetime) -> Board:
    """The board of ``day``; ``uses`` are the occupations of that day, of any part of the rooms."""
    return _board(day, [(offer, day) for offer in offers], uses, now)


def week_of(offer: Offer, days: Sequence[dt.date], uses: Iterable[Use], now: dt.datetime) -> Board:
    """One room's ``days`` one under the other; ``uses`` are the occupations of those days."""
    return _board(days[0], [(offer, day) for day in days], uses, now)


def overview_of(days: Sequence[dt.date], offers: Sequence[Offer], uses: Iterable[Use], now: dt.datetime) -> Overview:
    """All rooms' ``days`` beside each other."""
    by_day = _by_day(days, uses)
    return Overview(
        tuple(days),
        tuple(RoomWeek(offer, tuple(_brief(offer, day, by_day[day], now) for day in days)) for offer in offers),
    )


def week_around(day: dt.date) -> tuple[dt.date, ...]:
    """The seven days from the Monday of ``day``."""
    monday = day - dt.timedelta(days=day.weekday())
    return tuple(monday + dt.timedelta(days=number) for number in range(7))


def _board(first: dt.date, lanes: Sequence[tuple[Offer, dt.date]], uses: Iterable[Use], now: dt.datetime) -> Board:
    by_day = _by_day([day for _, day in lanes], uses)
    rows = [(offer, day, _pieces(offer, day, by_day[day], now)) for offer, day in lanes]
    edges = [edge for *_, pieces in rows for piece in pieces for edge in (piece.first, piece.last)]
    begin, end = _whole_hours(edges)
    step = gcd(HOUR, *edges)
    return Board(
        first,
        tuple(Hour(minute // HOUR, HOUR // step) for minute in range(begin, end, HOUR)),
        tuple(_row(offer, day, pieces, (begin, end, step)) for offer, day, pieces in rows),
    )


def _by_day(days: Iterable[dt.date], uses: Iterable[Use]) -> dict[dt.date, list[Use]]:
    """The uses that touch each day, in the order of time."""
    ordered = sorted(uses, key=lambda use: (use.starts_at, use.ends_at))
    spans = {day: day_span(day) for day in days}
    return {
        day: [use for use in ordered if use.starts_at < span.end and span.start < use.ends_at]
        for day, span in spans.items()
    }


def _brief(offer: Offer, day: dt.date, uses: Sequence[Use], now: dt.datetime) -> Row:
    closing = closing_on(offer, day)
    cells = tuple(_cell(day, piece, 1) for piece in _pieces(offer, day, uses, now))
    label, label_en = (closing.label, closing.label_en) if closing else ("", "")
    return Row(offer, day, tuple(slots_on(offer, day)), cells, label, label_en)


def _whole_hours(edges: Sequence[int]) -> tuple[int, int]:
    first, last = (min(edges), max(edges)) if edges else USUAL_HOURS
    return first // HOUR * HOUR, -(-last // HOUR) * HOUR


def _pieces(offer: Offer, day: dt.date, uses: Sequence[Use], now: dt.datetime) -> list[_Piece]:
    """What stands in a room's row: what is taken, and the slots that nothing of it touches."""
    taken = list(_taken(offer, day, uses))
    is_closed = closing_on(offer, day) is not None
    free = [] if is_closed else [_offered(slot, day, now) for slot in slots_on(offer, day)]
    untouched = [
        piece for piece in free if all(piece.last <= other.first or other.last <= piece.first for other in taken)
    ]
    return sorted([*taken, *untouched], key=lambda piece: piece.first)


def _taken(offer: Offer, day: dt.date, uses: Sequence[Use]) -> Iterator[_Piece]:
    """The uses of the room's parts; those that overlap, as on two halves of a hall, share a piece."""
    mine = {use.subject: use for use in uses if use.part in offer.parts}
    group: list[Use] = []
    first = last = 0
    for use in mine.values():
        starts, ends = _minutes(use.starts_at, use.ends_at, day)
        if group and starts < last:
            group, last = [*group, use], max(last, ends)
            continue
        if group:
            yield _Piece(first, last, CellKind.USED, uses=tuple(group))
        group, first, last = [use], starts, ends
    if group:
        yield _Piece(first, last, CellKind.USED, uses=tuple(group))


def _offered(slot: Slot, day: dt.date, now: dt.datetime) -> _Piece:
    starts_at, ends_at = span_of(slot, day)
    kind = CellKind.OVER if starts_at <= now else CellKind.FREE
    return _Piece(*_minutes(starts_at, ends_at, day), kind, slot=slot)


def _minutes(starts_at: dt.datetime, ends_at: dt.datetime, day: dt.date) -> tuple[int, int]:
    """The span within ``day``, in minutes from midnight, to the board's precision, never empty."""
    midnight = dt.datetime.combine(day, dt.time(), TOKYO)
    first, last = (int((moment - midnight).total_seconds()) // HOUR for moment in (starts_at, ends_at))
    first = max(first, 0) // FINEST * FINEST
    return first, max(min(last, 24 * HOUR) // FINEST * FINEST, first + FINEST)


def _row(offer: Offer, day: dt.date, pieces: Sequence[_Piece], scale: tuple[int, int, int]) -> Row:
    closing = closing_on(offer, day)
    gap = CellKind.CLOSED if closing else CellKind.SHUT
    cells = tuple(_cell(day, piece, scale[2]) for piece in _without_gaps(pieces, scale[0], scale[1], gap))
    label, label_en = (closing.label, closing.label_en) if closing else ("", "")
    return Row(offer, day, tuple(slots_on(offer, day)), cells, label, label_en)


def _without_gaps(pieces: Sequence[_Piece], first: int, last: int, gap: CellKind) -> Iterator[_Piece]:
    at = first
    for piece in pieces:
        if piece.first > at:
            yield _Piece(at, piece.first, gap)
        yield piece
        at = max(at, piece.last)
    if at < last:
        yield _Piece(at, last, gap)


def _cell(day: dt.date, piece: _Piece, step: int) -> Cell:
    midnight = dt.datetime.combine(day, dt.time(), TOKYO)
    starts_at, ends_at = (midnight + dt.timedelta(minutes=minute) for minute in (piece.first, piece.last))
    return Cell(piece.kind, starts_at, ends_at, (piece.last - piece.first) // step, piece.slot, piece.uses)
