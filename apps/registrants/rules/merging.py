"""When two records may become one (統合), and be parted again within 30 days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from apps.registrants.errors import (
    BothHaveAccountError,
    BothHaveCardError,
    DifferentKindsError,
    OpenRequestError,
    PartedTooLateError,
    SameRecordError,
)

DAYS_TO_PART: Final = 30


@dataclass(frozen=True, slots=True)
class Side:
    """What decides whether a record may be merged with another: its cards that hold, its account, what is open."""

    id: UUID
    kind: str
    account: UUID | None
    cards: frozenset[str]
    """Kinds of the cards that are applied for, hold or are stopped."""
    has_open_request: bool


def check_merge(kept: Side, gone: Side) -> None:
    """Whether ``gone`` may be merged into ``kept``; else one of the errors of this module says what is in the way."""
    if kept.id == gone.id:
        raise SameRecordError
    if kept.kind != gone.kind:
        raise DifferentKindsError
    if kept.cards & gone.cards:
        raise BothHaveCardError
    if kept.account and gone.account and kept.account != gone.account:
        raise BothHaveAccountError
    if gone.has_open_request:
        raise OpenRequestError


def check_parting(merged_on: dt.date, today: dt.date) -> None:
    """``PartedTooLateError`` after ``DAYS_TO_PART`` days."""
    if today > merged_on + dt.timedelta(days=DAYS_TO_PART):
        raise PartedTooLateError(days=DAYS_TO_PART)


def pair(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Both in the order in which a proposal names them."""
    first, second = sorted((one, other))
    return first, second
