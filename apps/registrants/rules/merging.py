"""When two records may become one (統合), and be parted again within 30 days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from apps.registrants.merging_errors import (
    BothHaveAccountError,
    BothHaveCardError,
    DifferentKindsError,
    NotYetRegisteredError,
    PartedTooLateError,
    SameRecordError,
    UnansweredRequestError,
)
from apps.registrants.rules.standing import DAY, PROVISIONAL, SUSPENDED, UNDER_REVIEW, Span, suspended

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
    state: str
    """Of today."""

    @property
    def is_registered(self) -> bool:
        """Whether it is more than asked for (仮登録, 審査中)."""
        return self.state not in (PROVISIONAL, UNDER_REVIEW)


def check_merge(kept: Side, gone: Side) -> None:
    """Whether ``gone`` may be merged into ``kept``; else one of the errors of this module says what is in the way."""
    if kept.id == gone.id:
        raise SameRecordError
    if kept.kind != gone.kind:
        raise DifferentKindsError
    if gone.is_registered and not kept.is_registered:
        raise NotYetRegisteredError(field="kept")
    if kept.cards & gone.cards:
        raise BothHaveCardError
    if kept.account and gone.account and kept.account != gone.account:
        raise BothHaveAccountError
    if gone.has_open_request:
        raise UnansweredRequestError


def check_parting(merged_on: dt.date, today: dt.date) -> None:
    """``PartedTooLateError`` after ``DAYS_TO_PART`` days."""
    if today > last_day_to_part(merged_on):
        raise PartedTooLateError(days=DAYS_TO_PART)


def last_day_to_part(merged_on: dt.date) -> dt.date:
    """The last day on which they may be parted again."""
    return merged_on + dt.timedelta(days=DAYS_TO_PART)


def inherited(kept: Sequence[Span], gone: Sequence[Span], today: dt.date) -> list[Span]:
    """The spans of ``kept`` with the suspensions (利用停止) of ``gone`` from ``today`` on: they are the person's."""
    spans = list(kept)
    for span in gone:
        if span.state == SUSPENDED and (span.until is None or span.until > today):
            spans = suspended(spans, max(span.first, today), None if span.until is None else span.until - DAY)
    return spans


def pair(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Both in the order in which a proposal names them."""
    first, second = sorted((one, other))
    return first, second
