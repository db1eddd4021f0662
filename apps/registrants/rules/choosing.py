"""Which registrants an export is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chosen:
    """A kind, states, and the span in which the registration ends; what is empty leaves all."""

    kind: str = ""
    states: tuple[str, ...] = ()
    until_from: dt.date | None = None
    until_to: dt.date | None = None
