"""What a fee is computed of: the use, as far as it matters to the fee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MINUTES_OF_HOUR = 60


@dataclass(frozen=True, slots=True)
class UsedSlot:
    """A slot of the timetable that is booked, in minutes of the day; an end at midnight is 1440."""

    number: int
    label: str
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class ClimateUse:
    """Heating or cooling that is wished; ``minutes`` are the real ones once they are known (実績精算)."""

    code: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class EquipmentUse:
    """So many of an item."""

    code: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Stead:
    """The use as it was before a public use (行政使用) moved it: what it costs is the most that is charged since.

    ``room`` is an id and ``day`` YYYY-MM-DD, as text.
    """

    room: str
    day: str
    slots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the applicant and the clerk say that changes the fee.

    ``admission`` is the highest admission fee in yen (入場料等), 0 without; ``extension`` minutes after the last slot;
    ``extra_hours`` hours outside the slots (オプション時間); ``reduction`` the code of a granted ground, or empty.
    ``stead`` the use before a public use moved it.
    """

    outside: bool = False
    admission: int = 0
    commercial: bool = False
    preparation: bool = False
    extension: int = 0
    extra_hours: int = 0
    climate: tuple[ClimateUse, ...] = ()
    equipment: tuple[EquipmentUse, ...] = ()
    reduction: str = ""
    stead: Stead | None = None
    """Kept from fee to fee until the renter changes day, room or slots."""


@dataclass(frozen=True, slots=True)
class Use:
    """A room on a day in some slots that adjoin, in their order, and the facts."""

    room: str
    day: dt.date
    slots: tuple[UsedSlot, ...]
    facts: Facts = Facts()

    @property
    def hours(self) -> int:
        """The hours booked from the first slot's start to the last one's end, begun ones counting whole."""
        return whole_hours(self.slots[-1].ends - self.slots[0].starts)


def whole_hours(minutes: int) -> int:
    """``minutes`` in hours, a begun one counting whole."""
    return -(-minutes // MINUTES_OF_HOUR)


def minutes_of(starts: dt.time, ends: dt.time) -> tuple[int, int]:
    """A slot's times as minutes of the day; an end of 0:00 is midnight after it."""
    begin, end = (MINUTES_OF_HOUR * at.hour + at.minute for at in (starts, ends))
    return begin, end if end > begin else end + 24 * MINUTES_OF_HOUR


def gaps(slots: Sequence[UsedSlot]) -> list[tuple[int, int]]:
    """The spans between slots that are booked together (中間時間), in minutes of the day."""
    return [(before.ends, after.starts) for before, after in pairwise(slots) if before.ends < after.starts]
