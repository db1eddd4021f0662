"""What the public sees of a day and its slots: a mark and a word, never a name (rules, sections 3.1 and 3.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from apps.bookings.rules.days import closing_on, slots_on, span_of
from apps.bookings.rules.listing import Offer, Slot
from apps.bookings.rules.reception import Openness, hides, is_let_to, openness, receives, shows_outside
from apps.bookings.rules.window import Who, is_open


class Mark(StrEnum):
    """State of a slot or of a day (空き状況の記号)."""

    FREE = "free"  # ○ 空き
    SOME = "some"  # △ 一部空き
    FULL = "full"  # × 空きなし
    OUTSIDE = "outside"  # － 受付期間外
    CLOSED = "closed"  # 休館
    MAINTENANCE = "maintenance"  # 保守
    WORKS = "works"  # 工事
    OPEN_USE = "open_use"  # 開放（個人利用）
    CITY_USE = "city_use"  # 主催事業


BLOCK_MARKS: Final = {
    "closure": Mark.CLOSED,
    "maintenance": Mark.MAINTENANCE,
    "works": Mark.WORKS,
    "city_use": Mark.CITY_USE,
    "open_use": Mark.OPEN_USE,
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A part is occupied from ``starts_at`` to ``ends_at`` (half-open) for the reason ``kind``."""

    part: UUID
    kind: str
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class SlotMark:
    """A slot and what the public sees of it."""

    slot: Slot
    mark: Mark


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day of a room: its mark, the word of its closing rule if any, and its slots' marks."""

    day: dt.date
    mark: Mark
    closed_for: str
    slots: tuple[SlotMark, ...]
    bookable: bool = True
    """Whether what is free can be booked on the portal now, or is only shown."""
    offered: bool = True
    """Whether it can be booked now or as soon as the portal's hours begin again (インターネット受付時間帯)."""


def day_mark(
    offer: Offer,
    day: dt.date,
    taken: Iterable[Taken],
    now: dt.datetime,
    who: Who = Who.RESIDENT,
    *,
    kinds: frozenset[str] = frozenset(),
    received: bool | None = None,
) -> DayMark:
    """The mark of ``day`` for ``who``, registered as one of ``kinds``, by the ten points of section 3.2 in their order.

    No timetable, a month that is not open, a day that is over, a closing rule, the window (and the portal's hours),
    whom the room is let to; then what has begun and what is taken. ``taken`` are the occupations of that day, of any
    part. ``received``: whether the window is open, where it is known.
    """
    slots, month = slots_on(offer, day), openness(offer, day)
    if not slots or month is Openness.HIDDEN or span_of(slots[-1], day)[1] <= now:
        return _nothing(day, Mark.OUTSIDE)
    closing = closing_on(offer, day)
    if closing is not None:
        return _nothing(day, BLOCK_MARKS[closing.block], closing.label)
    in_window = is_open(offer, day, now, who) if received is None else received
    shown = _is_shown(offer, now, kinds, in_window=in_window)
    mine = [one for one in taken if one.part in offer.parts]
    marks = tuple(SlotMark(slot, slot_mark(slot, day, mine, now, received=shown)) for slot in slots)
    offered = shown and in_window and month is Openness.BOOKABLE
    bookable = offered and receives(offer, now)
    return DayMark(day, summary([one.mark for one in marks]), "", marks, bookable=bookable, offered=offered)


def _nothing(day: dt.date, mark: Mark, closed_for: str = "") -> DayMark:
    """A day of which no slot is told."""
    return DayMark(day, mark, closed_for, (), bookable=False, offered=False)


def _is_shown(offer: Offer, now: dt.datetime, kinds: frozenset[str], *, in_window: bool) -> bool:
    """Whether marks are told: in the window or where the room shows it before, at this hour, to one of ``kinds``."""
    in_time = in_window or shows_outside(offer, now)
    return in_time and not hides(offer, now) and is_let_to(offer, kinds)


def slot_mark(slot: Slot, day: dt.date, taken: Sequence[Taken], now: dt.datetime, *, received: bool) -> Mark:
    """The mark of one slot; ``taken`` are the occupations of the room's own parts."""
    starts_at, ends_at = span_of(slot, day)
    if not received or starts_at <= now:
        return Mark.OUTSIDE
    kinds = {one.kind for one in taken if one.starts_at < ends_at and starts_at < one.ends_at}
    if not kinds:
        return Mark.FREE
    return next((BLOCK_MARKS[kind] for kind in BLOCK_MARKS if kind in kinds), Mark.FULL)


def summary(marks: Sequence[Mark]) -> Mark:
    """A day's mark from its slots': all one kind, or open in part."""
    live = [mark for mark in marks if mark is not Mark.OUTSIDE]
    if not live:
        return Mark.OUTSIDE
    if Mark.FREE in live:
        return Mark.FREE if all(mark is Mark.FREE for mark in live) else Mark.SOME
    return live[0] if len(set(live)) == 1 else Mark.FULL


def month_marks(
    offer: Offer,
    days: Sequence[dt.date],
    taken: Mapping[dt.date, Sequence[Taken]],
    now: dt.datetime,
    who: Who = Who.RESIDENT,
    *,
    kinds: frozenset[str] = frozenset(),
    received: Mapping[dt.date, bool] | None = None,
) -> list[DayMark]:
    """The marks of ``days`` for ``who``; ``taken`` maps a day to its occupations, ``received`` to its window."""
    known = received or {}
    return [day_mark(offer, day, taken.get(day, ()), now, who, kinds=kinds, received=known.get(day)) for day in days]
