"""The term for which an operator runs a facility (指定期間; rules, section 7.1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SOON: Final = 90
"""Days before its end from which a term is pointed out: a successor must be designated by the council."""


class Standing(StrEnum):
    """Where today is: before, in or after the term."""

    COMING = "coming"
    CURRENT = "current"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Term:
    """First and last day, both in it; None where it is open."""

    first: dt.date | None
    last: dt.date | None

    def standing(self, today: dt.date) -> Standing:
        """Whether the term is to come, runs, or is over."""
        if self.first and today < self.first:
            return Standing.COMING
        return Standing.PAST if self.last and self.last < today else Standing.CURRENT

    def ends_in(self, today: dt.date) -> int | None:
        """Days until the last day of a running term if at most ``SOON`` (0 on the last day itself), else None."""
        if self.last is None or self.standing(today) is not Standing.CURRENT:
            return None
        left = (self.last - today).days
        return left if left <= SOON else None
