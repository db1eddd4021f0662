"""The shape in which the demonstration's facilities are written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

SlotPlan = tuple[str, str, str, str]
"""Label, English label, start and end (HH:MM)."""
DAY: Final[tuple[SlotPlan, ...]] = (
    ("午前", "Morning", "09:00", "12:00"),
    ("午後", "Afternoon", "13:00", "17:00"),
)
DAY_AND_EVENING: Final[tuple[SlotPlan, ...]] = (*DAY, ("夜間", "Evening", "18:00", "21:00"))
MONDAY, SUNDAY = 1, 7
CITY: Final = "122319"


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """A room or combination. ``parts`` are keys of its facility's parts; ``purposes`` codes of the tenant's."""

    name: str
    name_en: str
    capacity: int
    parts: tuple[str, ...]
    purposes: tuple[str, ...]
    immediate: bool = False
    slots: tuple[SlotPlan, ...] = DAY_AND_EVENING


@dataclass(frozen=True, slots=True)
class FacilityPlan:
    """A bookable facility: ``number`` is its NO in the catalogue's file, ``parts`` key -> name of its 面."""

    number: str
    name: str
    name_en: str
    parts: Mapping[str, str]
    rooms: tuple[RoomPlan, ...]
    closed_weekdays: tuple[int, ...] = (MONDAY,)
    closed_on_holidays: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """Who runs a tenant from a day on, until the next term's.

    A manager is designated for some ``years`` (指定期間), and again until today; the city's departments without end.
    """

    operator: str
    first_day: dt.date
    years: int = 0
    agreement_number: str = ""
    """協定 of the first designation."""
    is_income: bool = False


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """A room of the tenant is not offered on a weekday of one week in each month. ``kind`` as in ``OccupationKind``."""

    room: str
    kind: str
    label: str
    week: int
    weekday: int


@dataclass(frozen=True, slots=True)
class TenantPlan:
    """A tenant: what it is called, who ran and runs it, what it offers and who comes."""

    schema: str
    name: str
    name_en: str
    prefix: str
    symbol: str
    ordinance: str
    terms: tuple[Term, ...]
    facilities: tuple[FacilityPlan, ...]
    purposes: Mapping[str, tuple[str, str]]
    """Code -> name and English name."""
    clubs: Mapping[str, tuple[str, str]]
    """Kind of club and its kana -> purpose that it comes for, as ``name -> (kana, purpose)``."""
    born: tuple[int, int]
    """Years between which its visitors were born."""
    blocks: tuple[BlockPlan, ...] = field(default=())
