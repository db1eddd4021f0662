"""A booking as limits and ceilings see it, and who asks for one more."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Counted:
    """A booking of the registrant: one that stands, or the one that is asked for."""

    id: UUID
    room: UUID
    facility: UUID
    day: dt.date
    applied_on: dt.date
    slots: int
    state: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    series: UUID | None = None
    by_draw: bool = False
    """Won in a lottery: not counted by the limits of first-come applications."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: 個人 or 団体, and whether of the city."""

    kind: str
    residence: str = ""
