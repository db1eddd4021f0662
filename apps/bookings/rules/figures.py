"""The figures of a use of rooms (利用実績; rules, section 9) and their rates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one room, one facility or all of them."""

    slots: int = 0
    """利用可能コマ数."""
    used_slots: int = 0
    """利用コマ数, the city's own events included."""
    city_slots: int = 0
    """うち主催事業."""
    days: int = 0
    """開館日数."""
    used_days: int = 0
    """利用日数."""
    states: Mapping[str, int] = field(default_factory=dict)
    """State -> number of applications (件数)."""
    headcount: int = 0
    """Persons that the permitted applications announced (申請人数)."""
    came: int = 0
    """Uses that took place (来場件数)."""
    absent: int = 0
    """Permitted, and nobody came (不来場件数)."""
    people: int = 0
    """Persons who came (実績人数)."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Category's code -> persons who came (人数の区分)."""

    @property
    def slot_rate(self) -> Decimal | None:
        """利用率（区分単位） in percent, None where nothing could be let."""
        return rate(self.used_slots, self.slots)

    @property
    def day_rate(self) -> Decimal | None:
        """利用率（日単位） in percent, None where no day was open."""
        return rate(self.used_days, self.days)


def rate(part: int, whole: int) -> Decimal | None:
    """Percent to one decimal, half up; None of nothing."""
    return (Decimal(part * 100) / whole).quantize(TENTH, ROUND_HALF_UP) if whole else None


def added(figures: Sequence[Figures]) -> Figures:
    """The sum of several rooms' or facilities' figures; days are added up too (延べ日数)."""
    states: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for one in figures:
        states.update(one.states)
        counts.update(one.counts)
    return Figures(
        slots=sum(one.slots for one in figures),
        used_slots=sum(one.used_slots for one in figures),
        city_slots=sum(one.city_slots for one in figures),
        days=sum(one.days for one in figures),
        used_days=sum(one.used_days for one in figures),
        states=states,
        headcount=sum(one.headcount for one in figures),
        came=sum(one.came for one in figures),
        absent=sum(one.absent for one in figures),
        people=sum(one.people for one in figures),
        counts=counts,
    )


def kept(figures: Figures) -> dict[str, Any]:
    """The figures as JSON keeps them (月締めの控え)."""
    return asdict(figures) | {"states": dict(figures.states), "counts": dict(figures.counts)}


def from_kept(values: Mapping[str, Any]) -> Figures:
    """The figures that ``kept`` wrote."""
    return Figures(**values)
