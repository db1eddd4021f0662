"""Where a long list goes on (keyset): the last row's instant and id, as it stands in a form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

LONGEST: Final = 90
"""Characters of a cursor that was sent."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row after which, or before which, the list goes on."""

    at: dt.datetime
    row: UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.row}"


def read_cursor(text: str) -> Cursor | None:
    """The cursor that was sent; None for whatever is none: then the list begins anew."""
    moment, _, row = text[:LONGEST].partition("~")
    try:
        at = dt.datetime.fromisoformat(moment)
        return Cursor(at, UUID(row)) if at.tzinfo else None
    except ValueError:
        return None
