"""A choice of day and slots: does the room offer it (rules, sections 3 and 4.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from apps.bookings.errors import (
    ClosedDayError,
    NobodyComesError,
    OverCapacityError,
    PurposeNotAllowedError,
    SlotsNotAdjoiningError,
    UnknownSlotError,
)
from apps.bookings.rules.days import closing_on, slots_on, span_of
from apps.bookings.rules.listing import Offer, Slot


@dataclass(frozen=True, slots=True)
class Choice:
    """Slots of one day that adjoin, and the span from the first one's start to the last one's end."""

    day: dt.date
    slots: tuple[Slot, ...]
    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def numbers(self) -> list[int]:
        """The slots' numbers."""
        return [slot.number for slot in self.slots]

    @property
    def labels(self) -> list[str]:
        """The slots' labels (午前, 午後 …)."""
        return [slot.label for slot in self.slots]


def choose(offer: Offer, day: dt.date, numbers: Collection[int]) -> Choice:
    """The choice of slots ``numbers`` on ``day``.

    Raises ``ClosedDayError``, ``UnknownSlotError`` or ``SlotsNotAdjoiningError``. The room is occupied from
    the first slot's start to the last one's end: the gap between two chosen slots belongs to the booking.
    """
    closing = closing_on(offer, day)
    if closing is not None:
        raise ClosedDayError(field="day", label=closing.label)
    return choose_among(slots_on(offer, day), day, numbers)


def choose_among(offered: Sequence[Slot], day: dt.date, numbers: Collection[int]) -> Choice:
    """The choice among the slots of a day, whether the house is open on it or not; errors as of ``choose``."""
    chosen = tuple(slot for slot in offered if slot.number in numbers)
    if not chosen or len(chosen) != len(set(numbers)):
        raise UnknownSlotError(field="slots")
    _check_adjoining(offered, chosen)
    return Choice(day, chosen, span_of(chosen[0], day)[0], span_of(chosen[-1], day)[1])


def _check_adjoining(offered: Sequence[Slot], chosen: Sequence[Slot]) -> None:
    first, last = offered.index(chosen[0]), offered.index(chosen[-1])
    if last - first + 1 != len(chosen):
        raise SlotsNotAdjoiningError(field="slots")


def check_headcount(offer: Offer, headcount: int) -> None:
    """Raise ``NobodyComesError`` or ``OverCapacityError``."""
    if headcount < 1:
        raise NobodyComesError(field="headcount")
    if headcount > offer.capacity:
        raise OverCapacityError(field="headcount", capacity=offer.capacity)


def check_purpose(offer: Offer, code: str) -> None:
    """Raise ``PurposeNotAllowedError`` when the room does not allow the purpose."""
    if code not in {purpose.code for purpose in offer.purposes}:
        raise PurposeNotAllowedError(field="purpose")
