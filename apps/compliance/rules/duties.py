"""Who owes a pledge or a training (誓約・研修の期限)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

TRAINING_HOLDS: Final = dt.timedelta(days=365)
"""Everybody is trained once a year (周知・教育)."""


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody has done so far."""

    pledge_version: int | None
    trained_on: dt.date | None


def owes_pledge(done: Done, current_version: int) -> bool:
    """Whether the version in force was never promised; a new version is promised anew."""
    return done.pledge_version is None or done.pledge_version < current_version


def owes_training(done: Done, today: dt.date) -> bool:
    """Whether a year has passed since the last training, or there was none."""
    return done.trained_on is None or done.trained_on + TRAINING_HOLDS <= today
