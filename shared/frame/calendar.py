"""The month as weeks of day cells, for ``frame/_month.html``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.frame.marks import Mark

SUNDAY, SATURDAY = 6, 5


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of a vacancy calendar: its mark, where it leads ("" for nowhere), and its holiday's name."""

    day: date
    mark: Mark
    url: str = ""
    holiday: str = ""
    is_today: bool = False

    @property
    def css(self) -> str:
        """Class names that colour the date; the words carry the meaning."""
        told = {
            "is-sunday": self.day.weekday() == SUNDAY,
            "is-saturday": self.day.weekday() == SATURDAY,
            "is-holiday": bool(self.holiday),
            "is-today": self.is_today,
            "is-shut": not self.url,
        }
        return " ".join(name for name, is_so in told.items() if is_so)


def weeks(cells: Iterable[DayCell]) -> list[list[DayCell | None]]:
    """The cells of consecutive days in rows of seven from Sunday; None pads the first and the last row."""
    days = list(cells)
    before = (days[0].day.weekday() + 1) % 7 if days else 0
    row: list[DayCell | None] = [*[None] * before, *days]
    row += [None] * (-len(row) % 7)
    return [row[start : start + 7] for start in range(0, len(row), 7)]
